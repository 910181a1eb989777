"""Dates out of order: one that goes back within its paragraph, one outside its event.

A narrative goes forward.  A day that lies well before the one told before it, while the next one
goes on from there, is out of order; half a month's step back with a slip of the pen ("20 June"
inside July) is of this kind.  Asides of plans, orders of battle and economy are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tairiku.record.conflicts.evidence import Evidence, width
from tairiku.record.conflicts.model import ERROR, Find
from tairiku.record.conflicts.sides import by_source
from tairiku.record.edtf import Days
from tairiku.record.models import Claim, parts_of

NARRATED = ("combat", "movement", "capture", "casualty", "date", "air", "command_decision")
_BACKGROUND = ("work-cited", "name", "aim", "superior", "commander", "post", "cause", "outcome")
_MONTH = 20  # a span wider than this is told by the month [days]
_PLACE = re.compile(r"L(\d+)(?:\.(\d+))?")


def find(evidence: Evidence) -> Iterator[Find]:
    """Yield dates that are out of order, and dates outside their event."""
    for source, claims in by_source(evidence.texts, evidence.source).items():
        if evidence.record.sources[source].kind == "text":
            yield from _out_of_order(evidence, claims)
            yield from _outside_event(evidence, claims)


@dataclass(frozen=True, slots=True)
class _Stop:
    """A day of the narrative: where it is told, the days it may mean, the claims that tell it."""

    line: int
    sentence: int
    days: Days
    claims: tuple[Claim, ...]


def _stops(evidence: Evidence, claims: list[Claim]) -> list[_Stop]:
    found: dict[tuple[int, int, str], list[Claim]] = {}
    for claim in claims:
        if claim.kind in NARRATED and claim.property not in _BACKGROUND and claim.date:
            # what stands in several passages is told at the first of them
            place = _PLACE.match(parts_of(claim.locator)[0])
            if place and width(evidence.when(claim)) <= 31:
                key = (int(place[1]), int(place[2] or 0), claim.date)
                found.setdefault(key, []).append(claim)
    stops = [
        _Stop(line, sentence, evidence.when(told[0]), tuple(told))
        for (line, sentence, _), told in found.items()
    ]
    return sorted(stops, key=lambda s: (s.line, s.sentence, s.days.first or date.min))


def _out_of_order(evidence: Evidence, claims: list[Claim]) -> Iterator[Find]:
    back = timedelta(days=evidence.rules["narration"]["back_days"])
    stops = _stops(evidence, claims)
    for i, stop in enumerate(stops[1:-1], 1):
        if width(stop.days) > 3 or stop.days.last is None:
            continue
        before = _last(stops[:i], stop)
        after = _next(stops[i + 1 :], stop)
        if before is None or after is None or before.days.first is None:
            continue
        opening = before.line != stop.line
        if stop.line not in (before.line, after.line) or (opening and width(before.days) <= _MONTH):
            continue  # the first day of a paragraph may look back
        if after.days.first is None or after.days.first < before.days.first:
            continue
        # told by the day, a few days back are an aside; told by the month, they are not in it
        step = back if width(before.days) <= _MONTH else timedelta(days=1)
        if stop.days.last <= before.days.first - step:
            yield _narrated(stop, before, after)


def _last(stops: list[_Stop], stop: _Stop) -> _Stop | None:
    """The last day told before, not in the same sentence."""
    for found in reversed(stops):
        if (found.line, found.sentence) != (stop.line, stop.sentence):
            precise = any(
                s.line == found.line and s.sentence == found.sentence and width(s.days) <= _MONTH
                for s in stops
            )
            if width(found.days) > _MONTH and precise:
                continue  # a look ahead beside the day of the sentence
            return found if stop.line - found.line <= 4 else None
    return None


def _next(stops: list[_Stop], stop: _Stop) -> _Stop | None:
    """The next day told by the day, in another sentence."""
    for found in stops:
        here = (found.line, found.sentence) == (stop.line, stop.sentence)
        if not here and width(found.days) <= 3 and found.days != stop.days:
            return found if found.line - stop.line <= 2 else None
    return None


def _narrated(stop: _Stop, before: _Stop, after: _Stop) -> Find:
    why = "The date goes back in a passage whose dates go forward."
    day = _moved(stop.days.first, before.days.first, after.days.last)
    return Find(
        "order-of-narration",
        (stop.claims, (*before.claims, *after.claims)),
        why,
        subject=stop.claims[0].subject,
        property=stop.claims[0].property,
        nature=ERROR,
        keep=1,
        keeps="a date out of its passage's order yields to the order of the passage"
        + ("; the same day of the month fits there" if day else ""),
        value=day.isoformat() if day else f"{before.claims[0].date}..{after.claims[0].date}",
        says=(
            stop.claims[0].date,
            f"between {before.claims[0].date} and {after.claims[0].date}",
        ),
    )


def _moved(day: date | None, after: date | None, before: date | None) -> date | None:
    """The same day of a month that fits between the neighbours, if there is one."""
    if day is None or after is None or before is None:
        return None
    for month in range(after.month, before.month + 1):
        try:
            found = day.replace(month=month)
        except ValueError:
            continue
        if after <= found <= before:
            return found
    return None


def _outside_event(evidence: Evidence, claims: list[Claim]) -> Iterator[Find]:
    """Yield claims of an event on days that lie wholly outside it, as the same source dates it."""
    limits: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.property in ("start", "end") and not claim.scope:
            limits.setdefault((claim.subject, claim.property), []).append(claim)
    for claim in claims:
        told = claim.kind in (*NARRATED, "strength") and claim.property not in _BACKGROUND
        if not told or claim.kind == "air" or claim.property in ("start", "end"):
            continue
        entity = evidence.record.entities.get(claim.subject)
        if entity is None or entity.type != "event" or not claim.date:
            continue
        days = evidence.when(claim)
        for event in (claim.subject, evidence.parent(claim.subject)):
            ends = limits.get((event, "end"), [])
            if ends and all(after(days, evidence.value_days(c)) for c in ends):
                why = f"Told of {evidence.name(claim.subject)} after the end of it."
                yield _outside(claim, ends, why)
                break
            starts = limits.get((event, "start"), [])
            if starts and all(after(evidence.value_days(c), days) for c in starts):
                why = f"Told of {evidence.name(claim.subject)} before it began."
                yield _outside(claim, starts, why)
                break


def _outside(claim: Claim, limits: list[Claim], why: str) -> Find:
    return Find(
        "outside-event",
        ((claim,), tuple(limits)),
        why,
        nature=ERROR,
        says=(f"{claim.value} on {claim.date}", "; ".join(c.value for c in limits)),
        keep=1,
        keeps="the dated bound of an event goes before a remark beside it",
    )


def after(one: Days, other: Days) -> bool:
    """Whether one span lies wholly behind another, by more than a day."""
    return (
        one.first is not None and other.last is not None and one.first - other.last > timedelta(1)
    )
