"""Rule 12b-c: tiredness, cohesion, stragglers, desertion, hunger, refit and wear."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import codes, layout, rest, wear
from tairiku.sim.audit import imbalances
from tests.oracles import siege as plain
from tests.sim.world import add_unit, bare_map, bare_state, parameters

IN_FORCE = parameters()


def as_numbers(P: np.record) -> dict[str, float]:
    return {name: float(P[name]) for name in P.dtype.names}


def world(side: int = codes.CHINA, men: int = 10_000) -> tuple[
    np.record, np.record, np.record, np.record, int
]:  # fmt: skip
    M = bare_map()
    S = bare_state(M)
    S.g_real_pay = 1.0
    u = add_unit(S, 24, side, men)
    return S, M, parameters(), layout.new(layout.WORK)[0], u


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_desertion_as_in_the_plain_law(firm: float, fed: float, pay: float) -> None:
    P = IN_FORCE
    got = rest.desertion_rate(P, firm, fed, pay)
    assert got == pytest.approx(plain.desertion_rate(as_numbers(P), firm, fed, pay), rel=1e-9)


def test_conscripts_waste_at_the_stated_rate_and_the_firm_hardly() -> None:
    P = parameters()
    assert rest.desertion_rate(P, 0.5, 1.0, 1.0) == pytest.approx(P.rest_desertion)
    assert rest.desertion_rate(P, 0.85, 1.0, 1.0) < 0.05 * P.rest_desertion


def test_men_of_an_army_abroad_hardly_desert() -> None:
    gone = {}
    for side in (codes.JAPAN, codes.CHINA):
        S, M, P, W, u = world(side)
        S.u_firmness[u] = 0.5
        for day in range(60):
            S.day = day
            rest.rest(S, M, P, W)
        gone[side] = int(S.g_men[S.u_force[u], codes.M_DESERTED])
    assert gone[codes.CHINA] == pytest.approx(10_000 * 60 * P.rest_desertion, rel=0.5)
    assert gone[codes.JAPAN] < 0.05 * gone[codes.CHINA]


def test_a_march_tires_and_rest_restores() -> None:
    S, M, P, W, u = world()
    S.u_km_today[u] = 25.0
    for _ in range(6):
        rest.rest(S, M, P, W)
    assert S.u_fatigue[u] == pytest.approx(6 * P.rest_march)
    S.u_km_today[u] = 0.0
    for _ in range(6):
        rest.rest(S, M, P, W)
    assert S.u_fatigue[u] == 0.0


def test_cohesion_returns_to_firmness_never_beyond() -> None:
    S, M, P, W, u = world()
    S.u_cohesion[u] = 0.2
    values = []
    for day in range(60):
        S.day = day
        rest.rest(S, M, P, W)
        values.append(float(S.u_cohesion[u]))
    assert values == sorted(values)
    assert 0.6 < values[-1] <= S.u_firmness[u]


def test_half_of_the_stragglers_come_back() -> None:
    S, M, P, W, u = world()
    P.rest_desertion = 0.0
    S.u_stragglers[u] = 4000
    S.g_men[codes.F_CHINA, codes.M_INITIAL] += 4000
    half_by = 0
    for day in range(200):
        S.day = day
        rest.rest(S, M, P, W)
        if half_by == 0 and S.u_men[u] >= 11_000:
            half_by = day
    assert S.u_men[u] == pytest.approx(12_000, abs=120)
    assert 15 <= half_by <= 60
    assert imbalances(S) == []


def test_no_straggler_reaches_a_ringed_unit() -> None:
    S, M, P, W, u = world()
    S.u_stragglers[u], S.u_ringed[u] = 1000, 2
    S.g_men[codes.F_CHINA, codes.M_INITIAL] += 1000
    rest.rest(S, M, P, W)
    assert S.u_stragglers[u] == 1000


def test_nobody_fights_on_without_food_for_a_month() -> None:
    S, M, P, W, u = world(codes.JAPAN)
    S.u_fed[u] = 0.1
    for day in range(30):
        S.day = day
        S.u_hungry[u] = day + 1
        rest.rest(S, M, P, W)
    assert S.u_posture[u] == codes.P_ROUT
    assert S.u_rout_days[u] > 0
    assert S.u_men[u] < 6000
    assert S.u_cohesion[u] < 0.2
    assert imbalances(S) == []


def test_refit_fills_to_the_mark_and_dilutes() -> None:
    S, M, P, W, u = world(men=4000)
    P.rest_desertion = 0.0
    S.u_full[u] = 10_000
    S.u_order[u], S.u_target[u], S.u_source[u] = codes.O_REFIT, 24, 3
    for day in range(60):
        S.day = day
        rest.rest(S, M, P, W)
    assert S.u_men[u] == pytest.approx(P.rest_refit_full * 10_000, abs=2)
    assert S.u_training[u] < 0.6
    assert S.g_men[codes.F_CHINA, codes.M_RAISED] == S.u_men[u] - 4000
    assert imbalances(S) == []


def test_no_refit_without_a_depot_or_for_an_army_abroad() -> None:
    S, M, P, W, u = world(men=4000)
    S.u_full[u] = 10_000
    S.u_order[u], S.u_target[u] = codes.O_REFIT, 24
    rest.rest(S, M, P, W)
    assert S.u_men[u] <= 4000
    S, M, P, W, u = world(codes.JAPAN, 4000)
    S.u_full[u], S.u_source[u] = 10_000, 3
    S.u_order[u], S.u_target[u] = codes.O_REFIT, 24
    rest.rest(S, M, P, W)
    assert S.u_men[u] <= 4000


def test_rout_and_halt_run_out() -> None:
    S, M, P, W, u = world()
    S.u_rout_days[u], S.u_halt_days[u], S.u_posture[u] = 2, 1, codes.P_ROUT
    rest.rest(S, M, P, W)
    assert (S.u_rout_days[u], S.u_halt_days[u], S.u_posture[u]) == (1, 0, codes.P_ROUT)
    rest.rest(S, M, P, W)
    assert (S.u_rout_days[u], S.u_halt_days[u], S.u_posture[u]) == (0, 0, codes.P_REST)


def test_tanks_wear_out_on_the_march_and_are_mended_at_rest() -> None:
    S, M, P, _, u = world(codes.JAPAN)
    S.u_material[u, codes.TANKS] = 250
    S.g_material[codes.F_JAPAN, codes.TANKS, codes.B_INITIAL] = 250
    S.u_km_today[u] = 35.0
    for day in range(12):
        S.day = day
        wear.wear(S, M, P, u, 0.5)
    worn = int(S.u_material[u, codes.TANKS])
    assert 80 < worn < 200
    S.u_km_today[u] = 0.0
    for day in range(12, 32):
        S.day = day
        wear.wear(S, M, P, u, 0.5)
    assert S.u_material[u, codes.TANKS] > worn + 30
    assert S.g_material[codes.F_JAPAN, codes.TANKS, codes.B_CONSUMED] > 0
    assert imbalances(S) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 50), st.floats(0, 40), st.integers(0, 30), st.floats(0.05, 0.95))
def test_books_and_bounds_hold(seed: int, km: float, hungry: int, firm: float) -> None:
    S, M, P, W, u = world()
    P.key_seed = seed
    S.u_material[u, :] = 30
    S.g_material[codes.F_CHINA, :, codes.B_INITIAL] = 30
    S.u_km_today[u], S.u_hungry[u], S.u_firmness[u] = km, hungry, firm
    for day in range(10):
        S.day = day
        rest.rest(S, M, P, W)
        assert imbalances(S) == []
        assert 0.0 <= S.u_fatigue[u] <= 1.0
        assert 0.0 <= S.u_cohesion[u] <= 1.0
