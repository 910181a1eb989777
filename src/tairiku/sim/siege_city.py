"""The inside of a besieged city: works, food, the will to hold on, the last reserves."""

import numpy as np
from numba import njit

from tairiku.sim.books import gain_men, gain_store
from tairiku.sim.codes import (
    B_FORAGED,
    FOOD,
    GUERRILLA,
    M_RAISED,
    O_ATTACK,
    O_FORTRESS,
    O_HOLD,
    O_RELIEVE,
    ON_MAP,
)
from tairiku.sim.layout import NOWHERE


@njit
def in_peace(S, M, P, c: int) -> None:
    """A city out of the war: its holder has all of it, and its granaries fill.

    Food goes towards ``people * siege.granary_kg`` in ``siege.granary_days`` days.
    """
    S.c_zones[c] = M.c_zone_count[c]
    full = np.float64(M.c_people[c]) * P.siege_granary_kg
    have = np.float64(S.c_food[c])
    if have < full:
        S.c_food[c] += np.int64((full - have) * (1.0 / P.siege_granary_days))


@njit
def told_to_hold(S, h: int, side: int) -> bool:
    """True if a unit of ``side`` in hex h has orders to hold; without, a town is open country."""
    u = np.int64(S.h_first[h])
    while u >= 0:
        if S.u_side[u] == side and (S.u_order[u] == O_FORTRESS or S.u_order[u] == O_HOLD):
            return True
        u = S.u_mate[u]
    return False


@njit
def build_works(S, M, P, c: int, h: int, side: int, men: float) -> None:
    """Soldiers under orders to hold, and civilians (M91), build the works of city c.

    Eq. (10.3): ``dw = (dig men/10000 + civilians level) (1 - w/100)``, points a day; the
    field works of the hex are at least those of the city.
    """
    if told_to_hold(S, h, side):
        rate = P.siege_dig * men * 0.0001 + P.siege_civilians * np.float64(M.c_level[c])
        grown = S.c_works[c] + rate * (1.0 - 0.01 * S.c_works[c])
        S.c_works[c] = min(100.0, grown)
    if np.float64(S.h_works[h]) < S.c_works[c]:
        S.h_works[h] = np.int64(S.c_works[c])


@njit
def eat_inside(S, M, P, c: int, h: int, side: int) -> None:
    """A ringed city lives on its stores: its people, then the units that run short. [kg]

    Each unit is given what it lacks to ``siege.carry_days`` rations, at most one day's, out of
    the food of the city; it enters the force's book as found on the spot.
    """
    people = np.float64(M.c_people[c]) * P.siege_people_stay * P.siege_people_kg
    S.c_food[c] -= min(S.c_food[c], np.int64(people))
    u = np.int64(S.h_first[h])
    while u >= 0:
        if S.u_side[u] == side and S.u_kind[u] != GUERRILLA:
            day = np.int64(np.float64(S.u_men[u]) * P.siege_ration_kg)
            carried = np.int64(P.siege_carry_days) * day
            want = min(day, carried - S.u_store[u, FOOD])
            S.c_food[c] -= gain_store(S, u, FOOD, min(want, S.c_food[c]), B_FORAGED)
        u = S.u_mate[u]


@njit
def relief_hope(S, M, P, h: int, side: int) -> float:
    """Hope of relief: nearness of a force of ``side`` on its way to city hex h. [0-1]

    Eq. (10.4): ``1 - d / siege.relief_km`` for the nearest unit ordered to relieve or attack there.
    """
    hope = 0.0
    for u in range(S.n_units):
        if S.u_side[u] != side or S.u_status[u] != ON_MAP or S.u_target[u] != h:
            continue
        order = S.u_order[u]
        if S.u_hex[u] == h or S.u_hex[u] == NOWHERE:
            continue
        if order == O_RELIEVE or order == O_ATTACK:
            dx = M.x_km[S.u_hex[u]] - M.x_km[h]
            dy = M.y_km[S.u_hex[u]] - M.y_km[h]
            hope = max(hope, 1.0 - np.sqrt(dx * dx + dy * dy) * (1.0 / P.siege_relief_km))
    return hope


@njit
def will_to_hold(
    P, firm: float, lost: float, fed: float, rounds: float, alone: float, heights: float
) -> float:
    """What the will of a garrison tends to. [0-1]

    Eq. (10.5): ``w = firm (1 - l F) (f + (1-f) fed) (r + (1-r) rounds) (1 - a alone) (1 - g)``
    with F the share lost, alone = ring times (1 - hope of relief), g the weight of the
    commanding ground (heights) once it is lost.
    """
    w = firm * (1.0 - P.siege_will_loss * lost)
    w *= P.siege_will_hunger + (1.0 - P.siege_will_hunger) * fed
    w *= P.siege_will_rounds + (1.0 - P.siege_will_rounds) * rounds
    w *= (1.0 - P.siege_will_alone * alone) * (1.0 - heights)
    return min(1.0, max(0.0, w))


@njit
def heights_lost(S, M, c: int) -> float:
    """Weight of the ground that commands city c, if the enemy has it, else 0. [0-1]

    The commanding ground is the outermost zone: lost when the first whole zone has fallen.
    """
    if M.c_zone_count[c] - S.c_zones[c] >= 1.0 or S.c_zones[c] <= 0.0:
        return M.c_heights[c]
    return 0.0


@njit
def call_services(S, M, P, c: int, unit: int) -> int:
    """Police, fire brigades and townsmen join the garrison when a siege begins (M91); the men."""
    n = np.int64(np.float64(M.c_people[c]) * P.siege_services)
    return gain_men(S, unit, n, M_RAISED)
