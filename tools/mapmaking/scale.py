"""The choice of scale: what each hex pitch would cost and blur."""

from collections import Counter
from itertools import pairwise
from typing import Any

import pyproj

from mapmaking.sheet import Sheet, cover
from mapmaking.sources import Sources
from tairiku.base.hexes import Grid

PITCHES = (15.0, 16.0, 17.0, 18.0, 19.0, 20.0)
LIMIT = 8192  # the engine keeps a hex id in 13 bits
SHIFTS = 6
FERRY = ("liujiamiao", "xujiapeng")
TOWNS = ("city", "large city", "metropolis")


def blur(src: Sources, sheet: Sheet) -> dict[str, float]:
    """Return what a grid blurs: shares of seats, towns and railway legs that lie within one hex."""
    hexes = {}
    for row in src.places:
        lon, lat = float(row["lon"]), float(row["lat"])
        if sheet.inside(lon, lat):
            hexes[row["id"]] = sheet.hex_of(lon, lat)
    seats = [i for i in hexes if src.place[i]["size_1944"] in (*TOWNS, "county seat")]
    towns = [i for i in seats if src.place[i]["size_1944"] in TOWNS]
    legs = [
        (a, b)
        for f in src.lines
        if f.properties["kind"] == "rail"
        for a, b in pairwise(f.properties["station_ids"])
        if a in hexes and b in hexes
    ]
    of_seats, of_towns = Counter(hexes[i] for i in seats), Counter(hexes[i] for i in towns)
    return {
        "off": sum(h < 0 for h in hexes.values()),
        "seats": sum(n for n in of_seats.values() if n > 1) / len(seats),
        "towns": sum(n for n in of_towns.values() if n > 1) / len(towns),
        "legs": sum(hexes[a] == hexes[b] for a, b in legs) / len(legs),
        "ferry": float(hexes[FERRY[0]] != hexes[FERRY[1]]),
    }


def measure(src: Sources, cone: pyproj.Proj) -> tuple[list[str], Grid]:
    """Return a table of all pitches as Markdown lines, and the best shift of the grid of 18 km.

    Each pitch is tried in SHIFTS x SHIFTS positions; the table gives the mean.
    The best position keeps the train ferry of Wuhan between two hexes and shares the fewest
    hexes between towns, then between stations, then between county seats.
    """
    theatre: dict[str, Any] = src.making["theatre"]
    limits = (theatre["west"], theatre["east"], theatre["south"], theatre["north"])
    table = [
        "| pitch, km | hexes | of 8,192 | area, km2 | county seats and towns sharing a hex | "
        "towns of 20,000 and more sharing | railway legs inside one hex | "
        "foot day of 22 km, hexes |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    best: tuple[tuple[float, ...], Grid] | None = None
    for pitch in PITCHES:
        found = []
        for i in range(SHIFTS):
            for j in range(SHIFTS):
                grid = cover(cone, theatre, pitch, i / SHIFTS / 2, j / SHIFTS)
                seen = blur(src, Sheet(grid, cone, limits))
                found.append((grid, seen))
                key = (-seen["ferry"], seen["off"], seen["towns"], seen["legs"], seen["seats"])
                if pitch == 18.0 and len(grid) <= LIMIT and (best is None or key < best[0]):
                    best = (key, grid)
        n = len(found)
        size = max(len(grid) for grid, _ in found)
        mean = {key: sum(seen[key] for _, seen in found) / n for key in found[0][1]}
        table.append(
            f"| {pitch:g} | {size:,} | {'fits' if size <= LIMIT else 'too many'} "
            f"| {pitch * pitch * 0.8660254:.0f} | {mean['seats']:.1%} | {mean['towns']:.1%} "
            f"| {mean['legs']:.1%} | {22 / pitch:.2f} |"
        )
    if best is None:
        raise ValueError(f"no grid of 18 km fits into {LIMIT} hexes; make the theatre smaller")
    return table, best[1]
