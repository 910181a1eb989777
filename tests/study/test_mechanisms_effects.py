"""The study of effects: intervals by hand, files, resuming, and the paired difference played."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tairiku.base.errors import DataError, RequestError
from tairiku.scenario.load import load_scenario
from tairiku.study.mechanisms import files, study
from tairiku.study.mechanisms.effects import compare, interval_of
from tairiku.study.mechanisms.outcomes import Outcome, falls
from tairiku.study.mechanisms.playing import Played
from tairiku.study.mechanisms.telling import effects_page, null_words, words


def outcomes(n: int) -> list[Outcome]:
    return [Outcome(f"o{i}", "men", "") for i in range(n)]


def played(values: Any, mark: str = "a") -> Played:
    values = np.asarray(values, dtype=np.float64)
    return Played(values, tuple(f"{mark}{i}" for i in range(len(values))))


def test_an_effect_by_hand() -> None:
    base = played([[10.0], [12.0], [14.0], [16.0]])
    other = played([[15.0], [17.0], [19.0], [21.0]], "b")
    (measured,) = compare(outcomes(1), base, [("M01", other)])
    (effect,) = measured.effects
    assert (effect.base, effect.without, effect.effect) == (13.0, 18.0, 5.0)
    assert (effect.low, effect.high) == (5.0, 5.0)
    assert effect.p == 2 / 2**4  # all signs alike: two of sixteen flips go so far
    assert effect.size == pytest.approx(5.0 / np.std([10, 12, 14, 16], ddof=1))
    assert measured.differ == 4


def test_twelve_pairs_of_one_sign_tell_an_effect_and_noise_tells_none() -> None:
    rng = np.random.default_rng(3)
    base = rng.normal(size=(12, 40))
    noise = base + rng.normal(size=(12, 40))
    moved = noise.copy()
    moved[:, :10] = base[:, :10] + 3.0 + 0.1 * rng.normal(size=(12, 10))
    quiet, loud = compare(
        outcomes(40), played(base), [("M01", played(noise, "b")), ("M02", played(moved, "c"))]
    )
    assert quiet.largest == []
    assert {e.outcome for e in loud.largest} == {f"o{i}" for i in range(10)}
    assert all(e.low < 3.0 < e.high and e.q < 0.05 for e in loud.largest)
    assert null_words(quiet).startswith("no detectable effect at 12 pairs")


def test_nothing_changed_is_nothing() -> None:
    base = played(np.arange(6.0).reshape(3, 2))
    (measured,) = compare(outcomes(2), base, [("M01", base)])
    assert measured.differ == 0
    assert all(e.effect == e.low == e.high == 0.0 and e.q == 1.0 for e in measured.effects)
    assert "every campaign ends in the same state" in null_words(measured)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=9))
def test_the_interval_holds_the_mean_and_the_chance_is_one(values: list[float]) -> None:
    difference = np.array(values)[:, None]
    interval, p = interval_of(difference)
    slack = 1e-9 * (1.0 + float(np.abs(difference).max()))
    assert interval[0, 0] - slack <= difference.mean() <= interval[1, 0] + slack
    assert difference.min() - slack <= interval[0, 0]
    assert interval[1, 0] <= difference.max() + slack
    assert 0.0 < p[0] <= 1.0


def test_a_place_falls_on_the_first_of_two_days_or_counts_as_the_end() -> None:
    holders = np.array([[1, 1, 1], [0, 1, 2], [1, 1, 2], [0, 1, 0], [0, 0, 0]])
    assert falls(holders, np.array([1, 1, 1])).tolist() == [3, 5, 3]


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    base = rng.normal(size=(8, 3))
    other = base.copy()
    other[:, 0] += 7.0
    found = compare(outcomes(3), played(base), [("M01", played(other, "b")), ("M02", played(base))])
    basis = files.basis_of(load_scenario("tiny"), 1, 8)
    path = tmp_path / "effects.csv"
    files.write_effects(path, found, basis)
    again, rests_on = files.read_effects(path)
    assert rests_on == basis
    assert [(m.mechanism, m.pairs, m.differ) for m in again] == [("M01", 8, 8), ("M02", 8, 0)]
    assert again[0].effects[0].effect == pytest.approx(7.0, rel=1e-5)
    assert len(again[0].effects) == 1
    assert again[1].effects == ()
    assert words(again[0].effects[0]) == "o0 +7 men (7 to 7)"
    page = effects_page([], again, basis)
    assert "| M02 |  | 0 of 8 | 0 | no detectable effect: every campaign ends" in page
    path.write_text(path.read_text("utf-8").replace(",men,", ",men,much"), encoding="utf-8")
    with pytest.raises(DataError, match="no effect"):
        files.read_effects(path)
    with pytest.raises(RequestError, match="no file"):
        files.read_effects(tmp_path / "none.csv")


def test_requests_that_cannot_be_met(tmp_path: Path) -> None:
    tiny = load_scenario("tiny")
    for asked, text in (
        ({"pairs": 1}, "no interval"),
        ({"pairs": 2, "seed": -1}, "negative"),
        ({"pairs": 2, "target": tmp_path / "x.txt"}, ".csv"),
        ({"pairs": 2, "only": ["M999"]}, "M999"),
        ({"pairs": 2, "only": ["M88"]}, "not simulated"),
    ):
        with pytest.raises(RequestError, match=text):
            study.measure_effects(tiny, **asked)  # type: ignore[arg-type]
