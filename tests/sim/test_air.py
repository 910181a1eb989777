"""The air war: fields, missions, battles, strikes; exact cases, properties, conservation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import audit, codes, layout
from tairiku.sim.air import fly
from tairiku.sim.air_base import keep_fields, keep_units, look_around, refuge
from tairiku.sim.air_battle import exchange
from tairiku.sim.air_plan import choose, fitness
from tairiku.sim.air_rear import bar_traffic, hit_bridge
from tairiku.sim.air_strike import hit_units, strike_field
from tairiku.sim.air_targets import add_target
from tairiku.sim.layout import NOWHERE
from tests.oracles import air as oracle
from tests.sim.air_world import (
    BETTER,
    BOMBS,
    PLAIN,
    add_air,
    add_depot,
    add_field,
    air_map,
    air_state,
    contested,
)
from tests.sim.world import add_unit, parameters


@pytest.fixture(name="W")
def scratch() -> np.record:
    return layout.new(layout.WORK)[0]


def play(days: int, seed: int = 1, **changes: float) -> tuple[np.record, np.record]:
    """The contested world after some days of the air war alone."""
    M, S = contested()
    P = parameters(**changes)
    P.key_seed = seed
    work = layout.new(layout.WORK)[0]
    for day in range(days):
        S.day, S.n_events = day, 0
        fly(S, M, P, work)
        assert audit.imbalances(S) == []
        assert np.all(S.a_sorties[: M.n_air] <= S.a_craft[: M.n_air] + S.a_lost[: M.n_air])
        assert np.all((S.v_ready[: M.n_fields] >= 0) & (S.v_ready[: M.n_fields] <= 1))
        assert np.all((S.h_interdict >= 0) & (S.h_interdict < 1))
    return M, S


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_books_balance_every_day(seed: int) -> None:
    _, S = play(40, seed)
    assert S.g_aircraft[codes.F_JAPAN, codes.A_SHOT_DOWN] > 0
    assert S.u_men[0] < 10_000
    assert S.u_men[1] < 8_000


def test_the_same_seed_gives_the_same_bytes_and_another_does_not() -> None:
    assert play(5)[1].tobytes() == play(5)[1].tobytes()
    assert play(5)[1].tobytes() != play(5, seed=9)[1].tobytes()


def test_equal_fighters_lose_equally_and_the_better_type_less() -> None:
    assert exchange(0.1, 20.0, 20.0, 20.0, 1.0) == pytest.approx(1.0)
    # one against four of double value: min(1, 4) * 2/3
    assert exchange(1.0, 1.0, 1.0, 4.0, 2.0) == pytest.approx(2.0 / 3.0)
    assert exchange(1.0, 4.0, 8.0, 1.0, 1.0) == pytest.approx(1.0 / 3.0)
    assert exchange(0.1, 0.0, 0.0, 20.0, 1.0) == 0.0


@given(
    own=st.floats(1, 200),
    q=st.floats(0.01, 3),
    fighters=st.floats(0, 200),
    enemy=st.floats(0.01, 3),
    more=st.floats(0.01, 3),
)
def test_exchange_agrees_with_its_oracle_and_grows_with_the_enemy(
    own: float, q: float, fighters: float, enemy: float, more: float
) -> None:
    loss = exchange(0.2, own, q * own, fighters, enemy)
    assert loss == pytest.approx(oracle.exchange(0.2, own, q * own, fighters, enemy))
    assert 0 <= loss <= 0.2 * own
    assert exchange(0.2, own, q * own, fighters, enemy + more) >= loss
    assert exchange(0.2, own, (q + more) * own, fighters, enemy) <= loss


def test_rain_keeps_most_aircraft_down_and_storm_nearly_all() -> None:
    flown = []
    for sky in (codes.DRY, codes.RAIN, codes.STORM):
        M, S = contested()
        S.w_sky[0] = sky
        fly(S, M, parameters(), layout.new(layout.WORK)[0])
        flown.append(int(S.a_sorties.sum()))
    assert flown[0] > 2 * flown[1] > 4 * flown[2]


def test_no_fuel_no_flying_no_bombs_no_strikes() -> None:
    M, S = contested()
    S.d_store[:, codes.AVIATION_FUEL] = 0
    fly(S, M, parameters(), layout.new(layout.WORK)[0])
    assert S.a_sorties.sum() == 0
    M, S = contested()
    S.d_store[:, codes.AMMUNITION] = 0
    fly(S, M, parameters(), layout.new(layout.WORK)[0])
    strikes = (S.a_mission >= codes.A_SUPPORT) & (S.a_mission <= codes.A_AIRFIELD)
    assert S.a_sorties[strikes].sum() == 0
    assert S.a_sorties.sum() > 0


def test_fuel_and_bombs_are_paid_from_the_base(W: np.record) -> None:
    M, S = contested()
    before = S.d_store.copy()
    fly(S, M, parameters(), W)
    used = (before - S.d_store)[:2]
    assert np.all(used[:, codes.AVIATION_FUEL] > 0)
    for side in (0, 1):
        mine = (S.a_side == side) & (S.a_mission == codes.A_SUPPORT)
        bombs = (S.a_sorties[mine] * M.t_bomb_kg[S.a_type[mine]]).sum()
        assert used[side, codes.AMMUNITION] == bombs
    assert np.all(used[:, codes.FOOD] == 0)


def test_support_is_counted_for_the_attacker_and_hits_the_defender(W: np.record) -> None:
    M, S = contested()
    fly(S, M, parameters(), W)
    assert S.u_air_support[0] > 0
    assert S.u_air_hit[1] == pytest.approx(S.u_air_support[0])
    kinds = [int(e.kind) for e in S.events[: S.n_events]]
    assert codes.E_AIR_STRIKE in kinds


def test_support_switched_off_is_not_flown() -> None:
    _, S = play(3, air_weight_support=0.0)
    assert not np.any(S.a_mission == codes.A_SUPPORT)
    assert np.all(S.u_air_hit == 0)


def test_a_commanders_priorities_overrule_the_doctrine(W: np.record) -> None:
    M, S = contested()
    S.g_air_priority[codes.JAPAN, codes.A_RECONNAISSANCE] = 10
    fly(S, M, parameters(), W)
    japan = S.a_mission[S.a_side == codes.JAPAN]
    assert set(japan.tolist()) <= {codes.A_IDLE, codes.A_RECONNAISSANCE}
    assert np.any(S.a_mission[S.a_side == codes.CHINA] == codes.A_SUPPORT)


def test_range_binds(W: np.record) -> None:
    M, S = contested()
    M.t_range_km[:5] = 50.0
    fly(S, M, parameters(), W)
    assert S.a_sorties.sum() == 0


def test_a_field_changes_hands_and_its_unit_flees(W: np.record) -> None:
    M = air_map()
    S = air_state(M)
    S.h_control[: M.n_hexes] = codes.CHINA
    lost, refuge_ = add_field(M, S, 20, codes.CHINA), add_field(M, S, 40, codes.CHINA)
    a = add_air(M, S, lost, PLAIN, 20)
    S.h_control[20] = codes.JAPAN
    P = parameters()
    keep_fields(S, M, P, W)
    assert S.v_side[lost] == codes.JAPAN
    assert S.v_ready[lost] == pytest.approx(P.air_captured_ready)
    assert S.a_field[a] == refuge_
    # six of twenty are unfit, seven in ten of them are lost: four or five
    assert 20 - S.a_craft[a] in (4, 5)
    assert S.g_aircraft[codes.F_ALLIED_AIR, codes.A_ON_GROUND] == 20 - S.a_craft[a]
    assert [int(e.kind) for e in S.events[: S.n_events]] == [
        codes.E_AIR_MOVE,
        codes.E_AIRFIELD_LOST,
    ]


def test_units_leave_before_the_enemy_comes_and_stay_when_he_is_weak(W: np.record) -> None:
    P = parameters()
    for men, moves in ((20_000, True), (1_000, False)):
        M = air_map()
        S = air_state(M)
        S.h_control[: M.n_hexes] = codes.CHINA
        near, far = add_field(M, S, 20, codes.CHINA), add_field(M, S, 29, codes.CHINA)
        a = add_air(M, S, near, PLAIN)
        S.h_belief[codes.CHINA, 22] = men
        keep_fields(S, M, P, W)
        assert (S.a_field[a] == far) == moves


def test_a_refuge_is_in_range_long_enough_in_repair_and_not_crowded(W: np.record) -> None:
    M = air_map()
    S = air_state(M)
    P = parameters()
    S.h_control[: M.n_hexes] = codes.CHINA
    fields = [add_field(M, S, h, codes.CHINA) for h in (16, 18, 20, 22, 24)]
    a = add_air(M, S, fields[0], BOMBS)
    M.v_class[fields[1]] = 1  # too short for a bomber
    S.v_ready[fields[2]] = 0.1  # in ruins
    for _ in range(4):
        add_air(M, S, fields[3], PLAIN)  # full
    look_around(S, M, P, W)
    x, y = M.v_x_km[fields[0]], M.v_y_km[fields[0]]
    assert refuge(S, M, P, W, a, x, y, 1000.0) == fields[4]
    assert refuge(S, M, P, W, a, x, y, 100.0) == -1


def test_ordered_rebasings_arrivals_and_departures(W: np.record) -> None:
    M, S = contested()
    new = add_field(M, S, 3, codes.JAPAN)
    M.n_air_moves, M.am_day[0], M.am_unit[0], M.am_field[0] = 1, 2, 0, new
    S.a_status[1], S.a_due_day[1] = codes.TRANSIT, 3
    S.a_leaves_day[2] = 3
    P = parameters(air_accident=0.0, air_wear=0.0)
    for day in range(4):
        S.day, S.n_events = day, 0
        look_around(S, M, P, W)
        keep_units(S, M, P, W)
        assert (S.a_field[0] == new) == (day >= 2)
        assert (S.a_status[1] == codes.ON_MAP) == (day >= 3)
    assert S.a_status[2] == codes.DEPARTED
    assert S.a_craft[2] == 0
    assert S.g_aircraft[codes.F_JAPAN, codes.A_LEFT] == 24
    assert audit.imbalances(S) == []


def test_replacements_fill_a_unit_and_stop_at_its_establishment(W: np.record) -> None:
    M, S = contested()
    S.a_craft[0] = 10
    S.g_aircraft[codes.F_JAPAN, codes.A_INITIAL] -= 14
    P = parameters(air_accident=0.0, air_wear=0.0)
    for day in range(200):
        S.day, S.n_events = day, 0
        look_around(S, M, P, W)
        keep_units(S, M, P, W)
    assert S.a_craft[0] == S.a_full[0]
    assert audit.imbalances(S) == []


def test_bombs_on_a_field_burn_aircraft_and_hole_the_runway() -> None:
    M, S = contested()
    P = parameters(air_ground_kill=0.5, air_runway_hit=0.01)
    gone = strike_field(S, M, P, codes.CHINA, 0, 40.0)
    assert gone == 24 * 5 - S.a_craft[:5].sum()
    assert 0 < gone <= 20
    assert S.v_ready[0] == pytest.approx(0.6)
    assert audit.imbalances(S) == []


def test_men_in_works_suffer_less_than_men_on_the_road() -> None:
    hit = []
    for posture in (codes.P_FORTIFIED, codes.P_HASTY, codes.P_MARCH):
        M, S = contested()
        S.u_posture[1] = posture
        hit.append(hit_units(S, M, parameters(), codes.JAPAN, int(M.c_hex[0]), 2, 100.0))
        assert audit.imbalances(S) == []
    assert hit[0] < hit[1] < hit[2]
    assert hit[1] == 150


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(20, 100), st.floats(0.5, 60)), min_size=1, max_size=4))
def test_interdiction_adds_up_as_its_oracle_says(strikes: list[tuple[int, float]]) -> None:
    M = air_map()
    S = air_state(M)
    P = parameters()
    for h, sorties in strikes:
        bar_traffic(S, M, P, codes.CHINA, h, sorties)
    told = oracle.stopped(strikes, M, float(P.air_interdict))
    for h in range(M.n_hexes):
        assert float(S.h_interdict[codes.JAPAN, h]) == pytest.approx(told.get(h, 0.0), abs=1e-5)
    assert np.all(S.h_interdict[codes.CHINA] == 0)


def test_a_bridge_is_out_for_one_to_seven_days_when_hit() -> None:
    M, S = contested()
    P = parameters(air_bridge_hit=10.0)
    days = set()
    for day in range(200):
        S.day, S.n_events = day, 0
        S.x_state[0], S.x_out_days[0] = 1000, 0
        hit_bridge(S, M, P, codes.CHINA, 0, 30.0)
        assert S.x_state[0] == 0
        days.add(int(S.x_out_days[0]))
    assert days == {1, 2, 3, 4, 5}


def test_the_railway_bridge_in_enemy_hands_is_found_and_attacked(W: np.record) -> None:
    M, S = contested()
    M.n_bridges, M.x_a[0], M.x_rail[0], M.x_metres[0] = 1, int(M.c_hex[0]) - 4, 1, 3000.0
    S.x_state[0] = 1000
    S.g_air_priority[codes.CHINA, codes.A_INTERDICTION] = 10
    P = parameters(air_bridge_hit=10.0)
    fly(S, M, P, W)
    assert S.x_state[0] == 0
    assert codes.E_BRIDGE_OUT in [int(e.kind) for e in S.events[: S.n_events]]


def test_headquarters_under_the_bombs_lose_their_links(W: np.record) -> None:
    M, S = contested()
    node = layout.UNITS + 1
    M.n_nodes = node + 1
    S.n_hex[node], S.n_side[node] = int(M.c_hex[0]), codes.CHINA
    P = parameters(air_cut=10.0)
    fly(S, M, P, W)
    assert S.n_cut_days[node] == int(P.air_cut_days)
    M, S = contested()
    M.n_nodes, S.n_hex[node], S.n_side[node] = node + 1, int(M.c_hex[0]), codes.CHINA
    fly(S, M, parameters(air_cut=0.0), W)
    assert S.n_cut_days[node] == 0


def test_a_ringed_unit_gets_its_drops_less_what_falls_outside(W: np.record) -> None:
    M, S = contested()
    S.u_ringed[1] = S.u_cut[1] = 5
    P = parameters()
    fly(S, M, P, W)
    assert S.u_store[1, codes.FOOD] > 0
    assert S.u_store[1, codes.AMMUNITION] > 0
    assert S.u_store[0].sum() == 0
    assert audit.imbalances(S) == []
    drop = next(e for e in S.events[: S.n_events] if e.kind == codes.E_AIR_DROP)
    assert drop.b == pytest.approx(drop.a * (1 - P.air_drop_lost), rel=0.01)


def test_eyes_bring_back_a_count_with_an_error(W: np.record) -> None:
    counts = []
    for seed in range(30):
        M, S = contested()
        S.h_belief[codes.JAPAN] = 0
        S.h_belief[codes.JAPAN, int(M.c_hex[0])] = 8_000
        S.h_seen[codes.JAPAN] = -1
        P = parameters()
        P.key_seed = seed + 1
        S.u_target[0] = int(M.c_hex[0])
        for day in (0, 1):
            S.day, S.n_events = day, 0
            fly(S, M, P, W)
        if S.h_seen[codes.JAPAN, int(M.c_hex[0])] >= 0:
            counts.append(int(S.h_belief[codes.JAPAN, int(M.c_hex[0])]))
    assert len(counts) > 20
    assert len(set(counts)) > 10
    assert 3_000 < np.median(counts) < 7_000


def test_the_target_list_keeps_the_best_twelve(W: np.record) -> None:
    for value in range(30):
        add_target(W, 0, codes.A_SUPPORT, 100 + value, -1, float(value + 1))
    add_target(W, 0, codes.A_SUPPORT, 120, -1, 5.0)
    assert W.at_count[0, codes.A_SUPPORT] == 12
    kept = set(W.at_hex[0, codes.A_SUPPORT].tolist())
    assert kept == set(range(118, 130))
    at = W.at_hex[0, codes.A_SUPPORT].tolist().index(120)
    assert W.at_value[0, codes.A_SUPPORT, at] == 26.0


def test_fighters_fight_bombers_bomb() -> None:
    M, P = air_map(), parameters()
    assert fitness(M, P, codes.FIGHTER, BETTER, codes.A_SUPERIORITY) == 2.0
    assert fitness(M, P, codes.BOMBER, BOMBS, codes.A_SUPERIORITY) == 0.0
    assert fitness(M, P, codes.BOMBER, BOMBS, codes.A_SUPPORT) == pytest.approx(2.0)
    assert fitness(M, P, codes.HEAVY_BOMBER, BOMBS, codes.A_SUPPORT) == 0.0
    assert fitness(M, P, codes.TRANSPORT, BOMBS, codes.A_SUPPORT) == 0.0


def test_a_unit_without_any_target_stays_down(W: np.record) -> None:
    M, S = contested()
    W.at_count[:] = 0
    choose(S, M, parameters(), W, 0)
    assert S.a_mission[0] == codes.A_IDLE
    assert S.a_target[0] == NOWHERE


def test_very_heavy_bombers_fly_beyond_the_map_when_fuelled(W: np.record) -> None:
    M, S = contested()
    M.t_runway[BOMBS] = 4
    field = add_field(M, S, 3, codes.CHINA, add_depot(M, S, 3, codes.CHINA, codes.F_ALLIED_AIR))
    M.v_class[field] = 4
    a = add_air(M, S, field, BOMBS)
    fly(S, M, parameters(), W)
    assert S.a_mission[a] == codes.A_STRATEGIC
    assert S.a_target[a] == NOWHERE
    assert S.a_sorties[a] > 0


def test_the_rear_is_hit_where_the_enemys_traffic_goes(W: np.record) -> None:
    M, S = contested()
    add_unit(S, 0, codes.JAPAN, 100)
    middle = int(M.c_hex[0])
    for h in range(middle - 7, middle):
        S.h_back[codes.JAPAN, h] = h - 1
    S.h_source[codes.JAPAN, :] = 0
    S.u_source[0] = 0
    S.u_material[0, codes.TRUCKS] += 800
    S.g_material[codes.F_JAPAN, codes.TRUCKS, codes.B_INITIAL] += 800
    P = parameters(air_trucks_killed=5.0)
    S.g_air_priority[codes.CHINA, codes.A_INTERDICTION] = 10
    fly(S, M, P, W)
    there = middle - 1 - int(P.air_depth)
    assert S.h_interdict[codes.JAPAN, there] > S.h_interdict[codes.JAPAN, there + 1] > 0
    assert S.u_material[0, codes.TRUCKS] < 1000
    assert audit.imbalances(S) == []
