"""Stocks, links, cities, aircraft, land and the books on the first morning."""

from typing import Any

import numpy as np

from tairiku.scenario.load import Scenario
from tairiku.scenario.models import Depot
from tairiku.sim import codes
from tairiku.sim.layout import NOWHERE
from tairiku.sim.provisions import forage_full
from tairiku.sim.setup_units import Figures, force_of, plain

DAYS_A_MONTH = 30.0
STOCKS = ("food_t", "fodder_t", "ammunition_t", "motor_fuel_kl", "aviation_fuel_kl")
BRIDGE_STATE = {"open": 1000, "repaired": 1000, "damaged": 0, "destroyed": 0, "unfinished": 0}
JAPANESE_OPERATORS = ("IJAAF", "IJN")


def set_control(S: Any, scenario: Scenario) -> None:
    """Who holds each hex; sea, lakes and what is off the theatre belong to nobody."""
    S.h_control[:] = codes.NO_SIDE
    hexes = np.array([row.hex for row in scenario.control])
    japan = np.array([row.side == "japan" for row in scenario.control])
    S.h_control[hexes] = np.where(japan, codes.JAPAN, codes.CHINA)


def set_links(S: Any, scenario: Scenario) -> None:
    """State of rails, roads and bridges, and who runs the trains."""
    world = scenario.map
    for i, bridge in enumerate(world.bridges):
        S.x_state[i] = BRIDGE_STATE.get(bridge.state, 1000)
    for i, rail in enumerate(world.rail_links):
        bridge_index = world.bridge_index.get(rail.bridge_id, -1)
        runs = rail.status.startswith("operating")
        down = bridge_index >= 0 and S.x_state[bridge_index] == 0
        S.r_state[i] = 1000 if runs and not down else 0
        S.r_owner[i] = codes.NO_SIDE
        if runs:
            japan = rail.status == "operating_japanese"
            S.r_owner[i] = codes.JAPAN if japan else codes.CHINA
    left = {row.state: row.permille for row in scenario.road_states}
    for i, road in enumerate(world.road_links):
        S.k_state[i] = left.get(road.state, 1000)


def set_depots(S: Any, M: Any, P: Any, scenario: Scenario) -> None:
    """Stocks and daily inflow in kilogrammes, and which depot feeds which airfield."""
    world = scenario.map
    figures = Figures(scenario, P)
    for d, depot in enumerate(scenario.depots):
        force = force_of(depot.side)
        S.d_side[d], S.d_force[d] = codes.FORCE_SIDE[force], force
        S.d_kind[d] = codes.DEPOT_NAMES.index(depot.kind)
        S.d_field[d] = world.field_index.get(depot.place_id, -1)
        S.d_box[d] = world.box_index.get(depot.place_id, -1)
        if S.d_field[d] >= 0 and M.v_hex[S.d_field[d]] == NOWHERE:
            S.d_box[d] = M.v_box[S.d_field[d]]
        S.d_hex[d] = NOWHERE if S.d_box[d] >= 0 else world.place_hex[depot.place_id]
        _stocks(S, P, figures, d, depot)
    _fuel_the_fields(S, M, P)


def _stocks(S: Any, P: Any, figures: Figures, d: int, depot: Depot) -> None:
    kg = (1000.0, 1000.0, 1000.0, 1000.0 * P.setup_motor_fuel, 1000.0 * P.setup_aviation_fuel)
    for s, stock in enumerate(STOCKS):
        # dice of depots begin behind those of units
        amount = figures.draw(depot, stock, 100_000 + d, s)
        S.d_store[d, s] = int(amount * kg[s])
        month = float(getattr(depot, f"inflow_month_{stock}"))
        S.d_inflow[d, s] = int(month * kg[s] / DAYS_A_MONTH)
    S.d_open[d] = int(S.d_store[d].sum() > 0)


def _fuel_the_fields(S: Any, M: Any, P: Any) -> None:
    """An airfield draws on its own depot, else on the nearest airfield depot of its side."""
    S.v_depot[:] = -1
    for v in range(int(M.n_fields)):
        best, nearest = -1, P.setup_field_depot_km
        for d in range(int(M.n_depots)):
            w = int(S.d_field[d])
            if w < 0 or S.d_side[d] != S.v_side[v]:
                continue
            far = ((M.v_x_km[v] - M.v_x_km[w]) ** 2 + (M.v_y_km[v] - M.v_y_km[w]) ** 2) ** 0.5
            if w == v or far < nearest:
                best, nearest = d, -1.0 if w == v else float(far)
        S.v_depot[v] = best


def set_fields(S: Any, P: Any, scenario: Scenario) -> None:
    """Who uses each airfield and in what state it is."""
    for v, field in enumerate(scenario.map.airfields):
        if field.operator == "disused":
            at = field.hex
            S.v_side[v] = codes.CHINA if at is None else int(S.h_control[at])
            S.v_ready[v] = 0.0 if field.runway_surface == "destroyed" else P.setup_disused_ready
        else:
            japan = field.operator in JAPANESE_OPERATORS
            S.v_side[v] = codes.JAPAN if japan else codes.CHINA
            S.v_ready[v] = 1.0


def set_air(S: Any, P: Any, scenario: Scenario) -> None:
    """Air units at their bases, in boxes or on their way."""
    world = scenario.map
    figures = Figures(scenario, P)
    for a, unit in enumerate(scenario.air_units):
        force = force_of(unit.side)
        S.a_side[a], S.a_force[a] = codes.FORCE_SIDE[force], force
        S.a_kind[a] = codes.AIRCRAFT_KIND_NAMES.index(unit.type)
        S.a_type[a] = scenario.type_index[unit.aircraft_type]
        # dice of air units begin behind those of depots
        S.a_craft[a] = S.a_full[a] = figures.whole(unit, "aircraft", 200_000 + a, 0)
        S.a_service[a] = unit.serviceability
        S.a_target[a] = NOWHERE
        due = 0 if unit.available_from is None else scenario.day_of(unit.available_from)
        base = world.field_index.get(unit.base_id, -1)
        moves = [(scenario.day_of(day), place) for day, place in unit.moves()]
        if base < 0 and moves:
            # it comes from a box: its first ordered base is where it arrives
            due, base = moves[0][0], world.field_index.get(moves[0][1], -1)
        for day, place in moves:
            if day <= 0:
                base = world.field_index.get(place, -1)
        S.a_field[a] = base
        if unit.available_to is not None:
            S.a_leaves_day[a] = max(0, scenario.day_of(unit.available_to))
        if due > 0:
            S.a_status[a], S.a_due_day[a] = codes.TRANSIT, due
        else:
            S.a_status[a] = codes.ON_MAP if base >= 0 else codes.IN_BOX


def set_cities(S: Any, M: Any, P: Any, scenario: Scenario) -> None:
    """Cities at peace: all zones held, works as they were, granaries full."""
    works = {scenario.map.city_index.get(c.place_id): c.works for c in scenario.cities}
    for c in range(int(M.n_cities)):
        S.c_phase[c] = codes.S_QUIET
        S.c_zones[c] = M.c_zone_count[c]
        S.c_works[c] = works.get(c, P.setup_works_walled if M.c_walled[c] else 0.0)
        S.c_food[c] = int(float(M.c_people[c]) * P.setup_city_food)
        S.c_will[c] = 1.0
        S.c_zone_day[c] = -1
        S.h_works[M.c_hex[c]] = int(S.c_works[c])


def set_land(S: Any, M: Any, P: Any, scenario: Scenario) -> None:
    """Food in the land, irregulars, the people, and the figures of politics."""
    for i, province in enumerate(scenario.provinces):
        S.p_hostility[i], S.p_food[i] = province.hostility, province.food
        S.p_guerrilla[i] = province.guerrilla
    railway = {h for link in scenario.map.rail_links for h in (link.hex_a, link.hex_b)}
    n = int(M.n_hexes)
    full: dict[tuple[int, int, float], int] = {}
    ground = (M.terrain[:n].tolist(), M.province[:n].tolist(), M.flood[:n].tolist())
    for h, kind in enumerate(zip(*ground, strict=True)):
        if kind not in full:
            full[kind] = int(P.setup_forage * plain(forage_full)(S, M, P, h))
        S.h_forage[h] = full[kind]
    held = S.h_control[:n] == codes.JAPAN
    held[sorted(railway)] = False
    known = M.province[:n] >= 0
    S.h_guerrilla[:n] = np.where(held & known, S.p_guerrilla[M.province[:n]], 0.0)
    # prices, pay and confidence begin with the rule of politics, which has their parameters


def open_books(S: Any) -> None:
    """Enter everything on hand or on its way as the initial column of its force's books."""
    for u in range(int(S.n_units)):
        f = int(S.u_force[u])
        S.g_men[f, codes.M_INITIAL] += S.u_men[u]
        S.g_material[f, :, codes.B_INITIAL] += S.u_material[u]
        S.g_store[f, :, codes.B_INITIAL] += S.u_store[u]
    for d in range(len(S.d_force)):
        if S.d_side[d] != codes.NO_SIDE:
            S.g_store[S.d_force[d], :, codes.B_INITIAL] += S.d_store[d]
    for a in range(len(S.a_force)):
        if S.a_side[a] != codes.NO_SIDE:
            S.g_aircraft[S.a_force[a], codes.A_INITIAL] += S.a_craft[a]
