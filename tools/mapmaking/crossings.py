"""Bridges and ferries: which hexside or which link of a line each one serves."""

import math
from dataclasses import dataclass

from mapmaking.links import Field, Link
from mapmaking.sources import Row, read_rows
from mapmaking.tables import number, table

REACH_PITCHES = 1.3  # a bridge this far from every hexside of its river lies inside a hex
OTHER_RIVER_KM = 12.0  # a hexside of another river counts as so much farther
OTHER_LINE_KM = 6.0  # so does a link of another railway
NO_LINK_KM = 8.0  # so does one that no line of the right kind crosses


@dataclass(frozen=True)
class Crossing:
    """A bridge with the hexes it joins; -1 where there is none."""

    row: Row
    hex_a: int
    hex_b: int

    @property
    def pair(self) -> tuple[int, int]:
        """The two hexes, lower id first."""
        return min(self.hex_a, self.hex_b), max(self.hex_a, self.hex_b)


def same_river(bridge_river: str, side_river: str) -> bool:
    """Whether the names in bridges.csv and rivers.csv mean one river; by the first word."""
    return bridge_river.split(" (")[0].split()[0] == side_river.split(" (")[0].split()[0]


def side_middle(on: Field, hex_a: int, hex_b: int) -> tuple[float, float]:
    """Return the middle of the side that two neighbours share. [km]"""
    (x_a, y_a), (x_b, y_b) = on.sheet.grid.centre(hex_a), on.sheet.grid.centre(hex_b)
    return (x_a + x_b) / 2.0, (y_a + y_b) / 2.0


def place_crossing(on: Field, row: Row, rail: list[Link], road: list[Link]) -> Crossing:
    """Return a bridge on the hexside it serves.

    A railway bridge belongs to a link of its line, on the leg that its places name, where there is
    one; any other to the nearest hexside of its river, best one that a road crosses.
    """
    x, y = on.sheet.plane(float(row["lon"]), float(row["lat"]))
    home = on.sheet.hex_of(float(row["lon"]), float(row["lat"]))
    if home < 0 or not on.sheet.in_theatre[home]:
        return Crossing(row, -1, -1)
    by_rail = "rail" in row["kind"] or "train" in row["kind"]
    pairs: dict[tuple[int, int], float] = {}
    if by_rail:
        for link in rail:
            own = row["line"] in ("", link.feature.properties["name"])
            extra = 0.0 if own else OTHER_LINE_KM
            pairs[link.pair] = min(extra, pairs.get(link.pair, extra))
    else:
        roads = {link.pair for link in road}
        for low, side in on.rivers:
            pair = (low, on.sheet.grid.neighbour(low, side))
            pairs[pair] = 0.0 if pair in roads else NO_LINK_KM
    best = (REACH_PITCHES * on.sheet.grid.pitch_km, -1, -1)
    for (a, b), extra in pairs.items():
        m_x, m_y = side_middle(on, a, b)
        away = ((m_x - x) ** 2 + (m_y - y) ** 2) ** 0.5
        river = on.rivers.get((a, on.sheet.grid.side_between(a, b)))
        if river is None or not same_river(row["river"], river[1]):
            extra += OTHER_RIVER_KM
        best = min(best, (away + extra, a, b))
    if best[1] < 0:
        return Crossing(row, home, -1)
    return Crossing(row, best[1], best[2])


def crossings(on: Field, rail: list[Link], road: list[Link]) -> list[Crossing]:
    """Return every bridge and ferry of the sources, in their order."""
    rows = read_rows(on.src.geo / "bridges.csv")
    return [place_crossing(on, row, rail, road) for row in rows]


def carries(kind: str, rail: bool) -> bool:
    """Whether a bridge of this kind carries a railway, or a road."""
    by_rail = "rail" in kind or "train" in kind
    return by_rail if rail else not by_rail or "road" in kind


def by_pair(
    on: Field, found: list[Crossing], links: list[Link], rail: bool
) -> dict[tuple[int, int], str]:
    """Return the bridge that each pair of hexes uses, for railways or for roads.

    The longest if several stand on one side.
    A link that crosses a river elsewhere shares the nearest bridge of that river within reach, as
    the lines that meet in a town share its bridge.
    """
    chosen: dict[tuple[int, int], tuple[float, str]] = {}
    usable = [c for c in found if c.hex_b >= 0 and carries(c.row["kind"], rail)]
    for crossing in usable:
        entry = (float(crossing.row["length_m"] or 0.0), crossing.row["id"])
        chosen[crossing.pair] = max(entry, chosen.get(crossing.pair, (0.0, "")))
    bridges = {pair: name for pair, (_, name) in chosen.items()}
    for link in links:
        river = on.rivers.get((link.pair[0], on.sheet.grid.side_between(*link.pair)))
        if river is None or link.pair in bridges:
            continue
        here = side_middle(on, *link.pair)
        near = [
            (math.dist(here, side_middle(on, c.hex_a, c.hex_b)), c.row["id"])
            for c in usable
            if same_river(c.row["river"], river[1])
        ]
        if near and min(near)[0] <= REACH_PITCHES * on.sheet.grid.pitch_km:
            bridges[link.pair] = min(near)[1]
    return bridges


COLUMNS = (
    "id,name,name_zhs,river,river_zhs,kind,line,place_ids,lon,lat,hex_a,hex_b,length_m,state,"
    "holder,basis,confidence,note"
)


def bridge_table(found: list[Crossing]) -> bytes:
    """Return bridges.csv."""
    rows = []
    for crossing in found:
        r = crossing.row
        rows.append(
            [
                r["id"],
                r["name"],
                r["name_zh"],
                r["river"],
                r["river_zh"],
                r["kind"],
                r["line"],
                r["place_ids"],
                number(float(r["lon"]), 4),
                number(float(r["lat"]), 4),
                crossing.hex_a if crossing.hex_a >= 0 else None,
                crossing.hex_b if crossing.hex_b >= 0 else None,
                r["length_m"],
                r["state_april_1944"].replace(" ", "_"),
                r["holder_april_1944"],
                f"fact:bridges#{r['id']}",
                r["confidence"],
                r["note"],
            ]
        )
    return table(COLUMNS, rows)
