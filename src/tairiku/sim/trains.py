"""Troop trains: the next hex of a unit that goes by rail (docs/rules/movement.md, eq. 12)."""

import numpy as np
from numba import njit

from tairiku.sim.codes import L_GAP, P_RAIL
from tairiku.sim.layout import NOWHERE
from tairiku.sim.refugees import lift_left
from tairiku.sim.ways import nearer


@njit
def runs(S, M, P, side: int, h: int, k: int) -> bool:
    """True if trains of the side run over side k of hex h today, clear of the enemy. [1]"""
    link = np.int64(M.rail[h, k])
    if link < 0 or M.r_kind[link] == L_GAP or S.r_owner[link] != side:
        return False
    if np.float64(S.r_state[link]) < P.movement_rail_state:
        return False
    n = np.int64(M.next[h, k])
    if S.h_control[n] != side or S.h_men[1 - side, n] > 0:
        return False
    return S.h_men[side, n] > 0 or np.float64(S.h_zone[1 - side, n]) < P.movement_zone_men


@njit
def train_step(S, M, P, W, u: int, slot: int) -> int:
    """The next hex of unit u on the working railway, NOWHERE if trains bring it no nearer.

    Breadth first over the links that run; it goes to the station from which the march to its goal
    (field of ``slot``) is shortest.
    """
    here = S.u_hex[u]
    side = S.u_side[u]
    W.stamp += 1
    W.mark[here] = W.stamp
    W.queue[0] = here
    W.hex_whole[here] = here
    count = 1
    i = 0
    best = np.int64(here)
    while i < count:
        h = np.int64(W.queue[i])
        i += 1
        if nearer(M, W, slot, h, best):
            best = h
        for k in range(6):
            if runs(S, M, P, side, h, k):
                n = np.int64(M.next[h, k])
                if W.mark[n] != W.stamp:
                    W.mark[n] = W.stamp
                    W.hex_whole[n] = h
                    W.queue[count] = n
                    count += 1
    if best == here:
        return NOWHERE
    while W.hex_whole[best] != here:
        best = W.hex_whole[best]
    return best


@njit
def train_minutes(S, M, P, u: int) -> float:
    """Time of one hex by rail, in minutes of a marching day; the first one with entraining. [min]

    Eq. (12): ``(pitch / rail_km + men / rail_men) march_hours``, the second term once; both longer
    where refugees crowd the line (eq. 13.9 of docs/rules/land.md).
    """
    days = M.pitch_km / P.movement_rail_km
    if S.u_posture[u] != P_RAIL:
        days += np.float64(S.u_men[u]) / P.movement_rail_men
    return days * P.movement_march_hours * 60.0 / lift_left(S, M, P, S.u_hex[u])
