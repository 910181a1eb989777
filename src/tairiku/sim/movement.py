"""Rule 8, movement: four impulses of march, attack begun or refused, posture, control.

docs/rules/movement.md has the equations.  A march goes down the field of its target (ways.py), pays
today's going (going.py), rivers (crossing.py) and the enemy's zones, never enters a hex with
enemy in it, and stops before him: to attack under an order that leads into him, else to wait.
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import (
    GUERRILLA,
    O_DELAY,
    O_FORTRESS,
    O_HOLD,
    O_RAIL,
    O_REFIT,
    O_SCREEN,
    O_WITHDRAW,
    ON_MAP,
    P_DELAY,
    P_FORTIFIED,
    P_HASTY,
    P_MARCH,
    P_PREPARED,
    P_RAIL,
    P_REST,
    P_ROUT,
    P_WITHDRAW,
)
from tairiku.sim.control import cover_country
from tairiku.sim.crossing import force_bank, is_opposed
from tairiku.sim.going import IMPULSES, impulse_minutes, mode_of, pace, step_minutes
from tairiku.sim.layout import NOWHERE
from tairiku.sim.marching import (
    BY_ENEMY,
    BY_RIVER,
    BY_STACK,
    can_march,
    choose,
    enemy_beside,
    engage,
    enter,
    flank_hex,
    goal,
    is_locked,
    set_step,
    side_towards,
    step_holds,
)
from tairiku.sim.next_step import full, is_offensive, zone_minutes
from tairiku.sim.placement import refresh_zones
from tairiku.sim.trains import runs, train_minutes
from tairiku.sim.ways import FAR, field, prepare

_MOST_STEPS = 5  # hexes in one call, more than any column goes


@njit
def march(S, M, P, W) -> None:
    """All units march, in four impulses, the order of the units turned round from one to the next.

    Sets u_hex, u_step, u_progress, u_km_today, u_march_days, u_attacks, u_blocked, u_posture and
    the hexes' control, men and zones.
    """
    prepare(M, P, W)
    refresh_zones(S, M, P)
    count = list_marchers(S, M, P, W)
    for impulse in range(IMPULSES):
        for i in range(count):
            j = i if (S.day + impulse) % 2 == 0 else count - 1 - i
            u = W.unit_whole[j]
            advance(S, M, P, W, u, W.unit_real[u], False)
    for u in range(S.n_units):
        if S.u_status[u] == ON_MAP and S.u_kind[u] != GUERRILLA:
            b = S.u_attacks[u]
            if b != NOWHERE and S.h_men[1 - S.u_side[u], b] == 0:
                S.u_attacks[u] = NOWHERE
            S.u_march_days[u] = S.u_march_days[u] + 1 if S.u_km_today[u] > 0.0 else 0
            settle_posture(S, M, P, u)
    cover_country(S, M, P)


@njit
def under_way(S, M, P, u: int) -> bool:
    """True if unit u has somewhere to go; a place to be held is given up once the enemy has it."""
    g = goal(S, M, P, u)
    if g == NOWHERE or g == S.u_hex[u]:
        return False
    order = S.u_order[u]
    if order == O_HOLD or order == O_FORTRESS or order == O_DELAY:
        return S.h_men[1 - S.u_side[u], g] == 0
    return True


@njit
def list_marchers(S, M, P, W) -> int:
    """List the units that march by day in W.unit_whole, their time an impulse in W.unit_real.

    Not those that marched in the night, nor those under an order to withdraw: they wait for dark.
    """
    count = 0
    minutes = impulse_minutes(P)
    for u in range(S.n_units):
        if not can_march(S, u) or S.u_km_today[u] > 0.0 or S.u_order[u] == O_WITHDRAW:
            continue
        S.u_blocked[u] = 0
        if not under_way(S, M, P, u):
            S.u_step[u] = NOWHERE
            S.u_progress[u] = 0.0
            continue
        make_ready(S, M, P, W, u)
        W.unit_whole[count] = u
        W.unit_real[u] = minutes if by_rail(S, M, P, u) else minutes * pace(S, P, u)
        count += 1
    return count


@njit
def make_ready(S, M, P, W, u: int) -> None:
    """Choose the next step of unit u for the day, unless it is in the middle of one."""
    if not step_holds(S, M, u):
        slot = field(M, P, W, goal(S, M, P, u), mode_of(S, u), S.u_hex[u])
        choose(S, M, P, W, u, slot)


@njit
def advance(S, M, P, W, u: int, minutes: float, night: bool) -> None:
    """Unit u marches for so many minutes, or until something stops it for the day."""
    for _ in range(_MOST_STEPS):
        g = goal(S, M, P, u)
        here = S.u_hex[u]
        if minutes <= 0.0 or S.u_blocked[u] != 0 or S.u_attacks[u] != NOWHERE or here == g:
            return
        if g == NOWHERE:
            return
        slot = field(M, P, W, g, mode_of(S, u), here)
        if S.u_step[u] == NOWHERE:
            choose(S, M, P, W, u, slot)
            if S.u_step[u] == NOWHERE:
                return
        meet(S, M, P, W, u, night)
        if S.u_blocked[u] != 0 or S.u_attacks[u] != NOWHERE:
            return
        if S.u_halt_days[u] > 0 and not goes_round(S, M, u, g):
            return
        need = step_need(S, M, P, W, u, slot, night)
        if need <= 0.0:
            return
        b = S.u_step[u]
        left = need - 60.0 * S.u_progress[u]
        train = by_rail(S, M, P, u)
        km = 0.0 if train else M.pitch_km
        if minutes < left:
            S.u_progress[u] += minutes / 60.0
            S.u_km_today[u] += km * minutes / need
            return
        k = side_towards(M, here, b)
        S.u_progress[u] = need / 60.0
        if full(S, M, P, u, b):
            S.u_blocked[u] = BY_STACK
            return
        if is_opposed(S, M, P, S.u_side[u], here, k) and not force_bank(S, M, P, u, here, k):
            S.u_blocked[u] = BY_RIVER
            return
        gone = max(0.0, left)
        minutes -= gone
        S.u_km_today[u] += km * gone / need
        enter(S, M, P, u, b)
        if train:
            S.u_posture[u] = P_RAIL


@njit
def meet(S, M, P, W, u: int, night: bool) -> None:
    """If there is enemy in the next hex of unit u: go round his flank, attack, or stop."""
    b = S.u_step[u]
    if S.h_men[1 - S.u_side[u], b] == 0:
        return
    if night:
        S.u_blocked[u] = BY_ENEMY
        return
    if is_offensive(S.u_order[u]):
        n = flank_hex(S, M, P, W, u, b)
        if n != NOWHERE and not is_locked(S, P, u, n):
            set_step(S, u, n)
            return
    engage(S, M, P, u, b)


@njit
def goes_round(S, M, u: int, g: int) -> bool:
    """True if the next step of unit u only takes it round its goal, which resting besiegers do."""
    return side_towards(M, S.u_hex[u], g) >= 0 and side_towards(M, S.u_step[u], g) >= 0


@njit
def by_rail(S, M, P, u: int) -> bool:
    """True if unit u makes its next step by train."""
    if S.u_order[u] != O_RAIL or S.u_step[u] == NOWHERE:
        return False
    k = side_towards(M, S.u_hex[u], S.u_step[u])
    return k >= 0 and runs(S, M, P, S.u_side[u], S.u_hex[u], k)


@njit
def step_need(S, M, P, W, u: int, slot: int, night: bool) -> float:
    """Time of the next step of unit u today; 0 where it cannot, with the reason set. [min]"""
    here = S.u_hex[u]
    b = S.u_step[u]
    side = S.u_side[u]
    k = side_towards(M, here, b)
    if by_rail(S, M, P, u):
        return train_minutes(S, M, P, u)
    t = step_minutes(S, M, P, W, u, here, k)
    if t >= FAR:
        S.u_blocked[u] = BY_RIVER
        return 0.0
    if is_locked(S, P, u, b):
        n = np.int64(NOWHERE)
        if is_offensive(S.u_order[u]) and not night:
            n = enemy_beside(S, M, W, u, slot)
        S.u_blocked[u] = BY_ENEMY
        if n != NOWHERE:
            engage(S, M, P, u, n)
        return 0.0
    return np.float64(t) + zone_minutes(S, P, side, b)


@njit
def works_of(S, M, u: int) -> float:
    """Works that unit u finds at its place: of the field, or of the city it holds. [points]"""
    h = S.u_hex[u]
    works = np.float64(S.h_works[h])
    city = np.int64(M.city[h])
    if city >= 0 and S.c_zones[city] > 0.0:
        works = max(works, S.c_works[city])
    return works if S.h_control[h] == S.u_side[u] else 0.0


@njit
def settle_posture(S, M, P, u: int) -> None:
    """Posture of unit u for the fighting: as it attacks, marches, or stands dug in."""
    posture = S.u_posture[u]
    order = S.u_order[u]
    if S.u_rout_days[u] > 0:
        S.u_posture[u] = P_ROUT
        return
    if S.u_attacks[u] != NOWHERE:
        return
    there = goal(S, M, P, u) == S.u_hex[u]
    if posture == P_RAIL:
        return
    if S.u_km_today[u] > 0.0 and not there:
        S.u_posture[u] = P_WITHDRAW if order == O_WITHDRAW else P_MARCH
        return
    watched = np.float64(S.h_zone[1 - S.u_side[u], S.u_hex[u]]) >= P.movement_zone_men
    works = works_of(S, M, u)
    if order == O_REFIT and not watched:
        S.u_posture[u] = P_REST
    elif order == O_DELAY or order == O_SCREEN or order == O_REFIT:
        S.u_posture[u] = P_DELAY
    elif S.u_dug[u] >= P.movement_fortified_days or works >= P.movement_fortified_works:
        S.u_posture[u] = P_FORTIFIED
    elif S.u_dug[u] >= P.movement_prepared_days or works >= P.movement_prepared_works:
        S.u_posture[u] = P_PREPARED
    elif watched or order == O_HOLD or order == O_FORTRESS:
        S.u_posture[u] = P_HASTY
    else:
        S.u_posture[u] = P_REST
