"""Rule 7g, the enemy's rear: traffic, trucks, bridges; and stores dropped to the ringed."""

import numpy as np
from numba import njit

from tairiku.sim.air_base import fuel_depot
from tairiku.sim.air_strike import address, hit_units, report
from tairiku.sim.books import issue, lose_material
from tairiku.sim.codes import (
    A_INTERDICTION,
    A_SUPPLY,
    AMMUNITION,
    B_LOST,
    E_AIR_DROP,
    E_AIR_STRIKE,
    E_BRIDGE_OUT,
    FOOD,
    ON_MAP,
    TRUCKS,
)
from tairiku.sim.dice import D_AIR_STRIKE, u01, whole
from tairiku.sim.exactmath import exp, hazard
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE


@njit
def bar_traffic(S, M, P, s: int, h: int, effect: float) -> None:
    """Day traffic of the other side through h and its neighbours is stopped in part. (7.18)

    Share stopped 1 - (1 - share) * exp(-``air.interdict`` * sorties), half as much next door.
    """
    o = 1 - s
    open_ = exp(-P.air_interdict * effect)
    near = exp(-0.5 * P.air_interdict * effect)
    S.h_interdict[o, h] = 1.0 - (1.0 - np.float64(S.h_interdict[o, h])) * open_
    for k in range(6):
        n = np.int64(M.next[h, k])
        if n != NOWHERE:
            S.h_interdict[o, n] = 1.0 - (1.0 - np.float64(S.h_interdict[o, n])) * near


@njit
def hit_columns(S, M, P, s: int, h: int, effect: float) -> int:
    """Trucks of the supply columns on the way through h: of the units its depot feeds (M57). (7.19)

    Expected ``air.trucks_killed`` * sorties * T/(T + ``air.trucks_half``), T the trucks of those
    units; dealt out one by one in proportion.  Returns the trucks destroyed.
    """
    o = 1 - s
    d = np.int64(S.h_source[o, h])
    if d < 0:
        return 0
    total = np.int64(0)
    for u in range(S.n_units):
        if S.u_source[u] == d and S.u_side[u] == o and S.u_status[u] == ON_MAP:
            total += S.u_material[u, TRUCKS]
    t = np.float64(total)
    key = address(h, s, A_INTERDICTION)
    rate = P.air_trucks_killed * effect * t / (t + P.air_trucks_half)
    lost = min(total, whole(P, rate, S.day, D_AIR_STRIKE, key, 100))
    gone = np.int64(0)
    for i in range(lost):
        x = np.float64(total - gone) * u01(P, S.day, D_AIR_STRIKE, key, 101 + i)
        for u in range(S.n_units):
            if S.u_source[u] == d and S.u_side[u] == o and S.u_status[u] == ON_MAP:
                x -= np.float64(S.u_material[u, TRUCKS])
                if x <= 0.0 and S.u_material[u, TRUCKS] > 0:
                    gone += lose_material(S, u, TRUCKS, 1, B_LOST)
                    break
    return gone


@njit
def hit_bridge(S, M, P, s: int, x: int, effect: float) -> None:
    """A bridge is hit with chance 1 - exp(-``air.bridge_hit`` * sorties): days out of use. (7.20)

    Days: ``air.bridge_days`` * (1/4 + 3/2 u), u uniform; fact:logistics#R02 gives 1 to 7.
    """
    if u01(P, S.day, D_AIR_STRIKE, x, 60 + s) >= hazard(P.air_bridge_hit * effect):
        return
    u = u01(P, S.day, D_AIR_STRIKE, x, 62 + s)
    days = np.int64(np.floor(0.5 + P.air_bridge_days * (0.25 + 1.5 * u)))
    S.x_state[x] = 0
    if S.x_out_days[x] < days:
        S.x_out_days[x] = days
    log_event(S, E_BRIDGE_OUT, s, M.x_a[x], -1, -1, np.float64(x), 0.0, np.float64(days), 0.0, 0.0)


@njit
def interdict(S, M, P, W, s: int, k: int) -> None:
    """What arrived at one target of interdiction: traffic, columns, bridge, troops on the march.

    Boats and ships on lake and river are open targets too (M64): troops there are hit as on a road.
    """
    h = W.at_hex[s, A_INTERDICTION, k]
    e = W.at_effect[s, A_INTERDICTION, k]
    x = W.at_other[s, A_INTERDICTION, k]
    if x >= 0:
        hit_bridge(S, M, P, s, x, e)
    else:
        bar_traffic(S, M, P, s, h, e)
    trucks = hit_columns(S, M, P, s, h, e)
    men = hit_units(S, M, P, s, h, A_INTERDICTION, e * P.air_march_part)
    report(S, M, P, s, h)
    log_event(
        S, E_AIR_STRIKE, s, h, -1, x,
        np.float64(A_INTERDICTION), W.at_sent[s, A_INTERDICTION, k], np.float64(men),
        np.float64(trucks), e,
    )  # fmt: skip


@njit
def drop(S, M, P, W, a: int) -> None:
    """Air unit a drops food and ammunition to a ringed unit from its base's depot (M51). (7.21)

    Lost outside the lines: 1 - (1 - ``air.drop_lost``) * (1 - ring), ring the tightness of a
    besieged town's ring, else 0.
    """
    s = S.a_side[a]
    k = W.as_slot[a]
    d = fuel_depot(S, M, P, S.a_field[a])
    if k < 0 or d < 0:
        return
    u = W.at_other[s, A_SUPPLY, k]
    ring = 0.0
    c = np.int64(M.city[S.u_hex[u]])
    if c >= 0:
        ring = S.c_ring[c]
    lost = 1.0 - (1.0 - P.air_drop_lost) * (1.0 - ring)
    load = W.as_effect[a] * M.t_bomb_kg[S.a_type[a]]
    arrived = np.int64(0)
    sent = np.int64(0)
    for i in range(2):
        store = FOOD if i == 0 else AMMUNITION
        kg = min(np.int64(0.5 * load), S.d_store[d, store])
        sent += kg
        arrived += issue(S, d, u, store, kg, np.int64(lost * np.float64(kg)), B_LOST)
    if sent > 0:
        log_event(
            S, E_AIR_DROP, s, S.u_hex[u], u, -1,
            np.float64(sent) / 1000.0, np.float64(arrived) / 1000.0, 0.0, 0.0, 0.0,
        )  # fmt: skip
