"""Rule 13c, money and politics: prices, a soldier's pay, the alliance, the cabinet in Tokyo."""

import numpy as np
from numba import njit

from tairiku.sim.codes import (
    CHINA,
    E_POLITICS,
    F_CHINA,
    JAPAN,
)
from tairiku.sim.exactmath import power
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE

# what an event of politics is about
(T_PRICES, T_CONFIDENCE, T_CABINET) = range(3)


@njit
def say(S, side: int, what: int, value: float) -> None:
    """Log a turn of politics with its value."""
    log_event(S, E_POLITICS, side, NOWHERE, -1, -1, np.float64(what), value, 0.0, 0.0, 0.0)


@njit
def prices_and_pay(S, M, P) -> None:
    """Prices of Free China rise by the month; pay follows part of the way. (13.10)

    prices' = prices * (1 + i), i ``politics.inflation``; real pay' = real pay * (1 + i)^(f - 1),
    f ``politics.pay_follows``; firmness falls by ``politics.pay_firmness`` of the fall in pay.
    """
    before = S.g_real_pay
    rise = 1.0 + P.politics_inflation
    S.g_prices *= rise
    S.g_real_pay = before * power(rise, P.politics_pay_follows - 1.0)
    fall = P.politics_pay_firmness * (before - S.g_real_pay)
    for u in range(S.n_units):
        if S.u_force[u] == F_CHINA:
            S.u_firmness[u] = max(0.0, S.u_firmness[u] * (1.0 - fall))
    say(S, CHINA, T_PRICES, S.g_prices)


@njit
def fell_today(S, h: int) -> bool:
    """True if hex h came into Japanese hands today; what was held on the first morning did not."""
    return S.day > 0 and np.int64(S.h_since[h]) == S.day and np.int64(S.h_control[h]) == JAPAN


@njit
def alliance(S, M, P) -> None:
    """Confidence between Chungking and Washington: bases and towns lost cost it. (13.11)

    c' = c - ``politics.base_cost`` per airfield, ``politics.city_cost`` * (level - 2) per town lost
    today + ``politics.confidence_return`` * (1 - c).  Falling below ``politics.crisis`` is logged.
    """
    was = S.g_confidence
    now = was + P.politics_confidence_return * (1.0 - was)
    for v in range(M.n_fields):
        if S.v_since[v] == S.day and S.v_side[v] == JAPAN:
            now -= P.politics_base_cost * np.float64(M.v_class[v])
    for c in range(M.n_cities):
        h = M.c_hex[c]
        if h != NOWHERE and fell_today(S, h):
            now -= P.politics_city_cost * np.float64(max(0, M.c_level[c] - 2))
    S.g_confidence = max(0.0, min(1.0, now))
    if S.g_confidence < P.politics_crisis and was >= P.politics_crisis:
        say(S, CHINA, T_CONFIDENCE, S.g_confidence)


@njit
def cabinet(S, M, P) -> None:
    """Standing of the cabinet in Tokyo: drained by the Pacific, fed by success. (13.12)

    c' = c - ``politics.pacific_drain`` a day - ``politics.marianas_shock`` on the day the Marianas
    are lost (outside this theatre) + ``politics.city_credit`` * (level - 2) per town taken.
    """
    was = S.g_cabinet
    now = was - P.politics_pacific_drain
    if S.day == np.int64(P.politics_marianas_day):
        now -= P.politics_marianas_shock
    for c in range(M.n_cities):
        h = M.c_hex[c]
        if h != NOWHERE and fell_today(S, h):
            now += P.politics_city_credit * np.float64(max(0, M.c_level[c] - 2))
    S.g_cabinet = max(0.0, min(1.0, now))
    if S.g_cabinet < P.politics_cabinet_falls and was >= P.politics_cabinet_falls:
        say(S, JAPAN, T_CABINET, S.g_cabinet)


@njit
def govern(S, M, P, W) -> None:
    """Money and politics of the day (equations 13.10 to 13.12).

    A state that opens without them takes ``politics.prices_start``, pay 1, confidence and cabinet
    of their start parameters.  Nothing here moves a unit.
    """
    if S.g_prices <= 0.0:
        S.g_prices = P.politics_prices_start
        S.g_real_pay = 1.0
        S.g_confidence = P.politics_confidence_start
        S.g_cabinet = P.politics_cabinet_start
    elif S.day > 0 and M.month[S.day] != M.month[S.day - 1]:
        prices_and_pay(S, M, P)
    alliance(S, M, P)
    cabinet(S, M, P)
