"""Supply of the day: hand cases, a plain oracle of deliveries, conservation of every kilogramme."""

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import audit, codes, layout
from tairiku.sim.delivery import deliver
from tairiku.sim.depots import open_depots, set_up_branches, stock
from tairiku.sim.haul import FAR
from tairiku.sim.layout import NOWHERE
from tairiku.sim.provisions import battle_day, eat, forage, forage_full, grow
from tairiku.sim.supply import supply
from tairiku.sim.supply_field import update_fields
from tests.oracles import delivery as oracle
from tests.sim.supply_world import add_depot, empty_world, lay_rail, lay_road, random_world, shake
from tests.sim.world import add_unit


def equip(S, u, guns=36, mortars=10, trucks=100, horses=1000, food_days=5):
    """Pieces and a stock of food for unit u, in the books."""
    force = S.u_force[u]
    for kind, n in ((0, guns), (1, mortars), (4, trucks), (5, horses)):
        S.u_material[u, kind] = n
        S.g_material[force, kind, codes.B_INITIAL] += n
    S.u_store[u, codes.FOOD] = food_days * S.u_men[u]
    S.g_store[force, codes.FOOD, codes.B_INITIAL] += S.u_store[u, codes.FOOD]


def test_a_japanese_division_fires_nine_to_ten_tonnes_on_a_battle_day() -> None:
    S, _, P, _ = empty_world(3, 1)
    u = add_unit(S, 0, codes.JAPAN, 17_500)
    equip(S, u, guns=60, mortars=0)
    assert 9_000 <= battle_day(S, P, u) <= 10_000


def test_a_division_in_reach_of_its_railhead_is_filled_up() -> None:
    S, M, P, W = empty_world(4, 1)
    S.h_control[:4] = codes.JAPAN
    add_depot(S, M, 0, codes.JAPAN)
    lay_rail(S, M, 0, 0)
    lay_road(S, M, 1, 0)
    u = add_unit(S, 2, codes.JAPAN, 10_000)
    equip(S, u, guns=10, mortars=0, trucks=0, horses=0, food_days=1)
    supply(S, M, P, W)
    # food: five days less one, at most two a day: 20 t; ammunition: 2 x (1 + 1.28) t
    assert S.u_need[u, codes.FOOD] == 20_000
    assert S.u_need[u, codes.AMMUNITION] == 4_560
    lost = P.supply_loss_100km * 0.18
    assert S.u_got[u, codes.FOOD] == pytest.approx(20_000 * (1 - lost), abs=1)
    eaten = 10_000
    start = 10_000 + S.u_foraged[u]
    assert S.u_store[u, codes.FOOD] == start + S.u_got[u, codes.FOOD] - eaten
    assert S.u_fed[u] == 1.0
    assert audit.imbalances(S) == []


def test_beyond_their_reach_the_columns_bring_half_with_every_half_distance() -> None:
    S, M, P, W = empty_world(8, 1, supply_reach_km=36.0, supply_reach_half_km=36.0)
    S.h_control[:8] = codes.JAPAN
    add_depot(S, M, 0, codes.JAPAN)
    u = add_unit(S, 4, codes.JAPAN, 2_000)
    equip(S, u, guns=0, mortars=0, trucks=0, horses=0, food_days=0)
    S.u_store[u, codes.AMMUNITION] = 10**6
    S.g_store[0, codes.AMMUNITION, codes.B_INITIAL] += 10**6
    update_fields(S, M, P, W)
    deliver(S, M, P, W, codes.JAPAN)
    sent = 4_000 // 2  # 72 km of track: once the half-distance beyond 36 km
    assert S.u_got[u, codes.FOOD] == pytest.approx(sent * (1 - P.supply_loss_100km * 0.72), abs=2)


def test_a_narrow_way_is_shared_in_proportion() -> None:
    S, M, P, W = empty_world(4, 1, supply_track_t=10.0)
    S.h_control[:4] = codes.JAPAN
    add_depot(S, M, 0, codes.JAPAN)
    a, b = add_unit(S, 2, codes.JAPAN, 10_000), add_unit(S, 2, codes.JAPAN, 20_000)
    for u in (a, b):
        S.u_store[u, codes.AMMUNITION] = 10**6
        S.g_store[0, codes.AMMUNITION, codes.B_INITIAL] += 10**6
    update_fields(S, M, P, W)
    deliver(S, M, P, W, codes.JAPAN)
    assert S.u_got[a, 0] + S.u_got[b, 0] == pytest.approx(10_000 * (1 - 0.06 * 0.36), rel=1e-3)
    assert S.u_got[b, 0] == pytest.approx(2 * S.u_got[a, 0], rel=1e-3)


def test_a_unit_cut_off_starves_and_says_so() -> None:
    S, M, P, W = empty_world(3, 1)
    S.h_control[:3] = codes.JAPAN
    add_depot(S, M, 0, codes.JAPAN)
    u = add_unit(S, 2, codes.JAPAN, 10_000)
    equip(S, u, trucks=0, horses=0, food_days=0)
    supply(S, M, P, W)
    assert S.u_source[u] == 0
    S.h_zone[codes.CHINA, 1] = int(P.supply_zone_men)
    S.h_since[2] = 1  # newly taken: the country pays no levy
    kinds = []
    for day in range(1, 16):
        S.day, S.n_events = day, 0
        supply(S, M, P, W)
        kinds += S.events["kind"][: S.n_events].tolist()
    assert S.u_source[u] == -1
    assert S.u_way[u] >= FAR
    assert S.u_hungry[u] >= 10
    assert S.u_fed[u] < 0.3
    assert kinds.count(codes.E_SUPPLY_CUT) == 1
    assert codes.E_SUPPLY_SHORT in kinds
    assert audit.imbalances(S) == []


def test_a_halted_division_empties_its_hex_in_ten_to_twenty_days() -> None:
    S, M, P, _ = empty_world(3, 1)
    S.h_since[:] = 1
    S.day = 1
    u = add_unit(S, 1, codes.JAPAN, 17_500)
    equip(S, u, horses=5_000, food_days=0)
    S.h_forage[1] = start = forage_full(S, M, P, 1)
    days = 0
    while S.h_forage[1] > 0.2 * start and days < 60:
        S.day += 1
        forage(S, M, P, u)
        eat(S, M, P, u)
        days += 1
    assert 8 <= days <= 20
    assert S.u_foragers[u] <= 0.25


def test_the_harvest_triples_the_barns_and_other_months_bring_a_part() -> None:
    S, M, P, _ = empty_world(2, 1)
    M.month[40] = 7
    S.day = 40
    grow(S, M, P)
    assert S.h_forage[0] == int(P.forage_harvest * P.forage_plain)
    S.h_forage[0] = 0
    S.day = 1
    grow(S, M, P)
    assert S.h_forage[0] == int(P.forage_regrowth * P.forage_plain)


def test_a_depot_falls_with_its_hex_and_its_shells_fit_nobody() -> None:
    S, M, P, _ = empty_world(3, 1)
    d = add_depot(S, M, 1, codes.CHINA, codes.DP_WAR_ZONE)
    S.d_inflow[d, 0] = 1000
    S.h_control[1] = codes.JAPAN
    open_depots(S, M, P)
    assert S.d_side[d] == codes.JAPAN
    assert S.d_inflow[d, 0] == 0
    assert 200_000 <= S.d_store[d, codes.FOOD] <= 700_000
    assert S.d_store[d, codes.AMMUNITION] < 0.2 * S.d_store[d, codes.FOOD]
    assert S.events[0].kind == codes.E_DEPOT_LOST
    assert S.events[0].b + S.events[0].c == pytest.approx(4000, abs=1)
    assert audit.imbalances(S) == []


def test_depots_follow_the_army_and_the_base_fills_the_branch() -> None:
    S, M, P, W = empty_world(12, 1)
    S.h_control[:12] = codes.JAPAN
    base = add_depot(S, M, 0, codes.JAPAN, codes.DP_BASE, tonnes=5000)
    for h in range(11):
        lay_road(S, M, h, 0)
    u = add_unit(S, 9, codes.JAPAN, 15_000)
    equip(S, u)
    for day in range(30):
        S.day = day
        supply(S, M, P, W)
        assert audit.imbalances(S) == []
    branch = next(d for d in range(layout.DEPOTS) if S.d_side[d] == codes.JAPAN and d != base)
    assert 3 <= S.d_hex[branch] <= 7
    assert S.d_open[branch] == 1
    assert stock(S, branch) > 0
    assert S.u_source[u] == branch


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6))
def test_deliveries_equal_the_plain_walk(seed: int) -> None:
    S, M, P, W = random_world(seed)
    rng = np.random.default_rng(seed)
    S.w_ground[0], S.w_stage[0] = rng.integers(0, 3), rng.random()
    for d in range(int(M.n_depots)):
        S.d_store[d, :4] = 10**9
    for h in rng.choice(int(M.n_hexes), 12, replace=False):
        u = add_unit(S, int(h), int(rng.integers(0, 2)), int(rng.integers(500, 20_000)))
        equip(S, u, food_days=int(rng.integers(0, 5)))
        S.u_contact[u] = rng.integers(0, 2)
    S.h_interdict[:, : M.n_hexes] = rng.choice([0.0, 0.5], (2, int(M.n_hexes)))
    P.supply_loss_100km = 0.0
    update_fields(S, M, P, W)
    for side in (codes.JAPAN, codes.CHINA):
        W.edge_kg[:] = 0
        deliver(S, M, P, W, side)
        units = [u for u in range(S.n_units) if S.u_side[u] == side]
        want = oracle.allotted(S, M, P, side, units, S.u_need)
        for u in units:
            for s, kg in want[u].items():
                assert abs(int(S.u_got[u, s]) - kg) <= 1, (seed, u, s)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6))
def test_no_kilogramme_is_lost_and_none_appears(seed: int) -> None:
    S, M, P, W = random_world(seed)
    rng = np.random.default_rng(seed)
    S.h_forage[: M.n_hexes] = 300
    for h in rng.choice(int(M.n_hexes), 14, replace=False):
        u = add_unit(S, int(h), int(rng.integers(0, 2)), int(rng.integers(500, 20_000)))
        equip(S, u)
    for day in range(12):
        S.day, S.n_events = day, 0
        M.month[day] = 6 + day // 6
        supply(S, M, P, W)
        assert audit.imbalances(S) == []
        assert (W.edge_kg == 0).all()
        assert ((S.u_fed >= 0) & (S.u_fed <= 1)).all()
        assert (S.h_forage >= 0).all()
        shake(S, M, seed + day)


def test_branches_need_troops_far_enough() -> None:
    S, M, P, W = empty_world(4, 1)
    S.h_control[:4] = codes.JAPAN
    d = add_depot(S, M, 0, codes.JAPAN)
    u = add_unit(S, 1, codes.JAPAN, 15_000)
    S.day = 20
    update_fields(S, M, P, W)
    deliver(S, M, P, W, codes.JAPAN)
    before = copy.deepcopy(S.d_side)
    set_up_branches(S, M, P, W, codes.JAPAN)
    assert S.u_source[u] == d
    assert (before == S.d_side).all()
    assert S.d_hex[d] != NOWHERE
