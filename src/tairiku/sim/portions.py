"""Shares of many small pools as whole numbers: four fortunes from one throw of the dice."""

import numpy as np
from numba import njit

from tairiku.sim.dice import philox


@njit
def throw(P, day: int, purpose: int, entity: int, index: int) -> tuple[float, float, float, float]:
    """Four uniform numbers in (0, 1), 32 bits each, at one address. [1]

    The four words of one Philox block (`dice`): fine enough to round a number of men by chance.
    """
    a, b, c, d = philox(P.key_seed, P.key_replica, day, purpose, entity, index)
    unit = 1.0 / 4294967296.0
    return (
        (np.float64(a) + 0.5) * unit,
        (np.float64(b) + 0.5) * unit,
        (np.float64(c) + 0.5) * unit,
        (np.float64(d) + 0.5) * unit,
    )


@njit
def portion(x: float, r: float) -> int:
    """The real number x >= 0 as a whole one, rounded up if the fortune r is below its fraction."""
    n = np.int64(x)
    if r < x - np.float64(n):
        n += 1
    return n
