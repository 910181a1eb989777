"""Rivers: what a side costs today, who has boats, who forces a bank (docs/rules/movement.md).

Rivers run on the sides of hexes: class 1 a stream, 2 a river, 3 a great river.
The ordinary crossing is in the static time of the step (ways.river_minutes); here is what changes.
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import E_CROSSING, ENGINEER
from tairiku.sim.dice import D_CROSSING, u01
from tairiku.sim.exactmath import exp, log
from tairiku.sim.journal import log_event
from tairiku.sim.layout import DEPOTS, NOWHERE
from tairiku.sim.ways import GREAT_RIVER


@njit
def boats_near(S, M, side: int, a: int) -> bool:
    """True if engineers of the side, or one of its depots, are in hex a or beside it. [1]

    Boats and bridging gear lie with the stocks of an army (fact logistics#J05) or with engineers.
    """
    for d in range(DEPOTS):
        h = S.d_hex[d]
        if abs(h - a) > M.cols + 1:
            continue  # no neighbour is numbered so far off, nor is NOWHERE
        if S.d_side[d] == side and h != NOWHERE:
            if h == a:
                return True
            for k in range(6):
                if np.int64(M.next[a, k]) == h:
                    return True
    for k in range(7):
        h = np.int64(a)
        if k < 6:
            h = np.int64(M.next[a, k])
        if h != NOWHERE:
            v = np.int64(S.h_first[h])
            while v >= 0:
                if S.u_kind[v] == ENGINEER and S.u_side[v] == side:
                    return True
                v = S.u_mate[v]
    return False


@njit
def bridge_works(S, M, P, a: int, k: int) -> bool:
    """True if a bridge stands over side k of hex a and carries troops today. [1]"""
    bridge = np.int64(M.bridge[a, k])
    return bridge >= 0 and np.float64(S.x_state[bridge]) >= P.movement_bridge_state


@njit
def river_delay(S, M, P, u: int, a: int, k: int) -> float:
    """Time that the river on side k costs today above its ordinary crossing; -1: not at all.

    Where the bridge is out the crossing is by ferry.  A great river without a working bridge is
    crossed with the boats of engineers or of a depot near, with the boats of a waterway, or by the
    ferry of a road or railway that is in the unit's hands on both banks. [min]
    """
    river = np.int64(M.river[a, k])
    if river < 2 or bridge_works(S, M, P, a, k):
        return 0.0
    delay = 0.0
    if M.bridge[a, k] >= 0:
        ferry = P.movement_ferry_minutes
        if river >= GREAT_RIVER:
            ferry = P.movement_great_ferry_minutes
        delay = max(0.0, ferry - P.movement_bridge_minutes)
    if river < GREAT_RIVER or M.water[a, k] == 1:
        return delay
    side = S.u_side[u]
    linked = M.bridge[a, k] >= 0 or M.road[a, k] >= 0 or M.rail[a, k] >= 0
    if linked and S.h_control[a] == side and S.h_control[M.next[a, k]] == side:
        return delay
    return delay if boats_near(S, M, side, a) else -1.0


@njit
def is_opposed(S, M, P, side: int, a: int, k: int) -> bool:
    """True if the far bank of a river on side k is the enemy's and he watches it. [1]"""
    b = np.int64(M.next[a, k])
    if b == NOWHERE or M.river[a, k] < 2 or S.h_control[b] == side:
        return False
    return np.float64(S.h_zone[1 - side, b]) >= P.movement_zone_men


@njit
def assault_chance(S, M, P, side: int, a: int, k: int) -> float:
    """Chance that the troops of a side in hex a force the river on side k in a night. [0-1]

    ``P = 1 / (1 + exp(-(assault_base + assault_odds ln(own / enemy))))``, own men in the hex, the
    enemy's about the far bank; two divisions with boats against one thin division: about 0.85.
    """
    b = np.int64(M.next[a, k])
    own = max(1.0, np.float64(S.h_men[side, a]))
    enemy = max(1.0, np.float64(S.h_zone[1 - side, b]))
    return 1.0 / (
        1.0 + exp(-(P.movement_assault_base + P.movement_assault_odds * log(own / enemy)))
    )


@njit
def force_bank(S, M, P, u: int, a: int, k: int) -> bool:
    """Try to cross a defended river today; True if the bank is won.  One die a unit and day."""
    side = S.u_side[u]
    chance = assault_chance(S, M, P, side, a, k)
    won = u01(P, S.day, D_CROSSING, u, 0) < chance
    b = np.int64(M.next[a, k])
    log_event(S, E_CROSSING, side, b, u, -1, chance, 1.0 if won else 0.0, 0.0, 0.0, 0.0)
    return won
