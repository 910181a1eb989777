"""What lies at or over the edge of the map: airfields behind boxes, boxes and their links."""

from mapmaking.links import Field, Link
from mapmaking.sources import Row, read_rows
from mapmaking.tables import number, table
from tairiku.base.projection import great_circle

RADIUS_KM = 6371.0


def nearest_hex(on: Field, lon: float, lat: float) -> int:
    """Return the dry hex of the theatre nearest to a point."""
    x, y = on.sheet.plane(lon, lat)

    def away(hex_id: int) -> tuple[float, int]:
        c_x, c_y = on.sheet.grid.centre(hex_id)
        return (c_x - x) ** 2 + (c_y - y) ** 2, hex_id

    return min((h for h in range(len(on.sheet.grid)) if on.ground.is_dry(h)), key=away)


def entry_hex(on: Field, place_id: str, mode: str, lines: dict[str, list[Link]]) -> tuple[int, str]:
    """Return where a link to a place enters the map, and a word on it.

    The place's own hex; for a place off the map the last hex of a line of that mode that leads to
    it, else the nearest dry hex.
    """
    if place_id in on.ground.place_hex:
        return on.ground.place_hex[place_id], ""
    lon, lat = on.src.lon_lat(place_id)
    kind = {"rail": "rail", "road": "road", "river": "waterway"}.get(mode, "")
    ends: list[tuple[float, int, str]] = []
    for link in lines.get(kind, []):
        ids: list[str] = link.feature.properties["station_ids"]
        if place_id not in ids:
            continue
        for hex_id in (link.hex_a, link.hex_b):
            c_lon, c_lat = on.sheet.earth(*on.sheet.grid.centre(hex_id))
            away = great_circle(lon, lat, c_lon, c_lat, RADIUS_KM)
            ends.append((away, hex_id, str(link.feature.properties["name"])))
    if ends:
        away, hex_id, name = min(ends)
        return hex_id, f"enters at the map edge by {name}, {away:.0f} km short of {place_id}"
    hex_id = nearest_hex(on, lon, lat)
    return hex_id, f"enters at the map edge nearest to {place_id}"


def box_link_table(on: Field, lines: dict[str, list[Link]]) -> bytes:
    """Return box_links.csv."""
    rows = []
    for r in read_rows(on.src.geo / "box_links.csv"):
        to_box = r["joins_kind"] == "box"
        hex_id, word = (None, "") if to_box else entry_hex(on, r["joins_id"], r["mode"], lines)
        rows.append(
            [
                r["id"],
                r["box_id"],
                "box" if to_box else "hex",
                r["joins_id"] if to_box else "",
                "" if to_box else r["joins_id"],
                hex_id,
                r["mode"],
                r["side_april_1944"],
                r["days"],
                r["capacity_t_day_low"],
                r["capacity_t_day"],
                r["capacity_t_day_high"],
                r["basis"],
                r["confidence"],
                "; ".join(part for part in (r["note"], word) if part),
            ]
        )
    header = (
        "id,box_id,joins_kind,joins_id,place_id,hex,mode,side,days,capacity_t_day_low,"
        "capacity_t_day,capacity_t_day_high,basis,confidence,note"
    )
    return table(header.split(","), rows)


def box_table(on: Field) -> bytes:
    """Return boxes.csv."""
    rows = []
    for r in read_rows(on.src.geo / "boxes.csv"):
        name = [r["id"], r["name"], r["name_de"], r["name_zht"], number(float(r["lon"]), 3)]
        rows.append(
            [
                *name,
                number(float(r["lat"]), 3),
                r["side_april_1944"],
                r["stands_for"],
                f"fact:boxes#{r['id']}",
                r["confidence"],
            ]
        )
    header = "id,name,name_de,name_zht,lon,lat,side,stands_for,basis,confidence"
    return table(header.split(","), rows)


def box_of(place_id: str, lon: float, lat: float, boxes: list[Row], links: list[Row]) -> str:
    """Return the box an airfield off the map lies behind.

    The nearest of the boxes linked to it or to its town, or of all where none is.
    """
    names = {place_id, place_id.rsplit("-airfield", 1)[0]}
    linked = {link["box_id"] for link in links if link["joins_id"] in names}
    pool = [b for b in boxes if b["id"] in linked] or boxes
    return min(
        pool,
        key=lambda b: (
            great_circle(lon, lat, float(b["lon"]), float(b["lat"]), RADIUS_KM),
            b["id"],
        ),
    )["id"]


def airfield_table(on: Field) -> bytes:
    """Return airfields.csv."""
    boxes = read_rows(on.src.geo / "boxes.csv")
    links = read_rows(on.src.geo / "box_links.csv")
    rows = []
    for r in read_rows(on.src.facts / "airfields.csv"):
        lon, lat = float(r["lon"]), float(r["lat"])
        hex_id = on.ground.place_hex.get(r["id"])
        rows.append(
            [
                r["id"],
                r["name"],
                r["name_zht"],
                r["aliases"],
                number(lon, 4),
                number(lat, 4),
                hex_id,
                "" if hex_id is not None else box_of(r["id"], lon, lat, boxes, links),
                r["operator_1944_04_17"],
                r["runway_surface"],
                r["runway_ft"],
                r["can_take"],
                f"fact:airfields#{r['id']}",
                r["confidence"],
                r["note"],
            ]
        )
    header = (
        "id,name,name_zht,aliases,lon,lat,hex,box_id,operator,runway_surface,runway_ft,can_take,"
        "basis,confidence,note"
    )
    return table(header.split(","), rows)
