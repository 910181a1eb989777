"""What a validation on battles found: predictions, scores beside published laws, worst misses."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tairiku.study.battles.fighting import Fought, Numbers
from tairiku.study.battles.fitting import Seen
from tairiku.study.battles.laws import LAWS, predict
from tairiku.study.battles.scores import (
    FLOOR,
    casualty_scores,
    coverage,
    winner_scores,
)
from tairiku.study.battles.table import Battle

LEVELS = (0.5, 0.8, 0.95)
HEADER = (
    "battle_id",
    "p_attacker_wins",
    "attacker_casualty_fraction",
    "defender_casualty_fraction",
)


def medians(fought: Fought) -> Numbers:
    """The median of the runs of each battle and side (b, 2): the statistic that is predicted.

    Errors are scored on logarithms, and the median of the runs is the middle there too.
    """
    return np.asarray(np.median(fought.lost, axis=2))


def predictions(battles: Sequence[Battle], fought: Fought, chance: Numbers) -> bytes:
    """The prediction file: one row for each battle, in the file's order."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for battle, p, lost in zip(battles, chance, medians(fought), strict=True):
        writer.writerow([battle.battle_id, f"{p:.4f}", f"{lost[0]:.6f}", f"{lost[1]:.6f}"])
    return text.getvalue().encode()


def scores(fought: Fought, chance: Numbers, lost: Numbers, seen: Seen) -> dict[str, Any]:
    """Scores of one set of predictions; NaN where the outcomes are not known.

    Parameters
    ----------
    lost
        (b, 2), fractions that were lost, NaN where unknown.
    """
    found: dict[str, Any] = {"casualties": casualty_scores(medians(fought), lost)}
    found["winner"] = winner_scores(chance, seen.won)
    found["coverage"] = {
        side: coverage(fought.lost[:, k], lost[:, k], LEVELS)
        for k, side in enumerate(("attacker", "defender"))
        if np.isfinite(lost[:, k]).any()
    }
    return found


def law_scores(
    battles: Sequence[Battle], lost: Numbers, seen: Seen, fold: NDArray[np.int64]
) -> dict[str, dict[str, float]]:
    """Scores of every published law, its rate fitted on the other folds."""
    return {
        law.name: casualty_scores(predict(law, battles, seen.log10, fold), lost) for law in LAWS
    }


def misses(fought: Fought, lost: Numbers, seen: Seen) -> list[tuple[str, int, float, float]]:
    """Campaigns by how far the law is off on the whole, worst first.

    Returns
    -------
    list of tuple
        Group, battles, mean of log10 (seen / predicted) of attacker and defender.
    """
    off = np.log10(np.maximum(FLOOR, lost)) - np.log10(np.maximum(FLOOR, medians(fought)))
    found = []
    for group in np.unique(seen.group):
        here = off[seen.group == group]
        mean = [
            float(np.nanmean(here[:, k])) if np.isfinite(here[:, k]).any() else 0.0
            for k in range(2)
        ]
        found.append((str(group), len(here), mean[0], mean[1]))
    return sorted(found, key=lambda row: -max(abs(row[2]), abs(row[3])))
