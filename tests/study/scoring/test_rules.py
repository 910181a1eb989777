"""Scores by hand, against an outside library, and on forecasts whose coverage is known."""

import json
import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.study.scoring.rules import LEVELS, censored, crps, interval, median, share

DAYS = st.lists(st.integers(0, 238), min_size=1, max_size=60)


def test_a_single_date_scores_its_plain_error() -> None:
    assert crps(np.array([20]), np.array([13])) == 7.0
    assert crps(np.array([13, 13, 13]), np.array([13])) == 0.0


def test_two_members_by_hand() -> None:
    # F jumps to 1/2 at 4 and to 1 at 10; y = 6: 2 days at 1/4 below, 4 days at 1/4 above
    assert crps(np.array([4, 10]), np.array([6])) == pytest.approx(2 / 4 + 4 / 4)
    # y outside: 4 days at 1 from 0 to 4, then 6 days at 1/4
    assert crps(np.array([4, 10]), np.array([0])) == pytest.approx(4 + 6 / 4)


def test_of_several_days_the_mean_counts() -> None:
    members = np.array([4, 10])
    both = crps(members, np.array([6, 0]))
    assert both == pytest.approx((1.5 + 5.5) / 2)


JUDGE = """
import json, sys
import scoringrules
for members, day in json.load(sys.stdin):
    print(float(scoringrules.crps_ensemble(day, members, estimator="nrg")))
"""


def test_an_outside_library_gives_the_same() -> None:
    # in a process of its own: the library compiles, which these tests have switched off
    lots = random.Random(5)
    cases = [
        (
            [float(lots.randint(0, 238)) for _ in range(lots.randint(1, 60))],
            float(lots.randint(0, 238)),
        )
        for _ in range(60)
    ]
    done = subprocess.run(
        [sys.executable, "-c", JUDGE],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
    )
    judged = [float(line) for line in done.stdout.split()]
    assert len(judged) == len(cases)
    for (members, day), score in zip(cases, judged, strict=True):
        ours = crps(np.array(members, int), np.array([int(day)]))
        assert ours == pytest.approx(score, abs=1e-9)


@given(DAYS, st.integers(0, 238))
def test_the_integral_over_the_days_is_the_same(days: list[int], day: int) -> None:
    # F and the step are constant within a day, so that the integral is a sum over days
    axis = np.arange(0, 239)
    below = (np.array(days)[:, None] <= axis).mean(axis=0)
    assert crps(np.array(days), np.array([day])) == pytest.approx(
        float(((below - (day <= axis)) ** 2).sum())
    )


@given(DAYS, st.integers(0, 100), st.integers(101, 238))
def test_what_lies_beyond_the_end_does_not_count(days: list[int], day: int, end: int) -> None:
    """The censored score is the integral up to the end: the threshold-weighted CRPS."""
    axis = np.arange(0, end)
    below = (np.array(days)[:, None] <= axis).mean(axis=0)
    score = crps(censored(days, end), np.array([min(day, end)]))
    assert score == pytest.approx(float(((below - (day <= axis)) ** 2).sum()))


def test_what_never_fell_counts_as_the_day_after_the_end() -> None:
    assert censored([3, None, 300], 238).tolist() == [3, 238, 238]
    assert crps(censored([None, None], 238), np.array([200])) == 38.0


@given(st.lists(st.integers(0, 238), min_size=1, max_size=80), st.sampled_from(LEVELS))
def test_an_interval_holds_its_members(days: list[int], level: float) -> None:
    found = interval(np.array(days), level)
    ordered = sorted(days)
    inside = sum(found.low <= day <= found.high for day in ordered)
    assert inside >= min(1, len(days))
    assert found.low in ordered
    assert found.high in ordered
    k = round((1.0 - found.reached) * (len(days) + 1) / 2.0)
    assert ordered[k - 1] == found.low
    assert ordered[-k] == found.high
    if found.reached >= level:  # enough members: no narrower pair of order statistics would do
        assert 1.0 - 2.0 * (k + 1) / (len(days) + 1) < level


@settings(max_examples=8)
@given(st.integers(1, 40), st.integers(0, 10_000))
def test_coverage_of_honest_forecasts_is_as_said(n: int, seed: int) -> None:
    """Members and history drawn alike: the share covered is what ``reached`` says."""
    rng = np.random.default_rng(seed)
    trials = 1500
    for level in LEVELS:
        draws = rng.random((trials, n + 1))
        ranks = draws.argsort(axis=1).argsort(axis=1)  # no ties: ranks stand for the days
        found = [interval(row[:n] * 2, level) for row in ranks]
        hits = sum(i.covers(int(row[n]) * 2) for i, row in zip(found, ranks, strict=True))
        said = found[0].reached
        spread = 4.5 * np.sqrt(max(said * (1 - said), 1e-3) / trials)
        assert abs(hits / trials - said) <= spread


def test_too_few_members_say_what_they_hold() -> None:
    twenty = interval(np.arange(20), 0.95)
    assert (twenty.low, twenty.high) == (0, 19)
    assert twenty.reached == pytest.approx(19 / 21)
    assert interval(np.arange(39), 0.95).reached == pytest.approx(0.95)
    assert interval(np.array([5]), 0.5).width == 0


def test_the_binomial_interval_by_hand() -> None:
    none = share(0, 5)
    assert none.low == 0.0
    assert none.high == pytest.approx(1.0 - 0.025 ** (1 / 5))
    whole = share(5, 5)
    assert (whole.low, whole.high) == (pytest.approx(0.025 ** (1 / 5)), 1.0)
    assert share(0, 0).share is None


def test_the_median_is_a_day_by_which_half_have_come() -> None:
    assert median(np.array([3, 1, 2])) == 2
    assert median(np.array([1, 2, 238, 238])) == 238
