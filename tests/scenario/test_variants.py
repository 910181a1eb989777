"""Variants change what they say and nothing else."""

from datetime import timedelta

import pytest

from tairiku.base.errors import RequestError
from tairiku.scenario.load import load_scenario, variants_of
from tairiku.scenario.variants import Change, changed

NAMES = list(variants_of(load_scenario("ichigo")))


def test_the_guards_are_there() -> None:
    assert {"japan-halved", "start-30-days-later"} <= set(NAMES)
    assert len(NAMES) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_every_variant_loads_and_says_what_it_asks(name: str) -> None:
    plain, other = load_scenario("ichigo"), load_scenario("ichigo", variant=name)
    assert other.variant is not None
    assert other.variant.question.endswith("?")
    assert other.digest != plain.digest
    assert len(other.units) == len(plain.units)


def test_japan_halved() -> None:
    plain, half = load_scenario("ichigo"), load_scenario("ichigo", variant="japan-halved")
    for before, after in zip(plain.units, half.units, strict=True):
        if before.side == "japan":
            assert after.men_best == round(before.men_best * 0.5)
            assert after.tanks_high == round(before.tanks_high * 0.5)
        else:
            assert after == before


def test_a_month_later_moves_the_calendar_alone() -> None:
    plain, late = load_scenario("ichigo"), load_scenario("ichigo", variant="start-30-days-later")
    assert late.first_day - plain.first_day == timedelta(days=30)
    assert late.days == plain.days
    assert late.units == plain.units


def test_the_bridge_down() -> None:
    scenario = load_scenario("ichigo", variant="yellow-river-bridge-not-repaired")
    states = {bridge.id: bridge.state for bridge in scenario.map.bridges}
    before = {bridge.id: bridge.state for bridge in load_scenario("ichigo").map.bridges}
    assert states["yellow-river-zhengzhou"] == "destroyed"
    assert {k for k in states if states[k] != before[k]} == {"yellow-river-zhengzhou"}


def test_selectors() -> None:
    scenario = load_scenario("tiny")
    above = scenario.superior_on(scenario.first_day)
    change = Change(under="cn-t-1c", multiply={"men": 2.0}, put={"training": 9.0})
    rows = changed(scenario.units, [change], above)
    touched = {a.id for a, b in zip(rows, scenario.units, strict=True) if a != b}
    assert touched == {"cn-t-1d", "cn-t-2d", "cn-t-3d"}
    assert all(row.training == 9.0 for row in rows if row.id in touched)
    tank = changed(scenario.units, [Change(type="tank", multiply={"tanks": 0.0})], above)
    assert sum(row.tanks_best for row in tank) == 0


def test_an_impossible_change_is_a_clear_mistake() -> None:
    scenario = load_scenario("tiny")
    with pytest.raises(RequestError, match="training"):
        changed(scenario.units, [Change(ids=("jp-t-1d",), put={"training": 90})], {})
