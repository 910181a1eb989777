"""The air: drops, bombs on towns, traffic stopped, support, types, fields, reach, eyes, nights."""

import numpy as np

from tairiku.sim import codes, layout, sight
from tairiku.sim.air import fly
from tairiku.sim.air_base import keep_fields
from tairiku.sim.air_rear import bar_traffic, hit_columns
from tairiku.sim.air_strike import bomb_town
from tairiku.sim.score import japan_reach
from tests.mechanisms.switching import Changes, both
from tests.sim.air_world import add_field, air_map, air_state, contested
from tests.sim.test_air import play
from tests.sim.test_movement import day as march_day
from tests.sim.test_movement import order
from tests.sim.test_movement import world as plain
from tests.sim.test_sight import add_unit as put_unit
from tests.sim.test_sight import world as quiet
from tests.sim.world import add_unit, parameters


def scratch() -> np.record:
    return layout.new(layout.WORK)[0]


def test_m51_a_ringed_unit_is_fed_from_the_air() -> None:
    def dropped(changes: Changes) -> int:
        M, S = contested()
        S.u_ringed[1] = S.u_cut[1] = 5
        fly(S, M, parameters(**changes), scratch())
        return int(S.u_store[1].sum())

    with_, without = both("M51", dropped)
    assert with_ > 1_000
    assert without == 0


def test_m56_bombs_on_a_besieged_town_break_its_works() -> None:
    def broken(changes: Changes) -> float:
        M, S = contested()
        S.c_phase[0], S.c_works[0] = codes.S_INVESTED, 60.0
        bomb_town(S, M, parameters(**changes), codes.JAPAN, int(M.c_hex[0]), 2, 100.0)
        return 60.0 - float(S.c_works[0])

    with_, without = both("M56", broken)
    assert with_ > 1.0
    assert without == 0.0


def test_m57_aircraft_stop_the_traffic_by_day() -> None:
    def stopped(changes: Changes) -> float:
        M, S = contested()
        bar_traffic(S, M, parameters(**changes), codes.CHINA, 60, 40.0)
        return float(S.h_interdict[codes.JAPAN, 60])

    def lorries(changes: Changes) -> int:
        M, S = contested()
        S.h_source[codes.JAPAN, :], S.u_source[0] = 0, 0
        return int(hit_columns(S, M, parameters(**changes), codes.CHINA, 60, 40.0))

    def flown(changes: Changes) -> int:
        _, S = play(5, **changes)
        return int((S.a_mission == codes.A_INTERDICTION).sum())

    for case, least in ((stopped, 0.2), (lorries, 1), (flown, 0)):
        with_, without = both("M57", case)
        assert with_ >= least
        assert without == 0


def test_m58_aircraft_stop_an_attack() -> None:
    def hit(changes: Changes) -> float:
        M, S = contested()
        fly(S, M, parameters(**changes), scratch())
        return float(S.u_air_hit[0] + S.u_air_hit[1])

    with_, without = both("M58", hit)
    assert with_ > 5.0
    assert without == 0.0


def test_m59_types_meet_and_the_better_shoots_down_more() -> None:
    def shot_down(changes: Changes) -> int:
        _, S = play(6, **changes)
        return int(S.g_aircraft[:, codes.A_SHOT_DOWN].sum())

    with_, without = both("M59", shot_down, air_flak=0.0)
    assert with_ > 0
    assert without == 0


def test_m60_a_field_taken_serves_the_taker() -> None:
    def ready(changes: Changes) -> float:
        M = air_map()
        S, P, W = air_state(M), parameters(**changes), scratch()
        S.h_control[: M.n_hexes] = codes.CHINA
        field = add_field(M, S, 20, codes.CHINA)
        S.h_control[20] = codes.JAPAN
        for day in range(30):
            S.day, S.n_events = day, 0
            keep_fields(S, M, P, W)
        assert S.v_side[field] == codes.JAPAN
        return float(S.v_ready[field])

    with_, without = both("M60", ready)
    assert with_ == 1.0
    assert without == 0.0


def test_m61_fields_put_japan_in_the_bombers_reach() -> None:
    def reach(changes: Changes) -> float:
        M, S = contested()
        M.v_class[1], M.v_x_km[1], M.v_y_km[1] = 4, -732.0, 227.0
        return float(japan_reach(S, M, parameters(**changes)))

    with_, without = both("M61", reach)
    assert with_ > 0.1
    assert without == 0.0


def test_m63_airmen_and_patrols_see_what_nobody_else_does() -> None:
    def reports(changes: Changes) -> int:
        S, M, P, W = quiet(sight_agents_chance=0.0, **changes)
        put_unit(S, 24, codes.JAPAN)
        put_unit(S, 26, codes.CHINA)
        seen = 0
        for day in range(30):
            S.day, S.h_seen[codes.CHINA, 24] = day, -1
            sight.see(S, M, P, W)
            seen += S.h_seen[codes.CHINA, 24] == day
        return int(seen)

    def flights(changes: Changes) -> int:
        _, S = play(6, **changes)
        return int((S.a_mission == codes.A_RECONNAISSANCE).sum())

    for case in (reports, flights):
        with_, without = both("M63", case)
        assert with_ > 0
        assert without == 0


def test_m64_columns_under_attack_march_by_night() -> None:
    def slowed(changes: Changes) -> float:
        S, M, P, W = plain(**changes)
        u, v = add_unit(S, 36, codes.JAPAN), add_unit(S, 54, codes.JAPAN)
        order(S, u, codes.O_MOVE, 44)
        order(S, v, codes.O_MOVE, 62)
        S.u_air_hit[u] = 4.0
        march_day(S, M, P, W)
        return float(S.u_km_today[v] - S.u_km_today[u])

    with_, without = both("M64", slowed)
    assert with_ > 3.0
    assert without == 0.0
