"""Who commanded what: one formation under two men, one man over two formations."""

from collections.abc import Iterator
from datetime import date

from tairiku.record.conflicts.evidence import Evidence, overlap, width
from tairiku.record.conflicts.model import Find
from tairiku.record.conflicts.sides import Sides, divide
from tairiku.record.edtf import Days
from tairiku.record.models import Claim, parts_of


def find(evidence: Evidence) -> Iterator[Find]:
    """Yield formations with two commanders on one day, and men with two commands."""
    yield from _two_commanders(evidence)
    yield from _two_commands(evidence)


def _two_commanders(evidence: Evidence) -> Iterator[Find]:
    """Yield a formation with two commanders; the list of appointments bears witness."""

    def agree(a: Claim, b: Claim) -> bool:
        if not overlap(evidence.when(a), evidence.when(b)):
            return True
        return bool(set(parts_of(a.value)) & set(parts_of(b.value)))

    for (subject, property_), claims in evidence.by_matter.items():
        if property_ != "commander" or not evidence.level(subject):
            continue
        texts = [c for c in claims if evidence.is_text(c)]
        listed = [c for c in claims if not evidence.is_text(c)]
        sides, _ = divide(texts, agree, lambda c: c.scope != "")
        if len(sides) > 1:
            full = tuple((*side, *_same(side, listed)) for side in sides)
            keep = _listed(evidence, sides, listed)
            keeps = _LIST if keep is not None else ""
            yield Find("commander", full, _TWO, keep=keep, keeps=keeps)
            continue
        # against the list alone: no one of that name held the post on any of the days
        for claim in texts:
            then = [o for o in listed if overlap(evidence.when(claim), evidence.when(o))]
            if then and not any(agree(claim, other) for other in then):
                yield Find("commander", ((claim,), tuple(then)), _LISTED, keep=1, keeps=_LIST)


def _listed(evidence: Evidence, sides: Sides, listed: list[Claim]) -> int | None:
    """The side whose man, by the list, held the post for most of the time of its claims."""
    days = [
        sum(_common(evidence.when(c), evidence.when(o)) for c in side for o in _same(side, listed))
        for side in sides
    ]
    best = max(days)
    return days.index(best) if best and days.count(best) == 1 else None


def _common(one: Days, other: Days) -> int:
    """Days that two spans have in common, of the campaign's year where an end is open. [days]"""
    first = max(one.first or date(1944, 1, 1), other.first or date(1944, 1, 1))
    last = min(one.last or date(1944, 12, 31), other.last or date(1944, 12, 31))
    return max(0, (last - first).days + 1)


_LIST = "the list of appointments says who held a post"
_HIGHEST = ("area-army", "general-army")
_TWO = "One formation is under two commanders at one time."
_LISTED = "The list of appointments has another in that post."


def _same(side: tuple[Claim, ...], listed: list[Claim]) -> list[Claim]:
    names = {part for claim in side for part in parts_of(claim.value)}
    return [c for c in listed if names & set(parts_of(c.value))]


def _two_commands(evidence: Evidence) -> Iterator[Find]:
    """Yield a person who commands two formations of which neither is under the other."""
    lots: dict[str, list[Claim]] = {}
    for claim in evidence.of_property.get("commander", []):
        if evidence.level(claim.subject) and width(evidence.when(claim)) < 1000:
            for person in parts_of(claim.value):
                lots.setdefault(person, []).append(claim)

    def agree(a: Claim, b: Claim) -> bool:
        together = overlap(evidence.when(a), evidence.when(b))
        if not together or a.subject == b.subject:
            return True
        # one may lead a part of his command himself, but not two of the highest commands
        high = all(evidence.level(c.subject) in _HIGHEST for c in (a, b))
        return evidence.related(a.subject, b.subject) and not high

    for person, claims in lots.items():
        sides, _ = divide(claims, agree, lambda c: 0.0)
        if len(sides) > 1:
            why = f"{evidence.name(person)} commands two formations at one time."
            says = tuple(", ".join({evidence.name(c.subject): 0 for c in side}) for side in sides)
            yield Find(
                "two-commands",
                sides,
                why,
                subject=person,
                property="commands",
                says=says,
                values=says,
            )
