"""The check of the map: cells, links between neighbours, boxes, and who holds what."""

from typing import Any

from tairiku.base.hexes import Grid
from tairiku.check.reading import Files

WET = ("sea", "lake", "outside")


def check_ground(files: Files) -> None:
    """Add what is wrong with the map's tables, with control.csv and with weather.csv."""
    for table in ("rail_links", "road_links", "waterway_links", "bridges", "boxes", "box_links"):
        files.unique(table)
    files.unique("places")
    files.unique("airfields")
    grid = files.grid
    if grid is not None:
        cells = _cells(files, grid)
        _sides(files, grid)
        for table in ("rail_links", "road_links", "waterway_links"):
            _links(files, table, grid, cells)
        _points(files, grid)
        _control(files, cells)
    _references(files)
    _weather(files)


def _cells(files: Files, grid: Grid) -> dict[int, Any]:
    cells: dict[int, Any] = {}
    for line, cell in files.of("hexes"):
        if cell.hex != cell.row * grid.cols + cell.col:
            what = f"is not row * {grid.cols} + column; mend hex, col or row"
            files.say("hexes", line, "hex", cell.hex, what)
        elif cell.hex >= len(grid):
            files.say("hexes", line, "hex", cell.hex, f"is off the grid of {len(grid)} hexes")
        elif cell.hex in cells:
            files.say("hexes", line, "hex", cell.hex, "stands twice; keep one")
        cells[cell.hex] = cell
    missing = [h for h in range(len(grid)) if h not in cells]
    if missing and "hexes" not in files.faulty:
        what = f"and {len(missing) - 1} more have no row; every hex of the grid needs one"
        files.say("hexes", None, "hex", missing[0], what)
    return cells


def _sides(files: Files, grid: Grid) -> None:
    seen: dict[tuple[int, int], int] = {}
    for line, side in files.of("river_sides"):
        if side.hex >= len(grid):
            files.say("river_sides", line, "hex", side.hex, "is off the map")
            continue
        there = grid.neighbour(side.hex, side.side)
        key = (min(side.hex, there), max(side.hex, there)) if there >= 0 else (side.hex, -1)
        if key in seen and there >= 0:
            what = f"is the side of line {seen[key]} from the other hex; keep one"
            files.say("river_sides", line, "hex", side.hex, what)
        seen.setdefault(key, line)


def _links(files: Files, table: str, grid: Grid, cells: dict[int, Any]) -> None:
    seen: dict[tuple[int, int], int] = {}
    for line, link in files.of(table):
        ends = (link.hex_a, link.hex_b)
        off = [h for h in ends if h >= len(grid)]
        if off:
            field = "hex_a" if off[0] == link.hex_a else "hex_b"
            what = f"is off the map ({link.id}); hexes run from 0 to {len(grid) - 1}"
            files.say(table, line, field, off[0], what)
            continue
        if grid.side_between(*ends) < 0:
            what = f"is no neighbour of hex {link.hex_a} ({link.id}); join neighbours only"
            files.say(table, line, "hex_b", link.hex_b, what)
        key = (min(ends), max(ends))
        if key in seen:
            files.say(table, line, "id", link.id, f"joins the hexes of line {seen[key]}; keep one")
        seen.setdefault(key, line)
        ferry = table == "waterway_links" or getattr(link, "link_kind", "") == "train_ferry"
        for end in ends:
            ground = cells[end].terrain if end in cells else "plain"
            if ground in ("sea", "outside") and not ferry:
                files.say(table, line, "id", link.id, f"runs over {ground} in hex {end}; move it")


def _points(files: Files, grid: Grid) -> None:
    for table in ("places", "airfields", "bridges", "box_links"):
        for line, row in files.of(table):
            for name in ("hex", "hex_a", "hex_b"):
                value = getattr(row, name, None)
                if value is not None and value >= len(grid):
                    files.say(table, line, name, value, f"is off the map ({row.id})")
    for line, bridge in files.of("bridges"):
        a, b = bridge.hex_a, bridge.hex_b
        if a is None or b is None or max(a, b) >= len(grid):
            continue
        if grid.side_between(a, b) < 0:
            what = f"is no neighbour of hex {a} ({bridge.id}); a bridge joins neighbours"
            files.say("bridges", line, "hex_b", b, what)


def _references(files: Files) -> None:
    boxes, bridges, places = files.ids("boxes"), files.ids("bridges"), files.ids("places")
    for line, link in files.of("box_links"):
        files.known("box_links", line, "box_id", link.box_id, "boxes.csv", boxes, "a box")
        if link.joins_kind == "box":
            files.known("box_links", line, "joins_id", link.joins_id, "boxes.csv", boxes, "a box")
        elif link.hex is None:
            files.say("box_links", line, "hex", "", f"is empty; {link.id} needs its map hex")
        if not link.capacity_t_day_low <= link.capacity_t_day <= link.capacity_t_day_high:
            what = "is not between its low and high; order them low, best, high"
            files.say("box_links", line, "capacity_t_day", link.capacity_t_day, what)
    for line, link in files.of("rail_links"):
        if link.bridge_id:
            files.known(
                "rail_links", line, "bridge_id", link.bridge_id, "bridges.csv", bridges, "a bridge"
            )
    for line, field in files.of("airfields"):
        if field.hex is None:
            files.known("airfields", line, "box_id", field.box_id, "boxes.csv", boxes, "a box")
    for line, cell in files.of("hexes"):
        if cell.place_id:
            files.known("hexes", line, "place_id", cell.place_id, "places.csv", places, "a place")
    provinces = files.ids("provinces", "name")
    for line, cell in files.of("hexes"):
        if cell.province and cell.in_theatre and cell.terrain not in WET:
            files.known(
                "hexes", line, "province", cell.province, "provinces.csv", provinces, "a province"
            )
    states = files.ids("road_states", "state")
    for line, road in files.of("road_links"):
        files.known("road_links", line, "state", road.state, "road_states.csv", states, "a state")


def _control(files: Files, cells: dict[int, Any]) -> None:
    held: dict[int, int] = {}
    for line, row in files.of("control"):
        files.basis("control", line, row.basis)
        if row.hex in held:
            files.say("control", line, "hex", row.hex, f"stands already in line {held[row.hex]}")
        held.setdefault(row.hex, line)
        if cells and row.hex not in cells:
            files.say("control", line, "hex", row.hex, "is off the map")
        elif cells and cells[row.hex].terrain in ("sea", "outside"):
            files.say("control", line, "hex", row.hex, "is not land; nobody holds it")
    if "control" in files.faulty or "hexes" in files.faulty:
        return
    free = [h for h, cell in cells.items() if cell.terrain not in WET and h not in held]
    if free:
        what = f"and {len(free) - 1} more land hexes have no holder; give each a side"
        files.say("control", None, "hex", free[0], what)


def _weather(files: Files) -> None:
    places = files.ids("places")
    months: dict[str, set[int]] = {}
    for line, row in files.of("weather"):
        files.basis("weather", line, row.basis)
        files.known("weather", line, "place_id", row.place_id, "places.csv", places, "a place")
        known = months.setdefault(row.region, set())
        if row.month in known:
            files.say("weather", line, "month", row.month, f"stands twice for {row.region}")
        known.add(row.month)
    if "weather" in files.faulty:
        return
    for region, known in months.items():
        missing = sorted(set(range(1, 13)) - known)
        if missing:
            what = f"has no normals for month {', '.join(map(str, missing))}; give all twelve"
            files.say("weather", None, "region", region, what)
