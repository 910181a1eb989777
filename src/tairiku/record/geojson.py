"""Dated claims at places as GeoJSON (RFC 7946), for any map."""

from typing import Any

from tairiku.record import values
from tairiku.record.edtf import parse_days
from tairiku.record.linked_places import locate
from tairiku.record.load import Record
from tairiku.record.models import Claim
from tairiku.record.names import name_of
from tairiku.record.tables import places_of


def geojson(record: Record, language: str = "en") -> dict[str, Any]:
    """Return a feature for every dated claim that has a place on the map.

    The geometry is a point, or several where a claim names several places.
    ``placed`` says how well it is known: ``exact`` the place itself, ``near`` a place beside it,
    ``box`` the nominal middle of a region off the map.

    Parameters
    ----------
    record
        The record.
    language
        Language of names.
    """
    found = (_feature(record, c, language) for c in record.claims.values() if c.date)
    return {"type": "FeatureCollection", "features": [f for f in found if f is not None]}


def _feature(record: Record, claim: Claim, language: str) -> dict[str, Any] | None:
    points: list[list[float]] = []
    names, placed = [], "exact"
    for id_ in places_of(record, claim):
        point = locate(record, id_)
        if point is None:
            continue
        names.append(name_of(record, id_, language))
        if [point[0], point[1]] not in points:
            points.append([point[0], point[1]])
        if record.entities[id_].type == "box":
            placed = "box"
        elif not point[2] and placed == "exact":
            placed = "near"
    if not points:
        return None
    one = len(points) == 1
    return {
        "type": "Feature",
        "id": claim.id,
        "geometry": {
            "type": "Point" if one else "MultiPoint",
            "coordinates": points[0] if one else points,
        },
        "properties": _properties(record, claim, language)
        | {"places": "; ".join(names), "placed": placed},
    }


def _properties(record: Record, claim: Claim, language: str) -> dict[str, Any]:
    when = parse_days(claim.date)
    low = high = None
    if record.properties[claim.property].value_type == "number":
        interval = values.interval(claim)
        low, high = interval.low, interval.high
    source = record.sources[record.source_of[claim.id]]
    return {
        "source": source.id,
        "standing": source.standing,
        "locator": claim.locator,
        "kind": claim.kind,
        "subject": claim.subject,
        "subject_name": name_of(record, claim.subject, language),
        "side": claim.side or None,
        "property": claim.property,
        "value": claim.value,
        "low": low,
        "high": high,
        "unit": claim.unit or None,
        "date": claim.date,
        "first_day": when.first.isoformat() if when.first else None,
        "last_day": when.last.isoformat() if when.last else None,
        "statement": claim.statement,
    }
