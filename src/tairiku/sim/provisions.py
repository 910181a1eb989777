"""Step 5, supply: what a unit needs in a day, what it finds in the country, what it uses up."""

import numpy as np
from numba import njit

from tairiku.sim.books import gain_store, lose_material, use_store
from tairiku.sim.codes import (
    AMMUNITION,
    B_CONSUMED,
    B_FORAGED,
    B_LOST,
    E_SUPPLY_SHORT,
    F_JAPAN,
    FODDER,
    FOOD,
    GUERRILLA,
    GUNS,
    HIGH_MOUNTAINS,
    HILLS,
    HORSES,
    LAKE,
    LOW_MOUNTAINS,
    MORTARS,
    MOTOR_FUEL,
    ON_MAP,
    P_ASSAULT,
    P_ATTACK,
    PADDY,
    TANKS,
    TRUCKS,
)
from tairiku.sim.dice import D_MATERIAL, D_ROUNDING, whole
from tairiku.sim.journal import log_event


@njit
def draws_supply(S, u: int) -> bool:
    """True for a unit on the map that has to be fed; irregulars live among the people."""
    return S.u_status[u] == ON_MAP and S.u_kind[u] != GUERRILLA


@njit
def ration_day(S, P, u: int) -> float:
    """Food of unit u for a day, the sick and lightly wounded included. [kg]"""
    scale = P.supply_ration_china
    if S.u_force[u] == F_JAPAN:
        scale = P.supply_ration_japan
    return scale * np.float64(S.u_men[u] + S.u_sick[u] + S.u_wounded[u])


@njit
def fodder_day(S, P, u: int) -> float:
    """Fodder of unit u for a day. [kg]"""
    return P.supply_fodder * np.float64(S.u_material[u, HORSES] + S.u_down[u, HORSES])


@njit
def battle_day(S, P, u: int) -> float:
    """Ammunition of unit u for a day of ordinary battle, from its men and pieces. [kg]

    Eq. (5.3): a = a_men men + a_gun guns + a_mortar mortars; the rates are those of a campaign
    allotment (kaisenbun) of 80 combat days, 9-10 t a day for a division (LAWS.md, Supply).
    """
    return (
        P.supply_ammunition_men * np.float64(S.u_men[u])
        + P.supply_ammunition_gun * np.float64(S.u_material[u, GUNS])
        + P.supply_ammunition_mortar * np.float64(S.u_material[u, MORTARS])
    )


@njit
def fuel_km(S, P, u: int) -> float:
    """Motor fuel of unit u for one kilometre. [kg/km]"""
    return P.supply_fuel_truck * np.float64(
        S.u_material[u, TRUCKS]
    ) + P.supply_fuel_tank * np.float64(S.u_material[u, TANKS])


@njit
def forage_full(S, M, P, h: int) -> float:
    """Food and fodder that troops can find in hex h in an ordinary month. [t]

    Eq. (5.4): by country, times the food of the province over its need (at most 1.5).
    """
    t = np.int64(M.terrain[h])
    full = P.forage_plain
    if t == PADDY:
        full = P.forage_paddy
    elif t == HILLS:
        full = P.forage_hills
    elif t == LOW_MOUNTAINS:
        full = P.forage_low_mountains
    elif t == HIGH_MOUNTAINS:
        full = P.forage_high_mountains
    elif t >= LAKE:
        return 0.0
    province = np.int64(M.province[h])
    if province >= 0:
        food = S.p_food[province]
        if food > 1.5:
            food = 1.5
        full *= food
    return full * (1.0 - P.forage_flood_loss * np.float64(M.flood[h]))


@njit
def grow(S, M, P) -> None:
    """What grows again: a share each month, the harvest in its month, up to a full barn."""
    month = M.month[S.day]
    harvest = month == np.int64(P.forage_harvest_month)
    gain = P.forage_regrowth
    most = 1.0
    if harvest:
        gain = P.forage_harvest
        most = P.forage_harvest
    for h in range(M.n_hexes):
        full = forage_full(S, M, P, h)
        now = np.float64(S.h_forage[h])
        after = now + gain * full
        if after > most * full:
            after = most * full
        if after > now:
            S.h_forage[h] = np.int64(after)


@njit
def settled(S, P, h: int) -> bool:
    """True where a side has held the country long enough for its county granaries to pay a levy."""
    since = np.int64(S.h_since[h])
    return since <= 0 or S.day - since >= np.int64(P.forage_levy_days)


@njit
def forage(S, M, P, u: int) -> None:
    """Unit u lives on its hex as far as that goes: food first, then fodder.

    Eq. (5.5): taken = freedom min(share of need, (take stock + levy) share of the hex's men);
    foragers = the most that go out * taken / need.  The levy of settled country renews itself.
    """
    h = S.u_hex[u]
    S.u_foraged[u] = 0
    S.u_foragers[u] = 0.0
    food = ration_day(S, P, u)
    fodder = fodder_day(S, P, u)
    need = food + fodder
    if need <= 0.0:
        return
    ask_food = P.forage_stock_days * food - np.float64(S.u_store[u, FOOD])
    ask_food = max(0.0, min(ask_food, P.forage_share * food))
    ask_fodder = P.forage_stock_days * fodder - np.float64(S.u_store[u, FODDER])
    ask_fodder = max(0.0, min(ask_fodder, P.forage_share * fodder))
    freedom = 1.0
    if S.u_ringed[u] > 0:
        freedom = P.forage_ringed
    elif S.u_contact[u] > 0:
        freedom = P.forage_contact
    men = np.float64(max(np.int64(S.h_men[S.u_side[u], h]), S.u_men[u]))
    levy = 0.0
    if np.int64(S.h_control[h]) == S.u_side[u] and settled(S, P, h):
        levy = P.forage_levy * forage_full(S, M, P, h) * 1000.0
    there = np.float64(S.h_forage[h]) * 1000.0 * P.forage_take + levy
    if men > 0.0:
        there *= np.float64(S.u_men[u]) / men
    taken = freedom * min(ask_food + ask_fodder, there)
    if taken < 1.0:
        return
    eaten_food = min(taken, freedom * ask_food)
    got = gain_store(S, u, FOOD, np.int64(eaten_food), B_FORAGED)
    got += gain_store(S, u, FODDER, np.int64(taken - eaten_food), B_FORAGED)
    beyond = max(0.0, np.float64(got) - levy * np.float64(S.u_men[u]) / max(1.0, men))
    gone = whole(P, beyond * 0.001, S.day, D_ROUNDING, u, 1)
    S.h_forage[h] = max(np.int64(0), np.int64(S.h_forage[h]) - gone)
    S.u_foraged[u] = got
    S.u_foragers[u] = P.forage_men * np.float64(got) / need


@njit
def ask(S, P, u: int) -> int:
    """What unit u asks of its depot today, by store, into u_need; the total. [kg]

    Each store is filled to its mark in days, and nothing is asked faster than a column brings it:
    so many days' worth a day.
    """
    food = ration_day(S, P, u)
    fodder = fodder_day(S, P, u)
    battle = battle_day(S, P, u)
    fuel = fuel_km(S, P, u) * P.supply_march_km
    days = P.supply_quiet_days
    if S.u_posture[u] == P_ASSAULT:
        days = P.supply_assault_days
    elif S.u_contact[u] > 0 or S.u_posture[u] == P_ATTACK:
        days = P.supply_battle_days
    total = np.int64(0)
    for s in range(4):
        day = food
        mark = P.supply_food_days
        if s == FODDER:
            day = fodder
            mark = P.supply_fodder_days
        elif s == AMMUNITION:
            day = battle
            mark = days
        elif s == MOTOR_FUEL:
            day = fuel
            mark = P.supply_fuel_days
        kg = min(mark * day - np.float64(S.u_store[u, s]), P.supply_column_days * day)
        S.u_need[u, s] = np.int64(max(0.0, kg))
        S.u_got[u, s] = 0
        total += S.u_need[u, s]
    return total


@njit
def eat(S, M, P, u: int) -> None:
    """A day's food, fodder and fuel out of the unit's own stores; what is left decides its state.

    Eq. (5.6): fed <- fed + (eaten / ration - fed) / 7; starving horses die at a rate times the
    share of fodder missing beyond what they graze.
    """
    food = ration_day(S, P, u)
    share = 1.0
    if food > 0.0:
        share = np.float64(
            use_store(S, u, FOOD, whole(P, food, S.day, D_ROUNDING, u, 2), B_CONSUMED)
        )
        share = min(1.0, share / food)
    S.u_fed[u] += (share - S.u_fed[u]) / P.supply_fed_days
    if share < P.supply_hunger_share:
        S.u_hungry[u] += 1
        if S.u_hungry[u] % np.int64(P.supply_report_days) == 0:
            log_event(
                S,
                E_SUPPLY_SHORT,
                S.u_side[u],
                S.u_hex[u],
                u,
                -1,
                share,
                S.u_hungry[u],
                0.0,
                0.0,
                0.0,
            )
    else:
        S.u_hungry[u] = 0
    fodder = fodder_day(S, P, u)
    if fodder > 0.0:
        share = np.float64(use_store(S, u, FODDER, np.int64(fodder), B_CONSUMED)) / fodder
        missing = 1.0 - P.supply_grazing - share
        if missing > 0.0:
            dead = P.supply_horses_die * missing * np.float64(S.u_material[u, HORSES])
            lose_material(S, u, HORSES, whole(P, dead, S.day, D_MATERIAL, u, 1), B_LOST)
    per_km = fuel_km(S, P, u)
    S.u_fuelled[u] = 1.0
    if per_km > 0.0:
        # yesterday's march is paid for this morning
        burnt = per_km * S.u_km_today[u]
        use_store(S, u, MOTOR_FUEL, whole(P, burnt, S.day, D_ROUNDING, u, 3), B_CONSUMED)
        march = per_km * P.supply_march_km
        S.u_fuelled[u] = min(1.0, np.float64(S.u_store[u, MOTOR_FUEL]) / march)
    battle = battle_day(S, P, u) * P.supply_rounds_days
    S.u_rounds[u] = 1.0
    if battle > 0.0:
        S.u_rounds[u] = min(1.0, np.float64(S.u_store[u, AMMUNITION]) / battle)
