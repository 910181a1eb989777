"""The commander who follows a plan written before the fighting: `decide`, once a morning.

1. count his troops                                        conditions.count_up
2. open and close phases on their conditions
3. each node: is its task done?  may the next begin?  does an alarm call?
4. halt an offensive that has no ammunition or food, resume it when it has; call back the ringed
5. let unopposed mobile troops choose a target (M12)
6. write the orders of today, and the weight of the air missions

He reads his view, the map and his plan, nothing else; what he did before is in his memory (MIND).
A task may be called (start), may not be obeyed (chance), begins after a lag, ends (end) or stays
open-ended until the next may begin.  Mechanisms M06, M07, M10, M12, M16, M21, M22, M23, M33, M77.
"""

import numpy as np
from numba import njit

from tairiku.command import plan_layout as p
from tairiku.command.conditions import count_up, holds, km_between, named, ratio, threat
from tairiku.sim.codes import (
    CAVALRY,
    E_EXPLOITATION,
    E_HALT,
    E_PHASE_ENDS,
    E_PHASE_OPENS,
    E_RESERVE,
    E_TASK_BEGINS,
    E_TASK_DONE,
    MOTORISED,
    NO_SIDE,
    O_ASSAULT,
    O_ATTACK,
    O_FORTRESS,
    O_HOLD,
    O_REFIT,
    O_RELIEVE,
    O_WITHDRAW,
    TANK,
)
from tairiku.sim.dice import D_COMMANDER, D_INITIATIVE, D_RELIEF, D_RESERVE, u01
from tairiku.sim.layout import NODES, NOWHERE, UNITS

NOTES = 64


@njit
def decide(V, M, P, L, N, book) -> None:
    """Write one side's orders of today, from its view V, plan L and memory N, into its book."""
    clear(book)
    if N.awake == 0:
        wake(L, N)
    count_up(V, M, P, L, N)
    phases(V, M, P, L, N, book)
    for i in range(L.n_whos):
        if N.m_units[i] > 0:
            follow(V, M, P, L, N, i, book)
            halt_or_go_on(V, P, L, N, i, book)
            choose_target(V, M, P, L, N, i, book)
            write_order(V, M, P, L, N, i, book)
    weigh_air(V, M, P, L, N, book)


@njit
def clear(book) -> None:
    """An order book that says nothing new."""
    for i in range(NODES):
        book.order[i] = -1
        book.target[i] = NOWHERE
        book.via[i] = NOWHERE
        book.until[i] = -1
    for k in range(8):
        book.air_priority[k] = -1
        book.air_target[k] = NOWHERE
    book.n_notes = 0


@njit
def wake(L, N) -> None:
    """The memory of the first morning: nothing open, nothing begun."""
    N.awake = 1
    for ph in range(p.PHASES):
        N.ph_opened[ph] = -1
        N.ph_ended[ph] = -1
    for t in range(L.n_tasks):
        N.t_begun[t] = 0
        N.t_done[t] = 0
    for i in range(L.n_whos):
        N.w_task[i] = -1
        N.w_wait[i] = L.w_first[i]
        N.w_due[i] = -1
        N.w_deaf[i] = 0
        N.w_ended[i] = 0
        N.w_halted[i] = 0
        N.w_idle[i] = 0
        N.w_hex[i] = NOWHERE
        N.w_free[i] = NOWHERE


@njit
def note(book, kind: int, node: int, h: int, a: float) -> None:
    """Ask for a line in the day's log."""
    n = book.n_notes
    if n < NOTES:
        book.note_kind[n] = kind
        book.note_node[n] = node
        book.note_hex[n] = h
        book.note_a[n] = a
        book.n_notes = n + 1


@njit
def phases(V, M, P, L, N, book) -> None:
    """Open and close the phases of the plan."""
    for ph in range(L.n_phases):
        if N.ph_opened[ph] < 0:
            if holds(V, M, P, L, N, L.ph_start[ph], 0):
                N.ph_opened[ph] = V.day
                note(book, E_PHASE_OPENS, -1, NOWHERE, np.float64(ph))
        elif N.ph_ended[ph] < 0 and L.ph_end[ph] >= 0:
            if holds(V, M, P, L, N, L.ph_end[ph], 0):
                N.ph_ended[ph] = V.day
                note(book, E_PHASE_ENDS, -1, NOWHERE, np.float64(ph))


@njit
def follow(V, M, P, L, N, i: int, book) -> None:
    """Carry node i along its tasks: alarm, end, call, beginning."""
    t = N.w_task[i]
    if t >= 0:
        N.w_lost[i] += N.m_lost[i]
        if np.float64(N.m_contact[i]) > P.commander_contact_share * np.float64(N.m_men[i]):
            N.w_fought[i] += 1
    if V.day >= N.w_deaf[i]:
        alarm(V, M, P, L, N, i)
    if t >= 0 and N.w_ended[i] == 0:
        if L.t_end[t] < 0:
            if N.w_wait[i] < 0:
                N.w_wait[i] = L.t_then[t]
        elif holds(V, M, P, L, N, L.t_end[t], i):
            N.w_ended[i] = 1
            N.t_done[t] = V.day + 1
            note(book, E_TASK_DONE, L.w_node[i], N.w_hex[i], np.float64(t))
            if N.w_due[i] < 0:
                N.w_wait[i] = L.t_then[t]
    n = N.w_wait[i]
    if n < 0:
        return
    if N.w_due[i] < 0:
        if V.day >= N.w_deaf[i]:
            ready = holds(V, M, P, L, N, L.t_start[n], i)
            if not ready and L.t_ahead[n] > 0.0 and N.w_ended[i] == 1:
                ready = u01(P, 0, D_COMMANDER, L.w_node[i], n) < L.t_ahead[n]
            if ready:
                call(V, P, L, N, i, n, book)
    if N.w_due[i] >= 0 and V.day >= N.w_due[i]:
        begin(V, M, P, L, N, i, n, book)


@njit
def alarm(V, M, P, L, N, i: int) -> None:
    """Let a task of higher rank break into the one in hand, if its moment has come."""
    t = N.w_task[i]
    rank = -1
    if t >= 0 and N.w_ended[i] == 0:
        rank = L.t_rank[t]
    w = N.w_wait[i]
    if w >= 0 and N.w_due[i] >= 0:
        rank = max(rank, L.t_rank[w])
    for a in range(L.w_first[i], L.w_last[i]):
        if L.t_alarm[a] == 0 or L.t_rank[a] <= rank or a == t or a == w:
            continue
        if L.t_alarm[a] == 1 or N.t_begun[a] == 0:
            if holds(V, M, P, L, N, L.t_start[a], i):
                N.w_wait[i] = a
                N.w_due[i] = -1
                return


@njit
def call(V, P, L, N, i: int, n: int, book) -> None:
    """The order for task n goes out: it may not be obeyed, and it takes its time. [days]"""
    chance = L.t_chance[n]
    if L.t_chance_named[n] > 0:
        chance = named(P, L.t_chance_named[n])
    node = L.w_node[i]
    if u01(P, V.day, D_RELIEF, node, n) >= chance:
        N.w_deaf[i] = V.day + np.int64(P.commander_retry_days)
        if L.t_alarm[n] > 0:
            N.w_wait[i] = -1
            if N.w_task[i] >= 0 and N.w_ended[i] == 1:
                N.w_wait[i] = L.t_then[N.w_task[i]]
        return
    low = L.t_lag_low[n]
    span = np.float64(L.t_lag_high[n] - low + 1)
    lag = low + np.int64(span * u01(P, V.day, D_RESERVE, node, n))
    N.w_due[i] = V.day + lag
    if L.t_alarm[n] > 0:
        note(book, E_RESERVE, node, NOWHERE, np.float64(lag))


@njit
def begin(V, M, P, L, N, i: int, n: int, book) -> None:
    """Task n becomes the task in hand."""
    N.w_task[i] = n
    N.w_wait[i] = -1
    N.w_due[i] = -1
    N.w_ended[i] = 0
    N.w_halted[i] = 0
    N.w_idle[i] = 0
    N.w_free[i] = NOWHERE
    N.w_since[i] = V.day
    N.w_start_men[i] = N.m_men[i]
    N.w_fought[i] = 0
    N.w_lost[i] = 0
    N.t_begun[n] = V.day + 1
    N.w_hex[i] = resolve(V, M, P, L, N, i, L.t_hex[n])
    if V.day > 0 or L.t_end[n] >= 0:  # the first morning's standing orders are no news
        note(book, E_TASK_BEGINS, L.w_node[i], N.w_hex[i], np.float64(n))


@njit
def resolve(V, M, P, L, N, i: int, h: int) -> int:
    """The hex of a task's place for node i; NOWHERE means where each unit stands."""
    if h == p.REFUGE:
        return refuge(V, M, P, L, N, i)
    if h == p.HERE:
        return NOWHERE
    return h


@njit
def refuge(V, M, P, L, N, i: int) -> int:
    """The nearest own depot with no danger near; where it stands if there is none."""
    best = NOWHERE
    if N.m_hex[i] == NOWHERE:
        return best
    best_km = 1e12
    for d in range(M.n_depots):
        h = V.d_hex[d]
        if V.d_side[d] != V.side or h == NOWHERE or V.h_control[h] != V.side:
            continue
        km = km_between(M, N.m_hex[i], h)
        if km < best_km:
            if threat(V, M, P, L, N, h, P.commander_refuge_km) < P.commander_danger_men:
                best_km = km
                best = h
    return best


@njit
def offensive(order: int) -> bool:
    """True for the orders that a force without ammunition or food must interrupt."""
    return order == O_ATTACK or order == O_RELIEVE


@njit
def halt_or_go_on(V, P, L, N, i: int, book) -> None:
    """Halt an offensive below commander.halt_rounds or halt_fed; resume it above the marks."""
    t = N.w_task[i]
    if t < 0 or not offensive(L.t_order[t]):
        return
    men = np.float64(N.m_men[i])
    rounds = ratio(N.m_rounds[i], men)
    fed = ratio(N.m_fed[i], men)
    if N.w_halted[i] == 0:
        if rounds < P.commander_halt_rounds or fed < P.commander_halt_fed:
            N.w_halted[i] = 1
            note(book, E_HALT, L.w_node[i], N.m_hex[i], 1.0)
    elif rounds >= P.commander_resume_rounds and fed >= P.commander_resume_fed:
        N.w_halted[i] = 0


@njit
def choose_target(V, M, P, L, N, i: int, book) -> None:
    """A mobile unit with nothing before it and its task done takes a target of its own (M12)."""
    u = L.w_node[i]
    if u >= UNITS or N.m_hex[i] == NOWHERE:
        return
    kind = V.u_kind[u]
    if kind != TANK and kind != MOTORISED and kind != CAVALRY:
        return
    h = N.w_free[i]
    if h != NOWHERE and V.h_control[h] != V.side and N.w_ended[i] == 1 and N.w_due[i] < 0:
        return
    N.w_free[i] = NOWHERE
    if N.w_ended[i] == 0 or N.w_due[i] >= 0 or V.u_contact[u] > 0 or V.u_ringed[u] > 0:
        N.w_idle[i] = 0
        return
    N.w_idle[i] += 1
    if np.float64(N.w_idle[i]) <= P.commander_free_idle_days:
        return
    if kind != CAVALRY and V.u_fuelled[u] < P.commander_free_fuel:
        return
    if u01(P, V.day, D_INITIATIVE, u, 0) > V.u_initiative[u]:
        return
    here = N.m_hex[i]
    if not unopposed(V, M, P, L, N, here):
        return
    best_km = P.commander_free_reach_km
    for t in range(L.n_tasks):
        h = L.t_hex[t]
        if L.t_order[t] != O_ATTACK or h < 0 or L.t_phase[t] != L.t_phase[N.w_task[i]]:
            continue
        if V.h_control[h] == V.side or V.h_control[h] == NO_SIDE:
            continue
        km = km_between(M, here, h)
        if km < best_km and unopposed(V, M, P, L, N, h):
            best_km = km
            N.w_free[i] = h
    if N.w_free[i] != NOWHERE:
        note(book, E_EXPLOITATION, u, N.w_free[i], best_km)


@njit
def unopposed(V, M, P, L, N, h: int) -> bool:
    """True if few enemies are believed within commander.free_enemy_km of a hex."""
    men = threat(V, M, P, L, N, h, P.commander_free_enemy_km)
    return men <= P.commander_free_enemy_men


@njit
def write_order(V, M, P, L, N, i: int, book) -> None:
    """Write the task in hand into the order book, as today's situation has it."""
    t = N.w_task[i]
    if t < 0:
        return
    node = L.w_node[i]
    order = L.t_order[t]
    h = N.w_hex[i]
    via = L.t_via[t]
    going_back = order == O_REFIT or order == O_WITHDRAW
    if going_back and h != NOWHERE and V.h_control[h] == 1 - V.side:
        h = refuge(V, M, P, L, N, i)
        N.w_hex[i] = h
    if order != O_FORTRESS and N.m_shut[i] * 2 > N.m_men[i]:
        order, h, via = O_WITHDRAW, refuge(V, M, P, L, N, i), NOWHERE
    elif N.w_halted[i] == 1:
        order, h, via = O_HOLD, NOWHERE, NOWHERE
    elif N.w_free[i] != NOWHERE:
        order, h, via = O_ATTACK, N.w_free[i], NOWHERE
    elif N.w_ended[i] == 1 and (order == O_ATTACK or order == O_ASSAULT or order == O_RELIEVE):
        order, via = O_HOLD, NOWHERE
        if h != NOWHERE and V.h_control[h] != V.side:
            h = NOWHERE
    book.order[node] = order
    book.target[node] = h
    book.via[node] = via


@njit
def weigh_air(V, M, P, L, N, book) -> None:
    """The weight of each air mission: the last line of the plan whose moment has come."""
    for k in range(L.n_air):
        if holds(V, M, P, L, N, L.air_start[k], 0):
            book.air_priority[L.air_mission[k]] = L.air_weight[k]
            book.air_target[L.air_mission[k]] = L.air_hex[k]
