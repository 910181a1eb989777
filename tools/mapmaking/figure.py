"""What only the drawing needs: simplified outlines, and a height grid for hill shading."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from mapmaking.networks import road_rules
from mapmaking.sources import Sources, read_rows
from mapmaking.tables import Cell, number, table

MARGIN_DEG = 0.6  # drawn beyond the theatre
TOLERANCE_DEG = {"coast": 0.008, "province": 0.012, "lake": 0.01, "flood": 0.01, "river": 0.008}
SLIVER_DEG = 0.02
RELIEF_ROUND_M = 5


def frame(src: Sources) -> BaseGeometry:
    """Return the box that is drawn, in degrees."""
    t = src.making["theatre"]
    m = MARGIN_DEG
    return box(t["west"] - m, t["south"] - m, t["east"] + m, t["north"] + m)


def strokes(shape: BaseGeometry, frame_box: BaseGeometry, tolerance: float) -> list[list[str]]:
    """Return a shape's lines, cut to the frame and simplified, as lists of "lon lat"."""
    cut = shape.intersection(frame_box)
    parts = getattr(cut, "geoms", [cut])
    found = []
    for part in parts:
        rings = (
            [part.exterior, *part.interiors]
            if isinstance(part, Polygon)
            else [part]
            if isinstance(part, LineString)
            else []
        )
        for ring in rings:
            line = ring.simplify(tolerance)
            if line.length < 3.0 * tolerance:
                continue
            points = [f"{number(x, 3)} {number(y, 3)}" for x, y in line.coords]
            slim = [p for p, before in zip(points, ["", *points], strict=False) if p != before]
            if len(slim) > 1:
                found.append(slim)
    return found


def borders(src: Sources) -> list[tuple[str, BaseGeometry]]:
    """Return the modern border of each pair of neighbouring provinces, with the pair's name.

    The outlines of neighbours do not match point by point, so the border is the part of the one's
    outline that lies within SLIVER_DEG of the other.
    """
    features = src.features("admin1_dcw")
    polygons = [shapely.make_valid(f.geometry) for f in features]
    names: list[str] = [f.properties["name"] for f in features]
    found = []
    for i, first in enumerate(polygons):
        for j in range(i + 1, len(polygons)):
            if first.distance(polygons[j]) > SLIVER_DEG:
                continue
            shared = first.boundary.intersection(polygons[j].buffer(SLIVER_DEG))
            if shared.length > 10.0 * SLIVER_DEG:
                merged = shapely.line_merge(shared)
                found.append((f"{names[i]}-{names[j]}", merged))
    return found


def layers(src: Sources) -> list[tuple[str, str, str, str, BaseGeometry]]:
    """Return kind, class, name, status and shape of everything that is drawn."""
    found: list[tuple[str, str, str, str, BaseGeometry]] = [
        ("coast", "", "", "", src.land),
    ]
    found += [("province", "", name, "modern border", shape) for name, shape in borders(src)]
    found += [("lake", "", name, "extent at high water", shape) for name, shape in src.lakes]
    for f in src.features("floods_1944"):
        if f.properties["kind"] != "lake":
            name, kind = f.properties["name"], f.properties["kind"]
            found.append(("flood", kind, name, "1938-1947", shapely.make_valid(f.geometry)))
    rivers = {(r["source"], r["key"]): r for r in read_rows(src.kept / "rivers.csv")}
    for source, file, key in (
        ("ne10", "rivers_ne10", "rivernum"),
        ("tactical", "rivers_tactical", "name"),
        ("lines", "lines", "name"),
    ):
        for f in src.features(file):
            row = rivers.get((source, str(f.properties[key])))
            dry = bool(f.properties.get("dry_1938_1947"))
            if row is None or (row["class"] == "0" and not dry):
                continue
            status = "dry bed" if dry else ""
            found.append(("river", row["class"], row["name"], status, f.geometry))
    roads = road_rules(src)
    for f in src.lines:
        p = f.properties
        if p["kind"] == "rail":
            kind = p.get("link") or "track"
            found.append(
                ("rail", str(p["gauge_mm"]), p["name"], f"{p['status']}, {kind}", f.geometry)
            )
        elif p["kind"] == "road":
            rule = roads[p["name"]]
            found.append(("road", rule["class"], p["name"], rule["state"], f.geometry))
    return found


def lines_table(src: Sources) -> bytes:
    """Return figures_lines.csv, with the points as "lon lat" parted by semicolons."""
    cut = frame(src)
    rows: list[list[Cell]] = []
    for kind, size, name, status, shape in layers(src):
        for points in strokes(shape, cut, TOLERANCE_DEG.get(kind, 0.001)):
            rows.append([f"{kind}-{len(rows)}", kind, size, name, status, ";".join(points)])
    return table("id,kind,class,name,status,points", rows)


def relief_table(src: Sources) -> bytes:
    """Return relief.csv: heights [m] on a grid of 0.05 degree, a row a latitude from the north.

    The header holds the longitudes of the columns; each height is the mean of four of the source,
    rounded to 5 m, the sea 0.
    """
    data = src.heights("dem_srtm30_1p5min")
    lon, lat, height = data["lon"], data["lat"], data["elev_m"].astype(float)
    west, south, east, north = frame(src).bounds

    def block(values: NDArray[np.float64]) -> NDArray[np.float64]:
        pairs: NDArray[np.float64] = values[: len(values) // 2 * 2].reshape(-1, 2).mean(axis=1)
        return pairs

    lon_2, lat_2 = block(lon), block(lat)
    rows, cols = len(lat_2), len(lon_2)
    mean = height[: rows * 2, : cols * 2].reshape(rows, 2, cols, 2).mean(axis=(1, 3))
    keep_x = (lon_2 > west) & (lon_2 < east)
    keep_y = (lat_2 > south) & (lat_2 < north)
    mean = np.round(mean[keep_y][:, keep_x] / RELIEF_ROUND_M).astype(int) * RELIEF_ROUND_M
    header = ",".join(["lat", *(number(float(x), 3) for x in lon_2[keep_x])])
    body: list[list[Cell]] = [
        [number(float(y), 3), *(int(v) for v in line)]
        for y, line in zip(lat_2[keep_y], mean, strict=True)
    ]
    return table(header, body)
