"""Who is in an engagement and what his arms are worth: sums over both sides, lethality, odds.

Material causes only: weapons, guns, rounds, drill, food, officers, links.  No constant by nation.
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import (
    ARTILLERY,
    AT_GUNS,
    ENGINEER,
    GUNS,
    MORTARS,
    O_ASSAULT,
    P_ASSAULT,
    RAILWAY,
    TANKS,
)
from tairiku.sim.exactmath import exp, power
from tairiku.sim.layout import NOWHERE
from tairiku.sim.placement import counts

# columns of W.fight_sum
(
    X_MEN,  # men engaged
    X_WORTH,  # the same after supply, fatigue, officers, river: A' or D'
    X_TRAINING,  # men times training
    X_ARMS,  # men times equipment
    X_ROUNDS,  # men times rounds
    X_GUNS,  # guns, a mortar as half a gun
    X_AT,  # anti-tank guns
    X_TANKS,  # tanks
    X_SUPPORT,  # close support sorties for it
    X_AMMUNITION,  # weight of fire that consumes: men times arms
    X_START,  # men at the start of the engagement
    X_LOST,  # of them lost so far
    X_PAIR,  # men times coordination
    X_LARGEST,  # index of the largest unit
) = range(14)


@njit
def engaged_share(P, kind: int, infantry: float) -> float:
    """Share of a unit's men in the fight: all of a division, gunners by their infantry. [1]"""
    if kind == ARTILLERY or kind == ENGINEER or kind == RAILWAY:
        return min(1.0, infantry * (1.0 / P.combat_infantry_ref))
    return 1.0


@njit
def condition(S, P, u: int) -> float:
    """What supply, fatigue, lost officers and rout leave of a unit's worth, each 0-1. [1]

    Eq. (9.8): ``(1 - a (1-fed)) (1 - b (1-rounds)) (1 - t fatigue) (o + (1-o) officers)``.
    """
    x = 1.0 - P.combat_hunger * (1.0 - S.u_fed[u])
    x = x * (1.0 - P.combat_empty * (1.0 - S.u_rounds[u]))
    x = x * (1.0 - P.combat_tired * S.u_fatigue[u])
    x = x * (1.0 - P.combat_officers * (1.0 - S.u_officers[u]))
    x = x * (1.0 - S.u_foragers[u])
    if S.u_rout_days[u] > 0:
        x = x * P.combat_rout_worth
    return max(P.combat_least_worth, x)


@njit
def shared_command(S, u: int, leader: int) -> float:
    """0 for units of the same superior, 1/2 with the same one above, 1 else. [1]"""
    a = S.n_superior[u]
    b = S.n_superior[leader]
    if u == leader or (a >= 0 and a == b):
        return 0.0
    if a >= 0 and b >= 0 and S.n_superior[a] >= 0 and S.n_superior[a] == S.n_superior[b]:
        return 0.5
    return 1.0


@njit
def over_river(S, M, P, here: int, target: int) -> float:
    """Share of its worth that an attacker keeps over the side between two hexes. [0-1]

    A bridge that carries troops leaves ``combat.river_bridge`` of the loss.
    """
    for k in range(6):
        if np.int64(M.next[here, k]) == target:
            river = np.int64(M.river[here, k])
            if river <= 1:
                return 1.0
            loss = P.combat_river if river == 2 else P.combat_great_river
            bridge = np.int64(M.bridge[here, k])
            if bridge >= 0 and S.x_state[bridge] > 0:
                loss = loss * P.combat_river_bridge
            return 1.0 - loss
    return 1.0


@njit
def clear_sums(W) -> None:
    """Empty the lists and sums of the engagement in hand."""
    for side in range(2):
        W.fight_n[side] = 0
        for k in range(16):
            W.fight_sum[side, k] = 0.0
        W.fight_sum[side, X_LARGEST] = -1.0


@njit
def enter(S, M, P, W, u: int, part: int, target: int) -> None:
    """Add unit u to side ``part`` (0 attacker, 1 defender) of the fight for hex ``target``.

    An attacker spares his men by his commander's caution (losses are not replaced): eq. (9.9)
    ``engaged = men share (1 - spare caution)``, all of them in an assault.
    """
    men = np.float64(S.u_men[u]) * engaged_share(P, S.u_kind[u], S.u_infantry[u])
    if part == 0 and S.u_posture[u] != P_ASSAULT and S.u_order[u] != O_ASSAULT:
        men = men * (1.0 - P.combat_spare * S.u_caution[u])
    if S.u_attacks[u] != NOWHERE and S.u_defends[u] == 1:
        men = men * 0.5  # it fights on two sides today
    i = W.fight_n[part]
    W.fight_unit[part, i] = u
    W.fight_men[part, i] = men
    W.fight_n[part] = i + 1
    worth = men * condition(S, P, u)
    if part == 0:
        worth = worth * over_river(S, M, P, S.u_hex[u], target)
    W.fight_sum[part, X_MEN] += men
    W.fight_sum[part, X_WORTH] += worth
    W.fight_sum[part, X_TRAINING] += men * S.u_training[u]
    W.fight_sum[part, X_ARMS] += men * S.u_equipment[u]
    W.fight_sum[part, X_ROUNDS] += men * S.u_rounds[u]
    W.fight_sum[part, X_GUNS] += np.float64(S.u_material[u, GUNS])
    W.fight_sum[part, X_GUNS] += P.combat_mortar_worth * np.float64(S.u_material[u, MORTARS])
    W.fight_sum[part, X_AT] += np.float64(S.u_material[u, AT_GUNS])
    W.fight_sum[part, X_TANKS] += np.float64(S.u_material[u, TANKS]) * S.u_fuelled[u]
    W.fight_sum[part, X_SUPPORT] += S.u_air_support[u]
    W.fight_sum[part, X_START] += np.float64(S.u_start_men[u])
    W.fight_sum[part, X_LOST] += np.float64(S.u_start_men[u]) * S.u_lost[u]
    best = np.int64(W.fight_sum[part, X_LARGEST])
    if best < 0 or S.u_men[u] > S.u_men[best]:
        W.fight_sum[part, X_LARGEST] = np.float64(u)


@njit
def gather(S, M, P, W, target: int) -> None:
    """List the attackers of a hex, from the hexes beside it, and its defenders, with their sums."""
    clear_sums(W)
    for k in range(6):
        n = np.int64(M.next[target, k])
        if n == NOWHERE:
            continue
        u = np.int64(S.h_first[n])
        while u >= 0:
            if S.u_attacks[u] == target and counts(S, u) and S.u_men[u] > 0:
                enter(S, M, P, W, u, 0, target)
            u = S.u_mate[u]
    if W.fight_n[0] == 0:
        return
    side = S.u_side[W.fight_unit[0, 0]]
    u = np.int64(S.h_first[target])
    while u >= 0:
        if S.u_side[u] != side and counts(S, u) and S.u_men[u] > 0:
            S.u_defends[u] = 1
            enter(S, M, P, W, u, 1, target)
        u = S.u_mate[u]


@njit
def coordination(S, P, W, part: int) -> float:
    """What broken links and divided command leave of a side's worth (M05). [0-1]

    Eq. (9.10): mean over its men of ``(1 - u shared) (1 - v (1 - linked))``.
    """
    leader = np.int64(W.fight_sum[part, X_LARGEST])
    men = 0.0
    worth = 0.0
    for i in range(W.fight_n[part]):
        u = W.fight_unit[part, i]
        x = 1.0 - P.combat_uncoordinated * shared_command(S, u, leader)
        x = x * (1.0 - P.combat_unlinked * (1.0 - S.u_linked[u]))
        men += W.fight_men[part, i]
        worth += W.fight_men[part, i] * x
    if men <= 0.0:
        return 1.0
    return worth * (1.0 / men)


@njit
def guns_per_1000(sums, part: int) -> float:
    """Guns and half the mortars to 1,000 men engaged. [1/1000]"""
    men = sums[part, X_MEN]
    if men <= 0.0:
        return 0.0
    return sums[part, X_GUNS] * 1000.0 * (1.0 / men)


@njit
def lethality(P, training: float, arms: float, guns: float, rounds: float) -> float:
    """Lethality W of a side's fire, 1 for the mean of the battles the law is fitted on. [1]

    Eq. (9.11): ``W = w0 T^y (E + q min(g, gmax)) (m + (1-m) rounds)``: drill T, weapons a man E,
    guns g to 1,000 men engaged (M39), rounds in hand.  w0 and q are set so that a Japanese field
    division comes to about 1.2 and a Chinese one of 1944 to 0.25-0.5 by their material alone.
    """
    fire = arms + P.combat_gun_weight * min(guns, P.combat_guns_most)
    fed = P.combat_no_rounds + (1.0 - P.combat_no_rounds) * rounds
    return P.combat_lethality * power(training, P.combat_drill_power) * fire * fed


@njit
def side_lethality(P, sums, part: int) -> float:
    """Lethality of one side of an engagement, means by men. [1]"""
    men = sums[part, X_MEN]
    if men <= 0.0:
        return 0.0
    per = 1.0 / men
    return lethality(
        P,
        sums[part, X_TRAINING] * per,
        sums[part, X_ARMS] * per,
        guns_per_1000(sums, part),
        sums[part, X_ROUNDS] * per,
    )


@njit
def unstopped_armour(P, tanks_per_1000: float, tanks: float, at_guns: float, going: float) -> float:
    """How far armour meets no weapon that stops it (M14, M15). [0-1]

    Eq. (9.12): ``going min(1, tanks per 1000 / t0) / (1 + v at_guns / tanks)``; going is what the
    ground leaves to tanks, so that anti-tank guns tell twice in a pass.
    """
    if tanks <= 0.0:
        return 0.0
    mass = min(1.0, tanks_per_1000 * (1.0 / P.combat_tank_mass))
    return going * mass * (1.0 / (1.0 + P.combat_at_worth * at_guns * (1.0 / tanks)))


@njit
def tank_going(M, P, hex_id: int, wet: bool) -> float:
    """What terrain and wet ground of a hex leave to tanks in a fight. [0-1]"""
    return ground_going(P, np.int64(M.terrain[hex_id]), wet)


@njit
def ground_going(P, ground: int, wet: bool) -> float:
    """What ground leaves to tanks: 0 plain, 1 paddy, 2 hills, 3 and more mountains. [0-1]"""
    x = 1.0
    if ground == 1:
        x = P.combat_tank_paddy
    elif ground == 2:
        x = P.combat_tank_hills
    elif ground >= 3:
        x = P.combat_tank_mountains
    if wet:
        x = x * P.combat_tank_wet
    return x


@njit
def works_left(P, works: float, guns: float) -> float:
    """Works that the attacker's preparatory fire leaves (M24). [0-1]

    Eq. (9.13): ``works/100 exp(-guns per 1000 / g0)``.
    """
    return works * 0.01 * exp(-guns * (1.0 / P.combat_shelling))
