"""Rule 11, encirclement: a ringed unit breaks out, holds, or gives up (docs/rules/encirclement.md).

The law of collapse is our own form (shared/validation/LAWS.md, "Encirclement, rout, surrender"):
no collapse is written down for any place or day.
"""

import numpy as np
from numba import njit

from tairiku.sim.books import fall_wounded, lose_men
from tairiku.sim.codes import (
    E_BROKEN_OFF,
    E_ENCIRCLED,
    E_SURRENDER,
    GUERRILLA,
    LAKE,
    M_CAPTURED,
    M_KILLED,
    O_ASSAULT,
    O_ATTACK,
    O_FORTRESS,
    O_RELIEVE,
    ON_MAP,
    OUTSIDE,
    SEA,
)
from tairiku.sim.collapse import (
    break_up_in_open,
    divide,
    give_up_in_works,
    send_out,
    share_of,
    strip_material,
)
from tairiku.sim.dice import D_ENCIRCLEMENT, D_SURRENDER, u01
from tairiku.sim.exactmath import hazard, power
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE
from tairiku.sim.siege_forces import days_of_supply, ring_around, strongest_near


@njit
def encircle(S, M, P, W) -> None:
    """Every ringed unit of the day: it tries to break out if it may, else it may collapse."""
    for u in range(S.n_units):
        if S.u_status[u] != ON_MAP or S.u_ringed[u] <= 0 or S.u_kind[u] == GUERRILLA:
            continue
        if S.u_men[u] <= 0 or S.u_hex[u] == NOWHERE:
            continue
        if S.u_ringed[u] == 1:
            a = np.float64(S.u_men[u])
            log_event(S, E_ENCIRCLED, S.u_side[u], S.u_hex[u], u, -1, a, 0.0, 0.0, 0.0, 0.0)
        if may_leave(S, u) and wants_out(S, M, P, u) and tries(S, P, u):
            if break_out(S, M, P, u):
                continue
        hold_or_give_up(S, M, P, u)


@njit
def may_leave(S, u: int) -> bool:
    """True unless a hold order without leave to go, or its post, ties unit u (M01, M02)."""
    if S.u_static[u] == 1 or S.u_rout_days[u] > 0:
        return False
    return S.u_order[u] != O_FORTRESS or S.u_answer[u] == 2


@njit
def tries(S, P, u: int) -> bool:
    """True if unit u tries to break out tonight, a chance of ``encirclement.try`` a day."""
    return u01(P, S.day, D_ENCIRCLEMENT, u, 10) < P.encirclement_try


@njit
def weakest_side(S, M, P, h: int, enemy: int) -> float:
    """Enemy men on the weakest passable side of hex h, men of zones by ``zone_men``. [men]"""
    weakest = 1.0e9
    for k in range(6):
        n = np.int64(M.next[h, k])
        if n == NOWHERE:
            continue
        ground = np.int64(M.terrain[n])
        if ground == SEA or ground == LAKE or ground == OUTSIDE:
            continue
        men = np.float64(S.h_men[enemy, n]) + P.encirclement_zone_men * np.float64(
            S.h_zone[enemy, n]
        )
        weakest = min(weakest, men)
    return weakest


@njit
def bar_before(S, M, P, u: int) -> float:
    """Enemy on the weakest side of the ring over the own men of the hex. [1]"""
    h = S.u_hex[u]
    own = max(1.0, np.float64(S.h_men[S.u_side[u], h]))
    return weakest_side(S, M, P, h, 1 - S.u_side[u]) * (1.0 / own)


@njit
def wants_out(S, M, P, u: int) -> bool:
    """False of a unit on the attack, stronger than what bars its way: it goes on attacking."""
    order = S.u_order[u]
    if order != O_ATTACK and order != O_ASSAULT and order != O_RELIEVE:
        return True
    return bar_before(S, M, P, u) >= P.encirclement_confident


@njit
def break_out(S, M, P, u: int) -> bool:
    """A night attempt of unit u to get out of its ring (M38, M42); True if it is out.

    Eq. (11.6): chance ``1 / (1 + b (enemy on the weakest side / own men) / cohesion)``.
    Out: shares of the men are killed, captured and scattered on the way, heavy material stays
    behind, all the less the weaker the bar: times ``min(1, enemy on the weakest side / own men)``.
    Not out: the attempt costs men and cohesion.
    """
    day = S.day
    h = S.u_hex[u]
    side = S.u_side[u]
    bar = bar_before(S, M, P, u)
    tight = min(1.0, bar)
    firm = 1.0 / max(0.1, np.float64(S.u_cohesion[u]))
    chance = 1.0 / (1.0 + P.encirclement_bar * bar * firm)
    if u01(P, day, D_ENCIRCLEMENT, u, 11) < chance:
        enemy = strongest_near(S, M, h, 1 - side)
        killed, taken = P.encirclement_out_killed * tight, P.encirclement_out_captured * tight
        divide(S, M, P, u, killed, taken, P.encirclement_out_dispersed * tight, day)
        strip_material(S, P, u, enemy, P.encirclement_out_material * tight, day)
        send_out(S, M, P, u, day)
        return True
    men = np.float64(S.u_men[u])
    lost = share_of(P, S.u_men[u], P.encirclement_failed, day, u, 12)
    dead = lose_men(S, u, np.int64(np.float64(lost) * P.encirclement_failed_killed), M_KILLED)
    hurt = np.int64(np.float64(lost) * P.encirclement_failed_wounded)
    dead += fall_wounded(S, u, hurt)
    dead += lose_men(S, u, lost - dead, M_CAPTURED)
    firm = np.float64(S.u_cohesion[u])
    S.u_cohesion[u] = max(0.0, S.u_cohesion[u] - P.encirclement_failed_cohesion)
    share = np.float64(dead) * (1.0 / men)
    rounds = np.float64(S.u_rounds[u])
    log_event(S, E_BROKEN_OFF, side, h, u, -1, chance, share, firm, rounds, 2.0)
    return False


@njit
def in_works(S, M, P, u: int) -> bool:
    """True if unit u stands in a city it holds, or in field works that are worth the name."""
    h = S.u_hex[u]
    city = np.int64(M.city[h])
    if city >= 0 and S.c_zones[city] > 0.0:
        return True
    return np.float64(S.h_works[h]) >= P.encirclement_works_points or (
        S.u_dug[u] >= P.encirclement_works_days
    )


@njit
def collapse_hazard(
    P, works: bool, supply: float, lost: float, will: float, pressure: float
) -> float:
    """Hazard that a ringed unit collapses today. [1/day]

    Eq. (11.1): ``h = (u0 + u1 (1 - s/10)+ + u2 F) (2 (1 - w))^y (1 - fear) pressure`` with s days
    of supply, F share lost, w will; u0 differs in works and in the open.  Fear of captivity (M89)
    holds back in works only.
    """
    short = 1.0 - supply * (1.0 / P.encirclement_supply_days)
    h = P.encirclement_u1 * max(0.0, short) + P.encirclement_u2 * lost
    h += P.encirclement_u0_works if works else P.encirclement_u0_open
    h *= power(2.0 * (1.0 - min(1.0, max(0.0, will))), P.encirclement_will_power)
    if works:
        h *= 1.0 - P.encirclement_fear
    return h * pressure


@njit
def hold_or_give_up(S, M, P, u: int) -> None:
    """The day's chance that ringed unit u gives up, from eq. (11.1), and what becomes of it.

    Out of contact the pressure is the square of the ring, in any case times the square of
    ``min(1, enemy on the weakest side / own men)``; a unit without food for
    ``rest.starved_days`` gives up whatever else is true.
    """
    day = S.day
    h = S.u_hex[u]
    enemy = 1 - S.u_side[u]
    works = in_works(S, M, P, u)
    supply = days_of_supply(S, M, P, u)
    will = np.float64(S.u_cohesion[u])
    lost = np.float64(S.u_lost[u])
    city = np.int64(M.city[h])
    if city >= 0 and S.c_garrison[city] > 0 and S.c_zones[city] > 0.0:
        will = np.float64(S.c_will[city])
        inside = np.float64(S.h_men[S.u_side[u], h]) * (1.0 / np.float64(S.c_garrison[city]))
        lost = max(0.0, 1.0 - inside)
    ring = ring_around(S, M, P, h, enemy)
    pressure = ring * ring
    if S.u_defends[u] == 1 or S.u_contact[u] > 0:
        pressure = 1.0
    # a ring that is weaker than the ringed is no ring to give up in
    tight = min(1.0, bar_before(S, M, P, u))
    pressure *= tight * tight
    chance = hazard(collapse_hazard(P, works, supply, lost, will, pressure))
    starved = np.float64(S.u_hungry[u]) >= P.rest_starved_days
    # one die for the whole garrison of a hex: a city gives up as one
    if starved or u01(P, day, D_SURRENDER, h, 40) < chance:
        before = S.u_side[u]
        if works:
            taken = give_up_in_works(S, M, P, u, will)
        else:
            taken = break_up_in_open(S, M, P, u)
        a = np.float64(taken)
        log_event(S, E_SURRENDER, before, h, u, -1, a, supply, chance, lost, 0.0)
