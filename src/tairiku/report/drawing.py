"""The map for the page: outlines, rails by stretch, hexes and relief, packed as arrays."""

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np

from tairiku.figures.ground import Ground, Outline
from tairiku.figures.relief import relief
from tairiku.report.pack import Pack
from tairiku.scenario.mapdata import MapData

GRAIN = 0.05  # step of the coordinates in the page [km]
STRETCH = 6.0  # a railway is cut into stretches of about this length [km]
TERRAINS = (
    "plain",
    "paddy",
    "hills",
    "low_mountains",
    "high_mountains",
    "lake",
    "sea",
    "outside",
)


def pack_ground(pack: Pack, ground: Ground, world: MapData) -> list[dict[str, Any]]:
    """Add the ground to the pack; returns what is known of each line, in the order packed.

    Arrays added: ``line_points`` (n, 2) in steps of `GRAIN`, ``line_start`` (lines + 1,), and
    where the map has heights ``light`` and ``tint`` (rows, cols).
    """
    lines: list[dict[str, Any]] = []
    points: list[np.ndarray] = []
    for outline in ground.outlines:
        if outline.kind == "rail":
            for link, stretch in rail_stretches(outline, world):
                lines.append(_line(outline, link))
                points.append(stretch)
        else:
            lines.append(_line(outline, -1))
            points.append(outline.points)
    start = np.cumsum([0, *(len(p) for p in points)])
    joined = np.vstack(points) if points else np.zeros((0, 2))
    pack.add("line_points", np.round(joined / GRAIN).astype(np.int32).T, delta=True)
    pack.add("line_start", start, delta=True)
    if ground.heights is not None:
        picture = relief(ground.heights, ground.albers, ground.bounds)
        pack.add("light", picture.light)
        pack.add("tint", picture.tint)
    return lines


def _line(outline: Outline, link: int) -> dict[str, Any]:
    return {
        "kind": outline.kind,
        "rank": outline.rank,
        "name": outline.name,
        "status": outline.status,
        "ring": outline.is_ring,
        "link": link,
    }


def densified(points: np.ndarray, step: float) -> np.ndarray:
    """The points of a line with more between them, so that none are further apart than a step."""
    parts = [points[:1]]
    for a, b in itertools.pairwise(points):
        n = max(1, int(np.ceil(float(np.hypot(*(b - a))) / step)))
        parts.append(a + (b - a) * (np.arange(1, n + 1) / n)[:, None])
    return np.vstack(parts)


def rail_stretches(outline: Outline, world: MapData) -> Iterable[tuple[int, np.ndarray]]:
    """Cut a drawn railway where the link of the rules changes: (row of rail_links, points).

    Each stretch belongs to the nearest link of its line, or to the nearest of all where no link
    bears the line's name; so the drawing can show what the rules did to the link.
    """
    if not world.rail_links:
        yield -1, outline.points
        return
    centre = world.grid.centre
    middles = np.array(
        [np.add(centre(link.hex_a), centre(link.hex_b)) / 2.0 for link in world.rail_links]
    )
    own = [i for i, link in enumerate(world.rail_links) if outline.name in link.line]
    index = np.array(own or range(len(world.rail_links)))
    points = densified(outline.points, STRETCH)
    middle = (points[:-1] + points[1:]) / 2.0
    gap = np.hypot(
        middle[:, None, 0] - middles[None, index, 0], middle[:, None, 1] - middles[None, index, 1]
    )
    nearest = index[gap.argmin(axis=1)]
    begin = 0
    for i in range(1, len(nearest) + 1):
        if i == len(nearest) or nearest[i] != nearest[begin]:
            yield int(nearest[begin]), points[begin : i + 1]
            begin = i


def pack_hexes(pack: Pack, world: MapData) -> dict[str, Any]:
    """Add terrain, height and province of each hex; returns grid, names and links for the page.

    Arrays added, in the order of the hexes: ``terrain`` (codes of `TERRAINS`), ``height`` [m],
    ``province``; and ``rails`` (links, 3): two hexes and status, ``rivers`` (sides, 3): hex, side,
    class.
    """
    provinces = sorted({row.province for row in world.hexes})
    statuses = sorted({link.status for link in world.rail_links})
    pack.add("terrain", np.array([TERRAINS.index(row.terrain) for row in world.hexes]))
    pack.add("height", np.array([round(row.elevation_m) for row in world.hexes]), delta=True)
    pack.add("province", np.array([provinces.index(row.province) for row in world.hexes]))
    rails = [(r.hex_a, r.hex_b, statuses.index(r.status)) for r in world.rail_links]
    pack.add("rails", np.array(rails, np.int32).reshape(-1, 3).T, delta=True)
    rivers = [(r.hex, r.side, r.class_) for r in world.river_sides]
    pack.add("rivers", np.array(rivers, np.int32).reshape(-1, 3).T, delta=True)
    roads = [(r.hex_a, r.hex_b) for r in world.road_links]
    pack.add("roads", np.array(roads, np.int32).reshape(-1, 2).T, delta=True)
    grid = world.grid
    return {
        "grid": {
            "cols": grid.cols,
            "rows": grid.rows,
            "pitch": grid.pitch_km,
            "x": grid.origin_x_km,
            "y": grid.origin_y_km,
        },
        "grain": GRAIN,
        "terrains": list(TERRAINS),
        "provinces": provinces,
        "rail_statuses": statuses,
        "rail_lines": [link.line for link in world.rail_links],
        "river_names": [row.name for row in world.river_sides],
        "road_names": [row.name for row in world.road_links],
        "bridges": [
            {"id": b.id, "name": b.name, "local": b.name_zhs, "state": b.state}
            for b in world.bridges
        ],
    }
