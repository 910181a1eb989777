"""Rivers on hexsides: each river becomes one chain of sides between hex corners.

A river is drawn as the cheapest walk along hexsides from its upper to its lower end.
A side costs its length times ``1 + (d / reach)^2``, d the distance of its middle from the true
course, and more where it would leave a town on the wrong bank.
The walk is Dijkstra's shortest path.
"""

import heapq
import math
from dataclasses import dataclass, field

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as ShapelyPoint

from mapmaking.ground import Ground
from mapmaking.sheet import Sheet
from mapmaking.sources import Feature, Point, Row, Sources, read_rows
from mapmaking.tables import table

Corner = tuple[int, int]
BANK_WEIGHT = {"village": 0.5, "town": 0.7, "county seat": 1.0, "city": 2.0}
BANK_WEIGHT |= {"large city": 3.0, "metropolis": 4.0}
COMPASS = {"north": (0, 1), "south": (0, -1), "east": (1, 0), "west": (-1, 0)}
KNOWN_BANK_KM = 5.0  # a bank given by compass is looked for this far from the place


@dataclass(frozen=True)
class Side:
    """A hexside between two corners; hexes are -1 off the grid."""

    corner_a: Corner
    corner_b: Corner
    middle: Point
    left: int  # the hex on the left hand of one who walks from a to b
    right: int


@dataclass
class Net:
    """All hexsides of the grid, by the corners they join."""

    sides: dict[Corner, list[Side]] = field(default_factory=dict)
    at: dict[Corner, Point] = field(default_factory=dict)


@dataclass(frozen=True)
class Reach:
    """A piece of a river as the sources draw it, in the plane. [km]"""

    name: str
    river_class: int
    great_north_of: float
    basis: str
    points: tuple[Point, ...]

    @property
    def line(self) -> LineString:
        """The course as a line."""
        return LineString(self.points)


@dataclass
class Chain:
    """A reach laid on hexsides, in the direction of the reach."""

    reach: Reach
    corners: list[Corner]
    sides: list[Side]


def key_of(point: Point) -> Corner:
    """Return a name for a corner, the same from all three hexes that share it."""
    return round(point[0] * 100), round(point[1] * 100)


def net_of(sheet: Sheet) -> Net:
    """Return the hexsides of the grid, each in both directions."""
    net = Net()
    grid = sheet.grid
    seen: dict[tuple[Corner, Corner], Corner] = {}
    alias: dict[Corner, Corner] = {}

    def corner(point: Point) -> Corner:
        x, y = key_of(point)
        for d_x in (0, -1, 1):
            for d_y in (0, -1, 1):
                if (x + d_x, y + d_y) in alias:
                    return x + d_x, y + d_y
        alias[(x, y)] = (x, y)
        net.at[(x, y)] = point
        return x, y

    for hex_id in range(len(grid)):
        points = grid.corners(hex_id)
        for side in range(6):
            other = grid.neighbour(hex_id, side)
            if other < 0 or other < hex_id:
                continue
            a, b = corner(points[side]), corner(points[(side + 1) % 6])
            if (a, b) in seen:
                continue
            seen[(a, b)] = a
            middle = (
                (points[side][0] + points[(side + 1) % 6][0]) / 2.0,
                (points[side][1] + points[(side + 1) % 6][1]) / 2.0,
            )
            # corners run counter-clockwise, so the hex itself lies on the left
            net.sides.setdefault(a, []).append(Side(a, b, middle, hex_id, other))
            net.sides.setdefault(b, []).append(Side(b, a, middle, other, hex_id))
    return net


def reaches_of(src: Sources, sheet: Sheet) -> list[Reach]:
    """Return the pieces of all rivers of rivers.csv that touch the theatre, great rivers first."""
    rows: dict[tuple[str, str], Row] = {
        (row["source"], row["key"]): row for row in read_rows(src.kept / "rivers.csv")
    }
    features: list[tuple[Row, Feature]] = []
    for name, source, key in (
        ("rivers_ne10", "ne10", "rivernum"),
        ("lines", "lines", "name"),
        ("rivers_tactical", "tactical", "name"),
    ):
        for f in src.features(name):
            row = rows.get((source, str(f.properties[key])))
            if row is not None and not f.properties.get("dry_1938_1947"):
                features.append((row, f))
    found = []
    for row, f in features:
        if int(row["class"]) == 0:
            continue
        for line in join([part for part in f.lines() if len(part) > 1]):
            for piece in inside(sheet, line):
                found.append(
                    Reach(
                        row["name"],
                        int(row["class"]),
                        float(row["great_north_of"] or 90.0),
                        row["basis"],
                        tuple(sheet.plane(lon, lat) for lon, lat in piece),
                    )
                )
    # a tributary ends on the river it joins, so the larger is laid first
    return sorted(found, key=lambda r: (-r.river_class, -r.line.length, r.points))


def join(parts: list[list[Point]]) -> list[list[Point]]:
    """Return lines with pieces joined where one ends at the start of another."""
    parts = [list(part) for part in parts]
    merged = True
    while merged:
        merged = False
        for i, a in enumerate(parts):
            for j, b in enumerate(parts):
                if i != j and math.dist(a[-1], b[0]) < 0.02:
                    parts[i] = a + b[1:]
                    del parts[j]
                    merged = True
                    break
            if merged:
                break
    return parts


def inside(sheet: Sheet, line: list[Point]) -> list[list[Point]]:
    """Return the parts of a line within a third of a degree of the theatre."""
    cut = LineString(line).intersection(sheet.box.buffer(0.33, join_style="mitre"))
    pieces = getattr(cut, "geoms", [cut])
    return [
        [(float(x), float(y)) for x, y in piece.coords]
        for piece in pieces
        if isinstance(piece, LineString) and len(piece.coords) > 1
    ]


def bank(line: LineString, x: float, y: float) -> int:
    """Return 1 for a point left of a line, -1 right of it, 0 within 300 m of it."""
    here = ShapelyPoint(x, y)
    if line.distance(here) < 0.3:
        return 0
    along = line.project(here)
    back = line.interpolate(max(0.0, along - 1.0))
    ahead = line.interpolate(min(line.length, along + 1.0))
    foot = line.interpolate(along)
    cross = (ahead.x - back.x) * (y - foot.y) - (ahead.y - back.y) * (x - foot.x)
    return 1 if cross > 0 else -1


def true_bank(src: Sources, sheet: Sheet, reach: Reach, place_id: str) -> int:
    """Return the bank a place lies on, 1 left and -1 right of the reach, 0 for neither.

    banks.csv says it by compass where it is known; otherwise it is measured on the drawn course.
    """
    x, y = sheet.plane(*src.lon_lat(place_id))
    compass = src.banks.get((place_id, reach.name))
    if compass is None:
        return bank(reach.line, x, y)
    d_x, d_y = COMPASS[compass]
    return bank(reach.line, x + KNOWN_BANK_KM * d_x, y + KNOWN_BANK_KM * d_y)


def bank_votes(
    src: Sources, sheet: Sheet, ground: Ground, reach: Reach
) -> dict[int, tuple[float, float]]:
    """Return for each hex by the river the weight of its towns on the left and the right bank."""
    votes: dict[int, tuple[float, float]] = {}
    line = reach.line
    for place_id, hex_id in ground.place_hex.items():
        weight = BANK_WEIGHT.get(src.place[place_id]["size_1944"], 0.0)
        if weight == 0.0:
            continue
        x, y = sheet.plane(*src.lon_lat(place_id))
        if line.distance(ShapelyPoint(x, y)) > sheet.grid.pitch_km:
            continue
        side = true_bank(src, sheet, reach, place_id)
        if (place_id, reach.name) in src.banks:
            weight *= 3.0
        left, right = votes.get(hex_id, (0.0, 0.0))
        votes[hex_id] = (left + weight * (side > 0), right + weight * (side < 0))
    return votes


def nearest_corner(net: Net, point: Point, among: set[Corner] | None = None) -> Corner:
    """Return the corner nearest to a point, of all or of some."""
    pool = net.at if among is None else {c: net.at[c] for c in among}
    return min(pool, key=lambda c: (math.dist(pool[c], point), c))


def lay(
    net: Net, sheet: Sheet, reach: Reach, votes: dict[int, tuple[float, float]],
    start: Corner, end: Corner, rule: dict[str, float],
) -> Chain:  # fmt: skip
    """Return the cheapest walk along hexsides from ``start`` to ``end``."""
    pitch = sheet.grid.pitch_km
    line = reach.line
    shapely.prepare(line)
    costs: dict[Point, float] = {}

    def cost(side: Side) -> float:
        if side.middle not in costs:
            away = line.distance(ShapelyPoint(*side.middle)) / pitch
            costs[side.middle] = 1.0 + (away / rule["river_reach"]) ** 2
        wrong = votes.get(side.left, (0.0, 0.0))[1] - votes.get(side.left, (0.0, 0.0))[0]
        wrong_right = votes.get(side.right, (0.0, 0.0))[0] - votes.get(side.right, (0.0, 0.0))[1]
        return costs[side.middle] + rule["wrong_bank"] * (max(0.0, wrong) + max(0.0, wrong_right))

    best = {start: 0.0}
    came: dict[Corner, Side] = {}
    queue = [(0.0, start)]
    while queue:
        far, here = heapq.heappop(queue)
        if here == end:
            break
        if far > best[here]:
            continue
        for side in net.sides.get(here, []):
            total = far + cost(side)
            if total < best.get(side.corner_b, math.inf):
                best[side.corner_b] = total
                came[side.corner_b] = side
                heapq.heappush(queue, (total, side.corner_b))
    sides = []
    here = end
    while here != start:
        sides.append(came[here])
        here = came[here].corner_a
    sides.reverse()
    return Chain(reach, [start] + [s.corner_b for s in sides], sides)


def lay_all(src: Sources, sheet: Sheet, ground: Ground) -> list[Chain]:
    """Return all rivers as chains of hexsides; a reach shorter than a side gives none."""
    net = net_of(sheet)
    rule = src.making["snapping"]
    chains: list[Chain] = []
    for reach in reaches_of(src, sheet):
        ends = []
        for point in (reach.points[0], reach.points[-1]):
            here = ShapelyPoint(*point)
            # an end on a river already laid joins it there
            joined = [c for c in chains if c.reach.line.distance(here) < 4.0]
            among = {corner for c in joined for corner in c.corners} or None
            ends.append(nearest_corner(net, point, among))
        if ends[0] == ends[1]:
            continue
        votes = bank_votes(src, sheet, ground, reach)
        chains.append(lay(net, sheet, reach, votes, ends[0], ends[1], rule))
    return chains


def own_bank(src: Sources, sheet: Sheet, ground: Ground, chains: list[Chain]) -> dict[str, str]:
    """Move places to the hex on their own bank of a river of class 2 or 3; returns river by place.

    A place moves only across a side of the river that its hex touches, and not farther than
    ``bank_move`` pitches; the ferry towns that face each other so lie in two hexes.
    """
    limit = src.making["snapping"]["bank_move"] * sheet.grid.pitch_km
    moved: dict[str, str] = {}
    for chain in chains:
        if chain.reach.river_class < 2:
            continue
        line = chain.reach.line
        across: dict[tuple[int, int], set[int]] = {}
        banks: dict[int, set[int]] = {1: set(), -1: set()}
        for side in chain.sides:
            banks[1].add(side.left)
            banks[-1].add(side.right)
            across.setdefault((side.left, -1), set()).add(side.right)
            across.setdefault((side.right, 1), set()).add(side.left)
        for place_id, home in ground.place_hex.items():
            if place_id in moved or src.place[place_id]["kind"] == "airfield":
                continue
            if home not in banks[1] and home not in banks[-1]:
                continue
            x, y = sheet.plane(*src.lon_lat(place_id))
            here = ShapelyPoint(x, y)
            if line.distance(here) > sheet.grid.pitch_km:
                continue
            true = true_bank(src, sheet, chain.reach, place_id)
            if true == 0 or home in banks[true]:
                continue
            near = [
                (Polygon(sheet.grid.corners(h)).distance(here), h)
                for h in sorted(across.get((home, true), set()))
                if ground.is_dry(h)
            ]
            if near and min(near)[0] <= limit:
                ground.place_hex[place_id] = min(near)[1]
                moved[place_id] = chain.reach.name
    return moved


def river_sides(
    src: Sources, sheet: Sheet, ground: Ground, chains: list[Chain]
) -> dict[tuple[int, int], tuple[int, str, str]]:
    """Return class, name and basis of every river hexside, by (hex, side), lower hex first.

    Where two rivers share a side the one of higher class names it.
    Sides of dry hexes that lie in a lake or the sea for most of their length are added as class 3.
    """
    found: dict[tuple[int, int], tuple[int, str, str]] = {}
    for chain in chains:
        for side in chain.sides:
            if not (ground.is_dry(side.left) or ground.is_dry(side.right)):
                continue
            if not (sheet.in_theatre[side.left] or sheet.in_theatre[side.right]):
                continue
            low, high = sorted((side.left, side.right))
            key = (low, sheet.grid.side_between(low, high))
            north = sheet.earth(*side.middle)[1] > chain.reach.great_north_of
            size = 3 if north else chain.reach.river_class
            if key not in found or found[key][0] < size:
                found[key] = (size, chain.reach.name, chain.reach.basis)
    found.update(water_sides(src, sheet, ground, found))
    return dict(sorted(found.items()))


def water_sides(
    src: Sources, sheet: Sheet, ground: Ground, rivers: dict[tuple[int, int], tuple[int, str, str]]
) -> dict[tuple[int, int], tuple[int, str, str]]:
    """Return the sides between dry hexes that are mostly lake or sea."""
    share = src.making["terrain"]["water_side_share"]
    found = {}
    lakes = shapely.STRtree([polygon for _, polygon in src.lakes])
    shapely.prepare(src.land)
    for hex_id in range(len(sheet.grid)):
        if not ground.is_dry(hex_id):
            continue
        corners = [sheet.earth(x, y) for x, y in sheet.grid.corners(hex_id)]
        for side in range(6):
            other = sheet.grid.neighbour(hex_id, side)
            if other < hex_id or not ground.is_dry(other) or (hex_id, side) in rivers:
                continue
            line = LineString([corners[side], corners[(side + 1) % 6]])
            if not src.land.covers(line) and line.difference(src.land).length > share * line.length:
                found[(hex_id, side)] = (3, "sea", "estimate: most of the hexside lies in the sea")
                continue
            for number in lakes.query(line, predicate="intersects"):
                name, polygon = src.lakes[int(number)]
                if line.intersection(polygon).length > share * line.length:
                    found[(hex_id, side)] = (
                        3,
                        name,
                        "estimate: most of the hexside lies in the lake at high water",
                    )
    return found


def river_table(sides: dict[tuple[int, int], tuple[int, str, str]]) -> bytes:
    """Return river_sides.csv."""
    rows = [(h, side, size, name, basis) for (h, side), (size, name, basis) in sides.items()]
    return table("hex,side,class,name,basis", rows)
