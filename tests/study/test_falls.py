"""A place falls when the enemy holds its hex for two evenings running."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tairiku.study.falls import ControlHistory


def history(changes: list[tuple[int, str]], days: int) -> ControlHistory:
    return ControlHistory(
        {
            "day": np.array([day for day, _ in changes]),
            "hex": np.array([3 for _ in changes]),
            "side": np.array([side for _, side in changes]),
        },
        days,
    )


def test_one_night_is_not_a_fall() -> None:
    assert history([(-1, "china"), (4, "japan"), (5, "china")], 10).fell(3) is None


def test_two_nights_are() -> None:
    assert history([(-1, "china"), (4, "japan"), (6, "china")], 10).fell(3) == (4, "japan")


def test_the_last_evening_alone_is_not_enough() -> None:
    assert history([(-1, "china"), (9, "japan")], 10).fell(3) is None
    assert history([(-1, "china"), (8, "japan")], 10).fell(3) == (8, "japan")


def test_a_town_can_fall_to_china() -> None:
    assert history([(-1, "japan"), (2, "china")], 10).fell(3) == (2, "china")


def test_the_sea_does_not_fall() -> None:
    assert history([(-1, "china")], 10).fell(4) is None


@given(st.lists(st.sampled_from(["japan", "china"]), min_size=2, max_size=40))
def test_against_the_plain_reading(evenings: list[str]) -> None:
    """The oracle walks the evenings one by one, as the definition says."""
    first = "china"
    changes = [(-1, first)]
    for day, side in enumerate(evenings):
        if side != changes[-1][1]:
            changes.append((day, side))
    expected = None
    for day in range(len(evenings) - 1):
        if evenings[day] != first and evenings[day + 1] != first:
            expected = (day, evenings[day])
            break
    assert history(changes, len(evenings)).fell(3) == expected
