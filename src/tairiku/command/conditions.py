"""When a task begins and when it is done: expressions over what the commander sees.

Every quantity is read from the view, the plan or the commander's memory; none from the state.  The
text form of the conditions is in docs/plans.md, their codes in plan_layout.py.
"""

import numpy as np
from numba import njit

from tairiku.command import plan_layout as p
from tairiku.sim.codes import GUERRILLA, IN_BOX, NO_SIDE, ON_MAP
from tairiku.sim.layout import NOWHERE, STORES


@njit
def holds(V, M, P, L, N, expression: int, who: int) -> bool:
    """True if one clause of the expression has all its conditions met for this node."""
    for clause in range(L.e_first[expression], L.e_last[expression]):
        met = True
        for k in range(L.l_first[clause], L.l_last[clause]):
            x = quantity(V, M, P, L, N, k, who)
            mark = L.k_x[k]
            if L.k_named[k] > 0:
                mark = named(P, L.k_named[k])
            truth = x <= mark if L.k_less[k] == 1 else x >= mark
            if truth == (L.k_not[k] == 1):
                met = False
                break
        if met:
            return True
    return False


@njit
def named(P, code: int) -> float:
    """The number that a plan leaves to the parameters, by its code in plan_layout.NAMED."""
    if code == 1:
        return P.commander_delay_days
    if code == 2:
        return P.commander_delay_loss
    if code == 3:
        return P.commander_refit_fill
    if code == 4:
        return P.commander_refit_days
    if code == 5:
        return P.commander_relief_days
    if code == 6:
        return P.commander_relief_loss
    if code == 7:
        return P.commander_relief_obeys
    if code == 8:
        return P.commander_relief_reach_km
    if code == 9:
        return P.commander_hold_loss
    return P.commander_transfer_obeys


@njit
def ratio(a: float, b: float) -> float:
    """a / b, and 0 where there is nothing to divide by."""
    return a / b if b > 0.0 else 0.0


@njit
def quantity(V, M, P, L, N, k: int, who: int) -> float:
    """The number of condition k for this node; 1 or 0 for a plain yes or no."""
    kind = L.k_kind[k]
    a = L.k_a[k]
    if kind == p.C_ALWAYS:
        return 1.0
    if kind == p.C_PHASE:
        return 1.0 if N.ph_opened[a] >= 0 and N.ph_ended[a] < 0 else 0.0
    if kind == p.C_SINCE:
        return np.float64(V.day - N.ph_opened[a]) if N.ph_opened[a] >= 0 else -1.0
    if kind == p.C_DAY:
        return np.float64(V.day)
    if kind == p.C_HELD or kind == p.C_LOST:
        h = a if a >= 0 else N.w_hex[who]
        if h == NOWHERE:
            return 0.0
        mine = V.h_control[h] == V.side
        if kind == p.C_HELD:
            return 1.0 if mine else 0.0
        return 0.0 if mine or V.h_control[h] == NO_SIDE else 1.0
    if kind == p.C_DONE:
        return 1.0 if N.t_done[a] > 0 else 0.0
    if kind == p.C_BEGUN:
        return 1.0 if N.t_begun[a] > 0 else 0.0
    if kind <= p.C_ROUNDS or kind == p.C_THERE or kind == p.C_CLOSE:
        return own_quantity(V, M, P, L, N, k, who)
    if kind == p.C_THREAT:
        h = a if a >= 0 else N.w_hex[who]
        if h == NOWHERE:
            h = N.m_hex[who]
        return threat(V, M, P, L, N, h, np.float64(L.k_b[k]))
    if kind == p.C_BESIEGED:
        h = a if a >= 0 else N.w_hex[who]
        c = np.int64(M.city[h]) if h != NOWHERE else -1
        return np.float64(V.c_invested[c]) if c >= 0 else 0.0
    if kind == p.C_STOCK:
        return np.float64(V.d_store[a, L.k_b[k]]) / 1000.0 if V.d_side[a] == V.side else 0.0
    if kind == p.C_STORES:
        return stores_near(V, M, a, np.float64(L.k_b[k]), L.k_c[k])
    if kind == p.C_BRIDGE:
        return np.float64(V.x_state[a])
    if kind == p.C_MEN:
        return tally(V, M, P, a, -1, 0)
    guns = 1 if kind == p.C_GUNS else 0
    b = L.k_b[k]
    return ratio(tally(V, M, P, a, b, guns), tally(V, M, P, a, -1, guns))


@njit
def own_quantity(V, M, P, L, N, k: int, who: int) -> float:
    """The conditions that speak of the troops of this node."""
    kind = L.k_kind[k]
    a = L.k_a[k]
    men = np.float64(N.m_men[who])
    if kind == p.C_DAYS:
        return np.float64(V.day - N.w_since[who])
    if kind == p.C_FOUGHT:
        return np.float64(N.w_fought[who])
    if kind == p.C_LOSS:
        return ratio(np.float64(N.w_lost[who]), np.float64(N.w_start_men[who]))
    if kind == p.C_TURNED:
        return 1.0 if np.float64(N.m_turned[who]) > P.commander_turned_share * men else 0.0
    if kind == p.C_RINGED:
        return 1.0 if np.float64(N.m_ringed[who]) > P.commander_turned_share * men else 0.0
    if kind == p.C_FILL:
        if a >= 0:
            return ratio(tally(V, M, P, a, -1, 0), tally(V, M, P, a, -1, 2))
        return ratio(men, np.float64(N.m_full[who]))
    if kind == p.C_ROUNDS:
        if a >= 0:
            return ratio(tally(V, M, P, a, -1, 3), tally(V, M, P, a, -1, 0))
        return ratio(N.m_rounds[who], men)
    if kind == p.C_THERE:
        return ratio(np.float64(N.m_there[who]), men)
    if N.m_hex[who] == NOWHERE or a < 0:
        return 1e9
    return km_between(M, N.m_hex[who], a)


@njit
def km_between(M, a: int, b: int) -> float:
    """Distance of two hexes. [km]"""
    dx = M.x_km[a] - M.x_km[b]
    dy = M.y_km[a] - M.y_km[b]
    return np.sqrt(dx * dx + dy * dy)


@njit
def threat(V, M, P, L, N, h: int, km: float) -> float:
    """Enemy men believed within km of a hex, by reports that are not stale. [men]

    A side whose staff expects a raid (M77) leaves out part of them for the first weeks of a phase.
    """
    if h < 0 or h == NOWHERE:
        return 0.0
    reach = np.int64(km / (M.pitch_km * 0.8660254037844386)) + 1
    row0 = h // M.cols
    col0 = h - row0 * M.cols
    men = 0.0
    for row in range(max(0, row0 - reach), min(M.rows, row0 + reach + 1)):
        for col in range(max(0, col0 - reach), min(M.cols, col0 + reach + 1)):
            n = row * M.cols + col
            b = np.int64(V.h_belief[n])
            if b > 0 and np.float64(V.day - np.int64(V.h_seen[n])) <= P.commander_report_days:
                if km_between(M, h, n) <= km:
                    men += np.float64(b)
    if L.expects_raid == 1:
        latest = 0
        for ph in range(L.n_phases):
            latest = max(latest, N.ph_opened[ph])
        faded = ratio(np.float64(V.day - latest), P.commander_raid_fade_days)
        men *= 1.0 - P.commander_raid_discount * max(0.0, 1.0 - faded)
    return men


@njit
def under(V, node: int, u: int) -> bool:
    """True if unit u is the node or stands below it in the tree of today."""
    i = u
    for _ in range(8):
        if i == node:
            return True
        i = V.n_superior[i]
        if i < 0:
            return False
    return False


@njit
def tally(V, M, P, node: int, h: int, what: int) -> float:
    """Men (0), guns (1), first morning's men (2), men by their ammunition (3) of a formation.

    Near a hex, or wherever it is (-1).
    """
    total = 0.0
    for u in range(V.n_units):
        status = V.u_status[u]
        if status != ON_MAP and (status != IN_BOX or h >= 0):
            continue
        if not under(V, node, u):
            continue
        if h >= 0 and km_between(M, V.u_hex[u], h) > P.commander_near_km:
            continue
        if what == 0:
            total += np.float64(V.u_men[u])
        elif what == 1:
            total += np.float64(V.u_guns[u])
        elif what == 2:
            total += np.float64(V.u_full[u])
        else:
            total += np.float64(V.u_men[u]) * V.u_rounds[u]
    return total


@njit
def stores_near(V, M, h: int, km: float, store: int) -> float:
    """Tonnes of a store in own depots within km of a hex."""
    total = 0.0
    for d in range(M.n_depots):
        if V.d_side[d] == V.side and V.d_hex[d] != NOWHERE and store < STORES:
            if km_between(M, V.d_hex[d], h) <= km:
                total += np.float64(V.d_store[d, store]) / 1000.0
    return total


@njit
def count_up(V, M, P, L, N) -> None:
    """Count the troops of every node that has tasks: MIND.m_* of today."""
    for i in range(L.n_whos):
        N.m_units[i] = 0
        N.m_men[i] = 0
        N.m_full[i] = 0
        N.m_contact[i] = 0
        N.m_lost[i] = 0
        N.m_turned[i] = 0
        N.m_ringed[i] = 0
        N.m_shut[i] = 0
        N.m_there[i] = 0
        N.m_rounds[i] = 0.0
        N.m_fed[i] = 0.0
        N.m_largest[i] = -1
        N.m_hex[i] = NOWHERE
    for u in range(V.n_units):
        if (V.u_status[u] == ON_MAP or V.u_status[u] == IN_BOX) and V.u_static[u] == 0:
            if V.u_kind[u] != GUERRILLA:
                count_unit(V, M, P, L, N, u)


@njit
def who_of(V, L, u: int) -> int:
    """The nearest node above a unit, itself included, that has tasks; -1 none."""
    i = u
    for _ in range(8):
        if L.node_who[i] >= 0:
            return L.node_who[i]
        i = V.n_superior[i]
        if i < 0:
            return -1
    return -1


@njit
def count_unit(V, M, P, L, N, u: int) -> None:
    """Add one unit to the count of its node."""
    i = who_of(V, L, u)
    if i < 0:
        return
    men = V.u_men[u]
    N.m_units[i] += 1
    N.m_men[i] += men
    N.m_full[i] += V.u_full[u]
    N.m_rounds[i] += np.float64(men) * V.u_rounds[u]
    N.m_fed[i] += np.float64(men) * V.u_fed[u]
    if V.u_status[u] != ON_MAP:
        return
    if men > N.m_largest[i]:
        N.m_largest[i] = men
        N.m_hex[i] = V.u_hex[u]
    N.m_lost[i] += V.u_loss_today[u]
    if V.u_contact[u] > 0:
        N.m_contact[i] += men
    if V.u_outflanked[u] != 0:
        N.m_turned[i] += men
    if V.u_ringed[u] > 0:
        N.m_ringed[i] += men
    if np.float64(V.u_ringed[u]) >= P.commander_ringed_days:
        N.m_shut[i] += men
    h = N.w_hex[i]
    if h == NOWHERE or km_between(M, V.u_hex[u], h) <= P.commander_near_km:
        N.m_there[i] += men
