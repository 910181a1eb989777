"""Who holds a hex: entering takes it; empty country under one zone alone passes to that side."""

import numpy as np
from numba import njit

from tairiku.sim.codes import E_CONTROL, ON_MAP
from tairiku.sim.dice import D_MOVEMENT, u01
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE
from tairiku.sim.placement import zone_men
from tairiku.sim.ways import land

_COVER = 2  # index of the die


@njit
def take_hex(S, h: int, side: int) -> None:
    """Hex h passes to the side: control, the day, the log.  Nothing if it holds it already."""
    old = np.int64(S.h_control[h])
    if old == side:
        return
    S.h_control[h] = side
    S.h_since[h] = S.day
    log_event(S, E_CONTROL, side, h, -1, -1, np.float64(old), 0.0, 0.0, 0.0, 0.0)


@njit
def is_covered(S, M, P, h: int, side: int) -> bool:
    """True if empty hex h, not the side's, lies under the zone of that side alone. [1]"""
    if S.h_control[h] == side or S.h_first[h] >= 0 or not land(M, h):
        return False
    if np.float64(S.h_zone[side, h]) < P.movement_zone_men:
        return False
    if np.float64(S.h_zone[1 - side, h]) >= P.movement_zone_men:
        return False
    city = np.int64(M.city[h])
    return city < 0 or np.float64(M.c_level[city]) < P.movement_cover_level


@njit
def cover_country(S, M, P) -> None:
    """Empty country beside a unit passes to its side with the chance ``1 / cover_days`` a day."""
    for u in range(S.n_units):
        if S.u_status[u] != ON_MAP or zone_men(S, P, u) <= 0:
            continue
        for k in range(6):
            h = np.int64(M.next[S.u_hex[u], k])
            if h != NOWHERE and is_covered(S, M, P, h, S.u_side[u]):
                if u01(P, S.day, D_MOVEMENT, h, _COVER) * P.movement_cover_days < 1.0:
                    take_hex(S, h, S.u_side[u])
