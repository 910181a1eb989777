"""The check of what the texts say: every fault of a copy of `ichigo` is told, with its line."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tairiku.check import check_scenario
from tairiku.scenario.load import scenario_folder

Change = Callable[[list[dict[str, str]]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of `ichigo`."""
    shutil.copytree(scenario_folder("ichigo"), tmp_path / "copy")
    return tmp_path / "copy"


def edit(path: Path, change: Change) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    header = list(rows[0])
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def told(folder: Path) -> str:
    return "\n".join(map(str, check_scenario(folder)))


def row_of(rows: list[dict[str, str]], name: str) -> dict[str, str]:
    return next(r for r in rows if f"{r['file']}#{r['row']}.{r['field']}" == name)


def test_every_fault_of_the_cells_is_told_in_one_pass(folder: Path) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        row_of(rows, "units#jp-62d.guns")["row"] = "jp-26d"
        row_of(rows, "units#jp-110d.guns")["field"] = "cannon"
        row_of(rows, "units#jp-tkr13.tanks")["value"] = "tank-division-tank"
        row_of(rows, "units#jp-3d.guns")["high"] = "100"
        row_of(rows, "units#jp-13d.guns")["reconciled"] = "67"
        row_of(rows, "units#jp-34d.guns")["basis"] = "claim:DE-9999"
        row_of(rows, "units#jp-40d.guns")["file"] = "unit"
        row_of(rows, "units#jp-58d.guns")["basis"] = "somebody said so"
        row_of(rows, "plans/japan/phases#to-go-1.start")["row"] = "to-go-9"

    edit(folder / "source_cells.csv", change)
    found = told(folder)
    for words in (
        "row 'jp-26d': is not a row of units.csv",
        "field 'cannon': is not a column of units.csv",
        "'tank-division-tank': is not a value of source_values.csv",
        "is not between low",
        "reconciled '67': is not what units.csv has (66)",
        "'DE-9999': is no claim of the record",
        "file 'unit': is not a table of the scenario",
        "'somebody said so': is no basis",
        "row 'to-go-9': is no row of plans/japan/phases.csv",
    ):
        assert words in found, words


def test_a_value_without_a_basis_and_one_without_a_claim(folder: Path) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        rows[0]["basis"] = ""
        rows[1]["de_claims"] = ""

    edit(folder / "source_values.csv", change)
    found = told(folder)
    assert "source_values.csv:2  basis '': is missing" in found
    assert "source_values.csv:3" in found
    assert "rests on no claim (east-wing-start)" in found
    edit(folder / "source_cells.csv", lambda rows: rows[4].update(basis=""))
    assert "source_cells.csv:6  basis '': is missing" in told(folder)


def test_cells_that_do_not_sum_to_their_total(folder: Path) -> None:
    edit(
        folder / "source_values.csv",
        lambda rows: next(r for r in rows if r["id"] == "japan-guns").update(de="6001"),
    )
    assert "de '6001': is not the sum of its cells, 6000 (japan-guns)" in told(folder)


def test_a_text_whose_forces_do_not_hold_together(folder: Path) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        row_of(rows, "units#cn-n1d.place_id")["de"] = "kaifeng"
        row_of(rows, "command#jp-3tkd.superior_id")["de"] = "jp-kwangtung"

    edit(folder / "source_cells.csv", change)
    found = told(folder)
    assert "is held by japan in control.csv, and cn-n1d stands there (as 'de' has it" in found
    assert "did you mean 'jp-kwantung'" in found


def test_a_condition_that_is_none(folder: Path) -> None:
    edit(
        folder / "source_cells.csv",
        lambda rows: row_of(rows, "plans/japan/phases#to-go-1.start").update(zh="when ready"),
    )
    assert "when ready" in told(folder)


def test_one_file_without_the_other(folder: Path) -> None:
    (folder / "source_values.csv").unlink()
    assert "source_values.csv belongs to it" in told(folder)
