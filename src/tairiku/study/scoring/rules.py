"""The rules of scoring: CRPS, central intervals, coverage and its own uncertainty.

Dates are whole campaign days.  What never fell within the campaign is censored: it counts as the
day after the last, the first day on which it could not be seen to fall; and so does a day of the
sources that lies after the end.  The CRPS of such forecasts is the threshold-weighted CRPS with
weight 1 up to the campaign's end and 0 after it (Gneiting and Ranjan, J. Bus. Econ. Stat. 29,
2011, 411-422), which is proper: nobody gains by saying more, or less, than the campaign can show.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

LEVELS = (0.5, 0.8, 0.95)


def crps(members: np.ndarray, observed: np.ndarray) -> float:
    """Continuous ranked probability score of an empirical distribution. [days]

    Parameters
    ----------
    members
        The forecast, each member equally likely. (n,) [day]
    observed
        What may have happened, each day alike; the score is the mean over them. (k,) [day]

    Notes
    -----
    ``CRPS(F, y) = E|X - y| - E|X - X'| / 2``, exact for the empirical distribution function F
    (Gneiting and Raftery, J. Am. Stat. Assoc. 102, 2007, eq. 21); smaller is better, 0 is best.

    Raises
    ------
    ValueError
        No member, or nothing observed.

    Examples
    --------
    >>> round(crps(np.array([1.0, 2.0, 7.0]), np.array([3.0])), 6)
    1.0
    """
    x = np.sort(np.asarray(members, float))
    y = np.asarray(observed, float)
    if len(x) == 0 or len(y) == 0:
        raise ValueError("a score needs at least one member and one observed day")
    n = len(x)
    near = np.abs(x[:, None] - y[None, :]).mean()
    # sum over pairs of |x_i - x_j| / 2, by the order of the members
    spread = float(np.dot(2.0 * np.arange(1, n + 1) - n - 1, x)) / (n * n)
    return float(near - spread)


@dataclass(frozen=True)
class Interval:
    """A central interval of a forecast, both ends included.

    Attributes
    ----------
    level
        What was asked for, such as 0.8.
    low, high
        First and last day; `high` may be the censored day: "not within the campaign".
    reached
        The chance with which the interval holds one more draw; below `level` where the
        forecast has too few members.
    """

    level: float
    low: int
    high: int
    reached: float

    @property
    def width(self) -> int:
        """Days from the first to the last. [days]"""
        return self.high - self.low

    def covers(self, day: int) -> bool:
        """Whether a day lies within."""
        return self.low <= day <= self.high

    def touches(self, first: int, last: int) -> bool:
        """Whether any day of first .. last lies within."""
        return self.low <= last and first <= self.high


def interval(members: np.ndarray, level: float) -> Interval:
    """The central interval of an ensemble, from its order statistics.

    With k the whole part of ``(n + 1) (1 - level) / 2`` the interval runs from the k-th smallest
    member to the k-th largest.  One more draw of the same kind falls within with the chance
    ``1 - 2 k / (n + 1)``, never less than `level`, unless k is 0: then there are too few
    members, the extremes are taken, and `reached` says how little they hold.

    Examples
    --------
    >>> interval(np.arange(1, 20), 0.8)
    Interval(level=0.8, low=2, high=18, reached=0.8)
    """
    x = np.sort(np.asarray(members))
    n = len(x)
    if n == 0:
        raise ValueError("an interval needs at least one member")
    k = max(1, int((n + 1) * (1.0 - level) / 2.0 + 1e-9))
    k = min(k, (n + 1) // 2)
    return Interval(level, int(x[k - 1]), int(x[n - k]), 1.0 - 2.0 * k / (n + 1.0))


def median(members: np.ndarray) -> int:
    """The middle member; of two the later, so that half have come by that day. [day]"""
    x = np.sort(np.asarray(members))
    return int(x[len(x) // 2])


@dataclass(frozen=True)
class Share:
    """How many of how many, with the exact binomial interval of the share (Clopper-Pearson)."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """Hits over trials, None of none."""
        return self.hits / self.of if self.of else None


def share(hits: int, of: int, confidence: float = 0.95) -> Share:
    """The share of hits with its own interval, from `scipy.stats.binomtest`.

    Places of one campaign fall early or late together, so that the true uncertainty is larger.

    Examples
    --------
    >>> found = share(7, 10)
    >>> round(found.low, 2), round(found.high, 2)
    (0.35, 0.93)
    """
    if of == 0:
        return Share(0, 0, 0.0, 1.0)
    from scipy.stats import binomtest

    bounds = binomtest(hits, of).proportion_ci(confidence_level=confidence, method="exact")
    return Share(hits, of, float(bounds.low), float(bounds.high))


def censored(days: Sequence[int | None], end: int) -> np.ndarray:
    """Days of fall with every None, and every day after the end, as the day `end`. (n,)"""
    return np.array([end if day is None else min(day, end) for day in days], np.int64)
