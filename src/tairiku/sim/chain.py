"""The chain of command: how an order becomes an order in force (docs/rules/orders.md).

A commander writes orders for nodes of the tree.  Each unit obeys the most specific one: its own
node's before its corps's, its corps's before its army's.  An order reaches a unit after

``d = (H (1 - r e) + km / v) (1 + b) / (24 L)`` days,

H staff hours, r the relief by equipment e, km from the headquarters to the unit, v the pace of
wire and courier, b the load of the headquarters, L the state of the links; the fraction of a day is
drawn.  Until then the last order stands (M03).  The asking of leave to go is in permission.py.

Sources: mechanisms M03, M04, M08, M10; the law is an estimate, its terms are the causes they name.
"""

import numpy as np
from numba import njit

from tairiku.sim.arrivals import send_from_box
from tairiku.sim.codes import (
    E_CONTRARY_ORDER,
    E_ORDER_RECEIVED,
    E_ORDER_SENT,
    HIGH_MOUNTAINS,
    IN_BOX,
    LAKE,
    O_DELAY,
    O_HOLD,
    O_NONE,
    O_REFIT,
    O_SCREEN,
    ON_MAP,
    P_ROUT,
    P_WITHDRAW,
)
from tairiku.sim.dice import D_CONTRARY, D_ORDER_DELAY, u01, whole
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NODES, NOWHERE, UNITS
from tairiku.sim.marching import is_axis
from tairiku.sim.permission import ask_and_answer

STEPS = 8  # no tree of command is deeper


@njit
def transmit(S, M, P, W, books) -> None:
    """From the order books, books[side], to the orders in force; requests and answers."""
    write_down(S, books[0], 0)
    write_down(S, books[1], 1)
    links(S, P)
    contrary(S, P, W)
    for u in range(S.n_units):
        if S.u_status[u] == ON_MAP or S.u_status[u] == IN_BOX:
            send(S, M, P, u)
            receive(S, M, u)
    ask_and_answer(S, M, P)


@njit
def write_down(S, o, side: int) -> None:
    """Enter one side's new orders in the nodes' books and its notes in the log."""
    for i in range(NODES):
        if S.n_until[i] >= 0 and S.n_side[i] == side and S.day > S.n_until[i]:
            S.n_order[i] = O_NONE
            S.n_until[i] = -1
        order = o.order[i]
        if order < 0 or S.n_side[i] != side:
            continue
        if (
            order != S.n_order[i]
            or o.target[i] != S.n_target[i]
            or o.via[i] != S.n_via[i]
            or o.until[i] != S.n_until[i]
        ):
            S.n_order[i] = order
            S.n_target[i] = o.target[i]
            S.n_via[i] = o.via[i]
            S.n_until[i] = o.until[i]
            S.n_issued[i] = S.day
    for i in range(min(o.n_notes, 64)):
        kind, node, h = o.note_kind[i], o.note_node[i], o.note_hex[i]
        log_event(S, kind, side, h, node, -1, o.note_a[i], 0.0, 0.0, 0.0, 0.0)
    for k in range(8):
        if o.air_priority[k] >= 0:
            S.g_air_priority[side, k] = o.air_priority[k]
            S.g_air_target[side, k] = o.air_target[k]


@njit
def links(S, P) -> None:
    """The state of every headquarters' and unit's links this morning. [0-1, S.u_linked]"""
    for i in range(NODES):
        S.n_busy[i] *= 1.0 - P.orders_load_fading
        if S.n_cut_days[i] > 0:
            S.n_cut_days[i] -= 1
        if S.n_paralysed[i] > 0:
            S.n_paralysed[i] -= 1
    for u in range(S.n_units):
        if S.u_status[u] != ON_MAP:
            continue
        if S.u_paralysed[u] > 0:
            S.u_paralysed[u] -= 1
        linked = 1.0
        chief = S.n_superior[u]
        if S.n_cut_days[u] > 0 or (chief >= 0 and S.n_cut_days[chief] > 0):
            linked *= P.orders_cut_link
        if S.u_ringed[u] > 0:
            linked *= P.orders_ringed_link
        if S.u_posture[u] == P_ROUT or S.u_posture[u] == P_WITHDRAW:
            linked *= P.orders_rout_link
        S.u_linked[u] = linked
        if S.u_via[u] == S.u_hex[u] and is_axis(S.u_order[u]):  # its axis lies behind it
            S.u_via[u] = NOWHERE


@njit
def contrary(S, P, W) -> None:
    """Orders past the chain to a corps in crisis: it stands still for a day or two. [days]

    Crisis: a unit of the corps is encircled, or has lost orders.contrary_loss in its engagement.
    """
    for i in range(UNITS, NODES):
        W.hex_whole[i] = 0
    for u in range(S.n_units):
        chief = S.n_superior[u]
        if S.u_status[u] == ON_MAP and chief >= UNITS and S.n_level[chief] == 1:
            if S.u_ringed[u] > 0 or (S.u_contact[u] > 1 and S.u_lost[u] > P.orders_contrary_loss):
                W.hex_whole[chief] = 1
    for i in range(UNITS, NODES):
        if W.hex_whole[i] == 0 or S.n_paralysed[i] > 0:
            continue
        if u01(P, S.day, D_CONTRARY, i, 0) < P.orders_contrary_chance:
            S.n_paralysed[i] = 1
            if u01(P, S.day, D_CONTRARY, i, 1) < P.orders_contrary_second_day:
                S.n_paralysed[i] = 2
            S.n_busy[i] = 1.0
            days = np.float64(S.n_paralysed[i])
            log_event(S, E_CONTRARY_ORDER, S.n_side[i], S.n_hex[i], i, -1, days, 0.0, 0.0, 0.0, 0.0)
    for u in range(S.n_units):
        chief = S.n_superior[u]
        if S.u_status[u] == ON_MAP and chief >= UNITS and S.n_level[chief] == 1:
            S.u_paralysed[u] = max(S.u_paralysed[u], S.n_paralysed[chief])


@njit
def giver(S, u: int) -> int:
    """The node whose order binds unit u, the most specific one; -1 nobody's."""
    node = u
    for _ in range(STEPS):
        if S.n_order[node] != O_NONE:
            return node
        node = S.n_superior[node]
        if node < 0:
            return -1
    return -1


@njit
def send(S, M, P, u: int) -> None:
    """Put the order that binds u on its way to it, unless it has already been sent."""
    g = giver(S, u)
    if g < 0:
        return
    key = (S.n_issued[g] + 1) * 1024 + g
    if key == S.u_heard[u]:
        return
    S.u_heard[u] = key
    delay = delay_days(S, M, P, u, g)
    S.u_next_order[u] = S.n_order[g]
    S.u_next_target[u] = S.n_target[g]
    S.u_next_via[u] = S.n_via[g]
    S.u_next_until[u] = S.n_until[g]
    S.u_next_giver[u] = g
    S.u_next_due[u] = S.day + delay
    log_event(
        S, E_ORDER_SENT, S.u_side[u], S.n_target[g], u, g,
        np.float64(S.n_order[g]), np.float64(delay), 0.0, 0.0, 0.0,
    )  # fmt: skip


@njit
def delay_days(S, M, P, u: int, g: int) -> int:
    """Days until an order of g is in the hands of u, by the law above; 0 before the first shot."""
    if S.day == 0:
        return 0
    staff = g
    if g == u:
        staff = S.n_superior[u]
    hours = P.orders_staff_hours * (1.0 - P.orders_equipment_relief * S.u_equipment[u])
    busy = 0.0
    if staff >= 0:
        a = S.n_hex[staff]
        b = S.u_hex[u]
        if a != NOWHERE and b != NOWHERE:
            dx = M.x_km[a] - M.x_km[b]
            dy = M.y_km[a] - M.y_km[b]
            hours += np.sqrt(dx * dx + dy * dy) / P.orders_km_per_hour
        busy = S.n_busy[staff]
        S.n_busy[staff] = min(1.0, busy + P.orders_load_per_message)
    days = hours * (1.0 + busy) / (24.0 * max(0.1, S.u_linked[u]))
    return whole(P, days, S.day, D_ORDER_DELAY, u, 0)


@njit
def receive(S, M, u: int) -> None:
    """Take the order on its way into force on the day it arrives, if a rider can get through."""
    if S.u_next_due[u] < 0 or S.day < S.u_next_due[u]:
        return
    if S.n_cut_days[u] > 0 and S.u_ringed[u] > 0:
        S.u_next_due[u] = S.day + 1
        return
    order = S.u_next_order[u]
    target = S.u_next_target[u]
    g = S.u_next_giver[u]
    if S.u_status[u] == IN_BOX:
        if not leave_box(S, M, u, target):
            return
    if target == NOWHERE:
        target = S.u_hex[u]
    elif g != u and (order == O_HOLD or order == O_DELAY or order == O_SCREEN or order == O_REFIT):
        target = place_in_line(S, M, u, g, target)
    S.u_order[u] = order
    S.u_target[u] = target
    S.u_via[u] = S.u_next_via[u]
    S.u_until[u] = S.u_next_until[u]
    S.u_giver[u] = g
    S.u_since[u] = S.day
    S.u_next_due[u] = -1
    S.u_asked[u] = -1
    S.u_answer_due[u] = -1
    S.u_answer[u] = 0
    log_event(S, E_ORDER_RECEIVED, S.u_side[u], target, u, g, np.float64(order), 0.0, 0.0, 0.0, 0.0)


@njit
def place_in_line(S, M, u: int, g: int, target: int) -> int:
    """The hex of u in a line that g's units hold about the target: the first stands on it, the
    next ones beside it, in the order of the roll."""
    k = 0
    for v in range(u):
        if S.u_status[v] == ON_MAP and S.u_side[v] == S.u_side[u] and under(S, v, g):
            k += 1
    for side in range(6):
        if k == 0:
            return target
        n = np.int64(M.next[target, side])
        if n != NOWHERE and M.terrain[n] < HIGH_MOUNTAINS and S.h_control[n] == S.u_side[u]:
            k -= 1
            if k == 0:
                return n
    return target


@njit
def under(S, v: int, g: int) -> bool:
    """True if unit v takes its orders from node g today."""
    return giver(S, v) == g


@njit
def leave_box(S, M, u: int, target: int) -> bool:
    """Send a unit of a box to the end of the way nearest its target; False if it has none.

    The days are those of the way (M.bl_days); ways by air carry no divisions.
    """
    if S.u_static[u] != 0 or target == NOWHERE:
        S.u_next_due[u] = -1
        return False
    best = -1
    best_km = 1e12
    for i in range(M.n_box_links):
        h = M.bl_hex[i]
        if M.bl_box[i] != S.u_box[u] or h == NOWHERE or M.bl_mode[i] == 4:
            continue
        if S.h_control[h] != S.u_side[u] or M.terrain[h] >= LAKE:
            continue
        dx = M.x_km[h] - M.x_km[target]
        dy = M.y_km[h] - M.y_km[target]
        km = np.sqrt(dx * dx + dy * dy)
        if km < best_km:
            best_km = km
            best = i
    if best < 0:
        S.u_next_due[u] = S.day + 1
        return False
    send_from_box(S, M, u, best)
    return True
