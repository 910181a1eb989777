"""Rule 13a, land and people: food, requisition, hostility, refugees, the dead.

The people are counted by province; what happens to them is a consequence here, never an order and
never of use to anyone.  Most of it moves slowly and is reckoned once a week.
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import (
    CHINA,
    E_CIVILIANS,
    E_REFUGEES,
    F_CHINA,
    GUERRILLA,
    JAPAN,
    ON_MAP,
    S_ASSAULT,
    S_QUIET,
)
from tairiku.sim.dice import D_CIVILIANS, D_REFUGEES, whole
from tairiku.sim.irregulars import disarm, spread
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE

WEEK = 7
TOWN_DICE = (
    100000  # entities of the dice of towns and of units, beyond those of hexes and provinces
)
UNIT_DICE = 200000


@njit
def season(M, P, day: int) -> float:
    """Food in the land over its yearly mean: low in spring, high after the rice harvest. [1]"""
    month = M.month[day]
    if month >= 3 and month <= 5:
        return P.land_spring
    if month >= 7 and month <= 10:
        return P.land_harvest
    return 1.0


@njit
def next_food(P, food: float, aim: float, taken_kg: float, people: float) -> float:
    """Food of a province over need a week on. (13.1) [1]

    f' = f + ``land.food_return`` * (aim - taken / need - f), need = people * ``land.food_day`` * 7,
    kept between 0 and 2.
    """
    need = people * P.land_food_day * 7.0
    gone = 0.0
    if need > 0.0:
        gone = taken_kg / need
    return max(0.0, min(2.0, food + P.land_food_return * (aim - gone - food)))


@njit
def next_hostility(
    P, now: float, base: float, food: float, taken_kg: float, people: float
) -> float:
    """Hostility of peasants towards Chinese troops a week on. (13.2) [0-1]

    aim = base + ``land.hunger_anger`` * max(0, 1 - food) + ``land.levy_anger`` * taken per head and
    week; h' = h + ``land.anger_pace`` * (aim - h), between 0 and 1.  Basis: claim:ZH-194, ZH-354,
    ZH-355; the evidence is disputed, and so is the size.
    """
    aim = base + P.land_hunger_anger * max(0.0, 1.0 - food)
    if people > 0.0:
        aim += P.land_levy_anger * taken_kg / people
    return max(0.0, min(1.0, now + P.land_anger_pace * (min(1.0, aim) - now)))


@njit
def eat_the_land(S, M, P, W) -> None:
    """The week's food, hostility and famine of each province, from what troops took in it."""
    for p in range(M.n_provinces):
        W.unit_real[p] = 0.0
        W.unit_whole[p] = 0
    for u in range(S.n_units):
        if S.u_status[u] != ON_MAP:
            continue
        p = np.int64(M.province[S.u_hex[u]])
        if p >= 0:
            kg = WEEK * S.u_foraged[u]
            W.unit_real[p] += np.float64(kg)
            if S.u_force[u] == F_CHINA:
                W.unit_whole[p] += kg
    for p in range(M.n_provinces):
        people = np.float64(M.pr_people[p])
        aim = M.pr_food[p] * season(M, P, S.day)
        S.p_food[p] = next_food(P, S.p_food[p], aim, W.unit_real[p], people)
        levy = np.float64(W.unit_whole[p])
        S.p_hostility[p] = next_hostility(
            P, S.p_hostility[p], M.pr_hostility[p], S.p_food[p], levy, people
        )
        # famine: deaths beyond the ordinary, by the share of the need not met
        lack = max(0.0, P.land_famine_below - S.p_food[p])
        dead = P.land_famine_dead * lack * people * 7.0 / 30.0
        add_dead(S, P, p, dead, dead * P.land_dead_spread, 0)


@njit
def add_dead(S, P, p: int, low: float, high: float, index: int) -> None:
    """Enter civilian deaths, as real expectations, as whole persons, low and high by one die."""
    if high > 0.0:
        S.p_dead_low[p] += whole(P, low, S.day, D_CIVILIANS, p, index)
        S.p_dead_high[p] += whole(P, max(low, high), S.day, D_CIVILIANS, p, index)


@njit
def towns(S, M, P) -> None:
    """People leave towns that the fighting nears, and die in those it reaches. (13.3)

    Off on the roads: ``land.flight`` of a Chinese town's people a day while Japanese troops' zone
    covers it or it is besieged; in a siege ``land.siege_dead`` of those who stayed die a day, in an
    assault ``land.assault_dead``, the high estimate ``land.dead_spread`` times the low.
    """
    for p in range(M.n_provinces):
        S.p_refugees[p] -= np.int64(P.land_settle * np.float64(S.p_refugees[p]))
    for c in range(M.n_cities):
        h = M.c_hex[c]
        quiet = S.c_phase[c] == S_QUIET
        if h == NOWHERE or (quiet and np.int64(S.h_zone[JAPAN, h]) <= 0):
            continue
        p = np.int64(M.province[h])
        if p < 0:
            continue
        people = np.float64(M.c_people[c])
        if np.int64(S.h_control[h]) == CHINA:
            go = whole(P, P.land_flight * people, S.day, D_REFUGEES, c, 0)
            S.p_refugees[p] += min(go, M.pr_people[p])
        if not quiet:
            rate = P.land_assault_dead if S.c_phase[c] == S_ASSAULT else P.land_siege_dead
            stayed = max(P.land_stay, 1.0 - P.land_flight * np.float64(S.c_invested[c]))
            low = rate * stayed * people
            S.p_dead_low[p] += whole(P, low, S.day, D_CIVILIANS, TOWN_DICE + c, 0)
            high = low * P.land_dead_spread
            S.p_dead_high[p] += whole(P, high, S.day, D_CIVILIANS, TOWN_DICE + c, 0)


@njit
def occupation(S, M, P) -> None:
    """Deaths where armies live off and burn the country they fight over. (13.4)

    ``land.march_dead`` persons a thousand men and day of troops in contact, by either side; M87.
    """
    for u in range(S.n_units):
        if S.u_status[u] != ON_MAP or S.u_contact[u] <= 0 or S.u_kind[u] == GUERRILLA:
            continue
        p = np.int64(M.province[S.u_hex[u]])
        if p >= 0:
            low = P.land_march_dead * np.float64(S.u_men[u]) / 1000.0
            S.p_dead_low[p] += whole(P, low, S.day, D_CIVILIANS, UNIT_DICE + u, 0)
            high = low * P.land_dead_spread
            S.p_dead_high[p] += whole(P, high, S.day, D_CIVILIANS, UNIT_DICE + u, 0)


@njit
def live(S, M, P, W) -> None:
    """Land and people of the day (equations 13.1 to 13.9).

    Changes provinces, the irregulars' hold, rail links sabotaged, and men and weapons of beaten
    Chinese units whom peasants disarm.
    """
    towns(S, M, P)
    occupation(S, M, P)
    disarm(S, M, P)
    if S.day % WEEK == 0:
        eat_the_land(S, M, P, W)
        spread(S, M, P, W)
        for p in range(M.n_provinces):
            if S.p_refugees[p] > 0:
                log_event(
                    S, E_REFUGEES, -1, NOWHERE, -1, -1,
                    np.float64(p), np.float64(S.p_refugees[p]), 0.0, 0.0, 0.0,
                )  # fmt: skip
            if S.p_dead_high[p] > 0:
                log_event(
                    S, E_CIVILIANS, -1, NOWHERE, -1, -1,
                    np.float64(p), np.float64(S.p_dead_low[p]), np.float64(S.p_dead_high[p]),
                    0.0, 0.0,
                )  # fmt: skip
