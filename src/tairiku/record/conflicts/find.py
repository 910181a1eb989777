"""Running the rules: what they find becomes conflicts with id, nature, topic and value."""

import hashlib
from collections.abc import Iterable, Sequence

from tairiku.record.about import value_shown
from tairiku.record.conflicts import (
    chronology,
    command,
    counted,
    implied,
    naming,
    narration,
    opposing,
    order_of_battle,
    parties,
    presence,
    sums,
)
from tairiku.record.conflicts.evidence import Evidence
from tairiku.record.conflicts.model import DISAGREEMENT, ERROR, Conflict, Find, Side
from tairiku.record.conflicts.reconcile import kind_of, reconcile
from tairiku.record.load import Record
from tairiku.record.models import Claim

FAMILIES = (
    opposing,
    parties,
    sums,
    counted,
    narration,
    chronology,
    presence,
    naming,
    order_of_battle,
    command,
    implied,
)


def find_conflicts(record: Record, language: str = "en") -> list[Conflict]:
    """Return every conflict that the rules find in a record, by topic.

    Parameters
    ----------
    record
        The record.
    language
        Language of the names in what is said.
    """
    evidence = Evidence(record, language)
    topics = evidence.topics
    finds: dict[str, tuple[Find, str, str]] = {}
    errors: dict[tuple[str, str, str], int] = {}
    for family in FAMILIES:
        for found in family.find(evidence):
            nature = found.nature or _nature(evidence, found.sides)
            id_ = _id(found)
            if id_ in finds:
                continue
            claims = [c for side in found.sides for c in side]
            topic = topics.main(found.subject or claims[0].subject, claims)
            finds[id_] = (found, nature, topic)
            if nature == ERROR:
                for source in {evidence.source[c.id] for c in claims}:
                    key = (source, topic, kind_of(evidence, found))
                    errors[key] = errors.get(key, 0) + 1
    conflicts = []
    for id_, (found, nature, topic) in finds.items():
        claims = [c for side in found.sides for c in side]
        subject = found.subject or claims[0].subject
        conflicts.append(
            Conflict(
                id=id_,
                topic=topic,
                topics=tuple(dict.fromkeys((topic, *topics.all(subject, claims, found.about)))),
                nature=nature,
                rule=found.rule,
                subject=subject,
                property=found.property or claims[0].property,
                scope=found.scope or claims[0].scope,
                sides=_sides(evidence, found),
                also=tuple(c.id for c in found.also),
                why=found.why,
                reconciled=reconcile(evidence, found, topic, errors),
            )
        )
    return sorted(conflicts, key=lambda c: (c.topic, c.property, c.rule, c.nature, c.id))


def _id(found: Find) -> str:
    """A name made from the rule and the claims on each side, whatever their order."""
    sides = sorted("+".join(sorted(c.id for c in side)) for side in found.sides)
    digest = hashlib.sha256(f"{found.rule}|{'|'.join(sides)}".encode()).hexdigest()
    return f"C-{digest[:8]}"


def _nature(evidence: Evidence, sides: Sequence[Sequence[Claim]]) -> str:
    """Error of one text, or disagreement: of sources, or of a text and those whom it names."""
    if len({evidence.source[c.id] for side in sides for c in side}) > 1:
        return DISAGREEMENT
    reporters = [{r for c in side for r in c.reporters} for side in sides]
    apart = all(not (a & b) for i, a in enumerate(reporters) for b in reporters[i + 1 :])
    return DISAGREEMENT if any(reporters) and apart else ERROR


def _sides(evidence: Evidence, found: Find) -> tuple[Side, ...]:
    return tuple(
        Side(
            tuple(c.id for c in side),
            found.says[i] if found.says else _says(evidence, side),
        )
        for i, side in enumerate(found.sides)
    )


def _says(evidence: Evidence, side: Iterable[Claim]) -> str:
    """What the claims of a side say, each once; further places and days where it acts."""
    said = []
    for claim in side:
        shown = value_shown(evidence.record, claim, evidence.language)
        if evidence.type_of(claim.property) in ("term", "entity") and claim.date:
            place = ", ".join(evidence.name(p) for p in claim.places[:2])
            shown = f"{shown} ({', '.join(part for part in (place, claim.date) if part)})"
        said.append(shown)
    return "; ".join(dict.fromkeys(said))
