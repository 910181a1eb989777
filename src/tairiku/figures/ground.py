"""The ground that every picture stands on: outlines and heights of a map, in the plane."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import Field

from tairiku.base.errors import DataError, Problem
from tairiku.base.files import shown
from tairiku.base.hexes import Grid
from tairiku.base.projection import Albers
from tairiku.base.tables import Row, read_table, read_toml

EDGE_KM = 60.0  # no two neighbouring points of a real coast are so far apart [km]


class OutlineRow(Row):
    """figures_lines.csv: one line; ``points`` are "lon lat" pairs joined by a semicolon."""

    id: str
    kind: str
    class_: str = Field(default="", alias="class")
    name: str = ""
    status: str = ""
    points: str


@dataclass(frozen=True)
class Outline:
    """One line of the map in the plane.

    Attributes
    ----------
    kind
        coast, province, lake, flood, river, rail or road.
    rank
        Class of a river (1-3) or of a road (trunk, secondary), gauge of a railway [mm].
    points
        x to the east, y to the north. (n, 2) [km]
    """

    id: str
    kind: str
    rank: str
    name: str
    status: str
    points: np.ndarray

    @property
    def is_ring(self) -> bool:
        """Whether the line ends where it began."""
        return len(self.points) > 3 and bool(np.allclose(self.points[0], self.points[-1]))


@dataclass(frozen=True)
class Heights:
    """Heights on a grid of longitude and latitude, latitudes falling. (rows, cols) [m]"""

    lats: np.ndarray
    lons: np.ndarray
    metres: np.ndarray


@dataclass(frozen=True)
class Ground:
    """The plane of a map, its grid of hexes, its outlines and its heights."""

    albers: Albers
    grid: Grid
    outlines: tuple[Outline, ...]
    heights: Heights | None

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north edge of the hex grid. [km]"""
        return bounds_of(self.grid)


def bounds_of(grid: Grid) -> tuple[float, float, float, float]:
    """West, south, east and north edge of a grid of hexes. [km]"""
    first, last = grid.centre(0), grid.centre(len(grid) - 1)
    half = grid.pitch_km / 2.0
    radius = grid.pitch_km / 3.0**0.5
    east = grid.origin_x_km + (grid.cols - 0.5) * grid.pitch_km + half
    return first[0] - half, last[1] - radius, east, first[1] + radius


def read_ground(folder: Path) -> Ground:
    """Return the ground of a map folder; a map without outlines or heights is drawn without.

    Raises
    ------
    DataError
        A file that is there has faults; all of them are listed.
    """
    problems: list[Problem] = []
    table = read_toml(folder / "grid.toml", problems)
    if problems:
        raise DataError(problems)
    p, g = table["projection"], table["grid"]
    albers = Albers(p["lat_1"], p["lat_2"], p["lat_0"], p["lon_0"], p["radius_km"])
    grid = Grid(g["cols"], g["rows"], g["pitch_km"], g["origin_x_km"], g["origin_y_km"])
    outlines = _outlines(folder / "figures_lines.csv", albers, problems)
    heights = _heights(folder / "relief.csv", problems)
    if problems:
        raise DataError(problems)
    return Ground(albers, grid, outlines, heights)


def _outlines(path: Path, albers: Albers, problems: list[Problem]) -> tuple[Outline, ...]:
    if not path.is_file():
        return ()
    found = []
    for row in read_table(path, OutlineRow, problems):
        try:
            pairs = [[float(cell) for cell in pair.split()] for pair in row.points.split(";")]
            points = np.array([albers.forward(lon, lat) for lon, lat in pairs])
            parts = _without_edge(points) if row.kind == "coast" else [points]
        except ValueError:
            what = "is not a list of 'lon lat' pairs joined by semicolons; mend it"
            problems.append(Problem(shown(path), None, "points", row.id, what))
            continue
        found += [
            Outline(row.id, row.kind, row.class_, row.name, row.status, part) for part in parts
        ]
    return tuple(found)


def _without_edge(points: np.ndarray) -> list[np.ndarray]:
    """Cut a coast where it runs along the edge of the data: there its points are far apart."""
    gaps = np.hypot(*np.diff(points, axis=0).T)
    parts = np.split(points, np.flatnonzero(gaps > EDGE_KM) + 1)
    return [part for part in parts if len(part) > 1]


def _heights(path: Path, problems: list[Problem]) -> Heights | None:
    if not path.is_file():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    try:
        lons = np.array([float(cell) for cell in rows[0][1:]])
        body = np.array([[float(cell) for cell in row] for row in rows[1:]])
        return Heights(body[:, 0], lons, body[:, 1:])
    except (ValueError, IndexError) as error:
        what = f"is not a table of heights, latitude first: {error}; mend the row"
        problems.append(Problem(shown(path), None, "", "", what))
        return None
