"""Rings, cut supply, threatened exits, the way of the beaten: by hand and against whole floods."""

from tairiku.sim import codes
from tairiku.sim.connectivity import connect
from tairiku.sim.layout import NOWHERE
from tairiku.sim.retreat_way import retreat_hex
from tests.oracles import connectivity as oracle
from tests.sim.land_world import random_world, work
from tests.sim.world import add_unit, bare_map, bare_state, parameters


def world():
    M = bare_map(9, 9)
    S = bare_state(M)
    S.d_side[0], S.d_hex[0] = codes.CHINA, 80
    S.d_side[1], S.d_hex[1] = codes.JAPAN, 0
    return S, M, parameters(), work()


def test_a_ring_closes_and_opens():
    S, M, P, W = world()
    u = add_unit(S, 40, codes.CHINA, 8000)
    ring = [add_unit(S, int(M.next[40, k]), codes.JAPAN, 9000) for k in range(6)]
    for expected in (1, 2):
        connect(S, M, P, W)
        assert (S.u_ringed[u], S.u_cut[u], S.u_pocket[u]) == (expected, expected, u)
        assert S.u_outflanked[u] == 1
    for v in ring[2:]:
        S.u_men[v] = 0
    S.n_events = 0
    connect(S, M, P, W)
    assert (S.u_ringed[u], S.u_pocket[u]) == (0, -1)
    assert [int(e.kind) for e in S.events[: S.n_events]] == [codes.E_RELIEVED]


def test_zones_bar_where_no_own_troops_stand():
    S, M, P, W = world()
    u = add_unit(S, 40, codes.CHINA, 8000)
    add_unit(S, int(M.next[40, 0]), codes.JAPAN, 9000)
    add_unit(S, int(M.next[40, 2]), codes.JAPAN, 9000)
    add_unit(S, int(M.next[40, 4]), codes.JAPAN, 9000)
    connect(S, M, P, W)
    assert S.u_ringed[u] == 1
    add_unit(S, int(M.next[40, 5]), codes.CHINA, 2000)
    add_unit(S, int(M.next[int(M.next[40, 5]), 5]), codes.CHINA, 2000)
    connect(S, M, P, W)
    assert S.u_ringed[u] == 0


def test_supply_asks_for_ground_that_is_not_the_enemys():
    S, M, P, W = world()
    u = add_unit(S, 44, codes.JAPAN, 9000)
    connect(S, M, P, W)
    assert (S.u_ringed[u], S.u_cut[u]) == (0, 1)
    for h in range(36, 45):
        S.h_control[h] = codes.JAPAN
    for h in (0, 9, 18, 27):
        S.h_control[h] = codes.JAPAN
    connect(S, M, P, W)
    assert S.u_cut[u] == 0


def test_open_country_is_no_ring():
    S, M, P, W = world()
    S.d_side[0] = codes.NO_SIDE
    u = add_unit(S, 40, codes.CHINA, 8000)
    connect(S, M, P, W)
    assert S.u_ringed[u] == 0
    assert S.u_cut[u] == 1


def test_as_the_whole_floods_say():
    W = work()
    seen = set()
    for seed in range(40):
        S, M, P = random_world(seed, units=16)
        W.q_print = 0.0
        connect(S, M, P, W)
        for u in range(int(S.n_units)):
            if S.u_kind[u] == codes.GUERRILLA:
                continue
            ringed = oracle.ringed(S, M, P, u)
            seen.add(ringed)
            assert (S.u_ringed[u] > 0) == ringed, (seed, u)
            assert (S.u_cut[u] == 0) == oracle.standing(S, M, P, u, True), (seed, u)
    assert seen == {False, True}


def test_the_beaten_go_where_no_enemy_is_about():
    S, M, _, W = world()
    u = add_unit(S, 40, codes.CHINA, 8000)
    add_unit(S, int(M.next[40, 0]), codes.JAPAN, 9000)
    free = {int(M.next[40, k]) for k in (2, 3, 4)}
    assert retreat_hex(S, M, W, u) in free
    S.h_way[codes.CHINA, int(M.next[40, 4])] = 10
    assert retreat_hex(S, M, W, u) == M.next[40, 4]
    S.h_way[codes.CHINA, :] = 2**30
    S.u_from[u] = M.next[40, 2]
    assert retreat_hex(S, M, W, u) == M.next[40, 2]


def test_a_zone_is_passed_where_own_troops_stand_or_it_is_thin():
    S, M, _, W = world()
    u = add_unit(S, 40, codes.CHINA, 8000)
    for k in (0, 2, 4):
        add_unit(S, int(M.next[40, k]), codes.JAPAN, 9000)
    assert retreat_hex(S, M, W, u) == NOWHERE
    add_unit(S, int(M.next[40, 3]), codes.CHINA, 500)
    assert retreat_hex(S, M, W, u) == M.next[40, 3]
    S, M, _, W = world()
    u = add_unit(S, 40, codes.CHINA, 8000)
    for k in (0, 2, 4):
        add_unit(S, int(M.next[40, k]), codes.JAPAN, 1000)
    assert retreat_hex(S, M, W, u) in {int(M.next[40, k]) for k in (1, 3, 5)}


def test_nobody_retreats_into_sea_lake_or_over_a_great_river():
    S, M, _, W = world()
    u = add_unit(S, 40, codes.CHINA, 8000)
    add_unit(S, int(M.next[40, 0]), codes.JAPAN, 9000)
    M.terrain[int(M.next[40, 2])] = codes.LAKE
    M.terrain[int(M.next[40, 3])] = codes.SEA
    M.river[40, 4] = 3
    assert retreat_hex(S, M, W, u) == NOWHERE
    M.bridge[40, 4] = 0
    assert retreat_hex(S, M, W, u) == M.next[40, 4]
