"""The naive rivals by hand, on `tiny`: the line, the pace, the ratio, the calendar."""

import math

import numpy as np
import pytest
from scipy.stats import norm, t

from tairiku.scenario.load import Scenario, load_scenario
from tairiku.study.scoring import rivals
from tairiku.study.scoring.line import corridor_line
from tairiku.study.scoring.setting import read_setting
from tairiku.study.scoring.truth import from_objectives


@pytest.fixture(scope="module")
def tiny() -> Scenario:
    return load_scenario("tiny")


def test_the_line_counts_chinese_kilometres(tiny: Scenario) -> None:
    line = corridor_line(tiny)
    # 18 km a link; the river lies between dukou (Japanese) and nan-an: half of that link
    assert line.place_km == {
        "beizhan": 0,
        "dukou": 0,
        "nan-an": 9,
        "tiecheng": 9 + 36,
        "nanzhan": 9 + 54,
    }
    assert [stop.hex for stop in line.stops] == [3, 10, 17, 24, 31, 38, 45]
    assert line.reach(38) == (45.0, 0.0)
    # xiling, hex 29, lies two hexes west of the line's hex 31 in the same row
    assert line.reach(29) == (27.0, 36.0)


def test_the_pace_by_hand(tiny: Scenario) -> None:
    setting, places = read_setting(tiny), from_objectives(tiny)
    found = {r.name: r for r in rivals.rivals_of(tiny, setting, places, places)}
    # nan-an fell on day 3, its 9 km took 4 days; tiecheng is 45 km off: 20 days, so day 19
    pace = found[rivals.PACE]
    assert pace.told == "2.2 km a day, from Nan'an"
    members = pace.members["tiecheng"]
    assert len(members) == 199
    assert np.median(members) == 19
    spread = math.exp(0.35 * norm.ppf(0.5 / 199))
    assert members.max() == 30  # the slowest does not come within the campaign
    assert members.min() == math.ceil(45.0 / (2.25 / spread)) - 1


def test_the_ratio_by_hand(tiny: Scenario) -> None:
    setting, places = read_setting(tiny), from_objectives(tiny)
    row = setting.phases[0]
    japanese = 14000 + 14000 + 900 + 3000 + 2500 + 4000
    chinese = 8000 + 7500 + 7500 + 9000 + 8000 + 3000
    assert rivals.ratio_of(tiny, row) == pytest.approx(japanese / chinese)
    # the same odds in both phases: slowed alike, so that the dates are those of constant pace
    found = {r.name: r for r in rivals.rivals_of(tiny, setting, places, places)}
    assert found[rivals.RATIO].members["tiecheng"].tolist() == (
        found[rivals.PACE].members["tiecheng"].tolist()
    )


def test_effort_by_hand() -> None:
    sectors = [
        rivals.Sector("a", 0.0, 100.0, 1.0),
        rivals.Sector("b", 100.0, math.inf, 0.5),
    ]
    assert rivals.effort(60.0, 0.0, "a", sectors) == 60.0
    assert rivals.effort(130.0, 0.0, "b", sectors) == 100.0 + 30.0 / 0.5
    assert rivals.effort(100.0, 10.0, "b", sectors) == 100.0 + 10.0 / 0.5
    assert rivals.effort(100.0, 10.0, "other", sectors) == 100.0 + 10.0 / 1.0


def test_three_paces_fix_their_own_spread() -> None:
    seen = [5.0, 10.0, 20.0]
    members = rivals.pace_members(seen, 9.9, 199)
    scale = math.log(2.0) * math.sqrt(1.0 + 1.0 / 3.0)
    assert np.median(members) == pytest.approx(10.0)
    assert members[-1] == pytest.approx(10.0 * math.exp(scale * t.ppf(198.5 / 199, 2)))


def test_the_calendar_by_hand(tiny: Scenario) -> None:
    setting, places = read_setting(tiny), from_objectives(tiny)
    plan = rivals.rivals_of(tiny, setting, places, places)[-1]
    # the crossing: 17 to 24 April, its only place at the end of its stretch
    bank = plan.members["nan-an"]
    assert (bank.min(), bank.max()) == (0, 7)
    # the city: 25 April to 10 May, 36 of 54 km: the mode lies two thirds along
    city = plan.members["tiecheng"]
    assert city.min() >= 8
    assert city.max() <= 23
    low, high, mode = 8.0, 24.0, 8.0 + 16.0 * 36.0 / 54.0
    half = low + math.sqrt(0.5 * (high - low) * (mode - low))  # the triangle's median
    assert np.median(city) == math.floor(half)


def test_a_plan_of_one_day() -> None:
    assert rivals.planned(0.3, 5, 5, 4).tolist() == [5, 5, 5, 5]


def test_no_rival_reads_a_date_that_was_held_out(tiny: Scenario) -> None:
    """Held-out dates moved by years change no forecast."""
    from dataclasses import replace

    setting, places = read_setting(tiny), from_objectives(tiny)
    moved = [
        replace(p, first=999, best=999, last=999, said=()) if setting.held_out(p.phase) else p
        for p in places
    ]
    before = rivals.rivals_of(tiny, setting, places, places)
    after = rivals.rivals_of(tiny, setting, moved, moved)
    for one, other in zip(before, after, strict=True):
        assert {k: v.tolist() for k, v in one.members.items()} == (
            {k: v.tolist() for k, v in other.members.items()}
        )
