"""What is kept of campaigns: falls by the one rule, windows of phases, figures by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tairiku.scenario.load import load_scenario
from tairiku.sim import codes
from tairiku.study.falls import ControlHistory
from tairiku.study.scoring.losses import over, windows
from tairiku.study.scoring.seasons import Seasons, fall_days
from tairiku.study.scoring.setting import read_setting


@given(st.lists(st.sampled_from([0, 1, 2]), min_size=2, max_size=20))
def test_falls_are_those_of_a_run(holders: list[int]) -> None:
    names = np.array(codes.SIDE_NAMES)
    changes = [0, *(i for i in range(1, len(holders)) if holders[i] != holders[i - 1])]
    history = ControlHistory(
        {
            "day": np.array([i - 1 for i in changes]),
            "hex": np.array([7 for _ in changes]),
            "side": names[[holders[i] for i in changes]],
        },
        days=len(holders) - 1,
    )
    fall = history.fell(7)
    expected = -1 if fall is None else fall[0]
    assert fall_days(np.array([holders]))[0] == expected


def kept(opened: list[list[int]], men: np.ndarray) -> Seasons:
    """Seasons of `tiny` with these phases and this running total of Japanese dead."""
    n, rows = men.shape
    books = np.zeros((n, rows, len(codes.FORCE_NAMES), len(codes.MEN_BOOK_NAMES)), np.int32)
    books[:, :, codes.FORCE_NAMES.index("japan"), codes.M_KILLED] = men
    nothing = np.zeros((n, rows, len(codes.FORCE_NAMES)), np.int32)
    return Seasons(
        scenario=load_scenario("tiny"),
        seeds=np.arange(n),
        hexes=np.array([24]),
        control=np.zeros((n, rows, 1), np.int8),
        men=books,
        pieces=nothing,
        aircraft=nothing,
        opened=np.array(opened),
        ringed=[{} for _ in range(n)],
        taken=[{} for _ in range(n)],
        corridor=np.zeros((n, 3)),
    )


def test_a_phase_runs_from_its_opening_to_the_eve_of_the_next() -> None:
    scenario = load_scenario("tiny")
    men = np.tile(np.arange(31) * 10, (3, 1))  # ten dead every day
    seasons = kept([[0, 12], [0, -1], [5, 6]], men)
    spans = windows(seasons, read_setting(scenario))
    assert spans["crossing"].tolist() == [[0, 12], [0, 30], [5, 6]]
    assert spans["city"].tolist() == [[12, 30], [0, 0], [6, 30]]
    assert spans["all"].tolist() == [[0, 30]] * 3
    dead = over(men, spans["city"])
    assert dead[[0, 2]].tolist() == [180.0, 240.0]
    assert np.isnan(dead[1])
    # the days of the phases are those of the campaign: nothing is lost or counted twice
    both = np.nan_to_num(over(men, spans["crossing"])) + np.nan_to_num(dead)
    assert both.tolist() == [300.0, 300.0, 250.0]


def test_a_hex_never_watched_is_a_mistake() -> None:
    seasons = kept([[0, -1]], np.zeros((1, 31), int))
    with pytest.raises(IndexError):
        seasons.falls(25)
