"""Step 5, supply: the entry of the day (docs/rules/supply.md)."""

import numpy as np
from numba import njit

from tairiku.sim.codes import E_SUPPLY_CUT
from tairiku.sim.delivery import clear_carried, deliver
from tairiku.sim.depots import fill, open_depots, set_up_branches
from tairiku.sim.journal import log_event
from tairiku.sim.provisions import draws_supply, eat, forage, grow
from tairiku.sim.supply_field import update_fields


@njit
def supply(S, M, P, W) -> None:
    """Stores by kind from depots over rail, river and road to the units; the rest found; eaten.

    Units in a box or on their way are fed by those who send them and are left out.
    """
    open_depots(S, M, P)
    update_fields(S, M, P, W)
    for r in range(M.n_rails):
        S.r_load[r] = 0.0
    for k in range(M.n_roads):
        S.k_axis[k] = 0
    if S.day > 0 and M.month[S.day] != M.month[S.day - 1]:
        grow(S, M, P)
    for u in range(S.n_units):
        W.unit_whole[u] = S.u_source[u]
        if draws_supply(S, u):
            forage(S, M, P, u)
    for side in range(2):
        n = deliver(S, M, P, W, side)
        for i in range(n):
            W.changed[2, i] = np.int64(W.tree[i])
        m = fill(S, M, P, W, side)
        clear_carried(W, m, M, S, side + 2)
        for i in range(n):
            W.tree[i] = np.int64(W.changed[2, i])
        clear_carried(W, n, M, S, side)
        set_up_branches(S, M, P, W, side)
    for u in range(S.n_units):
        if draws_supply(S, u):
            eat(S, M, P, u)
            if W.unit_whole[u] >= 0 and S.u_source[u] < 0:
                log_event(
                    S,
                    E_SUPPLY_CUT,
                    S.u_side[u],
                    S.u_hex[u],
                    u,
                    -1,
                    np.float64(S.u_cut[u]),
                    np.float64(W.unit_whole[u]),
                    0.0,
                    0.0,
                    0.0,
                )
