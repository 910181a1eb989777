"""The record as the rules look at it: claims by subject and property, places, chains, events."""

import re
import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import Any

from tairiku.base.errors import DataError, Problem
from tairiku.base.files import shown
from tairiku.base.names import name_in
from tairiku.record import values
from tairiku.record.conflicts.topics import Topics
from tairiku.record.edtf import Days, parse_days
from tairiku.record.load import FOLDER, Record
from tairiku.record.models import Claim, parts_of
from tairiku.record.values import Interval

EARTH_KM = 6371.0
ANY_DAY = Days(None, None)
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")


class Evidence:
    """A record with what the rules ask of it, each worked out once."""

    def __init__(self, record: Record, language: str = "en") -> None:
        self.record = record
        self.language = language
        self.rules = _rules(record)
        self.topics = Topics(record)
        self.source = record.source_of
        self.kind = {id_: source.kind for id_, source in record.sources.items()}
        self.claims = list(record.claims.values())
        self.texts = [c for c in self.claims if self.is_text(c)]
        self._when: dict[str, Days] = {}
        self._chain: dict[str, frozenset[str]] = {}

    # claims

    def is_text(self, claim: Claim) -> bool:
        """Whether the claim is of a document, not of compiled tables."""
        return self.kind[self.source[claim.id]] == "text"

    @cached_property
    def by_matter(self) -> dict[tuple[str, str], list[Claim]]:
        """Claims by subject and property, of those subjects that a text speaks of so."""
        told = {(c.subject, c.property) for c in self.texts}
        found: dict[tuple[str, str], list[Claim]] = {}
        for claim in self.claims:
            if (claim.subject, claim.property) in told:
                found.setdefault((claim.subject, claim.property), []).append(claim)
        return found

    @cached_property
    def of_property(self) -> dict[str, list[Claim]]:
        """Claims of texts by property."""
        found: dict[str, list[Claim]] = {}
        for claim in self.texts:
            found.setdefault(claim.property, []).append(claim)
        return found

    def said(self, subject: str, property_: str) -> list[Claim]:
        """Claims of texts, and of tables where a text speaks too, of a property of a subject."""
        return self.by_matter.get((subject, property_), [])

    @cached_property
    def compiled(self) -> dict[tuple[str, str], list[Claim]]:
        """Claims of compiled tables by subject and property."""
        found: dict[tuple[str, str], list[Claim]] = {}
        for claim in self.claims:
            if not self.is_text(claim):
                found.setdefault((claim.subject, claim.property), []).append(claim)
        return found

    def type_of(self, property_: str) -> str:
        """The type of a property's value: number, date, entity ..."""
        return self.record.properties[property_].value_type

    def name(self, id_: str) -> str:
        """The name of an entity in the language of the report."""
        entity = self.record.entities.get(id_)
        return id_ if entity is None else name_in(entity, self.language)

    # days and numbers

    def when(self, claim: Claim) -> Days:
        """The days on which the stated thing happened or held."""
        found = self._when.get(claim.id)
        if found is None:
            found = self.widened(parse_days(claim.date)) if claim.date else ANY_DAY
            self._when[claim.id] = found
        return found

    def widened(self, days: Days) -> Days:
        """Days with the reach of "about" to either side where they are so marked."""
        if not (days.approximate or days.uncertain):
            return days
        reach = timedelta(days=self.rules["reach"]["about_days"])
        first = None if days.first is None else days.first - reach
        last = None if days.last is None else days.last + reach
        return Days(first, last, days.approximate, days.uncertain, days.interval)

    def value_days(self, claim: Claim) -> Days:
        """The days that a claim with a date allows."""
        return self.widened(values.days(claim))

    def number(self, claim: Claim) -> Interval:
        """The numbers that a claim allows; a round figure stands for those around it."""
        found = values.interval(claim)
        if claim.bound not in ("about", "range"):
            half = half_digit(float(claim.value), self.rules["reach"]["round_share"])
            low = None if found.low is None else found.low - half
            high = None if found.high is None else found.high + half
            found = Interval(low, high, claim.unit)
        return found.common()

    def central(self, claim: Claim) -> float:
        """The figure itself; of a range its middle."""
        value = float(claim.value)
        return (value + float(claim.value_to)) / 2 if claim.bound == "range" else value

    # places

    @cached_property
    def _points(self) -> dict[str, tuple[float, float]]:
        found = {}
        for id_, entity in self.record.entities.items():
            if entity.type == "place" and entity.detail.get("lon"):
                found[id_] = (float(entity.detail["lon"]), float(entity.detail["lat"]))
        for id_, entity in self.record.entities.items():
            near = entity.detail.get("near_place_id", "")
            wide = entity.detail.get("kind", "") in _WIDE
            if id_ not in found and near in found and not wide:
                found[id_] = found[near]
        return found

    def point(self, place: str) -> tuple[float, float] | None:
        """Longitude and latitude of a place; None of one without, or too wide for any. [degrees]"""
        return self._points.get(place)

    def km(self, one: str, other: str) -> float | None:
        """Great-circle distance of two places, None where one has no point. [km]"""
        a, b = self.point(one), self.point(other)
        return None if a is None or b is None else great_circle(a, b)

    def nearest(self, these: Iterable[str], those: Iterable[str]) -> float | None:
        """The least distance between two lots of places. [km]"""
        found = [d for a in these for b in those if (d := self.km(a, b)) is not None]
        return min(found, default=None)

    # formations

    @cached_property
    def in_tables(self) -> list[tuple[Claim, Days]]:
        """Who was under whom by the order of battle, and when."""
        found = (c for (_, name), told in self.compiled.items() if name == "superior" for c in told)
        return [(claim, self.when(claim)) for claim in found]

    @cached_property
    def _superiors(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for claim in self.claims:
            if claim.property == "superior":
                found.setdefault(claim.subject, set()).update(parts_of(claim.value))
        for formation, above in self.rules["chain"]["also"].items():
            found.setdefault(formation, set()).add(above)
        return found

    def chain(self, formation: str) -> frozenset[str]:
        """The formation and all that it was ever under, by any source."""
        if formation not in self._chain:
            seen, new = {formation}, {formation}
            while new:
                new = {up for id_ in new for up in self._superiors.get(id_, ())} - seen
                seen |= new
            self._chain[formation] = frozenset(seen)
        return self._chain[formation]

    def related(self, one: str, other: str) -> bool:
        """Whether one formation is the other or was under it."""
        return one in self.chain(other) or other in self.chain(one)

    def level(self, formation: str) -> str:
        """The level of a formation, empty for what is none."""
        entity = self.record.entities.get(formation)
        if entity is None or entity.type != "formation":
            return ""
        return str(entity.detail.get("level", ""))

    def ordinal(self, id_: str) -> int | None:
        """The number in the English name of a formation: 21 of the 21st Division."""
        found = _ORDINAL.search(self.record.entities[id_].name)
        return int(found[1]) if found else None

    def witness(self, formation: str) -> tuple[Claim, ...]:
        """A claim of the order of battle that knows the formation for what it is."""
        return tuple(self.compiled.get((formation, "superior"), [])[:1])

    # events

    def parent(self, event: str) -> str:
        """The event of which this one is a part."""
        entity = self.record.entities.get(event)
        return str(entity.detail.get("part_of", "")) if entity is not None else ""

    @cached_property
    def events(self) -> list[str]:
        """Ids of all events."""
        return [e.id for e in self.record.entities.values() if e.type == "event"]

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for event in self.events:
            found.setdefault(self.parent(event), []).append(event)
        return found

    def children(self, event: str) -> list[str]:
        """The events that are parts of this one."""
        return self._children.get(event, [])

    def within(self, event: str) -> frozenset[str]:
        """The event and all that are parts of it, and parts of these."""
        found, new = {event}, [event]
        while new:
            new = [child for id_ in new for child in self.children(id_) if child not in found]
            found.update(new)
        return frozenset(found)


_WIDE = ("province", "region", "mountains", "island", "river")


def half_digit(value: float, share: float) -> float:
    """How far from a round figure what it stands for may lie.

    Half of its last digit that is not 0, but not more than a share of it; figures below a hundred
    are taken as counted.  A hair less, so that 12,000 and 13,000 do not meet at 12,500.

    >>> round(half_digit(12000, 0.05)), half_digit(13306, 0.05), half_digit(17, 0.05)
    (500, 0.0, 0.0)
    """
    whole = int(abs(value))
    if whole < 100 or whole != abs(value):
        return 0.0
    step = 1
    while whole % (step * 10) == 0:
        step *= 10
    return 0.0 if step == 1 else min(step / 2, whole * share) * (1 - 1e-9)


def great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance of two points given as longitude and latitude, on a sphere. [km]

    >>> round(great_circle((112.437, 34.673), (114.3, 30.6)))  # Luoyang to Wuhan
    485
    """
    (x1, y1), (x2, y2) = ((radians(x), radians(y)) for x, y in (one, other))
    half = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def width(days: Days) -> int:
    """How many days a span holds; a great many where an end is open. [days]"""
    if days.first is None or days.last is None:
        return 100_000
    return (days.last - days.first).days + 1


def overlap(one: Days, other: Days, slack: int = 0) -> bool:
    """Whether two spans meet, or miss each other by no more than some days."""
    return abs(one.gap(other)) <= slack


def day_word(day: date | None) -> str:
    """A day as in EDTF; .. for an open end."""
    return ".." if day is None else day.isoformat()


def span_word(days: Days) -> str:
    """A span as in EDTF."""
    if days.first == days.last and days.first is not None:
        return days.first.isoformat()
    return f"{day_word(days.first)}/{day_word(days.last)}"


def _rules(record: Record) -> dict[str, Any]:
    own = record.folder / "rules.toml"
    path = own if own.is_file() else FOLDER / "rules.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise DataError([Problem(shown(path), None, "", "", f"is not TOML: {error}")]) from error
