"""Days that cannot follow each other, as one text tells them."""

from collections.abc import Iterator
from datetime import timedelta

from tairiku.record.conflicts.evidence import Evidence, width
from tairiku.record.conflicts.model import ERROR, Find
from tairiku.record.conflicts.narration import after
from tairiku.record.conflicts.sides import by_source
from tairiku.record.models import Claim

DAYS = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.44, "years": 365.25}


def find(evidence: Evidence) -> Iterator[Find]:
    """Yield sieges and campaigns whose days are in an impossible order."""
    for claims in by_source(evidence.texts, evidence.source).values():
        yield from _siege_out_of_order(evidence, claims)
        yield from _province_before_city(evidence, claims)
        yield from _too_short(evidence, claims)


def _siege_out_of_order(evidence: Evidence, claims: list[Claim]) -> Iterator[Find]:
    """Yield a place that is reached, surrounded or attacked after it fell."""
    steps = evidence.rules["properties"]["siege"]
    found: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        # a scope names another force, or the country round the place
        if claim.property in steps and not claim.scope:
            found.setdefault((claim.subject, claim.side), []).append(claim)
    for told in found.values():
        falls = [c for c in told if c.property == "fell"]
        for step in told:
            days = evidence.value_days(step)
            late = step.property != "fell" and [
                c for c in falls if after(days, evidence.value_days(c))
            ]
            if late and len(late) == len(falls):
                yield Find(
                    "siege",
                    ((step,), tuple(late)),
                    f"{step.property} is dated after the fall of the place.",
                    nature=ERROR,
                    keep=1,
                    keeps="the day a place fell stands",
                )


def _province_before_city(evidence: Evidence, claims: list[Claim]) -> Iterator[Find]:
    """Yield a province that fell before a city in it."""
    falls = [c for c in claims if c.property == "fell" and not c.scope]
    for whole in falls:
        province = evidence.record.entities[whole.subject]
        if province.detail.get("kind") != "province":
            continue
        days = evidence.value_days(whole)
        later = tuple(
            c
            for c in falls
            if evidence.record.entities[c.subject].detail.get("province") == province.name
            and c.side == whole.side
            and after(evidence.value_days(c), days)
        )
        if later:
            yield Find(
                "province-before-city",
                ((whole,), later),
                f"{evidence.name(whole.subject)} is taken before places in it.",
                nature=ERROR,
                keep=1,
                keeps="a province is not taken before its cities",
                value=f"not before {max(c.value for c in later)}",
            )


def _too_short(evidence: Evidence, claims: list[Claim]) -> Iterator[Find]:
    """Yield an event said to have lasted less than from its first day to its last."""
    for told in claims:
        if told.property != "duration" or told.scope or told.unit not in DAYS:
            continue
        starts = [
            c
            for c in claims
            if (c.subject, c.property, c.scope) == (told.subject, "start", "")
            and evidence.value_days(c).last is not None
        ]
        if not starts:
            continue
        places = {evidence.topics.of(event) for event in evidence.within(told.subject)}
        ends = [
            c
            for c in claims
            if (c.property == "fell" and c.subject in places and c.side == starts[0].side)
            or (c.subject, c.property, c.scope) == (told.subject, "end", "")
        ]
        begun = min(starts, key=lambda c: width(evidence.value_days(c)))
        high = evidence.number(told).high or 0.0
        longest = timedelta(days=high * (1 + evidence.rules["sums"]["duration_share"]))
        first = evidence.value_days(begun).last
        late = tuple(
            c
            for c in ends
            if first is not None
            and (day := evidence.value_days(c).first) is not None
            and day > first + longest
        )
        if late:
            yield Find(
                "duration",
                ((told,), (begun, *late)),
                f"From the first day told to the last is longer than {told.value} {told.unit}.",
                nature=ERROR,
                keep=1,
                keeps="the dated days go before a length in round figures",
                value=f"{begun.value}/{max(c.value for c in late)}",
            )
