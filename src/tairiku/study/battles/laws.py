"""The published laws of attrition, each with its own rate fitted on the same battles.

Every law gives the fraction of its men that a side loses in T days from the men on both sides at
the start, own and foe: ``f = c own^x foe^y T``, at most 1.  Sources: constant rate, as planning
factors have it; F. W. Lanchester's square (x = -1, y = 1) and linear law (x = 0, y = 1); H. W.
Hartley's mixed law, losses ~ own^0.75 foe^0.4; losses ~ own^q foe^p with both powers fitted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tairiku.study.battles.fighting import Numbers
from tairiku.study.battles.scores import FLOOR
from tairiku.study.battles.table import Battle


@dataclass(frozen=True)
class PublishedLaw:
    """A law: its name and its powers of own and foe, None where they are fitted too."""

    name: str
    own: float | None
    foe: float | None


LAWS = (
    PublishedLaw("constant rate per day", 0.0, 0.0),
    PublishedLaw("Lanchester square", -1.0, 1.0),
    PublishedLaw("Lanchester linear", 0.0, 1.0),
    PublishedLaw("Hartley, own^0.75 foe^0.4", -0.25, 0.4),
    PublishedLaw("losses ~ own^q foe^p, fitted", None, None),
)


def strengths(battles: Sequence[Battle]) -> tuple[Numbers, Numbers]:
    """log10 of the men of attacker and defender (b, 2), and of the days (b,)."""
    men = np.array([[b.attacker_strength, b.defender_strength] for b in battles])
    return np.log10(men), np.log10(np.array([float(b.duration_days) for b in battles]))


def predict(
    law: PublishedLaw, battles: Sequence[Battle], seen: Numbers, fold: NDArray[np.int64]
) -> Numbers:
    """What the law says of every battle when fitted on the other folds.

    Parameters
    ----------
    seen
        (b, 2) log10 of the fractions lost, NaN where unknown.
    fold
        (b,) number of the fold that each battle belongs to.

    Returns
    -------
    numpy.ndarray
        (b, 2), fractions lost, at most 1.
    """
    men, days = strengths(battles)
    found = np.full(men.shape, np.nan)
    for side in range(2):
        own, foe = men[:, side], men[:, 1 - side]
        target = seen[:, side] - days
        for k in np.unique(fold):
            known = (fold != k) & np.isfinite(target)
            if law.own is None or law.foe is None:
                columns = np.column_stack([np.ones(len(own)), own, foe])
                power = np.linalg.lstsq(columns[known], target[known], rcond=None)[0]
                line = columns @ power
            else:
                line = law.own * own + law.foe * foe
                line = line + np.mean(target[known] - line[known])
            here = fold == k
            found[here, side] = (line + days)[here]
    return np.asarray(np.clip(10.0**found, FLOOR, 1.0))
