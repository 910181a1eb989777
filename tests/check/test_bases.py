"""What values rest on: no figure without a basis, no claim that the record does not hold."""

import shutil
from pathlib import Path

import pytest

from tairiku.check import check_scenario
from tairiku.record import load
from tairiku.scenario.load import scenario_folder

EXAMPLE = "estimate: invented for tests and examples"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of `tiny`."""
    shutil.copytree(scenario_folder("tiny"), tmp_path / "copy")
    return tmp_path / "copy"


def told(folder: Path) -> str:
    return "\n".join(map(str, check_scenario(folder)))


@pytest.mark.parametrize(
    ("file", "where"),
    [
        ("units.csv", "units.csv:2"),
        ("route.csv", "route.csv:2"),
        ("plans/china/phases.csv", "phases.csv:2"),
        ("variants/bridge-down.toml", "bridge-down.toml"),
        ("map/places.csv", "places.csv:2"),
    ],
)
def test_a_basis_that_names_no_claim(folder: Path, file: str, where: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert EXAMPLE in text
    path.write_text(text.replace(EXAMPLE, "claim:ZH-9999;claim:DE-160", 1), encoding="utf-8")
    found = told(folder)
    assert where in found
    assert "'ZH-9999': is no claim of the record" in found
    assert "DE-160" not in found


def test_a_claim_named_in_a_column_of_its_own(folder: Path) -> None:
    path = folder / "objectives.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",,invented,", ",DE-160;DE-9999,invented,", 1), encoding="utf-8")
    assert "'DE-9999': is no claim of the record" in told(folder)


@pytest.mark.parametrize("file", ["units.csv", "weather.csv", "depots.csv"])
def test_a_row_whose_basis_is_empty(folder: Path, file: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(EXAMPLE, "", 1), encoding="utf-8")
    assert "basis" in told(folder)
    assert f"{file}:2" in told(folder)


def test_a_parameter_without_a_basis(folder: Path) -> None:
    text = (scenario_folder("ichigo") / "parameters.toml").read_text(encoding="utf-8")
    lines = text.splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("basis"))
    (folder / "parameters.toml").write_text("\n".join(lines[:first] + lines[first + 1 :]), "utf-8")
    assert ".basis" in told(folder)


def test_a_table_of_figures_without_a_column_basis(folder: Path) -> None:
    (folder / "rations.csv").write_text("place,rice_t\ntiecheng,40\n", encoding="utf-8")
    assert "rests on nothing (rice_t is a figure)" in told(folder)
    (folder / "rations.csv").write_text(
        "place,rice_t,basis\ntiecheng,40,estimate: guessed\nnan-an,12,\n", encoding="utf-8"
    )
    assert "rations.csv:3" in told(folder)
    assert "rations.csv:2" not in told(folder)


def test_a_record_with_faults_is_told_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "record"
    (broken / "sources").mkdir(parents=True)
    (broken / "sources" / "x.toml").write_text('id = "x"\n', encoding="utf-8")
    monkeypatch.setattr(load, "FOLDER", broken)
    found = told(folder)
    assert "tairiku record check" in found
    assert "is no claim" not in found
