"""Which value stands in a conflict, and by what rule: a rank, not a deletion.

In this order: what a person wrote into overrides.csv; what the rule that found the conflict says;
the better standing of the source; the more precise claim; more independent reporters (a work or
witness that a text names counts beside the text, and so does who gives the whole event the same
first or last day); the source that contradicts itself less about the topic; else the middle of all.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from tairiku.record.conflicts.evidence import Evidence, span_word, width
from tairiku.record.conflicts.model import Find, Reconciled
from tairiku.record.edtf import Days
from tairiku.record.models import Claim, parts_of

Score = Callable[[Sequence[Claim]], float]


def reconcile(
    evidence: Evidence, found: Find, topic: str, errors: Mapping[tuple[str, str, str], int]
) -> Reconciled:
    """Return the value that stands in a conflict.

    Parameters
    ----------
    evidence
        The record.
    found
        What a rule found.
    topic
        The topic of the conflict.
    errors
        How often each source contradicts itself about each topic: in dates, or in a property.
    """
    overruled = _overruled(evidence, found)
    if overruled is not None:
        return overruled
    if found.keep is not None:
        side = found.sides[found.keep]
        value = found.value or _value(evidence, found, side)
        return Reconciled(value, tuple(c.id for c in side), found.keeps)
    sources, source = evidence.record.sources, evidence.source
    kind = kind_of(evidence, found)

    def voices(side: Sequence[Claim]) -> float:
        heard = [*side, *_of_whole(evidence, side), *_bearing_out(evidence, side)]
        return -len({v for c in heard for v in (source[c.id], *c.reporters)})

    steps: list[tuple[str, Score]] = [
        ("better standing of its source", lambda s: min(sources[source[c.id]].standing for c in s)),
        ("more precise", lambda s: _breadth_of(evidence, found, s)),
        ("more independent reporters", voices),
        (
            "from the source that contradicts itself less about this",
            lambda s: min(errors.get((source[c.id], topic, kind), 0) for c in s),
        ),
    ]
    left = list(found.sides)
    for rule, score in steps:
        best = min(score(side) for side in left)
        left = [side for side in left if score(side) == best]
        if len(left) == 1:
            return Reconciled(_value(evidence, found, left[0]), tuple(c.id for c in left[0]), rule)
    if found.values:
        ids = tuple(c.id for side in left for c in side)
        values = " | ".join(_value(evidence, found, side) for side in left)
        return Reconciled(values, ids, _UNDECIDED)
    return _middle(evidence, left)


_UNDECIDED = "undecided: nothing tells the sides apart"


def _value(evidence: Evidence, found: Find, side: Sequence[Claim]) -> str:
    if found.values:
        return found.values[found.sides.index(tuple(side))]
    return value_of(evidence, side)


def kind_of(evidence: Evidence, found: Find) -> str:
    """What a conflict is about: a date, or else its property."""
    if found.rule in ("order-of-narration", "outside-event", "siege"):
        return "date"
    property_ = found.property or found.sides[0][0].property
    # that one count is muddled says nothing of another, but one slip of a date of other dates
    return "date" if evidence.type_of(property_) == "date" else property_


def _of_whole(evidence: Evidence, side: Sequence[Claim]) -> list[Claim]:
    """Claims that date the event of which this one is a part, or its parts, on the same day."""
    first = side[0]
    if first.property not in ("start", "end") or first.scope:
        return []
    events = (evidence.parent(first.subject), *evidence.children(first.subject))
    days = evidence.value_days(min(side, key=lambda c: _breadth(evidence, c)))
    return [
        c
        for event in events
        for c in evidence.said(event, first.property)
        if not c.scope and evidence.value_days(c) == days
    ]


def _bearing_out(evidence: Evidence, side: Sequence[Claim]) -> list[Claim]:
    """Claims of other properties that a no would exclude, such as the day of a fall: so a yes."""
    first = side[0]
    if first.value != "yes":
        return []
    excluded = [
        pair["second"].partition("=")[0]
        for pair in evidence.rules["exclusive"]
        if pair["first"] == f"{first.property}=no"
    ]
    return [c for name in excluded for c in evidence.said(first.subject, name)]


def _overruled(evidence: Evidence, found: Find) -> Reconciled | None:
    first = found.sides[0][0]
    subject, property_ = found.subject or first.subject, found.property or first.property
    for override in evidence.record.overrides:
        same = (override.subject, override.property) == (subject, property_)
        side = override.side in ("", first.side)
        if same and side and override.scope == (found.scope or first.scope):
            rule = f"overruled by {override.by}: {override.reason}"
            return Reconciled(override.value, parts_of(override.claims), rule)
    return None


# a counted figure, a round one, one that is about right, a range or open end: shares it leaves open
_GRADES = (1e-6, 0.11, 0.3, 1e9)


def _breadth(evidence: Evidence, claim: Claim) -> float:
    """How much a claim leaves open: of a number the grade, of a date the days."""
    match evidence.type_of(claim.property):
        case "number":
            number = evidence.number(claim)
            if number.low is None or number.high is None:
                return 3.0
            share = (number.high - number.low) / max(1.0, abs(number.high))
            return next(i for i, most in enumerate(_GRADES) if share <= most)
        case "date":
            return width(evidence.value_days(claim))
        case _:
            return 0.0


def _breadth_of(evidence: Evidence, found: Find, side: Sequence[Claim]) -> float:
    """That of a side: of its best claim, or where the claims are added up of the worst."""
    every = [_breadth(evidence, c) for c in side]
    return max(every) if found.values else min(every)


def value_of(evidence: Evidence, side: Sequence[Claim]) -> str:
    """The value of a side: that of its most precise claim."""
    best = min(side, key=lambda c: _breadth(evidence, c))
    return f"{best.value}..{best.value_to}" if best.value_to else best.value


def _middle(evidence: Evidence, sides: Sequence[Sequence[Claim]]) -> Reconciled:
    claims = [c for side in sides for c in side]
    ids = tuple(c.id for c in claims)
    types = {(c.property, evidence.type_of(c.property)) for c in claims}
    match next(iter(types)) if len(types) == 1 else ("", ""):
        case (_, "number"):
            numbers = [evidence.central(c) for c in claims]
            middle = (min(numbers) + max(numbers)) / 2
            return Reconciled(f"{middle:.6g}", ids, "middle of what is claimed")
        case (_, "date"):
            spans = [evidence.value_days(c) for c in claims]
            firsts: list[date] = [s.first for s in spans if s.first is not None]
            lasts: list[date] = [s.last for s in spans if s.last is not None]
            whole = Days(min(firsts, default=None), max(lasts, default=None))
            return Reconciled(span_word(whole), ids, "all days that are claimed")
        case _:
            values = " | ".join(dict.fromkeys(value_of(evidence, side) for side in sides))
            return Reconciled(values, ids, _UNDECIDED)
