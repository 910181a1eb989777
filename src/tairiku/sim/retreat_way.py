"""Where the beaten go: the neighbouring hex a unit falls back to (docs/rules/movement.md)."""

import numpy as np
from numba import njit

from tairiku.sim.layout import NOWHERE
from tairiku.sim.ways import has_crossing, land

_SAFE, _COVERED, _THIN = 0, 1, 2


@njit
def enemy_about(S, M, side: int, h: int) -> int:
    """Fighting men of the other side in the hexes round h. [men]"""
    men = np.int64(0)
    for k in range(6):
        n = np.int64(M.next[h, k])
        if n != NOWHERE:
            men += np.int64(S.h_men[1 - side, n])
    return men


@njit
def retreat_hex(S, M, W, u: int) -> int:
    """The hex unit u falls back to, or NOWHERE: no enemy in it, out of his zones, towards supply.

    In this order: a hex with no enemy about it; one in the enemy's zone where own troops stand; one
    whose watchers are fewer than the unit's own men (a thin zone leaks).  Within a class the
    one nearest to supply (h_way), then the one it came from, then the lowest number of its side.
    """
    here = S.u_hex[u]
    if here == NOWHERE:
        return NOWHERE
    side = S.u_side[u]
    best = np.int64(NOWHERE)
    best_class = 9
    best_way = np.int64(0)
    for k in range(6):
        n = np.int64(M.next[here, k])
        if n == NOWHERE or not land(M, n) or not has_crossing(M, here, k):
            continue
        if S.h_men[1 - side, n] > 0:
            continue
        about = enemy_about(S, M, side, n)
        grade = _SAFE
        if about > 0:
            grade = _COVERED
            if S.h_men[side, n] == 0:
                grade = _THIN
                if about >= S.u_men[u]:
                    continue
        way = np.int64(S.h_way[side, n]) * 2 + (0 if n == S.u_from[u] else 1)
        if grade < best_class or (grade == best_class and way < best_way):
            best = n
            best_class = grade
            best_way = way
    return best
