"""Loading scenarios: what comes out, and what is refused with which words."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from tairiku.base.errors import DataError, RequestError
from tairiku.scenario.load import (
    list_scenarios,
    load_scenario,
    parse_change,
    scenario_folder,
    variants_of,
)


def test_there_are_two_scenarios() -> None:
    assert list_scenarios() == ["ichigo", "tiny"]


def test_ichigo_stands_as_the_sources_have_it() -> None:
    """Totals printed in facts/README.md of the order of battle."""
    scenario = load_scenario("ichigo")
    assert scenario.days == 238
    assert scenario.date_of(0) == date(1944, 4, 17)
    sides = [unit.side for unit in scenario.units]
    assert [sides.count(s) for s in ("japan", "china", "communist", "puppet")] == [67, 220, 12, 18]
    men = dict.fromkeys(sides, 0)
    for unit in scenario.units:
        men[unit.side] += unit.men_best
    assert men == {"japan": 660_400, "china": 2_185_000, "communist": 471_000, "puppet": 408_000}
    japan = [unit for unit in scenario.units if unit.side == "japan"]
    assert sum(unit.guns_best for unit in japan) == 1_900
    assert sum(unit.tanks_best for unit in japan) == 363
    assert sum(d.food_t_best for d in scenario.depots if d.side == "japan") == 143_300
    assert sum(a.aircraft_best for a in scenario.air_units if a.side == "japan") == 309


def test_every_unit_has_a_chain_up_to_a_high_command() -> None:
    scenario = load_scenario("ichigo")
    above = scenario.superior_on(scenario.first_day)
    for unit in scenario.units:
        seen, steps = unit.id, 0
        while seen in above:
            seen, steps = above[seen], steps + 1
            assert steps < 12, unit.id
        assert scenario.formation[seen].level in ("high-command", "general-army"), unit.id


def test_attachment_goes_before_the_organic_superior() -> None:
    above = load_scenario("ichigo").superior_on(date(1944, 4, 17))
    assert above["jp-27d"] == "jp-ncaa"
    assert above["jp-tkr3"] == "jp-11a"


def test_tiny_takes_what_it_lacks_from_its_parent() -> None:
    tiny = load_scenario("tiny")
    assert tiny.parent is not None
    assert tiny.days == 30
    assert tiny.parameters.keys() == load_scenario("ichigo").parameters.keys()
    assert tiny.files["parameters.toml"].parent.name == "ichigo"
    assert tiny.files["units.csv"].parent.name == "tiny"
    assert list(variants_of(tiny)) == ["bridge-down", "japan-halved"]


def test_digest_tells_what_was_changed() -> None:
    digests = {
        load_scenario("tiny").digest,
        load_scenario("tiny", sources="sampled").digest,
        load_scenario("tiny", variant="bridge-down").digest,
        load_scenario("tiny", changes={"setup.food_days": 4.0}).digest,
    }
    assert len(digests) == 4
    assert load_scenario("tiny").digest == load_scenario("tiny").digest


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"name_or_path": "itchigo"}, "did you mean 'ichigo'"),
        ({"name_or_path": "tiny", "sources": "de"}, "use 'reconciled' or 'sampled'"),
        ({"name_or_path": "tiny", "sources": "both"}, "use one of"),
        ({"name_or_path": "tiny", "variant": "what"}, "bridge-down"),
        ({"name_or_path": "tiny", "changes": {"setup.food_dayz": 1.0}}, "setup.food_days"),
        ({"name_or_path": "tiny", "changes": {"setup.food_days": float("nan")}}, "finite"),
        ({"name_or_path": "tiny", "without": ["M999"]}, "these can"),
    ],
)
def test_requests_that_cannot_be_met(asked: dict[str, object], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        load_scenario(**asked)  # type: ignore[arg-type]


def test_a_mechanism_is_switched_off_by_neutral_values() -> None:
    scenario = load_scenario("tiny", without=["M57"])
    assert scenario.changes
    for name, value in scenario.changes.items():
        parameter = scenario.parameters[name]
        assert "M57" in parameter.mechanisms
        assert value == parameter.neutral


def test_changes_are_parsed() -> None:
    assert parse_change("combat.ka=0.05") == ("combat.ka", 0.05)
    for text in ("combat.ka", "combat.ka=much"):
        with pytest.raises(RequestError, match="NAME=NUMBER"):
            parse_change(text)


def test_a_faulty_folder_names_all_its_faults(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(scenario_folder("tiny"), folder)
    units = folder / "units.csv"
    units.write_text(units.read_text("utf-8").replace("12600,14000", "-5,14000"), "utf-8")
    (folder / "route.csv").unlink()
    (folder / "depots.csv").write_text("id\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_scenario(folder)
    text = str(caught.value)
    assert "units.csv:2  men_low '-5'" in text
    assert "units.csv:3" in text
    assert "place_id" in text


@pytest.mark.parametrize("name", ["ichigo", "tiny"])
def test_nothing_that_the_rules_read_tells_the_future(name: str) -> None:
    """Objectives are no part of a scenario, and its files tell of decisions, not of outcomes."""
    scenario = load_scenario(name)
    assert not hasattr(scenario, "objectives")
    assert "objectives.csv" not in scenario.files
