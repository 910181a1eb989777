"""Refugees on the railways and roads: what they leave to the army."""

import numpy as np
from numba import njit


@njit
def lift_left(S, M, P, h: int) -> float:
    """Share of the lift of railways and roads at hex h left by refugees. (13.9) [0-1]

    1 / (1 + refugees of the province / ``land.crowd``): half of it where 300,000 are on the move.
    """
    p = np.int64(M.province[h])
    if p < 0:
        return 1.0
    return 1.0 / (1.0 + np.float64(S.p_refugees[p]) / P.land_crowd)
