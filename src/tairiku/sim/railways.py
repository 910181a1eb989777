"""Step 12, railways, bridges, roads: torn up by who loses them, restored by who holds them."""

import numpy as np
from numba import njit

from tairiku.sim.codes import (
    DESTROYED,
    E_BRIDGE_OPEN,
    E_BRIDGE_OUT,
    E_RAIL_DEMOLISHED,
    E_RAIL_OPEN,
    E_ROAD_OPEN,
    ENGINEER,
    GROUND_MUD,
    IN_BOX,
    JAPAN,
    L_TRACK,
    NO_SIDE,
    ON_MAP,
    RAILWAY,
)
from tairiku.sim.dice import D_BRIDGE, D_SABOTAGE, u01
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE


@njit
def holder(S, a: int, b: int) -> int:
    """The side that holds both ends of a link, NO_SIDE if nobody does."""
    side = np.int64(S.h_control[a])
    if np.int64(S.h_control[b]) != side:
        return NO_SIDE
    return side


@njit
def bridge_holder(S, M, x: int) -> int:
    """The side that holds both banks of bridge x, NO_SIDE if nobody does or it is off the map."""
    if M.x_a[x] == NOWHERE:
        return NO_SIDE
    if M.x_b[x] == NOWHERE:
        return np.int64(S.h_control[M.x_a[x]])
    return holder(S, M.x_a[x], M.x_b[x])


@njit
def lost_today(S, h: int) -> bool:
    """True if hex h, on the map, changed hands today."""
    return h != NOWHERE and S.day > 0 and np.int64(S.h_since[h]) == S.day


@njit
def _weather(S, M, P, h: int) -> float:
    """Factor of the season's ground on earthwork. [1]"""
    if S.w_ground[np.int64(M.region[h])] == GROUND_MUD:
        return P.works_rail_wet
    return 1.0


@njit
def kept(S, M, x: int) -> bool:
    """True if bridge x carries a line of the side that gained a bank today: he had it in hand."""
    gainer = np.int64(S.h_control[M.x_a[x]])
    if not lost_today(S, M.x_a[x]):
        gainer = np.int64(S.h_control[M.x_b[x]])
    for r in range(M.n_rails):
        if M.r_bridge[r] == x and S.r_owner[r] == gainer:
            return True
    return False


@njit
def blow_bridges(S, M, P) -> None:
    """A bridge one bank of which is lost today is blown with a chance; then trestles take days.

    Eq. (12.3): days = least + metres / metres a day.
    """
    for x in range(M.n_bridges):
        lost = lost_today(S, M.x_a[x])
        if M.x_b[x] != NOWHERE:
            lost = lost or lost_today(S, M.x_b[x])
        if lost and S.x_state[x] > 0 and not kept(S, M, x):
            if u01(P, S.day, D_BRIDGE, x, 0) < P.works_bridge_blown:
                S.x_state[x] = 0
                S.x_out_days[x] = 0
                side = np.int64(S.h_control[M.x_a[x]])
                log_event(
                    S, E_BRIDGE_OUT, side, M.x_a[x], -1, -1, np.float64(x), 0.0, 0.0, 0.0, 0.0
                )


@njit
def bridge_days(M, P, x: int) -> int:
    """Days to restore a blown bridge. [days]"""
    metres = M.x_metres[x]
    if metres <= 0.0:
        metres = P.works_bridge_default
    return np.int64(P.works_bridge_days + metres / P.works_bridge_metres)


@njit
def mend_bridges(S, M, P) -> None:
    """A blown bridge of a rail link in work, or of a road, both banks in hand, is restored in days.

    Days that air attack adds (``x_out_days``) run off in the same way.
    """
    for x in range(M.n_bridges):
        side = bridge_holder(S, M, x)
        if S.x_out_days[x] > 0:
            if side == NO_SIDE:
                continue
            S.x_out_days[x] -= 1
            if S.x_out_days[x] == 0:
                S.x_state[x] = 1000
                log_event(
                    S, E_BRIDGE_OPEN, side, M.x_a[x], -1, -1, np.float64(x), 0.0, 0.0, 0.0, 0.0
                )
        elif S.x_state[x] < 1000 and side != NO_SIDE and M.x_rail[x] == 0:
            S.x_out_days[x] = bridge_days(M, P, x)


@njit
def tear_up(S, M, P) -> None:
    """Lines and roads with an end that changed hands today are torn up by the side that lost it.

    Eq. (12.4): state <- state (1 - u), u uniform between the least and greatest share for rails;
    roads lose the ploughed share.  A line belongs to whoever holds both ends.
    """
    for r in range(M.n_rails):
        a = M.r_a[r]
        b = M.r_b[r]
        if lost_today(S, a) or lost_today(S, b):
            gainer = np.int64(S.h_control[a])
            if not lost_today(S, a):
                gainer = np.int64(S.h_control[b])
            mine = S.r_owner[r] == NO_SIDE or S.r_owner[r] == gainer
            if not mine and S.r_state[r] > 0 and M.r_kind[r] == L_TRACK:
                u = P.works_rail_burnt_least + (
                    P.works_rail_burnt_most - P.works_rail_burnt_least
                ) * u01(P, S.day, D_SABOTAGE, r, 1)
                S.r_state[r] = np.int64(np.float64(S.r_state[r]) * (1.0 - u))
                S.r_work[r] = 0.0
                if u > 0.0:
                    log_event(
                        S,
                        E_RAIL_DEMOLISHED,
                        S.r_owner[r],
                        a,
                        -1,
                        -1,
                        np.float64(r),
                        u,
                        0.0,
                        0.0,
                        0.0,
                    )
            if not mine or S.r_owner[r] == NO_SIDE:
                S.r_owner[r] = holder(S, a, b)
    for k in range(M.n_roads):
        if lost_today(S, M.k_a[k]) or lost_today(S, M.k_b[k]):
            left = np.float64(S.k_state[k]) * (1.0 - P.works_road_ploughed)
            if left < P.works_road_least:
                left = P.works_road_least
            if left < np.float64(S.k_state[k]):
                S.k_state[k] = np.int64(left)
            S.k_work[k] = 0.0


@njit
def rail_force(S, P, side: int) -> float:
    """Kilometres that the railway troops of a side relay in a day. [km/day]"""
    men = 0.0
    for u in range(S.n_units):
        if S.u_side[u] != side or S.u_status[u] >= DESTROYED:
            continue
        if S.u_status[u] != ON_MAP and S.u_status[u] != IN_BOX:
            continue
        if S.u_kind[u] == RAILWAY:
            men += np.float64(S.u_men[u])
        elif S.u_kind[u] == ENGINEER:
            men += P.works_rail_engineers * np.float64(S.u_men[u])
    return men / P.works_rail_men


@njit
def is_head(S, M, r: int, side: int) -> bool:
    """True if a line that the side runs ends at either end of link r: work can be fed from it."""
    for end in range(2):
        h = M.r_a[r]
        if end == 1:
            h = M.r_b[r]
        for k in range(6):
            other = np.int64(M.rail[h, k])
            if other >= 0 and other != r and S.r_runs[other] == side + 1:
                return True
    return False


@njit
def lay(S, M, P, r: int, side: int, km: float) -> float:
    """Work of km on link r, its bridge first; what is left of the day's work. [km]"""
    x = M.r_bridge[r]
    if x >= 0:
        if S.x_out_days[x] > 0:
            return km
        if S.x_state[x] < 1000:
            S.x_out_days[x] = bridge_days(M, P, x)
            return km
    if M.r_km[r] <= 0.0 or S.r_state[r] >= 1000:
        return km
    missing = M.r_km[r] * (1.0 - 0.001 * np.float64(S.r_state[r])) - S.r_work[r]
    used = min(km, max(0.0, missing))
    S.r_work[r] += used
    if used >= missing:
        S.r_state[r] = 1000
        S.r_work[r] = 0.0
        S.r_owner[r] = side
        log_event(S, E_RAIL_OPEN, side, M.r_a[r], -1, -1, np.float64(r), 0.0, 0.0, 0.0, 0.0)
    return km - used


@njit
def on_route(M, h: int) -> bool:
    """True if hex h lies on the corridor that the railway is to be opened along."""
    for i in range(M.n_route):
        if M.route[i] == h:
            return True
    return False


@njit
def urgency(S, M, P, r: int, side: int) -> float:
    """How much link r is wanted: the day's load along it, and more on the corridor (M45). [kg]"""
    want = S.r_load[r]
    if side == JAPAN and on_route(M, M.r_a[r]) and on_route(M, M.r_b[r]):
        want += P.works_rail_goal
    return want


@njit
def relay(S, M, P, W, side: int) -> None:
    """The railway troops of a side work at the heads of its lines, the most wanted first.

    Eq. (12.5): km a day = railway men / men for a kilometre, at most so much at one head.
    """
    force = rail_force(S, P, side)
    n = np.int64(0)
    for r in range(M.n_rails):
        if M.r_kind[r] != L_TRACK or S.r_runs[r] == side + 1:
            continue
        if holder(S, M.r_a[r], M.r_b[r]) == side and is_head(S, M, r, side):
            want = urgency(S, M, P, r, side)
            if want > 0.0:
                W.queue[n] = r
                W.hex_real[r] = want
                n += 1
    while n > 0 and force > 0.0:
        best = np.int64(0)
        for i in range(1, n):
            if W.hex_real[np.int64(W.queue[i])] > W.hex_real[np.int64(W.queue[best])]:
                best = np.int64(i)
        r = np.int64(W.queue[best])
        day = min(force, P.works_rail_km) * _weather(S, M, P, M.r_a[r])
        force -= day - lay(S, M, P, r, side, day)
        n -= 1
        W.queue[best] = np.int64(W.queue[n])


@njit
def restore_roads(S, M, P) -> None:
    """On every axis of supply the first broken link of road is restored.

    Eq. (12.6): share restored = km a day / length of the link.
    """
    for k in range(M.n_roads):
        if S.k_axis[k] == 0 or S.k_state[k] >= 1000 or M.k_km[k] <= 0.0:
            continue
        side = holder(S, M.k_a[k], M.k_b[k])
        if side == NO_SIDE:
            continue
        S.k_work[k] += P.works_road_km * _weather(S, M, P, M.k_a[k])
        missing = M.k_km[k] * (1.0 - 0.001 * np.float64(S.k_state[k]))
        if S.k_work[k] >= missing:
            S.k_state[k] = 1000
            S.k_work[k] = 0.0
            log_event(S, E_ROAD_OPEN, side, M.k_a[k], -1, -1, np.float64(k), 0.0, 0.0, 0.0, 0.0)


@njit
def repair(S, M, P, W) -> None:
    """Demolition of what was lost today, then the day's repair of bridges, lines and roads."""
    blow_bridges(S, M, P)
    tear_up(S, M, P)
    mend_bridges(S, M, P)
    for side in range(2):
        relay(S, M, P, W, side)
    restore_roads(S, M, P)
