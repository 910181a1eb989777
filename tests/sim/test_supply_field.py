"""The fields of supply: known cases; day by day equal to a full count and to a plain oracle."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import codes, layout
from tairiku.sim.haul import FAR, price_carriage
from tairiku.sim.layout import NOWHERE
from tairiku.sim.supply_field import rebuild, update_fields
from tests.oracles import supply_field as oracle
from tests.sim.supply_world import (
    add_depot,
    empty_world,
    lay_bridge,
    lay_rail,
    lay_road,
    random_world,
    shake,
)

FIELDS = ("h_way", "h_back", "h_source", "h_root")


def test_costs_along_a_row_add_up() -> None:
    S, M, P, W = empty_world(6, 1)
    S.h_control[:6] = codes.JAPAN
    add_depot(S, M, 0, codes.JAPAN)
    lay_rail(S, M, 0, 0)
    lay_road(S, M, 1, 0)
    lay_road(S, M, 2, 0, state=500)
    update_fields(S, M, P, W)
    # 18 km each: rail 10, road 40, worn road 55, track 90 a km
    assert S.h_way[0, :6].tolist() == [0, 180, 900, 1890, 3510, 5130]
    assert S.h_back[0, :6].tolist() == [NOWHERE, 0, 1, 2, 3, 4]
    assert set(S.h_source[0, :6].tolist()) == {0}
    assert (S.h_way[1, :6] == FAR).all()
    assert (S.h_way[2, :6] == FAR).all(), "an army depot feeds troops, not depots"


def test_an_enemy_zone_bars_the_way_unless_own_troops_stand_there() -> None:
    S, M, P, W = empty_world(5, 1)
    S.h_control[:5] = codes.JAPAN
    add_depot(S, M, 0, codes.JAPAN)
    S.h_zone[codes.CHINA, 2] = int(P.supply_zone_men)
    update_fields(S, M, P, W)
    assert (S.h_way[0, 2:5] == FAR).all()
    assert (S.h_source[0, 2:5] == -1).all()
    S.h_men[codes.JAPAN, 2] = 5000
    update_fields(S, M, P, W)
    assert (S.h_way[0, 2:5] < FAR).all()


def test_a_bridge_out_stops_trains_and_makes_the_road_a_track() -> None:
    S, M, P, W = empty_world(3, 1)
    S.h_control[:3] = codes.JAPAN
    add_depot(S, M, 0, codes.JAPAN)
    x = lay_bridge(S, M, 0, 0)
    lay_rail(S, M, 0, 0, bridge=x)
    update_fields(S, M, P, W)
    assert S.h_way[0, 1] == 180
    S.x_out_days[x] = 3
    update_fields(S, M, P, W)
    assert S.h_way[0, 1] == 1620
    S.x_out_days[x] = 0
    update_fields(S, M, P, W)
    assert S.h_way[0, 1] == 180


def test_a_depot_in_a_box_feeds_the_map_through_its_links() -> None:
    S, M, P, W = empty_world(3, 1)
    S.h_control[:3] = codes.JAPAN
    d = add_depot(S, M, NOWHERE, codes.JAPAN, codes.DP_BASE, box=4)
    M.n_box_links = 1
    M.bl_box[0], M.bl_hex[0], M.bl_side[0], M.bl_days[0], M.bl_tonnes[0] = 4, 1, 0, 2.0, 100.0
    update_fields(S, M, P, W)
    assert S.h_way[0, 1] == 2 * 1500 + 1
    assert S.h_source[0, 0] == d
    assert S.h_way[2, 1] == S.h_way[0, 1]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_day_by_day_equals_the_full_count_and_the_oracle(seed: int) -> None:
    S, M, P, W = random_world(seed)
    scratch = layout.new(layout.WORK)[0]
    n = int(M.n_hexes)
    for day in range(6):
        update_fields(S, M, P, W)
        full = copy.deepcopy(S)
        price_carriage(M, P, scratch)
        for f in range(4):
            rebuild(full, M, P, scratch, f)
            want = oracle.field(S, M, P, f % 2, f >= 2)
            assert {h: int(S.h_way[f, h]) for h in range(n) if S.h_way[f, h] < FAR} == want
        for name in FIELDS:
            assert (S[name][:, :n] == full[name][:, :n]).all(), (name, day)
        assert S.error == 0
        shake(S, M, seed * 7 + day)


@pytest.mark.parametrize("field", [0, 1, 2, 3])
def test_every_way_ends_at_its_depot(field: int) -> None:
    S, M, P, W = random_world(99)
    update_fields(S, M, P, W)
    for h in range(int(M.n_hexes)):
        if S.h_way[field, h] >= FAR:
            continue
        at = h
        while S.h_back[field, at] != NOWHERE:
            assert S.h_way[field, S.h_back[field, at]] < S.h_way[field, at]
            at = int(S.h_back[field, at])
        z = int(S.h_root[field, at]) - 1
        assert S.z_depot[field, z] == S.h_source[field, h]
