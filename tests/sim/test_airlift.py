"""The airlift's last leg: what leaves the terminal arrives after its days, to the kilogramme."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import audit, codes, layout
from tairiku.sim.airlift import feed_fields, join_fields, terminal
from tairiku.sim.haul import price_carriage
from tairiku.sim.layout import NOWHERE
from tests.oracles.air import joined
from tests.sim.air_world import PLAIN, add_air, add_depot, add_field, air_map, air_state
from tests.sim.world import parameters


def line() -> tuple[np.record, np.record]:
    """A terminal in box 0, a road along row 4 from the west, two forward fields on it."""
    M = air_map()
    S = air_state(M)
    S.h_control[: M.n_hexes] = codes.CHINA
    start = 4 * M.cols
    M.n_boxes = M.n_box_links = 1
    M.bl_box[0], M.bl_hex[0] = 0, start
    for k, h in enumerate(range(start, start + M.cols - 1)):
        M.road[h, 0] = M.road[h + 1, 3] = k
    M.n_roads = M.cols - 1
    d = add_depot(M, S, NOWHERE, codes.CHINA, codes.F_ALLIED_AIR)
    S.d_box[d], S.d_inflow[d, codes.AVIATION_FUEL] = 0, 1000
    for h in (start + 5, start + 10):
        f = add_depot(M, S, h, codes.CHINA, codes.F_ALLIED_AIR)
        S.g_store[codes.F_ALLIED_AIR, :, codes.B_INITIAL] -= S.d_store[f]
        S.d_store[f] = 0
        add_air(M, S, add_field(M, S, h, codes.CHINA, f), PLAIN)
    return M, S


def test_the_terminal_is_the_depot_with_the_inflow() -> None:
    M, S = line()
    assert terminal(S, M) == 0
    S.d_inflow[0] = 0
    assert terminal(S, M) == -1


@pytest.mark.parametrize("days", [1, 5, 18, 32])
def test_stores_arrive_after_their_days_and_none_are_lost(days: int) -> None:
    M, S = line()
    W = layout.new(layout.WORK)[0]
    P = parameters(airlift_days=float(days))
    for day in range(60):
        S.day = day
        feed_fields(S, M, P, W)
        assert audit.imbalances(S) == []
        arrived = S.d_store[1:3, codes.AVIATION_FUEL].sum()
        assert (arrived > 0) == (day >= days)


def test_a_field_cut_off_gets_a_part_only() -> None:
    whole, part = line(), line()
    part[1].h_control[4 * 15 + 7] = codes.JAPAN
    P = parameters(airlift_days=1.0)
    got = []
    for M, S in (whole, part):
        W = layout.new(layout.WORK)[0]
        for day in range(3):
            S.day = day
            feed_fields(S, M, P, W)
        got.append(S.d_store[1:3, codes.AVIATION_FUEL].copy())
    assert got[0][0] == pytest.approx(got[0][1], abs=2)
    assert got[1][1] < 0.5 * got[1][0]


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.integers(0, 134), max_size=40),
    st.sets(st.tuples(st.integers(0, 134), st.integers(0, 2))),
)
def test_joined_fields_agree_with_a_plain_search(
    lost: list[int], roads: set[tuple[int, int]]
) -> None:
    M, S = line()
    for h, k in roads:
        n = int(M.next[h, k])
        if n != NOWHERE:
            M.road[h, k] = M.road[n, k + 3] = 99
    for h in lost:
        S.h_control[h] = codes.JAPAN
    W = layout.new(layout.WORK)[0]
    price_carriage(M, parameters(), W)
    join_fields(S, M, W, 0)
    reached = joined(S, M, 0)
    for v in range(M.n_fields):
        h = int(M.v_hex[v])
        near = {h, *(int(n) for n in M.next[h] if n != NOWHERE)}
        assert S.v_linked[v] == bool(near & reached)
