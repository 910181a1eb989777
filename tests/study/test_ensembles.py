"""Plans, parts and tables of an ensemble, without playing."""

import contextlib
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tairiku.base.errors import DataError, RequestError
from tairiku.figures.chance_map import class_of
from tairiku.figures.studies import Band, Lean, Span, band_chart, lean_chart, span_chart
from tairiku.replay import Coded
from tairiku.study.ensembles import folder as folders
from tairiku.study.ensembles import workers
from tairiku.study.ensembles.ensemble import slices
from tairiku.study.ensembles.plan import PART, Plan, make_plan
from tairiku.study.ensembles.reading import Ensemble, finish, quantiles
from tairiku.study.ensembles.summing import share_interval
from tairiku.study.ensembles.tables import ALL, map_days, tables_of
from tairiku.study.ensembles.watching import NEVER, Outcomes


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Seventy campaigns of `tiny`: a whole part and a short one."""
    return make_plan("tiny", 70)


def outcomes(plan: Plan, first: int, count: int) -> Outcomes:
    """Invented outcomes: the seed decides when the first scored place falls."""
    days = plan.asked.days
    found = Outcomes.blank(count, len(plan.scenario.map.hexes), days, 2)
    found.seeds[:] = np.arange(first, first + count)
    found.hashes[:] = [f"{seed:064x}" for seed in found.seeds]
    found.first[:] = 1
    hex_id = plan.scenario.map.place_hex["nan-an"]
    fallen = found.seeds % 4 != 0
    found.fell[fallen, hex_id] = (found.seeds[fallen] % 5).astype(np.int16)
    found.to[fallen, hex_id] = 0
    found.men[:] = 1000
    found.books[:, :, 0, 0] = np.arange(days + 1)  # a man a day
    found.opened[:, 0], found.opened[:, 1] = 0, 10
    found.held[:] = (3, 5)
    return found


def test_parts_cover_the_seeds_and_are_named_by_content(plan: Plan) -> None:
    parts = plan.parts()
    assert [(part.first, part.count) for part in parts] == [(1, 64), (65, 6)]
    assert PART == 64
    names = {part.name for part in parts}
    others = (
        make_plan("tiny", 70, seed=2),
        make_plan("tiny", 70, changes={"combat.ka": 0.05}),
        make_plan("tiny", 70, until="1944-05-01"),
        make_plan("tiny", 70, variant="japan-halved"),
        replace(plan, asked=replace(plan.asked, kernels="other")),
    )
    for other in others:
        assert not names & {part.name for part in other.parts()}
    assert plan.of(200).parts()[0] == parts[0]


@given(
    n=st.integers(1, 300), width=st.integers(1, 16), missing=st.sets(st.integers(0, 4), max_size=5)
)
def test_slices_give_each_seed_once_in_the_order_of_the_parts(
    plan: Plan, n: int, width: int, missing: set[int]
) -> None:
    parts = [part for i, part in enumerate(plan.of(n).parts()) if i in missing]
    given_out = [
        (part.name, first + k)
        for part, first, count in slices(parts, n, width)
        for k in range(count)
    ]
    wanted = [(part.name, part.first + k) for part in parts for k in range(part.count)]
    assert given_out == wanted


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(RequestError, match="1 or more"):
        make_plan("tiny", 0)
    with pytest.raises(RequestError, match="negative"):
        make_plan("tiny", 5, seed=-1)
    with pytest.raises(RequestError, match="outside the campaign"):
        make_plan("tiny", 5, until="1950-01-01")
    with pytest.raises(RequestError, match="japan-halved"):
        make_plan("tiny", 5, variant="japan-halve")


def test_losses_by_phase_add_up(plan: Plan) -> None:
    table = tables_of(plan.scenario, outcomes(plan, 1, 2))["losses"]
    force, phase = table["force"], table["phase"]
    assert isinstance(force, Coded)
    assert isinstance(phase, Coded)
    japan = force.values() == "japan"
    killed = np.asarray(table["killed"])
    whole = killed[japan & (phase.values() == ALL)]
    assert whole.tolist() == [plan.asked.days] * 2
    # the first phase is open on the days 0 to 9, the second from day 10 to the last
    by_phase = {
        str(name): killed[japan & (phase.values() == name)].tolist()
        for name in dict.fromkeys(phase.values())
        if name != ALL
    }
    assert list(by_phase.values()) == [[10, 10], [plan.asked.days - 10] * 2]


def write_all(folder: Path, plan: Plan) -> None:
    """Keep invented outcomes of every part that is missing."""
    for part in folders.begin(folder, plan, resume=folder.exists()):
        tables = tables_of(plan.scenario, outcomes(plan, part.first, part.count))
        folders.write_part(folder, plan, part, tables)
    finish(folder)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_folder_says_what_was_put_in(plan: Plan, tmp_path: Path) -> None:
    write_all(tmp_path / "e", plan)
    found = Ensemble(tmp_path / "e")
    assert found.complete
    assert found.done == 70
    place = found.summary()["places"][0]
    seeds = np.arange(1, 71)
    assert place["fallen"] == int((seeds % 4 != 0).sum())
    assert place["never"] == int((seeds % 4 == 0).sum())
    assert place["high95"] is None
    assert place["median"] == found.date_of(3).isoformat()
    maps = found.numpy("SELECT * FROM maps ORDER BY day")
    assert np.asarray(maps["day"]).tolist() == map_days(30).tolist()
    assert set(np.asarray(maps["fallen"]).tolist()) == {place["fallen"]}
    band = found.numpy("SELECT * FROM bands WHERE quantity = 'lost' AND force = 'japan'")
    assert np.asarray(band["median"]).tolist() == list(range(31))
    assert found.sql(
        "SELECT count(*) FROM falls WHERE place = 'tiecheng' AND day IS NULL"
    ).fetchall() == [(70,)]


def test_a_part_is_there_whole_or_not_at_all(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "e"
    missing = folders.begin(folder, plan, resume=False)
    tables = tables_of(plan.scenario, outcomes(plan, 1, 64))

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(folders, "_to_disk", full)
        with pytest.raises(RequestError, match=r"disk is full.*--resume"):
            folders.write_part(folder, plan, missing[0], tables)
    assert list((folder / "parts").iterdir()) == []
    write_all(folder, plan)
    write_all(tmp_path / "undisturbed", plan)
    assert contents(folder) == contents(tmp_path / "undisturbed")


class KilledError(BaseException):
    """Stands for a kill between two calls to the disk."""


@pytest.mark.parametrize("last", range(8))
def test_killed_at_every_step_of_the_beginning(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    plain = {name: getattr(Path, name) for name in ("mkdir", "replace", "open")}
    folder = tmp_path / "e"
    calls: list[str] = []

    def counted(name: str) -> Callable[..., Any]:
        def call(self: Path, *args: Any, **more: Any) -> Any:
            calls.append(name)
            if len(calls) > last:
                raise KilledError
            return plain[name](self, *args, **more)

        return call

    with monkeypatch.context() as patched, contextlib.suppress(KilledError):
        for name in plain:
            patched.setattr(Path, name, counted(name))
        folders.begin(folder, plan, resume=True)
    write_all(folder, plan)
    assert Ensemble(folder).complete
    assert len(calls) >= min(last + 1, 4)


def test_growing_is_the_same_as_beginning_large(plan: Plan, tmp_path: Path) -> None:
    for n in (5, 64, 70, 130):
        write_all(tmp_path / "grown", plan.of(n))
    write_all(tmp_path / "at-once", plan.of(130))
    assert contents(tmp_path / "grown") == contents(tmp_path / "at-once")


def test_a_folder_of_something_else_is_left_alone(plan: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "e"
    write_all(folder, plan)
    before = contents(folder)
    other = make_plan("tiny", 70, seed=9)
    newer = replace(plan, asked=replace(plan.asked, kernels="0123456789abcdef"))
    for wanted, resume, words in (
        (plan, False, "--resume"),
        (other, True, "first_seed was 1, now 9"),
        (newer, True, "kernels was"),
        (plan.of(30), True, "holds 70 replicas"),
    ):
        with pytest.raises(RequestError, match=words):
            folders.begin(folder, wanted, resume)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(RequestError, match="holds no ensemble"):
        folders.begin(tmp_path / "mine", plan, resume=True)
    assert contents(folder) == before


def test_a_broken_part_is_named(plan: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "e"
    write_all(folder, plan)
    broken = folder / "parts" / plan.parts()[1].name / "falls.parquet"
    broken.write_bytes(broken.read_bytes()[:100])
    with pytest.raises(DataError, match=r"falls\.parquet"):
        folders.begin(folder, plan, resume=True)


def test_half_made_files_are_swept(plan: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "e"
    write_all(folder, plan)
    before = contents(folder)
    (folder / "parts" / ".seeds-x.123").mkdir()
    (folder / "parts" / ".seeds-x.123" / "falls.parquet").write_bytes(b"PAR1")
    (folder / ".summary.json.123.part").write_bytes(b"{")
    write_all(folder, plan)
    assert contents(folder) == before


def test_no_ensemble(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="tairiku ensemble"):
        Ensemble(tmp_path)
    (tmp_path / "ensemble.json").write_text("{")
    with pytest.raises(DataError, match=r"ensemble\.json"):
        Ensemble(tmp_path)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60))
def test_intervals_are_nested_and_of_values_that_occurred(days: list[int]) -> None:
    found = quantiles(np.array(days, float))
    order = [found[k] for k in ("low95", "low80", "low50", "median", "high50", "high80", "high95")]
    assert order == sorted(order)
    assert set(order) <= set(map(float, days))


def test_never_is_later_than_every_day() -> None:
    found = quantiles(np.array([1.0, 2.0, np.inf, np.inf]))
    assert found["median"] == 2.0
    assert found["high50"] == np.inf


def test_share_interval_by_hand() -> None:
    # Wilson's interval of 0 in 10: from 0 to z^2 / (n + z^2)
    low, high = share_interval(0, 10)
    assert low == pytest.approx(0.0, abs=1e-12)
    assert high == pytest.approx(3.8414588 / 13.8414588, rel=1e-6)


def test_workers_that_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RequestError, match="1 or more"), workers.crew(0):
        pass
    with (
        pytest.raises(RequestError, match="workers of its own"),
        workers.crew(2, cluster="tcp://x:1"),
    ):
        pass
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RequestError, match=r"tairiku\[cluster\]"), workers.crew(cluster="local"):
        pass


def test_charts_are_well_formed() -> None:
    days = np.arange(40.0)
    levels = (50, 80, 95)
    band = Band(days, dict.fromkeys(levels, days * 0.5), dict.fromkeys(levels, days * 2.0))
    first = date(1944, 4, 17)
    rows = [
        Span("A & B", 3.0, dict.fromkeys(levels, 1.0), dict.fromkeys(levels), "50%"),
        Span("Never", None, dict.fromkeys(levels), dict.fromkeys(levels), "0%"),
    ]
    leans = [Lean("x < y", 1.0, -1.0, 3.0, "+1", False), Lean("z", 0.0, 0.0, 0.0, "0", False)]
    for svg in (
        band_chart(first, "Men & horses", band),
        span_chart(first, 40, "Falls", rows),
        lean_chart("Effects", "days", leans),
    ):
        root = ElementTree.fromstring(svg)
        assert root.find("{http://www.w3.org/2000/svg}title") is not None
        assert "nan" not in svg
        assert "None" not in svg


@given(st.floats(0.0, 1.0))
def test_classes_of_a_map_grow_with_the_share(share: float) -> None:
    assert 0 <= class_of(share) <= 5
    assert class_of(share) <= class_of(min(1.0, share + 0.2))


def test_manifest_is_derivable(plan: Plan, tmp_path: Path) -> None:
    write_all(tmp_path / "e", plan)
    read = json.loads((tmp_path / "e" / "ensemble.json").read_text())
    assert read == json.loads(json.dumps(plan.manifest()))
    assert NEVER == -1
