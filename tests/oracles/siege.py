"""Plain twins of the siege, collapse, sickness and desertion laws, written from the equations.

docs/rules/siege.md, encirclement.md, medical.md, rest.md; nothing of the kernels is used.
"""

import math
from collections.abc import Mapping

Numbers = Mapping[str, float]


def zones_a_day(
    p: Numbers,
    v: float,
    odds: float,
    density: float,
    works: float,
    teams: float,
    inner: float,
    will: float,
) -> float:
    """Eq. (10.8)."""
    won = 1 / (1 + math.exp(p["siege_success"] + p["siege_success_v"] * v))
    pace = p["siege_zone_rate"] * won
    pace *= min(odds, p["siege_odds_most"]) ** p["siege_odds_power"]
    pace /= max(density, p["siege_density_least"]) ** p["siege_density_power"]
    pace *= 1 - p["siege_works_hold"] * min(1.0, works / 100)
    pace *= (1 + p["siege_flame"] * teams) * (1 - p["siege_house"] * inner)
    return max(0.0, pace * (p["siege_will_most"] - will))


def will_to_hold(
    p: Numbers, firm: float, lost: float, fed: float, rounds: float, alone: float, heights: float
) -> float:
    """Eq. (10.5)."""
    causes = (
        1 - p["siege_will_loss"] * lost,
        p["siege_will_hunger"] + (1 - p["siege_will_hunger"]) * fed,
        p["siege_will_rounds"] + (1 - p["siege_will_rounds"]) * rounds,
        1 - p["siege_will_alone"] * alone,
        1 - heights,
    )
    return min(1.0, max(0.0, firm * math.prod(causes)))


def collapse_hazard(
    p: Numbers, works: bool, supply: float, lost: float, will: float, pressure: float
) -> float:
    """Eq. (11.1)."""
    u0 = p["encirclement_u0_works"] if works else p["encirclement_u0_open"]
    want = max(0.0, 1 - supply / p["encirclement_supply_days"])
    h = u0 + p["encirclement_u1"] * want + p["encirclement_u2"] * lost
    h *= (2 * (1 - will)) ** p["encirclement_will_power"]
    return h * (1 - p["encirclement_fear"] if works else 1) * pressure


def sick_rate(
    p: Numbers, season: float, fed: float, km: float, wet: bool, paddy: bool, cold: bool
) -> float:
    """Eq. (12.1)."""
    s = season / max(fed, p["medical_fed_least"]) ** p["medical_food_power"]
    s *= 1 + p["medical_march"] * km / 25
    for true, more in ((wet, "medical_wet"), (paddy, "medical_paddy"), (cold, "medical_cold")):
        s *= 1 + p[more] * true
    return min(s, p["medical_most"])


def desertion_rate(p: Numbers, firm: float, fed: float, pay: float) -> float:
    """Eq. (12.5)."""
    loose = (2 * (1 - firm)) ** 3
    hungry = 1 + p["rest_desertion_hunger"] * (1 - fed)
    return p["rest_desertion"] * loose * hungry * (1 + p["rest_desertion_pay"] * (1 - pay))
