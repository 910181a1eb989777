"""Step 5, supply: what it costs to carry a load from one hex to the next, and how much passes."""

import numpy as np
from numba import njit

from tairiku.sim.codes import (
    GROUND_DRY,
    GROUND_MUD,
    HIGH_MOUNTAINS,
    HILLS,
    LAKE,
    LOW_MOUNTAINS,
    NO_SIDE,
)
from tairiku.sim.layout import HEXES, NOWHERE

FAR = 1 << 30  # cost of a hex that no supply reaches


@njit
def roughness(M, P, h: int) -> float:
    """Factor on the cost of carts and carriers in the country of hex h. [1]"""
    t = np.int64(M.terrain[h])
    if t == HILLS:
        return P.supply_rough_hills
    if t == LOW_MOUNTAINS:
        return P.supply_rough_low_mountains
    if t == HIGH_MOUNTAINS:
        return P.supply_rough_high_mountains
    return 1.0


@njit
def country_cost(M, P, h: int, k: int) -> int:
    """Cost of carrying over side k of hex h by carriers or by boat; FAR where neither goes. [cost]

    Eq. (5.1): c = pitch * min over means (rate * roughness); one cost unit is 100 m by rail.
    """
    n = np.int64(M.next[h, k])
    if n == NOWHERE:
        return FAR
    best = np.float64(FAR)
    if np.int64(M.terrain[h]) != LAKE and np.int64(M.terrain[n]) != LAKE:
        rough = 0.5 * (roughness(M, P, h) + roughness(M, P, n))
        best = M.pitch_km * P.supply_cost_track * rough
        if np.int64(M.river[h, k]) >= 2 and np.int64(M.bridge[h, k]) < 0:
            best += P.supply_cost_ferry
    if np.int64(M.water[h, k]) != 0:
        best = min(best, M.pitch_km * P.supply_cost_water)
    return np.int64(best)


@njit
def road_cost(M, P, h: int, k: int, grade: int) -> int:
    """Cost of carrying by a road of the grade over side k of hex h; FAR by one that is none. [cost]

    The hills count half on a made road: it was built round them.
    """
    if grade == 0:
        return FAR
    rate = P.supply_cost_road
    if grade == 2:
        rate = P.supply_cost_worn_road
    elif grade == 1:
        rate = P.supply_cost_broken_road
    rough = 0.5 * (roughness(M, P, h) + roughness(M, P, np.int64(M.next[h, k])))
    return np.int64(M.pitch_km * rate * (0.5 + 0.5 * rough))


@njit
def _print_of(M, P) -> float:
    """A number that changes with every parameter and map the costs rest on."""
    x = np.float64(M.n_hexes) + 1.7 * M.pitch_km
    x = 1.3 * x + P.supply_cost_track + 1.1 * P.supply_cost_ferry + 1.2 * P.supply_cost_water
    x = 1.3 * x + P.supply_cost_road + 1.1 * P.supply_cost_worn_road
    x = 1.3 * x + P.supply_cost_broken_road + 1.1 * P.supply_rough_hills
    return 1.3 * x + P.supply_rough_low_mountains + 1.1 * P.supply_rough_high_mountains


@njit
def great_river(M, h: int) -> bool:
    """True if a river of the first size washes the hex."""
    for k in range(6):
        if np.int64(M.river[h, k]) == 3:
            return True
    return False


# a packed hexside, W.link: neighbour, road link + 1, rail link + 1, boats (0 none, 1 some, 2 those
# of a great river), cost of carriage by the country
_ROAD, _RAIL, _BOATS, _COST = 16, 29, 41, 43  # first bit of each after the neighbour's
_TOO_DEAR = (1 << 20) - 1  # stands for FAR


@njit
def price_carriage(M, P, W) -> None:
    """Reckon what does not change from day to day, W.link and W.carry_road, if W lacks it.

    One word a hexside holds all that the fields of supply ask of it, so that it is fetched at once.
    """
    x = _print_of(M, P)
    if W.carry_print == x:
        return
    W.carry_print = x
    for h in range(M.n_hexes):
        W.rough[h] = roughness(M, P, h)
        for k in range(6):
            road = np.int64(M.road[h, k])
            boats = np.int64(M.water[h, k] != 0)
            if boats != 0 and great_river(M, h) and great_river(M, np.int64(M.next[h, k])):
                boats = np.int64(2)
            cost = min(country_cost(M, P, h, k), _TOO_DEAR)
            code = np.int64(M.next[h, k]) | (cost << _COST)
            code |= ((road + 1) << _ROAD) | ((np.int64(M.rail[h, k]) + 1) << _RAIL)
            code |= boats << _BOATS
            W.link[h, k] = code
            if road >= 0:
                for grade in range(4):
                    W.carry_road[road, grade] = road_cost(M, P, h, k, grade)


@njit(forceinline=True)
def link_end(link: int) -> int:
    """The neighbour over a packed hexside, NOWHERE if none."""
    return link & 0xFFFF


@njit(forceinline=True)
def has_way(link: int) -> bool:
    """True if a road or a railway goes over a packed hexside."""
    return (link & ((1 << _BOATS) - (1 << _ROAD))) != 0


@njit(forceinline=True)
def road_of(link: int) -> int:
    """The road link over a packed hexside, -1 if none."""
    return ((link >> _ROAD) & 0x1FFF) - 1


@njit(forceinline=True)
def rail_of(link: int) -> int:
    """The rail link over a packed hexside, -1 if none."""
    return ((link >> _RAIL) & 0xFFF) - 1


@njit(forceinline=True)
def boats_of(link: int) -> int:
    """Boats over a packed hexside: 0 none, 1 some, 2 those of a great river."""
    return (link >> _BOATS) & 3


@njit(forceinline=True)
def link_cost(S, M, P, W, side: int, link: int) -> int:
    """Cost of carrying over a packed hexside by the cheapest means of today, all Eq. (5.1). [cost]

    `price_carriage` comes first.
    """
    best = link >> _COST
    if best == _TOO_DEAR:
        best = np.int64(FAR)
    if has_way(link):
        road = road_of(link)
        if road >= 0:
            best = min(best, np.int64(W.carry_road[road, np.int64(S.k_grade[road])]))
        rail = rail_of(link)
        if rail >= 0:
            if np.int64(S.r_runs[rail]) == side + 1:
                best = min(best, np.int64(M.pitch_km * P.supply_cost_rail))
    return best


@njit
def moves_by_wheel(S, side: int, link: int) -> bool:
    """True where neither trains nor boats go over a packed hexside, only carts and carriers."""
    if boats_of(link) != 0:
        return False
    rail = rail_of(link)
    return rail < 0 or np.int64(S.r_runs[rail]) != side + 1


@njit
def edge_capacity(S, M, P, W, side: int, h: int, link: int) -> float:
    """What can be carried over a packed side of hex h today by all means together. [kg]

    Eq. (5.2): q = (rail state Q_rail + Q_water (1 - f stage)
                    + (road state Q_road + Q_track) ground) (1 - day share * interdicted)
    """
    n = link_end(link)
    region = np.int64(M.region[h])
    land = P.supply_track_t
    road = road_of(link)
    if road >= 0:
        t = P.supply_road_t
        if M.k_class[road] >= 2:
            t = P.supply_trunk_t
        land += t * np.float64(S.k_state[road]) * 0.001
    land = 2.0 * land / (W.rough[h] + W.rough[n])
    ground = S.w_ground[region]
    if ground == GROUND_MUD:
        land *= P.supply_mud
    elif ground != GROUND_DRY:
        land *= P.supply_wet
    total = land
    boats = boats_of(link)
    if boats != 0:
        t = P.supply_water_t
        if boats == 2:
            t = P.supply_great_water_t
        total += t * (1.0 - P.supply_flood * S.w_stage[region])
    rail = rail_of(link)
    if rail >= 0:
        if np.int64(S.r_runs[rail]) == side + 1:
            t = P.supply_rail_t * np.float64(S.r_state[rail]) * 0.001
            if M.r_gauge[rail] < 1200:
                t *= P.supply_narrow
            total += t
    a = np.float64(S.h_interdict[side, h])
    b = np.float64(S.h_interdict[side, n])
    if b > a:
        a = b
    return total * 1000.0 * (1.0 - P.supply_day_share * a)


@njit
def bridge_out(S, P, x: int) -> bool:
    """True if bridge x cannot be used today."""
    return S.x_out_days[x] > 0 or np.float64(S.x_state[x]) < P.supply_bridge_least


@njit
def _mark(W, h: int, n: int) -> int:
    """Add hex h to the ends of changed links; the new count, -1 once the list is full."""
    if n < 0 or n >= HEXES:
        return -1
    W.changed[2, n] = h
    return n + 1


@njit
def links_today(S, M, P, W) -> int:
    """Which lines run and how good the roads are; the ends of changed links in W.changed[2].

    Returns their number, -1 if they found no room.
    """
    n = np.int64(0)
    for r in range(M.n_rails):
        runs = np.int64(0)
        owner = S.r_owner[r]
        if owner != NO_SIDE and np.float64(S.r_state[r]) >= P.supply_rail_least:
            a = M.r_a[r]
            b = M.r_b[r]
            if np.int64(S.h_control[a]) == owner and np.int64(S.h_control[b]) == owner:
                runs = owner + 1
                x = M.r_bridge[r]
                if x >= 0:
                    if bridge_out(S, P, x):
                        runs = np.int64(0)
        if runs != S.r_runs[r]:
            S.r_runs[r] = runs
            n = _mark(W, M.r_a[r], n)
            n = _mark(W, M.r_b[r], n)
    for x in range(M.n_bridges):
        W.hex_whole[x] = -1
        if M.x_road[x] != 0 and M.x_b[x] != NOWHERE:
            if bridge_out(S, P, x):
                a = M.x_a[x]
                for k in range(6):
                    if np.int64(M.next[a, k]) == M.x_b[x]:
                        W.hex_whole[x] = np.int64(M.road[a, k])
    whole, worn = P.supply_road_whole, P.supply_road_worn
    broken = P.supply_road_broken
    for road in range(M.n_roads):
        share = np.float64(S.k_state[road])
        grade = np.int64(share >= whole) + np.int64(share >= worn) + np.int64(share >= broken)
        W.road_grade[road] = grade
    for x in range(M.n_bridges):
        if W.hex_whole[x] >= 0:
            W.road_grade[W.hex_whole[x]] = 0
    for road in range(M.n_roads):
        grade = np.int64(W.road_grade[road])
        if grade != S.k_grade[road]:
            S.k_grade[road] = grade
            n = _mark(W, M.k_a[road], n)
            n = _mark(W, M.k_b[road], n)
    return n
