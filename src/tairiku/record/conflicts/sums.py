"""Totals: parts that do not add up, kinds of loss, wholes that are less than their parts.

Lower bounds are added up, so that a sum collides with a total only where it must.
"""

from collections.abc import Iterator, Sequence

from tairiku.record.conflicts.evidence import Evidence, overlap
from tairiku.record.conflicts.model import SCOPE, Find
from tairiku.record.conflicts.sides import by_source
from tairiku.record.models import Claim
from tairiku.record.values import Interval


def find(evidence: Evidence) -> Iterator[Find]:
    """Yield all that does not add up."""
    yield from _part_of(evidence)
    for (subject, side), losses in _losses(evidence).items():
        yield from _kinds(evidence, losses)
        yield from _above_strength(evidence, subject, side, losses)
        yield from _kind_above(evidence, subject, side, losses)
    yield from _part_above_whole(evidence)
    yield from _surrounded(evidence)


def _least(evidence: Evidence, claims: Sequence[Claim]) -> float:
    return sum(evidence.number(c).low or 0.0 for c in claims)


def _part_of(evidence: Evidence) -> Iterator[Find]:
    """Yield totals whose stated parts do not add up to them."""
    parts: dict[str, list[Claim]] = {}
    for claim in evidence.texts:
        if claim.part_of and evidence.type_of(claim.property) == "number":
            parts.setdefault(claim.part_of, []).append(claim)
    for id_, found in parts.items():
        total = evidence.record.claims[id_]
        numbers = [evidence.number(c) for c in found]
        low = sum(n.low or 0.0 for n in numbers)
        highs = [n.high for n in numbers if n.high is not None]
        high = sum(highs) if len(highs) == len(numbers) else None
        unit = evidence.number(total).unit
        if not Interval(low, high, unit).meets(evidence.number(total)):
            said = sum(evidence.central(c) for c in found)
            why = f"The parts come to {said:,.0f}, the total is given as {float(total.value):,.0f}."
            yield Find("sum", ((total,), tuple(found)), why, values=(total.value, f"{said:.6g}"))


# kinds of loss


def _losses(evidence: Evidence) -> dict[tuple[str, str], list[Claim]]:
    """Losses of men told without a limit, by subject and side."""
    kinds = _kinds_of(evidence)
    found: dict[tuple[str, str], list[Claim]] = {}
    for kind in kinds:
        for claim in evidence.of_property.get(kind, []):
            if not claim.scope:
                found.setdefault((claim.subject, claim.side), []).append(claim)
    return found


def _kinds_of(evidence: Evidence) -> list[str]:
    holds = evidence.rules["properties"]["holds"]
    return list(dict.fromkeys([*holds, *(kind for held in holds.values() for kind in held)]))


def _kinds(evidence: Evidence, losses: Sequence[Claim]) -> Iterator[Find]:
    """Yield sums of killed, wounded, captured that do not fit the losses as a whole."""
    holds = evidence.rules["properties"]["holds"]
    told = by_source(losses, evidence.source)
    for whole in losses:
        if whole.property not in holds:
            continue
        for claims in told.values():
            parts = _disjoint(evidence, claims, holds[whole.property])
            total = evidence.number(whole)
            if not parts or whole in parts:
                continue
            least, sum_ = _least(evidence, parts), sum(evidence.central(c) for c in parts)
            names = ", ".join(c.property for c in parts)
            if total.high is not None and least > total.high:
                why = f"{names} come to {sum_:,.0f}, more than {whole.property} as a whole."
                yield _of_kinds(whole, parts, sum_, why)
            elif whole.property == "killed-and-wounded" and len(parts) == 2:
                most = sum(evidence.number(c).high or 1e12 for c in parts)
                if total.low is not None and most < total.low:
                    why = f"Killed and wounded come to {sum_:,.0f}, together they are given more."
                    yield _of_kinds(whole, parts, sum_, why)
            elif {"killed", "captured"} <= {c.property for c in parts}:
                times = evidence.rules["sums"]["losses_times"]
                if total.low is not None and total.low > times * sum_:
                    why = f"The losses are {total.low / sum_:.1f} times what is told in kinds."
                    yield _of_kinds(whole, parts, sum_, why)


def _of_kinds(whole: Claim, parts: Sequence[Claim], sum_: float, why: str) -> Find:
    return Find("kinds-of-loss", ((whole,), tuple(parts)), why, values=(whole.value, f"{sum_:.6g}"))


def _disjoint(evidence: Evidence, claims: Sequence[Claim], kinds: Sequence[str]) -> list[Claim]:
    """Of each kind the claim of the largest lower bound; no kind that another of them holds."""
    best: dict[str, Claim] = {}
    for claim in claims:
        if claim.property in kinds:
            known = best.get(claim.property)
            if known is None or _least(evidence, [claim]) > _least(evidence, [known]):
                best[claim.property] = claim
    holds = evidence.rules["properties"]["holds"]
    inner = {kind for name in best for kind in holds.get(name, ())}
    return [claim for name, claim in best.items() if name not in inner]


def _above_strength(
    evidence: Evidence, subject: str, side: str, losses: Sequence[Claim]
) -> Iterator[Find]:
    """Yield a loss larger than the force that suffered it."""
    strengths = [
        c
        for property_ in ("men", "garrison-men")
        for c in evidence.of_property.get(property_, [])
        if c.subject == subject and c.side == side and not c.scope
    ]
    for claims in by_source(strengths, evidence.source).values():
        tops = [(evidence.number(c).high, c) for c in claims]
        if any(high is None for high, _ in tops):
            continue
        most, strongest = max(((h or 0.0, c) for h, c in tops), key=lambda pair: pair[0])
        for loss in losses:
            low = evidence.number(loss).low
            if low is not None and low > most:
                why = "More were lost than there were."
                values = (f"at most {strongest.value}", loss.value)
                yield Find("losses-above-strength", ((strongest,), (loss,)), why, values=values)
        source = evidence.source[strongest.id]
        told = [c for c in losses if evidence.source[c.id] == source]
        yield from _wounded_twice(evidence, strongest, most, told)


def _kind_above(
    evidence: Evidence, subject: str, side: str, losses: Sequence[Claim]
) -> Iterator[Find]:
    """Yield a kind of loss, told of a part of an event, larger than all the kinds of the whole."""
    holds = evidence.rules["properties"]["holds"]
    for whole in losses:
        high = evidence.number(whole).high
        for kind in holds.get(whole.property, ()):
            for part in evidence.of_property.get(kind, []):
                mine = (part.subject, part.side) == (subject, side) and part.scope
                low = evidence.number(part).low if mine else None
                if high is not None and low is not None and low > high:
                    why = f"{kind} ({part.scope}) are more than {whole.property} as a whole."
                    values = (whole.value, f"more than {part.value}")
                    yield Find("part-above-whole", ((whole,), (part,)), why, values=values)


def _wounded_twice(
    evidence: Evidence, strength: Claim, most: float, losses: Sequence[Claim]
) -> Iterator[Find]:
    """Yield kinds of loss that come to more than there were unless one is told within another."""
    parts = _disjoint(evidence, losses, ("killed", "wounded", "captured"))
    if len(parts) == 3 and _least(evidence, parts) > most:
        without = [c for c in parts if c.property != "wounded"]
        if _least(evidence, without) <= most:
            why = "They come to more than there were, unless the wounded are among the captured."
            yield Find(
                "losses-above-strength",
                ((strength,), tuple(parts)),
                why,
                nature=SCOPE,
                keep=1,
                keeps="the wounded are counted among the captured",
                value=f"{sum(evidence.central(c) for c in without):.6g}",
            )


# parts and wholes of events


def _part_above_whole(evidence: Evidence) -> Iterator[Find]:
    """Yield figures of a part of an event that are larger than, or all of, those of the event."""
    flows = [
        p
        for p in evidence.of_property
        if evidence.type_of(p) == "number"
        and p not in evidence.rules["properties"]["of_what"]
        and p not in evidence.rules["properties"]["strengths"]
    ]
    holds = evidence.rules["properties"]["holds"]
    for whole_kind in flows:
        for whole in evidence.of_property[whole_kind]:
            if whole.scope or evidence.parent(whole.subject) is None:
                continue
            inside = evidence.within(whole.subject) - {whole.subject}
            for kind in (whole_kind, *holds.get(whole_kind, ())):
                for part in evidence.of_property.get(kind, []):
                    if part.subject in inside and part.side == whole.side:
                        yield from _compare(evidence, whole, part)
    yield from _children_above(evidence)


def _compare(evidence: Evidence, whole: Claim, part: Claim) -> Iterator[Find]:
    most, least = evidence.number(whole), evidence.number(part)
    if least.low is None or most.unit != least.unit or whole.bound in ("at-least", "more-than"):
        return
    name = evidence.name(part.subject)
    if most.high is not None and least.low > most.high:
        why = f"{name} alone has more than the whole of which it is a part."
        values = (whole.value, f"more than {part.value}")
        yield Find("part-above-whole", ((whole,), (part,)), why, values=values)
    elif part.property != whole.property and evidence.central(part) >= evidence.central(whole):
        why = f"{part.property} of {name} alone come to all {whole.property} of the whole."
        values = (whole.value, f"more than {part.value}")
        yield Find("part-above-whole", ((whole,), (part,)), why, values=values)


def _children_above(evidence: Evidence) -> Iterator[Find]:
    """Yield an event whose parts together have more than it, as one source tells them."""
    lots: dict[tuple[str, str, str], list[Claim]] = {}
    for property_ in ("killed", "captured", "losses-men", "guns-lost", "aircraft-lost"):
        for claim in evidence.of_property.get(property_, []):
            if not claim.scope:
                source = evidence.source[claim.id]
                lots.setdefault((property_, claim.side, source), []).append(claim)
    for (property_, side, _), claims in lots.items():
        for event in evidence.events:
            parts = []
            for child in evidence.children(event):
                inside = evidence.within(child)
                found = [c for c in claims if c.subject in inside]
                parts += sorted(found, key=lambda c: -_least(evidence, [c]))[:1]
            if len(parts) < 2:
                continue
            least = _least(evidence, parts)
            alone = max(_least(evidence, [c]) for c in parts)
            for whole in evidence.of_property[property_]:
                if (whole.subject, whole.side, whole.scope) == (event, side, ""):
                    high = evidence.number(whole).high
                    if high is not None and alone <= high < least:
                        why = f"Its parts come to {least:,.0f} together."
                        values = (whole.value, f"at least {least:.6g}")
                        yield Find("part-above-whole", ((whole,), tuple(parts)), why, values=values)


# men in a ring

_RING = "a ring holds no more than there were, and each of them becomes something"


def _surrounded(evidence: Evidence) -> Iterator[Find]:
    """Yield men in a ring who are more than there were, or of whom most are never heard of."""
    fates = ("killed", "wounded", "captured", "missing", "escaped-men")
    for ring in evidence.of_property.get("encircled-men", []):
        low = evidence.number(ring).low
        if low is None:
            continue
        told = [
            c
            for fate in fates
            for c in evidence.of_property.get(fate, [])
            if c.subject == ring.subject and not c.scope and c.side == ring.side
        ]
        sum_ = sum(evidence.central(c) for c in told)
        if len(told) > 1 and low > evidence.rules["sums"]["unaccounted"] * sum_:
            why = f"Of those surrounded only {sum_:,.0f} are accounted for."
            values = (ring.value, f"at least {sum_:.6g}")
            sides = ((ring,), tuple(told))
            yield Find("surrounded", sides, why, values=values, keep=1, keeps=_RING)
        yield from _more_than_there_were(evidence, ring, low)


def _more_than_there_were(evidence: Evidence, ring: Claim, low: float) -> Iterator[Find]:
    parent = evidence.parent(ring.subject)
    beside = {ring.subject, *evidence.children(parent)} if parent else {ring.subject}
    there = {
        c.value
        for c in evidence.of_property.get("defender", [])
        if c.subject in beside and set(c.places) & set(ring.places)
    }
    nearly = evidence.rules["sums"]["nearly_all"]
    slack = evidence.rules["reach"]["strength_days"]
    for claim in evidence.of_property.get("men", []):
        high = evidence.number(claim).high
        near = overlap(evidence.when(claim), evidence.when(ring), slack)
        if high is None or not near or claim.side != ring.side or claim.scope == "per-division":
            continue
        here = claim.subject in there and set(claim.places) & set(ring.places)
        if here and low > high:
            why = "More are surrounded than its defender had in all."
            values = (ring.value, f"at most {claim.value}")
            yield Find("surrounded", ((ring,), (claim,)), why, values=values, keep=1, keeps=_RING)
        elif claim.subject == parent and evidence.central(ring) > nearly * evidence.central(claim):
            why = f"Those surrounded would be nearly all of the side in {evidence.name(parent)}."
            values = (ring.value, f"less than {claim.value}")
            yield Find("surrounded", ((ring,), (claim,)), why, values=values, keep=1, keeps=_RING)
