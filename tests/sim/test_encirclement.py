"""Rule 11: the hazard, the split of a pocket to the man, breakouts, what is left."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import codes, collapse, encirclement, layout
from tairiku.sim.audit import imbalances
from tairiku.sim.layout import NOWHERE
from tests.oracles import siege as plain
from tests.sim.siege_world import CITY, add_besiegers, add_garrison, arm, city_map, city_state
from tests.sim.world import add_unit, bare_map, bare_state, parameters

share = st.floats(0.0, 1.0)

IN_FORCE = parameters()


def as_numbers(P: np.record) -> dict[str, float]:
    return {name: float(P[name]) for name in P.dtype.names}


@given(st.booleans(), st.floats(0, 40), share, share, share)
def test_hazard_as_in_the_plain_law(
    works: bool, supply: float, lost: float, will: float, pressure: float
) -> None:
    P = IN_FORCE
    got = encirclement.collapse_hazard(P, works, supply, lost, will, pressure)
    want = plain.collapse_hazard(as_numbers(P), works, supply, lost, will, pressure)
    assert got == pytest.approx(want, rel=1e-9, abs=1e-12)


def test_the_firm_in_works_hold_and_the_shaken_in_the_open_do_not() -> None:
    P = parameters()
    firm = encirclement.collapse_hazard(P, True, 12.0, 0.05, 0.8, 1.0)
    shaken = encirclement.collapse_hazard(P, False, 1.0, 0.2, 0.4, 1.0)
    assert firm < 0.01
    assert shaken > 0.5


def ringed(seed: int, men: int, sick: int, wounded: int, cohesion: float) -> tuple[
    np.record, np.record, np.record, int
]:  # fmt: skip
    """One Chinese division ringed in the open by six Japanese ones, friends far off."""
    P = parameters(key_seed=seed)
    M = bare_map()
    S = bare_state(M)
    M.c_heights[:] = 0.0
    u = add_unit(S, CITY, codes.CHINA, men)
    S.u_cohesion[u] = cohesion
    arm(S, u, 12, 1000, 1000)
    f = codes.F_CHINA
    S.u_sick[u], S.u_wounded[u] = sick, wounded
    S.g_men[f, codes.M_INITIAL] += sick + wounded
    for k in range(6):
        add_unit(S, int(M.next[CITY, k]), codes.JAPAN, 12_000)
    add_unit(S, 0, codes.CHINA, 5000)
    S.u_ringed[u], S.u_pocket[u], S.day = 3, 0, 7
    return S, M, P, u


def pocket_event(S: np.record) -> np.record:
    return next(S.events[i] for i in range(S.n_events) if S.events[i].kind == codes.E_POCKET)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 10_000),
    st.integers(300, 30_000),
    st.integers(0, 3000),
    st.integers(0, 3000),
    st.floats(0.05, 0.95),
    st.booleans(),
)
def test_a_pocket_adds_up_to_the_man(
    seed: int, men: int, sick: int, wounded: int, will: float, works: bool
) -> None:
    S, M, P, u = ringed(seed, men, sick, wounded, will)
    if works:
        collapse.give_up_in_works(S, M, P, u, will)
    else:
        collapse.break_up_in_open(S, M, P, u)
    e = pocket_event(S)
    assert e.a == men + sick + wounded
    assert e.a == e.b + e.c + e.d + e.e
    assert imbalances(S) == []
    assert S.u_hex[u] == NOWHERE
    assert S.u_status[u] in (codes.TRANSIT, codes.DISSOLVED)


def test_works_give_up_most_as_prisoners_the_open_scatters() -> None:
    S, M, P, u = ringed(1, 10_000, 500, 1500, 0.4)
    taken = collapse.give_up_in_works(S, M, P, u, 0.4)
    assert 0.6 * 10_000 + 2000 <= taken <= 0.9 * 10_000 + 2000
    S, M, P, u = ringed(1, 10_000, 0, 0, 0.4)
    taken = collapse.break_up_in_open(S, M, P, u)
    assert 500 <= taken <= 1500
    assert 4000 <= S.u_stragglers[u] <= 6000
    assert 500 < S.u_men[u] < 5000


def test_the_firm_die_where_the_shaken_are_taken() -> None:
    S, M, P, u = ringed(1, 10_000, 0, 0, 0.4)
    many = collapse.give_up_in_works(S, M, P, u, 0.4)
    S, M, P, u = ringed(1, 10_000, 0, 0, 0.4)
    few = collapse.give_up_in_works(S, M, P, u, 0.9)
    assert few < 0.3 * many
    assert S.g_men[codes.F_CHINA, codes.M_KILLED] > 5000


def test_remnants_make_for_the_nearest_own_lines() -> None:
    S, M, P, u = ringed(3, 10_000, 0, 0, 0.4)
    assert collapse.own_lines(S, M, u) == 0
    S.d_side[5], S.d_hex[5] = codes.CHINA, 10
    S.h_control[10] = codes.CHINA
    assert collapse.own_lines(S, M, u) == 10
    collapse.break_up_in_open(S, M, P, u)
    assert S.u_status[u] == codes.TRANSIT
    assert S.u_due_hex[u] == 10
    assert S.u_due_day[u] > 7
    assert S.u_rout_days[u] > 0


def test_guns_are_taken_or_lost_never_kept() -> None:
    S, M, P, u = ringed(3, 10_000, 0, 0, 0.4)
    collapse.give_up_in_works(S, M, P, u, 0.4)
    g = S.g_material[codes.F_CHINA, codes.GUNS]
    assert S.u_material[u, codes.GUNS] == 0
    assert g[codes.B_LOST] + g[codes.B_CAPTURED] == 12
    assert S.g_material[codes.F_JAPAN, codes.GUNS, codes.B_TAKEN] == g[codes.B_CAPTURED]


def test_a_hold_order_forbids_and_leave_permits() -> None:
    S, _, _, u = ringed(1, 8000, 0, 0, 0.6)
    S.u_order[u] = codes.O_FORTRESS
    assert not encirclement.may_leave(S, u)
    S.u_answer[u] = 2
    assert encirclement.may_leave(S, u)
    S.u_static[u] = 1
    assert not encirclement.may_leave(S, u)


def test_breakouts_succeed_through_a_gap_and_cost_men() -> None:
    def outs(gap: bool) -> int:
        n = 0
        for seed in range(1, 41):
            S, M, P, u = ringed(seed, 9000, 0, 0, 0.6)
            if gap:
                S.h_men[codes.JAPAN, int(M.next[CITY, 2])] = 0
            out = encirclement.break_out(S, M, P, u)
            n += out
            assert imbalances(S) == []
            if out:
                assert S.u_status[u] in (codes.TRANSIT, codes.DISSOLVED)
            else:
                assert S.u_men[u] < 9000
                assert S.u_hex[u] == CITY
        return n

    assert outs(gap=True) == 40
    assert 2 <= outs(gap=False) <= 25


def test_a_garrison_gives_up_as_one_when_all_is_gone() -> None:
    P = parameters()
    M = city_map()
    S = city_state(M, works=60.0, food=0)
    W = layout.new(layout.WORK)[0]
    units = [add_garrison(S, 3000, 0.7), add_garrison(S, 3000, 0.7)]
    add_besiegers(S, M, 6)
    S.c_garrison[0], S.c_will[0] = 17_000, 0.1
    for u in units:
        S.u_ringed[u] = 20
        S.u_order[u] = codes.O_FORTRESS
    for day in range(20, 40):
        S.day = day
        encirclement.encircle(S, M, P, W)
        gone = [S.u_hex[u] == NOWHERE for u in units]
        assert gone[0] == gone[1]
        if gone[0]:
            break
    assert all(gone)
    assert S.g_men[codes.F_CHINA, codes.M_CAPTURED] > 3000
    assert imbalances(S) == []


def test_starved_units_give_up_whatever_their_will() -> None:
    S, M, P, u = ringed(1, 8000, 0, 0, 1.0)
    W = layout.new(layout.WORK)[0]
    S.u_order[u] = codes.O_FORTRESS
    S.u_hungry[u] = int(P.rest_starved_days)
    encirclement.encircle(S, M, P, W)
    assert S.u_hex[u] == NOWHERE


def test_units_with_a_way_out_are_left_alone() -> None:
    S, M, P, u = ringed(1, 8000, 0, 0, 0.1)
    W = layout.new(layout.WORK)[0]
    S.u_ringed[u] = 0
    before = S.tobytes()
    encirclement.encircle(S, M, P, W)
    assert S.tobytes() == before
