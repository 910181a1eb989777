"""How completely a document is covered: its figures and dates, with the claims that carry each.

A claim carries a number if it stands at that sentence with the same value, in a unit that the
words after the number allow, and prints it; it carries a date if one of its days is that date.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from tairiku.record.edtf import Days, parse_days
from tairiku.record.load import Record
from tairiku.record.models import Claim
from tairiku.record.passages import Passage, locators
from tairiku.record.printed import Figure, figures
from tairiku.record.values import number
from tairiku.record.verify import Document


@dataclass(frozen=True)
class Covered:
    """A figure of a document and the claims that carry it; none if it is not covered."""

    source: str
    locator: str
    figure: Figure
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """What a reader who did not see the claims marked in a sentence: a number or a date."""

    source: str
    locator: str
    printed: str
    value: str = ""
    unit: str = ""
    date: str = ""


def coverage(record: Record, documents: Mapping[str, Document]) -> list[Covered]:
    """Return every figure and date of the documents with the claims that carry it."""
    found = []
    for source, document in documents.items():
        near = _by_place(record.of(source))
        for passage in document.passages:
            claims = [*near.get((passage.line, passage.sentence), ())]
            claims += near.get((passage.line, None), ())
            for figure in figures(passage.text, document.source.language):
                carriers = tuple(c.id for c in claims if carries(record, c, figure))
                found.append(Covered(source, passage.locator, figure, carriers))
    return found


def recall(rows: Sequence[Covered]) -> float:
    """Return the share of figures that a claim carries; 1 if there are none."""
    return sum(bool(row.claims) for row in rows) / len(rows) if rows else 1.0


def _by_place(claims: Iterable[Claim]) -> dict[tuple[int, int | None], list[Claim]]:
    found: dict[tuple[int, int | None], list[Claim]] = {}
    for claim in claims:
        for place in locators(claim.locator):
            found.setdefault(place, []).append(claim)
    return found


def carries(record: Record, claim: Claim, figure: Figure) -> bool:
    """Return whether a claim, which stands at the figure's sentence, says what the figure says."""
    kind = record.properties[claim.property].value_type
    if figure.kind == "time":
        return kind == "time" and figure.time in (claim.value, claim.value_to)
    if figure.kind == "date" and kind == "number" and claim.unit == "days":
        # 守城4日: as many days, where the text says no month
        return figure.month is None and number(claim.value) == figure.day
    if figure.kind == "date":
        texts = [claim.date, *((claim.value, claim.value_to) if kind == "date" else ())]
        return any(_is_date(parse_days(text), figure) for text in texts if text)
    if kind != "number" or not _prints(claim, figure.text):
        return False
    if figure.units and claim.unit not in figure.units and claim.unit not in _GENERAL:
        return False
    if not figure.values:
        return True
    stated = [number(text) for text in (claim.value, claim.value_to) if text]
    return any(_equal(a, b) for a in stated for b in figure.values)


# a claim that counts something without a unit of its own
_GENERAL = ("count", "")


def _equal(a: float, b: float) -> bool:
    # two thirds may be written 66.7
    slack = 1e-9 if a.is_integer() and b.is_integer() else 0.01
    return abs(a - b) <= slack * max(abs(a), abs(b))


def _prints(claim: Claim, text: str) -> bool:
    plain = text.replace(" ", "")
    pieces = [piece.replace(" ", "") for piece in claim.figures]
    return any(plain in piece or piece in plain for piece in pieces)


def _is_date(days: Days, figure: Figure) -> bool:
    """Whether a claim's days are those of a date, whose year or month may be left to the reader."""
    ends = [end for end in (days.first, days.last) if end is not None]
    if figure.day is not None and days.first and days.last:
        # a day within some days on end is told by them: 6 and 7 May
        length = (days.last - days.first).days
        if length <= 10:
            ends = [date.fromordinal(days.first.toordinal() + i) for i in range(length + 1)]
    return any(
        (figure.year is None or figure.year == end.year)
        and (figure.month is None or figure.month == end.month)
        and (figure.day is None or figure.day == end.day)
        for end in ends
    )


def draw_sentences(
    documents: Mapping[str, Document], count: int = 60, seed: int = 1
) -> list[tuple[str, Passage]]:
    """Return sentences drawn by lot, as many from each document, for a reader to mark blind."""
    chance = Random(seed)
    each = count // max(1, len(documents))
    found: list[tuple[str, Passage]] = []
    for source, document in sorted(documents.items()):
        told = [p for p in document.passages if len(p.text) > 12 and not p.text.startswith("=")]
        drawn = chance.sample(told, min(each, len(told)))
        found += [(source, p) for p in sorted(drawn, key=lambda p: (p.line, p.sentence))]
    return found


def carriers_of(record: Record, mark: Mark) -> list[str]:
    """Return the claims that carry what a reader marked: the same value and unit, or the date."""
    wanted = set(locators(mark.locator))
    lines = {(line, None) for line, _ in wanted}
    found = []
    for claim in record.of(mark.source):
        if not (wanted | lines) & set(locators(claim.locator)):
            continue
        if (mark.date and _says_date(record, claim, mark.date)) or (
            mark.value and _says_number(record, claim, mark)
        ):
            found.append(claim.id)
    return found


def _says_date(record: Record, claim: Claim, text: str) -> bool:
    marked = parse_days(text)
    is_date = record.properties[claim.property].value_type == "date"
    texts = [claim.date, *((claim.value, claim.value_to) if is_date else ())]
    for said in (parse_days(t) for t in texts if t):
        if (said.first, said.last) == (marked.first, marked.last):
            return True
        if marked.first == marked.last and marked.first in (said.first, said.last):
            return True
    return False


def _says_number(record: Record, claim: Claim, mark: Mark) -> bool:
    kind = record.properties[claim.property].value_type
    if kind == "time":
        return mark.value in (claim.value, claim.value_to)
    if kind != "number" or (mark.unit and claim.unit not in (mark.unit, *_GENERAL)):
        return False
    stated = [number(text) for text in (claim.value, claim.value_to) if text]
    return any(_equal(value, number(mark.value)) for value in stated)
