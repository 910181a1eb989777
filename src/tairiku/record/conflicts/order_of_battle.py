"""Texts beside the order of battle: who was not there, not yet there, or is counted otherwise."""

import re
from collections.abc import Iterator

from tairiku.record.conflicts.evidence import Evidence, overlap, width
from tairiku.record.conflicts.model import DISAGREEMENT, SCOPE, Find
from tairiku.record.models import Claim, parts_of

_PART = re.compile(r"[a-z]{2}-[a-z0-9-]+")
_ACTING = ("action", "attacker", "defender", "part-of-battle", "taken-by", "location")


def find(evidence: Evidence) -> Iterator[Find]:
    """Yield formations that were not there, not yet there, or are counted otherwise."""
    yield from _unknown(evidence)
    yield from _before_its_time(evidence)
    yield from _elsewhere(evidence)
    yield from _counted_otherwise(evidence)
    yield from _sum_of_armies(evidence)


def _names(evidence: Evidence, claim: Claim) -> tuple[str, ...]:
    """The formations that a claim lets act."""
    if evidence.type_of(claim.property) == "entity":
        return (claim.subject, *parts_of(claim.value))
    return (claim.subject, *claim.others)


def _before_its_time(evidence: Evidence) -> Iterator[Find]:
    """Yield a formation that acts before the day on which it was set up."""
    every = evidence.of_property.get("completed", [])
    for made in every:
        first = evidence.value_days(made).first
        if made.scope != "formation-set-up" or first is None:
            continue
        early = [
            c
            for c in evidence.record.about(made.subject)
            if evidence.is_text(c)
            and c.property in (*_ACTING, "aim", "commander")
            and made.subject in _names(evidence, c)
            and (last := evidence.when(c).last) is not None
            and last < first
        ]
        own = {
            evidence.source[c.id]
            for c in every
            if (c.subject, c.scope) == (made.subject, made.scope)
        }
        here = evidence.source[made.id]
        early = [c for c in early if (source := evidence.source[c.id]) == here or source not in own]
        if early:
            yield Find(
                "before-its-time",
                ((made,), tuple(early)),
                f"{evidence.name(made.subject)} was not set up before {made.value}.",
                subject=made.subject,
                keep=0,
                keeps="a formation does not act before it is set up",
            )


def _elsewhere(evidence: Evidence) -> Iterator[Find]:
    """Yield a formation that acts here while the tables have it under a command elsewhere."""
    away = evidence.rules["chain"]["elsewhere"]
    for (formation, property_), claims in evidence.compiled.items():
        if property_ != "superior" or not set(away) & {c.value for c in claims}:
            continue
        for table in claims:
            if table.value not in away:
                continue
            told = [
                c
                for c in evidence.record.about(formation)
                if evidence.is_text(c)
                and c.property in _ACTING
                and c.kind != "plan"
                and (formation == c.subject or formation in parts_of(c.value))
                and any(evidence.point(place) for place in c.places)
                and overlap(evidence.when(c), evidence.when(table))
            ]
            if told:
                yield Find(
                    "elsewhere",
                    (tuple(told), (table,)),
                    f"{evidence.name(formation)} stood under {evidence.name(table.value)}.",
                    subject=formation,
                    property="location",
                    keep=1,
                    keeps="the order of battle says where a formation stood",
                )


def _counted_otherwise(evidence: Evidence) -> Iterator[Find]:
    """Yield numbers of divisions or corps that are far from those of the order of battle."""
    share = evidence.rules["naming"]["count_share"]
    for property_, level in evidence.rules["levels"].items():
        for claim in evidence.of_property.get(property_, []):
            plain = claim.scope in ("", "paper") and evidence.level(claim.subject)
            number = evidence.number(claim)
            if not plain or number.low is None or width(evidence.when(claim)) > 400:
                continue
            wanted = "army" if level == "corps" and claim.side == "japan" else level
            under = _under(evidence, claim, wanted)
            high = number.high if number.high is not None else number.low
            if len(under) > 1 and not number.low * share <= len(under) <= high / share:
                fewer = high < len(under)
                part = "; those that took part, it may be" if fewer else ""
                yield Find(
                    "counted-otherwise",
                    ((claim,), tuple(under)),
                    f"{claim.value} {property_}, the order of battle has {len(under)}{part}.",
                    nature=SCOPE if fewer else "",
                    says=(f"{claim.value} {property_}", f"{len(under)} {property_}"),
                    values=(claim.value, str(len(under))),
                )


def _under(evidence: Evidence, claim: Claim, level: str) -> list[Claim]:
    """Claims of the tables that put formations of a level under the claim's own, at any remove."""
    when = evidence.when(claim)
    up: dict[str, tuple[str, Claim]] = {}
    for table, days in evidence.in_tables:
        if table.subject not in up and days.meets(when):
            up[table.subject] = (table.value, table)
    found = []
    for formation, (above, table) in up.items():
        if evidence.level(formation) != level:
            continue
        if level == "brigade" and evidence.ordinal(formation) is None:
            continue  # the tables call militia and the like brigades too
        for _ in range(8):
            if above == claim.subject:
                found.append(table)
                break
            above = up.get(above, ("", table))[0]
    return found


def _sum_of_armies(evidence: Evidence) -> Iterator[Find]:
    """Yield divisions of a campaign beside the sum over the armies that another source lists."""
    for property_ in ("divisions", "brigades"):
        claims = evidence.of_property.get(property_, [])
        for whole in claims:
            entity = evidence.record.entities.get(whole.subject)
            top = entity is not None and entity.type == "event" and not evidence.parent(entity.id)
            if not top or whole.scope:
                continue
            armies = [
                c
                for c in claims
                if evidence.level(c.subject) == "army"
                and (c.side, c.scope) == (whole.side, "")
                and width(evidence.when(c)) > 200
                and evidence.source[c.id] != evidence.source[whole.id]
            ]
            sum_ = sum(evidence.central(c) for c in armies)
            number = evidence.number(whole)
            if len(armies) > 1 and not (number.low or 0) <= sum_ <= (number.high or 1e9):
                why = f"The armies listed have {sum_:,.0f} {property_} together."
                values = (whole.value, f"{sum_:.6g}")
                yield Find("sum", ((whole,), tuple(armies)), why, values=values)


def _unknown(evidence: Evidence) -> Iterator[Find]:
    """Yield a numbered formation of a text that no order of battle of the theatre knows."""
    parts = evidence.rules["naming"]["known_as_part"]
    for entity in evidence.record.entities.values():
        note = str(entity.detail.get("note", ""))
        only_text = bool(note) and ("text-only" in note or "outside the" in note)
        if entity.type != "formation" or not only_text or any(word in note for word in parts):
            continue
        if evidence.ordinal(entity.id) is None and "no such" not in note:
            continue
        told = [
            c
            for c in evidence.record.about(entity.id)
            if evidence.is_text(c) and c.property not in ("superior", "location", "aim", "name")
        ]
        # a formation of another theatre that is told of there is no conflict
        if not told or all(not _on_map(evidence, c) for c in told):
            continue
        told = [c for c in told if _on_map(evidence, c) or not c.places]
        meant = [id_ for id_ in _PART.findall(note) if id_ in evidence.record.entities]
        if "outside the" in note:
            meant = []
        others = _others(evidence, told, meant)
        if others:
            yield Find(
                "not-in-order-of-battle",
                (tuple(told), others),
                f"{evidence.name(entity.id)}: {note.removeprefix('text-only; ')}.",
                subject=entity.id,
                property="part-of-battle",
                nature=DISAGREEMENT,
                says=(
                    evidence.name(entity.id),
                    ", ".join(evidence.name(id_) for id_ in meant) or "other formations",
                ),
                keep=1,
                keeps="a formation that no order of battle of the theatre knows was not there",
                value=";".join(meant) or "not there",
            )


def _on_map(evidence: Evidence, claim: Claim) -> bool:
    return any(evidence.point(place) for place in claim.places)


def _others(evidence: Evidence, told: list[Claim], meant: list[str]) -> tuple[Claim, ...]:
    """What the order of battle, or another text, has in the place of such a formation."""
    found = [c for id_ in meant for c in evidence.witness(id_)]
    if found:
        return tuple(found)
    source = evidence.source[told[0].id]
    subjects = {c.subject for c in told} | {p for c in told for p in c.places}
    for property_ in ("attacker", "defender", "taken-by", "fell"):
        for claim in evidence.of_property.get(property_, []):
            here = claim.subject in subjects or subjects & set(claim.places)
            if (
                here
                and (property_ != "fell" or claim.others)
                and evidence.source[claim.id] != source
            ):
                named = property_ == "fell" or all(map(evidence.level, parts_of(claim.value)))
                if claim.side == told[0].side and named:
                    found.append(claim)
    return tuple(found)
