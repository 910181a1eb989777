"""Who besieges a city and who holds it: the numbers both halves of a siege are decided on."""

import numpy as np
from numba import njit

from tairiku.sim.codes import (
    AMMUNITION,
    ENGINEER,
    FOOD,
    GUERRILLA,
    GUNS,
    LAKE,
    O_ASSAULT,
    O_ATTACK,
    O_RELIEVE,
    ON_MAP,
    OUTSIDE,
    SEA,
)
from tairiku.sim.layout import DEPOTS, NOWHERE


@njit
def fighting_worth(S, P, u: int) -> float:
    """Infantry of unit u weighed by arms, drill, rounds, food and rest. [men]

    Eq. (10.1): ``q = men inf sqrt(training equipment) (r0 + (1-r0) rounds) (f0 + (1-f0) fed)
    (1 - t fatigue)``; r0, f0, t are parameters. Estimate: the same law for both sides.
    """
    arms = np.sqrt(np.float64(S.u_training[u]) * np.float64(S.u_equipment[u]))
    rounds = P.siege_bare_rounds + (1.0 - P.siege_bare_rounds) * S.u_rounds[u]
    fed = P.siege_bare_food + (1.0 - P.siege_bare_food) * S.u_fed[u]
    rest = 1.0 - P.siege_tired * S.u_fatigue[u]
    return np.float64(S.u_men[u]) * S.u_infantry[u] * arms * rounds * fed * rest


@njit
def ring_around(S, M, P, h: int, enemy: int) -> float:
    """Share of the ways out of hex h that the side ``enemy`` bars. [0-1]

    Eq. (10.2): the mean over passable neighbours of 1 with enemy men in it, ``siege.zone_bar``
    under an enemy zone without own men, else 0.
    """
    sides = 0
    barred = 0.0
    for k in range(6):
        n = np.int64(M.next[h, k])
        if n == NOWHERE:
            continue
        ground = np.int64(M.terrain[n])
        if ground == SEA or ground == LAKE or ground == OUTSIDE:
            continue
        sides += 1
        if np.int64(S.h_men[enemy, n]) > 0:
            barred += 1.0
        elif np.int64(S.h_men[1 - enemy, n]) == 0 and np.int64(S.h_zone[enemy, n]) > 0:
            barred += P.siege_zone_bar
    if sides == 0:
        return 1.0
    return barred * (1.0 / np.float64(sides))


@njit
def presses(S, u: int, h: int) -> bool:
    """True if unit u attacks hex h today or stands before it under an order that leads there."""
    if S.u_attacks[u] == h:
        return True
    order = S.u_order[u]
    if order != O_ATTACK and order != O_ASSAULT and order != O_RELIEVE:
        return False
    return S.u_rout_days[u] == 0 and (S.u_target[u] == h or S.u_step[u] == h)


@njit
def list_besiegers(S, M, W, h: int, enemy: int) -> int:
    """List the units of ``enemy`` that press hex h from beside it in W.unit_whole; their number."""
    count = 0
    for k in range(6):
        n = np.int64(M.next[h, k])
        if n == NOWHERE:
            continue
        u = np.int64(S.h_first[n])
        while u >= 0:
            if S.u_side[u] == enemy and S.u_kind[u] != GUERRILLA and presses(S, u, h):
                W.unit_whole[count] = u
                count += 1
            u = S.u_mate[u]
    return count


@njit
def besiegers(S, P, W, count: int, h: int) -> tuple[float, float, float, float, float, float]:
    """The listed besiegers: (infantry, worth with guns, lost today, men at start, guns, attacking).

    Worth is eq. (10.1) plus ``siege.gun_worth`` men for each gun with rounds.
    """
    infantry = 0.0
    worth = 0.0
    lost = 0.0
    start = 0.0
    guns = 0.0
    attacking = 0.0
    for i in range(count):
        u = W.unit_whole[i]
        infantry += np.float64(S.u_men[u]) * S.u_infantry[u]
        fire = np.float64(S.u_material[u, GUNS]) * S.u_rounds[u]
        guns += fire
        worth += fighting_worth(S, P, u) + P.siege_gun_worth * fire
        if S.u_attacks[u] == h:
            attacking += 1.0
            lost += np.float64(S.u_loss_today[u])
            start += np.float64(S.u_men[u]) + np.float64(S.u_loss_today[u])
    return infantry, worth, lost, start, guns, attacking


@njit
def engineer_share(S, P, W, count: int) -> float:
    """Engineers, and flame teams of the line, over the infantry of the besiegers. [0-1]"""
    teams = 0.0
    men = 0.0
    for i in range(count):
        u = W.unit_whole[i]
        here = np.float64(S.u_men[u])
        men += here * S.u_infantry[u]
        if S.u_kind[u] == ENGINEER:
            teams += here
        else:
            teams += here * P.siege_line_engineers * S.u_equipment[u]
    if men <= 0.0:
        return 0.0
    return min(1.0, teams * (1.0 / men))


@njit
def ammunition_at_hand(S, P, W, count: int) -> float:
    """Ammunition with the besiegers and in the depots that feed them, each depot once. [kg]

    Of a depot's stock ``siege.depot_share`` counts: the rest is other units' or behind the trucks.
    """
    kg = 0.0
    for i in range(count):
        u = W.unit_whole[i]
        kg += np.float64(S.u_store[u, AMMUNITION])
        source = S.u_source[u]
        fresh = source >= 0 and source < DEPOTS
        for j in range(i):
            if S.u_source[W.unit_whole[j]] == source:
                fresh = False
        if fresh:
            kg += P.siege_depot_share * np.float64(S.d_store[source, AMMUNITION])
    return kg


@njit
def garrison(S, P, h: int, side: int) -> tuple[float, float, float, float, float, float, float]:
    """The units of ``side`` in hex h: (men, worth, lost today, firmness, fed, rounds, largest).

    Firmness, fed and rounds are means by men; largest is the index of a unit, -1.0 none.
    """
    men = 0.0
    worth = 0.0
    lost = 0.0
    firm = 0.0
    fed = 0.0
    rounds = 0.0
    largest = -1.0
    most = 0.0
    u = np.int64(S.h_first[h])
    while u >= 0:
        if S.u_side[u] == side and S.u_status[u] == ON_MAP and S.u_kind[u] != GUERRILLA:
            here = np.float64(S.u_men[u])
            men += here
            worth += fighting_worth(S, P, u)
            lost += np.float64(S.u_loss_today[u])
            firm += here * S.u_firmness[u]
            fed += here * S.u_fed[u]
            rounds += here * S.u_rounds[u]
            if here > most:
                most = here
                largest = np.float64(u)
        u = S.u_mate[u]
    if men <= 0.0:
        return 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0
    share = 1.0 / men
    return men, worth, lost, firm * share, fed * share, rounds * share, largest


@njit
def strongest_near(S, M, h: int, side: int) -> int:
    """The largest unit of ``side`` in the neighbours of hex h, -1 none: who takes what is left."""
    best = np.int64(-1)
    most = np.int64(0)
    for k in range(6):
        n = np.int64(M.next[h, k])
        if n == NOWHERE:
            continue
        u = np.int64(S.h_first[n])
        while u >= 0:
            if S.u_side[u] == side and S.u_kind[u] != GUERRILLA and S.u_men[u] > most:
                most = S.u_men[u]
                best = u
            u = S.u_mate[u]
    return best


@njit
def days_of_supply(S, M, P, u: int) -> float:
    """Days that unit u can eat and fire on what it and its city have, the shorter. [days]

    Eq. (11.2): food in the unit and the city's share of it over the ration; ammunition in the unit
    and in a depot inside the same hex over the day's use of a defender.
    """
    men = np.float64(max(np.int64(1), S.u_men[u]))
    food = np.float64(S.u_store[u, FOOD])
    rounds = np.float64(S.u_store[u, AMMUNITION])
    h = S.u_hex[u]
    city = np.int64(M.city[h])
    inside = np.float64(max(np.int64(1), np.int64(S.h_men[S.u_side[u], h])))
    share = min(1.0, men * (1.0 / inside))
    if city >= 0:
        food += np.float64(S.c_food[city]) * share
    source = S.u_source[u]
    if source >= 0 and S.d_hex[source] == h:
        food += np.float64(S.d_store[source, FOOD]) * share
        rounds += np.float64(S.d_store[source, AMMUNITION]) * share
    by_food = food * (1.0 / (men * P.siege_ration_kg))
    by_rounds = rounds * (1.0 / (men * P.siege_defence_kg))
    return min(by_food, by_rounds)
