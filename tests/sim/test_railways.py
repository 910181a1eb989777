"""Railways, bridges, roads: torn up on loss, restored at the pace of the men there are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import codes
from tairiku.sim.haul import links_today
from tairiku.sim.railways import rail_force, repair
from tests.sim.supply_world import empty_world, lay_bridge, lay_rail, lay_road
from tests.sim.world import add_unit


def line(n=6, held=6, **changes):
    """A railway along a row: the first link runs for Japan, the rest is torn up."""
    S, M, P, W = empty_world(n, 1, **changes)
    S.h_control[:held] = codes.JAPAN
    for h in range(n - 1):
        lay_rail(S, M, h, 0, codes.JAPAN if h == 0 else codes.NO_SIDE, 1000 if h == 0 else 0)
        S.r_load[h] = 1.0
    return S, M, P, W


def days_to_open(S, M, P, W, r, most=400):
    for day in range(1, most):
        S.day, S.n_events = day, 0
        links_today(S, M, P, W)
        repair(S, M, P, W)
        if S.r_state[r] >= 1000:
            return day
    return most


def test_one_head_grows_by_a_kilometre_and_a_half_a_day() -> None:
    S, M, P, W = line()
    add_unit(S, 0, codes.JAPAN, 9_500, codes.RAILWAY)
    assert rail_force(S, P, codes.JAPAN) == pytest.approx(9_500 / 4_500)
    days = days_to_open(S, M, P, W, 3)
    assert 3 * 18 / 1.5 <= days <= 3 * 18 / 1.5 + 4
    assert S.r_owner[3] == codes.JAPAN


def test_without_railway_troops_nothing_is_laid() -> None:
    S, M, P, W = line()
    add_unit(S, 0, codes.JAPAN, 20_000)
    assert days_to_open(S, M, P, W, 1, 60) == 60


def test_the_bridge_comes_before_the_rails() -> None:
    S, M, P, W = empty_world(4, 1)
    S.h_control[:4] = codes.JAPAN
    x = lay_bridge(S, M, 1, 0, metres=250.0)
    S.x_state[x] = 0
    lay_rail(S, M, 0, 0)
    lay_rail(S, M, 1, 0, codes.NO_SIDE, 0, bridge=x)
    S.r_load[:2] = 1.0
    add_unit(S, 0, codes.JAPAN, 9_500, codes.RAILWAY)
    days = days_to_open(S, M, P, W, 1)
    assert 14 + 12 <= days <= 14 + 12 + 4
    assert S.x_state[x] == 1000


def test_a_line_that_is_lost_is_torn_up_and_its_bridge_blown() -> None:
    S, M, P, W = empty_world(4, 1, works_bridge_blown=1.0)
    x = lay_bridge(S, M, 1, 0)
    for h in range(3):
        lay_rail(S, M, h, 0, codes.CHINA, 1000, x if h == 1 else -1)
        lay_road(S, M, h, 0)
    S.day = 4
    S.h_control[1], S.h_since[1] = codes.JAPAN, 4
    repair(S, M, P, W)
    assert S.x_state[x] == 0
    assert (S.r_state[:2] <= 500).all()
    assert S.r_state[2] == 1000
    assert S.k_state[0] < 700
    kinds = S.events["kind"][: S.n_events].tolist()
    assert codes.E_BRIDGE_OUT in kinds
    assert kinds.count(codes.E_RAIL_DEMOLISHED) == 2


def test_who_already_runs_the_bridge_keeps_it() -> None:
    S, M, P, W = empty_world(3, 1, works_bridge_blown=1.0)
    x = lay_bridge(S, M, 0, 0)
    lay_rail(S, M, 0, 0, codes.JAPAN, 1000, x)
    S.h_control[0], S.day = codes.JAPAN, 2
    S.h_control[1], S.h_since[1] = codes.JAPAN, 2
    repair(S, M, P, W)
    assert S.x_state[x] == 1000
    assert S.r_state[0] == 1000


def test_an_axis_is_restored_two_to_four_kilometres_a_day() -> None:
    S, M, P, W = empty_world(3, 1)
    S.h_control[:3] = codes.JAPAN
    k = lay_road(S, M, 0, 0, state=100)
    idle = lay_road(S, M, 1, 0, state=100)
    for day in range(1, 30):
        S.day, S.n_events = day, 0
        S.k_axis[k] = 1
        repair(S, M, P, W)
        if S.k_state[k] == 1000:
            break
    assert 18 * 0.9 / 4 <= day <= 18 * 0.9 / 2
    assert S.k_state[idle] == 100


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 30_000))
def test_states_stay_in_bounds_and_work_is_not_more_than_the_men_can_do(
    seed: int, men: int
) -> None:
    S, M, P, W = line(8, 8)
    P.key_seed = seed
    if men:
        add_unit(S, 0, codes.JAPAN, men, codes.RAILWAY)
    for day in range(1, 20):
        S.day, S.n_events = day, 0
        if (seed + day) % 5 == 0:
            h = (seed + day) % 7
            S.h_control[h] = 1 - S.h_control[h]
            S.h_since[h] = day
        links_today(S, M, P, W)
        before = float((S.r_state * M.r_km).sum() / 1000 + S.r_work.sum())
        repair(S, M, P, W)
        after = float((S.r_state * M.r_km).sum() / 1000 + S.r_work.sum())
        assert after - before <= rail_force(S, P, codes.JAPAN) + 1e-6
        assert ((S.r_state >= 0) & (S.r_state <= 1000)).all()
