"""The effect of a mechanism: paired differences, their intervals, and which of them can be told.

The same seeds are played with the mechanism and without it.  Chance is addressed, so what the
mechanism does not touch falls out of the difference.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tairiku.study.mechanisms.outcomes import Outcome
from tairiku.study.mechanisms.playing import Played

RESAMPLES = 4000  # of the bootstrap, and of the sign-flips where not all can be taken
LEVEL = 0.95
FALSE_SHARE = 0.05  # of the effects called told, on average no more are chance


@dataclass(frozen=True)
class Effect:
    """What switching a mechanism off does to one outcome.

    Attributes
    ----------
    base, without
        Mean over the seeds with the mechanism and without it.
    effect, low, high
        Mean of the paired differences, without less with, and its bootstrap interval (95 %).
    p
        Chance of a mean so far from nothing if signs were toss-ups (sign-flip test).
    q
        The same after the correction for all outcomes of the mechanism.
    size
        The effect over the spread of the outcome among seeds (standard deviation), with the
        mechanism; infinite where the seeds do not spread.
    """

    mechanism: str
    outcome: str
    unit: str
    base: float
    without: float
    effect: float
    low: float
    high: float
    p: float
    q: float
    size: float

    @property
    def told(self) -> bool:
        """True if the effect is told from chance."""
        return self.q <= FALSE_SHARE


@dataclass(frozen=True)
class Measured:
    """A mechanism's effects on every outcome; ``differ`` of the ``pairs`` end in another state."""

    mechanism: str
    pairs: int
    differ: int
    effects: tuple[Effect, ...]

    @property
    def inert(self) -> bool:
        """True if every campaign ends in the same state, and no outcome differs on the way."""
        return self.differ == 0 and all(e.effect == e.low == e.high == 0.0 for e in self.effects)

    @property
    def largest(self) -> list[Effect]:
        """The effects that are told from chance, the largest first."""
        told = [effect for effect in self.effects if effect.told]
        return sorted(told, key=lambda e: (-abs(e.size), -abs(e.effect), e.outcome))


def compare(
    outcomes: Sequence[Outcome], base: Played, others: Iterable[tuple[str, Played]]
) -> list[Measured]:
    """Return the effects of each mechanism, from the outcomes with it and without it.

    Parameters
    ----------
    others
        Mechanism and the outcomes without it, of the same seeds as ``base``.
    """
    spread = base.values.std(axis=0, ddof=1) if len(base.values) > 1 else np.zeros(len(outcomes))
    found = []
    for name, played in others:
        difference = played.values - base.values
        interval, p = interval_of(difference)
        q = corrected(p, np.any(difference != 0.0, axis=0))
        mean = difference.mean(axis=0)
        size = np.divide(
            mean, spread, out=np.where(mean == 0.0, 0.0, np.copysign(np.inf, mean)),
            where=spread > 0.0,
        )  # fmt: skip
        found.append(
            Measured(
                mechanism=name,
                pairs=len(difference),
                differ=sum(a != b for a, b in zip(played.hashes, base.hashes, strict=True)),
                effects=tuple(
                    Effect(
                        mechanism=name,
                        outcome=outcome.name,
                        unit=outcome.unit,
                        base=float(base.values[:, k].mean()),
                        without=float(played.values[:, k].mean()),
                        effect=float(mean[k]),
                        low=float(interval[0, k]),
                        high=float(interval[1, k]),
                        p=float(p[k]),
                        q=float(q[k]),
                        size=float(size[k]),
                    )
                    for k, outcome in enumerate(outcomes)
                ),
            )
        )
    return found


def corrected(p: np.ndarray, moved: np.ndarray) -> np.ndarray:
    """Return the chances after the correction for all outcomes that a mechanism moved (q).

    After Benjamini and Hochberg: of the effects with q under a share, on average no more than that
    share are chance.

    Parameters
    ----------
    p
        Chance of each outcome by itself.
    moved
        True where any pair differs; the others count for nothing and keep 1.
    """
    from scipy.stats import false_discovery_control

    q = np.ones(len(p))
    if moved.any():
        q[moved] = false_discovery_control(p[moved])
    return q


def interval_of(difference: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the bootstrap interval of the mean of each column and its sign-flip chance.

    Parameters
    ----------
    difference
        Paired differences. (pairs, outcomes)

    Returns
    -------
    Interval (2, outcomes) and chance (outcomes,).  Where all pairs differ by the same the interval
    has no width; a single pair has the widest there is.
    """
    from scipy.stats import bootstrap, permutation_test

    pairs = len(difference)
    mean = difference.mean(axis=0)
    interval = np.stack([mean, mean])
    p = np.ones(difference.shape[1])
    if pairs < 2:
        moved = difference[0] != 0.0
        interval[0, moved], interval[1, moved] = -np.inf, np.inf
        return interval, p
    alike = np.all(difference == difference[0], axis=0)
    varied = np.flatnonzero(~alike)
    if len(varied):
        drawn = bootstrap(
            (difference[:, varied],),
            np.mean,
            axis=0,
            n_resamples=RESAMPLES,
            confidence_level=LEVEL,
            method="percentile",
            vectorized=True,
            rng=np.random.default_rng(0),
        ).confidence_interval
        interval[0, varied], interval[1, varied] = drawn.low, drawn.high
    moved_columns = np.flatnonzero(np.any(difference != 0.0, axis=0))
    if len(moved_columns):
        part = difference[:, moved_columns]
        test: Any = permutation_test(
            (part, np.zeros_like(part)),
            _mean_difference,
            permutation_type="samples",
            vectorized=True,
            n_resamples=RESAMPLES if 2**pairs > 2 * RESAMPLES else np.inf,
            axis=0,
            rng=np.random.default_rng(0),
        )
        p[moved_columns] = test.pvalue
    return interval, p


def _mean_difference(x: Any, y: Any, axis: int = 0) -> Any:
    return np.mean(x - y, axis=axis)
