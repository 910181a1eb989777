"""The command line: help everywhere, clear errors with exit code 2, nothing overwritten."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tairiku.cli import app
from tairiku.scenario.load import scenario_folder

COMMANDS = ["run", "report", "diff", "explain", "scenario list", "scenario show", "scenario check"]
COMMANDS += ["ensemble", "whatif", "scenario variants", "validate", "doctor", "bench"]


def tairiku(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tairiku", *map(str, words)],
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "200", **environment},
    )


def refuses(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """The command ended with 2, said each of the words, and showed no traceback."""
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    assert "Traceback" not in said
    for word in words:
        assert word in said, said


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run directory of `tiny`."""
    folder = tmp_path_factory.mktemp("run") / "tiny"
    done = tairiku("run", "tiny", "--seed", "4", "-o", folder, "--no-report", "--json")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = tairiku(*command.split(), "--help")
    assert done.returncode == 0
    assert f"tairiku {command}" in done.stdout


def test_the_first_help_names_every_command() -> None:
    said = tairiku("--help").stdout
    for name in app:
        if not name.startswith("-"):
            assert name in said


def test_a_run_writes_its_tables_and_summary(played: Path) -> None:
    names = {path.name for path in played.iterdir()}
    tables = {"units", "hexes", "events", "days", "air", "weather", "ways"}
    assert names == {f"{t}.parquet" for t in tables} | {"summary.json", "provenance.json"}
    summary = json.loads((played / "summary.json").read_text(encoding="utf-8"))
    assert summary["schema_version"] == 1
    assert summary["seed"] == 4
    assert summary["complete"] is True


def test_a_run_does_not_overwrite(played: Path) -> None:
    before = (played / "summary.json").read_bytes()
    refuses(tairiku("run", "tiny", "-o", played, "--no-report"), str(played), "--force")
    assert (played / "summary.json").read_bytes() == before


def test_a_run_without_a_folder_makes_new_ones(tmp_path: Path) -> None:
    for expected in ("tiny-seed1", "tiny-seed1-2"):
        done = subprocess.run(
            [sys.executable, "-m", "tairiku", "run", "tiny", "--no-report"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "runs" / expected / "summary.json").exists()


def test_unknown_scenario() -> None:
    refuses(tairiku("run", "ichigoo"), "ichigoo", "ichigo")


@pytest.mark.parametrize("until", ["1944-12-31", "1943-01-01", "1944-06-31", "tomorrow"])
def test_dates_outside_the_campaign(until: str, tmp_path: Path) -> None:
    refuses(tairiku("run", "--until", until, "-o", tmp_path / "x"), until)
    assert not (tmp_path / "x").exists()


def test_unknown_parameter_variant_and_mechanism(tmp_path: Path) -> None:
    out = ("-o", tmp_path / "x")
    refuses(tairiku("run", "--set", "combat.kaa=1", *out), "combat.kaa")
    refuses(tairiku("run", "--set", "combat.ka", *out), "NAME=NUMBER")
    refuses(tairiku("run", "--variant", "aliens", *out), "aliens", "japan-halved")
    refuses(tairiku("run", "--without", "M999", *out), "M999")
    refuses(tairiku("run", "--sources", "fr", *out), "fr", "reconciled")
    refuses(tairiku("run", "--seed", "-1", *out), "-1")


def test_an_unwritable_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way", encoding="utf-8")
    refuses(tairiku("run", "tiny", "-o", file / "run"), "file", "-o")


def test_a_truncated_table(played: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(played, broken)
    table = broken / "events.parquet"
    table.write_bytes(table.read_bytes()[: table.stat().st_size // 2])
    refuses(tairiku("diff", played, broken), "events.parquet", "truncated")
    refuses(tairiku("report", broken), "events.parquet", "truncated")


def test_no_run_in_the_folder(tmp_path: Path) -> None:
    refuses(tairiku("report", tmp_path), str(tmp_path), "tairiku run")


def test_diff_of_a_run_with_itself_and_with_another(played: Path, tmp_path: Path) -> None:
    same = tairiku("diff", played, played)
    assert same.returncode == 0
    assert "equal" in same.stdout
    other = tmp_path / "other"
    assert tairiku("run", "tiny", "--seed", "5", "-o", other, "--no-report").returncode == 0
    found = json.loads(tairiku("diff", played, other, "--json").stdout)
    assert found["identity"]["seed"] == ["4", "5"]
    assert found["first_day"] is not None
    assert 0 <= found["first_day"] < 30


def broken_copy(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of `tiny` with one piece of text changed once."""
    shutil.copytree(scenario_folder("tiny"), folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_check_finds_nothing_in_our_own_scenarios() -> None:
    for name in ("ichigo", "tiny"):
        done = tairiku("scenario", "check", name)
        assert done.returncode == 0, done.stderr


def test_lists_print_json() -> None:
    names = [head["name"] for head in json.loads(tairiku("scenario", "list", "--json").stdout)]
    assert names == ["ichigo", "tiny"]
    variants = json.loads(tairiku("scenario", "variants", "--json").stdout)
    assert {"japan-halved", "start-30-days-later"} <= {v["name"] for v in variants}
    assert json.loads(tairiku("scenario", "show", "--json").stdout)["days"] == 238
    assert json.loads(tairiku("doctor", "--json").stdout)["missing"] == []


def test_partial_run_after_an_interrupt_is_readable(tmp_path: Path) -> None:
    """What Ctrl-C leaves: the days played so far, marked as not complete."""
    code = (
        "import sys; from pathlib import Path\n"
        "from tairiku.campaign import simulate\n"
        "from tairiku.study.summary import summarise, write_summary\n"
        "def stop(campaign):\n"
        "    if campaign.day == 9: raise KeyboardInterrupt\n"
        "run = simulate('tiny', on_day=stop)\n"
        "folder = Path(sys.argv[1]); folder.mkdir(); run.save(folder)\n"
        "write_summary(folder, summarise(run))\n"
    )
    folder = tmp_path / "part"
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True)
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert (summary["days"], summary["complete"]) == (9, False)
    assert tairiku("diff", folder, folder).returncode == 0
