"""Where units stand: the list of each hex, its men, the zones they throw, the headquarters.

A unit is put on the map and taken off it only here, so that ``u_hex``, the lists (``h_first``,
``u_mate``) and ``h_men`` always agree.  A list runs in the order of the units' numbers: it is a
function of who stands there, never of who came first.
Zones (``h_zone``) follow units that move by `move_unit`; `refresh_zones` counts them anew, at the
start of the night and of the march and after the fighting.
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import (
    DRAFT,
    GUERRILLA,
    LAKE,
    NO_SIDE,
    ON_MAP,
    P_ROUT,
    RAILWAY,
)
from tairiku.sim.layout import NODES, NOWHERE, UNITS

_LEVELS = 8  # more than any chain of command has
GREAT_RIVER = 3  # class of M.river


@njit
def counts(S, u: int) -> bool:
    """True if unit u counts as fighting men of its hex: on the map and no irregular. [1]"""
    return S.u_status[u] == ON_MAP and S.u_kind[u] != GUERRILLA


@njit
def refresh_hex(S, hex_id: int) -> None:
    """Count the fighting men of both sides in one hex anew, from its list."""
    japan = np.int64(0)
    china = np.int64(0)
    v = np.int64(S.h_first[hex_id])
    while v >= 0:
        if S.u_kind[v] != GUERRILLA:
            if S.u_side[v] == 0:
                japan += S.u_men[v]
            else:
                china += S.u_men[v]
        v = S.u_mate[v]
    S.h_men[0, hex_id] = japan
    S.h_men[1, hex_id] = china


@njit
def place_unit(S, u: int, hex_id: int) -> None:
    """Put unit u, standing nowhere, into a hex: status, ``u_hex``, the list and ``h_men``."""
    S.u_status[u] = ON_MAP
    S.u_hex[u] = hex_id
    S.u_box[u] = -1
    S.n_hex[u] = hex_id
    first = np.int64(S.h_first[hex_id])
    v = first
    if first < 0 or first > u:
        S.u_mate[u] = first
        S.h_first[hex_id] = u
    else:
        while S.u_mate[v] >= 0 and S.u_mate[v] < u:
            v = S.u_mate[v]
        S.u_mate[u] = S.u_mate[v]
        S.u_mate[v] = u
    refresh_hex(S, hex_id)


@njit
def remove_unit(S, u: int) -> None:
    """Take unit u out of its hex; its status is the caller's business.  Harmless off the map."""
    hex_id = S.u_hex[u]
    if hex_id == NOWHERE:
        return
    v = np.int64(S.h_first[hex_id])
    if v == u:
        S.h_first[hex_id] = S.u_mate[u]
    else:
        while v >= 0 and S.u_mate[v] != u:
            v = S.u_mate[v]
        if v >= 0:
            S.u_mate[v] = S.u_mate[u]
    S.u_mate[u] = -1
    S.u_hex[u] = NOWHERE
    S.n_hex[u] = NOWHERE
    refresh_hex(S, hex_id)


@njit
def zone_men(S, P, u: int) -> int:
    """Men of unit u that watch the country round its hex; the routed and the rear throw no zone.

    A unit tied to its post sends out only a share ``movement.zone_static`` of them. [men]
    """
    if S.u_posture[u] == P_ROUT or S.u_rout_days[u] > 0:
        return np.int64(0)
    kind = S.u_kind[u]
    if kind == GUERRILLA or kind == DRAFT or kind == RAILWAY:
        return np.int64(0)
    if S.u_static[u] == 1:
        return np.int64(np.float64(S.u_men[u]) * P.movement_zone_static)
    return S.u_men[u]


@njit
def cast_zone(S, M, hex_id: int, side: int, men: int) -> None:
    """Add men (or take away, men < 0) to the zone over a hex and its neighbours.

    No zone reaches over a great river without a bridge, nor into lake, sea or off the map.
    """
    S.h_zone[side, hex_id] += men
    for k in range(6):
        n = np.int64(M.next[hex_id, k])
        if n != NOWHERE and M.terrain[n] < LAKE:
            if M.river[hex_id, k] < GREAT_RIVER or M.bridge[hex_id, k] >= 0:
                S.h_zone[side, n] += men


@njit
def move_unit(S, M, P, u: int, hex_id: int) -> None:
    """Carry unit u from its hex to another with its zone; it leaves its trenches behind."""
    here = S.u_hex[u]
    men = zone_men(S, P, u)
    side = S.u_side[u]
    cast_zone(S, M, here, side, -men)
    remove_unit(S, u)
    place_unit(S, u, hex_id)
    cast_zone(S, M, hex_id, side, men)
    S.u_from[u] = here
    S.u_dug[u] = 0.0


@njit
def refresh_zones(S, M, P) -> None:
    """Count men (``h_men``) and zones (``h_zone``) of every hex anew from the units."""
    for side in range(2):
        for h in range(M.n_hexes):
            S.h_men[side, h] = 0
            S.h_zone[side, h] = 0
    for u in range(S.n_units):
        if counts(S, u):
            h = S.u_hex[u]
            S.h_men[S.u_side[u], h] += S.u_men[u]
            cast_zone(S, M, h, S.u_side[u], zone_men(S, P, u))


@njit
def place_headquarters(S, M, P, W) -> None:
    """Let every headquarters follow its troops: ``n_hex``, ``n_moved``.

    A corps goes with its first unit on the map; an army or group army moves up to that unit when it
    is farther off than ``movement.hq_far_km``; the higher ones only when their place is lost.
    A headquarters without a unit on the map stays where it is unless the enemy has taken the place.
    """
    for i in range(NODES - UNITS):
        W.unit_whole[i] = -1
    for u in range(S.n_units):
        if S.u_status[u] == ON_MAP:
            node = S.n_superior[u]
            for _ in range(_LEVELS):
                if node < UNITS:
                    break
                if W.unit_whole[node - UNITS] < 0:
                    W.unit_whole[node - UNITS] = u
                node = S.n_superior[node]
    for i in range(NODES - UNITS):
        node = UNITS + i
        side = S.n_side[node]
        if side == NO_SIDE:
            continue
        u = W.unit_whole[i]
        here = S.n_hex[node]
        lost = here != NOWHERE and np.int64(S.h_control[here]) == 1 - side
        move = lost
        if u >= 0 and not lost:
            if S.n_level[node] <= 1:
                move = True
            elif S.n_level[node] == 2:
                move = here == NOWHERE or distance_km(M, here, S.u_hex[u]) > P.movement_hq_far_km
        if not move:
            continue
        there = np.int64(NOWHERE)
        if u >= 0:
            there = S.u_hex[u]
        if there != here:
            S.n_hex[node] = there
            S.n_moved[node] = S.day


@njit
def distance_km(M, a: int, b: int) -> float:
    """Distance of the centres of two hexes as the crow flies. [km]"""
    x = M.x_km[a] - M.x_km[b]
    y = M.y_km[a] - M.y_km[b]
    return np.sqrt(x * x + y * y)
