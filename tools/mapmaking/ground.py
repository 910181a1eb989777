"""The ground of each hex: height, terrain, water, crop, province, people."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry.base import BaseGeometry

from mapmaking.sheet import Sheet
from mapmaking.sources import Sources, read_rows

DRY = ("plain", "paddy", "hills", "low_mountains", "high_mountains")


@dataclass
class Ground:
    """What lies in each hex; every list has one entry a hex."""

    elevation_m: NDArray[np.float64]
    relief_m: NDArray[np.float64]
    land_share: list[float]
    lake_share: list[float]
    flood_share: list[float]
    terrain: list[str]
    crop: list[str]
    province: list[str]
    place_hex: dict[str, int]

    def is_dry(self, hex_id: int) -> bool:
        """Whether troops can stand here: neither water nor outside."""
        return self.terrain[hex_id] in DRY


def heights(src: Sources, sheet: Sheet) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean and standard deviation of the 2.5 km heights in each hex. [m]

    Every height is weighted by the cosine of its latitude, the area it stands for.
    """
    data = src.heights("dem_srtm30_1p5min")
    lon, lat = np.meshgrid(data["lon"], data["lat"])
    x, y = sheet.cone(lon, lat)
    home = hexes_at(sheet, x.ravel(), y.ravel())
    keep = home >= 0
    home, height = home[keep], data["elev_m"].ravel()[keep].astype(float)
    weight = np.cos(np.radians(lat.ravel()[keep]))
    size = len(sheet.grid)
    total = np.bincount(home, weight, size)
    total[total == 0.0] = 1.0
    mean = np.bincount(home, weight * height, size) / total
    spread = np.bincount(home, weight * (height - mean[home]) ** 2, size) / total
    return mean, np.sqrt(spread)


def hexes_at(sheet: Sheet, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return `Grid.hex_at` of many points; -1 off the grid."""
    grid = sheet.grid
    r = (grid.origin_y_km - y) / (np.sqrt(3.0) / 2.0 * grid.pitch_km)
    q = (x - grid.origin_x_km) / grid.pitch_km - r / 2.0
    s = -q - r
    whole_q, whole_r, whole_s = (np.floor(a + 0.5) for a in (q, r, s))
    off_q, off_r, off_s = abs(whole_q - q), abs(whole_r - r), abs(whole_s - s)
    from_q = (off_q > off_r) & (off_q > off_s)
    from_r = ~from_q & (off_r > off_s)
    q_fixed = np.where(from_q, -whole_r - whole_s, whole_q).astype(int)
    row = np.where(from_r, -whole_q - whole_s, whole_r).astype(int)
    col = q_fixed + (row - (row & 1)) // 2
    inside = (col >= 0) & (col < grid.cols) & (row >= 0) & (row < grid.rows)
    return np.where(inside, row * grid.cols + col, -1)


def shares(sheet: Sheet, cover: BaseGeometry) -> list[float]:
    """Return the share of each hex that a polygon covers, 0 to 1."""
    shapely.prepare(cover)
    cells = np.array(sheet.cells)
    found = np.zeros(len(cells))
    full = shapely.contains_properly(cover, cells)
    found[full] = 1.0
    some = ~full & shapely.intersects(cover, cells)
    found[some] = shapely.area(shapely.intersection(cells[some], cover)) / shapely.area(cells[some])
    return [round(float(v), 3) for v in found]


def rice_line(rule: dict[str, Any], lon: float) -> float:
    """Return the latitude of the northern limit of rice at a longitude. [degrees]"""
    west, east = rule["longitudes"]
    lat: float = rule["latitudes"][0 if lon < west else 1 if lon < east else 2]
    return lat


def dry_terrain(src: Sources, sheet: Sheet, ground: Ground) -> list[str]:
    """Return the terrain that the heights alone give, before water; rule of making.toml."""
    t, rice = src.making["terrain"], src.making["rice_line"]
    found = []
    for hex_id in range(len(sheet.grid)):
        m, s = ground.elevation_m[hex_id], ground.relief_m[hex_id]
        lon, lat = sheet.earth(*sheet.grid.centre(hex_id))
        north = lat > rice_line(rice, lon)
        ring = [ground.relief_m[h] for h in sheet.grid.within(hex_id, 1)]
        kind = "hills"
        smooth = north and s < t["north_plain_std_m"] and m < t["north_plain_below_m"]
        if s < t["plain_std_m"] or smooth:
            kind = "plain" if north else "paddy"
            if np.median(ring) >= t["ring_median_std_m"]:
                kind = "hills"
        if s >= t["low_mountains_std_m"] or (s >= t["plateau_std_m"] and m >= t["plateau_from_m"]):
            kind = "low_mountains"
        if s >= t["high_mountains_std_m"] or (s >= t["high_std_m"] and m >= t["high_from_m"]):
            kind = "high_mountains"
        found.append(kind)
    return found


def terrain(src: Sources, sheet: Sheet, ground: Ground, settled: set[int]) -> list[str]:
    """Return the terrain of each hex; a hex with a place in it is never water."""
    t = src.making["terrain"]
    found = dry_terrain(src, sheet, ground)
    for hex_id in range(len(found)):
        if not sheet.in_theatre[hex_id]:
            found[hex_id] = "outside"
        elif hex_id in settled:
            continue
        elif ground.land_share[hex_id] < t["sea_land_share"]:
            found[hex_id] = "sea"
        elif ground.lake_share[hex_id] >= t["lake_share"]:
            found[hex_id] = "lake"
    return found


def crops(src: Sources, sheet: Sheet, ground: Ground) -> list[str]:
    """Return the crop of each hex: none, wheat, loess, wheat_rice or rice."""
    rule = src.making["rice_line"]
    found = []
    for hex_id, kind in enumerate(ground.terrain):
        lon, lat = sheet.earth(*sheet.grid.centre(hex_id))
        line, m = rice_line(rule, lon), ground.elevation_m[hex_id]
        if kind not in DRY or kind == "high_mountains":
            found.append("none")
        elif (
            kind in ("hills", "low_mountains")
            and lat > rule["loess_north_of"]
            and lon < rule["loess_west_of"]
            and rule["loess_from_m"] <= m <= rule["loess_to_m"]
        ):
            found.append("loess")
        elif abs(lat - line) <= rule["band_deg"] and kind != "low_mountains":
            found.append("wheat_rice")
        else:
            found.append("wheat" if lat > line else "rice")
    return found


def provinces(src: Sources, sheet: Sheet) -> tuple[list[str], dict[str, str]]:
    """Return the province of 1944 of each hex, and of each place by its id.

    Modern provinces, changed by provinces_1944.csv: a hex of a province that then gave land to
    another goes with the nearest place.
    """
    changes = read_rows(src.kept / "provinces_1944.csv")
    whole = {row["id"]: row["province_1944"] for row in changes if row["kind"] == "province"}
    single = {row["id"]: row["province_1944"] for row in changes if row["kind"] == "place"}
    of_place = {
        row["id"]: single.get(row["id"], whole.get(row["province"], row["province"]))
        for row in src.places
    }
    disputed = {src.place[i]["province"] for i in single}
    near = [
        (sheet.plane(*src.lon_lat(row["id"])), row["province"], of_place[row["id"]])
        for row in src.places
        if row["province"] in disputed
    ]
    features = src.features("admin1_dcw")
    polygons = [shapely.make_valid(f.geometry) for f in features]
    names: list[str] = [f.properties["name"] for f in features]
    tree = shapely.STRtree(polygons)
    of_hex = []
    for hex_id in range(len(sheet.grid)):
        x, y = sheet.grid.centre(hex_id)
        here = ShapelyPoint(*sheet.earth(x, y))
        name = names[int(tree.nearest(here))] if sheet.in_theatre[hex_id] else ""
        if name in disputed:
            name = min(
                ((px - x) ** 2 + (py - y) ** 2, then) for (px, py), now, then in near if now == name
            )[1]
        else:
            name = whole.get(name, name)
        of_hex.append(name)
    return of_hex, of_place


def survey(src: Sources, sheet: Sheet) -> Ground:
    """Return the ground of every hex."""
    mean, spread = heights(src, sheet)
    lake = shapely.union_all([polygon for _, polygon in src.lakes])
    place_hex = {}
    for row in src.places:
        lon, lat = float(row["lon"]), float(row["lat"])
        hex_id = sheet.hex_of(lon, lat) if sheet.inside(lon, lat) else -1
        if hex_id >= 0:
            place_hex[row["id"]] = hex_id
    stations = {i for f in src.lines for i in f.properties["station_ids"]}
    settled = {h for i, h in place_hex.items() if src.place[i]["size_1944"] or i in stations} | {
        h for i, h in place_hex.items() if src.place[i]["kind"] == "airfield"
    }
    ground = Ground(
        elevation_m=mean,
        relief_m=spread,
        land_share=shares(sheet, src.land),
        lake_share=shares(sheet, lake),
        flood_share=shares(sheet, src.floods),
        terrain=[],
        crop=[],
        province=provinces(src, sheet)[0],
        place_hex=place_hex,
    )
    ground.terrain = terrain(src, sheet, ground, settled)
    ground.crop = crops(src, sheet, ground)
    return ground
