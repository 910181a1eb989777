"""Formations that are counted, beside those that are listed."""

from collections.abc import Iterator

from tairiku.record.conflicts.evidence import Evidence, overlap
from tairiku.record.conflicts.model import Find
from tairiku.record.models import Claim, parts_of


def find(evidence: Evidence) -> Iterator[Find]:
    """Yield numbers of divisions, brigades, armies that are not those of the list beside them."""
    yield from _commanders(evidence)
    levels = evidence.rules["levels"]
    for property_, level in levels.items():
        for claim in evidence.of_property.get(property_, []):
            yield from _against_list(evidence, claim, level)


def _commanders(evidence: Evidence) -> Iterator[Find]:
    """Yield a corps with more commanders of divisions than divisions."""
    lots: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in evidence.of_property.get("post", []):
        if claim.value == "division-commander" and len(claim.others) == 1:
            lots.setdefault((claim.others[0], claim.locator, claim.date), []).append(claim)
    for (corps, _, _), posts in lots.items():
        for count in evidence.said(corps, "divisions"):
            high = evidence.number(count).high
            plain = not count.scope and evidence.is_text(count)
            if plain and high is not None and len({c.subject for c in posts}) > high:
                why = f"{len(posts)} commanders of divisions, {count.value} divisions."
                yield Find(
                    "counted",
                    ((count,), tuple(posts)),
                    why,
                    values=(count.value, str(len(posts))),
                )


def _counted(evidence: Evidence, ids: tuple[str, ...], level: str, side: str) -> list[str]:
    # the Japanese 軍 is an army, the Chinese a corps
    wanted = "army" if level == "corps" and side == "japan" else level
    return [id_ for id_ in ids if evidence.level(id_) == wanted]


def _against_list(evidence: Evidence, claim: Claim, level: str) -> Iterator[Find]:
    """The list of attackers or defenders in the same passage names another number of them."""
    if claim.scope:
        return
    source, passages = evidence.source[claim.id], set(parts_of(claim.locator))
    number = evidence.number(claim)
    for property_ in ("attacker", "defender"):
        for other in evidence.of_property.get(property_, []):
            same = (other.subject, other.side, other.scope) == (claim.subject, claim.side, "")
            here = passages & set(parts_of(other.locator))
            if not (same and here and evidence.source[other.id] == source):
                continue
            listed = _counted(evidence, parts_of(other.value), level, claim.side)
            if not listed or not overlap(evidence.when(claim), evidence.when(other)):
                continue
            wrong = (number.high is not None and len(listed) > number.high) or (
                number.low is not None and len(listed) < number.low
            )
            if wrong:
                why = f"{claim.value} {claim.property} are counted, {len(listed)} are listed."
                yield Find(
                    "counted",
                    ((claim,), (other,)),
                    why,
                    keep=0,
                    keeps="a list of names may be incomplete, the count is of all",
                )
