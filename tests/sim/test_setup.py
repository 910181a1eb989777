"""From a scenario to records: everything stands where it should, and the books are even."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tairiku.base.errors import DataError
from tairiku.scenario.load import Scenario, load_scenario
from tairiku.sim import codes, layout
from tairiku.sim.audit import imbalances
from tairiku.sim.layout import NOWHERE, UNITS
from tairiku.sim.placement import refresh_hex
from tairiku.sim.setup import (
    build_map,
    build_parameters,
    build_state,
    build_states,
    new_work,
    node_index,
    parameter_names,
)
from tairiku.sim.setup_map import room
from tairiku.sim.setup_units import between, plain


class Set:
    """A scenario with its records."""

    def __init__(self, name: str) -> None:
        self.scenario: Scenario = load_scenario(name)
        self.P: Any = build_parameters(self.scenario, 1, 0)
        self.M: Any = build_map(self.scenario, self.P)
        self.S: Any = build_state(self.scenario, 1, 0, self.M)


@pytest.fixture(scope="module", params=["ichigo", "tiny"])
def world(request: pytest.FixtureRequest) -> Set:
    return Set(request.param)


def test_the_books_are_even(world: Set) -> None:
    assert imbalances(world.S) == []


def test_the_books_hold_the_sum_of_the_order_of_battle(world: Set) -> None:
    men = dict.fromkeys(codes.FORCE_NAMES, 0)
    guns = dict(men)
    for unit in world.scenario.units:
        men[unit.side] += unit.men_best
        guns[unit.side] += unit.guns_best
    for force, name in enumerate(codes.FORCE_NAMES):
        assert world.S.g_men[force, codes.M_INITIAL] == men[name]
        assert world.S.g_material[force, codes.GUNS, codes.B_INITIAL] == guns[name]


def test_units_stand_on_their_own_ground(world: Set) -> None:
    S, M = world.S, world.M
    for u, unit in enumerate(world.scenario.units):
        if S.u_status[u] != codes.ON_MAP:
            assert S.u_hex[u] == NOWHERE
            assert S.u_box[u] >= 0 or S.u_due_day[u] > 0
            continue
        h = int(S.u_hex[u])
        assert M.terrain[h] < codes.LAKE, unit.id
        if S.u_kind[u] != codes.GUERRILLA:
            assert S.h_control[h] == S.u_side[u], unit.id
        assert S.u_target[u] == h
        assert S.u_order[u] == codes.O_HOLD


def test_no_two_sides_share_a_hex(world: Set) -> None:
    men = world.S.h_men
    assert not np.any((men[0] > 0) & (men[1] > 0))


def test_hex_lists_are_as_placement_keeps_them(world: Set) -> None:
    S = world.S
    seen = []
    for h in range(int(world.M.n_hexes)):
        before = S.h_men[:, h].copy()
        plain(refresh_hex)(S, h)
        assert (S.h_men[:, h] == before).all()
        u = int(S.h_first[h])
        while u >= 0:
            assert S.u_hex[u] == h
            seen.append(u)
            u = int(S.u_mate[u])
            assert u < 0 or u > seen[-1]
    assert sorted(seen) == [u for u in range(int(S.n_units)) if S.u_status[u] == codes.ON_MAP]


def test_neighbours_links_and_rivers_agree_from_both_sides(world: Set) -> None:
    M = world.M
    for h in range(int(M.n_hexes)):
        for k in range(6):
            n = int(M.next[h, k])
            assert n == NOWHERE or M.next[n, (k + 3) % 6] == h
            if n != NOWHERE:
                for field in ("river", "rail", "road", "water", "bridge"):
                    assert M[field][h, k] == M[field][n, (k + 3) % 6]
    for i in range(int(M.n_rails)):
        a, b = int(M.r_a[i]), int(M.r_b[i])
        k = M.next[a].tolist().index(b)
        assert M.rail[a, k] >= 0
    assert world.scenario.map.grid.neighbours(8) == tuple(
        -1 if n == NOWHERE else n for n in M.next[8].tolist()
    )


def test_centres_are_those_of_the_grid(world: Set) -> None:
    for h in (0, 10, int(world.M.n_hexes) - 1):
        x, y = world.scenario.map.grid.centre(h)
        assert world.M.x_km[h] == pytest.approx(x)
        assert world.M.y_km[h] == pytest.approx(y)


def test_chain_of_command(world: Set) -> None:
    nodes = node_index(world.scenario)
    above = world.scenario.superior_on(world.scenario.first_day)
    for below, superior in above.items():
        assert world.S.n_superior[nodes[below]] == nodes[superior]
    for f in world.scenario.higher:
        assert nodes[f.id] >= UNITS
        assert 1 <= world.S.n_level[nodes[f.id]] <= 4
    assert (world.S.n_level[: len(world.scenario.units)] == 0).all()


def test_depots_and_airfields(world: Set) -> None:
    S, M = world.S, world.M
    for d, depot in enumerate(world.scenario.depots):
        assert (S.d_hex[d] == NOWHERE) == (S.d_box[d] >= 0)
        assert S.d_store[d, codes.FOOD] == int(depot.food_t_best * 1000)
    for v in range(int(M.n_fields)):
        if S.v_depot[v] >= 0:
            assert S.d_side[S.v_depot[v]] == S.v_side[v]
    own = [d for d, depot in enumerate(world.scenario.depots) if depot.kind == "airfield"]
    for d in own:
        assert S.v_depot[S.d_field[d]] == d


def test_route_is_a_chain_of_neighbours(world: Set) -> None:
    M = world.M
    way = M.route[: M.n_route].tolist()
    assert len(way) >= 5
    for a, b in pairwise(way):
        assert b in M.next[a].tolist()


def test_provinces_and_regions_cover_the_land(world: Set) -> None:
    M = world.M
    for cell in world.scenario.map.hexes:
        if cell.in_theatre and cell.terrain not in ("sea", "lake", "outside"):
            assert 0 <= M.region[cell.hex] < M.n_regions
            if cell.province:
                assert 0 <= M.province[cell.hex] < M.n_provinces


def test_nobody_knows_more_than_a_staff_could(world: Set) -> None:
    """Beliefs are of enemies, where they stand, and err by about the parameter."""
    S = world.S
    for side in range(2):
        there = S.h_belief[side] > 0
        assert not np.any(there & (S.h_men[1 - side] == 0))
        assert (S.h_seen[side][there] == 0).all()
        assert (S.h_seen[side][S.h_men[1 - side] == 0] == -1).all()


def test_same_key_same_bytes_other_key_other_beliefs(world: Set) -> None:
    again = build_state(world.scenario, 1, 0, world.M)
    assert again.tobytes() == world.S.tobytes()
    other = build_state(world.scenario, 2, 0, world.M)
    assert (other.u_men == world.S.u_men).all()
    assert not (other.h_belief == world.S.h_belief).all()


def test_many_at_once_are_the_same_as_one_by_one() -> None:
    for sources in ("reconciled", "sampled"):
        scenario = load_scenario("tiny", sources=sources)
        states, params = build_states(scenario, 7, [0, 3, 5])
        for i, replica in enumerate((0, 3, 5)):
            assert states[i].tobytes() == build_state(scenario, 7, replica).tobytes()
            assert params[i].tobytes() == build_parameters(scenario, 7, replica).tobytes()


def test_sampled_figures_stay_in_their_ranges_and_differ() -> None:
    scenario = load_scenario("tiny", sources="sampled")
    men = []
    for replica in range(6):
        S = build_state(scenario, 1, replica)
        assert imbalances(S) == []
        for u, unit in enumerate(scenario.units):
            assert unit.men_low <= S.u_men[u] <= unit.men_high
            guns = S.u_material[u, codes.GUNS]
            assert unit.guns_low <= guns <= unit.guns_high
        men.append(int(S.u_men[0]))
    assert len(set(men)) > 3


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100), st.floats(0.001, 0.999))
def test_triangular_draws(a: float, b: float, c: float, u: float) -> None:
    low, best, high = sorted((a, b, c))
    x = between(low, best, high, u)
    assert low - 1e-9 <= x <= high + 1e-9
    assert between(low, best, high, min(u + 0.0005, 0.9995)) >= x - 1e-9


def test_a_later_start_has_who_arrived_before() -> None:
    scenario = load_scenario("ichigo", variant="start-30-days-later")
    S = build_state(scenario, 1, 0)
    arrived = scenario.unit_index["jp-27d"]
    assert S.u_status[arrived] == codes.ON_MAP
    assert S.u_hex[arrived] == scenario.map.place_hex["anyang"]
    waiting = scenario.unit_index["jp-64d"]
    assert S.u_status[waiting] == codes.TRANSIT
    assert S.u_due_day[waiting] == 24


def test_changes_reach_the_parameters() -> None:
    scenario = load_scenario("tiny", changes={"setup.food_days": 2.0})
    P = build_parameters(scenario, 9, 4)
    assert (P.setup_food_days, P.key_seed, P.key_replica) == (2.0, 9, 4)
    S = build_state(scenario, 9, 4)
    assert S.u_store[0, codes.FOOD] == int(2.0 * P.setup_food_man * scenario.units[0].men_best)


def test_parameters_lacking_or_idle_are_named() -> None:
    scenario = load_scenario("tiny")
    assert parameter_names(scenario) == []
    parameters = dict(scenario.parameters)
    parameters["setup.food_dais"] = parameters.pop("setup.food_days")
    broken = Scenario(**{**scenario.__dict__, "parameters": parameters})
    with pytest.raises(DataError) as caught:
        build_parameters(broken)
    assert "setup.food_days" in str(caught.value)
    assert "setup.food_dais" in str(caught.value)


def test_what_does_not_fit_is_refused() -> None:
    scenario = load_scenario("tiny")
    many = Scenario(**{**scenario.__dict__, "depots": scenario.depots * 60})
    assert [p.field for p in room(many)] == ["depots"]
    with pytest.raises(DataError, match="too many"):
        build_map(many)


def test_work_is_empty() -> None:
    assert new_work().dtype == layout.WORK
