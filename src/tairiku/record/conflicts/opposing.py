"""One thing, two values: claims of a subject's property that cannot both hold.

Compared are claims of the same subject, property and, where both name one, side.  Of the same
scope they collide when no number, day or name fits both; of different scopes only where the
narrower tells more than the whole, or yes where the other tells no.  Strengths are compared on the
days that both speak of.
"""

from collections.abc import Callable, Iterator, Sequence

from tairiku.record.conflicts.evidence import Evidence, overlap, width
from tairiku.record.conflicts.model import SCOPE, Find
from tairiku.record.conflicts.sides import by_source, divide
from tairiku.record.models import Claim, parts_of
from tairiku.record.values import Interval

Agree = Callable[[Claim, Claim], bool]


def find(evidence: Evidence) -> Iterator[Find]:
    """Yield the conflicts of values, for each subject and property."""
    for (_, property_), claims in evidence.by_matter.items():
        if len(claims) < 2 or not evidence.record.properties[property_].single:
            continue
        match evidence.type_of(property_):
            case "number":
                yield from _numbers(evidence, claims)
            case "date":
                yield from _dates(evidence, claims)
            case "yes-no":
                yield from _yes_no(evidence, claims)
            case "time":
                yield from _times(evidence, claims)
            case "entity" if property_ not in ("commander", "commands"):
                yield from _entities(evidence, claims)


def _lots(
    claims: Sequence[Claim], key: Callable[[Claim], tuple[str, ...]]
) -> Iterator[list[Claim]]:
    found: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        found.setdefault(key(claim), []).append(claim)
    yield from (lot for lot in found.values() if len(lot) > 1)


def _collisions(
    evidence: Evidence,
    claims: Sequence[Claim],
    rule: str,
    agree: Agree,
    breadth: Callable[[Claim], float],
    why: str,
) -> Iterator[Find]:
    """Yield the collision of all claims, and of those of each document with itself."""
    sides, also = divide(claims, agree, breadth)
    if not _told(evidence, sides):
        return
    yield Find(rule, sides, why, also=also)
    parts = by_source([c for side in sides for c in side], evidence.source)
    if len(parts) < 2:
        return
    for own in parts.values():
        if evidence.is_text(own[0]):
            own_sides, own_also = divide(own, agree, breadth)
            if len(own_sides) > 1:
                yield Find(rule, own_sides, why, also=own_also)


def _told(evidence: Evidence, sides: Sequence[Sequence[Claim]]) -> bool:
    """Whether there are two sides, and a document on one of them."""
    return len(sides) > 1 and any(evidence.is_text(c) for side in sides for c in side)


# numbers


def _numbers(evidence: Evidence, claims: Sequence[Claim]) -> Iterator[Find]:
    property_ = claims[0].property
    strength = property_ in evidence.rules["properties"]["strengths"]
    slack = evidence.rules["reach"]["strength_days"]

    def agree(a: Claim, b: Claim) -> bool:
        one, other = evidence.number(a), evidence.number(b)
        if one.unit != other.unit:
            if property_ != "count":
                return True  # nothing can be said
            other = Interval(other.low, other.high, one.unit)
        return one.meets(other)

    def breadth(claim: Claim) -> float:
        found = evidence.number(claim)
        if found.low is None or found.high is None:
            return 1e12
        return (found.high - found.low) / max(1.0, abs(found.high))

    for lot in _lots(claims, lambda c: (c.side, c.scope)):
        for group in _same_days(evidence, lot, slack):
            yield from _collisions(
                evidence, group, "number", agree, breadth, "No number fits both."
            )
        if strength:
            yield from _other_days(evidence, lot, slack, agree)
    if property_ not in evidence.rules["properties"]["of_what"]:
        yield from _part_above(evidence, claims, slack if strength else 10_000)
        yield from _parts_of_one_sentence(evidence, claims)


def _same_days(evidence: Evidence, lot: Sequence[Claim], slack: int) -> Iterator[list[Claim]]:
    """Lots of claims each of which tells of days that meet those of the first."""
    left = sorted(lot, key=lambda c: width(evidence.when(c)))
    while left:
        first = left[0]
        near = [c for c in left if overlap(evidence.when(first), evidence.when(c), slack)]
        if len(near) > 1:
            yield near
        left = [c for c in left if c not in near]


def _other_days(
    evidence: Evidence, lot: Sequence[Claim], slack: int, agree: Agree
) -> Iterator[Find]:
    """Strengths of different days that look as if they were of the same."""
    for i, a in enumerate(lot):
        for b in lot[i + 1 :]:
            apart = not overlap(evidence.when(a), evidence.when(b), slack)
            texts = evidence.is_text(a) and evidence.is_text(b)
            if apart and texts and not agree(a, b) and a.property != "encircled-men":
                why = "The figures are of different days."
                yield Find("number", ((a,), (b,)), why, nature=SCOPE)


def _part_above(evidence: Evidence, claims: Sequence[Claim], slack: int) -> Iterator[Find]:
    """A figure of a narrower scope that is larger than the figure of the whole."""
    for whole in claims:
        if whole.scope:
            continue
        for part in claims:
            if not part.scope or part.side != whole.side or part.scope == whole.scope:
                continue
            if not (evidence.is_text(part) and evidence.is_text(whole)):
                continue
            most, least = evidence.number(whole), evidence.number(part)
            if most.unit != least.unit or most.high is None or least.low is None:
                continue
            near = overlap(evidence.when(whole), evidence.when(part), slack)
            if near and least.low > most.high:
                why = f"The figure for {part.scope} is larger than that without such a limit."
                yield Find("number", ((whole,), (part,)), why, nature=SCOPE)


def _parts_of_one_sentence(evidence: Evidence, claims: Sequence[Claim]) -> Iterator[Find]:
    """Figures of several scopes, told in one sentence, that come to more than the whole."""
    lots: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        if claim.scope and evidence.is_text(claim):
            key = (evidence.source[claim.id], claim.locator, claim.side)
            lots.setdefault(key, []).append(claim)
    for lot in lots.values():
        if len({c.scope for c in lot}) < 2:
            continue
        least = sum(evidence.number(c).low or 0.0 for c in lot)
        alone = max(evidence.number(c).low or 0.0 for c in lot)
        for whole in claims:
            high = evidence.number(whole).high
            plain = not whole.scope and whole.side == lot[0].side and evidence.is_text(whole)
            # a part as large as the whole is the whole told with another word
            if plain and high is not None and alone < high < least:
                why = f"Told of {' and '.join(c.scope for c in lot)}, they come to {least:,.0f}."
                yield Find("sum", ((whole,), tuple(lot)), why, values=(whole.value, f"{least:.6g}"))


# days


def _dates(evidence: Evidence, claims: Sequence[Claim]) -> Iterator[Find]:
    def agree(a: Claim, b: Claim) -> bool:
        return evidence.value_days(a).meets(evidence.value_days(b))

    def breadth(claim: Claim) -> float:
        return width(evidence.value_days(claim))

    property_ = claims[0].property
    for lot in _lots(claims, lambda c: (c.scope,)):
        for side in _of_one_side(lot):
            why = "No day fits both."
            yield from _collisions(evidence, side, "date", agree, breadth, why)
    if property_ in evidence.rules["properties"]["of_what"]:
        return
    for plain in claims:
        for limited in claims:
            if plain.scope or not limited.scope:
                continue
            texts = evidence.is_text(plain) and evidence.is_text(limited)
            other = evidence.source[plain.id] != evidence.source[limited.id]
            if texts and other and not agree(plain, limited):
                why = f"One date is that of {limited.scope}, the other is told without a limit."
                yield Find("date", ((plain,), (limited,)), why, nature=SCOPE)


def _of_one_side(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Claims of each side of the war, with those that name none."""
    named: list[str] = list(dict.fromkeys(c.side for c in claims if c.side))
    for side in named or [""]:
        found = [c for c in claims if c.side in ("", side)]
        if len(found) > 1:
            yield found


# yes and no, clock times, names


def _yes_no(evidence: Evidence, claims: Sequence[Claim]) -> Iterator[Find]:
    def agree(a: Claim, b: Claim) -> bool:
        return a.value == b.value or not overlap(evidence.when(a), evidence.when(b), 3)

    for lot in _lots(claims, lambda c: (c.scope,)):
        yield from _collisions(evidence, lot, "yes-no", agree, lambda c: 0.0, "Yes against no.")
    for plain in claims:
        for limited in claims:
            if not plain.scope and limited.scope and not agree(plain, limited):
                why = f"Told of the whole one, of {limited.scope} the other."
                yield Find("yes-no", ((plain,), (limited,)), why, nature=SCOPE)


def _times(evidence: Evidence, claims: Sequence[Claim]) -> Iterator[Find]:
    def minutes(claim: Claim) -> int:
        hours, _, rest = claim.value.partition(":")
        return int(hours) * 60 + int(rest)

    def agree(a: Claim, b: Claim) -> bool:
        same_day = overlap(evidence.when(a), evidence.when(b))
        near = abs(minutes(a) - minutes(b)) <= evidence.rules["reach"]["minutes"]
        return near or not same_day

    for lot in _lots(claims, lambda c: (c.scope,)):
        yield from _collisions(evidence, lot, "time", agree, lambda c: 0.0, "No time fits both.")


def _entities(evidence: Evidence, claims: Sequence[Claim]) -> Iterator[Find]:
    """Yield names of which only one can be, of texts, or of a text against the tables."""
    why = "Only one of them can be."

    def agree(a: Claim, b: Claim) -> bool:
        return not overlap(evidence.when(a), evidence.when(b)) or _kin(evidence, a, b)

    def breadth(claim: Claim) -> float:
        return width(evidence.when(claim))

    for lot in _lots(claims, lambda c: (c.scope,)):
        texts = [c for c in lot if evidence.is_text(c)]
        yield from _collisions(evidence, texts, "entity", agree, breadth, why)
        for claim in texts:
            then = [c for c in lot if c not in texts and _near(evidence, claim, c)]
            if then and not any(_kin(evidence, claim, other) for other in then):
                within = all(_part(evidence, claim, other) for other in then)
                yield Find(
                    "entity",
                    ((claim,), tuple(then)),
                    "It may be attached to a part of the command named." if within else why,
                    nature=SCOPE if within else "",
                )


def _part(evidence: Evidence, one: Claim, other: Claim) -> bool:
    """Whether what one names stands under what the other names."""
    return any(b in evidence.chain(a) for a in parts_of(one.value) for b in parts_of(other.value))


def _near(evidence: Evidence, one: Claim, other: Claim) -> bool:
    return overlap(evidence.when(one), evidence.when(other), 3)


def _kin(evidence: Evidence, one: Claim, other: Claim) -> bool:
    """Whether what one claim names is what the other names, or stands above it.

    The tables name the next superior, so that a text may name one above it and none below.
    """
    table = not evidence.is_text(other)
    for a in parts_of(one.value):
        for b in parts_of(other.value):
            above = a in evidence.chain(b) or b in evidence.within(a)
            below = not table and (b in evidence.chain(a) or a in evidence.within(b))
            if above or below:
                return True
    return False
