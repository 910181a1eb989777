"""Railways, roads and waterways on hexes: each becomes a chain of neighbouring hexes.

Between two stations a line takes the cheapest walk over hexes.
A step costs ``1 + (d / reach)^2``, d the distance of the new hex's centre from the line that the
sources draw, and more for each river that it crosses, so that two stations on one bank are joined
on that bank.
The walk is Dijkstra's shortest path.
"""

import heapq
import math
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely.geometry import LineString
from shapely.geometry import Point as ShapelyPoint
from shapely.ops import substring

from mapmaking.ground import Ground
from mapmaking.sheet import Sheet
from mapmaking.sources import Feature, Sources

RiverSides = dict[tuple[int, int], tuple[int, str, str]]


@dataclass(frozen=True)
class Link:
    """One step of a line between two neighbouring hexes, in the direction of the line."""

    feature: Feature
    hex_a: int
    hex_b: int
    leg: tuple[str, str]
    length_km: float

    @property
    def pair(self) -> tuple[int, int]:
        """The two hexes, lower id first."""
        return min(self.hex_a, self.hex_b), max(self.hex_a, self.hex_b)


@dataclass(frozen=True)
class Field:
    """The map that lines are laid on."""

    src: Sources
    sheet: Sheet
    ground: Ground
    rivers: RiverSides

    def river_between(self, hex_a: int, hex_b: int) -> int:
        """Return the class of the river between two neighbours, 0 for none."""
        low, high = min(hex_a, hex_b), max(hex_a, hex_b)
        found = self.rivers.get((low, self.sheet.grid.side_between(low, high)))
        return found[0] if found else 0


def route(on: Field, course: LineString, start: int, end: int, afloat: bool) -> list[int]:
    """Return the cheapest chain of hexes along a course in the plane.

    Parameters
    ----------
    course
        The line as the sources draw it. [km]
    start, end
        First and last hex of the chain.
    afloat
        A boat: lakes and sea are open, rivers no obstacle.

    Raises
    ------
    ValueError
        No chain of dry hexes joins the two.
    """
    rule = on.src.making["snapping"]
    cross = (0.0, rule["cross_stream"], rule["cross_river"], rule["cross_great_river"])
    grid = on.sheet.grid
    shapely.prepare(course)
    best = {start: 0.0}
    came: dict[int, int] = {}
    queue = [(0.0, start)]
    while queue:
        far, here = heapq.heappop(queue)
        if here == end:
            break
        if far > best[here]:
            continue
        for there in grid.neighbours(here):
            if there < 0 or not on.sheet.in_theatre[there]:
                continue
            if not afloat and not on.ground.is_dry(there):
                continue
            away = course.distance(ShapelyPoint(*grid.centre(there))) / grid.pitch_km
            total = far + 1.0 + (away / rule["line_reach"]) ** 2
            if not afloat:
                total += cross[on.river_between(here, there)]
            if total < best.get(there, math.inf):
                best[there] = total
                came[there] = here
                heapq.heappush(queue, (total, there))
    if end not in best:
        raise ValueError(f"no dry way from hex {start} to hex {end}; look at their terrain")
    chain = [end]
    while chain[-1] != start:
        chain.append(came[chain[-1]])
    return chain[::-1]


def courses(on: Field, feature: Feature) -> list[tuple[tuple[str, str], LineString]]:
    """Return each leg between stations with its course in the plane.

    Straight for railways and roads; for waterways the stretch of the drawn line.
    """
    ids: list[str] = feature.properties["station_ids"]
    points = {i: on.sheet.plane(*on.src.lon_lat(i)) for i in ids}
    if feature.properties["kind"] != "waterway":
        return [((a, b), LineString([points[a], points[b]])) for a, b in pairwise(ids)]
    whole = LineString([on.sheet.plane(lon, lat) for lon, lat in feature.lines()[0]])
    found = []
    for a, b in pairwise(ids):
        at_a, at_b = (whole.project(ShapelyPoint(*points[i])) for i in (a, b))
        stretch = substring(whole, at_a, at_b)
        found.append(((a, b), LineString([points[a], *stretch.coords, points[b]])))
    return found


def clip(on: Field, leg: tuple[str, str], course: LineString) -> tuple[LineString, int, int] | None:
    """Return the part of a leg inside the theatre with its end hexes, or None outside."""
    home = [on.ground.place_hex.get(i, -1) for i in leg]
    if min(home) >= 0:
        return course, home[0], home[1]
    if max(home) < 0:
        return None
    known = home[0] if home[0] >= 0 else home[1]
    steps = max(2, int(course.length))
    points = [course.interpolate(k / steps, normalized=True) for k in range(steps + 1)]
    if home[0] < 0:
        points.reverse()
    kept, last = [points[0]], known
    for point in points[1:]:
        hex_id = on.sheet.grid.hex_at(point.x, point.y)
        if hex_id < 0 or not on.sheet.in_theatre[hex_id]:
            break
        kept.append(point)
        if on.ground.is_dry(hex_id):
            last = hex_id
    if len(kept) < 2:
        return None
    if home[0] < 0:
        return LineString(kept[::-1]), last, known
    return LineString(kept), known, last


def links_of(on: Field, kind: str) -> list[Link]:
    """Return the links of all lines of a kind (rail, road or waterway), line by line."""
    found = []
    for feature in on.src.lines:
        if feature.properties["kind"] != kind:
            continue
        for leg, course in courses(on, feature):
            part = clip(on, leg, course)
            if part is None:
                continue
            inner, start, end = part
            chain = route(on, inner, start, end, afloat=kind == "waterway")
            for a, b in pairwise(chain):
                found.append(Link(feature, a, b, leg, inner.length / (len(chain) - 1)))
    return found


def grouped(links: list[Link]) -> dict[tuple[int, int], list[Link]]:
    """Return links by their pair of hexes, pairs in order; several lines may share a pair."""
    groups: dict[tuple[int, int], list[Link]] = {}
    for link in links:
        groups.setdefault(link.pair, []).append(link)
    return dict(sorted(groups.items()))
