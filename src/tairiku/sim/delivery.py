"""Step 5, supply: the loads of a day run up the tree of best ways; what passes comes down."""

import numpy as np
from numba import njit

from tairiku.sim.books import issue
from tairiku.sim.codes import AMMUNITION, B_LOST, FODDER, FOOD, MOTOR_FUEL
from tairiku.sim.exactmath import exp2
from tairiku.sim.haul import FAR, edge_capacity, link_end, moves_by_wheel, rail_of, road_of
from tairiku.sim.layout import DEPOTS, NOWHERE, STORES
from tairiku.sim.provisions import ask, draws_supply


@njit
def climb(S, W, f: int, h: int, kg: float, n: int) -> int:
    """Add hex h and its way back to the tree of n hexes and kg to its load; the new length.

    W.hex_real holds the load that begins in a hex, W.hex_whole how many branches end in it.
    """
    at = h
    while np.int64(W.mark[at]) != W.stamp:
        W.mark[at] = W.stamp
        W.tree[n] = at
        n += 1
        W.hex_real[at] = 0.0
        W.hex_whole[at] = 0
        at = np.int64(S.h_back[f, at])
        if at == NOWHERE:
            break
    W.hex_real[h] += kg
    return n


@njit
def pour(S, M, P, W, f: int, n: int) -> None:
    """Sum the loads of the tree of n hexes towards the depots, then bring the shares back down.

    Eq. (5.7): share(h) = min(share(next), (capacity - already carried) / load) over the side
    between h and the next hex; W.tree_share and W.tree_km (wheeled haul) hold the outcome by hex.
    """
    for i in range(n):
        back = np.int64(S.h_back[f, np.int64(W.tree[i])])
        if back != NOWHERE:
            W.hex_whole[back] += 1
    last = np.int64(0)
    for i in range(n):
        if W.hex_whole[np.int64(W.tree[i])] == 0:
            W.queue[last] = np.int64(W.tree[i])
            last += 1
    first = np.int64(0)
    while first < last:
        h = np.int64(W.queue[first])
        first += 1
        back = np.int64(S.h_back[f, h])
        if back == NOWHERE:
            continue
        W.hex_real[back] += W.hex_real[h]
        W.hex_whole[back] -= 1
        if W.hex_whole[back] == 0:
            W.queue[last] = back
            last += 1
    for i in range(last - 1, -1, -1):
        _come_through(S, M, P, W, f, np.int64(W.queue[i]))


@njit
def _come_through(S, M, P, W, f: int, h: int) -> None:
    """Share and haul of hex h, its next hex known."""
    side = f % 2
    load = W.hex_real[h]
    back = np.int64(S.h_back[f, h])
    room = np.float64(FAR)
    if back == NOWHERE:
        share = 1.0
        z = np.int64(S.h_root[f, h]) - 1
        if z >= DEPOTS:
            room = M.bl_tonnes[z - DEPOTS] * 1000.0
            if load > room:
                share = room / load
        W.tree_share[h] = share
        W.tree_km[h] = 0.0
        return
    k = 0
    while link_end(W.link[h, k]) != back:
        k += 1
    link = W.link[h, k]
    cell = h
    slot = k
    if k >= 3:
        cell = back
        slot = k - 3
    room = edge_capacity(S, M, P, W, side, h, link) - W.edge_kg[cell, slot]
    if room < 0.0:
        room = 0.0
    share = W.tree_share[back]
    carried = load * share
    if carried > room:
        carried = room
        share = room / load
    W.tree_share[h] = share
    W.edge_kg[cell, slot] += carried
    rail = rail_of(link)
    if rail >= 0:
        S.r_load[rail] += load
    W.tree_km[h] = W.tree_km[back]
    if moves_by_wheel(S, side, link):
        W.tree_km[h] += M.pitch_km
        _axis(S, P, W, h, link, back, load)


@njit
def _axis(S, P, W, h: int, link: int, back: int, load: float) -> None:
    """Mark the road over a side of h for restoration if it is broken and carries an axis of supply.

    W.hex_whole is 0 in hexes up to which the roads of the axis are whole, else 1.
    """
    behind = W.hex_whole[back]
    road = road_of(link)
    if road >= 0 and load >= P.supply_axis_kg:
        if np.float64(S.k_state[road]) < P.supply_road_whole:
            if behind == 0:
                S.k_axis[road] = 1
            behind = np.int64(1)
    W.hex_whole[h] = behind


@njit
def clear_carried(W, n: int, M, S, f: int) -> None:
    """Forget what was carried over the sides of the tree of n hexes."""
    for i in range(n):
        h = np.int64(W.tree[i])
        for k in range(3):
            W.edge_kg[h, k] = 0.0
            back = np.int64(M.next[h, k + 3])
            if back != NOWHERE:
                W.edge_kg[back, k] = 0.0


@njit
def reach(P, km: float) -> float:
    """Share that carts and trucks bring forward over a wheeled haul of km. [1]

    Eq. (5.8): 1 up to the reach of the columns, then halved with every half-distance.
    """
    if km <= P.supply_reach_km:
        return 1.0
    return exp2((P.supply_reach_km - km) / P.supply_reach_half_km)


@njit
def _allot(S, P, W, u: int, d: int, kg: float) -> None:
    """Divide kg over the stores that unit u asked for, in the order of the day, into u_got."""
    for i in range(4):
        s = FOOD
        if S.u_contact[u] > 0:
            if i == 0:
                s = AMMUNITION
            elif i == 1:
                s = FOOD
            elif i == 2:
                s = MOTOR_FUEL
            else:
                s = FODDER
        else:
            if i == 1:
                s = FODDER
            elif i == 2:
                s = AMMUNITION
            elif i == 3:
                s = MOTOR_FUEL
        part = np.int64(min(kg, np.float64(S.u_need[u, s])))
        S.u_got[u, s] = part
        kg -= np.float64(part)
        W.depot_want[d, s] += np.float64(part)


@njit
def deliver(S, M, P, W, side: int) -> int:
    """From the depots to the units of a side; the length of the tree left in W.tree.

    A unit gets its share of the narrowest place on its way (Eq. 5.7), times the reach of the
    columns (Eq. 5.8), times what its depot has; part is lost on the way by distance and irregulars.
    """
    for d in range(DEPOTS):
        for s in range(STORES):
            W.depot_want[d, s] = 0.0
    W.stamp += 1
    n = np.int64(0)
    for u in range(S.n_units):
        if S.u_side[u] != side or not draws_supply(S, u):
            continue
        h = S.u_hex[u]
        need = ask(S, P, u)
        S.u_way[u] = np.int64(S.h_way[side, h])
        S.u_source[u] = -1
        if S.u_way[u] >= FAR:
            continue
        S.u_source[u] = np.int64(S.h_source[side, h])
        n = climb(S, W, side, h, np.float64(need), n)
    pour(S, M, P, W, side, n)
    for u in range(S.n_units):
        if S.u_side[u] == side and S.u_source[u] >= 0 and draws_supply(S, u):
            h = S.u_hex[u]
            need = np.float64(
                S.u_need[u, FOOD]
                + S.u_need[u, FODDER]
                + S.u_need[u, AMMUNITION]
                + S.u_need[u, MOTOR_FUEL]
            )
            _allot(S, P, W, u, S.u_source[u], need * W.tree_share[h] * reach(P, W.tree_km[h]))
    for u in range(S.n_units):
        if S.u_side[u] == side and S.u_source[u] >= 0 and draws_supply(S, u):
            _hand_over(S, P, W, u)
    return n


@njit
def _hand_over(S, P, W, u: int) -> None:
    """Issue what was allotted to unit u as far as the depot's stock goes round."""
    d = S.u_source[u]
    h = S.u_hex[u]
    lost = P.supply_loss_100km * W.tree_km[h] * 0.01
    lost *= 1.0 + P.supply_loss_guerrilla * np.float64(S.h_guerrilla[h])
    lost = min(lost, P.supply_loss_most)
    for s in range(4):
        kg = np.float64(S.u_got[u, s])
        want = W.depot_want[d, s]
        stock = np.float64(S.d_store[d, s])
        S.u_got[u, s] = 0
        if kg < 1.0 or want <= 0.0:
            continue
        # what was handed out before shrank stock and want alike, so the shares stay equal
        share = min(1.0, stock / want)
        W.depot_want[d, s] = max(0.0, want - kg)
        send = np.int64(kg * share)
        S.u_got[u, s] = issue(S, d, u, s, send, np.int64(lost * np.float64(send)), B_LOST)
