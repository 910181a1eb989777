"""The places of the record in the Linked Places format, with what is attested of each.

Linked Places is GeoJSON that is JSON-LD as well.  Beside what the format knows (names, types,
geometry, relations, all with their sources) every claim at a place stands under ``attestations``,
a member of our own that other readers pass over.
"""

import csv
import json
from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import quote

from tairiku.base.files import DATA
from tairiku.base.names import LANGUAGES
from tairiku.record.entities import Entity
from tairiku.record.load import Record
from tairiku.record.models import Claim, parts_of
from tairiku.record.tables import places_of

# what stands before ids that nobody has given a permanent address
BASE = "urn:tairiku:"

_LANGUAGE = {"en": "en", "de": "de", "zht": "zh-Hant", "zhs": "zh-Hans", "ja": "ja"}
_CERTAINTY = {"high": "certain", "medium": "less-certain", "low": "uncertain"}
_ABROAD = ("Indochina", "(outside)", "Hong Kong", "Macau")


def address(base: str, kind: str, id_: str, part: str = "") -> str:
    """Return the address of a thing of the record.

    >>> address("urn:tairiku:", "claim", "DE-012")
    'urn:tairiku:claim/DE-012'
    """
    fragment = f"#{quote(part)}" if part else ""
    return f"{base}{kind}/{quote(id_, safe='@')}{fragment}"


def locate(record: Record, id_: str) -> tuple[float, float, bool] | None:
    """Return longitude and latitude of a place, and whether they are its own.

    A place that only a text names stands where the map's place near it is; None where neither is
    known.
    """
    entity = record.entities.get(id_)
    if entity is None or entity.type not in ("place", "box"):
        return None
    if "lon" in entity.detail:
        return float(entity.detail["lon"]), float(entity.detail["lat"]), True
    near = record.entities.get(entity.detail.get("near_place_id", ""))
    if near is None or "lon" not in near.detail:
        return None
    return float(near.detail["lon"]), float(near.detail["lat"]), False


@cache
def _types() -> dict[str, dict[str, str]]:
    with (DATA / "record" / "place_types.csv").open(encoding="utf-8", newline="") as file:
        return {row["kind"]: row for row in csv.DictReader(file)}


def when(date: str) -> dict[str, Any] | None:
    """Return a date in EDTF as the timespan of the format; None for no date.

    >>> when("1944-05-24/..")
    {'timespans': [{'start': {'in': '1944-05-24'}, 'end': {'earliest': '1944-05-24'}}]}
    """
    if not date:
        return None
    first, _, last = date.partition("/")
    if first == "..":
        span = {"start": {"latest": last}, "end": {"in": last}}
    elif last == "..":
        span = {"start": {"in": first}, "end": {"earliest": first}}
    elif last:
        span = {"start": {"in": first}, "end": {"in": last}}
    else:
        span = {"start": {"in": first}}
    return {"timespans": [span]}


def linked_places(record: Record, base: str = BASE) -> dict[str, Any]:
    """Return the places that claims name as one FeatureCollection in Linked Places format.

    Parameters
    ----------
    record
        The record.
    base
        What stands before the ids of claims, places and sources to make addresses of them.
    """
    there: dict[str, list[Claim]] = {}
    for claim in record.claims.values():
        for place in places_of(record, claim):
            there.setdefault(place, []).append(claim)
    context = json.loads((DATA / "record" / "context.jsonld").read_text(encoding="utf-8"))
    return {
        "type": "FeatureCollection",
        "@context": {**context["@context"], "rec": f"{base}term/"},
        "features": [
            _feature(record, record.entities[id_], there[id_], base) for id_ in sorted(there)
        ],
    }


def _feature(record: Record, place: Entity, claims: list[Claim], base: str) -> dict[str, Any]:
    detail = place.detail
    kind = "box" if place.type == "box" else detail.get("kind", "region")
    type_ = _types().get(kind, _types()["region"])
    properties: dict[str, Any] = {"title": place.name, "fclasses": [type_["fclass"]]}
    if detail.get("province") and detail["province"] not in _ABROAD:
        properties["ccodes"] = ["CN"]
    found: dict[str, Any] = {
        "@id": address(base, "place", place.id),
        "type": "Feature",
        "properties": properties,
        "names": _names(place, base),
        "types": [
            {
                "identifier": f"aat:{type_['aat']}",
                "label": type_["label"],
                "sourceLabels": [{"label": kind, "lang": "en"}],
            }
        ],
        "geometry": {"type": "GeometryCollection", "geometries": _points(record, place)},
    }
    relations = _relations(record, claims, base)
    if relations:
        found["relations"] = relations
    found["attestations"] = [_attestation(record, claim, base) for claim in claims]
    return found


def _points(record: Record, place: Entity) -> list[dict[str, Any]]:
    point = locate(record, place.id)
    if point is None:
        return []
    lon, lat, own = point
    certainty = _CERTAINTY.get(place.detail.get("confidence", "high"), "certain")
    if not own or place.type == "box":
        certainty = "uncertain"
    return [{"type": "Point", "coordinates": [lon, lat], "certainty": certainty}]


def _names(place: Entity, base: str) -> list[dict[str, Any]]:
    own = place.detail.get("hex") or place.detail.get("lon")
    where = ("map/places", "the map's gazetteer") if own else ("record/places", "the record")
    cited = [{"@id": f"{base}{where[0]}", "label": f"Tairiku, {where[1]}"}]
    columns = ("name", "name_de", "name_zht", "name_zhs", "name_ja")
    found = []
    for column, language in zip(columns, LANGUAGES, strict=True):
        if getattr(place, column):
            name = {"toponym": getattr(place, column), "lang": _LANGUAGE[language]}
            found.append({**name, "citations": cited})
    return found + [{"toponym": name} for name in place.alt_names]


def _relations(record: Record, claims: Iterable[Claim], base: str) -> list[dict[str, Any]]:
    """The events that the claims place here, each with the claims that say so."""
    events: dict[str, list[Claim]] = {}
    for claim in claims:
        if record.entities[claim.subject].type == "event":
            events.setdefault(claim.subject, []).append(claim)
    found = []
    for id_, saying in events.items():
        event = record.entities[id_]
        relation: dict[str, Any] = {
            "relationType": "crm:P7i_witnessed",
            "relationTo": address(base, "entity", id_),
            "label": event.name,
        }
        date = when(event.detail.get("date", ""))
        if date:
            relation["when"] = date
        relation["citations"] = [
            {"@id": address(base, "claim", claim.id), "label": claim.id} for claim in saying
        ]
        found.append(relation)
    return found


def _attestation(record: Record, claim: Claim, base: str) -> dict[str, Any]:
    source = record.sources[record.source_of[claim.id]]
    entities = record.properties[claim.property].value_type == "entity"
    value: Any = claim.value
    if entities:
        value = [{"@id": address(base, "entity", id_)} for id_ in parts_of(claim.value)]
    cells = {
        "@id": address(base, "claim", claim.id),
        "@type": "prov:Entity",
        "label": claim.statement,
        "subject": address(base, "entity", claim.subject),
        "property": address(base, "term", claim.property),
        "side": claim.side,
        "value": value,
        "valueTo": claim.value_to,
        "bound": claim.bound,
        "unit": claim.unit,
        "scope": claim.scope,
        "when": when(claim.date),
        "source": address(base, "source", source.id),
        "citations": [
            {
                "@id": address(base, "source", source.id, part),
                "label": f"{source.title}, {part}",
            }
            for part in parts_of(claim.locator)
        ],
        "certainty": _CERTAINTY[claim.confidence],
    }
    return {name: cell for name, cell in cells.items() if cell}
