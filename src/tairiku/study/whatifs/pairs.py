"""Statistics of paired campaigns: effect with interval, whether it can be told, gain of pairing.

Pair i is the campaign of seed i with the change and the campaign of seed i without it.  The dice
are addressed (docs/rules.md), so that the two differ only through what the change changed.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 4999  # of the bootstrap, and of the test by exchanging partners
LEVEL = 0.95
FALSE_DISCOVERIES = 0.05  # share of the effects called real that may be none, over a what-if
DICE = 20240417  # seed of the resampling: the same figures every time

REAL, HINT, NONE, SAME = "effect", "hint", "none", "same"


@dataclass(frozen=True)
class Effect:
    """What a change did to one quantity.

    Attributes
    ----------
    base, changed
        Mean without and with the change.
    effect, low, high
        Mean of the paired differences and its 95 % interval.
    differing
        Pairs in which the quantity differs at all.
    p, q
        Chance of a mean difference as large if the change did nothing, alone and with regard to
        how many quantities were looked at.
    gain
        Variance of the difference of two unpaired campaigns over that of paired ones: so many
        times fewer campaigns are needed; None where all pairs are equal.
    verdict
        ``effect``; ``hint`` (the interval is off zero, but among so many quantities that may be
        chance); ``none`` (no detectable effect); ``same`` (equal in every pair).
    """

    base: float
    changed: float
    effect: float
    low: float
    high: float
    pairs: int
    differing: int
    p: float
    q: float
    gain: float | None
    verdict: str


def gain_of_pairing(base: np.ndarray, changed: np.ndarray) -> float | None:
    """Variance of an unpaired difference over that of the paired one; None if no pair differs.

    >>> gain_of_pairing(np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 2.0, 3.0, 5.0]))
    18.33333333333333
    """
    unpaired = float(np.var(base, ddof=1) + np.var(changed, ddof=1))
    paired = float(np.var(changed - base, ddof=1))
    return unpaired / paired if paired > 0 else None


def interval(differences: np.ndarray) -> tuple[float, float]:
    """95 % interval of the mean of paired differences: bootstrap over pairs.

    Bias-corrected and accelerated (Efron 1987), or by plain percentiles where that is not defined;
    pairs that all differ by the same amount give that amount.
    """
    from scipy.stats import bootstrap

    if np.ptp(differences) == 0:
        return float(differences[0]), float(differences[0])
    for method in ("BCa", "percentile"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of nearly equal pairs; we look at the result
            found = bootstrap(
                (differences,),
                np.mean,
                n_resamples=RESAMPLES,
                batch=500,
                confidence_level=LEVEL,
                method=method,
                rng=np.random.default_rng(DICE),
            ).confidence_interval
        if np.isfinite(found.low) and np.isfinite(found.high):
            break
    return float(found.low), float(found.high)


def chance_of(differences: np.ndarray) -> float:
    """Chance of a mean difference as large if the change did nothing.

    Partners of a pair are exchanged at random (exactly, where the pairs are few).
    """
    from scipy.stats import permutation_test

    if not differences.any():
        return 1.0
    found = permutation_test(
        (differences, np.zeros(len(differences))),
        lambda x, y, axis: np.sum(x - y, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=500,
        rng=np.random.default_rng(DICE),
    )
    return float(min(1.0, found.pvalue))


def effects(pairs: Sequence[tuple[np.ndarray, np.ndarray]]) -> list[Effect]:
    """The effect on each quantity, from its values without and with the change, seed by seed.

    An effect is called real where its interval is off zero and it survives the control of false
    discoveries over all quantities (Benjamini and Hochberg 1995).
    """
    from scipy.stats import false_discovery_control

    if not pairs:
        return []
    differences = [changed - base for base, changed in pairs]
    ps = np.array([chance_of(d) for d in differences])
    qs = np.ones(len(ps))
    looked_at = np.array([bool((d != 0).any()) for d in differences])
    if looked_at.any():
        qs[looked_at] = false_discovery_control(ps[looked_at])
    found = []
    for (base, changed), d, p, q in zip(pairs, differences, ps, qs, strict=True):
        low, high = interval(d)
        verdict = NONE
        if not (d != 0).any():
            verdict = SAME
        elif low > 0 or high < 0:
            verdict = REAL if q <= FALSE_DISCOVERIES else HINT
        found.append(
            Effect(
                base=float(base.mean()),
                changed=float(changed.mean()),
                effect=float(d.mean()),
                low=low,
                high=high,
                pairs=len(d),
                differing=int((d != 0).sum()),
                p=float(p),
                q=float(q),
                gain=gain_of_pairing(base, changed),
                verdict=verdict,
            )
        )
    return found
