"""Scoring keeps of a campaign what a run tells of it, whatever the threads; the command works."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.campaign import scores

Compiled = Callable[..., Any]


@pytest.mark.parametrize(("name", "seeds"), [("tiny", [1, 2, 3]), ("ichigo", [1, 2])])
def test_scoring_keeps_what_a_run_tells(compiled: Compiled, name: str, seeds: list[int]) -> None:
    runs = compiled(scores.told_by_runs, name, seeds)
    kept = compiled(scores.told_by_seasons, name, seeds, 1)
    for run, season in zip(runs, kept, strict=True):
        for place in run["places"]:
            assert season["falls"][place["id"]] == place["day"]
        japan, china = (run["losses"][force]["total"] for force in ("japan", "china"))
        assert season["losses.japan.killed-wounded"] == japan["killed"] + japan["wounded_out"]
        assert season["losses.china.all"] == sum(china.values())
        assert season["airfields.lost"] == run["airfields"]["count"]
        assert season["corridor"] == run["corridor"]["control_share"]


def test_threads_do_not_matter(compiled: Compiled) -> None:
    assert compiled(scores.differing, "tiny", [1, 2, 3, 4, 5, 6, 7]) == []


def tairiku(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tairiku", *map(str, words)],
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "200"},
    )


@pytest.fixture(scope="module")
def folder(compiled: Compiled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A validation of `tiny`, with a look logged."""
    base = tmp_path_factory.mktemp("validation")
    words = ["validate", "tiny", "-n", "5", "--looks", base / "looks.csv", "--log", "a test"]
    done = tairiku(*words, "-o", base / "v", "--json")
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    written = json.loads((base / "v" / "validation.json").read_text(encoding="utf-8"))
    assert {k: v for k, v in printed.items() if k != "directory"} == written
    return base


def test_the_files_agree(folder: Path) -> None:
    written = json.loads((folder / "v" / "validation.json").read_text(encoding="utf-8"))
    model = [row for row in written["places"] if row["forecaster"] == "model"]
    assert [row["crps_days"] for row in model] == sorted(
        (row["crps_days"] for row in model), reverse=True
    )
    names = ("places", "sources", "scores", "losses", "draws")
    for name in names:
        with (folder / "v" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        table = f"'{folder / 'v' / name}.parquet'"
        counted = duckdb.sql(f"SELECT count(*) FROM {table}").fetchall()
        assert counted == [(len(rows),)]
        if name != "draws":
            assert len(rows) == len(written[name])
    draws = duckdb.sql(
        f"SELECT place, seed, day FROM '{folder / 'v' / 'draws.parquet'}'"
    ).fetchall()
    assert len(draws) == 5 * 2
    # the CRPS of the file, reckoned again from the file's own draws
    days = [30 if day is None else day for place, _, day in draws if place == "tiecheng"]
    spread = sum(abs(a - b) for a in days for b in days) / (2 * 5 * 5)
    truth = range(11, 28)  # 28 April to 14 May
    score = sum(abs(a - y) for a in days for y in truth) / (5 * len(truth)) - spread
    told = next(row for row in model if row["place"] == "tiecheng")
    assert told["crps_days"] == pytest.approx(score, abs=1e-4)


def test_the_look_is_logged_once(folder: Path) -> None:
    with (folder / "looks.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["who"] == "a test"
    assert "5 campaigns of tiny" in row["looked_at"]
    assert "crossing, city" in row["looked_at"]


def test_the_report_stands_alone(folder: Path) -> None:
    page = (folder / "v" / "report.html").read_text(encoding="utf-8")
    assert page.count("<table>") >= 4
    assert page.count("<svg") == 2
    assert 'download="places.csv"' in page
    assert 'download="places.svg"' in page
    links = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert [link for link in links if not link.startswith(("data:", "#"))] == []
    assert "Tiecheng" in page
    assert "a test" in page


def test_the_terminal_tells_the_misses_and_the_log(folder: Path) -> None:
    looks = folder / "looks.csv"
    done = tairiku("validate", "tiny", "-n", "3", "--phase", "crossing", "--looks", looks)
    assert done.returncode == 0, done.stderr
    assert str(looks) in done.stdout
    assert "model:" in done.stdout
    assert "Tiecheng" not in done.stdout  # a phase that was not asked for is not looked at
    assert len(looks.read_text(encoding="utf-8").splitlines()) == 2  # nothing was added


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--truth", "no-such.csv"], "missing"),
        (["-n", "1"], "2 or more"),
        (["--phase", "citi"], "city"),
        (["--seed", "-3"], "negative"),
        (["--threads", "0"], "threads"),
    ],
)
def test_requests_that_make_no_sense(words: list[str], said: str) -> None:
    done = tairiku("validate", "tiny", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_truth_names_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text(
        "place,date,source\ntiecheng,1944-02-30,a\natlantis,1944-05-01,a\n", encoding="utf-8"
    )
    done = tairiku("validate", "tiny", "--truth", path)
    assert done.returncode == 2
    for part in ("1944-02-30", "1944-02-29", "atlantis", "2 problems"):
        assert part in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_overwritten(folder: Path) -> None:
    before = (folder / "v" / "validation.json").read_bytes()
    done = tairiku("validate", "tiny", "-n", "3", "-o", folder / "v")
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert (folder / "v" / "validation.json").read_bytes() == before
