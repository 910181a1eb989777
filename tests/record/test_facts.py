"""The compiled tables as a source: rows become claims that say what they are."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from tairiku.base.errors import DataError
from tairiku.record.basis import claims_by_row, claims_of, scenario_basis
from tairiku.record.compiled import RowName, row_name, rows_of, under, unproven
from tairiku.record.load import FOLDER, Record, load_record
from tests.record.small import TABLES, write_source

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
TOOL = ROOT / "tools" / "build_record_facts.py"


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """The compiled source that comes with Tairiku, by itself."""
    folder = tmp_path_factory.mktemp("facts") / "sources"
    folder.mkdir()
    for ending in ("toml", "csv"):
        (folder / f"facts.{ending}").write_bytes((FOLDER / f"sources/facts.{ending}").read_bytes())
    return load_record(folder.parent)


def test_locators_of_tables() -> None:
    assert row_name("units#jp-37d") == RowName("units", "jp-37d")
    assert row_name("leaders#jp-11a@yokoyama") == RowName("leaders", "jp-11a", "yokoyama")
    assert row_name("units#on_plan_roll=yes") == RowName("units", "on_plan_roll", "", "yes")
    assert row_name("logistics#J09").basis == "logistics#J09"
    for wrong in ("L6.3", "units", "units#", "tanks#jp-37d", "units#jp 37d", ""):
        with pytest.raises(ValueError, match="names no row"):
            row_name(wrong)


def test_a_wrong_locator_is_a_problem_of_the_data(tmp_path: Path) -> None:
    row = {"id": "FACT-x-1", "locator": "L6.3", "kind": "strength", "subject": "jp-37d"}
    row |= {"property": "men", "value": "1", "statement": "One man."}
    write_source(tmp_path / "sources", TABLES, [row])
    with pytest.raises(DataError, match=r"locator 'L6\.3': names no row; write TABLE#ROW"):
        load_record(tmp_path)


def test_every_claim_is_marked_as_compiled_with_its_basis(facts: Record) -> None:
    source = facts.sources["facts"]
    assert (source.kind, source.standing) == ("compiled", 3)
    assert len(facts.claims) > 2700
    for claim in facts.claims.values():
        assert claim.id.startswith("FACT-"), claim.id
        assert claim.note.startswith("compiled"), claim.id
        assert "basis: " in claim.note, claim.id


def test_a_division_has_its_range_its_place_and_its_superior(facts: Record) -> None:
    men = facts.claims["FACT-units-jp-37d-men"]
    assert (men.value, men.value_to, men.bound) == ("12300", "15700", "range")
    assert (men.date, men.place, men.locator) == ("1944-04-17", "kaifeng", "units#jp-37d")
    assert "best 14000" in men.note
    assert facts.claims["FACT-units-jp-37d-location"].value == "kaifeng"
    superior = [c for c in facts.about("jp-37d") if c.property == "superior"]
    assert {c.value for c in superior if c.subject == "jp-37d"} >= {"jp-12a"}


def test_commanders_have_their_days(facts: Record) -> None:
    claim = facts.claims["FACT-leaders-jp-11a-yokoyama-commander"]
    assert (claim.subject, claim.value) == ("jp-11a", "yokoyama")
    assert claim.date.startswith("1942-12")
    # an appointment on the first of a month is known by the month only
    approximate = [c for c in facts.claims.values() if c.property == "commander" and "~" in c.date]
    assert approximate
    assert facts.claims["FACT-leaders-jp-ighq-tojo-post"].subject == "tojo"


def test_the_roll_of_the_plan_meets_what_the_texts_say_of_the_campaign(facts: Record) -> None:
    of_campaign = {c.property for c in facts.about("campaign") if c.subject == "campaign"}
    assert {"men", "guns", "tanks", "vehicles", "horses", "fuel"} <= of_campaign
    men = facts.claims["FACT-units-plan-roll-men"]
    units = [c for c in facts.claims.values() if c.property == "men" and c.subject != "campaign"]
    assert float(men.value) < sum(float(c.value) for c in units)


def test_a_higher_formation_has_what_stood_under_it(facts: Record) -> None:
    men = facts.claims["FACT-units-under-cn-1wz-men"]
    # the totals of the tables' own page
    assert (men.value, men.value_to) == ("245100", "505150")
    assert "best 358300" in men.note
    assert facts.claims["FACT-units-under-cn-9wz-guns"].printed == "133|181|219"
    assert facts.claims["FACT-units-under-cn-10c-men"].subject == "cn-10c"


def test_who_stands_under_whom_on_the_first_day() -> None:
    def row(below: str, over: str, kind: str, first: str = "", last: str = "") -> dict[str, str]:
        days = {"from_date": first, "to_date": last}
        return {"formation_id": below, "superior_id": over, "kind": kind, **days}

    command = [
        row("army", "group", "organic"),
        row("division", "army", "organic"),
        row("regiment", "division", "organic"),
        row("lent", "army", "organic"),
        row("lent", "elsewhere", "attached", "1944-01-01"),
        row("gone", "army", "organic", "", "1944-04-16"),
        row("later", "army", "organic", "1944-04-18"),
        row("today", "army", "organic", "1944-04-17", "1944-04-17"),
    ]
    assert under("army", command) == {"division", "regiment", "today"}
    assert under("group", command) == {"army", "division", "regiment", "today"}
    assert under("elsewhere", command) == {"lent"}
    assert under("regiment", command) == set()


def test_depots_and_air_units(facts: Record) -> None:
    food = facts.claims["FACT-depots-jp-dp-xinxiang-food"]
    assert (food.subject, food.scope, food.unit) == ("jp-dp-xinxiang", "food", "tonnes")
    aircraft = facts.claims["FACT-air_units-jp-25s-aircraft"]
    assert (aircraft.value, aircraft.value_to) == ("24", "38")
    assert facts.claims["FACT-airfields-guilin-yangtang-airfield-distance"].unit == "feet"


def test_the_scenario_s_facts_lead_to_claims(facts: Record) -> None:
    by_row = claims_by_row(facts)
    found = {}
    for basis in scenario_basis():
        if basis.file in ("units", "depots", "air_units", "leaders", "command"):
            if basis.kind == "fact":
                found[basis.name] = claims_of(basis, facts, by_row)
    assert len(found) > 1000
    assert [name for name, claims in found.items() if not claims] == []
    assert "FACT-units-jp-37d-men" in found["units#jp-37d"]
    # of the posts of one headquarters, the one that the row is about
    assert found["leaders#jp-ighq@tojo"] == ["FACT-leaders-jp-ighq-tojo-post"]


def write_tables(folder: Path) -> None:
    """Facts of two units, as small as they can be."""
    head = ["id", "side", "place_id", "arrives", "raised_on", "on_plan_roll", "basis"]
    columns = ("men", "guns", "tanks", "trucks", "horses")
    head += ["confidence", *(f"{c}_{end}" for c in columns for end in ("low", "best", "high"))]
    first = ["jp-37d", "japan", "kaifeng", "", "", "yes", "estimate: a rule", "low"]
    second = ["jp-62d", "japan", "huojia", "1944-06-01", "", "yes", "a page", "high"]
    names = [["jp-37d", "37th Division", "japan"], ["jp-62d", "62nd Division", "japan"]]
    names.append(["jp-12a", "12th Army", "japan"])
    tables = {
        "units": [
            head,
            [*first, 1, 2, 3, 4, 5, 6, 0, 0, 0, 7, 7, 7, 0, 0, 9],
            [*second, 10, 20, 30, *[0] * 12],
        ],
        "formations": [["id", "name", "side"], *names],
    }
    command = ["formation_id", "superior_id", "from_date", "to_date", "kind", "basis", "confidence"]
    tables["command"] = [
        command,
        ["jp-37d", "jp-12a", "", "", "organic", "a page", "high"],
        ["jp-62d", "jp-12a", "", "", "organic", "a page", "high"],
    ]
    for name in ("air_units", "airfields", "depots", "leaders", "logistics"):
        tables[name] = [["id"]]
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


def run_tool(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(TOOL), *arguments], cwd=ROOT, capture_output=True, text=True
    )


def test_the_tool_makes_a_claim_of_each_figure(tmp_path: Path) -> None:
    write_tables(tmp_path / "facts")
    out = tmp_path / "record" / "sources"
    out.mkdir(parents=True)
    done = run_tool("--shared", str(tmp_path), "--out", str(out))
    assert done.returncode == 0, done.stderr
    claims = load_record(tmp_path / "record").claims
    ends = {id_: (c.value, c.value_to, c.bound) for id_, c in claims.items()}
    assert ends["FACT-units-jp-37d-men"] == ("1", "3", "range")
    assert ends["FACT-units-jp-37d-vehicles"] == ("7", "", "exact")
    assert ends["FACT-units-jp-37d-horses"] == ("0", "9", "range")
    assert ends["FACT-units-plan-roll-men"] == ("11", "33", "range")
    # the other division is not there yet on the first day
    assert ends["FACT-units-under-jp-12a-men"] == ("1", "3", "range")
    assert "FACT-units-jp-37d-tanks" not in ends  # it has none, and none were to be expected
    assert claims["FACT-units-jp-62d-men"].date == "1944-06-01"
    assert claims["FACT-units-jp-62d-men"].confidence == "high"
    assert run_tool("--shared", str(tmp_path), "--out", str(out), "--check").returncode == 0
    (out / "facts.csv").write_text("changed", encoding="utf-8")
    assert run_tool("--shared", str(tmp_path), "--out", str(out), "--check").returncode == 1


def test_a_figure_that_is_not_in_its_row_is_found(tmp_path: Path, facts: Record) -> None:
    write_tables(tmp_path / "facts")
    names = ("FACT-units-jp-37d-men", "FACT-units-jp-110d-men", "FACT-units-plan-roll-men")
    wrong = unproven([facts.claims[name] for name in names], tmp_path / "facts")
    assert [(claim.id, what) for claim, what in wrong] == [
        (names[0], "12300, 14000, 15700 not in units#jp-37d"),
        (names[1], "no row units#jp-110d in facts"),
        (names[2], "407700, 463400, 530700 not in units#on_plan_roll=yes"),
    ]
    assert rows_of(row_name("depots#jp-dp-xinxiang"), tmp_path) == []


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "facts").is_dir(), reason="../shared is not beside the checkout")
def test_the_source_is_what_the_tool_makes_of_the_tables(facts: Record) -> None:
    done = run_tool("--check")
    assert done.returncode == 0, done.stderr
    assert unproven(facts.claims.values(), SHARED / "facts") == []
