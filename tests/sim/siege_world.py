"""A city in the middle of a flat map, a garrison in it, besiegers round it: a siege to be played.

The day is shortened to combat, siege, encirclement, the sick and rest; supply and movement are
played by hand: besiegers are refilled up to a daily tonnage, and attack when the siege lets them.
"""

import numpy as np

from tairiku.sim import codes, layout
from tairiku.sim.combat import fight
from tairiku.sim.encirclement import encircle
from tairiku.sim.layout import NOWHERE
from tairiku.sim.medical import treat
from tairiku.sim.placement import refresh_zones
from tairiku.sim.rest import rest
from tairiku.sim.siege import assault_today, besiege
from tests.sim.world import add_unit, bare_map, bare_state

CITY = 24  # the middle of 7 x 7


def city_map(zones: float = 5.0, people: int = 200_000, heights: float = 0.0) -> np.record:
    """The flat map with one large city in the middle."""
    M = bare_map()
    M.n_cities = 1
    M.city[CITY] = 0
    M.c_hex[0] = CITY
    M.c_level[0] = 4
    M.c_zone_count[0] = zones
    M.c_people[0] = people
    M.c_heights[0] = heights
    M.month[:] = 7
    return M


def city_state(M: np.record, works: float = 0.0, food: int = 600_000) -> np.record:
    """The empty state with that city at peace in Chinese hands."""
    S = bare_state(M)
    S.c_zones[0] = M.c_zone_count[0]
    S.c_works[0] = works
    S.c_food[0] = food
    S.g_real_pay = 1.0
    return S


def add_garrison(S: np.record, men: int, firmness: float = 0.7, guns: int = 20) -> int:
    """A Chinese garrison under a hold order in the city, a week's food and rounds with it."""
    u = add_unit(S, CITY, codes.CHINA, men)
    S.u_order[u] = codes.O_FORTRESS
    S.u_target[u] = CITY
    S.u_posture[u] = codes.P_FORTIFIED
    S.u_equipment[u] = 0.5
    S.u_firmness[u] = S.u_cohesion[u] = firmness
    arm(S, u, guns, men * 8, men * 8)
    return u


def arm(S: np.record, u: int, guns: int, food_kg: int, rounds_kg: int) -> None:
    """Guns, food and ammunition for unit u, entered in the books."""
    f = S.u_force[u]
    S.u_material[u, codes.GUNS] += guns
    S.g_material[f, codes.GUNS, codes.B_INITIAL] += guns
    for store, kg in ((codes.FOOD, food_kg), (codes.AMMUNITION, rounds_kg)):
        S.u_store[u, store] += kg
        S.g_store[f, store, codes.B_INITIAL] += kg


def add_besiegers(S: np.record, M: np.record, divisions: int, men: int = 15_000) -> list[int]:
    """Japanese divisions round the city, the first six one to a side, more on the same sides."""
    units = []
    for i in range(divisions):
        u = add_unit(S, int(M.next[CITY, i % 6]), codes.JAPAN, men)
        S.u_order[u] = codes.O_ASSAULT
        S.u_target[u] = CITY
        S.u_infantry[u] = 0.58
        S.u_training[u] = S.u_equipment[u] = 0.75
        S.u_firmness[u] = S.u_cohesion[u] = 0.85
        arm(S, u, 40, men * 10, 60_000)
        units.append(u)
    return units


def ring_by_zones(S: np.record, M: np.record) -> None:
    """Bar every side of the city: a screen of men on each that has none."""
    for k in range(6):
        h = int(M.next[CITY, k])
        if S.h_men[codes.JAPAN, h] == 0:
            S.h_zone[codes.JAPAN, h] = 3000


def play(
    S: np.record, M: np.record, P: np.record, days: int, tonnes: float, ring: bool = True
) -> int:
    """Play the siege until the garrison is out of the city; the day it fell, ``days`` if it holds.

    ``tonnes`` of ammunition reach the besiegers each day, to at most 90 t a division.
    """
    W = layout.new(layout.WORK)[0]
    garrison = [u for u in range(S.n_units) if S.u_hex[u] == CITY]
    for day in range(1, days + 1):
        S.day = day
        S.n_events = 0
        besieging = [
            u
            for u in range(S.n_units)
            if S.u_side[u] == codes.JAPAN and S.u_status[u] == codes.ON_MAP
        ]
        eat_and_refill(S, garrison, besieging, tonnes)
        refresh_zones(S, M, P)
        if ring:
            ring_by_zones(S, M)
        for u in besieging:
            go = assault_today(S, M, CITY) and S.u_halt_days[u] == 0
            S.u_attacks[u] = CITY if go else NOWHERE
            S.u_posture[u] = codes.P_ASSAULT if go else codes.P_REST
        fight(S, M, P, W)
        for u in garrison:
            S.u_ringed[u] = S.u_ringed[u] + 1 if ring and S.u_hex[u] == CITY else 0
        besiege(S, M, P, W)
        encircle(S, M, P, W)
        treat(S, M, P, W)
        rest(S, M, P, W)
        if not any(S.u_status[u] == codes.ON_MAP and S.u_hex[u] == CITY for u in garrison):
            return day
    return days


def eat_and_refill(S: np.record, garrison: list[int], besieging: list[int], tonnes: float) -> None:
    """Supply by hand: the garrison eats what it has, the besiegers are fed and given ammunition."""
    for u in garrison:
        if S.u_status[u] != codes.ON_MAP:
            continue
        ration = int(S.u_men[u] * 0.75)
        eaten = min(ration, int(S.u_store[u, codes.FOOD]))
        S.u_store[u, codes.FOOD] -= eaten
        S.g_store[S.u_force[u], codes.FOOD, codes.B_CONSUMED] += eaten
        S.u_fed[u] += (eaten / max(1, ration) - S.u_fed[u]) / 7.0
        S.u_hungry[u] = 0 if eaten * 2 >= ration else S.u_hungry[u] + 1
        S.u_rounds[u] = min(1.0, S.u_store[u, codes.AMMUNITION] / max(1.0, S.u_men[u] * 2.0))
    share = int(tonnes * 1000.0 / max(1, len(besieging)))
    for u in besieging:
        kg = min(share, max(0, 90_000 - int(S.u_store[u, codes.AMMUNITION])))
        S.u_store[u, codes.AMMUNITION] += kg
        S.g_store[S.u_force[u], codes.AMMUNITION, codes.B_INFLOW] += kg
        S.u_rounds[u] = min(1.0, S.u_store[u, codes.AMMUNITION] / 30_000.0)
