"""The next hex of a march: down the field of the target, round what bars the way (eq. 8-9)."""

import numpy as np
from numba import njit

from tairiku.sim.codes import LOW_MOUNTAINS, O_ASSAULT, O_ATTACK, O_REFIT, O_RELIEVE, O_SCREEN
from tairiku.sim.crossing import river_delay
from tairiku.sim.going import mode_of, step_minutes
from tairiku.sim.layout import NOWHERE
from tairiku.sim.ways import FAR, GREAT_RIVER, pop, push, way

_SETTLED = 40  # hexes it looks at when it feels its way, some four hexes round
_STEPS = 6  # steps it goes on feeling its way


@njit
def is_offensive(order: int) -> bool:
    """True if the order leads into the enemy: attack, assault, relieve. [1]"""
    return order == O_ATTACK or order == O_ASSAULT or order == O_RELIEVE


@njit
def full(S, M, P, u: int, h: int) -> bool:
    """True if hex h has no room for unit u beside its own side's troops. [1]

    ``stack_men`` on a plain, the share ``stack_rugged`` of it in mountains; one unit always fits.
    """
    there = np.int64(S.h_men[S.u_side[u], h])
    if there == 0:
        return False
    most = P.movement_stack_men
    if M.terrain[h] >= LOW_MOUNTAINS:
        most = most * P.movement_stack_rugged
    return np.float64(there + S.u_men[u]) > most


@njit
def zone_minutes(S, P, side: int, h: int) -> float:
    """Time that the enemy's zone over hex h costs on entering it. [min]

    Eq. (8): ``60 zone_hours min(1, Z / zone_full)``, nothing below ``zone_men``.
    """
    z = np.float64(S.h_zone[1 - side, h])
    if z < P.movement_zone_men:
        return 0.0
    return 60.0 * P.movement_zone_hours * min(1.0, z / P.movement_zone_full)


@njit
def price(S, M, P, W, u: int, a: int, k: int) -> int:
    """What unit u reckons for the step from hex a over side k; FAR where it will not go. [min]

    The going of today (farther off that of dry ground), the zone, and for an attacker
    ``attack_hours`` times the enemy's men over its own (at most three times).
    Others never enter a hex with enemy in it; a screen and a unit on its way to rest keep out of
    his zones too.
    """
    t = np.int64(W.q_edge[mode_of(S, u), a, k])
    if t >= FAR:
        return FAR
    if a == S.u_hex[u]:
        t = step_minutes(S, M, P, W, u, a, k)
        if t >= FAR:
            return FAR
    elif M.river[a, k] >= GREAT_RIVER and river_delay(S, M, P, u, a, k) < 0.0:
        return FAR
    b = np.int64(M.next[a, k])
    side = S.u_side[u]
    enemy = np.int64(S.h_men[1 - side, b])
    order = S.u_order[u]
    if enemy > 0:
        if not is_offensive(order):
            return FAR
        odds = min(3.0, np.float64(enemy) / np.float64(max(1, S.u_men[u])))
        return t + np.int64(60.0 * P.movement_attack_hours * odds)
    if full(S, M, P, u, b):
        return FAR
    zone = zone_minutes(S, P, side, b)
    if zone > 0.0 and (order == O_SCREEN or order == O_REFIT) and S.h_men[side, b] == 0:
        return FAR
    return t + np.int64(zone)


@njit
def go_down(S, M, P, W, u: int, slot: int) -> int:
    """The best neighbour nearer to the target than unit u's hex, NOWHERE if none can be entered.

    Eq. (9): least ``price + field`` among those whose field is below that of its own hex; so a
    march comes nearer with every step and ends.
    """
    here = S.u_hex[u]
    top = np.int64(W.q_field[slot, here])
    best = np.int64(NOWHERE)
    least = np.int64(FAR)
    for k in range(6):
        b = np.int64(M.next[here, k])
        if b == NOWHERE:
            continue
        f = np.int64(W.q_field[slot, b])
        if f < top:
            t = price(S, M, P, W, u, here, k)
            if t + f < least:
                least = t + f
                best = b
    return best


@njit
def feel_way(S, M, P, W, u: int, slot: int) -> int:
    """The first step of the best way round what bars unit u, NOWHERE if it finds none.

    Dijkstra on today's prices over the ``_SETTLED`` nearest hexes; then the hex on the rim (or the
    target) with the least price so far plus field.  Only the fields of unit u are read.
    """
    here = S.u_hex[u]
    mode = mode_of(S, u)
    W.stamp += 1
    W.mark[here] = W.stamp
    W.hex_whole[here] = 0
    n = push(W, 0, here)
    settled = 0
    best = np.int64(NOWHERE)
    least = np.int64(FAR)
    while n > 0:
        top = W.heap_key[0]
        n = pop(W, n)
        h = top & 8191
        d = top >> 13
        if d > W.hex_whole[h] >> 3:
            continue
        f = way(M, W, slot, h)
        if settled >= _SETTLED or f == 0:
            if h != here and d + f < least:
                least = d + f
                best = h
            continue
        settled += 1
        for k in range(6):
            b = np.int64(M.next[h, k])
            if b == NOWHERE or b == here:
                continue
            if h != here and W.mark[b] == W.stamp:
                # its price is never below the static time: no better way begins here
                if d + np.int64(W.q_edge[mode, h, k]) >= W.hex_whole[b] >> 3:
                    continue
            t = price(S, M, P, W, u, h, k)
            if t >= FAR:
                continue
            if W.mark[b] != W.stamp or d + t < W.hex_whole[b] >> 3:
                first = k if h == here else W.hex_whole[h] & 7
                W.mark[b] = W.stamp
                W.hex_whole[b] = ((d + t) << 3) | first
                n = push(W, n, ((d + t) << 13) | b)
    if best == NOWHERE:
        return NOWHERE
    return np.int64(M.next[here, W.hex_whole[best] & 7])


@njit
def next_step(S, M, P, W, u: int, slot: int) -> int:
    """The next hex of unit u on the field in the slot, NOWHERE if there is no way on.

    A unit that finds every nearer hex barred feels its way round for some steps; beside its target
    it waits.
    """
    here = S.u_hex[u]
    if way(M, W, slot, here) >= FAR:
        return NOWHERE
    if S.u_detour[u] == 0:
        b = go_down(S, M, P, W, u, slot)
        if b != NOWHERE:
            return b
        for k in range(6):
            n = np.int64(M.next[here, k])
            if n != NOWHERE and W.q_field[slot, n] == 0:
                return NOWHERE
        S.u_detour[u] = _STEPS
    return feel_way(S, M, P, W, u, slot)
