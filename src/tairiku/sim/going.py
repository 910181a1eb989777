"""The going: what a step costs a unit today (docs/rules/movement.md, eq. 4-7)."""

import numpy as np
from numba import njit

from tairiku.sim.codes import CAVALRY, DRAFT, GROUND_DRY, GROUND_MUD, MOTORISED, TANK
from tairiku.sim.crossing import river_delay
from tairiku.sim.ways import FAR, FOOT, VEHICLES, ground_weight, road_weight

IMPULSES = 4


@njit
def mode_of(S, u: int) -> int:
    """How unit u moves: 0 on foot and hoof, 1 in vehicles. [1]"""
    if S.u_kind[u] == TANK or S.u_kind[u] == MOTORISED:
        return VEHICLES
    return FOOT


@njit
def slower_than_mode(S, P, u: int) -> float:
    """Time of unit u over that of the standard of its mode (infantry, motor column). [1]"""
    kind = S.u_kind[u]
    if kind == TANK:
        return P.movement_motor_km / P.movement_tank_km
    if kind == CAVALRY:
        return P.movement_foot_km / P.movement_cavalry_km
    if kind == DRAFT:
        return P.movement_foot_km / P.movement_draft_km
    return 1.0


@njit
def ground_factor(S, M, P, a: int, k: int, mode: int) -> float:
    """Time on today's ground over dry ground for the step from hex a over side k. [1]

    Eq. (5): 1 dry, ``wet`` or ``mud`` else; on a trunk road only the share ``trunk_mud`` is felt.
    """
    ground = S.w_ground[M.region[a]]
    if ground == GROUND_DRY:
        return 1.0
    f = P.movement_wet if mode == FOOT else P.movement_motor_wet
    if ground == GROUND_MUD:
        f = P.movement_mud if mode == FOOT else P.movement_motor_mud
    road = np.int64(M.road[a, k])
    if road >= 0 and M.k_class[road] >= 2:
        f = 1.0 + (f - 1.0) * P.movement_trunk_mud
    return f


@njit
def road_factor(S, M, P, a: int, k: int) -> float:
    """Time of vehicles on the road over side k in its state of today over the whole road. [1]

    Eq. (6): ``min(off / on, 1 / state)``: a ploughed-up road is never worse than the open country.
    """
    road = np.int64(M.road[a, k])
    if road < 0 or S.k_state[road] >= 1000:
        return 1.0
    terrain = np.int64(M.terrain[a])
    most = ground_weight(P, terrain, VEHICLES) / road_weight(M, P, terrain, road, VEHICLES)
    state = np.float64(max(1, S.k_state[road])) * 0.001
    return max(1.0, min(most, 1.0 / state))


@njit
def step_minutes(S, M, P, W, u: int, a: int, k: int) -> int:
    """Time of unit u, rested, from hex a over side k today, unopposed; FAR if it cannot. [min]

    Eq. (4): ``t = t_static * slower * ground * road + delay at the river``.
    """
    mode = mode_of(S, u)
    static = np.int64(W.q_edge[mode, a, k])
    if static >= FAR:
        return FAR
    delay = river_delay(S, M, P, u, a, k)
    if delay < 0.0:
        return FAR
    t = np.float64(static) * slower_than_mode(S, P, u) * ground_factor(S, M, P, a, k, mode)
    if mode == VEHICLES:
        t = t * road_factor(S, M, P, a, k)
    return np.int64(t + delay)


@njit
def pace(S, P, u: int) -> float:
    """Pace of unit u today over that of a rested, fed, fuelled one. [0-1]

    Eq. (7): ``(1 - fatigue_loss * fatigue) (1 - hunger_loss (1 - fed))``, times ``battle_pace`` on
    the day after contact; in vehicles times the fuel in hand, and ``tank_worn`` after
    ``tank_days`` on the march.
    """
    p = 1.0 - P.movement_fatigue_loss * S.u_fatigue[u]
    p = p * (1.0 - P.movement_hunger_loss * (1.0 - min(1.0, S.u_fed[u])))
    if S.u_contact_day[u] >= S.day - 1:
        p = p * P.movement_battle_pace
    if mode_of(S, u) == VEHICLES:
        if S.u_fuelled[u] < P.movement_fuel_floor:
            return 0.0
        p = p * min(1.0, S.u_fuelled[u])
        if np.float64(S.u_march_days[u]) > P.movement_tank_days:
            p = p * P.movement_tank_worn
    return max(0.0, p)


@njit
def impulse_minutes(P) -> float:
    """Marching time in one impulse. [min]"""
    return P.movement_march_hours * 60.0 / np.float64(IMPULSES)
