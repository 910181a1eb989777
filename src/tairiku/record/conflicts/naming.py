"""What a formation is called: its level, its number, its numerals."""

import re
from collections.abc import Iterator

from tairiku.record.conflicts.evidence import Evidence
from tairiku.record.conflicts.model import ERROR, Find
from tairiku.record.models import Claim

_NUMBERED = re.compile(r"(\d+)(?:st|nd|rd|th)-(.+)")
_ARMS = ("mixed", "tank", "cavalry", "artillery")
_LEVEL_WORDS = {  # of the languages in which the documents print them
    "regiment": ("regiment", "egiment", "联队", "聯隊", "团", "團"),
    "division": ("division", "师", "師"),
    "brigade": ("brigade", "旅"),
    "corps": ("korps", "corps", "ak"),
    "army": ("armee", "army", "軍"),
}


def find(evidence: Evidence) -> Iterator[Find]:
    """Yield formations called what they were not, or numbered in two ways."""
    yield from _designations(evidence)
    yield from _roman_and_arabic(evidence)


# designations


def _designations(evidence: Evidence) -> Iterator[Find]:
    lots: dict[str, list[Claim]] = {}
    for claim in evidence.of_property.get("designation", []):
        lots.setdefault(claim.subject, []).append(claim)
    for formation, claims in lots.items():
        level, name = evidence.level(formation), evidence.record.entities[formation].name
        if not level:
            continue
        wrong = [c for c in claims if not _fits(evidence, formation, c.value)]
        right = [c for c in claims if c not in wrong]
        witness = (*right, *evidence.witness(formation))
        for value in dict.fromkeys(c.value for c in wrong):
            side = tuple(c for c in wrong if c.value == value)
            if witness:
                yield Find(
                    "designation",
                    (side, witness),
                    f"Called {value.replace('-', ' ')}; it is the {name} ({level}).",
                    nature=ERROR if right and _of_one(evidence, (*side, *right)) else "",
                    says=(value, f"{name} ({level})"),
                    keep=1,
                    keeps="the order of battle says what a formation is",
                    value=right[0].value if right else level,
                    about=tuple(a for c in side for a in c.others),
                )


def _of_one(evidence: Evidence, claims: tuple[Claim, ...]) -> bool:
    return len({evidence.source[c.id] for c in claims}) == 1


def _fits(evidence: Evidence, formation: str, value: str) -> bool:
    """Whether a designation fits the level, the arm and the number of a formation."""
    level, name = evidence.level(formation), evidence.record.entities[formation].name.casefold()
    numbered = _NUMBERED.fullmatch(value)
    if numbered and int(numbered[1]) != evidence.ordinal(formation):
        return False
    word = numbered[2] if numbered else value
    if word.replace("-", " ") in name:
        return True
    last = word.rpartition("-")[2]
    if any(arm in word and arm not in name for arm in _ARMS):
        return False
    known = evidence.rules["designations"].get(level)
    return known is None or word in known or last == level or last in name


# one formation, two numerals


def _roman(number: int) -> str:
    digits = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, letters in digits:
        while number >= value:
            text, number = text + letters, number - value
    return text


def _roman_and_arabic(evidence: Evidence) -> Iterator[Find]:
    """Yield a formation that one text numbers in Roman and in Arabic numerals."""
    lots: dict[tuple[str, str], tuple[list[Claim], list[Claim]]] = {}
    for claim in evidence.texts:
        if not claim.printed:
            continue
        for id_ in (claim.subject, *claim.others):
            level = evidence.level(id_)
            number = evidence.ordinal(id_) if level in _LEVEL_WORDS else None
            if number is None or number > 60:
                continue
            key = (evidence.source[claim.id], id_)
            for piece in claim.figures:
                if re.search(rf"\b{_roman(number)}\b", piece):
                    lots.setdefault(key, ([], []))[0].append(claim)
                elif re.search(rf"(?<!\d){number}\.", piece) and _is_level(piece, number, level):
                    lots.setdefault(key, ([], []))[1].append(claim)
    for (_, id_), (romans, arabics) in lots.items():
        if romans and arabics:
            number = evidence.ordinal(id_) or 0
            yield Find(
                "two-numerals",
                (tuple(dict.fromkeys(romans)), tuple(dict.fromkeys(arabics))),
                f"{evidence.name(id_)} is numbered in Roman and in Arabic numerals.",
                subject=id_,
                property="name",
                nature=ERROR,
                says=(_roman(number), str(number)),
                keep=1,
                keeps="regiments of both sides are numbered in Arabic numerals",
                value=evidence.record.entities[id_].name,
            )


def _is_level(piece: str, number: int, level: str) -> bool:
    """Whether the words behind the number name the level, not a day or another formation."""
    rest = piece.casefold().partition(f"{number}.")[2]
    return any(word in rest for word in _LEVEL_WORDS[level])
