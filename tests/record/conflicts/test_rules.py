"""Each further rule on a case of its own, with a case that it must leave alone."""

from pathlib import Path
from typing import Any

import pytest

from tairiku.record.conflicts.model import DISAGREEMENT, ERROR, SCOPE
from tests.record.conflicts.cases import Row, claim, conflicts_of, sides

LOST: dict[str, str] = {"side": "china", "unit": "men", "kind": "casualty", "date": "1944-11"}


def lost(id_: str, property_: str, value: str, event: str = "battle-of-guilin", **more: str) -> Row:
    return claim(id_, event, property_, value, **{**LOST, **more})


def only(folder: Path, rule: str, *rows: Row) -> Any:
    (found,) = conflicts_of(folder, *rows, rule=rule)
    return found


# sums


def test_parts_of_a_total(tmp_path: Path) -> None:
    whole = lost("OLD-1", "losses-men", "10000")
    parts = [
        lost("OLD-2", "killed", "4000", part_of="OLD-1"),
        lost("OLD-3", "wounded", "5000", part_of="OLD-1"),
    ]
    found = only(tmp_path / "wrong", "sum", whole, *parts)
    assert sides(found) == [["OLD-1"], ["OLD-2", "OLD-3"]]
    right = lost("OLD-4", "captured", "1000", part_of="OLD-1")
    assert conflicts_of(tmp_path / "right", whole, *parts, right, rule="sum") == []


def test_killed_and_wounded_above_both_together(tmp_path: Path) -> None:
    rows = [lost("OLD-1", "killed-and-wounded", "9000"), lost("OLD-2", "killed", "6000")]
    assert conflicts_of(tmp_path / "one", *rows, rule="kinds-of-loss") == []
    found = only(tmp_path / "two", "kinds-of-loss", *rows, lost("OLD-3", "wounded", "5000"))
    assert found.nature == ERROR
    assert found.reconciled.value in ("9000", "11000", "9000 | 11000")


def test_losses_many_times_their_kinds(tmp_path: Path) -> None:
    rows = [lost("NEW-1", "killed", "5665"), lost("NEW-2", "captured", "13151")]
    found = only(tmp_path, "kinds-of-loss", lost("OLD-1", "losses-men", "120000"), *rows)
    assert (found.nature, found.reconciled.value) == (DISAGREEMENT, "18816")


def test_more_lost_than_there_were(tmp_path: Path) -> None:
    men = claim("OLD-1", "battle-of-guilin", "men", "100000", side="china", unit="men")
    found = only(tmp_path, "losses-above-strength", men, lost("OLD-2", "losses-men", "120000"))
    assert found.nature == ERROR


def test_wounded_among_the_captured(tmp_path: Path) -> None:
    event = "battle-of-hengyang"
    rows = [
        claim("OLD-1", event, "garrison-men", "18000", side="china", unit="men"),
        lost("OLD-2", "killed", "4000", event),
        lost("OLD-3", "wounded", "9000", event),
        lost("OLD-4", "captured", "13306", event),
    ]
    found = only(tmp_path, "losses-above-strength", *rows)
    assert (found.nature, found.reconciled.value) == (SCOPE, "17306")


def test_a_part_of_an_event_above_the_whole(tmp_path: Path) -> None:
    rows = [
        lost("OLD-1", "captured", "40000", "ko-go"),
        lost("OLD-2", "captured", "45000", "luoyang-pocket", bound="more-than"),
    ]
    assert only(tmp_path, "part-above-whole", *rows).nature == ERROR


def test_events_that_together_are_above_the_whole(tmp_path: Path) -> None:
    rows = [
        lost("OLD-1", "captured", "10000", "campaign"),
        lost("OLD-2", "captured", "8000", "ko-go"),
        lost("OLD-3", "captured", "9000", "battle-of-hengyang"),
    ]
    found = only(tmp_path, "part-above-whole", *rows)
    assert sides(found) == [["OLD-1"], ["OLD-2", "OLD-3"]]


def test_a_pocket_of_more_than_there_were(tmp_path: Path) -> None:
    here = {"side": "china", "place": "luoyang", "date": "1944-05"}
    ring = claim("OLD-1", "luoyang-pocket", "encircled-men", "390000", unit="men", **here)
    few = claim("OLD-2", "cn-13c", "men", "200000", unit="men", bound="at-most", **here)
    who = claim("OLD-3", "battle-of-luoyang", "defender", "cn-13c", **here)
    found = only(tmp_path, "surrounded", ring, few, who)
    assert found.reconciled.value == "at most 200000"


def test_men_in_a_pocket_who_are_never_heard_of(tmp_path: Path) -> None:
    ring = claim("OLD-1", "luoyang-pocket", "encircled-men", "390000", side="china", unit="men")
    fates = [
        lost("OLD-2", "killed", "46000", "luoyang-pocket"),
        lost("OLD-3", "captured", "45000", "luoyang-pocket"),
    ]
    assert only(tmp_path, "surrounded", ring, *fates).reconciled.value == "at least 91000"


def test_counted_and_listed(tmp_path: Path) -> None:
    count = claim("OLD-1", "ko-go", "divisions", "5", side="japan", unit="divisions", date="1944")
    named = claim("OLD-2", "ko-go", "attacker", "jp-37d;jp-62d;jp-110d", side="japan", date="1944")
    assert only(tmp_path / "same", "counted", count, named).reconciled.value == "5"
    other = {**named, "locator": "L7.1"}
    assert conflicts_of(tmp_path / "elsewhere", count, other, rule="counted") == []


# days


def told(id_: str, day: str, locator: str, **others: str) -> Row:
    given = {"side": "china", "place": "hengyang", "date": day, "locator": locator}
    return claim(id_, "china", "action", "withdraw", **{**given, **others})


def test_a_date_that_goes_back_in_its_paragraph(tmp_path: Path) -> None:
    rows = [
        told("OLD-1", "1944-07-16/1944-07-17", "L3.1"),
        told("OLD-2", "1944-06-20", "L3.2"),
        told("OLD-3", "1944-07-28", "L4.1"),
    ]
    found = only(tmp_path, "order-of-narration", *rows)
    assert sides(found) == [["OLD-1", "OLD-3"], ["OLD-2"]]
    assert found.reconciled.value == "1944-07-20"
    assert found.topic == "hengyang"


def test_a_month_that_opens_a_section_and_a_day_before_it(tmp_path: Path) -> None:
    rows = [
        told("OLD-1", "1944-05", "L2.1"),
        told("OLD-2", "1944-04-27", "L4.1"),
        told("OLD-3", "1944-06-01", "L4.2"),
    ]
    assert only(tmp_path, "order-of-narration", *rows).reconciled.value == "1944-05-27"


@pytest.mark.parametrize(
    "days",
    [
        (("1944-07-16", "L3.1"), ("1944-07-12", "L3.2"), ("1944-07-28", "L3.3")),  # an aside
        (("1944-07-16", "L3.1"), ("1944-06-20", "L4.1"), ("1944-07-28", "L4.2")),  # looks back
        (("1944-07-16", "L3.1"), ("1944-06-20", "L3.2"), ("1944-06-24", "L3.3")),  # a new story
    ],
)
def test_what_is_in_order(tmp_path: Path, days: tuple[tuple[str, str], ...]) -> None:
    rows = [told(f"OLD-{i}", day, locator) for i, (day, locator) in enumerate(days)]
    assert conflicts_of(tmp_path, *rows, rule="order-of-narration") == []


def test_a_plan_may_look_ahead(tmp_path: Path) -> None:
    rows = [
        told("OLD-1", "1944-07-16", "L3.1"),
        told("OLD-2", "1944-06-20", "L3.2", kind="plan"),
        told("OLD-3", "1944-07-28", "L3.3"),
    ]
    assert conflicts_of(tmp_path, *rows, rule="order-of-narration") == []


def test_still_fighting_after_the_end(tmp_path: Path) -> None:
    end = claim("OLD-1", "ko-go", "end", "1944-05-24", date="1944-05-24", kind="date")
    late = claim("OLD-2", "luoyang-pocket", "condition", "still-fighting", date="1944-05-30")
    assert only(tmp_path / "late", "outside-event", end, late).reconciled.value == "1944-05-24"
    near = {**late, "date": "1944-05-25"}
    assert conflicts_of(tmp_path / "near", end, near, rule="outside-event") == []


def test_attacked_after_it_fell(tmp_path: Path) -> None:
    fell = claim("OLD-1", "guilin", "fell", "1944-11-10", side="japan", date="1944-11-10")
    late = claim("OLD-2", "guilin", "attack-start", "1944-11-20", side="japan", date="1944-11-20")
    assert only(tmp_path, "siege", fell, late).reconciled.value == "1944-11-10"


def test_a_province_before_its_city(tmp_path: Path) -> None:
    whole = claim("OLD-1", "henan", "fell", "1944-05-10", side="japan", date="1944-05-10")
    city = claim("OLD-2", "luoyang", "fell", "1944-05-25", side="japan", date="1944-05-25")
    assert only(tmp_path, "province-before-city", whole, city).nature == ERROR


def test_shorter_than_from_the_first_day_to_the_last(tmp_path: Path) -> None:
    start = claim("OLD-1", "campaign", "start", "1944-04-17", date="1944-04-17", kind="date")
    end = claim("OLD-2", "campaign", "end", "1944-12-10", date="1944-12-10", kind="date")
    six = claim("OLD-3", "campaign", "duration", "6", unit="months", date="1944", kind="date")
    assert only(tmp_path / "six", "duration", start, end, six).nature == ERROR
    eight = {**six, "value": "8"}
    assert conflicts_of(tmp_path / "eight", start, end, eight, rule="duration") == []


# forces and people


def test_destroyed_and_fighting_on(tmp_path: Path) -> None:
    end = claim("OLD-1", "cn-4c", "destroyed", "yes", side="china", date="1944-06-16")
    late = claim("OLD-2", "battle-of-changsha", "defender", "cn-4c", date="1944-06-20")
    found = only(tmp_path / "late", "acts-after-end", end, late)
    assert (found.nature, found.reconciled.value, found.topic) == (ERROR, "yes", "cn-4c")
    before = {**late, "date": "1944-06-10"}
    assert conflicts_of(tmp_path / "before", end, before, rule="acts-after-end") == []


def test_two_places_on_one_day(tmp_path: Path) -> None:
    def at(id_: str, place: str, day: str) -> Row:
        return claim(id_, "jp-37d", "action", "attack", place=place, date=day, side="japan")

    found = only(tmp_path / "far", "two-places", at("OLD-1", "luoyang", "1944-05-12"),
                 at("NEW-1", "changsha", "1944-05-14"))  # fmt: skip
    assert found.property == "location"
    march = [at("OLD-1", "luoyang", "1944-05-12"), at("NEW-1", "changsha", "1944-06-14")]
    assert conflicts_of(tmp_path / "month", *march, rule="two-places") == []


def test_in_the_ring_and_out_of_it(tmp_path: Path) -> None:
    rows = [
        claim("OLD-1", "luoyang", "invested", "1944-04-30", side="japan", date="1944-04-30"),
        claim("OLD-2", "luoyang", "fell", "1944-05-24", side="japan", date="1944-05-24"),
        claim("OLD-3", "tang", "location", "luoyang", place="luoyang", date="1944-05"),
        claim("OLD-4", "tang", "action", "gather-troops", place="linru", date="1944-05-03"),
    ]
    found = only(tmp_path, "out-of-siege", *rows)
    assert (found.topic, sides(found)) == ("tang", [["OLD-3"], ["OLD-4"]])
    assert "luoyang" in found.topics


def test_an_army_that_is_a_division(tmp_path: Path) -> None:
    wrong = claim("OLD-1", "jp-21d", "designation", "army", date="1944-11-28")
    table = claim("FACT-1", "jp-21d", "superior", "jp-iga", date="1944-04-17/..")
    found = only(tmp_path, "designation", wrong, table)
    assert found.reconciled.value == "division"
    right = {**wrong, "value": "division"}
    assert conflicts_of(tmp_path / "right", right, table, rule="designation") == []


def test_two_numbers_of_one_army_group(tmp_path: Path) -> None:
    rows = [
        claim("OLD-1", "cn-36ga", "designation", "37th-army-group", actors="li-jiayu"),
        claim("OLD-2", "cn-36ga", "designation", "36th-army-group", actors="li-jiayu"),
    ]
    found = only(tmp_path, "designation", *rows)
    assert found.nature == ERROR
    assert "li-jiayu" in found.topics
    assert found.reconciled.value == "36th-army-group"


def test_roman_and_arabic(tmp_path: Path) -> None:
    rows = [
        claim("OLD-1", "jp-tkr13", "action", "attack", printed="XIII."),
        claim("OLD-2", "jp-tkr13", "action", "attack", printed="13. Panzerregiments"),
        claim("OLD-3", "jp-tkr13", "action", "attack", printed="13. Mai"),
    ]
    assert sides(only(tmp_path, "two-numerals", *rows)) == [["OLD-1"], ["OLD-2"]]


def test_not_in_the_order_of_battle(tmp_path: Path) -> None:
    text = claim(
        "OLD-1", "de-129th-division-japan", "action", "attack", side="japan", place="liuzhou"
    )
    table = claim("FACT-1", "jp-22d", "superior", "jp-23a", date="1944-04-17/..")
    found = only(tmp_path, "not-in-order-of-battle", text, table)
    assert "jp-22d" in found.reconciled.value


def test_before_it_was_set_up(tmp_path: Path) -> None:
    made = claim("OLD-1", "jp-6aa", "completed", "1944-08", scope="formation-set-up", kind="unit")
    early = claim("OLD-2", "plan-of-ichi-go", "attacker", "jp-6aa", date="1944-03", kind="plan")
    assert only(tmp_path, "before-its-time", made, early).reconciled.value == "1944-08"


def test_elsewhere(tmp_path: Path) -> None:
    table = claim("FACT-1", "jp-20a", "superior", "jp-kwantung", date="../1944-09-26")
    here = claim("OLD-1", "jp-20a", "action", "pursue", place="hengyang", date="1944-08-10")
    assert only(tmp_path, "elsewhere", table, here).nature == DISAGREEMENT


def test_counted_otherwise(tmp_path: Path) -> None:
    under = [
        claim(f"FACT-{i}", unit, "superior", "cn-13c", date="1944-04-17/..")
        for i, unit in enumerate(("cn-4d", "cn-89d", "cn-117d"))
    ]
    many = claim("OLD-1", "cn-13c", "divisions", "20", unit="divisions", date="1944-05")
    assert only(tmp_path / "many", "counted-otherwise", many, *under).nature == DISAGREEMENT
    two = {**many, "value": "2"}
    assert only(tmp_path / "few", "counted-otherwise", two, *under).nature == SCOPE


def test_other_forces(tmp_path: Path) -> None:
    rows = [
        claim("OLD-1", "battle-of-luoyang", "defender", "cn-13c", side="china"),
        claim("NEW-1", "battle-of-luoyang", "defender", "cn-15c;cn-94d", side="china"),
    ]
    assert only(tmp_path / "other", "forces", *rows).nature == DISAGREEMENT
    part = claim("FACT-1", "cn-94d", "superior", "cn-13c", date="1944-04-17/..")
    assert conflicts_of(tmp_path / "part", *rows, part, rule="forces") == []


def test_two_commanders(tmp_path: Path) -> None:
    rows = [
        claim("OLD-1", "jp-cea", "commander", "hata", date="1944", kind="commander"),
        claim("OLD-2", "jp-cea", "commander", "okamura", date="1944-04-17/1944-12-10"),
        claim("FACT-1", "jp-cea", "commander", "hata", date="1941-03/1944-11-22"),
        claim("FACT-2", "jp-cea", "commander", "okamura", date="1944-11-23/.."),
    ]
    found = only(tmp_path, "commander", *rows)
    assert sides(found) == [["FACT-1", "OLD-1"], ["FACT-2", "OLD-2"]]
    assert found.reconciled.value == "hata"


def test_commanders_one_after_another(tmp_path: Path) -> None:
    rows = [
        claim("OLD-1", "jp-cea", "commander", "hata", date="1944-04"),
        claim("OLD-2", "jp-cea", "commander", "okamura", date="1944-12"),
    ]
    assert conflicts_of(tmp_path, *rows) == []


def test_two_commands(tmp_path: Path) -> None:
    rows = [
        claim("OLD-1", "cn-36ga", "commander", "li-jiayu", date="1944-04", kind="commander"),
        claim("NEW-1", "cn-15ga", "commander", "li-jiayu", date="1944-04", kind="commander"),
    ]
    assert only(tmp_path, "two-commands", *rows).topic == "li-jiayu"


def test_a_fall_is_a_taking(tmp_path: Path) -> None:
    rows = [
        claim("OLD-1", "nanning", "taken", "no", side="china", date="1944-12"),
        claim("NEW-1", "nanning", "fell", "1944-11-24", side="japan", date="1944-11-24"),
    ]
    found = only(tmp_path, "exclusive", *rows)
    assert found.reconciled.rule == "a dated event goes before a general remark"


def test_surrendered_and_denied(tmp_path: Path) -> None:
    here = {"place": "hengyang", "date": "1944-08-08"}
    rows = [
        claim("OLD-1", "battle-of-hengyang", "garrison-surrendered", "yes", **here),
        claim("NEW-1", "fang", "action", "deny-signing-surrender", reporter="fang", **here),
    ]
    found = only(tmp_path, "exclusive", *rows)
    assert (found.topic, found.nature) == ("hengyang", DISAGREEMENT)
    assert "yes" in found.reconciled.value


def test_done_once(tmp_path: Path) -> None:
    rows = [
        claim("OLD-1", "fang", "action", "attempt-suicide", date="1944-08-04"),
        claim("NEW-1", "fang", "action", "attempt-suicide", date="1944-08-08"),
    ]
    assert only(tmp_path, "done-once", *rows).reconciled.value == "1944-08-04 | 1944-08-08"


def test_one_author(tmp_path: Path) -> None:
    rows = [
        claim("OLD-1", "umezu", "action", "propose-plan", actors="plan-of-ichi-go"),
        claim("NEW-1", "hata", "action", "draw-up-plan", actors="plan-of-ichi-go"),
    ]
    assert only(tmp_path, "author", *rows).topic == "campaign"
