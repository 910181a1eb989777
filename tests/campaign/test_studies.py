"""Ensembles and what-ifs really played: the same bytes whoever plays, however often killed.

Everything is played in processes of their own, where the rules are compiled.
"""

import hashlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from tairiku.study.ensembles.reading import Ensemble
from tairiku.study.whatifs.reading import WhatIf

pytestmark = pytest.mark.usefixtures("compiled")

N = 72  # a whole part and a short one


def command(*words: str | Path) -> list[str]:
    """The command line of a process of its own."""
    return [sys.executable, "-m", "tairiku", *map(str, words)]


def tairiku(*words: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    environment = {**os.environ, "COLUMNS": "200"}
    return subprocess.run(command(*words), capture_output=True, text=True, env=environment, **more)


def played(*words: str | Path) -> None:
    """Run a command that must succeed."""
    done = tairiku(*words)
    assert done.returncode == 0, done.stdout + done.stderr


def digests(folder: Path) -> dict[str, str]:
    """Digest of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An ensemble of `tiny` played by one thread, with its report."""
    folder = tmp_path_factory.mktemp("ensemble") / "e"
    played("ensemble", "tiny", "-n", str(N), "--workers", "1", "-o", folder)
    return folder


def beside_runs(name: str, seeds: list[int], until: str) -> list[tuple[Any, Any]]:
    """What an ensemble keeps of each seed, beside the summary of the same campaign recorded."""
    from tairiku.campaign import simulate
    from tairiku.replay import Coded
    from tairiku.study.ensembles.plan import make_plan
    from tairiku.study.ensembles.playing import play
    from tairiku.study.ensembles.tables import tables_of
    from tairiku.study.summary import LOSSES, summarise

    def plain(column: Any) -> list[Any]:
        values = column.values() if isinstance(column, Coded) else column
        return np.asarray(values).tolist()

    pairs = []
    for seed in seeds:
        plan = make_plan(name, 1, seed=seed, until=until)
        tables = tables_of(plan.scenario, play(plan.asked, seed, 1))
        run = simulate(name, seed=seed, until=until)
        summary = summarise(run)
        falls, losses = tables["falls"], tables["losses"]
        kept: dict[str, Any] = {
            "hash": plain(tables["replicas"]["state_hash"]),
            "falls": dict(zip(plain(falls["place"]), plain(falls["day"]), strict=True)),
            "to": dict(zip(plain(falls["place"]), plain(falls["side"]), strict=True)),
            "fields": plain(tables["replicas"]["airfields_lost"]),
            "losses": {
                (force, phase): row
                for force, phase, *row in zip(
                    plain(losses["force"]),
                    plain(losses["phase"]),
                    *(plain(losses[cause]) for cause in LOSSES),
                    strict=True,
                )
            },
            "days": {c: plain(tables["days"][c]) for c in ("men", "absent", "killed", "hexes")},
            "control": plain(tables["replicas"]["corridor_control"]),
        }
        told: dict[str, Any] = {
            "hash": [summary["state_hash"]],
            "falls": {p["id"]: -1 if p["day"] is None else p["day"] for p in summary["places"]},
            "to": {p["id"]: p["to"] for p in summary["places"]},
            "fields": [summary["airfields"]["count"]],
            "losses": {
                (force, phase): [row[cause] for cause in LOSSES]
                for force, entry in summary["losses"].items()
                for phase, row in (("all", entry["total"]), *entry["phases"].items())
            },
            "days": {c: plain(run.tables["days"][c]) for c in ("men", "absent", "killed", "hexes")},
            "control": [summary["corridor"]["control_share"]],
        }
        kept["control"] = [round(kept["control"][0], 4)]
        pairs.append((kept, told))
    return pairs


@pytest.mark.parametrize(
    ("name", "seeds", "until"),
    [("tiny", [1, 2, 3, 4, 5, 6], "1944-05-16"), ("ichigo", [3, 4], "1944-06-25")],
)
def test_an_ensemble_keeps_what_the_recorded_campaign_says(
    compiled: Callable[..., Any], name: str, seeds: list[int], until: str
) -> None:
    for kept, told in compiled(beside_runs, name, seeds, until):
        assert kept == told


@pytest.mark.slow
def test_killed_at_random_moments_it_ends_with_the_same_bytes(
    undisturbed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "e"
    words = command("ensemble", "tiny", "-n", str(N), "--workers", "2", "--resume", "-o", folder)
    moments = random.Random(1944)
    killed = 0
    for _ in range(10):
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.5, 5.0))
        child.send_signal(signal.SIGKILL)
        killed += child.wait() == -signal.SIGKILL
    assert killed >= 3
    played(*words[3:])
    assert digests(folder) == digests(undisturbed)


def test_stopped_by_hand_it_says_how_to_go_on(undisturbed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "e"
    words = command("ensemble", "tiny", "-n", str(N), "--workers", "1", "-o", folder)
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not (folder / "parts").is_dir() or not any((folder / "parts").glob("seeds-*")):
        assert child.poll() is None
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    _, complaint = child.communicate()
    if child.returncode != 0:  # or it had ended already
        assert child.returncode == 130
        assert "--resume" in complaint
        assert "64 of 72" in complaint
    played(*words[3:], "--resume")
    assert digests(folder) == digests(undisturbed)


CLUSTER = """
import subprocess, sys
from distributed import LocalCluster
if __name__ == "__main__":
    plain = {"threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with LocalCluster(n_workers=2, **plain) as c:
        words = [word.replace("ADDRESS", c.scheduler_address) for word in sys.argv[1:]]
        sys.exit(subprocess.run(words).returncode)
"""


@pytest.mark.slow
def test_threads_processes_and_a_cluster_agree(undisturbed: Path, tmp_path: Path) -> None:
    wanted = digests(undisturbed)
    common = ("ensemble", "tiny", "-n", str(N), "-o")
    played(*common, tmp_path / "threads", "--workers", "3")
    assert digests(tmp_path / "threads") == wanted
    played(*common, tmp_path / "processes", "--workers", "2", "--processes")
    assert digests(tmp_path / "processes") == wanted
    played(*common, tmp_path / "local", "--workers", "2", "--cluster", "local")
    assert digests(tmp_path / "local") == wanted
    script = tmp_path / "cluster.py"
    script.write_text(CLUSTER)
    words = command(*common, tmp_path / "remote", "--cluster", "ADDRESS")
    done = subprocess.run([sys.executable, script, *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert digests(tmp_path / "remote") == wanted


PEAK = """
import resource, sys
from tairiku.study.ensembles.ensemble import ensemble
ensemble("tiny", int(sys.argv[1]), workers=1, folder=sys.argv[2])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def peak(n: int, folder: Path) -> float:
    """Largest memory of a process that plays n campaigns. [MB]"""
    words = [sys.executable, "-c", PEAK, str(n), str(folder)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return float(done.stdout)


@pytest.mark.slow
def test_memory_is_flat(tmp_path: Path) -> None:
    assert peak(640, tmp_path / "many") - peak(64, tmp_path / "few") < 40.0


def test_a_full_disk_loses_nothing(undisturbed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "e"
    words = ("ensemble", "tiny", "-n", str(N), "--workers", "1", "-o", folder)

    def small() -> None:  # no file may be larger than this: a write fails as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (6000, resource.RLIM_INFINITY))

    done = tairiku(*words, preexec_fn=small)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "--resume" in done.stderr
    assert "Traceback" not in done.stderr
    assert list((folder / "parts").iterdir()) == []
    played(*words, "--resume")
    assert digests(folder) == digests(undisturbed)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ensemble", "tiny", "-n", "0"), "1 or more"),
        (("ensemble", "tiny", "-n", "4", "--variant", "nobody"), "japan-halved"),
        (("ensemble", "tiny", "-n", "4", "--workers", "0"), "1 or more"),
        (("ensemble", "tiny", "-n", "4", "--cluster", "tcp://127.0.0.1:9"), "no cluster answers"),
        (("ensemble", "tiny", "-n", "4", "--cluster", "nonsense"), "no cluster answers"),
        (("whatif", "--scenario", "tiny"), "at least one variant"),
        (("whatif", "nobody", "--scenario", "tiny", "-n", "4"), "japan-halved"),
        (("whatif", "missing.toml", "--scenario", "tiny", "-n", "4"), "missing.toml"),
        (("report", "nowhere"), "nowhere"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = tairiku(*words, cwd=tmp_path)
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("runs/*/parts/*"))


def test_results_of_another_version_are_kept(undisturbed: Path) -> None:
    before = digests(undisturbed)
    done = tairiku("ensemble", "tiny", "-n", str(N), "--seed", "5", "--resume", "-o", undisturbed)
    assert done.returncode == 2
    assert "first_seed was 1, now 5" in done.stderr
    assert digests(undisturbed) == before


class Page(HTMLParser):
    """Collects what a page fetches, its tables and its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.tables: set[str] = set()
        self.buttons: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        for name in ("src", "href", "xlink:href"):
            target = found.get(name)
            if target and tag != "a" and not target.startswith("data:"):
                self.fetched.append(target)
        if tag == "table" and found.get("data-name"):
            self.tables.add(str(found["data-name"]))
        for name in ("data-svg", "data-csv"):
            if found.get(name):
                self.buttons.add(str(found[name]))


def looked_at(folder: Path) -> Page:
    """The report of a folder, parsed; every figure has its table and its files."""
    page = Page()
    page.feed((folder / "report.html").read_text(encoding="utf-8"))
    assert page.fetched == []
    assert page.buttons == page.tables
    for path in (folder / "figures").glob("*.svg"):
        ElementTree.parse(path)
        assert path.stem in page.tables
        assert len(path.with_suffix(".csv").read_text(encoding="utf-8-sig").splitlines()) > 1
    return page


def test_the_report_of_an_ensemble(undisturbed: Path) -> None:
    page = looked_at(undisturbed)
    assert {"falls", "phases", "losses", "airfields", "corridor", "men-japan"} <= page.tables
    assert sum(name.startswith("map-") for name in page.tables) >= 3
    summary = Ensemble(undisturbed).summary()
    text = (undisturbed / "report.html").read_text(encoding="utf-8")
    for place in summary["places"]:
        assert f"{place['share']:.3f}" in text


SCORING = """\
title = "Slower trains at the last reckoning"
question = "What if the corridor's railway were reckoned at half its tonnage?"
argued_by = "a test: nothing that fights reads it"
basis = "estimate: a test"
claims = ["ZH-252"]

[set]
"score.water_tonnes" = 1.0
"score.road_tonnes" = 1.0
"score.track_tonnes" = 0.5
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A what-if of `tiny`: one variant that fights, one that is only reckoned."""
    home = tmp_path_factory.mktemp("whatif")
    (home / "reckoning.toml").write_text(SCORING)
    words = ("whatif", "japan-halved", home / "reckoning.toml", "--scenario", "tiny", "-n", "24")
    played(*words, "-o", home / "w")
    return home / "w"


def test_an_unrelated_change_leaves_every_pair_the_same(asked: Path) -> None:
    variant = WhatIf(asked).effects()["variants"][1]
    assert variant["label"] == "reckoning"
    for row in variant["effects"]:
        if row["id"] == "tonnes":
            continue
        assert row["verdict"] == "same", row
        assert (row["effect"], row["gain"]) == (0.0, None)
    assert variant["claims"][0]["statement"]


def test_pairing_gains_where_the_change_is_late(asked: Path) -> None:
    told = WhatIf(asked).effects()
    halved = told["variants"][0]
    assert halved["effects"]
    rows = {(row["group"], row["id"]): row for row in halved["effects"]}
    men = rows["losses", "japan:disease"]
    assert men["verdict"] == "effect"
    assert men["effect"] < 0
    assert men["gain"] > 1.0
    assert told["pairs"] == 24


def test_partners_share_their_dice(asked: Path) -> None:
    found = WhatIf(asked)
    base, changed = (
        e.numpy("SELECT seed, state_hash FROM replicas ORDER BY seed")
        for e in (found.base, found.changed("reckoning"))
    )
    assert np.array_equal(base["seed"], changed["seed"])
    days = [
        e.numpy("SELECT * FROM days ORDER BY seed, day, force")
        for e in (found.base, found.changed("reckoning"))
    ]
    assert np.array_equal(days[0]["men"], days[1]["men"])


def test_the_report_of_a_what_if(asked: Path) -> None:
    page = looked_at(asked)
    assert {"japan-halved-dates", "japan-halved-chances", "reckoning-dates"} <= page.tables
    text = (asked / "report.html").read_text(encoding="utf-8")
    assert "the same in every pair" in text
    assert "ZH-252" in text


def test_a_what_if_is_the_same_after_an_interruption(asked: Path, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    words = command(
        "whatif",
        "japan-halved",
        asked.parent / "reckoning.toml",
        "--scenario",
        "tiny",
        "-n",
        "24",
        "--resume",
        "-o",
        folder,
    )
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (folder / "base" / "summary.json").is_file() and child.poll() is None:
        time.sleep(0.01)
    child.kill()
    child.wait()
    played(*words[3:])
    assert digests(folder) == digests(asked)
    told = json.loads((folder / "effects.json").read_text(encoding="utf-8"))
    assert [variant["label"] for variant in told["variants"]] == ["japan-halved", "reckoning"]
