"""Towns in the hexes: the gazetteer's tables and what they give to hexes.csv."""

from mapmaking.ground import Ground
from mapmaking.sheet import Sheet
from mapmaking.sources import Row, Sources
from mapmaking.tables import Cell, number, table

PLACE_COLUMNS = (
    "id,name,name_de,name_zht,name_zhs,name_ja,alt_names,province,kind,size_1944,walled,"
    "population,population_basis,lon,lat,hex,moved_to_bank_of,confidence,basis"
)
HEX_COLUMNS = (
    "hex,col,row,lon,lat,in_theatre,elevation_m,relief_m,terrain,land_share,lake_share,"
    "flood_zone_share,province,crop,city_level,walled,population,place_id"
)


def population(src: Sources, row: Row) -> tuple[int, str]:
    """Return persons of a place and where the number is from; by class of size if not known."""
    if row["population_1940s"]:
        return int(row["population_1940s"]), f"fact:places#{row['id']}"
    if row["size_1944"]:
        return src.making["population"][row["size_1944"]], "estimate: by class of size"
    return 0, ""


def level(src: Sources, row: Row) -> int:
    """Return the city level 0 to 5 of a place; stations without a size count as villages."""
    key = row["size_1944"] or ("station" if row["kind"] == "station" else "")
    return int(src.making["city_level"].get(key, 0))


def place_table(
    src: Sources, ground: Ground, of_place: dict[str, str], moved: dict[str, str]
) -> bytes:
    """Return places.csv: every place of the gazetteer."""
    rows: list[list[Cell]] = []
    for row in src.places:
        persons, basis = population(src, row)
        rows.append(
            [
                row["id"],
                row["name"],
                row["name_de"],
                row["name_zht"],
                row["name_zh"],
                row["name_ja"],
                row["alt_names"],
                of_place[row["id"]],
                row["kind"],
                row["size_1944"],
                row["walled"],
                persons or None,
                basis,
                number(float(row["lon"]), 4),
                number(float(row["lat"]), 4),
                ground.place_hex.get(row["id"]),
                moved.get(row["id"], ""),
                row["confidence"],
                "fact:places#" + row["id"],
            ]
        )
    return table(PLACE_COLUMNS, rows)


def hex_table(src: Sources, sheet: Sheet, ground: Ground) -> bytes:
    """Return hexes.csv: one row a hex, also outside the theatre."""
    towns: dict[int, list[Row]] = {}
    for place_id, hex_id in ground.place_hex.items():
        towns.setdefault(hex_id, []).append(src.place[place_id])
    rows: list[list[Cell]] = []
    for hex_id in range(len(sheet.grid)):
        col, row = sheet.grid.col_row(hex_id)
        lon, lat = sheet.earth(*sheet.grid.centre(hex_id))
        here = sorted(
            towns.get(hex_id, []),
            key=lambda r: (
                -level(src, r),
                r["kind"] == "airfield",
                -population(src, r)[0],
                r["id"],
            ),
        )
        levels = [level(src, r) for r in here]
        rows.append(
            [
                hex_id,
                col,
                row,
                number(lon, 4),
                number(lat, 4),
                int(sheet.in_theatre[hex_id]),
                number(float(ground.elevation_m[hex_id]), 0),
                number(float(ground.relief_m[hex_id]), 0),
                ground.terrain[hex_id],
                number(ground.land_share[hex_id], 2),
                number(ground.lake_share[hex_id], 2),
                number(ground.flood_share[hex_id], 2),
                "" if ground.terrain[hex_id] == "sea" else ground.province[hex_id],
                ground.crop[hex_id],
                max(levels, default=0),
                int(any(r["walled"] == "yes" for r in here)),
                sum(population(src, r)[0] for r in here),
                here[0]["id"] if here else "",
            ]
        )
    return table(HEX_COLUMNS, rows)
