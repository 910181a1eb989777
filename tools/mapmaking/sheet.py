"""The sheet: the grid laid on the earth, with the theatre cut out of it."""

import math
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyproj
import shapely
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from mapmaking.sources import Point
from tairiku.base.hexes import ROW_PITCH, Grid


@dataclass(frozen=True)
class Sheet:
    """A grid and the projection it lies in.

    Parameters
    ----------
    grid
        The hexes, in the plane.
    cone
        pyproj projection from degrees to km.
    theatre
        West, east, south, north limits. [degrees]
    """

    grid: Grid
    cone: pyproj.Proj
    theatre: tuple[float, float, float, float]

    def plane(self, lon: float, lat: float) -> Point:
        """Return x and y [km] of a point [degrees]."""
        x, y = self.cone(lon, lat)
        return float(x), float(y)

    def earth(self, x: float, y: float) -> Point:
        """Return longitude and latitude [degrees] of a point of the plane [km]."""
        lon, lat = self.cone(x, y, inverse=True)
        return float(lon), float(lat)

    def hex_of(self, lon: float, lat: float) -> int:
        """Return the hex that holds a point, -1 off the grid."""
        return self.grid.hex_at(*self.plane(lon, lat))

    def inside(self, lon: float, lat: float) -> bool:
        """Whether a point lies in the theatre."""
        west, east, south, north = self.theatre
        return west <= lon <= east and south <= lat <= north

    @cached_property
    def box(self) -> BaseGeometry:
        """The theatre as a box in degrees."""
        west, east, south, north = self.theatre
        return box(west, south, east, north)

    @cached_property
    def cells(self) -> list[BaseGeometry]:
        """The hexes as polygons in degrees."""
        return [
            Polygon([self.earth(x, y) for x, y in self.grid.corners(hex_id)])
            for hex_id in range(len(self.grid))
        ]

    @cached_property
    def in_theatre(self) -> list[bool]:
        """Whether any part of a hex lies in the theatre, so that every place of it has a hex."""
        shapely.prepare(self.box)
        return [bool(self.box.intersects(cell)) for cell in self.cells]


def cone_of(projection: dict[str, float]) -> pyproj.Proj:
    """Return Albers' projection with the parameters of grid.toml, in km."""
    return pyproj.Proj(
        proj="aea",
        lat_1=projection["lat_1"],
        lat_2=projection["lat_2"],
        lat_0=projection["lat_0"],
        lon_0=projection["lon_0"],
        R=projection["radius_km"] * 1000.0,
        units="km",
    )


def read_sheet(path: Path, theatre: dict[str, float]) -> Sheet:
    """Return the sheet that grid.toml describes."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    g = data["grid"]
    grid = Grid(g["cols"], g["rows"], g["pitch_km"], g["origin_x_km"], g["origin_y_km"])
    limits = (theatre["west"], theatre["east"], theatre["south"], theatre["north"])
    return Sheet(grid, cone_of(data["projection"]), limits)


def cover(
    cone: pyproj.Proj, theatre: dict[str, float], pitch: float, east: float, north: float
) -> Grid:
    """Return the smallest grid of this pitch that holds the theatre.

    ``east`` and ``north`` shift it by that share of a column or a row.
    """
    steps = [k / 60 for k in range(61)]
    lons = [theatre["west"] + (theatre["east"] - theatre["west"]) * t for t in steps]
    lats = [theatre["south"] + (theatre["north"] - theatre["south"]) * t for t in steps]
    edge = [cone(lon, lat) for lon in lons for lat in (theatre["south"], theatre["north"])]
    edge += [cone(lon, lat) for lat in lats for lon in (theatre["west"], theatre["east"])]
    x_0, x_1 = min(x for x, _ in edge), max(x for x, _ in edge)
    y_0, y_1 = min(y for _, y in edge), max(y for _, y in edge)
    origin_x = x_0 - pitch * east
    origin_y = y_1 + pitch * ROW_PITCH * (north - 0.5)
    # centres up to half a pitch short of the edge still hold it; an even row needs one more
    cols = math.ceil((x_1 - origin_x) / pitch - 0.5) + 1
    rows = math.ceil((origin_y - y_0) / (pitch * ROW_PITCH) - 0.5) + 1
    return Grid(cols, rows, pitch, origin_x, origin_y)
