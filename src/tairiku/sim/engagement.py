"""The law of one engagement: losses a day, who is losing the exchange, who breaks off.

Scalars in, scalars out, nothing of the state: the day's rule (`combat`) and the validation on real
battles (`trial`) call the same functions, put together in `exchange`.  Sources: R. L. Helmbold's
advantage and ratio law, H. W. Hartley's mixed law of attrition, both in dimensionless form; the
constants are fitted on real battles (`docs/rules/combat.md`, `docs/validation-combat.md`).
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import P_DELAY, P_FORTIFIED, P_PREPARED, P_WITHDRAW
from tairiku.sim.dice import D_ENGAGEMENT, normal
from tairiku.sim.exactmath import exp, exp2, hazard, log, power

_LOG2_10 = 3.321928094887362
_LEAST = 1.0e-4  # least loss fraction that a ratio is taken of, as in the published scores


@njit
def day_share(n: int, r: float) -> float:
    """Share of the losses that falls on day n of an engagement. [1]

    Eq. (9.1): ``g(n) = n^r - (n-1)^r``: losses grow like T^r, r < 1.
    """
    if n <= 1:
        return 1.0
    return power(np.float64(n), r) - power(np.float64(n - 1), r)


@njit
def ground_factors(P, posture: int, wet: bool, tanks_per_1000: float) -> tuple[float, float]:
    """What posture, wet ground and the attacker's tanks do to (attacker's, defender's) losses. [1]

    Eq. (9.2).  ``tanks_per_1000``: attacker's tanks to 1,000 men engaged.  Fit.
    """
    a = 1.0
    d = 1.0
    if posture == P_PREPARED:
        a = P.combat_prepared_a
        d = P.combat_prepared_d
    elif posture == P_FORTIFIED:
        a = P.combat_fortified_a
        d = P.combat_fortified_d
    elif posture == P_DELAY or posture == P_WITHDRAW:
        a = P.combat_delay_a
        d = P.combat_delay_d
    if wet:
        a = a * P.combat_wet_a
        d = d * P.combat_wet_d
    return a * power(1.0 + tanks_per_1000, -P.combat_tank_power), d


@njit
def spread(P, day: int, place: int) -> tuple[float, float]:
    """The engagement's own fortune, factors on (attacker's, defender's) losses. [1]

    Eq. (9.3): ``log10 e`` is normal with sd ``combat.sd_a``, ``combat.sd_d`` and correlation
    ``combat.sd_link``.  Addressed by the day the engagement began and its hex: one draw for all
    its days.
    """
    z = normal(P, day, D_ENGAGEMENT, place, 0)
    y = normal(P, day, D_ENGAGEMENT, place, 1)
    rho = P.combat_sd_link
    y = rho * z + np.sqrt(1.0 - rho * rho) * y
    return exp2(P.combat_sd_a * _LOG2_10 * z), exp2(P.combat_sd_d * _LOG2_10 * y)


@njit
def loss_fractions(
    P, a: float, d: float, a_worth: float, d_worth: float, n: int, by_a: float, by_d: float
) -> tuple[float, float]:
    """Losses of one day at full commitment, as fractions of the men engaged (attacker, defender).

    Eq. (9.4): ``f_A = min(capA, kA (D'/A')^pA S^-sA g(n) by_a)``,
    ``f_D = min(capD, kD (A'/D')^pD S^-sD g(n) by_d)``, ``S = sqrt(A D) / 20000``.

    Parameters
    ----------
    a, d
        Men engaged, attacker and defender. [men]
    a_worth, d_worth
        The same after supply, coordination, fatigue: A', D'. [men]
    n
        Day of the engagement, 1 the first.
    by_a, by_d
        Product of the factors on each side's losses: posture, ground, lethality, fortune. [1]
    """
    if a <= 0.0 or d <= 0.0 or a_worth <= 0.0 or d_worth <= 0.0:
        return 0.0, 0.0
    size = log(np.sqrt(a * d) * (1.0 / P.combat_size))
    odds = log(a_worth) - log(d_worth)
    g = day_share(n, P.combat_r)
    f_a = P.combat_ka * exp(-P.combat_pa * odds - P.combat_small_a * size) * g * by_a
    f_d = P.combat_kd * exp(P.combat_pd * odds - P.combat_small_d * size) * g * by_d
    return min(P.combat_cap_a, f_a), min(P.combat_cap_d, f_d)


@njit
def advantage(f_a: float, f_d: float) -> float:
    """Helmbold's V of cumulative loss fractions: above 0 the attacker is losing the exchange. [1]

    Eq. (9.5): ``V = 1/2 ln[(1-(1-f_A)^2) / (1-(1-f_D)^2)]``.
    """
    x = 1.0 - min(1.0, max(_LEAST, f_a))
    y = 1.0 - min(1.0, max(_LEAST, f_d))
    return 0.5 * (log(1.0 - x * x) - log(1.0 - y * y))


@njit
def break_hazard(P, h0: float, cohesion: float, lost: float, f50: float, w: float) -> float:
    """Hazard of breaking off on one day of contact. [1/day]

    Eq. (9.6): ``h = h0 (c_ref / cohesion) (F / F50)^q exp(b w)``; w = V for the attacker, -V for
    the defender.  Our own form, no published law; the chance is ``1 - exp(-h)``.
    """
    firm = P.combat_cohesion_ref * (1.0 / max(P.combat_cohesion_least, cohesion))
    part = power(max(0.0, lost) * (1.0 / f50), P.combat_break_power)
    return h0 * firm * part * exp(P.combat_break_slope * w)


@njit
def break_chance(h: float) -> float:
    """The chance of breaking off on a day with hazard h. [0-1]"""
    return hazard(h)


@njit
def era_factors(P, year: float) -> tuple[float, float]:
    """Factors on (attacker's, defender's) losses of battles of another time, 1944 = 1. [1]

    Eq. (9.7): ten to the power of a slope per decade.  Only for validation on real battles.
    """
    decades = (year - 1944.0) * 0.1
    return exp2(P.combat_era_a * _LOG2_10 * decades), exp2(P.combat_era_d * _LOG2_10 * decades)
