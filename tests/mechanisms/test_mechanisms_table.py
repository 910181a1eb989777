"""The table of mechanisms: every row has status, carrier, claims, reason or switch, and a test."""

import ast
import re
import shutil
from pathlib import Path

import pytest

from tairiku.base.errors import RequestError
from tairiku.check import check_scenario
from tairiku.record.load import load_record
from tairiku.scenario.load import Scenario, load_scenario, scenario_folder, switched_off
from tairiku.scenario.models import Mechanism
from tairiku.study.mechanisms.table import chosen, read_mechanisms, switch

ROOT = Path(__file__).resolve().parents[2]
ICHIGO = load_scenario("ichigo")
ROWS = read_mechanisms(ICHIGO)
SIMULATED = [row for row in ROWS if row.status == "simulated"]


def functions(path: Path) -> set[str]:
    """Names of the test functions of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_all_of_them_are_there_in_order() -> None:
    assert [row.id for row in ROWS] == [f"M{n:02}" for n in range(1, 113)]
    assert all(row.statement and row.group and row.carried_by for row in ROWS)


def test_what_is_not_simulated_has_its_reason_and_no_switch() -> None:
    for row in ROWS:
        assert bool(row.reason) == (row.status != "simulated"), row.id
        assert bool(row.parameters) == (row.status == "simulated"), row.id


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_test_named_is_there(row: Mechanism) -> None:
    file, _, name = row.test.partition("::")
    assert name in functions(ROOT / file)
    if row.status != "record-only":
        numbers = re.findall(r"m(\d+)(?=_)", name)
        assert row.id[1:] in numbers, f"{name} does not say that it demonstrates {row.id}"


def test_every_test_of_a_mechanism_is_named_by_its_row() -> None:
    named = {row.test for row in ROWS}
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        for name in functions(path):
            if name.startswith("test_m"):
                assert f"tests/mechanisms/{path.name}::{name}" in named, name


def test_the_carriers_are_files_there_are() -> None:
    folders = (ROOT / "src/tairiku", ICHIGO.folder, ICHIGO.map.folder.parent)
    for row in ROWS:
        for name in row.carried_by.split("; "):
            assert any((folder / name).exists() for folder in folders), (row.id, name)


def test_claims_are_in_the_record() -> None:
    claims = set(load_record().claims)
    for row in ROWS:
        named = {name.strip() for name in row.claims.split(";")}
        assert named <= claims, (row.id, named - claims)


@pytest.mark.parametrize("row", SIMULATED, ids=lambda row: row.id)
def test_each_simulated_one_can_be_switched_off(row: Mechanism) -> None:
    off = switched_off(ICHIGO, row.id)
    assert "; ".join(sorted(off)) == row.parameters
    assert switch(ICHIGO, row.id) == off
    changed = [name for name, value in off.items() if ICHIGO.parameters[name].value != value]
    assert changed, "its neutral values are those in force"


def test_switches_are_for_simulated_mechanisms_only() -> None:
    simulated = {row.id for row in SIMULATED}
    for name, parameter in ICHIGO.parameters.items():
        if parameter.neutral is not None:
            assert set(parameter.mechanisms) <= simulated, name


def test_a_value_set_by_hand_goes_before_the_neutral_one() -> None:
    by_hand = load_scenario("ichigo", changes={"combat.wave": 0.7}, without=["M32"])
    assert by_hand.changes["combat.wave"] == 0.7
    assert "combat.wave" not in switch(by_hand, "M32")


def test_without_takes_several() -> None:
    off: Scenario = load_scenario("ichigo", without=["M57", "M66"])
    assert off.changes == {**switched_off(ICHIGO, "M57"), **switched_off(ICHIGO, "M66")}


def test_what_is_not_simulated_is_refused_with_its_reason() -> None:
    with pytest.raises(RequestError, match=r"M88 is not simulated \(record-only\): in the record"):
        chosen(ICHIGO, ["M88"])
    with pytest.raises(RequestError, match=r"'M113' is not in mechanisms\.csv"):
        chosen(ICHIGO, ["M113"])
    assert [row.id for row in chosen(ICHIGO, ["M66", "M57"])] == ["M57", "M66"]


def test_the_check_asks_for_reasons_and_for_the_switches_in_force(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(scenario_folder("tiny"), folder)
    for name in ("mechanisms.csv", "parameters.toml"):
        shutil.copy(ICHIGO.folder / name, folder)
    assert check_scenario(str(folder)) == []
    table = folder / "mechanisms.csv"
    text = table.read_text(encoding="utf-8")
    for old, new in (
        (",moves no unit,", ",,"),
        ("combat.wave", "combat.waves"),
        (",Types differ in the air,simulated", ",Types differ in the air,record-only"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    table.write_text(text, encoding="utf-8")
    found = "\n".join(str(problem) for problem in check_scenario(str(folder)))
    for words in (
        "reason 'M90': has none; say why it is not simulated",
        "parameters 'combat.waves': should be 'combat.wave'",
        "status 'M59': has a switch but is not simulated",
    ):
        assert words in found
