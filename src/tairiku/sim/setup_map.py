"""The map record of a scenario: hexes, links, boxes, cities, airfields, normals, transfers."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from tairiku.base.errors import DataError, Problem
from tairiku.base.hexes import ROW_PITCH, STEPS
from tairiku.base.projection import Albers
from tairiku.scenario.load import Scenario
from tairiku.scenario.map_models import Place
from tairiku.sim import codes, layout
from tairiku.sim.layout import NOWHERE, UNITS

FIELD_CLASS = {"": 0, "fighter": 1, "medium": 2, "heavy": 3, "b29": 4}
SIDES = {"Japanese": codes.JAPAN, "Japanese/French": codes.JAPAN}  # every other is China's
RAIL_BRIDGES = ("rail bridge", "rail and road bridge", "train ferry")
ROAD_BRIDGES = ("road bridge", "rail and road bridge", "pontoon")


def node_index(scenario: Scenario) -> dict[str, int]:
    """Command node of every formation: its unit's index, or from UNITS on for headquarters."""
    return scenario.unit_index | {f.id: UNITS + i for i, f in enumerate(scenario.higher)}


def room(scenario: Scenario) -> list[Problem]:
    """What does not fit into the records, one problem for each; an empty list where all does."""
    world = scenario.map
    limits = (
        ("map/grid.toml", "hexes", len(world.grid), layout.HEXES),
        ("units.csv", "units", len(scenario.units), layout.UNITS),
        ("formations.csv", "headquarters", len(scenario.higher), layout.NODES - UNITS),
        ("depots.csv", "depots", len(scenario.depots), layout.DEPOTS),
        ("air_units.csv", "air units", len(scenario.air_units), layout.AIR_UNITS),
        ("aircraft_types.csv", "types", len(scenario.aircraft_types), 24),
        ("map/airfields.csv", "airfields", len(world.airfields), layout.FIELDS),
        ("map/rail_links.csv", "rail links", len(world.rail_links), layout.RAILS),
        ("map/road_links.csv", "road links", len(world.road_links), layout.ROADS),
        ("map/bridges.csv", "bridges", len(world.bridges), layout.BRIDGES),
        ("map/boxes.csv", "boxes", len(world.boxes), layout.BOXES),
        ("map/box_links.csv", "ways", len(world.box_links), layout.BOX_LINKS),
        ("map/hexes.csv", "cities", len(world.city_hexes), layout.CITIES),
        ("weather.csv", "regions", len(scenario.region_index), layout.REGIONS),
        ("provinces.csv", "provinces", len(scenario.provinces), layout.PROVINCES),
        ("scenario.toml", "days", scenario.days, layout.DAYS),
    )
    return [
        Problem(f"{scenario.name}/{file}", None, what, str(n), f"too many; at most {most} fit")
        for file, what, n, most in limits
        if n > most
    ]


def build_map(scenario: Scenario, P: Any = None) -> Any:
    """Return the MAP record of a scenario.

    ``P`` is a parameter record (`build_parameters`); without it the scenario's own is used.
    """
    problems = room(scenario)
    if problems:
        raise DataError(problems)
    if P is None:
        from tairiku.sim.setup import build_parameters

        P = build_parameters(scenario, 0, 0)
    record = layout.new(layout.MAP)[0]
    M = layout.ByField(record)
    _calendar(M, scenario)
    _hexes(M, scenario)
    _links(M, scenario)
    _boxes(M, scenario)
    _cities(M, scenario, P)
    _fields(M, scenario)
    _weather(M, scenario)
    _transfers(M, scenario)
    _route(M, scenario)
    M.n_depots = len(scenario.depots)
    M.n_air = len(scenario.air_units)
    M.n_nodes = UNITS + len(scenario.higher)
    return record


def _calendar(M: Any, scenario: Scenario) -> None:
    M.last_day = scenario.days - 1
    for day in range(layout.DAYS):
        M.month[day] = (scenario.first_day + timedelta(days=day)).month


def _hexes(M: Any, scenario: Scenario) -> None:
    world, grid = scenario.map, scenario.map.grid
    M.n_hexes, M.cols, M.rows, M.pitch_km = len(grid), grid.cols, grid.rows, grid.pitch_km
    M.next[:] = NOWHERE
    for name in ("province", "city", "rail", "road", "bridge"):
        M[name][:] = -1
    M.terrain[:] = codes.OUTSIDE
    code = {name: i for i, name in enumerate(codes.TERRAIN_NAMES)}
    at = np.array([h.hex for h in world.hexes])
    M.terrain[at] = [code[h.terrain] for h in world.hexes]
    M.relief_m[at] = [h.relief_m for h in world.hexes]
    M.elevation_m[at] = [h.elevation_m for h in world.hexes]
    M.flood[at] = [h.flood_zone_share for h in world.hexes]
    M.province[at] = [scenario.province_index.get(h.province, -1) for h in world.hexes]
    M.people[at] = [h.population for h in world.hexes]
    col, row = at % grid.cols, at // grid.cols
    M.x_km[at] = grid.origin_x_km + (col + 0.5 * (row & 1)) * grid.pitch_km
    M.y_km[at] = grid.origin_y_km - row * ROW_PITCH * grid.pitch_km
    for k in range(6):
        d_col, d_row = np.array(STEPS)[row & 1, k].T
        c, r = col + d_col, row + d_row
        there = (c >= 0) & (c < grid.cols) & (r >= 0) & (r < grid.rows)
        M.next[at, k] = np.where(there, r * grid.cols + c, NOWHERE)
    for side in world.river_sides:
        _across(M, scenario, side.hex, side.side, "river", side.class_)
    M.n_provinces = len(scenario.provinces)
    for i, province in enumerate(scenario.provinces):
        M.pr_people[i], M.pr_food[i] = province.people, province.food
        M.pr_hostility[i], M.pr_guerrilla[i] = province.hostility, province.guerrilla


def _across(M: Any, scenario: Scenario, here: int, k: int, field: str, value: int) -> None:
    M[field][here, k] = value
    there = scenario.map.grid.neighbour(here, k)
    if there >= 0:
        M[field][there, (k + 3) % 6] = value


def _between(M: Any, scenario: Scenario, a: int, b: int, field: str, value: int) -> None:
    _across(M, scenario, a, scenario.map.grid.side_between(a, b), field, value)


def _links(M: Any, scenario: Scenario) -> None:
    world = scenario.map
    M.n_rails, M.n_roads = len(world.rail_links), len(world.road_links)
    M.n_bridges = len(world.bridges)
    M.r_bridge[:] = -1
    for i, rail in enumerate(world.rail_links):
        M.r_a[i], M.r_b[i], M.r_km[i] = rail.hex_a, rail.hex_b, rail.length_km
        M.r_kind[i] = codes.LINK_KIND_NAMES.index(rail.link_kind)
        M.r_gauge[i] = rail.gauge_mm
        M.r_bridge[i] = world.bridge_index.get(rail.bridge_id, -1)
        _between(M, scenario, rail.hex_a, rail.hex_b, "rail", i)
    for i, road in enumerate(world.road_links):
        M.k_a[i], M.k_b[i], M.k_km[i] = road.hex_a, road.hex_b, road.length_km
        M.k_class[i] = 2 if road.class_ == "trunk" else 1
        _between(M, scenario, road.hex_a, road.hex_b, "road", i)
    for link in world.waterway_links:
        _between(M, scenario, link.hex_a, link.hex_b, "water", 1)
    M.x_a[:] = M.x_b[:] = NOWHERE
    for i, bridge in enumerate(world.bridges):
        M.x_rail[i], M.x_road[i] = bridge.kind in RAIL_BRIDGES, bridge.kind in ROAD_BRIDGES
        M.x_metres[i] = bridge.length_m or 0.0
        if bridge.hex_a is None:
            continue
        M.x_a[i] = bridge.hex_a
        if bridge.hex_b is not None:
            M.x_b[i] = bridge.hex_b
            if M.x_rail[i] or M.x_road[i]:
                _between(M, scenario, bridge.hex_a, bridge.hex_b, "bridge", i)


def side_code(text: str) -> int:
    """Side of a map file's holder: Japanese and Japanese/French are Japan's, others China's."""
    return SIDES.get(text, codes.CHINA)


def _boxes(M: Any, scenario: Scenario) -> None:
    world = scenario.map
    links = [link for link in world.box_links if link.open]
    M.n_boxes, M.n_box_links = len(world.boxes), len(links)
    M.bl_hex[:], M.bl_to[:] = NOWHERE, -1
    for i, link in enumerate(links):
        M.bl_box[i] = world.box_index[link.box_id]
        if link.joins_kind == "hex" and link.hex is not None:
            M.bl_hex[i] = link.hex
        elif link.joins_id:
            M.bl_to[i] = world.box_index[link.joins_id]
        M.bl_mode[i] = codes.BOX_MODE_NAMES.index(link.mode)
        M.bl_side[i] = side_code(link.side)
        M.bl_days[i], M.bl_tonnes[i] = link.days, link.capacity_t_day


def _cities(M: Any, scenario: Scenario, P: Any) -> None:
    world = scenario.map
    M.n_cities = len(world.city_hexes)
    zones = (
        P.setup_zones_seat,
        P.setup_zones_city,
        P.setup_zones_large,
        P.setup_zones_metropolis,
    )
    M.c_hex[:] = NOWHERE
    for c, h in enumerate(world.city_hexes):
        cell = world.hexes[h]
        M.city[h] = c
        M.c_hex[c], M.c_level[c] = h, cell.city_level
        M.c_walled[c], M.c_people[c] = cell.walled, cell.population
        M.c_zone_count[c] = zones[cell.city_level - 2]
        if cell.city_level == 2 and not cell.walled:
            M.c_zone_count[c] = 0.0
    for city in scenario.cities:
        known = world.city_index.get(city.place_id)
        if known is not None:
            M.c_zone_count[known] = city.zones
            M.c_heights[known] = city.heights


def _fields(M: Any, scenario: Scenario) -> None:
    world = scenario.map
    M.n_fields = len(world.airfields)
    M.v_hex[:], M.v_box[:] = NOWHERE, -1
    for i, field in enumerate(world.airfields):
        M.v_class[i] = FIELD_CLASS[field.can_take]
        if field.hex is not None:
            M.v_hex[i] = field.hex
            M.v_x_km[i], M.v_y_km[i] = M.x_km[field.hex], M.y_km[field.hex]
        else:
            M.v_box[i] = world.box_index[field.box_id]
            M.v_x_km[i], M.v_y_km[i] = _plane(scenario, field.lon, field.lat)
    for i, kind in enumerate(scenario.aircraft_types):
        M.t_range_km[i], M.t_fight[i] = kind.range_km, kind.fight
        M.t_bomb_kg[i], M.t_fuel_kg[i] = kind.bomb_kg, kind.fuel_kg
        M.t_runway[i] = FIELD_CLASS[kind.runway]
        M.t_service[i], M.t_replace[i] = kind.service, kind.replace_month
    moves = [
        (scenario.day_of(day), a, world.field_index.get(place, -1))
        for a, unit in enumerate(scenario.air_units)
        for day, place in unit.moves()
    ]
    M.n_air_moves = len(moves)
    for i, (day, a, v) in enumerate(sorted(moves)):
        M.am_day[i], M.am_unit[i], M.am_field[i] = day, a, v


def _plane(scenario: Scenario, lon: float, lat: float) -> tuple[float, float]:
    """Return x and y of a point that may lie off the map. [km]"""
    p = scenario.map.projection
    return Albers(p.lat_1, p.lat_2, p.lat_0, p.lon_0, p.radius_km).forward(lon, lat)


def _weather(M: Any, scenario: Scenario) -> None:
    world = scenario.map
    regions = scenario.region_index
    M.n_regions = len(regions)
    stations: list[Place] = []
    for row in scenario.weather:
        r = regions[row.region]
        M.wn_rain_days[r, row.month] = row.rain_days
        M.wn_rain_mm[r, row.month] = row.precip_mm
        M.wn_temp_c[r, row.month] = row.temp_mean_c
        if r == len(stations):
            stations.append(world.place[row.place_id])
    lon = np.array([h.lon for h in world.hexes])
    lat = np.array([h.lat for h in world.hexes])
    far = [
        ((lon - s.lon) * np.cos(np.radians((lat + s.lat) / 2.0))) ** 2 + (lat - s.lat) ** 2
        for s in stations
    ]
    M.region[: len(world.hexes)] = np.argmin(np.array(far), axis=0)


def _transfers(M: Any, scenario: Scenario) -> None:
    nodes = node_index(scenario)
    rows = [
        (scenario.day_of(row.from_date), nodes[row.formation_id], nodes[row.superior_id])
        for row in scenario.command
        if row.plan and row.from_date is not None and row.from_date > scenario.first_day
    ]
    M.n_transfers = len(rows)
    for i, (day, node, superior) in enumerate(sorted(rows)):
        M.f_day[i], M.f_node[i], M.f_superior[i], M.f_plan[i] = day, node, superior, 1


def _route(M: Any, scenario: Scenario) -> None:
    world = scenario.map
    points = sorted(scenario.route, key=lambda point: point.order)
    hexes = [world.place_hex[p.place_id] for p in points if p.place_id in world.place_hex]
    way: list[int] = hexes[:1]
    for a, b in pairwise(hexes):
        way.extend(_along_rails(M, a, b) or world.grid.line(a, b)[1:])
    M.route[:] = NOWHERE
    M.n_route = min(len(way), len(M.route))
    M.route[: M.n_route] = way[: M.n_route]


def _along_rails(M: Any, a: int, b: int) -> list[int]:
    """Return the hexes after a up to b along the fewest rail links, empty where none join them."""
    came, queue = {a: a}, [a]
    for here in queue:
        if here == b:
            break
        for k in range(6):
            there = int(M.next[here, k])
            if there != NOWHERE and M.rail[here, k] >= 0 and there not in came:
                came[there] = here
                queue.append(there)
    if b not in came:
        return []
    way = [b]
    while came[way[-1]] != a and way[-1] != a:
        way.append(came[way[-1]])
    return [h for h in reversed(way) if h != a]
