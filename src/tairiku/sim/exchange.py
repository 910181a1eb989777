"""The losses of one day of an engagement, from plain numbers of both sides.

The one routine of the law: the day's rule (`combat`) calls it with the sums over the units in a
fight, the validation on real battles (`trial`) with the strengths and arms of a battle file.
"""

from numba import njit

from tairiku.sim.codes import P_FORTIFIED, P_PREPARED
from tairiku.sim.engagement import ground_factors, loss_fractions
from tairiku.sim.exactmath import power
from tairiku.sim.firepower import (
    X_AT,
    X_MEN,
    X_SUPPORT,
    X_TANKS,
    X_WORTH,
    guns_per_1000,
    side_lethality,
    unstopped_armour,
    works_left,
)


@njit
def air_factor(P, sorties: float, men: float) -> float:
    """Close support on the other side's losses (M58): eq. (9.18) ``1 + k sorties/1000 men``."""
    return 1.0 + P.combat_air_support * sorties * 1000.0 * (1.0 / max(1.0, men))


@njit
def cover(P, sums, a: float, going: float) -> float:
    """What a defender's own tanks and sorties spare his men, a factor on his losses. [1]

    Eq. (9.22): ``(1 + tanks going)^-t (1 + sorties)^-s``, tanks to 1,000 of his men, sorties to
    1,000 of the enemy's: who has arms to fight with exposes fewer men.  The attacker's tanks are
    in eq. (9.2).  Our own form, no published law; both powers are 0 where a scenario does not use
    it.

    Parameters
    ----------
    sums
        Both sides' sums by the codes of `firepower`.
    a
        Attackers in contact. [men]
    going
        What the ground leaves to tanks. [0-1]
    """
    tanks = sums[1, X_TANKS] * 1000.0 * (1.0 / max(1.0, sums[1, X_MEN]))
    sorties = sums[1, X_SUPPORT] * 1000.0 * (1.0 / max(1.0, a))
    by_tanks = power(1.0 + tanks * going, -P.combat_tank_power_d)
    return by_tanks * power(1.0 + sorties, -P.combat_air_power_d)


@njit
def exchange(
    P,
    sums,
    n: int,
    posture: int,
    wet: bool,
    going: float,
    works: float,
    joint_a: float,
    joint_d: float,
    e_a: float,
    e_d: float,
) -> tuple[float, float, float, float, float]:
    """Losses of day n at full commitment, as fractions of the men in contact.

    The men in contact are at most ``combat.contact_ratio`` times the enemy's; the factors on each
    side's losses are eqs. (9.2), (9.11)-(9.13), (9.18), (9.22) and those handed in.

    Parameters
    ----------
    sums
        (2, 16), attacker and defender: men, worth, arms and the rest by the codes of `firepower`.
    n
        Day of the engagement, 1 the first.
    posture, wet, works
        Of the defender (code); of the ground; works [points].
    going
        What the ground leaves to tanks. [0-1]
    joint_a, joint_d
        Worth left by divided command and cut links. [0-1]
    e_a, e_d
        Further factors on the losses of each side: fortune, period. [1]

    Returns
    -------
    tuple
        Fractions lost by attacker and defender, share of each side's men that is in contact,
        armour that nothing stops.
    """
    all_a = max(1.0, sums[0, X_MEN])
    all_d = max(1.0, sums[1, X_MEN])
    a = min(all_a, P.combat_contact_ratio * all_d)
    d = min(all_d, P.combat_contact_ratio * all_a)
    share_a = a * (1.0 / all_a)
    share_d = d * (1.0 / all_d)
    worth_a = sums[0, X_WORTH] * share_a * joint_a
    worth_d = sums[1, X_WORTH] * share_d * joint_d
    tanks = sums[0, X_TANKS] * 1000.0 * (1.0 / all_a)
    armour = unstopped_armour(P, tanks, sums[0, X_TANKS], sums[1, X_AT], going)
    by_a, by_d = ground_factors(P, posture, wet, tanks * going)
    if posture == P_FORTIFIED or posture == P_PREPARED:
        left = works_left(P, works, guns_per_1000(sums, 0))
        by_a = by_a * (1.0 + P.combat_works_a * left)
        by_d = by_d * (1.0 / (1.0 + P.combat_works_d * left))
    by_a = by_a * e_a * side_lethality(P, sums, 1) * air_factor(P, sums[1, X_SUPPORT], a)
    by_d = by_d * e_d * side_lethality(P, sums, 0) * air_factor(P, sums[0, X_SUPPORT], d)
    by_d = by_d * (1.0 + P.combat_armour_kill * armour)
    by_d = by_d * cover(P, sums, a, going)
    f_a, f_d = loss_fractions(P, a, d, worth_a, worth_d, n, by_a, by_d)
    return f_a, f_d, share_a, share_d, armour
