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


def entry_hex(
    on: Field, place_id: str, mode: str, lines: dict[str, list[Link]]
) -> tuple[int, float, bool, str]:
    """Return where a link to a place enters the map.

    The place's own hex; for a place off the map the last hex of a line of that mode that leads to
    it, else the nearest dry hex.

    Returns
    -------
    hex, kilometres from the place to it, whether the way is open (a railway that is torn up or
    does not reach the map is not), and a word on it.
    """
    if place_id in on.ground.place_hex:
        return on.ground.place_hex[place_id], 0.0, True, ""
    lon, lat = on.src.lon_lat(place_id)

    def away(hex_id: int) -> float:
        c_lon, c_lat = on.sheet.earth(*on.sheet.grid.centre(hex_id))
        return great_circle(lon, lat, c_lon, c_lat, RADIUS_KM)

    kind = {"rail": "rail", "road": "road", "river": "waterway"}.get(mode, "")
    ends = [
        (away(hex_id), hex_id, link.feature.properties["name"], link.feature.properties["status"])
        for link in lines.get(kind, [])
        if place_id in link.feature.properties["station_ids"]
        for hex_id in link.pair
    ]
    if ends:
        far, hex_id, name, status = min(ends)
        torn = mode == "rail" and status == "torn up"
        word = f"enters at the map edge by {name}" + (", which is torn up" if torn else "")
        return hex_id, far, not torn, word
    hex_id = nearest_hex(on, lon, lat)
    word = f"enters at the map edge nearest to {place_id}"
    return hex_id, away(hex_id), mode != "rail", word


def box_link_table(on: Field, lines: dict[str, list[Link]]) -> bytes:
    """Return box_links.csv."""
    rows = []
    for r in read_rows(on.src.geo / "box_links.csv"):
        to_box = r["joins_kind"] == "box"
        entry = None if to_box else entry_hex(on, r["joins_id"], r["mode"], lines)
        rows.append(
            [
                r["id"],
                r["box_id"],
                "box" if to_box else "hex",
                r["joins_id"] if to_box else "",
                "" if to_box else r["joins_id"],
                entry[0] if entry else None,
                number(entry[1], 0) if entry else None,
                int(entry[2]) if entry else 1,
                r["mode"],
                r["side_april_1944"],
                r["days"],
                r["capacity_t_day_low"],
                r["capacity_t_day"],
                r["capacity_t_day_high"],
                r["basis"],
                r["confidence"],
                "; ".join(part for part in (r["note"], entry[3] if entry else "") if part),
            ]
        )
    header = (
        "id,box_id,joins_kind,joins_id,place_id,hex,off_map_km,open,mode,side,days,capacity_t_day_low,"
        "capacity_t_day,capacity_t_day_high,basis,confidence,note"
    )
    return table(header, rows)


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
    return table(header, rows)


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
    return table(header, rows)
