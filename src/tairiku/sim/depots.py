"""Step 5, supply: depots take in, fall, fill each other along the lines, set up branches."""

import numpy as np
from numba import njit

from tairiku.sim.books import gain_depot, take_depot, use_depot
from tairiku.sim.codes import (
    AMMUNITION,
    B_INFLOW,
    B_LOST,
    DP_AIRFIELD,
    DP_ARMY,
    DP_BASE,
    DP_LINE,
    E_DEPOT_LOST,
    F_CHINA,
    F_JAPAN,
    JAPAN,
    NO_SIDE,
)
from tairiku.sim.delivery import climb, pour, reach
from tairiku.sim.dice import D_MATERIAL, u01
from tairiku.sim.haul import FAR
from tairiku.sim.journal import log_event
from tairiku.sim.layout import DEPOTS, NOWHERE, STORES
from tairiku.sim.provisions import battle_day, draws_supply, fodder_day, fuel_km, ration_day


@njit
def stock(S, d: int) -> int:
    """Food, fodder, ammunition and motor fuel in depot d. [kg]"""
    total = np.int64(0)
    for s in range(4):
        total += S.d_store[d, s]
    return total


@njit
def _fall(S, M, P, d: int) -> None:
    """Depot d falls to the enemy in its hex: part is burnt, most shells do not fit his guns."""
    side = S.d_side[d]
    burnt = P.supply_burnt_least + (P.supply_burnt_most - P.supply_burnt_least) * u01(
        P, S.day, D_MATERIAL, d, 2
    )
    before = stock(S, d)
    force = np.int64(F_CHINA)
    if side != JAPAN:
        force = np.int64(F_JAPAN)
    taken = take_depot(S, d, 1 - side, force, burnt)
    useless = np.int64(P.supply_calibre * np.float64(S.d_store[d, AMMUNITION]))
    taken -= use_depot(S, d, AMMUNITION, useless, B_LOST)
    for s in range(STORES):
        S.d_inflow[d, s] = 0
    if S.d_kind[d] != DP_AIRFIELD:
        S.d_kind[d] = DP_ARMY
    S.d_since[d] = S.day
    S.d_taken[d] = 1
    tonnes = np.float64(taken) * 0.001
    lost = max(0.0, np.float64(before - taken) * 0.001)
    log_event(S, E_DEPOT_LOST, side, S.d_hex[d], -1, -1, np.float64(d), tonnes, lost, 0.0, 0.0)


@njit
def _close(S, d: int) -> None:
    """A branch that stayed empty is given up, its sweepings written off, and its slot is free."""
    for s in range(STORES):
        use_depot(S, d, s, S.d_store[d, s], B_LOST)
    S.d_side[d] = NO_SIDE
    S.d_hex[d] = NOWHERE


@njit
def open_depots(S, M, P) -> None:
    """Depots lost with their hex, the day's inflow, and which of them can feed troops."""
    for d in range(DEPOTS):
        side = S.d_side[d]
        if side == NO_SIDE:
            continue
        if S.d_hex[d] != NOWHERE:
            if np.int64(S.h_control[S.d_hex[d]]) == 1 - side:
                _fall(S, M, P, d)
        for s in range(STORES):
            gain_depot(S, d, s, S.d_inflow[d, s], B_INFLOW)
        have = np.float64(stock(S, d))
        rounds = np.float64(S.d_store[d, AMMUNITION])
        if S.d_taken[d] == 1 and S.d_kind[d] != DP_AIRFIELD:
            # rice without shells draws no army to itself: what was taken waits for its ammunition
            if rounds < P.supply_close_rounds_kg:
                have = 0.0
            elif rounds < P.supply_open_rounds_kg:
                have = min(have, P.supply_open_kg)
        if stock(S, d) > np.int64(P.supply_close_kg):
            S.d_since[d] = max(S.d_since[d], S.day - np.int64(P.supply_branch_idle_days))
        if have < P.supply_close_kg:
            S.d_open[d] = 0
            idle = S.day - S.d_since[d]
            if d >= M.n_depots and idle > np.int64(P.supply_branch_idle_days):
                _close(S, d)
        elif have > P.supply_open_kg:
            S.d_open[d] = 1


@njit
def forward_depot(S, d: int, side: int) -> bool:
    """True for a depot of the side on the map that is filled from the bases."""
    if S.d_side[d] != side or S.d_hex[d] == NOWHERE:
        return False
    kind = S.d_kind[d]
    return kind != DP_BASE and kind != DP_LINE and kind != DP_AIRFIELD


@njit
def _marks(S, P, W, side: int) -> None:
    """The stock each depot aims at, from the units that it feeds, into W.depot_mark. [kg]"""
    for d in range(DEPOTS):
        for s in range(STORES):
            W.depot_mark[d, s] = 0.0
    for u in range(S.n_units):
        d = S.u_source[u]
        if S.u_side[u] != side or d < 0 or not draws_supply(S, u):
            continue
        W.depot_mark[d, 0] += P.supply_depot_days * ration_day(S, P, u)
        W.depot_mark[d, 1] += P.supply_depot_days * fodder_day(S, P, u)
        W.depot_mark[d, 2] += P.supply_depot_battle_days * battle_day(S, P, u)
        W.depot_mark[d, 3] += P.supply_depot_fuel_days * fuel_km(S, P, u) * P.supply_march_km
    for d in range(DEPOTS):
        if S.d_kind[d] == DP_LINE and S.d_side[d] == side:
            # one that still feeds troops and runs low is filled again like any other
            for s in range(3):
                if np.float64(S.d_store[d, s]) < P.supply_line_share * W.depot_mark[d, s]:
                    S.d_kind[d] = DP_ARMY
    for d in range(DEPOTS):
        # a branch that is being set up aims at a share of what its parent aims at
        if forward_depot(S, d, side) and S.d_open[d] == 0:
            parent = np.int64(S.h_source[side, S.d_hex[d]])
            if parent >= 0:
                for s in range(4):
                    W.depot_mark[d, s] = P.supply_branch_stock * W.depot_mark[parent, s]


@njit
def _short(S, W, d: int, s: int) -> float:
    """What depot d lacks of store s to its mark. [kg]"""
    return max(0.0, W.depot_mark[d, s] - np.float64(S.d_store[d, s]))


@njit
def _gives(S, base: int, d: int) -> bool:
    """True if depot ``base`` still is a base or of the line, and of the force of depot d."""
    kind = S.d_kind[base]
    return base != d and S.d_force[base] == S.d_force[d] and (kind == DP_BASE or kind == DP_LINE)


@njit
def fill(S, M, P, W, side: int) -> int:
    """From bases and line depots to the forward depots, over what the day's deliveries left free.

    The length of the tree left in W.tree.  Stock goes within one day: what binds is throughput.
    """
    f = side + 2
    _marks(S, P, W, side)
    W.stamp += 1
    n = np.int64(0)
    for d in range(DEPOTS):
        if not forward_depot(S, d, side):
            continue
        h = S.d_hex[d]
        lack = 0.0
        for s in range(4):
            lack += _short(S, W, d, s)
        if lack > 0.0 and np.int64(S.h_way[f, h]) < FAR:
            n = climb(S, W, f, h, lack, n)
    pour(S, M, P, W, f, n)
    for d in range(DEPOTS):
        W.depot_chief[d] = 0
        for s in range(STORES):
            W.depot_want[d, s] = 0.0
    # twice over the same depots: first what is wanted of each base, then its fair share
    for handing in range(2):
        for d in range(DEPOTS):
            if not forward_depot(S, d, side):
                continue
            h = S.d_hex[d]
            if np.int64(S.h_way[f, h]) >= FAR:
                continue
            base = np.int64(S.h_source[f, h])
            if base < 0 or not _gives(S, base, d):
                continue
            if np.int64(W.mark[h]) != W.stamp:
                continue
            share = W.tree_share[h] * reach(P, W.tree_km[h])
            for s in range(4):
                kg = share * _short(S, W, d, s)
                if handing == 0:
                    W.depot_want[base, s] += kg
                elif W.depot_want[base, s] > 0.0:
                    have = S.d_store[base, s]
                    share_out = min(1.0, np.float64(have) / W.depot_want[base, s])
                    part = min(have, np.int64(kg * share_out))
                    W.depot_want[base, s] = max(0.0, W.depot_want[base, s] - kg)
                    S.d_store[base, s] -= part
                    S.d_store[d, s] += part
                    if share_out < 1.0 and S.d_kind[base] == DP_LINE:
                        W.depot_chief[base] = 1
    # a depot of the line that cannot give what is asked steps aside for the bases behind it
    for d in range(DEPOTS):
        if W.depot_chief[d] == 1:
            S.d_kind[d] = DP_ARMY
    return n


@njit
def _free_slot(S) -> int:
    """A depot slot that nobody uses and that is empty, -1 if there is none."""
    for d in range(DEPOTS):
        if S.d_side[d] == NO_SIDE and stock(S, d) == 0 and S.d_field[d] < 0:
            return d
    return -1


@njit
def _set_up(S, P, d: int, h: int) -> None:
    """A branch of depot d in hex h; d, when it is not a base, becomes a depot of the line."""
    new = _free_slot(S)
    if new < 0:
        return
    S.d_side[new] = S.d_side[d]
    S.d_force[new] = S.d_force[d]
    S.d_hex[new] = h
    S.d_box[new] = -1
    S.d_field[new] = -1
    S.d_kind[new] = DP_ARMY
    S.d_open[new] = 0
    S.d_taken[new] = 1
    S.d_since[new] = S.day
    for s in range(STORES):
        S.d_inflow[new, s] = 0
    S.d_since[d] = S.day
    if S.d_kind[d] != DP_BASE:
        S.d_kind[d] = DP_LINE


@njit
def _crowded(S, M, P, side: int, h: int) -> bool:
    """True if the side has a depot for its troops so near hex h that another would be idle."""
    for d in range(DEPOTS):
        if S.d_side[d] != side or S.d_kind[d] == DP_AIRFIELD or S.d_hex[d] == NOWHERE:
            continue
        x = M.x_km[S.d_hex[d]] - M.x_km[h]
        y = M.y_km[S.d_hex[d]] - M.y_km[h]
        if x * x + y * y < P.supply_branch_km * P.supply_branch_km:
            return True
    return False


@njit
def set_up_branches(S, M, P, W, side: int) -> None:
    """Depots follow the armies: one with troops enough far off sets up a branch on the way to them.

    It lies at a share of the way to the largest unit of those, in a hex held for some days.
    """
    for d in range(DEPOTS):
        W.depot_far[d] = 0.0
        W.depot_chief[d] = -1
    for u in range(S.n_units):
        d = S.u_source[u]
        if S.u_side[u] != side or d < 0 or np.float64(S.u_way[u]) < P.supply_branch_cost:
            continue
        if not draws_supply(S, u):
            continue
        W.depot_far[d] += ration_day(S, P, u) + battle_day(S, P, u)
        chief = W.depot_chief[d]
        if chief < 0 or S.u_men[u] > S.u_men[chief]:
            W.depot_chief[d] = u
    for d in range(DEPOTS):
        chief = W.depot_chief[d]
        if chief < 0 or W.depot_far[d] < P.supply_branch_kg:
            continue
        if S.day - S.d_since[d] < np.int64(P.supply_branch_days):
            continue
        h = S.u_hex[chief]
        goal = P.supply_branch_share * np.float64(S.u_way[chief])
        while h != NOWHERE:
            if np.float64(S.h_way[side, h]) <= goal:
                break
            h = np.int64(S.h_back[side, h])
        if h == NOWHERE:
            continue
        held = S.day - np.int64(S.h_since[h])
        if S.h_since[h] > 0 and held < np.int64(P.supply_branch_held):
            continue
        if not _crowded(S, M, P, side, h):
            _set_up(S, P, d, h)
