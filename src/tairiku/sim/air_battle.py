"""Rule 7e, the battle in the air: who meets whom over a region, and what it costs by type."""

import numpy as np
from numba import njit

from tairiku.sim.books import lose_aircraft
from tairiku.sim.codes import A_SHOT_DOWN, A_SUPERIORITY, E_AIR_BATTLE, FIGHTER, JAPAN
from tairiku.sim.dice import D_AIR_BATTLE, u01, whole
from tairiku.sim.exactmath import hazard
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE


@njit
def exchange(kill: float, own: float, value: float, fighters: float, enemy_value: float) -> float:
    """Expected aircraft lost by a side over a region. [aircraft]

    kill * min(own, fighters) * q'/(q + q'), q = value/own the mean value of the own sorties in air
    combat, q' that of the enemy fighters: the linear law of pairwise combats, weighted by type.

    >>> round(exchange(0.1, 20.0, 20.0, 20.0, 1.0), 6)
    1.0
    """
    if own <= 0.0 or fighters <= 0.0:
        return 0.0
    q = value / own
    return kill * min(own, fighters) * enemy_value / max(1.0e-9, q + enemy_value)


@njit
def gather(S, M, P, W) -> None:
    """Sorties, fighters and fighting value of each side over each region."""
    for r in range(M.n_regions):
        for s in range(2):
            W.ab_sorties[r, s] = 0.0
            W.ab_fighters[r, s] = 0.0
            W.ab_value[r, s] = 0.0
    for a in range(M.n_air):
        h = S.a_target[a]
        if S.a_sorties[a] <= 0 or h == NOWHERE:
            continue
        r = np.int64(M.region[h])
        s = S.a_side[a]
        n = np.float64(S.a_sorties[a])
        W.ab_sorties[r, s] += n
        W.ab_value[r, s] += n * M.t_fight[S.a_type[a]]
        if S.a_kind[a] == FIGHTER:
            part = 1.0 if S.a_mission[a] == A_SUPERIORITY else P.air_escort
            W.ab_fighters[r, s] += n * part


@njit
def take_losses(S, M, P, W, r: int, s: int, lost: int) -> int:
    """Deal the aircraft lost over region r to the units there, by sorties/(1 + value)."""
    taken = 0
    for i in range(lost):
        total = 0.0
        for a in range(M.n_air):
            if S.a_side[a] == s and S.a_sorties[a] > S.a_lost[a] and S.a_target[a] != NOWHERE:
                if np.int64(M.region[S.a_target[a]]) == r:
                    total += np.float64(S.a_sorties[a]) / (1.0 + M.t_fight[S.a_type[a]])
        x = total * u01(P, S.day, D_AIR_BATTLE, r * 2 + s, i + 1)
        for a in range(M.n_air):
            if S.a_side[a] == s and S.a_sorties[a] > S.a_lost[a] and S.a_target[a] != NOWHERE:
                if np.int64(M.region[S.a_target[a]]) == r:
                    x -= np.float64(S.a_sorties[a]) / (1.0 + M.t_fight[S.a_type[a]])
                    if x <= 0.0:
                        gone = lose_aircraft(S, a, 1, A_SHOT_DOWN)
                        S.a_lost[a] += gone
                        taken += gone
                        break
    return taken


@njit
def meet(S, M, P, W) -> None:
    """Both sides' sorties over each region meet; losses by type, strikes turned back. (7.10)

    Meeting: 1 - exp(-``air.meet`` * fighters / ``air.target_sorties``).  Of a strike the share
    ``air.turn_back`` * meeting * v'/(v + v') does not reach its target, v the value in the air.
    """
    gather(S, M, P, W)
    for r in range(M.n_regions):
        n0 = W.ab_sorties[r, 0]
        n1 = W.ab_sorties[r, 1]
        f0 = W.ab_fighters[r, 0]
        f1 = W.ab_fighters[r, 1]
        if n0 <= 0.0 or n1 <= 0.0 or f0 + f1 <= 0.0:
            continue
        met = hazard(P.air_meet * (f0 + f1) / P.air_target_sorties)
        v0 = W.ab_value[r, 0]
        v1 = W.ab_value[r, 1]
        x0 = exchange(P.air_kill * met, n0, v0, f1, v1 / n1)
        x1 = exchange(P.air_kill * met, n1, v1, f0, v0 / n0)
        lost0 = whole(P, x0, S.day, D_AIR_BATTLE, r * 2, 0)
        lost1 = whole(P, x1, S.day, D_AIR_BATTLE, r * 2 + 1, 0)
        where = np.int64(NOWHERE)
        for a in range(M.n_air):
            h = S.a_target[a]
            if S.a_sorties[a] > 0 and h != NOWHERE and np.int64(M.region[h]) == r:
                back = (
                    P.air_turn_back
                    * met
                    * (v1 if S.a_side[a] == JAPAN else v0)
                    / max(1.0e-9, v0 + v1)
                )
                W.as_effect[a] *= 1.0 - back
                where = h
        lost0 = take_losses(S, M, P, W, r, 0, lost0)
        lost1 = take_losses(S, M, P, W, r, 1, lost1)
        if lost0 + lost1 > 0:
            log_event(
                S, E_AIR_BATTLE, -1, where, -1, -1,
                n0, n1, np.float64(lost0), np.float64(lost1), 0.0,
            )  # fmt: skip
    for a in range(M.n_air):
        W.as_effect[a] = max(0.0, W.as_effect[a] - np.float64(S.a_lost[a]))
