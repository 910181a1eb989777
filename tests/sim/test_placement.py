"""The lists of the hexes, their men, the zones, the headquarters."""

import random

from tairiku.sim import codes
from tairiku.sim.layout import NOWHERE, UNITS
from tairiku.sim.placement import (
    move_unit,
    place_headquarters,
    place_unit,
    refresh_zones,
    remove_unit,
)
from tests.oracles import connectivity as oracle
from tests.sim.land_world import random_world, work
from tests.sim.world import add_unit, bare_map, bare_state, parameters


def listed(S, h):
    found, u = [], int(S.h_first[h])
    while u >= 0:
        found.append(u)
        u = int(S.u_mate[u])
    return found


def test_lists_run_in_the_order_of_the_units_whoever_came_first():
    S = bare_state(bare_map())
    for u, men in ((3, 30), (1, 10), (2, 20), (0, 5)):
        S.u_men[u], S.u_side[u] = men, 0
        place_unit(S, u, 24)
    assert listed(S, 24) == [0, 1, 2, 3]
    assert S.h_men[0, 24] == 65
    remove_unit(S, 2)
    assert listed(S, 24) == [0, 1, 3]
    assert S.h_men[0, 24] == 45
    assert S.u_hex[2] == NOWHERE
    remove_unit(S, 2)
    assert listed(S, 24) == [0, 1, 3]


def test_irregulars_do_not_count_as_men_of_the_hex():
    S = bare_state(bare_map())
    S.u_men[0], S.u_kind[0], S.u_side[0] = 500, codes.GUERRILLA, 1
    place_unit(S, 0, 24)
    assert S.h_men[1, 24] == 0


def test_a_unit_carries_its_zone_with_it():
    M, P = bare_map(), parameters()
    S = bare_state(M)
    u = add_unit(S, 24, 0, 9000)
    refresh_zones(S, M, P)
    assert [int(S.h_zone[0, h]) for h in (24, 25, 18, 17, 23, 31, 32)] == [9000] * 7
    move_unit(S, M, P, u, 25)
    moved = S.h_zone.copy()
    refresh_zones(S, M, P)
    assert (moved == S.h_zone).all()
    assert S.u_from[u] == 24


def test_no_zone_over_a_great_river_without_a_bridge():
    M, P = bare_map(), parameters()
    M.river[24, 0] = M.river[25, 3] = 3
    S = bare_state(M)
    add_unit(S, 24, 0, 9000)
    refresh_zones(S, M, P)
    assert S.h_zone[0, 25] == 0
    M.bridge[24, 0] = M.bridge[25, 3] = 0
    refresh_zones(S, M, P)
    assert S.h_zone[0, 25] == 9000


def test_zones_are_those_of_the_oracle():
    for seed in range(20):
        S, M, P = random_world(seed)
        refresh_zones(S, M, P)
        zone = oracle.zones(S, M, P)
        for side in (0, 1):
            for h in range(int(M.n_hexes)):
                assert S.h_zone[side, h] == zone.get((side, h), 0)


def test_units_wandering_at_random_leave_lists_men_and_zones_whole():
    S, M, P = random_world(5, units=20)
    rng = random.Random(1)
    refresh_zones(S, M, P)
    for _ in range(300):
        u = rng.randrange(20)
        move_unit(S, M, P, u, rng.randrange(int(M.n_hexes)))
    zone, men = S.h_zone.copy(), S.h_men.copy()
    everywhere = [u for h in range(int(M.n_hexes)) for u in listed(S, h)]
    assert sorted(everywhere) == list(range(20))
    refresh_zones(S, M, P)
    assert (zone == S.h_zone).all()
    assert (men == S.h_men).all()


def test_headquarters_follow_their_troops():
    M, P, W = bare_map(), parameters(), work()
    S = bare_state(M)
    u = add_unit(S, 24, 0)
    corps, army, area = UNITS, UNITS + 1, UNITS + 2
    for node, level, superior in ((corps, 1, army), (army, 2, area), (area, 3, -1)):
        S.n_side[node], S.n_level[node], S.n_superior[node] = 0, level, superior
    S.n_superior[u] = corps
    S.n_hex[army], S.n_hex[area] = 24, 0
    S.h_control[:49] = 0
    S.day = 3
    place_headquarters(S, M, P, W)
    assert (S.n_hex[corps], S.n_hex[army], S.n_hex[area]) == (24, 24, 0)
    S.n_hex[army] = 48  # more than 90 km away is too far for an army
    P.movement_hq_far_km = 40.0
    S.h_control[0] = 1  # the enemy is in the area's seat
    place_headquarters(S, M, P, W)
    assert (S.n_hex[army], S.n_hex[area]) == (24, 24)
    assert S.n_moved[army] == S.n_moved[area] == 3
