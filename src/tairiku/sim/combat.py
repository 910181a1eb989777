"""Rule 9, combat: every hex attacked today is one engagement (docs/rules/combat.md)."""

import numpy as np
from numba import njit

from tairiku.sim.breakoff import decide_attackers, decide_defenders, give_way, stop_attack
from tairiku.sim.casualties import (
    dissolve_if_spent,
    fire_off,
    lose_arms,
    lose_in_battle,
    lose_tanks,
    shaken,
)
from tairiku.sim.codes import (
    E_BATTLE,
    E_BATTLEGROUND,
    E_EXCHANGE,
    E_LEADER,
    GROUND_DRY,
    O_ASSAULT,
    O_ATTACK,
    O_DELAY,
    O_FORTRESS,
    O_HOLD,
    O_RELIEVE,
    O_SCREEN,
    P_ASSAULT,
    P_DELAY,
    P_FORTIFIED,
    P_HASTY,
    P_ROUT,
    P_WITHDRAW,
)
from tairiku.sim.control import take_hex
from tairiku.sim.dice import D_LEADER, D_LOSSES, D_MATERIAL, D_PURSUIT, u01, whole
from tairiku.sim.engagement import advantage, spread
from tairiku.sim.exactmath import hazard
from tairiku.sim.exchange import exchange
from tairiku.sim.firepower import (
    X_AT,
    X_GUNS,
    X_LARGEST,
    X_LOST,
    X_MEN,
    X_START,
    X_TANKS,
    coordination,
    gather,
    tank_going,
)
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE
from tairiku.sim.placement import counts, move_unit


@njit
def fight(S, M, P, W) -> None:
    """All engagements of the day, in the order of the first attacker's number."""
    open_fighting(S, P)
    settle_meetings(S, M, W)
    W.stamp += 1
    stamp = W.stamp
    for u in range(S.n_units):
        h = S.u_attacks[u]
        if h == NOWHERE or W.mark[h] == stamp:
            continue
        W.mark[h] = stamp
        gather(S, M, P, W, h)
        if W.fight_n[0] > 0 and W.fight_n[1] > 0:
            engage(S, M, P, W, h)


@njit
def open_fighting(S, P) -> None:
    """Clear yesterday's losses; contact ends after ``combat.contact_days`` without fighting."""
    for u in range(S.n_units):
        S.u_defends[u] = 0
        S.u_loss_today[u] = 0
        if np.float64(S.day - S.u_contact_day[u]) > P.combat_contact_days:
            S.u_contact[u] = 0
            S.u_lost[u] = 0.0


@njit
def settle_meetings(S, M, W) -> None:
    """Drop attacks that cannot be, note who is attacked; of two that meet the stronger attacks.

    A unit whose own hex is attacked by more men than its side sends against its target defends
    itself, from no more than a hasty position.
    """
    for h in range(M.n_hexes):
        W.hex_whole[h] = 0
    for u in range(S.n_units):
        t = S.u_attacks[u]
        if t == NOWHERE:
            continue
        if not counts(S, u) or S.u_men[u] <= 0 or S.u_rout_days[u] > 0:
            S.u_attacks[u] = NOWHERE
        elif beside(M, S.u_hex[u], t):
            W.hex_whole[t] += S.u_men[u]
        else:
            S.u_attacks[u] = NOWHERE
    for u in range(S.n_units):
        h = S.u_hex[u]
        if h == NOWHERE or not counts(S, u) or W.hex_whole[h] == 0:
            continue
        S.u_defends[u] = 1
        t = S.u_attacks[u]
        if t == NOWHERE:
            continue
        if W.hex_whole[h] > W.hex_whole[t] or (W.hex_whole[h] == W.hex_whole[t] and h < t):
            S.u_attacks[u] = NOWHERE
            S.u_posture[u] = P_HASTY


@njit
def beside(M, a: int, b: int) -> bool:
    """True if two hexes share a side."""
    for k in range(6):
        if np.int64(M.next[a, k]) == b:
            return True
    return False


@njit
def touch(S, u: int) -> None:
    """Count one more day of contact for unit u, or begin its engagement."""
    if S.u_contact[u] == 0:
        S.u_contact[u] = 1
        S.u_start_men[u] = max(np.int64(1), S.u_men[u])
        S.u_lost[u] = 0.0
    elif S.u_contact_day[u] != S.day:
        S.u_contact[u] += 1
    S.u_contact_day[u] = S.day


@njit
def open_engagement(S, W) -> int:
    """Count the day of contact of all units in it; the day n of the engagement.

    n is the contact of the largest defender; it starts anew when the attack becomes an assault.
    """
    leader = np.int64(W.fight_sum[0, X_LARGEST])
    target = np.int64(W.fight_sum[1, X_LARGEST])
    anew = S.u_contact[leader] > 0 and S.u_fought[leader] != S.u_posture[leader]
    for part in range(2):
        W.fight_sum[part, X_START] = 0.0
        W.fight_sum[part, X_LOST] = 0.0
        for i in range(W.fight_n[part]):
            u = W.fight_unit[part, i]
            touch(S, u)
            if part == 0:
                S.u_fought[u] = S.u_posture[u]
            elif anew:
                S.u_contact[u] = 1
    return S.u_contact[target]


@njit
def commitment(S, P, W, n: int) -> float:
    """How far the fight is fought out, c. [1]

    Eq. (9.17): assault 1.15, deliberate attack 0.7, delay 0.3, march contact 0.15, times
    ``1 + wave (initiative - caution)`` of the attacking commander (M32).
    """
    leader = np.int64(W.fight_sum[0, X_LARGEST])
    target = np.int64(W.fight_sum[1, X_LARGEST])
    order = S.u_order[leader]
    c = P.combat_commit_attack
    if S.u_posture[leader] == P_ASSAULT or order == O_ASSAULT:
        c = P.combat_commit_assault
    elif S.u_posture[target] == P_DELAY or S.u_posture[target] == P_WITHDRAW:
        c = P.combat_commit_delay
    elif S.u_order[target] == O_DELAY:
        c = P.combat_commit_delay
    elif order != O_ATTACK and order != O_RELIEVE:
        c = P.combat_commit_contact
    elif n == 1 and S.u_km_today[leader] > P.combat_contact_km:
        c = P.combat_commit_contact
    return c * (1.0 + P.combat_wave * (S.u_initiative[leader] - S.u_caution[leader]))


@njit
def stance(S, u: int, zones: float) -> int:
    """Posture a defender is counted in: a city with zones held makes it fortified."""
    if zones > 0.0 and (S.u_order[u] == O_FORTRESS or S.u_order[u] == O_HOLD):
        return P_FORTIFIED
    return S.u_posture[u]


@njit
def engage(S, M, P, W, h: int) -> None:
    """One day of the engagement for hex h: losses, break-off, retreat, advance.

    The losses at full commitment are those of `exchange`, which the validation on real battles
    calls as well.
    """
    n = open_engagement(S, W)
    leader = np.int64(W.fight_sum[0, X_LARGEST])
    target = np.int64(W.fight_sum[1, X_LARGEST])
    all_a = max(1.0, W.fight_sum[0, X_MEN])
    all_d = max(1.0, W.fight_sum[1, X_MEN])
    joint_a = coordination(S, P, W, 0)
    joint_d = coordination(S, P, W, 1)
    wet = S.w_ground[np.int64(M.region[h])] != GROUND_DRY
    city = np.int64(M.city[h])
    zones = 0.0
    works = np.float64(S.h_works[h])
    if city >= 0:
        zones = S.c_zones[city]
        if zones > 0.0:
            works = max(works, S.c_works[city])
    posture = stance(S, target, zones)
    going = tank_going(M, P, h, wet)
    e_a, e_d = spread(P, S.day - n + 1, h)
    f_a, f_d, share_a, share_d, armour = exchange(
        P, W.fight_sum, n, posture, wet, going, works, joint_a, joint_d, e_a, e_d
    )
    c = commitment(S, P, W, n)
    assault = S.u_posture[leader] == P_ASSAULT
    lost_a = suffer(S, P, W, 0, c * f_a * share_a, c, assault)
    lost_d = suffer(S, P, W, 1, c * f_d * share_d, c, False)
    tank_fight(S, P, W, c, going)
    day_n = np.float64(n)
    x_a = np.float64(lost_a)
    x_d = np.float64(lost_d)
    side = S.u_side[leader]
    log_event(S, E_BATTLE, side, h, leader, target, all_a, all_d, x_a, x_d, day_n)
    v = losing(W)
    log_event(S, E_EXCHANGE, side, h, leader, target, c, e_a, e_d, armour, v)
    z = np.float64(posture)
    x = 1.0 if wet else 0.0
    log_event(S, E_BATTLEGROUND, side, h, leader, target, z, works, x, joint_a, joint_d)
    lose_staff(S, P, leader, f_a)
    lose_staff(S, P, target, f_d)
    decide(S, M, P, W, h, v, armour)
    for part in range(2):
        for i in range(W.fight_n[part]):
            dissolve_if_spent(S, P, W.fight_unit[part, i])
    advance(S, M, P, W, h, n, works)


@njit
def suffer(S, P, W, part: int, fraction: float, c: float, assault: bool) -> int:
    """Give every unit of a side its losses of men, arms and rounds; the men lost."""
    total = 0
    index = part * 20
    for i in range(W.fight_n[part]):
        u = W.fight_unit[part, i]
        men = W.fight_men[part, i]
        n = whole(P, men * min(1.0, fraction), S.day, D_LOSSES, u, index)
        fire_off(S, P, u, men, c, assault)
        have = np.float64(max(np.int64(1), S.u_men[u]))
        lost = lose_in_battle(S, P, u, n, index + 1)
        lose_arms(S, P, u, np.float64(lost) * (1.0 / have), index)
        total += lost
        W.fight_sum[part, X_START] += np.float64(S.u_start_men[u])
        W.fight_sum[part, X_LOST] += np.float64(S.u_start_men[u]) * S.u_lost[u]
    return total


@njit
def tank_fight(S, P, W, c: float, going: float) -> None:
    """Tanks of either side knocked out by the guns of the other, more in bad ground (M15, M20).

    Eq. (9.19): ``c k (at + m guns) (2 - going) / tanks``, at most ``combat.tank_cap`` a day.
    """
    for part in range(2):
        tanks = W.fight_sum[part, X_TANKS]
        if tanks <= 0.0:
            continue
        other = 1 - part
        against = W.fight_sum[other, X_AT] + P.combat_gun_at * W.fight_sum[other, X_GUNS]
        share = c * P.combat_tank_kill * against * (2.0 - going) * (1.0 / tanks)
        share = min(P.combat_tank_cap, share)
        for i in range(W.fight_n[part]):
            lose_tanks(S, P, W.fight_unit[part, i], share, 40 + part * 2)


@njit
def lose_staff(S, P, u: int, fraction: float) -> None:
    """Fire may hit the command group of a unit (M34): cohesion, officers, days of paralysis."""
    if u01(P, S.day, D_LEADER, u, 40) >= hazard(P.combat_staff_rate * fraction):
        return
    shaken(S, P, u, P.combat_staff_shock)
    S.u_officers[u] = max(0.0, S.u_officers[u] - P.combat_staff_officers)
    S.u_paralysed[u] = max(S.u_paralysed[u], np.int64(P.combat_staff_days))
    h = S.u_hex[u]
    log_event(S, E_LEADER, S.u_side[u], h, u, -1, -P.combat_staff_shock, 0.0, 0.0, 0.0, 0.0)


@njit
def losing(W) -> float:
    """The advantage V, eq. (9.5), of what both sides lost in the engagement so far. [1]"""
    f_a = W.fight_sum[0, X_LOST] * (1.0 / max(1.0, W.fight_sum[0, X_START]))
    f_d = W.fight_sum[1, X_LOST] * (1.0 / max(1.0, W.fight_sum[1, X_START]))
    return advantage(f_a, f_d)


@njit
def decide(S, M, P, W, h: int, v: float, armour: float) -> None:
    """Both sides judge the exchange; where both would go, chance says who goes first."""
    stops = decide_attackers(S, M, P, W, h, v)
    goes = decide_defenders(S, M, P, W, v, armour)
    attack_over = stops == W.fight_n[0]
    if attack_over and goes > 0:
        attack_over = u01(P, S.day, D_PURSUIT, h, 90) < 0.5
    taker = np.int64(W.fight_sum[0, X_LARGEST])
    if not attack_over:
        for i in range(W.fight_n[1]):
            u = W.fight_unit[1, i]
            if W.unit_real[u] > 0.0:
                give_way(S, M, P, W, u, taker, W.unit_real[u], armour)
    if attack_over or S.h_men[1 - S.u_side[taker], h] > 0:
        for i in range(W.fight_n[0]):
            u = W.fight_unit[0, i]
            if W.unit_real[u] > 0.0:
                stop_attack(S, P, u, W.unit_real[u])


@njit
def emptied(S, h: int, side: int) -> bool:
    """True if no fighting unit of the other side is left in hex h."""
    u = np.int64(S.h_first[h])
    while u >= 0:
        if S.u_side[u] != side and counts(S, u):
            return False
        u = S.u_mate[u]
    return True


@njit
def may_follow(S, u: int, h: int) -> bool:
    """True if attacker u is still attacking hex h and its order lets it go in."""
    if S.u_attacks[u] != h or S.u_static[u] == 1 or S.u_posture[u] == P_ROUT:
        return False
    order = S.u_order[u]
    return order != O_SCREEN and order != O_HOLD and order != O_FORTRESS and order != O_DELAY


@njit
def advance(S, M, P, W, h: int, n: int, works: float) -> None:
    """The largest attacker goes into the hex the enemy left, if it has won the ground for it.

    Eq. (9.20): chance ``min(1, (n v + v1) / (pitch/2))``: v km gained on each of n days (less
    against works), v1 km that night; else it marches in tomorrow.
    """
    best = np.int64(-1)
    for i in range(W.fight_n[0]):
        u = W.fight_unit[0, i]
        if S.u_attacks[u] == h:
            if not emptied(S, h, S.u_side[u]):
                return
            S.u_success_day[u] = S.day
            if may_follow(S, u, h) and (best < 0 or S.u_men[u] > S.u_men[best]):
                best = u
    if best < 0:
        return
    pace = P.combat_advance_km
    if works >= P.combat_works_slow:
        pace = P.combat_advance_works_km
    km = pace * np.float64(n) + P.combat_follow_km
    if u01(P, S.day, D_MATERIAL, h, 95) >= km * 2.0 * (1.0 / M.pitch_km):
        return
    move_unit(S, M, P, best, h)
    S.u_attacks[best] = NOWHERE
    S.u_step[best] = NOWHERE
    S.u_progress[best] = 0.0
    S.u_contact[best] = 0
    take_hex(S, h, S.u_side[best])
