"""Claims that exclude each other, though of different properties; things done once, told twice."""

from collections.abc import Iterator, Mapping
from typing import Any

from tairiku.record.conflicts.evidence import Evidence, overlap, width
from tairiku.record.conflicts.model import Find
from tairiku.record.conflicts.sides import divide
from tairiku.record.conflicts.topics import Topics
from tairiku.record.models import Claim, parts_of


def find(evidence: Evidence) -> Iterator[Find]:
    """Yield claims that exclude each other, and what one does only once told of two days."""
    yield from _exclusive(evidence)
    yield from _done_once(evidence)
    yield from _one_author(evidence)


def _exclusive(evidence: Evidence) -> Iterator[Find]:
    """Yield claims that exclude others, all of one matter together."""
    topics = evidence.topics
    lots: list[tuple[dict[Claim, None], dict[Claim, None], Mapping[str, Any]]] = []
    for pair in evidence.rules["exclusive"]:
        for first in _such(evidence, pair["first"]):
            for second in _such(evidence, pair["second"]):
                same = evidence.source[first.id] == evidence.source[second.id]
                if (pair.get("other_source") and same) or not _one_matter(
                    evidence, topics, first, second
                ):
                    continue
                for firsts, seconds, _ in lots:
                    if first in firsts or second in seconds:
                        firsts[first] = seconds[second] = None
                        break
                else:
                    lots.append(({first: None}, {second: None}, pair))
    for firsts, seconds, pair in lots:
        why = f"{_words(firsts)} excludes {_words(seconds)}."
        kept = {"keep": pair["keep"], "keeps": pair["keeps"]} if "keep" in pair else {}
        values = tuple(_words(side) for side in (firsts, seconds))
        yield Find("exclusive", (tuple(firsts), tuple(seconds)), why, values=values, **kept)


def _words(claims: Mapping[Claim, None]) -> str:
    return " and ".join(dict.fromkeys(f"{c.property}: {c.value}" for c in claims))


def _such(evidence: Evidence, words: str) -> list[Claim]:
    property_, _, value = words.partition("=")
    found = evidence.of_property.get(property_, [])
    return [c for c in found if (not value or c.value == value) and c.scope in ("", "garrison")]


def _one_matter(evidence: Evidence, topics: Topics, one: Claim, other: Claim) -> bool:
    """Whether two claims are of one place's garrison, on the same days."""
    if not overlap(evidence.when(one), evidence.when(other), 31):
        return False
    if one.subject == other.subject:
        return True
    types = [evidence.record.entities[c.subject].type for c in (one, other)]
    if types == ["formation", "formation"]:
        return evidence.related(one.subject, other.subject)
    if "formation" in types:
        return any(
            _held(evidence, topics, force, place)
            for force, place in ((one, other), (other, one))
            if evidence.level(force.subject)
        )
    here = topics.of(one.subject) == topics.of(other.subject)
    return here or ("person" in types and bool(set(one.places) & set(other.places)))


def _held(evidence: Evidence, topics: Topics, force: Claim, other: Claim) -> bool:
    """Whether the force is named as defender of what the other claim is about."""
    wanted = {topics.of(other.subject), *(topics.of(place) for place in other.places)}
    return any(
        force.subject in parts_of(c.value) and topics.of(c.subject) in wanted
        for c in evidence.of_property.get("defender", [])
    )


def _done_once(evidence: Evidence) -> Iterator[Find]:
    once = evidence.rules["once"]["actions"]
    lots: dict[tuple[str, str], list[Claim]] = {}
    for claim in evidence.of_property.get("action", []):
        if claim.value in once:
            lots.setdefault((claim.subject, claim.value), []).append(claim)
    for claims in lots.values():
        sides, also = divide(
            sorted(claims, key=lambda c: c.date),
            lambda a, b: overlap(evidence.when(a), evidence.when(b)),
            lambda c: width(evidence.when(c)),
        )
        if len(sides) > 1:
            says = tuple("; ".join(dict.fromkeys(c.date for c in side)) for side in sides)
            why = f"{claims[0].value}: done once, told of two days."
            yield Find("done-once", sides, why, also=also, says=says, values=says)


def _one_author(evidence: Evidence) -> Iterator[Find]:
    """Yield a work of one author that is told of two."""
    deeds = evidence.rules["once"]["authors"]
    lots: dict[str, list[Claim]] = {}
    for claim in evidence.of_property.get("action", []):
        if claim.value in deeds and claim.others:
            plan = next((a for a in claim.others if _is_plan(evidence, a)), "")
            if plan:
                lots.setdefault(plan, []).append(claim)
    for plan, claims in lots.items():
        sides, _ = divide(claims, lambda a, b: a.subject == b.subject, lambda c: 0.0)
        if len(sides) > 1:
            says = tuple(evidence.name(side[0].subject) for side in sides)
            why = f"{evidence.name(plan)} is the work of one man."
            yield Find("author", sides, why, subject=plan, says=says, values=says)


def _is_plan(evidence: Evidence, id_: str) -> bool:
    entity = evidence.record.entities.get(id_)
    return entity is not None and entity.type == "plan"
