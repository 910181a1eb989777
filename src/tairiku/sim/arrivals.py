"""Step 2, arrivals: units that enter and leave, drafts on the march, dated transfers of command."""

import numpy as np
from numba import njit

from tairiku.sim.books import fall_sick, gain_men, lose_men, write_off_unit
from tairiku.sim.codes import (
    B_LEFT,
    DEPARTED,
    E_ARRIVAL,
    E_DEPARTURE,
    E_REPLACEMENTS,
    F_JAPAN,
    IN_BOX,
    LAKE,
    M_DISEASE,
    M_LEFT,
    M_RAISED,
    ON_MAP,
    TRANSIT,
)
from tairiku.sim.dice import D_REPLACEMENTS, whole
from tairiku.sim.haul import FAR
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE, UNITS
from tairiku.sim.placement import place_unit, remove_unit


@njit
def send_from_box(S, M, u: int, link: int) -> None:
    """Put unit u of a box on its way over box link ``link``: to a hex of the map or another box."""
    S.u_status[u] = TRANSIT
    S.u_box[u] = -1
    S.u_due_hex[u] = M.bl_hex[link]
    S.u_due_box[u] = M.bl_to[link]
    S.u_due_day[u] = S.day + max(np.int64(1), np.int64(np.floor(M.bl_days[link] + 0.999)))


@njit
def send_into_box(S, M, u: int, link: int) -> None:
    """Take unit u off the map at the end of box link ``link``, on its way into the box."""
    remove_unit(S, u)
    S.u_status[u] = TRANSIT
    S.u_due_hex[u] = NOWHERE
    S.u_due_box[u] = M.bl_box[link]
    S.u_due_day[u] = S.day + max(np.int64(1), np.int64(np.floor(M.bl_days[link] + 0.999)))


@njit
def can_enter(S, M, u: int, h: int) -> bool:
    """True if unit u can come onto the map in hex h: land, and no enemy in it nor his ground."""
    if h == NOWHERE or np.int64(M.terrain[h]) >= LAKE:
        return False
    enemy = 1 - S.u_side[u]
    return np.int64(S.h_men[enemy, h]) == 0 and np.int64(S.h_control[h]) != enemy


@njit
def entry(S, M, u: int) -> int:
    """Where unit u enters today: its hex, else a free neighbour, NOWHERE if all are barred."""
    h = S.u_due_hex[u]
    if can_enter(S, M, u, h):
        return h
    if h != NOWHERE:
        for k in range(6):
            n = np.int64(M.next[h, k])
            if can_enter(S, M, u, n):
                return n
    return NOWHERE


@njit
def _come_in(S, M, u: int) -> None:
    """Unit u, due today or earlier, reaches its box or enters the map; barred, it waits a day."""
    if S.u_due_box[u] >= 0:
        S.u_status[u] = IN_BOX
        S.u_box[u] = S.u_due_box[u]
        S.u_due_box[u] = -1
        S.u_due_day[u] = -1
        return
    h = entry(S, M, u)
    if h == NOWHERE:
        return
    place_unit(S, u, h)
    S.u_box[u] = -1
    S.u_due_day[u] = -1
    S.u_due_hex[u] = NOWHERE
    S.u_from[u] = NOWHERE
    men = np.float64(S.u_men[u])
    log_event(S, E_ARRIVAL, S.u_side[u], h, u, -1, men, 0.0, 0.0, 0.0, 0.0)


@njit
def _leave(S, u: int) -> None:
    """Unit u, ordered away from outside the theatre, leaves it; in contact or cut off it waits."""
    if S.u_contact[u] > 0 or S.u_ringed[u] > 0:
        return
    men = np.float64(S.u_men[u])
    log_event(S, E_DEPARTURE, S.u_side[u], S.u_hex[u], u, -1, men, 0.0, 0.0, 0.0, 0.0)
    if S.u_status[u] == ON_MAP:
        remove_unit(S, u)
    write_off_unit(S, u, M_LEFT, B_LEFT)
    S.u_status[u] = DEPARTED
    S.u_box[u] = -1
    S.u_leaves_day[u] = -1


@njit
def _absent(S, u: int) -> int:
    """Men that unit u lacks to its full strength, absent ones and drafts on the way not counted."""
    here = S.u_men[u] + S.u_sick[u] + S.u_wounded[u] + S.u_stragglers[u] + S.u_draft[u]
    return max(np.int64(0), S.u_full[u] - here)


@njit
def _wants_drafts(S, u: int) -> bool:
    """True for a Japanese unit in the theatre, with a way to its depots, not on garrison duty."""
    if S.u_force[u] != F_JAPAN or S.u_status[u] != ON_MAP or S.u_static[u] != 0:
        return False
    return S.u_draft[u] == 0 and S.u_ringed[u] == 0 and S.u_full[u] > 0


@njit
def send_drafts(S, M, P) -> None:
    """The month's draft from home is shared out by what the units lack and starts on its march.

    Eq. (2.1): draft = lack * min(1, month's men / all that is lacking);
    days = rail and ship + way from the base / pace, the way in costs of the field of supply.
    """
    lacking = 0.0
    for u in range(S.n_units):
        if _wants_drafts(S, u):
            lacking += np.float64(_absent(S, u))
    if lacking <= 0.0:
        return
    share = min(1.0, P.arrivals_draft_month / lacking)
    for u in range(S.n_units):
        if not _wants_drafts(S, u):
            continue
        way = np.int64(S.h_way[2, S.u_hex[u]])
        if way >= FAR:
            continue
        n = whole(P, share * np.float64(_absent(S, u)), S.day, D_REPLACEMENTS, u, 0)
        if n < np.int64(P.arrivals_draft_least):
            continue
        S.u_draft[u] = n
        days = P.arrivals_draft_days + np.float64(way) / P.arrivals_draft_pace
        S.u_draft_day[u] = S.day + np.int64(days)


@njit
def _drafts_join(S, P, u: int) -> None:
    """The draft of unit u reaches it: part fell out on the way, half of them for good.

    Eq. (2.2): fallen out = share * men; the men of the draft enter the books as raised; drill is
    diluted: training' = (training men + recruit n) / (men + n).
    """
    n = S.u_draft[u]
    S.u_draft[u] = 0
    if S.u_status[u] != ON_MAP or S.u_men[u] <= 0:
        return
    before = np.float64(S.u_men[u])
    gain_men(S, u, n, M_RAISED)
    out = whole(P, P.arrivals_draft_out * np.float64(n), S.day, D_REPLACEMENTS, u, 1)
    for_good = whole(P, 0.5 * np.float64(out), S.day, D_REPLACEMENTS, u, 2)
    lose_men(S, u, for_good, M_DISEASE)
    fall_sick(S, u, out - for_good)
    came = np.float64(n - out)
    recruit = min(P.arrivals_recruit, S.u_training[u])
    S.u_training[u] = (S.u_training[u] * before + recruit * came) / (before + came)
    fallen = np.float64(out)
    log_event(S, E_REPLACEMENTS, S.u_side[u], S.u_hex[u], u, -1, came, fallen, 0.0, 0.0, 0.0)


@njit
def _in_theatre(S, node: int) -> bool:
    """True if the formation fights on the map: a unit on it, or headquarters with a place on it."""
    if node < UNITS:
        return S.u_status[node] == ON_MAP
    return S.n_hex[node] != NOWHERE


@njit
def _transfer(S, M) -> None:
    """Dated changes of superior that were planned before, or concern formations off the map."""
    for i in range(M.n_transfers):
        if M.f_day[i] == S.day and (M.f_plan[i] == 1 or not _in_theatre(S, M.f_node[i])):
            S.n_superior[M.f_node[i]] = M.f_superior[i]


@njit
def arrive(S, M, P, W) -> None:
    """Units due come in, units ordered away leave, drafts march and join, commands change hands."""
    _transfer(S, M)
    if S.day > 0 and M.month[S.day] != M.month[S.day - 1]:
        send_drafts(S, M, P)
    for u in range(S.n_units):
        status = S.u_status[u]
        if status == TRANSIT and S.u_due_day[u] >= 0 and S.u_due_day[u] <= S.day:
            _come_in(S, M, u)
        elif status == ON_MAP or status == IN_BOX:
            if S.u_leaves_day[u] >= 0 and S.u_leaves_day[u] <= S.day:
                _leave(S, u)
        if S.u_draft[u] > 0 and S.u_draft_day[u] <= S.day:
            _drafts_join(S, P, u)
