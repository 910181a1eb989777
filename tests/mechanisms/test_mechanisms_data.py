"""Mechanisms that are data of the first morning, decisions taken before it, or record only."""

import csv
from collections.abc import Iterator
from statistics import mean, median

import pytest

from tairiku.record.load import load_record
from tairiku.scenario.load import Scenario, load_scenario
from tairiku.study.mechanisms.table import read_mechanisms


@pytest.fixture(scope="module", name="ichigo")
def the_scenario() -> Scenario:
    return load_scenario("ichigo")


def plan_rows(scenario: Scenario, name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of a plan."""
    path = scenario.file(f"plans/{name}.csv")
    assert path is not None
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def under(scenario: Scenario, chief: str) -> list[str]:
    """The units that a formation commands on the first morning, through whatever chain."""
    above = scenario.superior_on(scenario.first_day)
    found = []
    for unit in scenario.units:
        seen = unit.id
        while seen and seen != chief:
            seen = above.get(seen, "")
        if seen:
            found.append(unit.id)
    return found


def test_m07_reserves_stand_where_the_plan_put_them(ichigo: Scenario) -> None:
    reserves = [row for row in plan_rows(ichigo, "china/roles") if row["role"] == "reserve"]
    assert len(reserves) > 10
    for row in reserves:
        assert row["start"] not in ("", "always"), "a reserve waits for a sign"
        assert int(row["lag"].split("-")[0]) >= 2, "and is not there the same day"


def test_m21_a_side_force_pins_and_goes_home(ichigo: Scenario) -> None:
    rows = [row for row in plan_rows(ichigo, "japan/tasks") if row["who"] == "jp-65d-det"]
    feint = next(i for i, row in enumerate(rows) if row["step"] == "feint")
    assert rows[feint]["order"] == "attack"
    assert rows[feint]["end"], "it ends when its aim is reached"
    back = rows[feint + 1]
    assert back["order"] in ("move", "hold", "withdraw", "rail")
    assert back["place"] != rows[feint]["place"]


def test_m62_few_aircraft_on_both_sides(ichigo: Scenario) -> None:
    first = ichigo.first_day
    for side in ("japan", "allied-air"):
        craft = sum(
            unit.aircraft_best
            for unit in ichigo.air_units
            if unit.side == side and (unit.available_from is None or unit.available_from <= first)
        )
        assert 100 <= craft <= 700, side


def test_m67_divisions_are_half_empty(ichigo: Scenario) -> None:
    divisions = [
        u.men_best
        for u in ichigo.units
        if u.side == "china" and u.type == "infantry" and u.id.endswith("d")
    ]
    establishment = 30_000 / 3  # claim:ZH-117: an army of three divisions
    assert len(divisions) > 150
    assert median(divisions) < 0.75 * establishment


def test_m68_men_who_are_not_there_are_not_counted(ichigo: Scenario) -> None:
    zone = set(under(ichigo, "cn-1wz"))
    units = [u for u in ichigo.units if u.id in zone]
    assert sum(u.men_best for u in units) < 470_000, "claim:ZH-104: on paper"
    assert all(u.men_low <= u.men_best <= u.men_high for u in units)
    assert mean((u.men_high - u.men_low) / u.men_best for u in units) > 0.2


def test_m69_m71_recruits_and_quiet_sectors_show_in_drill_and_cohesion(ichigo: Scenario) -> None:
    china = [u for u in ichigo.units if u.side == "china" and u.type == "infantry"]
    assert min(u.training for u in china) <= 3, "there are recruits"
    quiet = set(under(ichigo, "cn-1wz"))
    assert len(quiet) > 20
    drilled = [u.training for u in china if u.id not in quiet]
    assert mean(u.training for u in china if u.id in quiet) <= mean(drilled)


def test_m73_men_are_drawn_from_other_theatres(ichigo: Scenario) -> None:
    japan = [u for u in ichigo.units if u.side == "japan"]
    assert sum(u.men_best for u in japan) > 350_000
    assert any("moved from" in f"{u.quality_reason} {u.basis} {u.readiness}" for u in japan)
    assert any(u.arrives is not None for u in japan), "some come later, by an earlier decision"


def test_m76_a_warning_heeded_is_another_campaign(ichigo: Scenario) -> None:
    heeded = load_scenario("ichigo", variant="warning-heeded")
    assert heeded.changes["commander.raid_discount"] == 0.0
    assert heeded.changes["setup.belief_assembly"] == 1.0
    assert ichigo.parameters["setup.belief_assembly"].value < 1.0


def test_m82_m103_the_best_corps_are_bound_elsewhere(ichigo: Scenario) -> None:
    kept = load_scenario("ichigo", variant="y-force-in-the-east")
    moved = {"cn-5c", "cn-8c", "cn-54c"}
    here = {u.id: u.place_id for u in kept.units}
    there = {u.id: u.place_id for u in ichigo.units}
    assert {name for name in here if here[name] != there[name]} == moved
    assert any(box.id == "burma" or "burma" in box.id for box in ichigo.map.boxes)


def test_m97_aircraft_or_divisions(ichigo: Scenario) -> None:
    divisions = load_scenario("ichigo", variant="thirty-divisions")
    guns = [sum(u.guns_best for u in s.units if u.side == "china") for s in (ichigo, divisions)]
    craft = [
        sum(u.aircraft_best for u in s.air_units if u.side == "allied-air")
        for s in (ichigo, divisions)
    ]
    assert guns[1] > guns[0]
    assert craft[1] < craft[0]


def test_what_is_record_only_stands_in_the_record(ichigo: Scenario) -> None:
    """Each such row has a reason, moves nothing, and its claims are in the record."""
    claims = set(load_record().claims)
    rows = [row for row in read_mechanisms(ichigo) if row.status == "record-only"]
    assert rows
    for row in rows:
        assert row.reason, row.id
        assert row.parameters == "", row.id
        named = {name.strip() for name in row.claims.split(";")}
        assert named, row.id
        assert named <= claims, (row.id, named - claims)
