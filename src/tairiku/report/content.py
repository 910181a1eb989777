"""What the page names: places, formations, fields, boxes, and the run beside history."""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tairiku.base.dates import day_of, parse_edtf
from tairiku.base.names import LANGUAGES, name_in
from tairiku.base.projection import Albers
from tairiku.figures.ground import bounds_of
from tairiku.report.tables import Season
from tairiku.scenario.load import Scenario
from tairiku.scenario.mapdata import MapData

SIZES = {"metropolis": 5, "large city": 4, "city": 3, "county seat": 2}
BOX_MARGIN = 34.0  # boxes lie so far outside the edge of the map [km]


def names_of(row: Any) -> list[str]:
    """The names of a row in the five languages, in the order of `LANGUAGES`.

    A Japanese name that is only a reading in Latin letters gives way to the characters.
    """
    names = [name_in(row, language) for language in LANGUAGES]
    if names[4].isascii() or not any(ord(letter) >= 0x3000 for letter in names[4]):
        names[4] = name_in(row, "zht")
    return names


def albers_of(world: MapData) -> Albers:
    """The projection of a map."""
    p = world.projection
    return Albers(p.lat_1, p.lat_2, p.lat_0, p.lon_0, p.radius_km)


def places(world: MapData) -> list[dict[str, Any]]:
    """The gazetteer within the map: names, kind, size, hex, point in the plane, basis."""
    albers = albers_of(world)
    found = []
    for place in world.places:
        if place.hex is None or place.kind == "airfield":
            continue
        x, y = albers.forward(place.lon, place.lat)
        found.append(
            {
                "id": place.id,
                "names": names_of(place),
                "alt": ";".join(part for part in (place.alt_names, place.name_ja) if part),
                "kind": place.kind,
                "size": SIZES.get(place.size_1944, 1),
                "walled": place.walled == "yes",
                "people": place.population,
                "province": place.province,
                "hex": place.hex,
                "x": round(x, 1),
                "y": round(y, 1),
                "basis": place.basis,
            }
        )
    return found


def fields(world: MapData) -> list[dict[str, Any]]:
    """Every airfield in the order of its file, so that an event's number names it."""
    albers = albers_of(world)
    found = []
    for field in world.airfields:
        x, y = albers.forward(field.lon, field.lat)
        local = field.name_zht or field.name
        found.append(
            {
                "id": field.id,
                "names": [field.name, field.name, local, local, local],
                "hex": field.hex,
                "x": round(x, 1),
                "y": round(y, 1),
                "operator": field.operator,
                "takes": field.can_take,
                "basis": field.basis,
            }
        )
    return found


def boxes(world: MapData) -> list[dict[str, Any]]:
    """The off-map boxes, each set just outside the edge it lies behind."""
    albers = albers_of(world)
    west, south, east, north = bounds_of(world.grid)
    mid_x, mid_y = (west + east) / 2.0, (south + north) / 2.0
    half_x, half_y = (east - west) / 2.0 + BOX_MARGIN, (north - south) / 2.0 + BOX_MARGIN
    found = []
    for box in world.boxes:
        x, y = albers.forward(box.lon, box.lat)
        dx, dy = x - mid_x, y - mid_y
        reach = max(abs(dx) / half_x, abs(dy) / half_y, 1e-9)
        found.append(
            {
                "id": box.id,
                "names": names_of(box),
                "x": round(mid_x + dx / reach, 1),
                "y": round(mid_y + dy / reach, 1),
                "side": box.side,
                "about": box.stands_for,
                "basis": box.basis,
            }
        )
    _spread(found)
    return found


def _spread(found: list[dict[str, Any]], gap: float = 130.0) -> None:
    """Push boxes that share an edge apart along it, so that their counters do not overlap."""
    for along, across in (("y", "x"), ("x", "y")):
        for edge, count in Counter(box[across] for box in found).items():
            if count > 1:
                group = sorted((b for b in found if b[across] == edge), key=lambda b: b[along])
                for before, after in itertools.pairwise(group):
                    after[along] = round(max(after[along], before[along] + gap), 1)


def formations(scenario: Scenario, season: Season) -> list[dict[str, Any]]:
    """The order of battle: the run's units first, in the season's order, then headquarters.

    A group detached from a unit has the names of that unit and its own mark.
    """
    units = {unit.id: unit for unit in scenario.units}
    known = scenario.formation
    found = []
    for index, unit_id in enumerate(season.units):
        origin = unit_id if unit_id in units else _origin(unit_id, units)
        formation, unit = known.get(origin), units.get(origin)
        mark = "" if origin == unit_id else unit_id[len(origin) :].strip("-/:. ")
        names = names_of(formation) if formation is not None else [unit_id] * len(LANGUAGES)
        found.append(
            {
                "id": unit_id,
                "names": [f"{name} ({mark})" if mark else name for name in names],
                "side": season.side[index],
                "force": season.force[index],
                "level": ("regiment" if mark else formation.level) if formation else "",
                "kind": unit.type if unit is not None else "infantry",
                "of": origin if mark else "",
                "full": unit.men_best if unit is not None and not mark else 0,
                "basis": unit.basis if unit is not None else "",
                "note": unit.quality_reason if unit is not None else "",
            }
        )
    there = set(season.units)
    for formation in scenario.formations:
        if formation.id not in there:
            side = "japan" if formation.side in ("japan", "puppet") else "china"
            found.append(
                {
                    "id": formation.id,
                    "names": names_of(formation),
                    "side": side,
                    "force": formation.side,
                    "level": formation.level,
                    "kind": "",
                    "of": "",
                    "full": 0,
                    "basis": "",
                    "note": "",
                }
            )
    return found


def _origin(unit_id: str, units: Mapping[str, Any]) -> str:
    """The unit a detached group comes from: the longest id that its own begins with."""
    return max((u for u in units if unit_id.startswith(u)), key=len, default=unit_id)


def command(scenario: Scenario) -> list[list[Any]]:
    """Who commands whom: [formation, superior, first day or null, last day or null, attached]."""
    first = scenario.first_day
    return [
        [
            row.formation_id,
            row.superior_id,
            None if row.from_date is None else day_of(row.from_date, first),
            None if row.to_date is None else day_of(row.to_date, first),
            int(row.kind == "attached"),
        ]
        for row in scenario.command
    ]


def leaders(scenario: Scenario) -> list[dict[str, Any]]:
    """Who led what, and from when to when, in campaign days."""
    first = scenario.first_day
    return [
        {
            "name": row.name,
            "local": row.name_local,
            "of": row.formation_id,
            "post": row.post,
            "from": None if row.from_date is None else day_of(row.from_date, first),
            "to": None if row.to_date is None else day_of(row.to_date, first),
            "style": row.style,
            "basis": row.basis,
        }
        for row in scenario.leaders
    ]


def span(text: str, first: date) -> list[int] | None:
    """First and last campaign day that a source's date may mean; None where it gives none.

    >>> span("1944-05-24/1944-05-25", date(1944, 4, 17))
    [37, 38]
    """
    if not text:
        return None
    try:
        read = parse_edtf(text)
    except ValueError:
        return None
    return [day_of(read.first, first), day_of(read.last, first)]


def beside(places_told: Iterable[Mapping[str, Any]], first: date) -> list[dict[str, Any]]:
    """The scored places of a summary with each source's date as campaign days.

    ``disputed`` is true where the two documents name days that do not overlap.
    """
    found = []
    for place in places_told:
        de, zh = span(place["de"], first), span(place["zh"], first)
        best = span(place["best"], first) or span(place["low"], first)
        disputed = bool(de and zh and (de[1] < zh[0] or zh[1] < de[0]))
        found.append(
            {
                **place,
                "de_days": de,
                "zh_days": zh,
                "best_days": best,
                "disputed": disputed,
            }
        )
    return found


def names_by_id(scenario: Scenario) -> dict[str, dict[str, Any]]:
    """Depots and air units by id: their name and where they are."""
    return {
        "depots": {d.id: {"name": d.name, "place": d.place_id} for d in scenario.depots},
        "air_units": {
            a.id: {"name": a.name, "type": a.type, "side": a.side} for a in scenario.air_units
        },
    }
