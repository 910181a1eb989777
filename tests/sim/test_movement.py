"""Marches by hand, and what no march may ever do on little random maps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import codes
from tairiku.sim.connectivity import connect
from tairiku.sim.going import pace, step_minutes
from tairiku.sim.layout import NOWHERE
from tairiku.sim.movement import march
from tairiku.sim.next_step import full
from tairiku.sim.night import approach
from tairiku.sim.ways import prepare
from tests.sim.land_world import join, random_world, work
from tests.sim.test_placement import listed
from tests.sim.world import add_unit, bare_map, bare_state, parameters


def order(S, u, what, target, via=NOWHERE):
    S.u_order[u], S.u_target[u], S.u_via[u] = what, target, via


def day(S, M, P, W):
    S.day += 1
    S.n_events = 0
    approach(S, M, P, W)
    march(S, M, P, W)


def world(**changes):
    M = bare_map(9, 9)
    P = parameters(**changes)
    S = bare_state(M)
    return S, M, P, work()


def test_infantry_on_open_plain_by_hand():
    S, M, P, W = world()
    u = add_unit(S, 36, codes.JAPAN)
    order(S, u, codes.O_MOVE, 44)
    day(S, M, P, W)
    minutes = int(18.0 * 600.0 / P.movement_foot_km * P.movement_foot_plain)
    assert S.u_hex[u] == 37
    assert S.u_km_today[u] == pytest.approx(18.0 * 600.0 / minutes)
    assert S.u_progress[u] == pytest.approx((600.0 - minutes) / 60.0)
    assert S.h_control[37] == codes.JAPAN
    assert S.u_posture[u] == codes.P_MARCH
    assert S.u_march_days[u] == 1


def test_the_axis_is_passed_before_the_objective():
    S, M, P, W = world()
    u = add_unit(S, 36, codes.JAPAN)
    order(S, u, codes.O_MOVE, 40, via=20)
    passed = []
    for _ in range(12):
        day(S, M, P, W)
        passed.append(int(S.u_hex[u]))
    assert 20 in passed
    assert S.u_hex[u] == 40
    assert S.u_via[u] == NOWHERE


def test_an_attacker_stops_before_the_enemy_and_attacks_him():
    S, M, P, W = world()
    u, v = add_unit(S, 38, codes.JAPAN), add_unit(S, 40, codes.CHINA)
    order(S, u, codes.O_ATTACK, 40)
    order(S, v, codes.O_HOLD, 40)
    for _ in range(3):
        day(S, M, P, W)
    assert (S.u_hex[u], S.u_attacks[u], S.u_posture[u]) == (39, 40, codes.P_ATTACK)
    assert S.u_posture[v] == codes.P_HASTY
    assert S.u_blocked[u] == 0


def test_who_is_not_to_attack_goes_round_or_waits():
    S, M, P, W = world()
    u, v = add_unit(S, 38, codes.JAPAN), add_unit(S, 40, codes.CHINA, 3000)
    order(S, u, codes.O_MOVE, 42)
    order(S, v, codes.O_HOLD, 40)
    for _ in range(20):
        day(S, M, P, W)
        assert S.u_attacks[u] == NOWHERE
        assert S.u_hex[u] != 40
    assert S.u_hex[u] == 42
    order(S, u, codes.O_MOVE, 40)
    for _ in range(3):
        day(S, M, P, W)
    assert S.u_blocked[u] == 1


def test_no_attack_without_rounds_against_odds_or_on_a_halt():
    for field, value in (("u_rounds", 0.0), ("u_fed", 0.1), ("u_halt_days", 2)):
        S, M, P, W = world()
        u, v = add_unit(S, 39, codes.JAPAN), add_unit(S, 40, codes.CHINA)
        order(S, u, codes.O_ATTACK, 40)
        order(S, v, codes.O_HOLD, 40)
        S[field][u] = value
        day(S, M, P, W)
        assert S.u_attacks[u] == NOWHERE
        assert S.u_blocked[u] == 1
        assert S.u_halt_days[u] > 0
    S, M, P, W = world()
    u, v = add_unit(S, 39, codes.JAPAN, 1000), add_unit(S, 40, codes.CHINA, 15000)
    order(S, u, codes.O_ATTACK, 40)
    day(S, M, P, W)
    assert (S.u_attacks[u], S.u_blocked[u]) == (NOWHERE, 1)
    P.movement_attack_odds = 0.0
    day(S, M, P, W)
    assert S.u_attacks[u] == 40


def test_besiegers_close_the_ring():
    S, M, P, W = world(movement_leak=50.0)
    v = add_unit(S, 40, codes.CHINA, 6000)
    order(S, v, codes.O_HOLD, 40)
    for i in range(6):
        u = add_unit(S, 38 if i % 2 else 37, codes.JAPAN, 9000)
        order(S, u, codes.O_ASSAULT, 40)
    for _ in range(20):
        day(S, M, P, W)
    ring = {int(M.next[40, k]) for k in range(6)}
    held = {int(S.u_hex[u]) for u in range(1, 7)}
    assert held == ring
    assert all(S.u_attacks[u] == 40 for u in range(1, 7))


def test_a_watched_zone_holds_and_a_thin_one_leaks():
    gone = {}
    for men in (1000, 4000, 30000):
        through = 0
        for seed in range(30):
            S, M, P, W = world()
            P.key_seed = seed
            u = add_unit(S, 40, codes.JAPAN, 10000)
            add_unit(S, 31, codes.CHINA, men)
            order(S, u, codes.O_MOVE, 42)
            day(S, M, P, W)
            day(S, M, P, W)
            through += int(S.u_hex[u] != 40)
        gone[men] = through
    assert gone[1000] == 30
    assert gone[4000] > gone[30000]
    assert gone[30000] <= 6


def test_night_hides_a_column_from_the_air_at_seven_tenths_of_the_pace():
    S, M, P, W = world()
    u, v = add_unit(S, 36, codes.JAPAN), add_unit(S, 54, codes.JAPAN)
    order(S, u, codes.O_MOVE, 44)
    order(S, v, codes.O_MOVE, 62)
    S.u_air_hit[u] = 4.0
    day(S, M, P, W)
    assert S.u_km_today[u] == pytest.approx(P.movement_night_pace * S.u_km_today[v])


def test_withdrawal_goes_by_night_and_the_routed_flee():
    S, M, P, W = world()
    u = add_unit(S, 40, codes.CHINA)
    order(S, u, codes.O_WITHDRAW, 36)
    S.day = 1
    approach(S, M, P, W)
    assert S.u_posture[u] == codes.P_WITHDRAW
    assert S.u_km_today[u] > 15.0
    km = float(S.u_km_today[u])
    march(S, M, P, W)
    assert S.u_km_today[u] == km
    S, M, P, W = world()
    u = add_unit(S, 40, codes.CHINA)
    add_unit(S, 41, codes.JAPAN)
    S.u_rout_days[u] = 3
    day(S, M, P, W)
    assert S.u_hex[u] in (30, 39, 48)
    assert S.u_posture[u] == codes.P_ROUT
    assert S.h_control[S.u_hex[u]] == codes.CHINA


def test_trains_carry_a_division_only_where_they_run():
    S, M, P, W = world()
    for col in range(8):
        link = int(M.n_rails)
        M.n_rails = link + 1
        join(M, 36 + col, 0, "rail", link)
        S.r_owner[link], S.r_state[link] = codes.JAPAN, 1000
    S.h_control[:81] = codes.JAPAN
    u = add_unit(S, 36, codes.JAPAN, 8000)
    order(S, u, codes.O_RAIL, 44)
    day(S, M, P, W)
    day(S, M, P, W)
    assert S.u_hex[u] == 36  # two days to entrain
    day(S, M, P, W)
    assert S.u_hex[u] == 44  # one on the way
    assert S.u_km_today[u] == 0.0
    day(S, M, P, W)
    assert S.u_posture[u] != codes.P_RAIL
    S.r_state[4] = 0
    order(S, u, codes.O_RAIL, 36)
    for _ in range(3):
        day(S, M, P, W)
    assert S.u_hex[u] == 41  # two days to entrain, then on foot where the line is broken
    day(S, M, P, W)
    assert S.u_hex[u] == 40
    assert S.u_posture[u] == codes.P_MARCH


def test_mud_fatigue_hunger_and_battle_slow_the_march():
    S, M, P, W = world()
    prepare(M, P, W)
    u, t = add_unit(S, 36, codes.JAPAN), add_unit(S, 45, codes.JAPAN, kind=codes.TANK)
    dry = step_minutes(S, M, P, W, u, 36, 0)
    S.w_ground[0] = codes.GROUND_MUD
    assert step_minutes(S, M, P, W, u, 36, 0) == int(dry * P.movement_mud)
    assert pace(S, P, u) == 1.0
    S.u_fatigue[u], S.u_fed[u], S.u_contact_day[u] = 1.0, 0.0, 0
    slow = (1 - P.movement_fatigue_loss) * (1 - P.movement_hunger_loss) * P.movement_battle_pace
    assert pace(S, P, u) == pytest.approx(slow)
    S.u_fuelled[t] = 0.05
    assert pace(S, P, t) == 0.0
    S.u_fuelled[t], S.u_march_days[t] = 1.0, 7
    assert pace(S, P, t) == pytest.approx(P.movement_tank_worn)


def test_a_ploughed_road_stops_vehicles_not_feet():
    S, M, P, W = world()
    join(M, 36, 0, "road", 0)
    M.k_class[0] = 2
    u, t = add_unit(S, 36, codes.JAPAN), add_unit(S, 36, codes.JAPAN, kind=codes.MOTORISED)
    S.k_state[0] = 1000
    prepare(M, P, W)
    foot, motor = step_minutes(S, M, P, W, u, 36, 0), step_minutes(S, M, P, W, t, 36, 0)
    S.k_state[0] = 100
    assert step_minutes(S, M, P, W, u, 36, 0) == foot
    assert step_minutes(S, M, P, W, t, 36, 0) == int(motor * P.movement_motor_plain)
    S.k_state[0] = 800
    assert step_minutes(S, M, P, W, t, 36, 0) == int(motor / 0.8)


def test_a_hex_fills_up():
    S, M, P, W = world()
    for _ in range(6):
        add_unit(S, 40, codes.JAPAN, 10000)
    u = add_unit(S, 39, codes.JAPAN, 5000)
    order(S, u, codes.O_MOVE, 40)
    day(S, M, P, W)
    day(S, M, P, W)
    assert S.u_hex[u] != 40
    assert S.u_blocked[u] != 0


def test_empty_country_under_one_zone_passes_but_no_city():
    S, M, P, W = world()
    M.city[41], M.c_level[0], M.n_cities = 0, 4, 1
    add_unit(S, 40, codes.JAPAN, 9000)
    for _ in range(60):
        day(S, M, P, W)
    held = [int(M.next[40, k]) for k in range(6)]
    assert [int(S.h_control[h]) for h in held if h != 41] == [codes.JAPAN] * 5
    assert S.h_control[41] == codes.CHINA


def check(S, M, P, before, where):
    """What must hold on every evening."""
    for h in range(int(M.n_hexes)):
        units = listed(S, h)
        fighting = [u for u in units if S.u_kind[u] != codes.GUERRILLA]
        assert len({int(S.u_side[u]) for u in fighting}) <= 1
        for side in (0, 1):
            men = sum(int(S.u_men[u]) for u in fighting if S.u_side[u] == side)
            assert S.h_men[side, h] == men
    for u in range(int(S.n_units)):
        h, was = int(S.u_hex[u]), where[u]
        assert listed(S, h).count(u) == 1
        assert M.terrain[h] <= codes.LAKE
        vehicles = S.u_kind[u] in (codes.TANK, codes.MOTORISED)
        if S.u_static[u] and S.u_rout_days[u] == 0:
            assert h == was
        if S.u_kind[u] not in (codes.CAVALRY, codes.TANK, codes.MOTORISED):
            if S.u_posture[u] != codes.P_RAIL and S.u_order[u] != codes.O_RAIL:
                assert S.u_km_today[u] <= 28.0
        if S.u_kind[u] == codes.TANK:
            assert S.u_km_today[u] <= 40.0 or S.u_order[u] == codes.O_RAIL
        if M.terrain[h] == codes.LAKE:
            assert not vehicles
        if S.u_attacks[u] != NOWHERE:
            assert S.h_men[1 - S.u_side[u], S.u_attacks[u]] > 0
            assert S.u_attacks[u] in M.next[h]
            assert not S.u_static[u]
            assert S.u_order[u] == codes.O_ATTACK
    assert before == int(S.u_men.sum())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_no_march_goes_through_the_enemy_over_the_sea_or_too_far(seed):
    S, M, P = random_world(seed)
    W = work()
    men = int(S.u_men.sum())
    for _ in range(6):
        where = S.u_hex.copy()
        day(S, M, P, W)
        check(S, M, P, men, where)
        zone = S.h_zone.copy()
        connect(S, M, P, W)
        assert (zone == S.h_zone).all()
        assert S.events_lost == 0


def test_a_full_hex_is_one_that_is_not_empty():
    S, M, P, _ = world()
    u = add_unit(S, 39, codes.JAPAN, 70000)
    assert not full(S, M, P, u, 40)
