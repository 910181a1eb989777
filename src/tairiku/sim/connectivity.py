"""Rule 9c, connectivity: who still has a way out, who is cut off from supply, who is outflanked.

A hex is barred to a side by enemy men in it, or by an enemy zone of ``encirclement.bar_men`` where
none of its own stand.  A unit has a way out if the hexes that are not barred join it to a depot of
its side or to the map's edge where its boxes lie; a way to supply, if besides none of these hexes
is the enemy's.  Both are exact: every hex of a search that succeeds is known to be joined, every
hex of one that fails to be shut in, so no hex is looked at twice.
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import BOX_AIR, E_RELIEVED, GUERRILLA, ON_MAP
from tairiku.sim.journal import log_event
from tairiku.sim.layout import DEPOTS, NOWHERE
from tairiku.sim.placement import place_headquarters, refresh_zones
from tairiku.sim.retreat_way import enemy_about
from tairiku.sim.ways import FAR, FOOT, prepare

_OUT, _SUPPLY = 0, 1  # what is asked
_JOINED, _OPEN = 0, -1  # labels; shut-in places have the number of their first unit + 1


@njit
def connect(S, M, P, W) -> None:
    """Bring u_ringed, u_cut, u_pocket, u_outflanked up to date after the day's fighting.

    Also counts men and zones anew and lets the headquarters follow their troops.
    """
    prepare(M, P, W)
    refresh_zones(S, M, P)
    place_headquarters(S, M, P, W)
    for side in range(2):
        label_sources(S, M, P, W, side, _OUT)
        for u in range(S.n_units):
            if asks(S, u, side):
                settle_ring(S, u, label_of(S, M, P, W, side, _OUT, u))
        label_sources(S, M, P, W, side, _SUPPLY)
        for u in range(S.n_units):
            if asks(S, u, side):
                label = label_of(S, M, P, W, side, _SUPPLY, u)
                S.u_cut[u] = 0 if label == _JOINED else S.u_cut[u] + 1
                S.u_outflanked[u] = 1 if is_outflanked(S, M, P, W, u) else 0


@njit
def asks(S, u: int, side: int) -> bool:
    """True if unit u is one of the side's whose ways are looked at: on the map, no irregular."""
    return S.u_status[u] == ON_MAP and S.u_side[u] == side and S.u_kind[u] != GUERRILLA


@njit(forceinline=True)
def is_barred(S, P, side: int, what: int, h: int) -> bool:
    """True if hex h is barred to the side: by enemy men, his zone, or (supply) his hold."""
    if S.h_men[1 - side, h] > 0:
        return True
    if S.h_men[side, h] > 0:
        return False
    if what == _SUPPLY and S.h_control[h] == 1 - side:
        return True
    return np.float64(S.h_zone[1 - side, h]) >= P.encirclement_bar_men


@njit
def label_sources(S, M, P, W, side: int, what: int) -> None:
    """Start a new set of labels: the side's depots and the ways to its boxes are joined."""
    W.stamp += 1
    for d in range(DEPOTS):
        if S.d_side[d] == side and S.d_hex[d] != NOWHERE:
            label_source(S, P, W, side, what, S.d_hex[d])
    for i in range(M.n_box_links):
        h = M.bl_hex[i]
        if M.bl_side[i] == side and M.bl_mode[i] != BOX_AIR and h != NOWHERE:
            label_source(S, P, W, side, what, h)


@njit
def label_source(S, P, W, side: int, what: int, h: int) -> None:
    """Label hex h as joined unless it is barred."""
    if not is_barred(S, P, side, what, h):
        W.mark[h] = W.stamp
        W.hex_whole[h] = _JOINED


@njit
def leads_home(S, M, P, W, side: int, what: int, start: int) -> bool:
    """True if the way of this morning's supply from a hex is clear as far as a joined hex.

    Then all of it is joined, and labelled so; else nothing is known yet.
    """
    h = start
    while W.mark[h] != W.stamp:
        if h != start and is_barred(S, P, side, what, h):
            return False
        back = np.int64(S.h_back[side, h])
        if back == NOWHERE:
            return False
        k = 0
        while M.next[h, k] != back:
            k += 1
        if W.q_edge[FOOT, h, k] >= FAR:
            return False
        h = back
    if W.hex_whole[h] != _JOINED:
        return False
    h = start
    while W.mark[h] != W.stamp:
        W.mark[h] = W.stamp
        W.hex_whole[h] = _JOINED
        h = np.int64(S.h_back[side, h])
    return True


@njit
def label_of(S, M, P, W, side: int, what: int, u: int) -> int:
    """Label of the hex of unit u: joined, open country, or 1 + the first unit it is shut in with.

    The way of supply answers for most; else breadth first from the hex until a joined one is met,
    and then all that was seen is joined.
    """
    start = S.u_hex[u]
    if W.mark[start] == W.stamp:
        return W.hex_whole[start]
    if leads_home(S, M, P, W, side, what, start):
        return _JOINED
    label = np.int64(u + 1)
    W.mark[start] = W.stamp
    W.hex_whole[start] = label
    W.queue[0] = start
    count = 1
    i = 0
    while i < count and label != _JOINED:
        h = np.int64(W.queue[i])
        i += 1
        for k in range(6):
            if W.q_edge[FOOT, h, k] >= FAR:
                continue
            n = np.int64(M.next[h, k])
            if W.mark[n] == W.stamp:
                if W.hex_whole[n] == _JOINED:
                    label = np.int64(_JOINED)
            elif not is_barred(S, P, side, what, n):
                W.mark[n] = W.stamp
                W.hex_whole[n] = np.int64(u + 1)
                W.queue[count] = n
                count += 1
    if label != _JOINED and np.float64(count) >= P.encirclement_open_hexes:
        label = np.int64(_OPEN)
    for j in range(count):
        W.hex_whole[np.int64(W.queue[j])] = label
    return label


@njit
def settle_ring(S, u: int, label: int) -> None:
    """Count the days of unit u in a ring, or open it, from the label of its hex."""
    if label > 0:
        S.u_ringed[u] += 1
        S.u_pocket[u] = label - 1
        return
    if S.u_ringed[u] > 1:
        a = np.float64(S.u_cut[u])
        log_event(S, E_RELIEVED, S.u_side[u], S.u_hex[u], u, -1, a, 0.0, 0.0, 0.0, 0.0)
    S.u_ringed[u] = 0
    S.u_pocket[u] = -1


@njit
def is_outflanked(S, M, P, W, u: int) -> bool:
    """True if the way back of unit u is threatened while the enemy is beside it.

    The next hex towards its supply (else the one it came from) is barred, or no more than
    ``encirclement.free_sides`` of the hexes round it are free.
    """
    h = S.u_hex[u]
    side = S.u_side[u]
    if enemy_about(S, M, side, h) == 0:
        return False
    back = np.int64(S.h_back[side, h])
    if back == NOWHERE:
        back = S.u_from[u]
    if back != NOWHERE and back != h and is_barred(S, P, side, _OUT, back):
        return True
    free = 0
    for k in range(6):
        if W.q_edge[FOOT, h, k] < FAR and not is_barred(S, P, side, _OUT, np.int64(M.next[h, k])):
            free += 1
    return np.float64(free) <= P.encirclement_free_sides
