"""The law of an engagement in plain floats, from the formulas of the model, not the kernel."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Law:
    """Constants as printed in the model."""

    ka: float = 0.041
    kd: float = 0.032
    pa: float = 0.25
    pd: float = 0.35
    sa: float = 0.16
    sd: float = 0.08
    r: float = 0.62


POSTURE = {
    "hasty_defence": (1.0, 1.0),
    "prepared_defence": (0.74, 1.20),
    "fortified_defence": (0.80, 1.11),
    "delay": (0.42, 0.57),
    "withdrawal": (0.42, 0.57),
}


def modifiers(posture: str, wet: bool, tanks_per_1000: float) -> tuple[float, float]:
    """Attacker's and defender's factors of posture, ground and tanks."""
    a, d = POSTURE[posture]
    if wet:
        a, d = a * 0.81, d * 0.82
    return a * (1 + tanks_per_1000) ** -0.17, d


def day(
    law: Law, a: float, d: float, worth_a: float, worth_d: float, n: int, by_a: float, by_d: float
) -> tuple[float, float]:
    """Loss fractions of day n at full commitment."""
    s = math.sqrt(a * d) / 20000
    g = n**law.r - (n - 1) ** law.r
    return (
        min(0.25, law.ka * (worth_d / worth_a) ** law.pa * s**-law.sa * g * by_a),
        min(0.35, law.kd * (worth_a / worth_d) ** law.pd * s**-law.sd * g * by_d),
    )


def cover(tanks: float, sorties: float, by_tanks: float, by_air: float) -> float:
    """What tanks to 1,000 own men and sorties to 1,000 of the enemy's spare the defender."""
    return (1 + tanks) ** -by_tanks * (1 + sorties) ** -by_air


def battle(
    law: Law, a: float, d: float, days: int, by_a: float, by_d: float
) -> tuple[float, float]:
    """Cumulative loss fractions of a battle of so many days."""
    men_a, men_d = a, d
    for n in range(1, days + 1):
        f_a, f_d = day(law, men_a, men_d, men_a, men_d, n, by_a, by_d)
        men_a, men_d = men_a * (1 - f_a), men_d * (1 - f_d)
    return 1 - men_a / a, 1 - men_d / d


def advantage(f_a: float, f_d: float) -> float:
    """Helmbold's V."""
    return 0.5 * math.log((1 - (1 - f_a) ** 2) / (1 - (1 - f_d) ** 2))


def break_chance(
    h0: float, cohesion: float, lost: float, f50: float, w: float, power: float, slope: float
) -> float:
    """Chance of breaking off on a day, cohesion over that of the average unit."""
    return 1 - math.exp(-h0 / cohesion * (lost / f50) ** power * math.exp(slope * w))
