"""One unit on the march: its goal, its steps, what stops it (docs/rules/movement.md)."""

import numpy as np
from numba import njit

from tairiku.sim.codes import (
    E_HALT,
    GUERRILLA,
    O_ASSAULT,
    O_ATTACK,
    O_DELAY,
    O_FORTRESS,
    O_HOLD,
    O_NONE,
    O_RAIL,
    ON_MAP,
    P_ASSAULT,
    P_ATTACK,
    P_FORTIFIED,
    P_RAIL,
    P_REST,
)
from tairiku.sim.control import take_hex
from tairiku.sim.crossing import river_delay
from tairiku.sim.dice import D_MOVEMENT, u01
from tairiku.sim.exactmath import exp
from tairiku.sim.going import step_minutes
from tairiku.sim.journal import log_event
from tairiku.sim.layout import DEPOTS, NOWHERE
from tairiku.sim.next_step import is_offensive, next_step
from tairiku.sim.placement import move_unit
from tairiku.sim.siege import assault_today
from tairiku.sim.trains import train_step
from tairiku.sim.ways import FAR, land, nearer

BY_ENEMY, BY_RIVER, BY_STACK, NO_WAY = 1, 2, 3, 4  # u_blocked
_LEAK, _HALT_SUPPLY = 1, 1
_MOST_STEPS = 4  # hexes in one impulse, more than any column goes


@njit
def leads(S, u: int) -> bool:
    """True if unit u is the largest of its side in its hex."""
    v = np.int64(S.h_first[S.u_hex[u]])
    while v >= 0:
        if S.u_men[v] > S.u_men[u] or (S.u_men[v] == S.u_men[u] and v < u):
            return False
        v = S.u_mate[v]
    return True


@njit
def nearest_depot(S, M, u: int) -> int:
    """Hex of the open depot of its side nearest to unit u, NOWHERE if there is none."""
    best = np.int64(NOWHERE)
    least = 1.0e18
    h = S.u_hex[u]
    for d in range(DEPOTS):
        if S.d_side[d] == S.u_side[u] and S.d_open[d] == 1 and S.d_hex[d] != NOWHERE:
            x = M.x_km[S.d_hex[d]] - M.x_km[h]
            y = M.y_km[S.d_hex[d]] - M.y_km[h]
            if x * x + y * y < least:
                least = x * x + y * y
                best = S.d_hex[d]
    return best


@njit
def goal(S, M, P, u: int) -> int:
    """Where its order sends unit u: its axis first, then its objective; NOWHERE to stay.

    Cut off from supply for ``movement.cut_days``, the largest unit of an attacking force turns back
    towards the nearest depot, to open the way.
    """
    order = S.u_order[u]
    if (order == O_ATTACK or order == O_ASSAULT) and S.u_hex[u] != NOWHERE:
        if np.float64(S.u_cut[u]) >= P.movement_cut_days and leads(S, u):
            back = nearest_depot(S, M, u)
            if back != NOWHERE:
                return back
    if order == O_NONE:
        return NOWHERE
    if order == O_HOLD or order == O_FORTRESS or order == O_DELAY:
        return S.u_target[u]
    return S.u_target[u] if S.u_via[u] == NOWHERE else S.u_via[u]


@njit
def can_march(S, u: int) -> bool:
    """True if unit u is free to march today: on the map, no irregular, not tied, not routed."""
    if S.u_status[u] != ON_MAP or S.u_static[u] == 1 or S.u_kind[u] == GUERRILLA:
        return False
    return S.u_rout_days[u] == 0 and S.u_paralysed[u] == 0 and S.u_men[u] > 0


@njit
def side_towards(M, a: int, b: int) -> int:
    """Side of hex a that it shares with hex b, -1 if they do not touch."""
    for k in range(6):
        if M.next[a, k] == b:
            return k
    return -1


@njit
def leaks(S, P, u: int, h: int) -> bool:
    """True if unit u slips through the enemy's zone over hex h today, one die a day.

    Eq. (10): chance ``exp(-Z / (leak * own men))``: a thin line leaks.
    """
    z = np.float64(S.h_zone[1 - S.u_side[u], h])
    own = P.movement_leak * np.float64(S.u_men[u])
    return u01(P, S.day, D_MOVEMENT, u, _LEAK) < exp(-z / max(1.0, own))


@njit
def is_locked(S, P, u: int, b: int) -> bool:
    """True if the step to hex b, from one place of the enemy's zone to another, is watched."""
    side = S.u_side[u]
    here = np.float64(S.h_zone[1 - side, S.u_hex[u]])
    there = np.float64(S.h_zone[1 - side, b])
    if here < P.movement_zone_men or there < P.movement_zone_men:
        return False
    if S.h_men[side, b] > 0:
        return False
    return not leaks(S, P, u, b)


@njit
def odds_are_fair(S, M, P, u: int, b: int) -> bool:
    """True if the men of its side round hex b are enough for unit u's commander to attack it.

    ``own >= attack_odds (0.5 + caution) * believed enemy``; the enemy as believed, else as met.
    """
    side = S.u_side[u]
    own = np.int64(0)
    for k in range(6):
        n = np.int64(M.next[b, k])
        if n != NOWHERE:
            own += np.int64(S.h_men[side, n])
    enemy = np.int64(S.h_belief[side, b])
    if enemy <= 0:
        enemy = np.int64(S.h_men[1 - side, b])
    return np.float64(own) >= P.movement_attack_odds * (0.5 + S.u_caution[u]) * np.float64(enemy)


@njit
def has_fortified(S, b: int, side: int) -> bool:
    """True if a unit of the side stands in hex b in a fortified defence."""
    v = np.int64(S.h_first[b])
    while v >= 0:
        if S.u_side[v] == side and S.u_posture[v] == P_FORTIFIED:
            return True
        v = S.u_mate[v]
    return False


@njit
def engage(S, M, P, u: int, b: int) -> None:
    """Unit u has the enemy before it in hex b: it attacks (``u_attacks``) or is stopped.

    It attacks under an order to, by day, unless it rests, the city is only invested, the odds are
    bad, or rounds and bread are out: then the advance halts for ``halt_days``.
    """
    S.u_blocked[u] = BY_ENEMY
    if not is_offensive(S.u_order[u]) or S.u_halt_days[u] > 0 or not assault_today(S, M, b):
        return
    k = side_towards(M, S.u_hex[u], b)
    if k < 0 or not odds_are_fair(S, M, P, u, b):
        return
    if river_delay(S, M, P, u, S.u_hex[u], k) < 0.0:
        S.u_blocked[u] = BY_RIVER
        return
    if S.u_rounds[u] < P.movement_attack_rounds or S.u_fed[u] < P.movement_attack_fed:
        S.u_halt_days[u] = np.int64(P.movement_halt_days)
        a = np.float64(_HALT_SUPPLY)
        log_event(S, E_HALT, S.u_side[u], S.u_hex[u], u, -1, a, S.u_rounds[u], S.u_fed[u], 0.0, 0.0)
        return
    S.u_blocked[u] = 0
    S.u_attacks[u] = b
    S.u_posture[u] = P_ATTACK
    city = np.int64(M.city[b])
    if city >= 0 and S.c_zones[city] > 0.0:
        if S.u_order[u] == O_ASSAULT or has_fortified(S, b, 1 - S.u_side[u]):
            S.u_posture[u] = P_ASSAULT


@njit
def flank_hex(S, M, P, W, u: int, b: int) -> int:
    """The next hex round hex b on the shorter way to a gap in the ring, NOWHERE to stay.

    Asked for where others already stand before the enemy: more than ``front_men`` with unit u, or
    any at all before a city that is besieged or to be assaulted.  The first of them stays, and no
    two take the same way.  So rings close.
    """
    here = S.u_hex[u]
    side = S.u_side[u]
    there = np.int64(S.h_men[side, here])
    if there <= S.u_men[u]:
        return NOWHERE
    siege = S.u_order[u] == O_ASSAULT or not assault_today(S, M, b)
    if not siege and np.float64(there) <= P.movement_front_men:
        return NOWHERE
    if first_before(S, here, side) == u:
        return NOWHERE
    k = side_towards(M, b, here)
    best = np.int64(NOWHERE)
    shortest = 6
    for turn in range(2):
        way = 1 + 4 * turn
        n = np.int64(M.next[b, (k + way) % 6])
        steps = steps_to_gap(S, M, side, b, k, way)
        if steps >= shortest or is_taken(S, u, n):
            continue
        if step_minutes(S, M, P, W, u, here, side_towards(M, here, n)) < FAR:
            best = n
            shortest = steps
    return best


@njit
def steps_to_gap(S, M, side: int, b: int, k: int, way: int) -> int:
    """Steps round hex b from its side k, turning by ``way``, to an empty hex; 6 none."""
    for step in range(1, 6):
        n = np.int64(M.next[b, (k + way * step) % 6])
        if n == NOWHERE or not land(M, n) or S.h_men[1 - side, n] > 0:
            return 6
        if S.h_men[side, n] == 0:
            return step
    return 6


@njit
def first_before(S, h: int, side: int) -> int:
    """The first unit of the side in hex h whose order leads into the enemy, -1 if none."""
    v = np.int64(S.h_first[h])
    while v >= 0:
        if S.u_side[v] == side and is_offensive(S.u_order[v]):
            return v
        v = S.u_mate[v]
    return -1


@njit
def is_taken(S, u: int, n: int) -> bool:
    """True if another unit in the hex of unit u is already on its way to hex n."""
    v = np.int64(S.h_first[S.u_hex[u]])
    while v >= 0:
        if v != u and S.u_step[v] == n and S.u_side[v] == S.u_side[u]:
            return True
        v = S.u_mate[v]
    return False


@njit
def enemy_beside(S, M, W, u: int, slot: int) -> int:
    """The hex with enemy in it beside unit u that is nearest to its goal, NOWHERE if none."""
    best = np.int64(NOWHERE)
    for k in range(6):
        n = np.int64(M.next[S.u_hex[u], k])
        if n != NOWHERE and S.h_men[1 - S.u_side[u], n] > 0:
            if best == NOWHERE or nearer(M, W, slot, n, best):
                best = n
    return best


@njit
def step_holds(S, M, u: int) -> bool:
    """True if the step that unit u began still stands: next to it, clear, under the same order."""
    b = S.u_step[u]
    if b == NOWHERE or S.u_progress[u] <= 0.0 or S.u_since[u] == S.day:
        return False
    return side_towards(M, S.u_hex[u], b) >= 0 and S.h_men[1 - S.u_side[u], b] == 0


@njit
def set_step(S, u: int, b: int) -> None:
    """Make hex b the next step of unit u; what it has marched towards another is lost."""
    if S.u_step[u] != b:
        S.u_step[u] = b
        S.u_progress[u] = 0.0


@njit
def why_stuck(S, M, P, u: int) -> int:
    """Why unit u finds no next step: its goal is the enemy's or full, or there is no way."""
    g = goal(S, M, P, u)
    if side_towards(M, S.u_hex[u], g) < 0:
        return NO_WAY
    return BY_ENEMY if S.h_men[1 - S.u_side[u], g] > 0 else BY_STACK


@njit
def choose(S, M, P, W, u: int, slot: int) -> None:
    """Set the next step of unit u (``u_step``), by train where its order says so and trains run."""
    by_train = S.u_posture[u] == P_RAIL
    if S.u_order[u] == O_RAIL:
        b = train_step(S, M, P, W, u, slot)
        if b != NOWHERE:
            set_step(S, u, b)
            return
    if by_train:
        S.u_posture[u] = P_REST
    set_step(S, u, next_step(S, M, P, W, u, slot))
    if S.u_step[u] == NOWHERE:
        S.u_blocked[u] = why_stuck(S, M, P, u)


@njit
def enter(S, M, P, u: int, b: int) -> None:
    """Unit u enters hex b and takes it."""
    move_unit(S, M, P, u, b)
    take_hex(S, b, S.u_side[u])
    S.u_step[u] = NOWHERE
    S.u_progress[u] = 0.0
    if S.u_detour[u] > 0:
        S.u_detour[u] -= 1
    if b == S.u_via[u] and is_axis(S.u_order[u]):
        S.u_via[u] = NOWHERE


@njit
def is_axis(order: int) -> bool:
    """True if the via hex of such an order is an axis to pass, not a place to go aside to."""
    return order != O_DELAY and order != O_HOLD and order != O_FORTRESS
