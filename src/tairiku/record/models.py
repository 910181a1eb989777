"""The rows of the record: sources, works, properties, subjects and claims (docs/record.md)."""

import builtins
import re
from typing import Literal

from pydantic import Field, field_validator

from tairiku.base.tables import Row
from tairiku.record.edtf import parse_days

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

SUBJECT_TYPES = ("event", "plan", "thing", "side", "group")
CLAIM_ID = re.compile(r"[A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9_.]+)+")
SOURCE_ID = re.compile(r"[a-z][a-z0-9-]*")


class Claim(Row):
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

    @field_validator("id")
    @classmethod
    def _id(cls, value: str) -> str:
        if not CLAIM_ID.fullmatch(value):
            raise ValueError("is no claim id; write capitals, a hyphen and a number, like DE-001")
        return value

    @field_validator("date")
    @classmethod
    def _date(cls, value: str) -> str:
        parse_days(value)
        return value

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


class Source(Row):
    """The head of a source: what it is, how far it is trusted, which file holds its text."""

    id: str
    title: str
    title_de: str = ""
    title_zht: str = ""
    title_zhs: str = ""
    title_ja: str = ""
    language: str
    kind: Literal["text", "compiled"] = "text"
    standing: int = Field(ge=1, le=9)  # 1 is best; where claims collide the better standing leads
    licence: str = ""
    document: str = ""  # file name of the document, a hint
    sha256: str = ""
    lines: int = Field(default=0, ge=0)  # lines of the document, 0 if not told
    sentences: tuple[int, ...] = ()  # sentences of each line, where told
    note: str = ""

    @field_validator("id")
    @classmethod
    def _id(cls, value: str) -> str:
        if not SOURCE_ID.fullmatch(value):
            raise ValueError("is no source id; write small letters, digits and hyphens, like zh")
        return value


class Work(Row):
    """A work that a document cites."""

    id: str
    document: str
    locator: str = ""
    work: str
    used_for: str = ""


class Property(Row):
    """What can be said of a subject: its type of value, unit, and whether there is only one."""

    id: str
    value_type: ValueType
    unit: str = ""
    dimension: str = ""
    single: bool
    description: str


class Named(Row):
    """Names in five languages; what a language lacks falls back as `tairiku.base.names` says."""

    id: str
    name: str
    name_de: str = ""
    name_zht: str = ""
    name_zhs: str = ""
    name_ja: str = ""
    alt_names: str = ""
    note: str = ""


class Subject(Named):
    """An event, plan, thing, side or group of people that claims speak of."""

    type: Literal["event", "plan", "thing", "side", "group"]
    date: str = ""
    part_of: str = ""

    @field_validator("date")
    @classmethod
    def _date(cls, value: str) -> str:
        parse_days(value)
        return value


class TextFormation(Named):
    """A formation that a text names and the scenario does not have."""

    side: str
    level: str


class TextPerson(Named):
    """A person whom a text names and the scenario does not have."""

    side: str


class TextPlace(Named):
    """A place, region or building that a text names and the map does not have."""

    kind: str
    near_place_id: str = ""


class OtherName(Row):
    """A further name of an entity, by language, for search."""

    id: str
    name: str
    language: Literal["", "en", "de", "zht", "zhs", "ja"] = ""
    note: str = ""


class FormationNames(Row):
    """Names of a formation of the scenario made by the naming rules of each language."""

    id: str
    name_de: str = ""
    name_zht: str = ""
    name_zhs: str = ""
    name_ja: str = ""
    basis: str


class Office(Row):
    """A post that a person held in a formation, with its first and last day."""

    person: str
    formation: str
    post: str
    first: str = ""
    last: str = ""
    basis: str = ""


class Correction(Row):
    """A change to one field of one claim, made after it was published, with its reason."""

    claim_id: str
    field: str
    was: str = ""
    now: str = ""
    date: str
    by: str
    reason: str

    @field_validator("date")
    @classmethod
    def _date(cls, value: str) -> str:
        parse_days(value)
        return value


class Override(Row):
    """A person's choice of a value where sources disagree, in place of the rule's."""

    subject: str
    side: str = ""
    property: str
    scope: str = ""
    value: str
    claims: str = ""
    reason: str
    by: str
