"""Rule 7b, the airlift's last leg: fuel and bombs from the terminal to the forward airfields.

The Hump itself is the terminal depot's inflow.  From there trucks, then trains, need
``airlift.days`` to the forward fields; what a month can carry is ``airlift.tonnes`` for fields
that a road or railway joins to the terminal through own country, ``airlift.air_share`` of it by air
for those cut off.  Stores on the road stay in the books of their force (``y_load``).
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import AMMUNITION, AVIATION_FUEL, CHINA, F_ALLIED_AIR
from tairiku.sim.haul import has_way, link_end, price_carriage
from tairiku.sim.layout import DEPOTS, NOWHERE


@njit
def terminal(S, M) -> int:
    """The depot that the airlift fills: most aviation fuel, very heavy bombers' apart. [depot]"""
    best = np.int64(-1)
    for d in range(min(M.n_depots, DEPOTS)):
        if (
            S.d_force[d] != F_ALLIED_AIR
            or S.d_side[d] != CHINA
            or S.d_inflow[d, AVIATION_FUEL] <= 0
        ):
            continue
        if S.d_field[d] >= 0 and M.v_class[S.d_field[d]] > 3:
            continue
        if best < 0 or S.d_inflow[d, AVIATION_FUEL] > S.d_inflow[best, AVIATION_FUEL]:
            best = np.int64(d)
    return best


@njit
def join_fields(S, M, W, box: int) -> None:
    """Which fields of China's side a road or railway joins to the box through own country. (7.4)"""
    W.stamp += 1
    head = 0
    tail = 0
    for i in range(M.n_box_links):
        h = M.bl_hex[i]
        if M.bl_box[i] == box and h != NOWHERE and np.int64(S.h_control[h]) == CHINA:
            if np.int64(W.mark[h]) != W.stamp:
                W.mark[h] = W.stamp
                W.queue[tail] = h
                tail += 1
    while head < tail:
        h = np.int64(W.queue[head])
        head += 1
        for k in range(6):
            link = W.link[h, k]
            if not has_way(link):
                continue
            n = link_end(link)
            if np.int64(W.mark[n]) != W.stamp and np.int64(S.h_control[n]) == CHINA:
                W.mark[n] = W.stamp
                W.queue[tail] = n
                tail += 1
    for v in range(M.n_fields):
        S.v_linked[v] = 0
        h = M.v_hex[v]
        if S.v_side[v] != CHINA:
            continue
        if h == NOWHERE:
            S.v_linked[v] = 1
            continue
        near = np.int64(W.mark[h]) == W.stamp
        for k in range(6):
            n = np.int64(M.next[h, k])
            if n != NOWHERE and np.int64(W.mark[n]) == W.stamp:
                near = True
        if near:
            S.v_linked[v] = 1


@njit
def wants(S, M, P, d: int, best: int, store: int) -> float:
    """What depot d lacks of a store to ``airlift.stock_days`` of its units' full flying. [kg]"""
    v = S.d_field[d]
    if d == best or v < 0 or S.d_force[d] != F_ALLIED_AIR or S.d_side[d] != CHINA:
        return 0.0
    if S.v_side[v] != CHINA or M.v_class[v] > 3:
        return 0.0
    need = P.airlift_floor * 1000.0
    for a in range(M.n_air):
        if S.a_field[a] >= 0 and S.v_depot[S.a_field[a]] == d:
            t = S.a_type[a]
            kg = M.t_fuel_kg[t]
            if store == AMMUNITION:
                kg = M.t_bomb_kg[t]
            need += P.airlift_stock_days * P.air_rate * np.float64(S.a_full[a]) * kg
    short = max(0.0, need - np.float64(S.d_store[d, store]))
    if S.v_linked[v] == 0:
        short *= P.airlift_air_share
    return short


@njit
def feed_fields(S, M, P, W) -> None:
    """Stores leave the terminal, others arrive and are shared out by what each field lacks. (7.5)

    Sent a day: min(monthly tonnes/30, stock over ``airlift.keep`` days of the terminal's inflow),
    ``airlift.fuel_share`` of it fuel.
    """
    best = terminal(S, M)
    if best < 0:
        return
    if S.day % 7 == 0 and S.d_box[best] >= 0:
        price_carriage(M, P, W)
        join_fields(S, M, W, S.d_box[best])
    # slot 0 is tomorrow's arrival once the slots have moved up
    lag = max(0, min(31, np.int64(P.airlift_days) - 1))
    for i in range(2):
        store = AVIATION_FUEL if i == 0 else AMMUNITION
        share = P.airlift_fuel_share if i == 0 else 1.0 - P.airlift_fuel_share
        load = S.y_load[i, 0]
        for day in range(31):
            S.y_load[i, day] = S.y_load[i, day + 1]
        S.y_load[i, 31] = 0
        keep = np.int64(P.airlift_keep * np.float64(S.d_inflow[best, store]))
        go = np.int64(P.airlift_tonnes * 1000.0 * share / 30.0)
        go = np.int64(max(0, min(go, S.d_store[best, store] - keep)))
        S.d_store[best, store] -= go
        S.y_load[i, lag] += go
        if load <= 0:
            continue
        total = 0.0
        for d in range(M.n_depots):
            total += wants(S, M, P, d, best, store)
        left = load
        if total > 0.0:
            part = min(1.0, np.float64(load) / total)
            for d in range(M.n_depots):
                kg = min(left, np.int64(part * wants(S, M, P, d, best, store)))
                S.d_store[d, store] += kg
                left -= kg
        # what no field has room for goes back to the terminal's stock
        S.d_store[best, store] += left
