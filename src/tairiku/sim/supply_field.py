"""Step 5, supply: integer cost of the best way from a depot to every hex, exact from day to day.

Four fields: for each side the way from any open depot (0 Japan, 1 China), and from a base (2, 3).
Each day only hexes whose passage, links or roots changed are looked at; the result equals a full
recomputation in every hex (tests/oracles/supply_field.py).
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import BOX_AIR, DP_AIRFIELD, DP_BASE, DP_LINE, SEA
from tairiku.sim.haul import FAR, link_cost, link_end, links_today, price_carriage
from tairiku.sim.layout import BOXES, DEPOTS, HEXES, NOWHERE, ROOTS
from tairiku.sim.ways import pop, push

HEAP_FULL = 51  # error code: the heap of the field ran over


@njit
def _push(S, W, n: int, key: int, h: int) -> int:
    """Add hex h with its cost to the binary heap of n entries; the new number."""
    if n >= W.heap_key.shape[0]:
        S.error = HEAP_FULL
        return n
    return push(W, n, key * HEXES + h)


@njit
def is_root(S, f: int, d: int) -> bool:
    """True if depot d feeds field f: open, on its side; for fields 2, 3 a base or of the line."""
    if S.d_side[d] != f % 2 or S.d_open[d] == 0 or S.d_kind[d] == DP_AIRFIELD:
        return False
    return f < 2 or S.d_kind[d] == DP_BASE or S.d_kind[d] == DP_LINE


@njit
def list_box_roots(S, W, f: int) -> None:
    """The first depot in each box that feeds field f, into W.box_root; -1 none."""
    for b in range(BOXES):
        W.box_root[b] = -1
    for d in range(DEPOTS - 1, -1, -1):
        if S.d_box[d] >= 0 and is_root(S, f, d):
            W.box_root[S.d_box[d]] = d


@njit
def root_of(S, M, P, W, f: int, z: int) -> tuple[int, int, int]:
    """Where root z of field f lies today, its cost and its depot; NOWHERE if it is none.

    `list_box_roots` comes first.
    """
    if z < DEPOTS:
        if is_root(S, f, z) and S.d_hex[z] != NOWHERE:
            return S.d_hex[z], np.int64(0), np.int64(z)
        return np.int64(NOWHERE), np.int64(0), np.int64(-1)
    j = z - DEPOTS
    usable = j < M.n_box_links
    if usable:
        usable = M.bl_hex[j] != NOWHERE and M.bl_mode[j] != BOX_AIR and M.bl_tonnes[j] > 0.0
    if usable:
        if M.bl_side[j] == f % 2:
            best = np.int64(W.box_root[M.bl_box[j]])
            if best >= 0:
                cost = np.int64(M.bl_days[j] * P.supply_cost_box_day) + 1
                return M.bl_hex[j], cost, best
    return np.int64(NOWHERE), np.int64(0), np.int64(-1)


@njit
def _best_root(S, f: int, h: int) -> None:
    """Find the cheapest root in hex h, the first of equals, into h_root."""
    best = np.int64(0)
    for z in range(ROOTS):
        if S.z_hex[f, z] == h and S.z_depot[f, z] >= 0:
            if best == 0:
                best = np.int64(z + 1)
            elif S.z_cost[f, z] < S.z_cost[f, best - 1]:
                best = np.int64(z + 1)
    S.h_root[f, h] = best


@njit
def _roots_today(S, M, P, W, f: int, n: int) -> int:
    """Bring the roots of field f up to date; hexes that gain or lose one join the n changed."""
    list_box_roots(S, W, f)
    for z in range(ROOTS):
        h, cost, depot = root_of(S, M, P, W, f, z)
        old = S.z_hex[f, z]
        was = S.z_depot[f, z]
        if was < 0 and depot < 0:
            continue
        if old == h and was == depot and S.z_cost[f, z] == cost:
            continue
        S.z_hex[f, z] = h
        S.z_cost[f, z] = cost
        S.z_depot[f, z] = depot
        if was >= 0:
            _best_root(S, f, old)
            n = _note(W, f % 2, old, n)
        if depot >= 0:
            _best_root(S, f, h)
            n = _note(W, f % 2, h, n)
    return n


@njit
def _note(W, side: int, h: int, n: int) -> int:
    """Add hex h to the changed hexes of a side; the new count, -1 once the list is full."""
    if n < 0 or n >= HEXES:
        return -1
    W.changed[side, n] = h
    return n + 1


@njit
def passage(S, M, P, side: int, h: int) -> int:
    """1 if supply of the side passes hex h: not the enemy's, not barred by his zone.

    Written without branches, so that many hexes are looked at in one stroke.
    """
    bar = P.supply_zone_men + P.supply_zone_escort * np.float64(S.h_zone[side, h])
    held = (S.h_men[side, h] > 0) | (np.float64(S.h_zone[1 - side, h]) < bar)
    return held & (M.terrain[h] < SEA) & (S.h_control[h] != 1 - side)


@njit
def _passages_today(S, M, P, W, side: int, n_links: int) -> int:
    """Hexes whose passage or links changed for the side, into W.changed[side]; -1 if too many."""
    n = np.int64(0)
    for h in range(M.n_hexes):
        W.passes[h] = passage(S, M, P, side, h)
    for h in range(M.n_hexes):
        if W.passes[h] != S.h_pass[side, h]:
            S.h_pass[side, h] = W.passes[h]
            n = _note(W, side, h, n)
    for i in range(n_links):
        n = _note(W, side, np.int64(W.changed[2, i]), n)
    return n


@njit
def _offer(S, M, P, W, f: int, h: int) -> int:
    """Best cost that the roots and neighbours of hex h offer it; its choice goes into h_back.

    A hex that supply does not pass has the cost FAR and offers nothing.
    """
    best = np.int64(FAR)
    back = np.int64(NOWHERE)
    side = f % 2
    if np.int64(S.h_pass[side, h]) != 0:
        z = np.int64(S.h_root[f, h])
        if z > 0:
            best = S.z_cost[f, z - 1]
        for k in range(6):
            link = W.link[h, k]
            n = link_end(link)
            if n == NOWHERE:
                continue
            way = np.int64(S.h_way[f, n])
            if way < best:
                way += link_cost(S, M, P, W, side, link)
                if way < best:
                    best = way
                    back = n
    S.h_back[f, h] = back
    return best


@njit
def _broken(S, M, P, W, f: int, h: int) -> bool:
    """True if what hex h lived on is gone or dearer than it was."""
    way = np.int64(S.h_way[f, h])
    if way >= FAR:
        return False
    side = f % 2
    if np.int64(S.h_pass[side, h]) == 0:
        return True
    back = np.int64(S.h_back[f, h])
    if back == NOWHERE:
        z = np.int64(S.h_root[f, h])
        if z == 0:
            return True
        return S.z_cost[f, z - 1] > way
    if np.int64(S.h_pass[side, back]) == 0:
        return True
    for k in range(6):
        link = W.link[h, k]
        if link_end(link) == back:
            return np.int64(S.h_way[f, back]) + link_cost(S, M, P, W, side, link) > way
    return True


@njit
def _forget(S, M, W, f: int, h: int, n: int) -> int:
    """Set hex h and all that lived on it to FAR, adding them to W.tree; the new length."""
    if np.int64(W.mark[h]) != W.stamp:
        W.mark[h] = W.stamp
        W.tree[n] = h
        n += 1
    S.h_way[f, h] = FAR
    W.queue[0] = h
    first = np.int64(0)
    last = np.int64(1)
    while first < last:
        g = np.int64(W.queue[first])
        first += 1
        for k in range(6):
            c = link_end(W.link[g, k])
            if c == NOWHERE:
                continue
            if np.int64(S.h_back[f, c]) == g and np.int64(S.h_way[f, c]) < FAR:
                S.h_way[f, c] = FAR
                W.queue[last] = c
                last += 1
                if np.int64(W.mark[c]) != W.stamp:
                    W.mark[c] = W.stamp
                    W.tree[n] = c
                    n += 1
    return n


@njit
def _comes_first(S, W, f: int, c: int, k: int) -> bool:
    """True if of two equal ways of hex c the one over side k comes before the one it has.

    A root comes before all sides, a side before those of higher number: `_offer` chooses so too.
    """
    back = np.int64(S.h_back[f, c])
    if back == NOWHERE:
        return False
    for i in range(k):
        if link_end(W.link[c, i]) == back:
            return False
    return link_end(W.link[c, k]) != back


@njit
def _spread(S, M, P, W, f: int, n_heap: int, n: int) -> int:
    """Dijkstra from the heap; hexes that choose anew join W.tree; its new length."""
    side = f % 2
    while n_heap > 0:
        top = W.heap_key[0]
        n_heap = pop(W, n_heap)
        h = top & (HEXES - 1)
        key = top >> 13
        if key != np.int64(S.h_way[f, h]):
            continue
        for k in range(6):
            link = W.link[h, k]
            c = link_end(link)
            if c == NOWHERE:
                continue
            old = np.int64(S.h_way[f, c])
            if old <= key or np.int64(S.h_pass[side, c]) == 0:
                continue
            way = key + link_cost(S, M, P, W, side, link)
            if way < old:
                S.h_way[f, c] = way
                S.h_back[f, c] = h
                n_heap = _push(S, W, n_heap, way, c)
                if np.int64(W.mark[c]) != W.stamp:
                    W.mark[c] = W.stamp
                    W.tree[n] = c
                    n += 1
            elif way == old and _comes_first(S, W, f, c, (k + 3) % 6):
                S.h_back[f, c] = h
                if np.int64(W.mark[c]) != W.stamp:
                    W.mark[c] = W.stamp
                    W.tree[n] = c
                    n += 1
    return n


@njit(forceinline=True)
def _source(S, f: int, h: int) -> int:
    """The depot at the end of the way of hex h, as its next hex knows it."""
    if np.int64(S.h_way[f, h]) >= FAR:
        return -1
    back = np.int64(S.h_back[f, h])
    if back == NOWHERE:
        return S.z_depot[f, np.int64(S.h_root[f, h]) - 1]
    return np.int64(S.h_source[f, back])


@njit
def _settle(S, W, f: int, n: int) -> None:
    """Look up the depot of the n hexes of W.tree anew, and of all that live on them."""
    # a ring of hexes whose depot has to be looked up again; the mark says which wait in it
    W.stamp += 1
    first = np.int64(0)
    waiting = np.int64(0)
    for i in range(n):
        W.queue[waiting] = np.int64(W.tree[i])
        W.mark[np.int64(W.tree[i])] = W.stamp
        waiting += 1
    while waiting > 0:
        h = np.int64(W.queue[first])
        first = (first + 1) % HEXES
        waiting -= 1
        W.mark[h] = W.stamp - 1
        depot = _source(S, f, h)
        if depot == np.int64(S.h_source[f, h]):
            continue
        S.h_source[f, h] = depot
        for k in range(6):
            c = link_end(W.link[h, k])
            if c == NOWHERE:
                continue
            if np.int64(S.h_back[f, c]) == h and np.int64(W.mark[c]) != W.stamp:
                W.mark[c] = W.stamp
                W.queue[(first + waiting) % HEXES] = c
                waiting += 1


@njit
def rebuild(S, M, P, W, f: int) -> None:
    """Field f from nothing."""
    for h in range(M.n_hexes):
        S.h_way[f, h] = FAR
        S.h_back[f, h] = NOWHERE
        S.h_source[f, h] = -1
        S.h_root[f, h] = 0
    list_box_roots(S, W, f)
    for z in range(ROOTS):
        S.z_hex[f, z], S.z_cost[f, z], S.z_depot[f, z] = root_of(S, M, P, W, f, z)
    W.stamp += 1
    n = np.int64(0)
    n_heap = np.int64(0)
    for z in range(ROOTS):
        h = S.z_hex[f, z]
        if S.z_depot[f, z] < 0:
            continue
        _best_root(S, f, h)
        if np.int64(S.h_pass[f % 2, h]) != 0 and S.z_cost[f, z] < np.int64(S.h_way[f, h]):
            S.h_way[f, h] = S.z_cost[f, z]
            n_heap = _push(S, W, n_heap, S.z_cost[f, z], h)
            if np.int64(W.mark[h]) != W.stamp:
                W.mark[h] = W.stamp
                W.tree[n] = h
                n += 1
    _settle(S, W, f, _spread(S, M, P, W, f, n_heap, n))


@njit
def _mend(S, M, P, W, f: int, n_changed: int) -> None:
    """Field f after the n changed hexes of its side, touching only what depends on them."""
    W.stamp += 1
    side = f % 2
    n = np.int64(0)
    for i in range(n_changed):
        if _broken(S, M, P, W, f, np.int64(W.changed[side, i])):
            n = _forget(S, M, W, f, np.int64(W.changed[side, i]), n)
    for i in range(n_changed):
        h = np.int64(W.changed[side, i])
        if np.int64(W.mark[h]) != W.stamp:
            W.mark[h] = W.stamp
            W.tree[n] = h
            n += 1
    n_heap = np.int64(0)
    for i in range(n):
        h = np.int64(W.tree[i])
        way = _offer(S, M, P, W, f, h)
        if way < np.int64(S.h_way[f, h]):
            S.h_way[f, h] = way
            n_heap = _push(S, W, n_heap, way, h)
    _settle(S, W, f, _spread(S, M, P, W, f, n_heap, n))


@njit
def update_fields(S, M, P, W) -> None:
    """Bring all four fields of supply up to this morning's passages, links and depots."""
    price_carriage(M, P, W)
    links = links_today(S, M, P, W)
    for side in range(2):
        n = _passages_today(S, M, P, W, side, links if links > 0 else np.int64(0))
        for f in range(side, 4, 2):
            m = n
            if n >= 0:
                m = _roots_today(S, M, P, W, f, n)
            if S.g_supply_built == 0 or links < 0 or m < 0:
                rebuild(S, M, P, W, f)
            elif m > 0:
                _mend(S, M, P, W, f, m)
    S.g_supply_built = 1
