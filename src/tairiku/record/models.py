"""The rows of the record: sources, works, properties, subjects and claims (docs/record.md).

They are plain and frozen; `tairiku.record.rows` reads them from files and says what is wrong.
"""

import builtins
import re
from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any, Literal, Self

Bound = Literal["", "exact", "about", "at-least", "at-most", "more-than", "less-than", "range"]
ValueType = Literal["number", "date", "entity", "yes-no", "term", "time"]
Side = Literal["", "japan", "china", "united-states", "communist", "puppet", "allied"]
Confidence = Literal["high", "medium", "low"]
Kind = Literal[
    "plan",
    "geography",
    "outcome",
    "date",
    "objective",
    "unit",
    "strength",
    "combat",
    "casualty",
    "movement",
    "capture",
    "air",
    "command_decision",
    "logistics",
    "commander",
    "guerrilla",
    "intelligence",
    "politics",
    "civilian",
    "economy",
    "weather",
    "atrocity",
]

CLAIM_ID = re.compile(r"[A-Z][A-Za-z0-9]*-[A-Za-z0-9_.-]+")
SOURCE_ID = re.compile(r"[a-z][a-z0-9-]*")


class Plain:
    """What every row can: be had as a dict, and with some fields changed."""

    __slots__ = ()

    def as_dict(self, exclude: Collection[str] = ()) -> dict[str, Any]:
        """Return the fields by name, but for those excluded."""
        return {n: getattr(self, n) for n in columns_of(type(self)) if n not in exclude}

    def changed(self, **values: Any) -> Self:
        """Return a copy with other values; they are not checked again."""
        return type(self)(**{**self.as_dict(), **values})


def columns_of(kind: type[Plain]) -> tuple[str, ...]:
    """Return the names of a row's fields, in the order of its file."""
    return tuple(field.name for field in fields(kind))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Plain):
    """One statement of one source: what it says of a subject, where, and how it is printed.

    ``locator`` names the passage, ``value`` (to ``value_to``) is written by the type of the
    property, ``date`` is in EDTF, ``printed`` holds the figures as the passage prints them.
    """

    id: str
    locator: str
    kind: Kind
    subject: str
    side: Side = ""
    property: str
    value: str
    value_to: str = ""
    bound: Bound = ""
    unit: str = ""
    scope: str = ""
    date: str = ""
    place: str = ""
    actors: str = ""
    reporter: str = ""
    part_of: str = ""
    confidence: Confidence
    statement: str
    printed: str = ""
    note: str = ""

    @builtins.property  # the column "property" hides the plain name here
    def places(self) -> tuple[str, ...]:
        """Ids of the places where it happened."""
        return parts_of(self.place)

    @builtins.property  # the column "property" hides the plain name here
    def others(self) -> tuple[str, ...]:
        """Ids of those who took part beside the subject."""
        return parts_of(self.actors)

    @builtins.property
    def reporters(self) -> tuple[str, ...]:
        """Ids of whom the text names as reporting it; none where the text itself speaks."""
        return parts_of(self.reporter)

    @builtins.property  # the column "property" hides the plain name here
    def figures(self) -> tuple[str, ...]:
        """The figures and dates as printed."""
        return tuple(part for part in self.printed.split("|") if part)


def parts_of(text: str) -> tuple[str, ...]:
    """Return the parts of a cell that holds several, joined by ``;``.

    >>> parts_of("luoyang; zhengzhou")
    ('luoyang', 'zhengzhou')
    """
    return tuple(part.strip() for part in text.split(";") if part.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Plain):
    """The head of a source: what it is, how far it is trusted, which file holds its text."""

    id: str
    title: str
    title_de: str = ""
    title_zht: str = ""
    title_zhs: str = ""
    title_ja: str = ""
    language: str
    kind: Literal["text", "compiled"] = "text"
    standing: int  # 1 is best; where claims collide the better standing leads
    licence: str = ""
    document: str = ""  # file name of the document, a hint
    sha256: str = ""
    lines: int = 0  # lines of the document, 0 if not told
    sentences: tuple[int, ...] = ()  # sentences of each line, where told
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Plain):
    """A work that a document cites."""

    id: str
    document: str
    locator: str = ""
    work: str
    used_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Property(Plain):
    """What can be said of a subject: its type of value, unit, and whether there is only one."""

    id: str
    value_type: ValueType
    unit: str = ""
    dimension: str = ""
    single: bool
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Plain):
    """Names in five languages; what a language lacks falls back as `tairiku.base.names` says."""

    id: str
    name: str
    name_de: str = ""
    name_zht: str = ""
    name_zhs: str = ""
    name_ja: str = ""
    alt_names: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject(Named):
    """An event, plan, thing, side or group of people that claims speak of."""

    type: Literal["event", "plan", "thing", "side", "group"]
    date: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFormation(Named):
    """A formation that a text names and the scenario does not have."""

    side: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPerson(Named):
    """A person whom a text names and the scenario does not have."""

    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlace(Named):
    """A place, region or building that a text names and the map does not have."""

    kind: str
    near_place_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherName(Plain):
    """A further name of an entity, by language, for search."""

    id: str
    name: str
    language: Literal["", "en", "de", "zht", "zhs", "ja"] = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormationNames(Plain):
    """Names of a formation of the scenario made by the naming rules of each language."""

    id: str
    name_de: str = ""
    name_zht: str = ""
    name_zhs: str = ""
    name_ja: str = ""
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Plain):
    """A post that a person held in a formation, with its first and last day."""

    person: str
    formation: str
    post: str
    first: str = ""
    last: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Plain):
    """A change to one field of one claim, made after it was published, with its reason."""

    claim_id: str
    field: str
    was: str = ""
    now: str = ""
    date: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Plain):
    """A person's choice of a value where sources disagree, in place of the rule's."""

    subject: str
    side: str = ""
    property: str
    scope: str = ""
    value: str
    claims: str = ""
    reason: str
    by: str
