"""`tairiku record query` and `tairiku record export`, as they are called."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tairiku import cli
from tairiku.record import database
from tairiku.record.asking import answer
from tests.record.small import ROWS, TABLES, write_source

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = re.compile(r'^\$ tairiku record query "(.+)"\n((?:[^$`].*\n)+)', re.MULTILINE)
PAGE = (ROOT / "docs" / "record-exports.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True, scope="module")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> object:
    patch = pytest.MonkeyPatch()
    patch.setenv("TAIRIKU_CACHE", str(tmp_path_factory.mktemp("cache")))
    yield
    patch.undo()


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        cli.main(["record", *arguments])
    assert isinstance(end.value.code, int)
    return end.value.code


GUNS = "SELECT id, low, first_day FROM claims WHERE property = 'guns' AND source = 'de' LIMIT 1"


def test_one_answer_in_three_forms(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("query", GUNS, "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert set(row) == {"id", "low", "first_day"}
    assert run("query", GUNS, "--csv") == 0
    read = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert read == [{k: "" if v is None else str(v) for k, v in row.items()}]
    assert run("query", GUNS) == 0
    told = capsys.readouterr().out
    assert row["id"] in told
    assert "1 row\n" in told


def test_a_question_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT 'it''s' AS said"))
    assert run("query", "--csv") == 0
    assert capsys.readouterr().out == "said\nit's\n"


def test_values_that_json_does_not_have(capsys: pytest.CaptureFixture[str]) -> None:
    sql = "SELECT DATE '1944-04-17' AS a, 0.5::DECIMAL(4, 2) AS b, [DATE '1944-04-18'] AS c, NULL d"
    assert run("query", sql, "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row == {"a": "1944-04-17", "b": 0.5, "c": ["1944-04-18"], "d": None}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["SELECT * FROM claim"], "tables: claims, "),
        (["SELECT valu FROM claims"], "near 'valu': claims.value"),
        (["DROP TABLE claims"], "no question (drop)"),
        (["SELECT * FROM read_text('/etc/hostname')"], "disabled by configuration"),
        (["SELECT 1", "--json", "--csv"], "give one of them"),
        (["SELECT 1", "--with", "nowhere"], "nowhere  is not there"),
    ],
)
def test_what_cannot_be_answered_ends_with_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("query", *arguments) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_the_tables_are_kept_and_made_anew_where_they_broke(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TAIRIKU_CACHE", str(tmp_path / "cache"))
    first = answer(database.open_tables(), "SELECT count(*) FROM claims").rows
    (kept,) = (tmp_path / "cache" / "record").glob("*.duckdb")
    made = kept.stat().st_mtime_ns
    assert answer(database.open_tables(), "SELECT count(*) FROM claims").rows == first
    assert kept.stat().st_mtime_ns == made
    kept.write_bytes(b"no database")
    assert answer(database.open_tables(), "SELECT count(*) FROM claims").rows == first
    # where nothing can be kept, they are made in memory
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("TAIRIKU_CACHE", str(tmp_path / "file"))
    assert answer(database.open_tables(), "SELECT count(*) FROM claims").rows == first


def test_a_source_of_one_s_own_is_asked_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    row = {**ROWS[0], "id": "MINE-1", "locator": "units#jp-37d"}
    write_source(tmp_path / "mine", TABLES, [row])
    sql = "SELECT count(*) AS n FROM claims WHERE source = 'tables'"
    assert run("query", sql, "--with", str(tmp_path / "mine"), "--csv") == 0
    assert capsys.readouterr().out == "n\n1\n"
    assert run("query", sql, "--csv") == 0
    assert capsys.readouterr().out == "n\n0\n"


def test_an_export_says_what_it_wrote_and_overwrites_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "new" / "claims.geojson"
    wanted = ["export", "--format", "geojson", "--source", "de", "-o", str(path)]
    assert run(*wanted, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counts"]["features"] == len(json.loads(path.read_bytes())["features"])
    assert told["counts"]["features"] > 100
    assert run(*wanted) == 2
    assert "is there already" in capsys.readouterr().err
    assert run(*wanted, "--force") == 0
    assert "features" in capsys.readouterr().out
    assert run("export", "--format", "csv", "--source", "dee", "-o", str(tmp_path / "x")) == 2
    assert "did you mean 'de'" in capsys.readouterr().err


@pytest.mark.parametrize(("sql", "shown"), EXAMPLE.findall(PAGE))
def test_the_questions_of_the_page_are_answered(
    sql: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run("query", sql)
    told = capsys.readouterr()
    if shown.startswith("tairiku: "):
        assert code == 2
        assert told.err == shown
    else:
        # the rows change when a claim is corrected, what is asked for does not
        names = re.findall(r"\w+", shown.splitlines()[1])
        assert re.findall(r"\w+", told.out.splitlines()[1]) == names
        assert " row" in told.out
        assert not told.out.endswith("\n0 rows\n")


def test_the_page_has_examples() -> None:
    assert len(EXAMPLE.findall(PAGE)) >= 8
