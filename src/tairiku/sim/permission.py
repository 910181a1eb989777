"""Leave to go: a garrison under a hold order asks, and is refused, permitted or not answered.

``p(refused) = p0 - (p0 - p1) min(1, d / d1)``, d days in danger, p0 0.9, p1 0.6, d1 10 (estimates
for M01, M02).  One answer holds for all units under the same giver.  No answer, with the chance
1 - L of broken links, is taken for a refusal: the last order stands (M03).
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import (
    E_PERMITTED,
    E_REFUSED,
    E_REQUEST,
    E_SILENCE,
    O_FORTRESS,
    O_WITHDRAW,
    ON_MAP,
    S_QUIET,
)
from tairiku.sim.dice import D_PERMISSION, u01
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE

REFUSED, PERMITTED, SILENCE = 1, 2, 3


@njit
def ask_and_answer(S, M, P) -> None:
    """Requests to leave go up, answers come down."""
    for u in range(S.n_units):
        if S.u_status[u] != ON_MAP or S.u_order[u] != O_FORTRESS:
            continue
        if S.u_answer_due[u] >= 0:
            if S.day >= S.u_answer_due[u]:
                answer(S, P, u)
        elif in_danger(S, M, P, u):
            if S.u_asked[u] >= 0 and np.float64(S.day - S.u_asked[u]) < P.orders_ask_again_days:
                continue
            chance = P.orders_ask_chance * S.u_caution[u]
            if u01(P, S.day, D_PERMISSION, u, 0) < chance:
                ask(S, P, u, chance)


@njit
def in_danger(S, M, P, u: int) -> bool:
    """The commander sees his end: ringed, his city invested, turned in battle, or bled."""
    if S.u_ringed[u] > 0 or S.u_lost[u] > P.orders_ask_loss:
        return True
    if S.u_outflanked[u] != 0 and S.u_contact[u] > 0:
        return True
    c = np.int64(M.city[S.u_hex[u]])
    return c >= 0 and S.c_phase[c] != S_QUIET and S.u_contact[u] > 0


@njit
def ask(S, P, u: int, chance: float) -> None:
    """The request goes up; the answer is due after orders.answer_days, longer on bad links."""
    S.u_asked[u] = S.day
    S.u_answer[u] = 0
    days = P.orders_answer_days / max(0.25, S.u_linked[u])
    S.u_answer_due[u] = S.day + 1 + np.int64(days)
    log_event(
        S, E_REQUEST, S.u_side[u], S.u_hex[u], u, S.u_giver[u],
        np.float64(S.day), chance, 0.0, 0.0, 0.0,
    )  # fmt: skip


@njit
def answer(S, P, u: int) -> None:
    """The answer of the day comes, or silence."""
    g = S.u_giver[u]
    side = S.u_side[u]
    h = S.u_hex[u]
    linked = np.float64(S.u_linked[u])
    S.u_answer_due[u] = -1
    if u01(P, S.day, D_PERMISSION, u, 1) > S.u_linked[u]:
        S.u_answer[u] = SILENCE
        log_event(S, E_SILENCE, side, h, u, g, linked, 0.0, 0.0, 0.0, 0.0)
        return
    danger = np.float64(max(S.u_ringed[u], S.u_contact[u]))
    p = refusal(P, danger)
    if u01(P, S.day, D_PERMISSION, g, 2) < p:
        S.u_answer[u] = REFUSED
        log_event(S, E_REFUSED, side, h, u, g, p, danger, linked, 0.0, 0.0)
        return
    for v in range(S.n_units):
        if S.u_status[v] == ON_MAP and S.u_giver[v] == g and S.u_order[v] == O_FORTRESS:
            S.u_answer[v] = PERMITTED
            S.u_answer_due[v] = -1
            S.u_order[v] = O_WITHDRAW
            S.u_target[v] = rear(S, v)
            S.u_since[v] = S.day
            log_event(S, E_PERMITTED, side, S.u_target[v], v, g, p, danger, linked, 0.0, 0.0)


@njit
def refusal(P, danger: float) -> float:
    """Chance that leave is refused after so many days in danger. [days -> 0-1]"""
    t = min(1.0, danger / max(1.0, P.orders_refuse_days))
    return P.orders_refuse_first - (P.orders_refuse_first - P.orders_refuse_later) * t


@njit
def rear(S, u: int) -> int:
    """Where a unit with leave to go makes for: aside as ordered, else its superiors, else back."""
    if S.u_via[u] != NOWHERE:
        return S.u_via[u]
    node = S.n_superior[u]
    for _ in range(6):
        if node < 0:
            break
        h = S.n_hex[node]
        if h != NOWHERE and h != S.u_hex[u] and S.h_control[h] == S.u_side[u]:
            return h
        node = S.n_superior[node]
    if S.u_from[u] != NOWHERE:
        return S.u_from[u]
    return S.u_hex[u]
