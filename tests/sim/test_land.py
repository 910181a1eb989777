"""Land, people, irregulars: exact cases, oracles, conservation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tairiku.sim import audit, codes, layout
from tairiku.sim.irregulars import disarm, next_bases, spread
from tairiku.sim.land import live, next_food, next_hostility
from tairiku.sim.refugees import lift_left
from tests.oracles import land as oracle
from tests.sim.air_world import contested
from tests.sim.world import parameters

P = parameters()
share = st.floats(0, 1)
kilos = st.floats(0, 1e8)
heads = st.floats(0, 3e7).map(lambda n: n if n >= 1 else 0.0)


@given(st.floats(0, 2), st.floats(0, 2), kilos, heads)
def test_food_agrees_with_its_oracle(now: float, aim: float, taken: float, people: float) -> None:
    result = next_food(P, now, aim, taken, people)
    assert result == pytest.approx(oracle.food(P, now, aim, taken, people), abs=1e-12)
    assert 0 <= result <= 2


@given(share, share, st.floats(0, 2), kilos, heads)
def test_hostility_agrees_with_its_oracle_and_grows_with_levies(
    now: float, base: float, fed: float, taken: float, people: float
) -> None:
    result = next_hostility(P, now, base, fed, taken, people)
    assert result == pytest.approx(oracle.hostility(P, now, base, fed, taken, people), abs=1e-12)
    assert 0 <= result <= 1
    assert next_hostility(P, now, base, fed, taken * 2, people) >= result
    assert next_hostility(P, now, base, fed / 2, taken, people) >= result


@given(share, share, share)
def test_bases_agree_with_their_oracle(now: float, vacuum: float, held: float) -> None:
    result = next_bases(P, now, vacuum, held)
    assert result == pytest.approx(oracle.bases(P, now, vacuum, held), abs=1e-12)
    assert 0 <= result <= 1
    assert next_bases(P, now, vacuum, 0.0) == now


def test_only_beaten_troops_are_disarmed_and_the_books_balance() -> None:
    _, S = contested()
    M, S = contested()
    S.p_hostility[0] = 1.0
    disarm(S, M, P)
    assert S.u_men[1] == 8_000
    S.u_posture[1] = codes.P_ROUT
    disarm(S, M, P)
    # one in twenty of 8,000, and one in twenty of 200 trucks
    assert S.u_men[1] == 7_600
    assert S.u_material[1, codes.TRUCKS] == 190
    assert S.g_men[codes.F_CHINA, codes.M_DESERTED] == 400
    assert audit.imbalances(S) == []
    assert S.events[0].kind == codes.E_PEASANTS


def test_no_hostility_no_disarming_and_no_japanese_is_disarmed() -> None:
    M, S = contested()
    S.p_hostility[0] = 0.0
    S.u_posture[:2] = codes.P_ROUT
    disarm(S, M, P)
    assert S.u_men[1] == 8_000
    S.p_hostility[0] = 1.0
    disarm(S, M, P)
    assert S.u_men[0] == 10_000


def test_stragglers_are_disarmed_through_the_books() -> None:
    M, S = contested()
    S.u_men[1] -= 1_000
    S.u_stragglers[1] = 1_000
    S.p_hostility[0] = 0.5
    disarm(S, M, P)
    assert S.u_stragglers[1] == 980
    assert audit.imbalances(S) == []


def rails(M: np.record, S: np.record, n: int = 200) -> None:
    M.n_rails = n
    M.r_a[:n] = M.r_b[:n] = np.arange(n) % 7
    M.r_km[:n] = 18.0
    S.r_owner[:n], S.r_state[:n] = codes.JAPAN, 1000


def test_bases_grow_in_the_vacuum_and_are_swept_under_garrisons() -> None:
    W = layout.new(layout.WORK)[0]
    strength = []
    for men in (0, 200_000):
        M, S = contested()
        rails(M, S, 40)
        S.u_men[0] = men
        for week in range(20):
            S.day = 7 * week
            spread(S, M, P, W)
        strength.append(float(S.p_guerrilla[0]))
    assert strength[0] > 0.2 > strength[1]


def test_sabotage_cuts_some_of_japans_links_and_none_where_switched_off() -> None:
    W = layout.new(layout.WORK)[0]
    for hazard, cut in ((0.01, True), (0.0, False)):
        M, S = contested()
        rails(M, S)
        S.p_guerrilla[0] = 0.8
        spread(S, M, parameters(land_sabotage=hazard), W)
        assert bool((S.r_state[:200] < 1000).any()) == cut
        assert (S.r_state[:200] > 0).all()


def test_garrison_need_is_a_battalion_for_twenty_five_kilometres() -> None:
    M, S = contested()
    rails(M, S, 50)
    S.h_control[:7] = codes.JAPAN
    spread(S, M, P, layout.new(layout.WORK)[0])
    assert S.p_garrison_need[0] == pytest.approx(50 * 18.0 / 25.0)


def test_people_flee_and_die_in_a_town_under_assault_within_the_two_estimates() -> None:
    M, S = contested()
    S.c_phase[0] = codes.S_ASSAULT
    W = layout.new(layout.WORK)[0]
    for day in range(20):
        S.day, S.n_events = day, 0
        live(S, M, P, W)
        assert 0 <= S.p_dead_low[0] <= S.p_dead_high[0]
    assert S.p_refugees[0] > 5_000
    # 0.002 a day of 50,000, twenty days, and the armies' passing
    assert 1_500 < S.p_dead_low[0] < 3_000
    assert S.p_dead_high[0] == pytest.approx(4 * S.p_dead_low[0], rel=0.1)


def test_a_province_at_peace_keeps_its_food_and_its_temper() -> None:
    M, S = contested()
    S.u_contact[:2] = 0
    M.pr_hostility[0] = 0.2
    W = layout.new(layout.WORK)[0]
    for day in range(60):
        S.day, S.n_events = day, 0
        live(S, M, P, W)
    assert 0.85 <= S.p_food[0] <= 1.0
    assert 0.2 <= S.p_hostility[0] < 0.35
    assert S.p_dead_high[0] == 0


def test_refugees_take_half_the_lift_when_three_hundred_thousand_are_on_the_move() -> None:
    M, S = contested()
    assert lift_left(S, M, P, 0) == 1.0
    S.p_refugees[0] = int(P.land_crowd)
    assert lift_left(S, M, P, 0) == pytest.approx(0.5)
    M.province[0] = -1
    assert lift_left(S, M, P, 0) == 1.0
