"""Sight: what each side believes of the other, hex by hex (docs/rules/sight.md).

A report of troops in a hex is ``B = N exp(sd z)``, N the men there, z a standard normal number of
that day and hex: counts are wrong by a factor, not by a number.  It comes from contact, from
patrols one hex beyond contact, from agents and the people, from wireless traffic on the march; air
reconnaissance adds its own through `report` (air.py).  Between reports a belief keeps its value for
some days and then fades; nobody is told that a report has become wrong.

Sources: mechanisms M63, M75, M78 of docs/mechanisms.md; the error law is that of counts made under
multiplicative misjudgement, its size an estimate given with each parameter.
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import CHINA, GUERRILLA, ON_MAP, P_MARCH
from tairiku.sim.dice import D_SIGHT, D_SIGHT_ERROR, normal, u01
from tairiku.sim.exactmath import exp
from tairiku.sim.layout import NOWHERE


@njit
def see(S, M, P, W) -> None:
    """Bring the beliefs of both sides to this morning. [men, S.h_belief; day, S.h_seen]"""
    fade(S, M, P)
    for u in range(S.n_units):
        if S.u_status[u] == ON_MAP and S.u_kind[u] != GUERRILLA:
            look_about(S, M, S.u_side[u], S.u_hex[u])
    for u in range(S.n_units):
        if S.u_status[u] == ON_MAP and S.u_kind[u] != GUERRILLA:
            give_away(S, M, P, u)


@njit
def fade(S, M, P) -> None:
    """Write off part of each belief whose report is older than sight.keep_days.

    Written without branches, so that many hexes are looked at in one stroke.
    """
    last = S.day - np.int64(np.floor(P.sight_keep_days)) - 1  # reports of that day or before
    for side in range(2):
        for h in range(M.n_hexes):
            b = S.h_belief[side, h]
            off = 1 + np.int32(np.float64(b) * P.sight_fade_share)
            S.h_belief[side, h] = b - off * ((b > 0) & (S.h_seen[side, h] <= last))


@njit
def look_about(S, M, side: int, h: int) -> None:
    """A unit sees that its own hex and the six about it are empty of the enemy, where they are."""
    other = 1 - side
    S.h_belief[side, h] = 0
    S.h_seen[side, h] = S.day
    for k in range(6):
        n = np.int64(M.next[h, k])
        if n != NOWHERE and S.h_men[other, n] == 0:
            S.h_belief[side, n] = 0
            S.h_seen[side, n] = S.day


@njit
def give_away(S, M, P, u: int) -> None:
    """What the other side learns today of the hex in which unit u stands."""
    h = S.u_hex[u]
    side = 1 - S.u_side[u]
    step = 3
    if S.h_zone[side, h] > 0:  # the zone of those who look reaches it
        step = 1
    else:
        for k in range(6):
            n = np.int64(M.next[h, k])
            if n != NOWHERE and S.h_zone[side, n] > 0:
                step = 2
                break
    if step == 1:
        report(S, P, side, h, P.sight_contact_error)
        return
    if step == 2:
        if u01(P, S.day, D_SIGHT, u, side) < P.sight_scout_chance:
            report(S, P, side, h, P.sight_scout_error)
            return
    friends = 0.0
    if S.h_control[h] == side:
        friends = 1.0
    elif side == CHINA:  # the irregulars fight for China
        friends = np.float64(S.h_guerrilla[h])
    chance = P.sight_agents_chance * (1.0 + (P.sight_friends_gain - 1.0) * friends)
    y = u01(P, S.day, D_SIGHT, u, 2 + side)
    if y < chance:
        report(S, P, side, h, P.sight_agents_error)
    elif S.u_posture[u] == P_MARCH and y > 1.0 - P.sight_wireless_chance:
        report(S, P, side, h, P.sight_wireless_error)


@njit
def report(S, P, side: int, h: int, sd: float) -> None:
    """Side hears of the troops in hex h today: men times exp(sd z). [1]"""
    z = normal(P, S.day, D_SIGHT_ERROR, h, side)
    S.h_belief[side, h] = np.int64(np.float64(S.h_men[1 - side, h]) * exp(sd * z))
    S.h_seen[side, h] = S.day
