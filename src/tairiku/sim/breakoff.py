"""Who breaks off, and what comes of it: attackers halt, defenders go back or are routed."""

import numpy as np
from numba import njit

from tairiku.sim.casualties import leave_behind, run_down, shaken
from tairiku.sim.codes import (
    E_BROKEN_OFF,
    E_RETREAT,
    E_ROUT,
    GUNS,
    MORTARS,
    O_DELAY,
    O_FORTRESS,
    O_REFIT,
    O_SCREEN,
    O_WITHDRAW,
    P_ASSAULT,
    P_DELAY,
    P_HASTY,
    P_ROUT,
    P_WITHDRAW,
    S_ASSAULT,
)
from tairiku.sim.dice import D_BREAK_ATTACKER, D_BREAK_DEFENDER, D_ROUT, u01
from tairiku.sim.engagement import break_chance, break_hazard
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE
from tairiku.sim.placement import move_unit
from tairiku.sim.retreat_way import retreat_hex


@njit
def air_weight(S, u: int) -> float:
    """Attack sorties flown against unit u today to 1,000 of its men. [1/1000]"""
    men = np.float64(max(np.int64(1), S.u_men[u]))
    return S.u_air_hit[u] * 1000.0 * (1.0 / men)


@njit
def attacker_hazard(S, M, P, u: int, target: int, v: float) -> float:
    """Hazard that attacking unit u breaks off today, eq. (9.6) with w = V. [1/day]

    Attack from the air (M58), want of rounds and a threatened way back add to it.  During an
    assault on a besieged city the siege decides when to stop, and the hazard here is 0.
    """
    city = np.int64(M.city[target])
    if city >= 0 and M.c_zone_count[city] > 0.0 and S.c_phase[city] == S_ASSAULT:
        return 0.0
    f50 = P.combat_f50_assault if S.u_posture[u] == P_ASSAULT else P.combat_f50_attack
    h = break_hazard(P, P.combat_h0_a, S.u_cohesion[u], S.u_lost[u], f50, v)
    h = h * (1.0 + P.combat_air_break * air_weight(S, u))
    if S.u_rounds[u] < P.combat_rounds_stop:
        h += P.combat_empty_hazard
    if S.u_outflanked[u] == 1:
        h += P.combat_exit_attacker * P.combat_exit_hazard
    return h


@njit
def gives_ground(order: int) -> bool:
    """True of an order that trades ground for time: delay, screen, refit; it meets attack so."""
    return order == O_DELAY or order == O_SCREEN or order == O_REFIT


@njit
def half_loss(S, P, u: int) -> float:
    """Loss fraction at which half of the units under this order give way, F50. [0-1]"""
    order = S.u_order[u]
    if order == O_FORTRESS:
        return P.combat_f50_fortress
    if gives_ground(order) or order == O_WITHDRAW or S.u_posture[u] == P_DELAY:
        return P.combat_f50_delay
    return P.combat_f50_hold


@njit
def tied(S, M, u: int) -> bool:
    """True if unit u may not leave: a garrison under a hold order without leave (M01, M02)."""
    if S.u_order[u] != O_FORTRESS or S.u_answer[u] == 2:
        return False
    city = np.int64(M.city[S.u_hex[u]])
    return city >= 0 and S.c_zones[city] > 0.0


@njit
def defender_hazard(S, M, P, u: int, v: float, armour: float) -> float:
    """Hazard that defending unit u gives way today, eq. (9.6) with w = -V. [1/day]

    Armour that nothing stops multiplies it (M14), so does attack from the air; a threatened exit
    adds to it, for a delaying unit more; a delaying unit leaves after a day or three anyway (M23).
    """
    h = break_hazard(P, P.combat_h0_d, S.u_cohesion[u], S.u_lost[u], half_loss(S, P, u), -v)
    h = h * (1.0 + P.combat_panic * armour) * (1.0 + P.combat_air_break * air_weight(S, u))
    order = S.u_order[u]
    if gives_ground(order):
        h += P.combat_delay_leave
    if S.u_outflanked[u] == 1 and order != O_FORTRESS:
        h += P.combat_exit_hazard * (P.combat_exit_delay if gives_ground(order) else 1.0)
    if S.u_rounds[u] < P.combat_rounds_stop:
        h += P.combat_empty_hazard
    if S.u_rout_days[u] > 0:
        h += P.combat_rout_hazard
    return h


@njit
def decide_attackers(S, M, P, W, target: int, v: float) -> int:
    """Mark in W.unit_real the chance of each attacker who breaks off, else 0; how many do."""
    n = 0
    for i in range(W.fight_n[0]):
        u = W.fight_unit[0, i]
        p = break_chance(attacker_hazard(S, M, P, u, target, v))
        W.unit_real[u] = 0.0
        if u01(P, S.day, D_BREAK_ATTACKER, u, 0) < p:
            W.unit_real[u] = p
            n += 1
    return n


@njit
def decide_defenders(S, M, P, W, v: float, armour: float) -> int:
    """Mark in W.unit_real the chance of each defender who gives way, else 0; how many do."""
    n = 0
    for i in range(W.fight_n[1]):
        u = W.fight_unit[1, i]
        W.unit_real[u] = 0.0
        if tied(S, M, u):
            continue
        p = break_chance(defender_hazard(S, M, P, u, v, armour))
        if u01(P, S.day, D_BREAK_DEFENDER, u, 0) < p:
            W.unit_real[u] = p
            n += 1
    return n


@njit
def stop_attack(S, P, u: int, chance: float) -> None:
    """Attacking unit u breaks off: it halts some days where it stands and digs in."""
    lost = S.u_lost[u]
    firm = np.float64(S.u_cohesion[u])
    S.u_attacks[u] = NOWHERE
    S.u_posture[u] = P_HASTY
    S.u_contact[u] = 0
    S.u_halt_days[u] = max(S.u_halt_days[u], np.int64(P.combat_halt_days))
    shaken(S, P, u, P.combat_repulse_cohesion)
    h = S.u_hex[u]
    rounds = np.float64(S.u_rounds[u])
    turned = np.float64(S.u_outflanked[u])
    log_event(S, E_BROKEN_OFF, S.u_side[u], h, u, -1, chance, lost, firm, rounds, turned)


@njit
def rout_chance(S, P, u: int, armour: float) -> float:
    """Chance that a unit that gives way is routed. [0-1]

    Eq. (9.16): ``r0 + r1 (1-cohesion) + r2 F + r3 outflanked + r4 armour``, at most 1; for a
    delaying or withdrawing unit, ready to go, ``combat.rout_ready`` of it.
    """
    p = P.combat_rout_base + P.combat_rout_cohesion * (1.0 - S.u_cohesion[u])
    p += P.combat_rout_loss * S.u_lost[u] + P.combat_rout_armour * armour
    if S.u_outflanked[u] == 1:
        p += P.combat_rout_exit
    order = S.u_order[u]
    if order == O_DELAY or order == O_WITHDRAW:
        p = p * P.combat_rout_ready
    return min(1.0, p)


@njit
def give_way(S, M, P, W, u: int, taker: int, chance: float, armour: float) -> bool:
    """Defending unit u leaves its hex, in order or routed; False where it has no way out.

    Without a way out it stays and fights on, shaken; what becomes of it is for `encirclement`.
    """
    to = np.int64(retreat_hex(S, M, W, u))
    if to == NOWHERE:
        shaken(S, P, u, P.combat_repulse_cohesion)
        return False
    here = S.u_hex[u]
    lost = S.u_lost[u]
    p = rout_chance(S, P, u, armour)
    routed = u01(P, S.day, D_ROUT, u, 0) < p
    firm = np.float64(S.u_cohesion[u])
    guns = S.u_material[u, GUNS] + S.u_material[u, MORTARS]
    if routed:
        gone = run_down(S, P, u, P.combat_rout_captured, P.combat_rout_scatter, S.day, 60)
        leave_behind(S, P, u, taker, P.combat_rout_leaves, 60)
        S.u_rout_days[u] = np.int64(P.combat_rout_days)
        S.u_cohesion[u] = max(P.combat_cohesion_least, S.u_cohesion[u] * P.combat_rout_shock)
        S.u_posture[u] = P_ROUT
        guns -= S.u_material[u, GUNS] + S.u_material[u, MORTARS]
        x = np.float64(gone)
        log_event(S, E_ROUT, S.u_side[u], here, u, taker, x, np.float64(guns), lost, chance, p)
    else:
        run_down(S, P, u, P.combat_retreat_captured, P.combat_retreat_scatter, S.day, 60)
        leave_behind(S, P, u, taker, P.combat_retreat_leaves, 60)
        shaken(S, P, u, P.combat_retreat_cohesion)
        S.u_posture[u] = P_WITHDRAW
        rounds = np.float64(S.u_rounds[u])
        turned = np.float64(S.u_outflanked[u])
        log_event(S, E_RETREAT, S.u_side[u], to, u, taker, lost, chance, firm, rounds, turned)
    S.u_attacks[u] = NOWHERE
    S.u_step[u] = NOWHERE
    S.u_progress[u] = 0.0
    S.u_contact[u] = 0
    move_unit(S, M, P, u, to)
    return True
