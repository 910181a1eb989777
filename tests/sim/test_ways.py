"""Ways over the map against a plain Dijkstra, and by hand."""

import random

import pytest

from tairiku.sim import ways
from tests.oracles import ways as oracle
from tests.sim.land_world import join, random_map, work
from tests.sim.world import bare_map, parameters


def test_a_hex_of_plain_by_hand():
    M, P, W = bare_map(), parameters(), work()
    ways.prepare(M, P, W)
    slot = ways.field(M, P, W, 24, ways.FOOT, 26)
    minutes = int(18.0 * (10.0 * 60.0 / 22.0) * 1.15)
    assert W.q_field[slot, 25] == minutes
    assert W.q_field[slot, 26] == 2 * minutes
    assert W.q_field[slot, 24] == 0


def test_a_road_a_ferry_and_a_bridge_by_hand():
    M, P, W = bare_map(), parameters(), work()
    join(M, 24, 0, "road", 0)
    M.k_class[0] = 2
    assert ways.static_minutes(M, P, 24, 0, 0) == int(18.0 * (600.0 / 22.0))
    join(M, 24, 0, "river", 2)
    assert ways.static_minutes(M, P, 24, 0, 0) == int(
        18.0 * (600.0 / 22.0) + P.movement_ferry_minutes
    )
    join(M, 24, 0, "river", 3)
    join(M, 24, 0, "bridge", 0)
    assert ways.static_minutes(M, P, 24, 0, 1) == int(18.0 * (600.0 / 60.0) + 20.0)
    ways.prepare(M, P, W)


def test_vehicles_do_not_cross_a_great_river_without_bridge_or_ferry():
    M, P = bare_map(), parameters()
    join(M, 24, 0, "river", 3)
    assert ways.static_minutes(M, P, 24, 0, ways.VEHICLES) == ways.FAR
    assert ways.static_minutes(M, P, 24, 0, ways.FOOT) < ways.FAR


@pytest.mark.parametrize("mode", [0, 1])
def test_fields_are_those_of_a_plain_dijkstra(mode):
    P = parameters()
    for seed in range(12):
        rng = random.Random(seed)
        M = random_map(rng, 9, 7)
        W = work()
        for _ in range(3):
            target = rng.randrange(63)
            times = oracle.field(M, P, target, mode)
            ways.prepare(M, P, W)
            for h in rng.sample(range(63), 63):  # asked for piece by piece, in any order
                slot = ways.field(M, P, W, target, mode, rng.randrange(63))
                assert ways.way(M, W, slot, h) == times[h]
                other = rng.randrange(63)
                assert ways.nearer(M, W, slot, h, other) == (times[h] < times[other])


def test_steps_cost_the_same_both_ways():
    P = parameters()
    M = random_map(random.Random(3))
    for h in range(int(M.n_hexes)):
        for k in range(6):
            n = int(M.next[h, k])
            if n < 65535:
                there = ways.static_minutes(M, P, h, k, 0)
                assert there == ways.static_minutes(M, P, n, (k + 3) % 6, 0)


def test_fields_are_kept_and_made_anew_for_other_parameters():
    M, P, W = bare_map(), parameters(), work()
    ways.prepare(M, P, W)
    first = ways.field(M, P, W, 10, 0, 0)
    assert ways.field(M, P, W, 10, 0, 0) == first
    minutes = ways.way(M, W, first, 0)
    slots = [ways.field(M, P, W, h, mode, 0) for h in range(49) for mode in (0, 1)]
    assert ways.way(M, W, ways.field(M, P, W, 10, 0, 0), 0) == minutes
    assert len(slots) == 98
    P.movement_foot_km = 11.0
    ways.prepare(M, P, W)
    assert ways.way(M, W, ways.field(M, P, W, 10, 0, 0), 0) >= 2 * minutes - 8


def test_a_field_grows_only_as_far_as_it_is_asked_for():
    M, P, W = random_map(random.Random(5), 9, 7), parameters(), work()
    P.movement_foot_km = 2.0  # far apart, so that the margin does not reach over the map
    ways.prepare(M, P, W)
    target = 31
    near = next(int(n) for k, n in enumerate(M.next[target]) if W.q_edge[0, target, k] < ways.FAR)
    slot = ways.field(M, P, W, target, 0, near)
    times = oracle.field(M, P, target, 0)
    limit = int(W.q_limit[slot])
    assert times[near] <= limit < max(t for t in times if t < ways.FAR)
    assert all(W.q_field[slot, h] == t for h, t in enumerate(times) if t <= limit)
    assert all(W.q_field[slot, h] >= t for h, t in enumerate(times))
