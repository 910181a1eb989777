"""The check of what is told beside the forces: cities, route, mechanisms, objectives."""

import re
from typing import Any

from tairiku.base.dates import parse_edtf
from tairiku.check.reading import Files

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def check_stories(files: Files) -> None:
    """Add what is wrong with cities, route, provinces, road states, mechanisms, objectives."""
    places, hexes = files.ids("places"), files.ids("hexes", "hex")
    for line, city in files.of("cities"):
        files.basis("cities", line, city.basis)
        if files.known("cities", line, "place_id", city.place_id, "places.csv", places, "a place"):
            _is_city(files, line, city, places, hexes)
        if city.key_place_id:
            files.known(
                "cities", line, "key_place_id", city.key_place_id, "places.csv", places, "a place"
            )
    files.unique("route", "order")
    for line, point in files.of("route"):
        files.basis("route", line, point.basis)
        known = files.known(
            "route", line, "place_id", point.place_id, "places.csv", places, "a place"
        )
        if known and places is not None and places[point.place_id].hex is None:
            files.say("route", line, "place_id", point.place_id, "lies off the map")
    for table in ("provinces", "road_states"):
        for line, row in files.of(table):
            files.basis(table, line, row.basis)
    _mechanisms(files)
    _objectives(files, places)


def _is_city(files: Files, line: int, city: Any, places: Any, hexes: Any) -> None:
    if places is None or hexes is None:
        return
    at = places[city.place_id].hex
    cell = hexes.get(str(at))
    if cell is None or cell.city_level < 2:
        what = "is not in a hex with a county seat or more; name a city of the map"
        files.say("cities", line, "place_id", city.place_id, what)


def _mechanisms(files: Files) -> None:
    """A mechanism is simulated and can be switched off, or has the reason why it is not."""
    files.unique("mechanisms")
    # a scenario with parameters of its own keeps the table of its parent
    tables = [files.paths.get(name) for name in ("mechanisms", "parameters")]
    together = "parameters" not in files.faulty and len({p and p.parent for p in tables}) == 1
    switches: dict[str, list[str]] = {}
    for name, parameter in files.parameters.items():
        for mechanism in parameter.mechanisms if parameter.neutral is not None else ():
            switches.setdefault(mechanism, []).append(name)
    for line, row in files.of("mechanisms"):
        if row.status == "simulated" and row.reason:
            files.say("mechanisms", line, "reason", row.reason, "is given for what is simulated")
        elif row.status != "simulated" and not row.reason:
            files.say("mechanisms", line, "reason", row.id, "has none; say why it is not simulated")
        if not together:
            continue
        off = "; ".join(sorted(switches.get(row.id, [])))
        if off != row.parameters:
            what = f"should be '{off}'; run tools/build_scenario.py"
            files.say("mechanisms", line, "parameters", row.parameters, what)
        elif (row.status == "simulated") != bool(off):
            what = "cannot be switched off" if not off else "has a switch but is not simulated"
            files.say("mechanisms", line, "status", row.id, what)


def _objectives(files: Files, places: Any) -> None:
    files.unique("objectives")
    for line, row in files.of("objectives"):
        files.basis("objectives", line, row.basis)
        if row.kind == "place":
            files.known(
                "objectives", line, "place_id", row.place_id, "places.csv", places, "a place"
            )
            _dates(files, line, row)
        else:
            _numbers(files, line, row)


def _dates(files: Files, line: int, row: Any) -> None:
    spans = {}
    for name in ("de", "zh", "low", "best", "high"):
        text = getattr(row, name)
        if text:
            try:
                spans[name] = parse_edtf(text)
            except ValueError as error:
                files.say("objectives", line, name, text, str(error))
    if {"low", "high"} <= set(spans) and spans["high"].last < spans["low"].first:
        files.say("objectives", line, "high", row.high, f"lies before low {row.low}")


def _numbers(files: Files, line: int, row: Any) -> None:
    values = {}
    for name in ("de", "zh", "low", "best", "high"):
        text = getattr(row, name)
        if text and not _NUMBER.fullmatch(text):
            files.say("objectives", line, name, text, "is not a number; write digits")
        elif text:
            values[name] = float(text)
    if {"low", "best", "high"} <= set(values):
        if not values["low"] <= values["best"] <= values["high"]:
            what = f"is not between low {row.low} and high {row.high} ({row.id}); order them"
            files.say("objectives", line, "best", row.best, what)
