"""The check of the forces: who commands whom, where units stand, what depots and squadrons name."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tairiku.check.reading import Files

RANGED = {
    "units": ("men", "guns", "tanks", "trucks", "horses"),
    "depots": ("food_t", "fodder_t", "ammunition_t", "motor_fuel_kl", "aviation_fuel_kl"),
    "air_units": ("aircraft",),
}
JAPANESE = ("japan", "puppet")


def check_forces(files: Files) -> None:
    """Add what is wrong with formations, command, units, leaders, depots and air units."""
    for table in ("formations", "units", "depots", "air_units", "aircraft_types", "provinces"):
        files.unique(table)
    for table, names in RANGED.items():
        for line, row in files.of(table):
            _ranges(files, table, line, row, names)
            files.basis(table, line, row.basis)
    places = _places(files)
    _command(files)
    _units(files, places)
    _stations(files)
    _leaders(files)
    _depots(files, places)
    _air(files)


def _ranges(files: Files, table: str, line: int, row: Any, names: Iterable[str]) -> None:
    for name in names:
        low, best, high = (getattr(row, f"{name}_{mark}") for mark in ("low", "best", "high"))
        if not low <= best <= high:
            what = f"is not between low {low:g} and high {high:g} ({row.id}); order them"
            files.say(table, line, f"{name}_best", f"{best:g}", what)


def _places(files: Files) -> dict[str, Any] | None:
    """Every id at which something may stand: places and airfields on the map, and boxes."""
    tables = [files.ids(name) for name in ("places", "airfields", "boxes")]
    if any(table is None for table in tables):
        return None
    found: dict[str, Any] = {}
    for table in tables:
        found.update(table or {})
    return found


def _on_map(place: Any) -> bool:
    return getattr(place, "hex", None) is not None


def _command(files: Files) -> None:
    formations = files.ids("formations")
    changes = {files.first_day}
    by_id: dict[str, list[tuple[int, Any]]] = {}
    for line, row in files.of("command"):
        files.basis("command", line, row.basis)
        for name in ("formation_id", "superior_id"):
            value = getattr(row, name)
            files.known("command", line, name, value, "formations.csv", formations, "a formation")
        if row.from_date and row.to_date and row.to_date < row.from_date:
            files.say("command", line, "to_date", row.to_date, "lies before from_date")
        if row.from_date and row.from_date > files.last_day:
            what = f"lies after the campaign's last day {files.last_day}; leave the row out"
            files.say("command", line, "from_date", row.from_date, what)
        if row.from_date and files.first_day < row.from_date <= files.last_day:
            changes.add(row.from_date)
        by_id.setdefault(row.formation_id, []).append((line, row))
    for rows in by_id.values():
        _overlaps(files, rows)
    if "command" not in files.faulty:
        for day in sorted(changes):
            _cycles(files, day)


def _overlaps(files: Files, rows: list[tuple[int, Any]]) -> None:
    for i, (line, row) in enumerate(rows):
        for _, other in rows[:i]:
            begins = max(row.from_date or date.min, other.from_date or date.min)
            ends = min(row.to_date or date.max, other.to_date or date.max)
            if begins <= ends and row.kind == other.kind:
                what = f"has two superiors at once, {other.superior_id} and {row.superior_id}"
                files.say("command", line, "formation_id", row.formation_id, what)


def _cycles(files: Files, day: date) -> None:
    above: dict[str, tuple[int, str]] = {}
    for line, row in files.of("command"):
        begun = row.from_date is None or row.from_date <= day
        if begun and (row.to_date is None or day <= row.to_date):
            if row.formation_id not in above or row.kind == "attached":
                above[row.formation_id] = (line, row.superior_id)
    done: set[str] = set()
    for start in above:
        path: list[str] = []
        seen = start
        while seen in above and seen not in done and seen not in path:
            path.append(seen)
            seen = above[seen][1]
        if seen in path:
            ring = " - ".join([*path[path.index(seen) :], seen])
            what = f"commands itself on {day}: {ring}; mend one superior"
            files.say("command", above[seen][0], "superior_id", above[seen][1], what)
        done.update(path)


def _units(files: Files, places: dict[str, Any] | None) -> None:
    formations = files.ids("formations")
    commanded = files.ids("command", "formation_id")
    for line, unit in files.of("units"):
        files.known("units", line, "id", unit.id, "formations.csv", formations, "a formation")
        if formations is not None and unit.id in formations:
            side = formations[unit.id].side
            if side != unit.side:
                files.say("units", line, "side", unit.side, f"is {side} in formations.csv")
        if commanded is not None and unit.id not in commanded:
            what = "has no headquarters; add its superior to command.csv"
            files.say("units", line, "id", unit.id, what)
        if files.known(
            "units", line, "place_id", unit.place_id, "the map", places, "a place or box"
        ):
            _stands(files, line, unit, places)
        for name in ("raised_on", "arrives", "departs"):
            day = getattr(unit, name)
            if day is not None and day > files.last_day:
                what = f"lies after the campaign's last day {files.last_day} ({unit.id})"
                files.say("units", line, name, day, what)
        if unit.arrives and unit.departs and unit.departs <= unit.arrives:
            files.say("units", line, "departs", unit.departs, f"is not after arrives ({unit.id})")


def _stands(files: Files, line: int, unit: Any, places: dict[str, Any] | None) -> None:
    if places is None:
        return
    boxes = files.ids("boxes") or {}
    if unit.place_id not in boxes and not _on_map(places[unit.place_id]):
        what = f"lies off the map ({unit.id}); name a box or a place on the map"
        files.say("units", line, "place_id", unit.place_id, what)
    if unit.arrives is not None:
        enters = unit.enters_place_id or unit.place_id
        if enters in boxes or enters not in places or not _on_map(places[enters]):
            what = f"is where {unit.id} enters the map on {unit.arrives}; name a place on the map"
            files.say("units", line, "enters_place_id", enters, what)


def _stations(files: Files) -> None:
    """No unit may stand in water, on a hex that the enemy holds, or beside an enemy in its hex."""
    hexes, control = files.ids("hexes", "hex"), files.ids("control", "hex")
    places, fields = files.ids("places"), files.ids("airfields")
    if hexes is None or control is None or places is None or fields is None:
        return
    there: dict[int, tuple[str, str]] = {}
    for line, unit in files.of("units"):
        place = fields.get(unit.place_id) or places.get(unit.place_id)
        if place is None or place.hex is None or unit.arrives is not None:
            continue
        if unit.type == "guerrilla":
            continue
        cell = hexes.get(str(place.hex))
        side = "japan" if unit.side in JAPANESE else "china"
        if cell is not None and cell.terrain in ("sea", "lake", "outside"):
            what = f"lies in {cell.terrain} ({unit.id}); move the unit or the place"
            files.say("units", line, "place_id", unit.place_id, what)
        holder = control.get(str(place.hex))
        if holder is not None and holder.side != side:
            what = f"is held by {holder.side} in control.csv, and {unit.id} stands there"
            files.say("units", line, "place_id", unit.place_id, what)
        other = there.setdefault(place.hex, (side, unit.id))
        if other[0] != side:
            what = f"is the hex of the enemy's {other[1]} too; {unit.id} needs another"
            files.say("units", line, "place_id", unit.place_id, what)


def _leaders(files: Files) -> None:
    formations = files.ids("formations")
    for line, leader in files.of("leaders"):
        files.basis("leaders", line, leader.basis)
        files.known(
            "leaders",
            line,
            "formation_id",
            leader.formation_id,
            "formations.csv",
            formations,
            "a formation",
        )
        if leader.from_date and leader.to_date and leader.to_date < leader.from_date:
            files.say("leaders", line, "to_date", leader.to_date, "lies before from_date")


def _depots(files: Files, places: dict[str, Any] | None) -> None:
    boxes = files.ids("boxes")
    for line, depot in files.of("depots"):
        if not files.known(
            "depots", line, "place_id", depot.place_id, "the map", places, "a place or box"
        ):
            continue
        if places is None or boxes is None or depot.place_id in boxes:
            continue
        place = places[depot.place_id]
        if not _on_map(place) and not getattr(place, "box_id", ""):
            what = f"lies off the map ({depot.id}); name a box or a place on the map"
            files.say("depots", line, "place_id", depot.place_id, what)


def _air(files: Files) -> None:
    formations, fields = files.ids("formations"), files.ids("airfields")
    boxes = files.ids("boxes")
    bases = None if fields is None or boxes is None else {**fields, **boxes}
    types: set[str] | None = None
    if "aircraft_types" not in files.faulty:
        types = set()
        for line, kind in files.of("aircraft_types"):
            files.basis("aircraft_types", line, kind.basis)
            types.update(name.strip() for name in kind.stands_for.split(";"))
            types.update((kind.id, kind.name))
    for line, unit in files.of("air_units"):
        files.known(
            "air_units",
            line,
            "parent_id",
            unit.parent_id,
            "formations.csv",
            formations,
            "a formation",
        )
        files.known(
            "air_units",
            line,
            "aircraft_type",
            unit.aircraft_type,
            "aircraft_types.csv",
            types,
            "a type",
        )
        files.known(
            "air_units", line, "base_id", unit.base_id, "airfields.csv", bases, "a field or box"
        )
        _rebasings(files, line, unit, bases)


def _rebasings(files: Files, line: int, unit: Any, bases: dict[str, Any] | None) -> None:
    last = files.first_day - timedelta(days=1)
    for part in unit.rebasings.split(";"):
        if not part.strip():
            continue
        day_text, _, place = part.partition(":")
        try:
            day = date.fromisoformat(day_text.strip())
        except ValueError:
            what = f"is not date:place ({unit.id}); write 1944-05-01:liangshan-airfield"
            files.say("air_units", line, "rebasings", part, what)
            continue
        if day < last:
            files.say("air_units", line, "rebasings", part, "is not in the order of dates")
        last = day
        files.known(
            "air_units",
            line,
            "rebasings",
            place.strip(),
            "airfields.csv",
            bases,
            "a field or box",
        )
