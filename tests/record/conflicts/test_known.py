"""The well-known conflicts of the two documents are found by rule; the sample judged by hand."""

import csv
from pathlib import Path

import pytest

from tairiku.record.conflicts import Conflict, find_conflicts
from tairiku.record.conflicts.model import NATURES
from tairiku.record.load import Record, load_record

SAMPLE = Path(__file__).parents[1] / "conflict_sample.csv"


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record()


@pytest.fixture(scope="module")
def found(record: Record) -> list[Conflict]:
    return find_conflicts(record)


# topic, property, and on each of two sides a value that one of its claims holds, typed by hand
KNOWN = [
    ("start of the operation", "campaign", "start", "1944-04-19", "1944-04-17"),
    ("start in Henan", "henan", "start", "1944-04-19", "1944-04-17"),
    ("guns", "campaign", "guns", "6000", "1500"),
    ("vehicles", "campaign", "vehicles", "12000", "13000"),
    ("the pocket of 390,000", "luoyang", "encircled-men", "390000", "200000"),
    ("what became of the pocket", "luoyang", "encircled-men", "390000", "46000"),
    ("the pocket and the whole side", "luoyang", "encircled-men", "390000", "400000"),
    ("fall of Luoyang", "luoyang", "fell", "1944-05-24", "1944-05-25"),
    ("assault on Luoyang", "luoyang", "attack-start", "1944-05-12", "1944-05-18"),
    ("defenders of Luoyang", "luoyang", "defender", "cn-13c", "cn-15c;cn-94d"),
    ("start of the attack in Hunan", "hunan", "start", "1944-05-30", "1944-04-27"),
    ("garrison of Hengyang", "hengyang", "garrison-men", "20000", "18000"),
    ("captured at Hengyang", "hengyang", "captured", "2000", "13306"),
    ("surrender of Hengyang", "hengyang", "garrison-surrendered", "yes", "deny-signing-surrender"),
    ("fall of Guilin", "guilin", "fell", "1944-11-10", "1944-11-11"),
    ("losses at Guilin, dead", "guilin", "losses-men", "120000", "5665"),
    ("losses at Guilin, captured", "guilin", "losses-men", "120000", "13151"),
    ("more lost at Guilin than were there", "guilin", "men", "120000", "100000"),
    ("fall of Liuzhou", "liuzhou", "fell", "1944-11-13", "1944-11-10"),
    ("Liuzhou in one text", "liuzhou", "fell", "1944-11-13", "1944-11-12"),
    ("Nanning taken or not", "nanning", "taken", "no", "yes"),
    ("Nanning taken, by its fall", "nanning", "taken", "no", "1944-11-24"),
    ("fall of Nanning", "nanning", "fell", "1944-12", "1944-11-24"),
    ("Li Jiayu's army group", "li-jiayu", "designation", "37th-army-group", "36th-army-group"),
    ("total losses, two works", "campaign", "losses-men", "700000", "500000"),
    ("total losses, kinds", "campaign", "killed-and-wounded", "750000", "300000"),
    ("captured in all", "campaign", "captured", "80000", "40598"),
    ("Japanese losses", "campaign", "killed-and-wounded", "100000", "100000"),
    ("commander in chief", "jp-cea", "commander", "hata", "okamura"),
    ("Fang's attempt on his life", "fang", "action", "attempt-suicide", "attempt-suicide"),
]


@pytest.mark.parametrize(
    ("topic", "property_", "one", "other"), [row[1:] for row in KNOWN], ids=[r[0] for r in KNOWN]
)
def test_well_known_conflicts(
    record: Record, found: list[Conflict], topic: str, property_: str, one: str, other: str
) -> None:
    def holds(conflict: Conflict, value: str) -> set[int]:
        return {
            i
            for i, side in enumerate(conflict.sides)
            if any(record.claims[claim].value == value for claim in side.claims)
        }

    about = [c for c in found if topic in c.topics and c.property == property_]
    assert any(a != b for c in about for a in holds(c, one) for b in holds(c, other)), (
        f"{topic} {property_}: {[(c.rule, c.sides) for c in about]}"
    )


def claims_by_rule(found: list[Conflict], rule: str, topic: str) -> set[str]:
    return {claim for c in found if c.rule == rule and topic in c.topics for claim in c.claims}


def test_a_day_of_june_inside_july(record: Record, found: list[Conflict]) -> None:
    slips = [c for c in found if c.rule == "order-of-narration"]
    dates = {record.claims[claim].date for c in slips for claim in c.sides[0].claims}
    assert {"1944-06-20", "1944-04-27"} <= dates
    (july,) = [c for c in slips if c.topic == "hengyang"]
    assert july.reconciled.value == "1944-07-20"


def test_the_army_that_is_a_division(record: Record, found: list[Conflict]) -> None:
    (one,) = [c for c in found if c.rule == "designation" and c.topic == "jp-21d"]
    assert {record.claims[claim].value for claim in one.sides[0].claims} == {"army"}
    assert one.reconciled.value == "division"


def test_tang_in_two_places(record: Record, found: list[Conflict]) -> None:
    (one,) = [c for c in found if c.topic == "tang" and c.property == "location"]
    places = [{p for claim in s.claims for p in record.claims[claim].places} for s in one.sides]
    assert {"luoyang"} in places
    assert any("linru" in found_ for found_ in places)


def test_formations_that_were_not_there(found: list[Conflict]) -> None:
    topics = {c.topic for c in found if c.rule == "not-in-order-of-battle"}
    assert {"de-6th-army-japan", "de-12th-corps", "de-129th-division-japan", "jp-33a"} <= topics
    numerals = {c.topic for c in found if c.rule == "two-numerals"}
    assert {"jp-tkr13", "jp-tkr17"} <= numerals


def test_every_conflict_says_what_it_must(record: Record, found: list[Conflict]) -> None:
    assert len(found) > 80
    assert len({c.id for c in found}) == len(found)
    for conflict in found:
        assert conflict.nature in NATURES
        assert len(conflict.sides) > 1, conflict.id
        assert conflict.topic in conflict.topics
        assert conflict.why.endswith("."), conflict.why
        assert conflict.reconciled.value, conflict.id
        assert conflict.reconciled.rule, conflict.id
        claims = conflict.claims
        assert len(set(claims)) == len(claims), conflict.id
        assert {*claims, *conflict.also, *conflict.reconciled.claims} <= set(record.claims)
        texts = {record.sources[record.source_of[claim]].kind for claim in claims}
        assert "text" in texts, conflict.id


def sample() -> list[dict[str, str]]:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_precision_of_the_sample() -> None:
    rows = sample()
    assert len(rows) == 60
    assert {row["verdict"] for row in rows} <= {"real", "not real"}
    assert all(row["reason"] for row in rows)
    for rule in {row["rule"] for row in rows}:
        of_rule = [row["verdict"] == "real" for row in rows if row["rule"] == rule]
        assert sum(of_rule) / len(of_rule) >= 0.8, rule


def test_the_sample_is_of_what_is_found(found: list[Conflict]) -> None:
    # corrections to claims may take a conflict away or give it other sides, and with them an id
    assert sum(row["id"] in {c.id for c in found} for row in sample()) >= 50
