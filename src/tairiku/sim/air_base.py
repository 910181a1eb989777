"""Rule 7a, airfields and their units: capture, flight, rebasing, wear, replacements."""

import numpy as np
from numba import njit

from tairiku.sim.books import gain_aircraft, lose_aircraft
from tairiku.sim.codes import (
    A_INFLOW,
    A_LEFT,
    A_ON_GROUND,
    A_SUPPORT,
    A_WORN,
    AVIATION_FUEL,
    CHINA,
    DEPARTED,
    E_AIR_MOVE,
    E_AIRFIELD_LOST,
    FIGHTER,
    IN_BOX,
    ON_MAP,
    RECON,
    TRANSIT,
    TRANSPORT,
)
from tairiku.sim.dice import D_AIR_BASE, whole
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE


@njit
def distance(x0: float, y0: float, x1: float, y1: float) -> float:
    """Straight distance of two points of the map. [km]"""
    return np.sqrt((x0 - x1) * (x0 - x1) + (y0 - y1) * (y0 - y1))


@njit
def fuel_depot(S, M, P, v: int) -> int:
    """The depot that fuels airfield v: its own, else the nearest of its side; -1 none. [depot]

    Only depots with aviation fuel, within ``air.haul_km``.
    """
    d = S.v_depot[v]
    if d >= 0 and S.d_side[d] == S.v_side[v] and S.d_store[d, AVIATION_FUEL] > 0:
        return d
    best = np.int64(-1)
    best_km = P.air_haul_km
    for d in range(M.n_depots):
        if S.d_side[d] != S.v_side[v] or S.d_store[d, AVIATION_FUEL] <= 0:
            continue
        km = best_km
        if S.d_hex[d] != NOWHERE:
            h = S.d_hex[d]
            km = distance(M.v_x_km[v], M.v_y_km[v], M.x_km[h], M.y_km[h])
        elif S.d_field[d] >= 0:
            w = S.d_field[d]
            km = distance(M.v_x_km[v], M.v_y_km[v], M.v_x_km[w], M.v_y_km[w])
        if km < best_km:
            best_km = km
            best = np.int64(d)
    return best


@njit
def near_hex(M, h: int, i: int) -> int:
    """The i-th hex of h and its two rings, i from 0 to 18; NOWHERE off the map. [hex]"""
    if i == 0:
        return h
    k = (i - 1) % 6
    n = np.int64(M.next[h, k])
    if i > 6 and n != NOWHERE:
        # the second ring: straight on, then half right
        n = np.int64(M.next[n, (k + (i - 7) // 6) % 6])
    return n


@njit
def look_around(S, M, P, W) -> None:
    """Mark the airfields that the enemy is near, by the belief of the side that uses them.

    Believed enemy men within two hexes above ``air.threat_men`` and ``air.threat_ratio`` times the
    own men there.  Counts the units on each field, their reach and the sorties flown yesterday.
    """
    for v in range(M.n_fields):
        W.av_threat[v] = 0
        W.av_crowd[v] = 0
        W.av_sorties[v] = 0.0
        for i in range(3):
            W.av_reach[v, i] = 0.0
        h = M.v_hex[v]
        s = S.v_side[v]
        if h == NOWHERE or s > CHINA:
            continue
        enemy = np.int64(0)
        for i in range(19):
            n = near_hex(M, h, i)
            if n != NOWHERE:
                enemy += np.int64(S.h_belief[s, n])
        if np.float64(enemy) <= P.air_threat_men:
            continue
        own = np.int64(0)
        for i in range(19):
            n = near_hex(M, h, i)
            if n != NOWHERE:
                own += np.int64(S.h_men[s, n])
        if np.float64(enemy) > P.air_threat_men + P.air_threat_ratio * np.float64(own):
            W.av_threat[v] = 1
    for a in range(M.n_air):
        v = S.a_field[a]
        if S.a_status[a] == ON_MAP and v >= 0:
            W.av_crowd[v] += 1
            W.av_sorties[v] += np.float64(S.a_sorties[a])
            i = 0
            if S.a_kind[a] == RECON:
                i = 1
            elif S.a_kind[a] == TRANSPORT:
                i = 2
            W.av_reach[v, i] = max(W.av_reach[v, i], M.t_range_km[S.a_type[a]])


@njit
def refuge(S, M, P, W, a: int, x: float, y: float, reach_km: float) -> int:
    """The nearest airfield to (x, y) that air unit a can use within reach_km, -1 none. [field]

    Own side, runway long enough, in repair, no enemy near, room left; one without a depot of its
    own counts as ``air.no_depot_km`` farther.
    """
    best = np.int64(-1)
    best_km = reach_km
    for v in range(M.n_fields):
        if S.v_side[v] != S.a_side[a] or W.av_threat[v] == 1 or v == S.a_field[a]:
            continue
        if M.v_class[v] < M.t_runway[S.a_type[a]] or S.v_ready[v] < P.air_ready_min:
            continue
        if np.float64(W.av_crowd[v]) >= P.air_field_units * np.float64(M.v_class[v]):
            continue
        km = distance(x, y, M.v_x_km[v], M.v_y_km[v])
        d = S.v_depot[v]
        if d < 0 or S.d_side[d] != S.a_side[a]:
            km += P.air_no_depot_km
        if km < best_km:
            best_km = km
            best = np.int64(v)
    return best


@njit
def move_to(S, W, a: int, v: int) -> None:
    """Base air unit a on airfield v, or off the map where v is -1."""
    old = S.a_field[a]
    if old >= 0 and S.a_status[a] == ON_MAP:
        W.av_crowd[old] -= 1
    S.a_field[a] = v
    S.a_status[a] = IN_BOX
    if v >= 0:
        S.a_status[a] = ON_MAP
        W.av_crowd[v] += 1
    log_event(
        S, E_AIR_MOVE, S.a_side[a], NOWHERE, -1, -1, np.float64(a), np.float64(v), 0.0, 0.0, 0.0
    )


@njit
def clear_out(S, M, P, W, a: int, left_share: float) -> int:
    """Air unit a leaves its airfield before the enemy; the aircraft left behind or caught.

    Of those not serviceable the share left_share is lost; the rest fly to the nearest refuge within
    twice the radius of action (one way), or off the map.
    """
    v = S.a_field[a]
    unfit = (1.0 - S.a_service[a]) * np.float64(S.a_craft[a])
    lost = lose_aircraft(S, a, whole(P, unfit * left_share, S.day, D_AIR_BASE, a, 0), A_ON_GROUND)
    reach = 2.0 * M.t_range_km[S.a_type[a]]
    move_to(S, W, a, refuge(S, M, P, W, a, M.v_x_km[v], M.v_y_km[v], reach))
    return lost


@njit
def keep_fields(S, M, P, W) -> None:
    """Airfields change hands with their hexes, units flee, runways are mended. (7.1)

    A field taken is ready to ``air.captured_ready`` of its state, the rest was blown up;
    each day ``air.repair`` of it is mended where no enemy is near.
    """
    look_around(S, M, P, W)
    for v in range(M.n_fields):
        h = M.v_hex[v]
        if h != NOWHERE:
            holder = np.int64(S.h_control[h])
            if holder <= CHINA and holder != S.v_side[v]:
                was = S.v_side[v]
                lost = np.int64(0)
                S.v_side[v] = holder
                S.v_since[v] = S.day
                S.v_ready[v] *= P.air_captured_ready
                for a in range(M.n_air):
                    if S.a_field[a] == v and S.a_status[a] == ON_MAP and S.a_side[a] == was:
                        lost += clear_out(S, M, P, W, a, P.air_caught)
                if was <= CHINA:
                    log_event(
                        S, E_AIRFIELD_LOST, holder, h, -1, -1,
                        np.float64(v), np.float64(lost), 0.0, 0.0, 0.0,
                    )  # fmt: skip
                continue
        if W.av_threat[v] == 1:
            if W.av_crowd[v] > 0:
                for a in range(M.n_air):
                    if S.a_field[a] == v and S.a_status[a] == ON_MAP:
                        clear_out(S, M, P, W, a, P.air_left_behind)
        elif M.v_class[v] > 0 and S.v_ready[v] < 1.0:
            S.v_ready[v] = min(1.0, S.v_ready[v] + P.air_repair)


@njit
def keep_units(S, M, P, W) -> None:
    """Arrivals, ordered rebasings, departures, wear and replacements of the air units. (7.2)

    Wear: ``air.accident`` aircraft a sortie and ``air.wear`` of those on hand a day;
    replacements: ``t_replace`` of the establishment a month while the unit is short of it.
    """
    for i in range(M.n_air_moves):
        if M.am_day[i] != S.day:
            continue
        a = M.am_unit[i]
        if S.a_status[a] != ON_MAP and S.a_status[a] != IN_BOX and S.a_status[a] != TRANSIT:
            continue
        v = M.am_field[i]
        if v >= 0:
            usable = S.v_side[v] == S.a_side[a] and W.av_threat[v] == 0
            if not usable or S.v_ready[v] < P.air_ready_min:
                v = refuge(S, M, P, W, a, M.v_x_km[v], M.v_y_km[v], 2.0 * M.t_range_km[S.a_type[a]])
        if v >= 0 or M.am_field[i] < 0:
            move_to(S, W, a, v)
    for a in range(M.n_air):
        if S.a_status[a] == TRANSIT and S.a_due_day[a] <= S.day:
            v = S.a_field[a]
            if v >= 0 and S.v_side[v] != S.a_side[a]:
                v = refuge(S, M, P, W, a, M.v_x_km[v], M.v_y_km[v], 2.0 * M.t_range_km[S.a_type[a]])
            move_to(S, W, a, v)
        if S.a_leaves_day[a] >= 0 and S.a_leaves_day[a] <= S.day and S.a_status[a] != DEPARTED:
            lose_aircraft(S, a, S.a_craft[a], A_LEFT)
            S.a_status[a] = DEPARTED
        if S.a_status[a] != ON_MAP:
            continue
        flown = np.float64(S.a_sorties[a])
        craft = np.float64(S.a_craft[a])
        worn = P.air_accident * flown + P.air_wear * craft
        lose_aircraft(S, a, whole(P, worn, S.day, D_AIR_BASE, a, 1), A_WORN)
        short = np.float64(S.a_full[a] - S.a_craft[a])
        new = min(short, M.t_replace[S.a_type[a]] * np.float64(S.a_full[a]) / 30.0)
        if new > 0.0:
            gain_aircraft(S, a, whole(P, new, S.day, D_AIR_BASE, a, 2), A_INFLOW)
        # serviceability: towards what spares and the field allow, down with every sortie
        aim = M.t_service[S.a_type[a]] * S.v_ready[S.a_field[a]]
        fit = S.a_service[a] + P.air_service_return * (aim - S.a_service[a])
        S.a_service[a] = max(0.0, fit - P.air_service_wear * flown / max(1.0, craft))


@njit
def follow_the_front(S, M, P, W) -> None:
    """Every ``air.rebase_days`` a unit out of reach of all fighting of its side moves nearer. (7.3)

    Only units on fields of the map: those in the boxes are tied to tasks there.
    """
    days = np.int64(P.air_rebase_days)
    for a in range(M.n_air):
        v = S.a_field[a]
        if (S.day + a) % days != 0 or S.a_status[a] != ON_MAP or v < 0 or M.v_hex[v] == NOWHERE:
            continue
        s = S.a_side[a]
        if S.a_kind[a] > FIGHTER + 1 or W.at_count[s, A_SUPPORT] == 0:
            continue
        near = np.float64(1e9)
        top = np.int64(0)
        for k in range(W.at_count[s, A_SUPPORT]):
            h = W.at_hex[s, A_SUPPORT, k]
            near = min(near, distance(M.v_x_km[v], M.v_y_km[v], M.x_km[h], M.y_km[h]))
            if W.at_value[s, A_SUPPORT, k] > W.at_value[s, A_SUPPORT, top]:
                top = np.int64(k)
        if near <= M.t_range_km[S.a_type[a]]:
            continue
        h = W.at_hex[s, A_SUPPORT, top]
        to = refuge(S, M, P, W, a, M.x_km[h], M.y_km[h], M.t_range_km[S.a_type[a]])
        if to >= 0 and fuel_depot(S, M, P, to) >= 0:
            move_to(S, W, a, to)
