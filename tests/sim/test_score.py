"""The score: bomber reach and the corridor, against a plain count."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import codes, layout
from tairiku.sim.score import corridor, japan_reach, reckon
from tests.oracles.land import corridor as told
from tests.sim.air_world import contested
from tests.sim.world import parameters

P = parameters()


def route() -> tuple[np.record, np.record]:
    """Row 4 of the contested world as the corridor: a railway to its middle, a road beyond."""
    M, S = contested()
    start = 4 * M.cols
    M.n_route = M.cols
    M.route[: M.cols] = np.arange(start, start + M.cols)
    for i in range(M.cols - 1):
        h = start + i
        if i < 7:
            M.rail[h, 0] = M.rail[h + 1, 3] = i
        else:
            M.road[h, 0] = M.road[h + 1, 3] = i
    M.n_rails, M.n_roads = 7, M.cols
    S.r_runs[:7], S.r_state[:7] = 1, 1000
    S.k_state[: M.cols] = 1000
    return M, S


def test_the_corridor_whole_half_and_broken() -> None:
    M, S = route()
    S.h_control[: M.n_hexes] = codes.JAPAN
    corridor(S, M, P)
    assert S.g_corridor_control == 1.0
    assert S.g_corridor_rail == pytest.approx(7 / 14)
    assert S.g_corridor_tonnes == P.score_road_tonnes
    S.h_guerrilla[M.route[10]] = 0.5
    corridor(S, M, P)
    assert S.g_corridor_tonnes == pytest.approx(0.5 * P.score_road_tonnes)
    S.h_control[M.route[14]] = codes.CHINA
    corridor(S, M, P)
    assert S.g_corridor_control == pytest.approx(14 / 15)
    assert S.g_corridor_tonnes == 0.0


@settings(deadline=None)
@given(
    st.lists(st.booleans(), min_size=15, max_size=15),
    st.lists(st.integers(0, 1000), min_size=21, max_size=21),
    st.lists(st.integers(0, 2), min_size=7, max_size=7),
)
def test_the_corridor_agrees_with_a_plain_count(
    held: list[bool], states: list[int], owners: list[int]
) -> None:
    M, S = route()
    for h, japan in zip(M.route[:15], held, strict=True):
        S.h_control[h] = codes.JAPAN if japan else codes.CHINA
    S.r_state[:7], S.r_runs[:7], S.k_state[:14] = states[:7], owners, states[7:]
    M.water[M.route[3], 0] = 1
    corridor(S, M, P)
    control, rail, tonnes = told(S, M, P)
    assert S.g_corridor_control == pytest.approx(control)
    assert S.g_corridor_rail == pytest.approx(rail)
    assert S.g_corridor_tonnes == pytest.approx(tonnes)


def test_no_route_no_corridor() -> None:
    M, S = contested()
    corridor(S, M, P)
    assert (S.g_corridor_control, S.g_corridor_rail, S.g_corridor_tonnes) == (0.0, 0.0, 0.0)


def test_reach_to_japan_from_the_bases_in_hand() -> None:
    M, S = contested()
    assert japan_reach(S, M, P) == 0.0
    # a field for the very heavy bomber where Chengdu is: Kyushu alone
    M.v_class[1], M.v_x_km[1], M.v_y_km[1] = 4, -732.0, 227.0
    assert japan_reach(S, M, P) == pytest.approx(P.score_kyushu_share)
    # two thousand kilometres nearer everything is in reach, until it is lost
    M.v_x_km[1] = 800.0
    assert japan_reach(S, M, P) == pytest.approx(1.0)
    S.v_ready[1] = 0.5
    assert japan_reach(S, M, P) == pytest.approx(0.5)
    S.v_side[1] = codes.JAPAN
    assert japan_reach(S, M, P) == 0.0


def test_the_marianas_replace_what_is_lost() -> None:
    M, S = contested()
    S.day = int(P.score_marianas_day)
    reckon(S, M, P, layout.new(layout.WORK)[0])
    assert S.g_japan_reach == P.score_marianas_share
