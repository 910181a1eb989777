"""The commands of the record: what they print, what they refuse, how long they take."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tairiku.cli import record_app
from tests.record.small import NEW, OTHER, write_source


def record(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the record in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tairiku", "record", *map(str, words)],
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "200", **environment},
    )


def refuses(done: subprocess.CompletedProcess[str], *words: str) -> None:
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    assert "Traceback" not in said
    for word in words:
        assert word in said, said


@pytest.fixture
def third(tmp_path: Path) -> Path:
    """A folder with a third source."""
    write_source(tmp_path / "third", OTHER, NEW)
    return tmp_path / "third"


@pytest.mark.parametrize("name", [name for name in record_app if not name.startswith("-")])
def test_every_command_has_help_with_an_example(name: str) -> None:
    done = record(name, "--help")
    assert done.returncode == 0
    assert f"tairiku record {name}" in done.stdout


def test_list_meets_every_condition() -> None:
    options = ("--source", "zh", "--place", "衡阳", "--date", "1944-08", "--property", "fell")
    found = json.loads(record("list", *options, "--json").stdout)
    assert found
    for claim in found:
        assert claim["source"] == "zh"
        assert "hengyang" in (claim["subject"], claim["place"])
        assert claim["property"] == "fell"
    by_text = json.loads(record("list", "--text", "flame-thrower", "--json").stdout)
    assert all("flame" in c["statement"] + c["note"] for c in by_text)
    by_kind = json.loads(record("list", "--kind", "atrocity", "--lang", "zhs", "--json").stdout)
    assert {c["kind"] for c in by_kind} == {"atrocity"}
    campaign = json.loads(record("list", "--subject", "Operation Ichi-Go", "--json").stdout)
    assert {c["subject"] for c in campaign} == {"campaign"}


def test_what_list_refuses() -> None:
    refuses(record("list", "--source", "fr"), "source 'fr'", "de")
    refuses(record("list", "--kind", "strenght"), "did you mean 'strength'")
    refuses(record("list", "--property", "gunns"), "did you mean 'guns'")
    refuses(record("list", "--subject", "Atlantis"), "Atlantis", "not known")
    refuses(record("list", "--date", "1944-06-31"), "did you mean '1944-06-30'")


def test_show_gives_all_of_a_thing_in_the_language_asked_for() -> None:
    found = json.loads(record("show", "Heng-yang", "--lang", "zhs", "--json").stdout)
    assert found["id"] == "hengyang"
    assert found["name"] == "衡阳"
    assert found["names"]["zht"] == "衡陽"
    sources = {claim["source"] for claim in found["properties"]["fell"]}
    assert {"de", "zh"} <= sources
    assert found["named_in"]
    person = json.loads(record("show", "Tang", "Enbo", "--json").stdout)
    assert person["type"] == "person"
    assert person["offices"]
    assert "39. Division" in record("show", "jp-39d", "--lang", "de").stdout


def test_show_a_claim_with_its_parts() -> None:
    found = json.loads(record("show", "DE-030", "--json").stdout)
    assert (found["property"], found["value"]) == ("vehicles", "12000")
    assert found["passages"] == []
    refuses(record("show", "Atlantis"), "Atlantis")
    refuses(record("show"), "say what to show")


def test_show_works_backwards_from_the_scenario() -> None:
    found = json.loads(record("show", "scenario:objectives#luoyang.best", "--json").stdout)
    assert found[0]["value"] == "1944-05-25"
    claims = {claim["id"] for part in found[0]["basis"] for claim in part["claims"]}
    assert {"DE-160", "ZH-188"} <= claims
    men = json.loads(record("show", "scenario:units#jp-37d.men_best", "--json").stdout)
    facts = [claim for part in men[0]["basis"] for claim in part["claims"]]
    assert {claim["property"] for claim in facts} == {"men"}
    assert len(json.loads(record("show", "scenario:leaders#okamura", "--json").stdout)) > 1
    refuses(record("show", "scenario:units#jp-37d.mne_best"), "men_best")
    refuses(record("show", "scenario:units#jp-37"), "jp-37d")
    refuses(record("show", "scenario:unit#jp-37d"), "did you mean 'units'")


@pytest.mark.shared
def test_show_prints_the_passage(documents_folder: Path) -> None:
    found = json.loads(record("show", "ZH-188", "--documents", documents_folder, "--json").stdout)
    assert found["printed"] in found["passages"][0]["text"]


@pytest.mark.shared
def test_verify_passes_on_the_documents_and_says_what_fails(
    documents_folder: Path, tmp_path: Path
) -> None:
    done = record("verify", documents_folder, "--coverage", "--json")
    assert done.returncode == 0, done.stdout
    found = json.loads(done.stdout)
    assert found["failures"] == []
    assert found["missing"] == []
    assert found["coverage"]["recall"] > 0.97
    original = next(documents_folder.glob("000_*.txt"))
    copy = tmp_path / "german.txt"
    copy.write_text(original.read_text(encoding="utf-8").replace("390.000", "39.000"))
    done = record("verify", f"de={copy}")
    assert done.returncode == 2
    assert "390.000" in done.stdout
    assert "zh     no copy given" in done.stdout
    refuses(record("verify"), "SOURCE=PATH")
    refuses(record("verify", copy), "SOURCE=PATH")


def test_sources_and_a_third_one(third: Path) -> None:
    found = {s["id"]: s for s in json.loads(record("sources", "--json").stdout)}
    assert found["de"]["claims"] > 500
    with_third = json.loads(record("sources", "--with", third, "--json").stdout)
    assert {s["id"] for s in with_third} == {*found, "new"}
    listed = json.loads(record("list", "--with", third, "--source", "new", "--json").stdout)
    assert [claim["id"] for claim in listed] == ["NEW-1", "NEW-2", "NEW-3"]


def test_check_tells_all_and_ends_with_2(third: Path) -> None:
    done = record("check", third)
    assert done.returncode == 0, done.stderr
    path = third / "new.csv"
    text = path.read_text(encoding="utf-8").replace("luoyang", "luoyagn").replace("1500", "many")
    path.write_text(text, encoding="utf-8")
    refuses(record("check", third), "luoyagn", "many", "new.csv:2", "new.csv:3")
    problems = json.loads(record("check", third, "--json").stdout)
    assert {problem["row"] for problem in problems} >= {2, 3}
    refuses(record("list", "--with", third), "luoyagn")
    refuses(record("check", "nowhere"), "nowhere")


def test_passages_and_a_head_to_start_from(tmp_path: Path) -> None:
    path = tmp_path / "My book 1.txt"
    path.write_text("One. Two.\n\nThree.\n", encoding="utf-8")
    assert record("passages", path).stdout.splitlines()[1] == "L1.2\t[]\tTwo."
    folder = tmp_path / "new"
    folder.mkdir()
    head = record("passages", path, "--header").stdout
    (folder / "my-book-1.toml").write_text(head, encoding="utf-8")
    (folder / "my-book-1.csv").write_text(
        "id,locator,kind,subject,property,value,confidence,statement\n"
        "BOOK-1,L1.2,outcome,luoyang,taken,yes,high,It was taken.\n",
        encoding="utf-8",
    )
    done = record("check", folder)
    assert done.returncode == 0, done.stderr
    refuses(record("passages", tmp_path / "none.txt"), "none.txt")


def test_a_reader_who_stops_reading() -> None:
    command = f"{sys.executable} -m tairiku record list | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


@pytest.mark.parametrize("words", [["list", "--place", "Hengyang"], ["show", "衡阳"], ["sources"]])
def test_a_warm_command_takes_less_than_half_a_second(words: list[str]) -> None:
    """Time of the processor, so that other tests beside this one do not count; the best of five."""
    record(*words)
    spent = []
    for _ in range(5):
        before = os.times()
        record(*words)
        after = os.times()
        user = after.children_user - before.children_user
        spent.append(user + after.children_system - before.children_system)
    assert min(spent) < 0.5, spent
