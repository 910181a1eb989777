"""The corridor as a line: how many kilometres of it the enemy held on the first morning.

Only data of the first morning is read: route.csv, the railways, and who held each hex.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tairiku.scenario.load import Scenario


@dataclass(frozen=True)
class Stop:
    """A hex of the line and the kilometres of it in Chinese hands up to there. [km]"""

    hex: int
    km: float


@dataclass(frozen=True)
class Line:
    """The corridor from the north, hex by hex, and where its places lie.

    Attributes
    ----------
    place_km
        Chinese-held kilometres of line before each place of route.csv.
    """

    stops: tuple[Stop, ...]
    place_km: Mapping[str, float]
    points: Mapping[int, tuple[float, float]]

    def nearest(self, hex_id: int) -> int:
        """Index of the stop nearest to a hex; of stops equally near the first."""
        here = self.points[hex_id]
        far = [math.dist(here, self.points[stop.hex]) for stop in self.stops]
        return far.index(min(far))

    def reach(self, hex_id: int) -> tuple[float, float]:
        """Kilometres of line to the stop nearest to a hex, and from there across country. [km]"""
        stop = self.stops[self.nearest(hex_id)]
        return stop.km, math.dist(self.points[hex_id], self.points[stop.hex])


def corridor_line(scenario: Scenario) -> Line:
    """The line of a scenario: by rail from place to place of route.csv, straight where none runs.

    A link counts by half for each of its two ends that is in Chinese hands.
    """
    holder = {row.hex: row.side for row in scenario.control}
    points = _centres(scenario)
    lengths = _rails(scenario)
    hexes = scenario.map.place_hex
    on_map = [p.place_id for p in scenario.route if p.place_id in hexes]
    stops: list[Stop] = []
    place_km: dict[str, float] = {}
    km = 0.0
    for place in on_map:
        hex_id = hexes[place]
        way = [hex_id] if not stops else _way(lengths, stops[-1].hex, hex_id)
        for step in way if not stops else way[1:]:
            if stops:
                before = stops[-1].hex
                length = lengths.get((before, step), math.dist(points[before], points[step]))
                held = sum(holder.get(h) == "china" for h in (before, step)) / 2.0
                km += length * held
            stops.append(Stop(step, km))
        place_km[place] = km
    return Line(tuple(stops), place_km, points)


def _centres(scenario: Scenario) -> dict[int, tuple[float, float]]:
    """Centre of every hex in the plane of the map. [km]"""
    grid = scenario.map.grid
    root = math.sqrt(3.0) / 2.0
    found = {}
    for hex_id in range(len(grid)):
        col, row = grid.col_row(hex_id)
        x = grid.origin_x_km + grid.pitch_km * (col + 0.5 * (row & 1))
        found[hex_id] = (x, grid.origin_y_km - grid.pitch_km * root * row)
    return found


def _rails(scenario: Scenario) -> dict[tuple[int, int], float]:
    """Length of track between two hexes, both ways round. [km]"""
    found: dict[tuple[int, int], float] = {}
    for link in scenario.map.rail_links:
        for pair in ((link.hex_a, link.hex_b), (link.hex_b, link.hex_a)):
            found[pair] = min(link.length_km, found.get(pair, math.inf))
    return found


def _way(lengths: Mapping[tuple[int, int], float], start: int, goal: int) -> list[int]:
    """The hexes of the shortest way by rail, both ends included; only these where none runs."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    nodes = sorted({hex_id for pair in lengths for hex_id in pair} | {start, goal})
    at = {hex_id: i for i, hex_id in enumerate(nodes)}
    row = [at[a] for a, _ in lengths]
    col = [at[b] for _, b in lengths]
    shape = (len(nodes), len(nodes))
    graph = coo_array((list(lengths.values()), (row, col)), shape=shape).tocsr()
    far, before = dijkstra(graph, indices=at[start], return_predecessors=True)
    if not np.isfinite(far[at[goal]]):
        return [start, goal]
    way = [goal]
    while way[-1] != start:
        way.append(nodes[int(before[at[way[-1]]])])
    return way[::-1]
