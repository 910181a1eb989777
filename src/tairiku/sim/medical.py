"""Rule 12a, the sick and the wounded: who falls sick, who comes back, who does not.

Law: sick a day = s0 by season (heat, rain) (food ratio)^-1.5 (1 + march/25 km), half of them back
within about 30 days (shared/validation/LAWS.md, "Disease and march losses").
"""

import numpy as np
from numba import njit

from tairiku.sim.absent import lose_sick, lose_wounded, sick_return, wounded_return
from tairiku.sim.books import fall_sick, lose_men
from tairiku.sim.codes import (
    CHINA,
    E_SICKNESS,
    GROUND_DRY,
    IN_BOX,
    JAPAN,
    M_DISEASE,
    ON_MAP,
    PADDY,
    TRANSIT,
)
from tairiku.sim.dice import D_SICKNESS
from tairiku.sim.exactmath import power
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE
from tairiku.sim.portions import portion, throw


@njit
def treat(S, M, P, W) -> None:
    """The day of the hospitals, for every unit on the map, in a box or under way. [men]"""
    fallen_j, fallen_c, back_j, back_c = np.int64(0), np.int64(0), np.int64(0), np.int64(0)
    month = M.month[S.day]
    for u in range(S.n_units):
        status = S.u_status[u]
        if status != ON_MAP and status != IN_BOX and status != TRANSIT:
            continue
        r1, r2, r3, r4 = throw(P, S.day, D_SICKNESS, u, 0)
        fallen = sicken(S, M, P, u, month, r1, r2)
        back = convalesce(S, P, u, r3, r4)
        officers(S, P, u)
        if S.u_side[u] == JAPAN:
            fallen_j += fallen
            back_j += back
        else:
            fallen_c += fallen
            back_c += back
    if S.day % 7 == 0:
        a, b = np.float64(fallen_j), np.float64(back_j)
        log_event(S, E_SICKNESS, JAPAN, NOWHERE, -1, -1, a, b, 0.0, 0.0, 0.0)
        a, b = np.float64(fallen_c), np.float64(back_c)
        log_event(S, E_SICKNESS, CHINA, NOWHERE, -1, -1, a, b, 0.0, 0.0, 0.0)


@njit
def season_rate(P, month: int) -> float:
    """Men who fall sick a day in a fed, resting unit, by season. [share/day]

    Spring to June, the hot months July to September, October and after.
    """
    if month >= 7 and month <= 9:
        return P.medical_summer
    if month >= 10 or month <= 2:
        return P.medical_autumn
    return P.medical_spring


@njit
def sick_rate(P, season: float, fed: float, km: float, wet: bool, bad: bool, cold: bool) -> float:
    """Share of a unit's men who fall sick today. [share/day]

    Eq. (12.1): ``s = s0 max(fed, f0)^-x (1 + m km/25) (1 + wet) (1 + paddy) (1 + cold)``, at most
    ``medical.most``: wet ground, malarial paddy land, winter cold without winter clothing.
    """
    s = season
    if fed < 1.0:
        s *= power(max(fed, P.medical_fed_least), -P.medical_food_power)
    s *= 1.0 + P.medical_march * km * 0.04
    if wet:
        s *= 1.0 + P.medical_wet
    if bad:
        s *= 1.0 + P.medical_paddy
    if cold:
        s *= 1.0 + P.medical_cold
    return min(P.medical_most, s)


@njit
def sicken(S, M, P, u: int, month: int, r: float, q: float) -> int:
    """The men of unit u who fall sick today; ``medical.lost`` of them never come back. The men.

    r, q: fortunes of the two roundings.
    """
    if S.u_men[u] <= 0:
        return 0
    km, wet, bad, cold = 0.0, False, False, False
    h = S.u_hex[u]
    if h != NOWHERE:
        km = np.float64(S.u_km_today[u])
        region = np.int64(M.region[h])
        wet = S.w_ground[region] != GROUND_DRY
        bad = np.int64(M.terrain[h]) == PADDY and month >= 5 and month <= 10
        cold = month >= 10 and M.wn_temp_c[region, month] < P.medical_cold_below
    season = season_rate(P, month)
    s = sick_rate(P, season, np.float64(S.u_fed[u]), km, wet, bad, cold)
    n = min(portion(np.float64(S.u_men[u]) * s, r), S.u_men[u])
    gone = lose_men(S, u, portion(np.float64(n) * P.medical_lost, q), M_DISEASE)
    return gone + fall_sick(S, u, n - gone)


@njit
def convalesce(S, P, u: int, r: float, q: float) -> int:
    """Sick and lightly wounded of unit u come back, half in about 30 days; some die. The men back.

    Eq. (12.2): ``back = ln 2 / t * pool``, ``dead = medical.dies * pool`` a day; r, q the
    fortunes of the sick, another throw serves the wounded.
    """
    rate = 0.6931471805599453 * (1.0 / P.medical_half_days)
    back = np.int64(0)
    if S.u_sick[u] > 0:
        pool = np.float64(S.u_sick[u])
        back += sick_return(S, u, portion(pool * rate, r))
        lose_sick(S, u, portion(pool * P.medical_dies, q), M_DISEASE)
    if S.u_wounded[u] > 0:
        pool = np.float64(S.u_wounded[u])
        r1, r2, _, _ = throw(P, S.day, D_SICKNESS, u, 1)
        back += wounded_return(S, u, portion(pool * rate, r1))
        lose_wounded(S, u, portion(pool * P.medical_dies, r2), M_DISEASE)
    return back


@njit
def officers(S, P, u: int) -> None:
    """Out of contact a unit finds new officers slowly: ``medical.officers`` of the gap a day."""
    if S.u_contact[u] == 0 and S.u_officers[u] < 1.0:
        S.u_officers[u] += P.medical_officers * (1.0 - S.u_officers[u])
