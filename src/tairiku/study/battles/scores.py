"""Scores of predictions: log10 of the fractions lost, the winner, the intervals."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FLOOR = 1.0e-4  # least fraction a logarithm is taken of, as in the published scores
LEAST_CHANCE = 1.0e-6

Numbers = NDArray[np.float64]


def rmse_log10(predicted: Numbers, seen: Numbers) -> float:
    """Root mean square difference of log10 of two sets of fractions, where both are known. [1]"""
    error = np.log10(np.maximum(FLOOR, predicted)) - np.log10(np.maximum(FLOOR, seen))
    known = np.isfinite(error)
    return float(np.sqrt(np.mean(error[known] ** 2))) if known.any() else float("nan")


def winner_scores(chance: Numbers, won: Numbers) -> dict[str, float]:
    """Accuracy, Brier score and log-loss of the attacker's chances; a draw is not won."""
    known = np.isfinite(won)
    if not known.any():
        return {"accuracy": float("nan"), "brier": float("nan"), "log_loss": float("nan")}
    p, y = np.clip(chance[known], LEAST_CHANCE, 1 - LEAST_CHANCE), won[known]
    return {
        "accuracy": float(np.mean((p > 0.5) == (y > 0.5))),
        "brier": float(np.mean((p - y) ** 2)),
        "log_loss": float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))),
    }


def casualty_scores(predicted: Numbers, seen: Numbers) -> dict[str, float]:
    """RMSE of log10 of the attacker's and defender's fractions and of their ratio, bias of each.

    Parameters
    ----------
    predicted, seen
        (b, 2), attacker and defender; NaN where unknown. [0-1]
    """
    logs = np.log10(np.maximum(FLOOR, predicted)) - np.log10(np.maximum(FLOOR, seen))
    ratio = logs[:, 0] - logs[:, 1]
    return {
        "attacker": rmse_log10(predicted[:, 0], seen[:, 0]),
        "defender": rmse_log10(predicted[:, 1], seen[:, 1]),
        "ratio": float(np.sqrt(np.nanmean(ratio**2))),
        "bias_attacker": float(np.nanmean(logs[:, 0])),
        "bias_defender": float(np.nanmean(logs[:, 1])),
    }


def coverage(lost: Numbers, seen: Numbers, levels: Sequence[float]) -> dict[float, float]:
    """Share of the battles whose fraction lies within the runs' central interval of each level.

    Parameters
    ----------
    lost
        (b, runs), fractions of the runs.
    seen
        (b,), NaN where unknown.
    """
    known = np.isfinite(seen)
    found = {}
    for level in levels:
        low, high = np.quantile(lost[known], [0.5 - level / 2, 0.5 + level / 2], axis=1)
        found[level] = float(np.mean((seen[known] >= low) & (seen[known] <= high)))
    return found
