"""One that is destroyed and fights on; one that is at two places; one that is in a ring and out."""

from collections.abc import Iterator
from datetime import date, timedelta

from tairiku.record.conflicts.evidence import Evidence, overlap, span_word, width
from tairiku.record.conflicts.model import ERROR, Find
from tairiku.record.conflicts.sides import by_source
from tairiku.record.edtf import Days, parse_days
from tairiku.record.models import Claim, parts_of

_DOING = ("action", "location")
_STATES = ("condition", "action")  # where the value says that it is over
_BY_ACTORS = ("fell", "attack-start", "taken-by", "attacker", "defender")
_AFTER_OFFICE = ("ordered", "completed", "action")  # a new post may be given him
_NO_GROUND = ("air", "fleet", "high-command", "general-army", "area-army")


def find(evidence: Evidence) -> Iterator[Find]:
    """Yield those who act after their end, and those who are at two places."""
    present = _present(evidence)
    yield from _acts_after_end(evidence, present)
    yield from _two_places(evidence, present)
    yield from _out_of_siege(evidence)


def _present(evidence: Evidence) -> dict[str, list[Claim]]:
    """Claims by formation or person that let it be somewhere or do something."""
    found: dict[str, list[Claim]] = {}
    for claim in evidence.texts:
        who: list[str] = []
        if claim.kind == "plan":
            continue
        if claim.property in _DOING:
            who.append(claim.subject)
        elif claim.property in ("attacker", "defender", "taken-by"):
            who += parts_of(claim.value)
        elif claim.property in _BY_ACTORS and claim.side:
            who += [a for a in claim.others if _side(evidence, a) == claim.side]
        for id_ in who:
            entity = evidence.record.entities.get(id_)
            if entity is not None and entity.type in ("formation", "person"):
                found.setdefault(id_, []).append(claim)
    return found


def _side(evidence: Evidence, id_: str) -> str:
    entity = evidence.record.entities.get(id_)
    return str(entity.detail.get("side", "")) if entity is not None else ""


# destroyed, and on it goes


def _acts_after_end(evidence: Evidence, present: dict[str, list[Claim]]) -> Iterator[Find]:
    ends: dict[str, list[Claim]] = {}
    spent = {p: evidence.rules["ends"][f"{p}s"] for p in _STATES}
    for property_ in ("destroyed", "surrendered-on", "died", "dismissed", *_STATES):
        for claim in evidence.of_property.get(property_, []):
            whole = not claim.scope or property_ == "dismissed"
            whole = whole and (property_ not in _STATES or claim.value in spent[property_])
            if whole and claim.value != "no" and claim.subject in evidence.record.entities:
                ends.setdefault(claim.subject, []).append(claim)
    commands: dict[str, list[Claim]] = {}
    for claim in evidence.of_property.get("commander", []):
        for person in parts_of(claim.value):
            commands.setdefault(person, []).append(claim)
    for id_, found in ends.items():
        if evidence.record.entities[id_].type not in ("formation", "person"):
            continue
        for end in found:
            last = _end(evidence, end).last
            if last is None:
                continue
            own = {evidence.source[c.id] for c in found if c.property == end.property}
            told = [*present.get(id_, []), *_told(evidence, id_), *commands.get(id_, [])]
            if end.property == "dismissed":
                told = [c for c in told if c.property in _AFTER_OFFICE]
            if end.property in _STATES:
                told = [c for c in told if c.property in ("defender", "attacker", "action")]
            later = [c for c in dict.fromkeys(told) if _behind(evidence.when(c), last)]
            for source, claims in by_source(later, evidence.source).items():
                if source in own and source != evidence.source[end.id]:
                    continue  # it is told of its own end already
                word = end.value if end.property in _STATES else end.property
                why = f"{evidence.name(id_)}: {word} by {span_word(_end(evidence, end))}, "
                yield Find(
                    "acts-after-end",
                    ((end,), tuple(claims)),
                    f"{why}but acts later.",
                    subject=id_,
                    keep=0,
                    keeps="a dated end stands: what acts later is a remnant, or raised anew",
                )


def _behind(days: Days, last: date) -> bool:
    """Whether days begin after a day, or being few reach beyond it."""
    if days.first is None:
        return False
    if width(days) > 1:
        beyond = days.last is not None and width(days) <= 15 and days.last > last + timedelta(1)
        return days.first > last or beyond
    return days.first > last + timedelta(1)


def _told(evidence: Evidence, id_: str) -> list[Claim]:
    """Strengths and orders of a formation or person itself."""
    kept = ("men", "divisions", "ordered", "completed", "commander")
    return [
        c
        for property_ in kept
        for c in evidence.said(id_, property_)
        if evidence.is_text(c) and c.kind in ("combat", "movement", "strength", "commander", "date")
    ]


def _end(evidence: Evidence, claim: Claim) -> Days:
    if evidence.type_of(claim.property) == "date":
        return evidence.value_days(claim)
    return evidence.when(claim)


# two places


def _two_places(evidence: Evidence, present: dict[str, list[Claim]]) -> Iterator[Find]:
    travel = evidence.rules["travel"]
    for id_, claims in present.items():
        entity = evidence.record.entities[id_]
        level = "person" if entity.type == "person" else _slack_level(evidence.level(id_))
        if level not in travel["slack"]:
            continue
        pace = travel["by_rail"] if level == "person" else _pace(entity.name, travel)
        known = [c for c in claims if _placed(evidence, c)]
        known += [c for c in evidence.compiled.get((id_, "location"), []) if _placed(evidence, c)]
        seen: set[frozenset[str]] = set()
        for i, one in enumerate(known):
            for other in known[i + 1 :]:
                if not (evidence.is_text(one) or evidence.is_text(other)):
                    continue
                km = evidence.nearest(one.places, other.places)
                days = abs(evidence.when(one).gap(evidence.when(other)))
                told = abs(parse_days(one.date).gap(parse_days(other.date)))
                if km is None or km <= travel["slack"][level] + pace * (days + 1):
                    continue
                key = frozenset((one.place, other.place))
                if key not in seen:
                    seen.add(key)
                    day = f"{told} day{'s' if told != 1 else ''}"
                    why = f"{km:,.0f} km apart, {day} from one to the other."
                    says = tuple(_where(evidence, c) for c in (one, other))
                    yield Find(
                        "two-places",
                        ((one,), (other,)),
                        why,
                        subject=id_,
                        property="location",
                        says=says,
                        values=says,
                    )


def _where(evidence: Evidence, claim: Claim) -> str:
    return f"{', '.join(evidence.name(place) for place in claim.places)}, {claim.date}"


def _placed(evidence: Evidence, claim: Claim) -> bool:
    """Whether a claim says where one was, on days close enough together to compare."""
    days = evidence.when(claim)
    near = width(days) <= 3 or (claim.property == "location" and days.last is not None)
    return near and any(evidence.point(place) for place in claim.places)


def _pace(name: str, travel: dict[str, float]) -> float:
    motor = any(word in name for word in ("Tank", "Mechanised", "Motor", "Cavalry"))
    return travel["by_motor"] if motor else travel["on_foot"]


def _slack_level(level: str) -> str:
    if any(level.startswith(part) for part in _NO_GROUND):
        return ""
    return {"group-army": "army", "army": "army", "war-zone": ""}.get(level, level)


# in the ring and out of it


def _out_of_siege(evidence: Evidence) -> Iterator[Find]:
    """Yield a person who is in a surrounded place and elsewhere while it is surrounded."""
    for ring in evidence.of_property.get("invested", []):
        source = evidence.source[ring.id]
        fall = [c for c in evidence.said(ring.subject, "fell") if evidence.source[c.id] == source]
        first = evidence.value_days(ring).first
        if not fall or first is None:
            continue
        siege = Days(first, max(filter(None, (evidence.value_days(c).last for c in fall))))
        by_person: dict[str, list[Claim]] = {}
        for claim in evidence.texts:
            who = evidence.record.entities.get(claim.subject)
            doing = claim.property in (*_DOING, "condition")
            if doing and who is not None and who.type == "person":
                if evidence.source[claim.id] == source and claim.places:
                    by_person.setdefault(claim.subject, []).append(claim)
        for person, claims in by_person.items():
            yield from _in_and_out(evidence, ring, siege, person, claims)


def _in_and_out(
    evidence: Evidence, ring: Claim, siege: Days, person: str, claims: list[Claim]
) -> Iterator[Find]:
    inside, outside = [], []
    for claim in claims:
        km = evidence.nearest(claim.places, [ring.subject])
        if km is None or not overlap(evidence.when(claim), siege):
            continue
        days = evidence.when(claim)
        if km < 5:
            inside.append(claim)
        elif km > evidence.rules["travel"]["siege"] and _in(days, siege):
            outside.append(claim)
    if inside and outside:
        name, place = evidence.name(person), evidence.name(ring.subject)
        why = f"{name} is in {place}, surrounded since {ring.value}, and outside it."
        yield Find(
            "out-of-siege",
            (tuple(inside), tuple(outside)),
            why,
            subject=person,
            property="location",
            nature=ERROR,
            says=(_where_all(evidence, inside), _where_all(evidence, outside)),
            values=(evidence.name(ring.subject), _where_all(evidence, outside)),
            about=(ring.subject,),
        )


def _where_all(evidence: Evidence, claims: list[Claim]) -> str:
    return "; ".join(dict.fromkeys(_where(evidence, c) for c in claims))


def _in(days: Days, span: Days) -> bool:
    """Whether days lie wholly within a span with two ends."""
    return (
        days.first is not None
        and days.last is not None
        and days.first in span
        and days.last in span
    )
