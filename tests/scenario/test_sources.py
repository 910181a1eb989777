"""The scenario as each text tells it: totals are the claims' own, the rest stays reconciled."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tairiku.base.errors import RequestError
from tairiku.command.setup import build_plans
from tairiku.record.load import load_record
from tairiku.scenario.load import load_scenario, scenario_folder
from tairiku.scenario.sources import TEXTS, read_told
from tairiku.sim.setup import build_parameters
from tairiku.sim.setup_units import Figures
from tairiku.source_commands import scenario_export
from tairiku.study.sourced import entry_of

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

TOLD = read_told(scenario_folder("ichigo"), [])
assert TOLD is not None
BASE = load_scenario("ichigo")
ROLL = {unit.id for unit in BASE.units if unit.side == "japan" and unit.on_plan_roll}
TANK_DIVISION = {u for u, above in BASE.superior_on(BASE.first_day).items() if above == "jp-3tkd"}


def under(*formations: str) -> set[str]:
    """Units under formations on the first day, by the reconciled order of battle."""
    above = BASE.superior_on(BASE.first_day)
    found = set()
    for unit in BASE.units:
        seen = unit.id
        while seen in above and seen not in formations:
            seen = above[seen]
        if seen in formations:
            found.add(unit.id)
    return found


@pytest.mark.parametrize(
    ("text", "claim", "column", "ids"),
    [
        ("de", "DE-029", "men_best", ROLL),
        ("de", "DE-031", "guns_best", ROLL),
        ("de", "DE-030", "trucks_best", ROLL),
        ("de", "DE-032", "horses_best", ROLL),
        ("de", "DE-026", "tanks_best", TANK_DIVISION),
        ("de", "DE-068", "men_best", under("cn-1wz")),
        ("de", "DE-195", "men_best", {"cn-59d", "cn-90d", "cn-102d"}),
        ("de", "DE-203", "men_best", {"cn-3d", "cn-prep10d", "cn-190d", "cn-p54d"}),
        ("de", "DE-268", "men_best", under("cn-4wz")),
        ("zh", "ZH-007", "men_best", ROLL),
        ("zh", "ZH-010", "guns_best", ROLL),
        ("zh", "ZH-076", "trucks_best", ROLL),
        ("zh", "ZH-009", "tanks_best", ROLL),
        ("zh", "ZH-149", "men_best", under("jp-ncaa") & ROLL),
        ("zh", "ZH-152", "men_best", under("cn-1wz")),
        ("zh", "ZH-215", "men_best", under("cn-9wz", "cn-24ga")),
        ("zh", "ZH-006", "men_best", {u.id for u in BASE.units if u.side == "china"}),
        ("zh", "ZH-116", "men_best", {"cn-3d", "cn-prep10d", "cn-190d", "cn-p54d"}),
    ],
)
def test_a_total_is_what_its_claim_says(text: str, claim: str, column: str, ids: set[str]) -> None:
    units = load_scenario("ichigo", sources=text).units
    found = sum(getattr(unit, column) for unit in units if unit.id in ids)
    assert found == float(load_record().claims[claim].value)


def test_each_text_speaks_on_25_values_and_more() -> None:
    for text in TEXTS:
        assert sum(bool(getattr(value, text)) for value in TOLD.values) >= 25
    assert all(
        value.claims(text)
        for value in TOLD.values
        for text in TEXTS
        if value.said(text) and getattr(value, text)
    )


def test_a_value_is_changed_where_its_cells_are() -> None:
    for text in TEXTS:
        changed = {v for c in TOLD.cells if c.said(text) != c.reconciled for v in c.values}
        for value in TOLD.values:
            # the German text's attack on the first day is dated by that day alone
            by_first_day = (value.id, text) == ("east-wing-start", "de")
            if entry_of(value, text)["changed"] and not by_first_day:
                assert value.id in changed, value.id
            elif value.kind == "set":
                assert value.id not in changed, value.id


@pytest.mark.parametrize("text", TEXTS)
def test_where_a_text_is_silent_the_reconciled_stands(text: str) -> None:
    scenario = load_scenario("ichigo", sources=text)
    said = {(c.file, c.row, c.field) for c in TOLD.cells if getattr(c, text)}
    for table in ("units", "depots", "air_units"):
        for before, after in zip(getattr(BASE, table), getattr(scenario, table), strict=True):
            for name, value in before.__dict__.items():
                stem = name.rsplit("_", 1)[0] if name.endswith(("_low", "_best", "_high")) else name
                if getattr(after, name) != value:
                    names = {(table, before.id, stem), (table, before.id, name)}
                    assert names & said, (before.id, name)
    assert scenario.parameters == BASE.parameters
    assert scenario.control == BASE.control
    assert build_plans(scenario).shape == (2,)


def test_what_the_texts_say_of_dates_posts_and_places() -> None:
    german, chinese = (load_scenario("ichigo", sources=text) for text in TEXTS)
    assert (german.first_day, chinese.first_day) == (date(1944, 4, 19), date(1944, 4, 17))
    above = german.superior_on(german.first_day)
    assert (above["jp-37d"], above["jp-3tkd"]) == ("jp-11a", "jp-kwantung")
    assert chinese.superior_on(chinese.first_day)["cn-31ga"] == "cn-1wz"
    leader = {row.formation_id: row.person_id for row in reversed(chinese.leaders)}
    assert leader["jp-cea"] == "okamura"
    place = {unit.id: unit.place_id for unit in german.units}
    assert (place["cn-4d"], place["cn-64d"]) == ("luoyang", "linru")
    assert german.plan_changes["plans/china/roles"]["cn-15c@fortress"] == {"who": "cn-4d;cn-89d"}
    assert chinese.plan_changes["plans/japan/phases"]["to-go-1"] == {"start": "since:ko-go>=10"}


def test_four_sources_have_four_digests() -> None:
    digests = {load_scenario("ichigo", sources=s).digest for s in (*TEXTS, "reconciled", "sampled")}
    assert len(digests) == 4


def test_a_disputed_total_is_drawn_by_one_die_over_its_range() -> None:
    """Independent dice of fifty units would always give about the mean."""
    scenario = load_scenario("ichigo", sources="sampled")
    units = [(u, unit) for u, unit in enumerate(scenario.units) if unit.id in ROLL]
    totals = []
    for seed in range(60):
        figures = Figures(scenario, build_parameters(scenario, seed))
        drawn = [figures.whole(unit, "guns", u, 1) for u, unit in units]
        for (_, unit), guns in zip(units, drawn, strict=True):
            assert unit.guns_low <= guns <= unit.guns_high
        totals.append(sum(drawn))
    assert max(totals) - min(totals) > 2_500
    assert 1_000 < min(totals) < max(totals) < 6_100


def test_a_scenario_that_no_text_tells() -> None:
    with pytest.raises(RequestError, match="not split by document"):
        load_scenario("tiny", sources="zh")
    with pytest.raises(RequestError, match="no text tells it"):
        scenario_export("tiny", sources="sampled", output=None, force=False, as_json=True)


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**5), min_size=1, max_size=80))
def test_shares_are_whole_and_sum_exactly(total: int, weights: list[int]) -> None:
    from scenariomaking.sources import shares  # type: ignore[import-not-found]

    if sum(weights) == 0 and total:
        with pytest.raises(ValueError, match="cannot be shared"):
            shares(total, weights)
        return
    found = shares(total, weights)
    assert sum(found) == total
    for share, weight in zip(found, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < max(1, sum(weights))


def test_the_tables_are_what_rules_and_record_make_of_the_scenario() -> None:
    """Unlike the rest of the tool this needs nothing beside the repository."""
    done = subprocess.run(
        [sys.executable, "-c", REMAKE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


REMAKE = """
import json, sys
from pathlib import Path
sys.path.insert(0, "tools")
from scenariomaking.selecting import Base
from scenariomaking.sources import source_files
from scenariomaking.writing import differing
from tairiku.record.load import load_record
data = Path("src/tairiku/data")
out = data / "scenarios/ichigo"
print(json.dumps(differing(out, source_files(Base.of(out, data / "map", {}), load_record()))))
"""


def test_export_shows_and_writes_what_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "de"
    assert scenario_export("ichigo", sources="de", output=out, force=False, as_json=True) == 0
    found = json.loads(capsys.readouterr().out)
    guns = next(value for value in found["values"] if value["id"] == "japan-guns")
    assert (guns["taken"], guns["zh"], guns["claims"]) == ("6000", "1500", ["DE-031"])
    assert found["counts"]["taken"] + found["counts"]["silent"] == len(found["values"])
    assert all(cell["taken"] != cell["reconciled"] for cell in found["cells"])
    lines = (out / "cells.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(found["cells"]) + 1
    with pytest.raises(RequestError, match="--force"):
        scenario_export("ichigo", sources="de", output=out, force=False, as_json=True)
    assert scenario_export("ichigo", sources="de", output=None, force=False, as_json=False) == 0
    assert "By the German text: 37 values" in capsys.readouterr().out
