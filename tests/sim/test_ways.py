"""Ways over the map against a plain Dijkstra, and by hand."""

import random

import pytest

from tairiku.sim import ways
from tests.oracles import ways as oracle
from tests.sim.land_world import join, random_map, work
from tests.sim.world import bare_map, parameters


def test_a_hex_of_plain_by_hand():
    M, P, W = bare_map(), parameters(), work()
    slot = ways.field(M, P, W, 24, ways.FOOT)
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
            slot = ways.field(M, P, W, target, mode)
            assert W.q_field[slot, :63].tolist() == oracle.field(M, P, target, mode)


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
    first = ways.field(M, P, W, 10, 0)
    assert ways.field(M, P, W, 10, 0) == first
    minutes = int(W.q_field[first, 0])
    slots = [ways.field(M, P, W, h, mode) for h in range(49) for mode in (0, 1)]
    assert W.q_field[ways.field(M, P, W, 10, 0), 0] == minutes
    assert len(slots) == 98
    P.movement_foot_km = 11.0
    assert W.q_field[ways.field(M, P, W, 10, 0), 0] >= 2 * minutes - 8
