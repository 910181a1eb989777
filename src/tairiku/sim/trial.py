"""Real battles by the campaign's own law: one strength against another for a given time.

Called by the validation only.  The losses of a day are those of `exchange`, the judgement of the
exchange and the hazards of breaking off those of `engagement`: the functions of the day's rule.
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import P_DELAY, P_WITHDRAW
from tairiku.sim.engagement import advantage, break_chance, break_hazard, era_factors, spread
from tairiku.sim.exchange import exchange
from tairiku.sim.firepower import (
    X_ARMS,
    X_AT,
    X_GUNS,
    X_MEN,
    X_ROUNDS,
    X_TANKS,
    X_TRAINING,
    X_WORTH,
    ground_going,
)

IN_STEP = (X_MEN, X_WORTH, X_TRAINING, X_ARMS, X_ROUNDS, X_GUNS, X_AT, X_TANKS)


@njit
def battle(
    P,
    start,
    sums,
    days: int,
    posture: int,
    wet: bool,
    going: float,
    e_a: float,
    e_d: float,
) -> tuple[float, float]:
    """A battle of given length without reinforcement: fractions lost (attacker, defender).

    Full commitment every day; arms are lost in step with men, sorties fly every day.

    Parameters
    ----------
    start
        (2, 16), both sides on the first morning by the codes of `firepower`.
    sums
        (2, 16), scratch.
    days
        Days in contact.
    posture, wet, going
        Of the defender; of the ground; what it leaves to tanks [0-1].
    e_a, e_d
        Further factors on each side's losses: fortune, period. [1]
    """
    if start[0, X_MEN] <= 0.0 or start[1, X_MEN] <= 0.0:
        return 0.0, 0.0
    left_a = 1.0
    left_d = 1.0
    for part in range(2):
        for k in range(sums.shape[1]):
            sums[part, k] = start[part, k]
    for n in range(1, days + 1):
        f_a, f_d, share_a, share_d, _ = exchange(
            P, sums, n, posture, wet, going, 0.0, 1.0, 1.0, e_a, e_d
        )
        left_a = left_a * (1.0 - f_a * share_a)
        left_d = left_d * (1.0 - f_d * share_d)
        for k in IN_STEP:
            sums[0, k] = start[0, k] * left_a
            sums[1, k] = start[1, k] * left_d
    return 1.0 - left_a, 1.0 - left_d


@njit
def win_chance(P, f_a: float, f_d: float, posture: int) -> float:
    """Chance that the attacker wins a battle that ends with these losses. [0-1]

    The battle ends because one side breaks off: the chance that it was the defender, of the
    chances of eq. (9.6) on the last day; where both would go, half.  Cohesion is the average's.
    """
    v = advantage(f_a, f_d)
    f50 = P.combat_f50_hold
    if posture == P_DELAY or posture == P_WITHDRAW:
        f50 = P.combat_f50_delay
    firm = P.combat_cohesion_ref
    stops = break_chance(break_hazard(P, P.combat_h0_a, firm, f_a, P.combat_f50_attack, v))
    goes = break_chance(break_hazard(P, P.combat_h0_d, firm, f_d, f50, -v))
    either = 1.0 - (1.0 - stops) * (1.0 - goes)
    if either <= 0.0:
        return 0.5
    return goes * (1.0 - 0.5 * stops) * (1.0 / either)


@njit(cache=True)
def fight_battles(
    P, start, days, posture, wet, ground, year, place, first: int, runs: int, lost, wins
) -> None:
    """Fight every battle ``runs`` times with addressed dice; fills ``lost`` and ``wins``.

    Parameters
    ----------
    P
        Parameters; ``key_replica`` is set to the number of the run.
    start
        (b, 2, 16), both sides of each battle.
    days, posture, wet, ground, year, place
        (b,) each; ground as in `firepower.ground_going`, year for eq. (9.7), ``place`` is the
        address of the battle's dice.
    first, runs
        Number of the first run, how many; ``first`` below 0: one run without fortune.
    lost
        (b, 2, runs), fractions of the men lost. [0-1]
    wins
        (b, runs), chance that the attacker won. [0-1]
    """
    sums = np.zeros((2, start.shape[2]))
    for r in range(runs):
        P.key_replica = first + r if first >= 0 else 0
        for b in range(start.shape[0]):
            e_a = 1.0
            e_d = 1.0
            if first >= 0:
                e_a, e_d = spread(P, 0, place[b])
            t_a, t_d = era_factors(P, year[b])
            e_a = e_a * t_a
            e_d = e_d * t_d
            going = ground_going(P, ground[b], wet[b])
            f_a, f_d = battle(P, start[b], sums, days[b], posture[b], wet[b], going, e_a, e_d)
            lost[b, 0, r] = f_a
            lost[b, 1, r] = f_d
            wins[b, r] = win_chance(P, f_a, f_d, posture[b])
