"""Pursuit: the beaten who leave are run down by whoever is faster (docs/rules/combat.md, M17)."""

import numpy as np
from numba import njit

from tairiku.sim.books import lose_men, scatter
from tairiku.sim.casualties import dissolve_if_spent, leave_behind
from tairiku.sim.codes import (
    CAVALRY,
    E_PURSUIT,
    M_CAPTURED,
    M_KILLED,
    MOTORISED,
    O_DELAY,
    O_FORTRESS,
    O_HOLD,
    O_SCREEN,
    P_ROUT,
    P_WITHDRAW,
    TANK,
)
from tairiku.sim.dice import D_PURSUIT, u01, whole
from tairiku.sim.firepower import tank_going
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE
from tairiku.sim.placement import counts


@njit
def flees(S, u: int) -> bool:
    """True if unit u leaves the fight: routed, or going back after contact of late."""
    if not counts(S, u) or S.u_men[u] <= 0 or S.u_hex[u] == NOWHERE:
        return False
    if S.u_posture[u] == P_ROUT:
        return True
    return S.u_posture[u] == P_WITHDRAW and S.day - S.u_contact_day[u] <= 1


@njit
def hunts(S, u: int) -> bool:
    """True if unit u is free to pursue: moving by order, rested enough, with rounds."""
    if not counts(S, u) or S.u_static[u] == 1 or S.u_rout_days[u] > 0 or S.u_halt_days[u] > 0:
        return False
    if S.u_posture[u] == P_ROUT or S.u_posture[u] == P_WITHDRAW:
        return False
    order = S.u_order[u]
    return order != O_HOLD and order != O_FORTRESS and order != O_DELAY and order != O_SCREEN


@njit
def pace(S, P, u: int, going: float) -> float:
    """How many foot soldiers a man of this unit is worth in pursuit. [1]

    Tanks and trucks by their fuel and the ground, horse by the ground; all less when tired.
    """
    kind = S.u_kind[u]
    x = 1.0
    if kind == TANK or kind == MOTORISED:
        fast = P.combat_pursuit_tank if kind == TANK else P.combat_pursuit_motor
        x = 1.0 + (fast - 1.0) * S.u_fuelled[u] * going
    elif kind == CAVALRY:
        x = 1.0 + (P.combat_pursuit_horse - 1.0) * going
    return x * (1.0 - P.combat_tired * S.u_fatigue[u]) * S.u_cohesion[u]


@njit
def hunters(S, M, P, u: int, wet: bool) -> tuple[float, int]:
    """Weight of the pursuers beside unit u, and the strongest of them. [men], unit or -1"""
    weight = 0.0
    most = 0.0
    best = np.int64(-1)
    here = S.u_hex[u]
    going = tank_going(M, P, here, wet)
    for k in range(6):
        n = np.int64(M.next[here, k])
        if n == NOWHERE:
            continue
        v = np.int64(S.h_first[n])
        while v >= 0:
            if S.u_side[v] != S.u_side[u] and hunts(S, v):
                x = np.float64(S.u_men[v]) * pace(S, P, v, going)
                weight += x
                if x > most:
                    most = x
                    best = v
            v = S.u_mate[v]
    return weight, best


@njit
def pursue(S, M, P, W) -> None:
    """Every fleeing unit with pursuers beside it loses men, guns and trucks.

    Eq. (9.21): share of men ``rate min(1, pursuers / fleeing) u``, u even on 0.5-1.5; a unit that
    goes back in order loses ``combat.pursuit_order`` of it.  Of the lost some are taken, some
    killed, the rest scatter; arms by the same share times ``combat.pursuit_arms``.
    """
    for u in range(S.n_units):
        if not flees(S, u):
            continue
        wet = S.w_ground[np.int64(M.region[S.u_hex[u]])] > 0
        weight, best = hunters(S, M, P, u, wet)
        if best < 0:
            continue
        press = min(1.0, weight * (1.0 / np.float64(S.u_men[u])))
        share = P.combat_pursuit_rate * press * (0.5 + u01(P, S.day, D_PURSUIT, u, 0))
        if S.u_posture[u] != P_ROUT:
            share = share * P.combat_pursuit_order
        run_to_ground(S, P, u, best, min(1.0, share))


@njit
def run_to_ground(S, P, u: int, hunter: int, share: float) -> None:
    """Unit u loses ``share`` of its men to its pursuer, and arms in proportion."""
    men = np.float64(S.u_men[u]) * share
    taken = whole(P, men * P.combat_pursuit_captured, S.day, D_PURSUIT, u, 1)
    dead = whole(P, men * P.combat_pursuit_killed, S.day, D_PURSUIT, u, 2)
    loose = 1.0 - P.combat_pursuit_captured - P.combat_pursuit_killed
    away = whole(P, men * max(0.0, loose), S.day, D_PURSUIT, u, 3)
    taken = lose_men(S, u, taken, M_CAPTURED)
    dead = lose_men(S, u, dead, M_KILLED)
    away = scatter(S, u, away)
    S.u_loss_today[u] += taken + dead
    leave_behind(S, P, u, hunter, min(1.0, share * P.combat_pursuit_arms), 80)
    S.u_cohesion[u] = max(
        P.combat_cohesion_least, S.u_cohesion[u] * (1.0 - P.combat_pursuit_shock * share)
    )
    h = S.u_hex[u]
    a = np.float64(taken)
    b = np.float64(away)
    c = np.float64(dead)
    log_event(S, E_PURSUIT, S.u_side[hunter], h, u, hunter, a, b, c, share, 0.0)
    dissolve_if_spent(S, P, u)
