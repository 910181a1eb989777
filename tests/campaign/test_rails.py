"""History is not on rails: two guard tests of the model, and no outcome's date in its data."""

import csv
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tairiku.scenario.load import load_scenario
from tairiku.study.summary import objectives_of

from . import plays

SEEDS = [1, 2, 3, 4, 5]


@pytest.fixture(scope="module")
def as_planned(compiled: Callable[..., Any]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = compiled(plays.fall_days, None, SEEDS)
    return found


def moved(first: dict[str, list[float]], second: dict[str, list[float]]) -> dict[str, float]:
    """By how many days the median fall of each place that fell in either moved."""
    return {
        place: median(second[place]) - median(days)
        for place, days in first.items()
        if min(median(days), median(second[place])) < 238
    }


@pytest.mark.slow
def test_half_the_japanese_strength_moves_the_dates(
    compiled: Callable[..., Any], as_planned: dict[str, list[float]]
) -> None:
    shifts = moved(as_planned, compiled(plays.fall_days, "japan-halved", SEEDS))
    later = [days for days in shifts.values() if days >= 3]
    assert len(later) >= len(shifts) / 2, shifts


@pytest.mark.slow
def test_a_start_thirty_days_later_moves_the_dates(
    compiled: Callable[..., Any], as_planned: dict[str, list[float]]
) -> None:
    shifts = moved(as_planned, compiled(plays.fall_days, "start-30-days-later", SEEDS))
    later = [days for days in shifts.values() if days >= 10]
    assert len(later) >= len(shifts) / 2, shifts


def test_nothing_the_rules_read_holds_the_date_of_an_outcome() -> None:
    """Objectives are read by the study layer alone, and their dates stand in no other file."""
    scenario = load_scenario("ichigo")
    dates = {
        day
        for objective in objectives_of(scenario)
        if objective.kind == "place"
        for text in (objective.de, objective.zh, objective.best)
        for day in re.findall(r"1944-\d{2}-\d{2}", text)
    }
    assert len(dates) >= 10
    folder = scenario.folder
    for path in sorted((folder / "plans").rglob("*")):
        if path.suffix not in (".csv", ".toml"):
            continue
        held = set(re.findall(r"1944-\d{2}-\d{2}", _without_reasons(path)))
        assert not held & dates, path
    for rule in Path("src/tairiku").glob("sim/*.py"):
        assert "objectives" not in rule.read_text(encoding="utf-8"), rule


def _without_reasons(path: Path) -> str:
    """The cells that a rule or commander reads: basis, reasons and notes left out."""
    prose = ("basis", "reason", "note", "notes", "confidence", "title", "order_text")
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv":
        rows = csv.DictReader(text.splitlines())
        return "\n".join(str({k: v for k, v in row.items() if k not in prose}) for row in rows)

    def strip(value: object) -> object:
        if isinstance(value, dict):
            return {k: strip(v) for k, v in value.items() if k not in prose}
        if isinstance(value, list):
            return [strip(v) for v in value]
        return value

    return str(strip(tomllib.loads(text)))
