"""History is not on rails: two guard tests of the model, and no outcome's date in its data."""

import csv
import re
import tomllib
from pathlib import Path
from statistics import median

import pytest

from tairiku.batch import Batch
from tairiku.scenario.load import load_scenario
from tairiku.study.falls import ControlHistory
from tairiku.study.summary import objectives_of

SEEDS = range(1, 6)


def fall_days(variant: str | None) -> dict[str, list[float]]:
    """Day of fall of each scored place by seed, from 17 April; the day after the last if none."""
    import numpy as np

    from tairiku.recording import Recorder, names_of

    base = load_scenario("ichigo")
    scenario = load_scenario("ichigo", variant=variant)
    shift = (scenario.first_day - base.first_day).days
    batch = Batch.build(scenario, [(seed, 0) for seed in SEEDS])
    recorders = [Recorder(names_of(scenario)) for _ in SEEDS]
    for recorder, state in zip(recorders, batch.states, strict=True):
        recorder.dawn(state, batch.M)
    for day in range(scenario.days):
        batch.play(day, day + 1)
        for recorder, state in zip(recorders, batch.states, strict=True):
            recorder.evening(state, batch.M)
    found: dict[str, list[float]] = {}
    for recorder in recorders:
        tables = recorder.tables(np.datetime64(scenario.first_day))
        history = ControlHistory(tables["hexes"], scenario.days)
        for objective in objectives_of(scenario):
            if objective.kind != "place":
                continue
            hex_id = scenario.map.place_hex.get(objective.place_id)
            fall = None if hex_id is None else history.fell(hex_id)
            day = scenario.days + shift if fall is None else fall[0] + shift
            found.setdefault(objective.place_id, []).append(day)
    return found


@pytest.fixture(scope="module")
def as_planned() -> dict[str, list[float]]:
    return fall_days(None)


def moved(first: dict[str, list[float]], second: dict[str, list[float]]) -> dict[str, float]:
    """By how many days the median fall of each place that fell in either moved."""
    return {
        place: median(second[place]) - median(days)
        for place, days in first.items()
        if min(median(days), median(second[place])) < 238
    }


@pytest.mark.slow
def test_half_the_japanese_strength_moves_the_dates(as_planned: dict[str, list[float]]) -> None:
    shifts = moved(as_planned, fall_days("japan-halved"))
    later = [days for days in shifts.values() if days >= 3]
    assert len(later) >= len(shifts) / 2, shifts


@pytest.mark.slow
def test_a_start_thirty_days_later_moves_the_dates(as_planned: dict[str, list[float]]) -> None:
    shifts = moved(as_planned, fall_days("start-30-days-later"))
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
