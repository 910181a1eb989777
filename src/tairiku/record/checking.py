"""What a claim must be to stand in the record: names that exist, values of the right type.

Each file's rows are first read by themselves (columns, words from a fixed list, dates that exist);
here they are held against the properties, the entities and the source's own text.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from tairiku.base.errors import Problem
from tairiku.base.hints import near
from tairiku.record.compiled import row_name
from tairiku.record.edtf import parse_days
from tairiku.record.entities import Entity
from tairiku.record.models import Claim, Property, Source, parts_of
from tairiku.record.passages import locators
from tairiku.record.values import number

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_SLUG = re.compile(r"[a-z0-9]+(?:[-./][a-z0-9]+)*")
_REPORTS = re.compile(r"[a-z-]+-reports")


@dataclass(frozen=True)
class Placed:
    """A claim with the source and the line it was read from."""

    claim: Claim
    source: Source
    file: str
    line: int


@dataclass
class Checking:
    """What is known so far while the sources are read, and what was found wrong."""

    properties: dict[str, Property]
    entities: dict[str, Entity]
    problems: list[Problem]
    claims: dict[str, Placed] = field(default_factory=dict)

    def known(
        self, file: str, line: int, name: str, value: str, known: Collection[str], what: str
    ) -> bool:
        """Add a problem unless ``value`` is known; says whether it is."""
        if value in known:
            return True
        self.problems.append(Problem(file, line, name, value, f"is no {what}{near(value, known)}"))
        return False

    def value(self, file: str, line: int, name: str, value: str, property_: str) -> None:
        """Add a problem unless a value is one of its property's type."""
        kind = self.properties[property_].value_type
        fault = ""
        try:
            if kind == "number":
                number(value)
            elif kind == "date":
                parse_days(value)
        except ValueError as error:
            fault = str(error).removeprefix(f"'{value}' ")
        if kind == "yes-no" and value not in ("yes", "no"):
            fault = "is neither yes nor no; write one of them"
        elif kind == "time" and not _TIME.fullmatch(value):
            fault = "is no time of day; write hours and minutes, such as 05:30"
        elif kind == "term" and property_ != "name" and not _SLUG.fullmatch(value):
            fault = "is no term; write small letters, digits and hyphens, such as break-through"
        elif kind == "entity":
            for part in parts_of(value):
                self.known(file, line, name, part, self.entities, "id of the record")
        if fault:
            fault = f"{fault} (a {property_} is a {kind})"
            self.problems.append(Problem(file, line, name, value, fault))


def check_claim(claim: Claim, source: Source, file: str, line: int, checking: Checking) -> None:
    """Add a claim to those known, and what is wrong with it to the problems."""
    problems, entities = checking.problems, checking.entities
    taken = checking.claims.get(claim.id)
    if taken is not None:
        where = f"line {taken.line}" if taken.file == file else f"{taken.file}:{taken.line}"
        what = f"stands already in {where}; give it another id"
        problems.append(Problem(file, line, "id", claim.id, what))
    else:
        checking.claims[claim.id] = Placed(claim, source, file, line)
    _check_locator(claim, source, file, line, problems)
    what = "property of properties.csv"
    if checking.known(file, line, "property", claim.property, checking.properties, what):
        _check_value(claim, file, line, checking)
    what = "id of the record; add it to subjects, formations, people or places.csv"
    checking.known(file, line, "subject", claim.subject, entities, what)
    for actor in claim.others:
        checking.known(file, line, "actors", actor, entities, what)
    for place in claim.places:
        found = entities.get(place)
        if found is None or found.type not in ("place", "box"):
            places = [e.id for e in entities.values() if e.type in ("place", "box")]
            what = "place of the map or of places.csv"
            checking.known(file, line, "place", place, set(places), what)
    for reporter in claim.reporters:
        if not _REPORTS.fullmatch(reporter):
            what = "id of the record; name a work, person or formation, or write japanese-reports"
            checking.known(file, line, "reporter", reporter, entities, what)


def _check_value(claim: Claim, file: str, line: int, checking: Checking) -> None:
    checking.value(file, line, "value", claim.value, claim.property)

    def say(name: str, value: str, what: str) -> None:
        checking.problems.append(Problem(file, line, name, value, f"{what} ({claim.id})"))

    if claim.bound == "range" and not claim.value_to:
        say("value_to", "", "is missing; a range has two ends")
    elif claim.value_to and claim.bound != "range":
        say("bound", claim.bound, "goes with one value only; write range, or empty value_to")
    elif claim.value_to:
        before = len(checking.problems)
        checking.value(file, line, "value_to", claim.value_to, claim.property)
        kind = checking.properties[claim.property].value_type
        if kind == "number" and len(checking.problems) == before and _runs_down(claim):
            say("value_to", claim.value_to, f"is less than value {claim.value}; exchange them")


def _runs_down(claim: Claim) -> bool:
    try:
        return number(claim.value_to) < number(claim.value)
    except ValueError:
        return False


def _check_locator(
    claim: Claim, source: Source, file: str, line: int, problems: list[Problem]
) -> None:
    try:
        if source.kind == "compiled":
            row_name(claim.locator)
            return
        passages = locators(claim.locator)
    except ValueError as error:
        what = str(error).removeprefix(f"'{claim.locator}' ")
        problems.append(Problem(file, line, "locator", claim.locator, what))
        return
    for number_, sentence in passages:
        what = ""
        if source.lines and not 1 <= number_ <= source.lines:
            what = f"lies beyond the text; {source.id} has {source.lines} lines"
        elif sentence is not None and number_ <= len(source.sentences):
            there = source.sentences[number_ - 1]
            if not 1 <= sentence <= there:
                what = f"lies beyond the line; line {number_} of {source.id} has {there} sentences"
        if what:
            problems.append(Problem(file, line, "locator", claim.locator, what))


def check_parts(checking: Checking) -> None:
    """Add a problem for every claim that is part of one that is not there, or of itself."""
    for placed in checking.claims.values():
        whole, claim = placed.claim.part_of, placed.claim
        if not whole:
            continue
        what = ""
        if whole == claim.id:
            what = "is the claim itself; name the claim of the total"
        elif whole not in checking.claims:
            what = f"is no claim of the record{near(whole, checking.claims)}"
        elif checking.claims[whole].source.id != placed.source.id:
            what = f"is a claim of another source; a sum adds up within {placed.source.id}"
        if what:
            problems = checking.problems
            problems.append(Problem(placed.file, placed.line, "part_of", whole, what))
