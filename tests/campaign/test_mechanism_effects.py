"""The study of effects played: resumed to the same bytes, by any threads, and a run's report."""

import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tairiku.scenario.load import load_scenario
from tairiku.study.mechanisms import playing, study
from tairiku.study.mechanisms.outcomes import outcomes_of


def counted(folder: str, keep: int) -> dict[str, Any]:
    """A study of two mechanisms on `tiny`, interrupted after ``keep`` parts, then finished."""
    target = Path(folder) / "effects.csv"
    tiny = load_scenario("tiny")
    only = ["M28", "M57", "M66"]
    began: list[str] = []

    def stop(name: str) -> None:
        began.append(name)
        if len(set(began)) > keep:
            raise KeyboardInterrupt

    if keep < 4:
        with pytest.raises(KeyboardInterrupt):
            study.measure_effects(tiny, pairs=2, only=only, target=target, on_campaign=stop)
        parts = sorted(p.stem for p in (target.parent / "effects.csv.parts").glob("*.json"))
    else:
        parts = []
    found, _ = study.measure_effects(tiny, pairs=2, only=only, target=target)
    return {
        "parts": parts,
        "csv": target.read_text(encoding="utf-8"),
        "left": [p.name for p in Path(folder).iterdir()],
        "told": [m.mechanism for m in found],
    }


def test_an_interrupted_study_goes_on_to_the_same_table(
    compiled: Callable[..., Any], tmp_path: Path
) -> None:
    whole = compiled(counted, str(tmp_path), 9)
    for keep in (1, 2):
        shutil.rmtree(tmp_path)
        tmp_path.mkdir()
        again = compiled(counted, str(tmp_path), keep)
        assert len(again["parts"]) == keep + 1  # and the basis
        assert again["csv"] == whole["csv"]
        assert sorted(again["left"]) == ["effects.csv", "effects.toml"]
    assert whole["told"] == ["M28", "M57", "M66"]


def alike(threads: int) -> tuple[list[str], list[list[float]], list[str]]:
    """Two campaigns of `tiny`: hashes and outcomes as the study reads them, hashes of a batch."""
    from tairiku.batch import Batch

    tiny = load_scenario("tiny", without=["M66"])
    found = playing.play(tiny, [1, 2], threads=threads)
    batch = Batch.build(tiny, [(1, 0), (2, 0)]).play(0, tiny.days)
    return list(found.hashes), found.values.tolist(), batch.hashes()


def test_the_study_plays_what_a_batch_plays_by_any_threads(compiled: Callable[..., Any]) -> None:
    hashes, values, batch = compiled(alike, 1)
    assert hashes == batch
    assert compiled(alike, 2) == (hashes, values, batch)
    tiny = load_scenario("tiny")
    assert len(values[0]) == len(outcomes_of(tiny))
    assert all(math.isfinite(value) for row in values for value in row)


def run_without(folder: str) -> tuple[dict[str, Any], str]:
    """`tairiku run tiny --without M57 --without M66`: its summary and its report."""
    from tairiku.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["run", "tiny", "--without", "M57", "--without", "M66", "-o", folder])
    assert ended.value.code == 0
    summary = json.loads((Path(folder) / "summary.json").read_text(encoding="utf-8"))
    return summary, (Path(folder) / "report.html").read_text(encoding="utf-8")


def test_a_run_says_what_is_switched_off(compiled: Callable[..., Any], tmp_path: Path) -> None:
    summary, page = compiled(run_without, str(tmp_path / "run"))
    assert summary["without"] == ["M57", "M66"]
    assert "M57 Aircraft stop the traffic by day" in page
    assert "M66 Mud stops wheels" in page
