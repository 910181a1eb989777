"""Rivers in the way: bridges, ferries, engineers, a defended bank."""

import pytest

from tairiku.sim import codes
from tairiku.sim.crossing import assault_chance, is_opposed, river_delay
from tairiku.sim.placement import refresh_zones
from tests.sim.land_world import join, work
from tests.sim.test_movement import day, order
from tests.sim.world import add_unit, bare_map, bare_state, parameters


def great_river(M, S):
    """A great river down the whole map between columns 4 and 5."""
    for row in range(9):
        for k in range(6):
            h = row * 9 + 4
            n = int(M.next[h, k])
            if n != 65535 and n % 9 == 5:
                join(M, h, k, "river", 3)
            if n != 65535 and n % 9 == 4 and n // 9 != row:
                continue
        for k in range(6):
            h = row * 9 + 5
            n = int(M.next[h, k])
            if n != 65535 and n % 9 == 4:
                join(M, h, k, "river", 3)


def world():
    M, P = bare_map(9, 9), parameters()
    S = bare_state(M)
    great_river(M, S)
    return S, M, P, work()


def test_two_divisions_with_boats_against_one_thin_division():
    S, M, P, _ = world()
    add_unit(S, 40, codes.JAPAN, 13000)
    add_unit(S, 40, codes.JAPAN, 13000)
    add_unit(S, 42, codes.CHINA, 8000)
    refresh_zones(S, M, P)
    assert is_opposed(S, M, P, codes.JAPAN, 40, 0)
    assert assault_chance(S, M, P, codes.JAPAN, 40, 0) == pytest.approx(0.85, abs=0.03)


def test_a_great_river_stops_those_without_bridge_boats_or_engineers():
    S, M, P, W = world()
    u = add_unit(S, 39, codes.JAPAN)
    order(S, u, codes.O_MOVE, 43)
    for _ in range(8):
        day(S, M, P, W)
        assert S.u_hex[u] % 9 <= 4
    for h in range(4, 81, 9):
        e = add_unit(S, h, codes.JAPAN, 1500, codes.ENGINEER)
        order(S, e, codes.O_HOLD, h)
    for _ in range(12):
        day(S, M, P, W)
    assert S.u_hex[u] == 43


def test_a_bridge_carries_until_it_is_down():
    S, M, P, _ = world()
    u = add_unit(S, 40, codes.JAPAN)
    join(M, 40, 0, "bridge", 0)
    S.x_state[0] = 1000
    assert river_delay(S, M, P, u, 40, 0) == 0.0
    S.x_state[0] = 0
    assert river_delay(S, M, P, u, 40, 0) == -1.0
    S.h_control[40] = S.h_control[41] = codes.JAPAN
    assert river_delay(S, M, P, u, 40, 0) == P.movement_great_ferry_minutes - 20.0
    join(M, 40, 0, "river", 2)
    assert river_delay(S, M, P, u, 40, 0) == P.movement_ferry_minutes - 20.0


def test_a_defended_bank_is_tried_once_a_day_and_logged():
    outcomes = set()
    for seed in range(12):
        S, M, P, W = world()
        P.key_seed = seed
        P.movement_great_boats_minutes = 1.0
        P.movement_leak = 1000.0
        u = add_unit(S, 40, codes.JAPAN, 9000)
        e = add_unit(S, 40, codes.JAPAN, 1000, codes.ENGINEER)
        add_unit(S, 42, codes.CHINA, 10000)
        order(S, u, codes.O_MOVE, 41)
        order(S, e, codes.O_HOLD, 40)
        day(S, M, P, W)
        day(S, M, P, W)
        events = [S.events[i] for i in range(int(S.n_events))]
        tried = [e for e in events if e.kind == codes.E_CROSSING]
        assert len(tried) <= 1
        if tried:
            outcomes.add((float(tried[0].b), int(S.u_hex[u])))
            assert 0.3 < float(tried[0].a) < 0.7
    assert outcomes == {(0.0, 40), (1.0, 41)}
