"""The stories of the texts side by side, day by day, with the days by which they differ."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from tairiku.record.edtf import Days, parse_days
from tairiku.record.load import Record
from tairiku.record.models import Claim
from tairiku.record.values import days

# what a story consists of; plans, orders of battle and books cited are not of it
TOLD = (
    "combat",
    "movement",
    "capture",
    "casualty",
    "date",
    "air",
    "command_decision",
    "atrocity",
    "civilian",
    "weather",
    "logistics",
    "politics",
)
_APART = ("work-cited", "name", "aim", "superior", "post", "commander", "parent-operation")
WIDEST = 31  # what is told of more days than a month stands on no day of the story [days]


@dataclass(frozen=True, slots=True)
class Gap:
    """One event that several texts date: their claims, and the days from the first to the last."""

    subject: str
    property: str
    scope: str
    claims: dict[str, Claim]  # by source
    days: int


@dataclass(frozen=True, slots=True)
class Day:
    """What each text tells of a day, or of a time that begins with it."""

    day: date
    claims: dict[str, list[Claim]] = field(default_factory=dict)  # by source
    gaps: list[Gap] = field(default_factory=list)


def timeline(
    record: Record,
    claims: Iterable[Claim] | None = None,
    first: date | None = None,
    last: date | None = None,
) -> list[Day]:
    """Return the days of which a text tells something, in order.

    Parameters
    ----------
    record
        The record.
    claims
        Only these claims; all if None.
    first, last
        Only these days.
    """
    chosen = list(record.claims.values() if claims is None else claims)
    texts = [c for c in chosen if record.sources[record.source_of[c.id]].kind == "text"]
    found: dict[date, Day] = {}
    for claim in texts:
        if claim.kind not in TOLD or claim.property in _APART or not claim.date:
            continue
        span = parse_days(claim.date)
        if not _narrow(span) or span.first is None:
            continue
        day = found.setdefault(span.first, Day(span.first))
        day.claims.setdefault(record.source_of[claim.id], []).append(claim)
    for gap in gaps(record, texts):
        begins = [days(c).first for c in gap.claims.values()]
        day_ = min(begin for begin in begins if begin is not None)
        found.setdefault(day_, Day(day_)).gaps.append(gap)
    within = (
        day for day in found if (first is None or first <= day) and (last is None or day <= last)
    )
    return [found[day] for day in sorted(within)]


def gaps(record: Record, claims: Iterable[Claim]) -> list[Gap]:
    """Return the events that more than one text dates, with the days between their dates.

    Of several claims of one text the one that leaves fewest days open counts.
    """
    lots: dict[tuple[str, str, str], dict[str, Claim]] = {}
    for claim in claims:
        if record.properties[claim.property].value_type != "date":
            continue
        if not record.properties[claim.property].single or not _narrow(days(claim)):
            continue
        lot = lots.setdefault((claim.subject, claim.property, claim.scope), {})
        source = record.source_of[claim.id]
        if source not in lot or _width(days(claim)) < _width(days(lot[source])):
            lot[source] = claim
    found = []
    for (subject, property_, scope), lot in lots.items():
        if len(lot) > 1:
            spans = [days(c) for c in lot.values()]
            most = max(abs(a.gap(b)) for a in spans for b in spans)
            found.append(Gap(subject, property_, scope, lot, most))
    return found


def _narrow(span: Days) -> bool:
    return _width(span) <= WIDEST


def _width(span: Days) -> int:
    if span.first is None or span.last is None:
        return 100_000
    return (span.last - span.first).days + 1
