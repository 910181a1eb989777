"""Who fought, and whose loss it was."""

from collections.abc import Iterator

from tairiku.record.conflicts.evidence import Evidence
from tairiku.record.conflicts.model import DISAGREEMENT, Find
from tairiku.record.conflicts.sides import by_source
from tairiku.record.models import Claim, parts_of


def find(evidence: Evidence) -> Iterator[Find]:
    """Yield battles told with other forces, and figures told of another side."""
    yield from _forces(evidence)
    yield from _divisions(evidence)
    yield from _whose(evidence)


def _forces(evidence: Evidence) -> Iterator[Find]:
    """Yield defenders or attackers of one source of whom none is known to another."""
    for property_ in ("defender", "attacker", "taken-by"):
        lots: dict[tuple[str, str], list[Claim]] = {}
        for claim in evidence.of_property.get(property_, []):
            if all(evidence.level(part) for part in parts_of(claim.value)):
                lots.setdefault((claim.subject, claim.side), []).append(claim)
        for lot in lots.values():
            told = list(by_source(lot, evidence.source).values())
            for i, one in enumerate(told):
                for other in told[i + 1 :]:
                    if not _shared(evidence, one, other):
                        why = f"No {property_} of the one is known to the other."
                        yield _with_tables(evidence, tuple(one), tuple(other), why)


def _with_tables(
    evidence: Evidence, one: tuple[Claim, ...], other: tuple[Claim, ...], why: str
) -> Find:
    """The side stands whose forces alone were near by, as the tables of units have it."""
    place = evidence.topics.of(one[0].subject)
    near = [any(_near(evidence, part, place) for part in _parties(side)) for side in (one, other)]
    says = tuple(", ".join(evidence.name(p) for p in _parties(side)) for side in (one, other))
    values = tuple(";".join(_parties(side)) for side in (one, other))
    keep = near.index(True) if near.count(True) == 1 else None
    keeps = "the tables of units have only these near by" if keep is not None else ""
    return Find("forces", (one, other), why, says=says, values=values, keep=keep, keeps=keeps)


def _parties(claims: tuple[Claim, ...]) -> list[str]:
    return list(dict.fromkeys(part for claim in claims for part in parts_of(claim.value)))


def _near(evidence: Evidence, formation: str, place: str) -> bool:
    """Whether the tables have a unit of a formation in or just outside a place."""
    reach = evidence.rules["travel"]["siege"]
    return any(
        (km := evidence.nearest(claim.places, [place])) is not None and km <= reach
        for (unit, property_), claims in evidence.compiled.items()
        if property_ == "location" and formation in evidence.chain(unit)
        for claim in claims
    )


def _shared(evidence: Evidence, one: list[Claim], other: list[Claim]) -> bool:
    ones = {part for claim in one for part in parts_of(claim.value)}
    others = {part for claim in other for part in parts_of(claim.value)}
    return any(evidence.related(a, b) for a in ones for b in others)


def _divisions(evidence: Evidence) -> Iterator[Find]:
    """Yield divisions of one source that another, which lists others, does not know there."""
    topics = evidence.topics
    lots: dict[tuple[str, str, str], list[Claim]] = {}
    for property_ in ("attacker", "taken-by", "defender"):
        role = "defender" if property_ == "defender" else "attacker"
        for claim in evidence.of_property.get(property_, []):
            key = (topics.of(claim.subject), role, evidence.source[claim.id])
            lots.setdefault(key, []).append(claim)
    wanted = {topic for topic, _, _ in lots}
    known: dict[tuple[str, str], set[str]] = {}
    for claim in evidence.texts:
        for topic in wanted & {topics.of(id_) for id_ in (claim.subject, *claim.places)}:
            known.setdefault((evidence.source[claim.id], topic), set()).update(
                (claim.subject, *claim.others, *parts_of(claim.value))
            )
    for (topic, role, source), claims in lots.items():
        ours = _of_level(evidence, claims, "division")
        for (other_topic, other_role, other), theirs in lots.items():
            if (other_topic, other_role) != (topic, role) or other == source or not ours:
                continue
            listed = _of_level(evidence, theirs, "division")
            there = known.get((other, topic), set())
            if len(listed) < 2 or any(
                evidence.related(d, k) for d in ours for k in there if _under(evidence, k)
            ):
                continue
            mine = [c for c in claims if ours & set(parts_of(c.value))]
            why = (
                f"No division of the one as {role} is known there to the other, which lists others."
            )
            yield _with_tables(evidence, tuple(mine), tuple(theirs), why)


def _of_level(evidence: Evidence, claims: list[Claim], level: str) -> set[str]:
    return {p for c in claims for p in parts_of(c.value) if evidence.level(p) == level}


def _under(evidence: Evidence, id_: str) -> bool:
    """Whether it is a division or a part of one; what is above one has many."""
    return evidence.level(id_) in ("division", "brigade", "regiment", "battalion")


def _whose(evidence: Evidence) -> Iterator[Find]:
    """Yield a figure that two sources give for one thing, of another side of the war."""
    for (_, property_), claims in evidence.by_matter.items():
        if evidence.type_of(property_) != "number":
            continue
        for i, a in enumerate(claims):
            for b in claims[i + 1 :]:
                other = evidence.source[a.id] != evidence.source[b.id]
                sides = a.side and b.side and a.side != b.side
                same = float(a.value) == float(b.value) and a.scope == b.scope
                if other and sides and same and float(a.value) >= 100:
                    why = f"The same figure is told of {a.side} and of {b.side}."
                    yield Find("whose", ((a,), (b,)), why, nature=DISAGREEMENT)
