"""Rule 7d, each side's air commander: which unit flies which mission, and how many sorties."""

import numpy as np
from numba import njit

from tairiku.sim.air_base import distance, fuel_depot
from tairiku.sim.books import use_depot
from tairiku.sim.codes import (
    A_AIRFIELD,
    A_IDLE,
    A_INTERDICTION,
    A_RECONNAISSANCE,
    A_STRATEGIC,
    A_SUPERIORITY,
    A_SUPPLY,
    A_SUPPORT,
    AMMUNITION,
    AVIATION_FUEL,
    B_CONSUMED,
    BOMBER,
    DRY,
    FIGHTER,
    HEAVY_BOMBER,
    ON_MAP,
    RAIN,
    RECON,
    TRANSPORT,
)
from tairiku.sim.dice import D_AIR_SORTIES, whole
from tairiku.sim.layout import NOWHERE


@njit
def weight(S, P, s: int, mission: int) -> float:
    """Weight of a mission for side s: its commander's if he gave any, else the doctrine. [0-10]"""
    given = 0
    for m in range(A_SUPERIORITY, A_STRATEGIC + 1):
        given += S.g_air_priority[s, m]
    if given > 0:
        return np.float64(S.g_air_priority[s, mission])
    if mission == A_SUPERIORITY:
        return P.air_weight_superiority
    if mission == A_SUPPORT:
        return P.air_weight_support
    if mission == A_INTERDICTION:
        return P.air_weight_interdiction
    if mission == A_AIRFIELD:
        return P.air_weight_airfield
    if mission == A_SUPPLY:
        return P.air_weight_supply
    if mission == A_RECONNAISSANCE:
        return P.air_weight_reconnaissance
    return P.air_weight_strategic


@njit
def fitness(M, P, kind: int, t: int, mission: int) -> float:
    """How well a type serves a mission: its value in air combat, its bombs, its kind. [1]

    Bombs count by the root of the load over ``air.standard_kg``: a heavy load falls from high up.
    """
    if mission == A_SUPERIORITY:
        return M.t_fight[t] if kind == FIGHTER else 0.0
    if mission == A_RECONNAISSANCE:
        return 1.0 if kind == RECON else 0.0
    if mission == A_SUPPLY:
        return 1.0 if kind == TRANSPORT else 0.0
    if kind == TRANSPORT or M.t_bomb_kg[t] <= 0.0:
        return 0.0
    if mission == A_STRATEGIC and kind == FIGHTER:
        return 0.0
    if mission == A_SUPPORT and kind == HEAVY_BOMBER:
        return 0.0
    return np.sqrt(M.t_bomb_kg[t] / P.air_standard_kg)


@njit
def sky(S, M, P, region: int) -> float:
    """Share of the flying that the weather of a region allows. [0-1]"""
    if S.w_sky[region] == DRY:
        return 1.0
    if S.w_sky[region] == RAIN:
        return P.air_rain
    return P.air_storm


@njit
def choose(S, M, P, W, a: int) -> None:
    """Give air unit a the mission and target of most use today. (7.8)

    use = weight * worth * fitness / (1 + sent/need) * (1 - km/(2 range)), worth relative to the
    best target of the mission, need = ``air.target_sorties`` * worth.
    """
    S.a_mission[a] = A_IDLE
    S.a_target[a] = NOWHERE
    W.as_slot[a] = -1
    s = S.a_side[a]
    t = S.a_type[a]
    v = S.a_field[a]
    best = 0.0
    for m in range(A_SUPERIORITY, A_STRATEGIC + 1):
        fit = fitness(M, P, S.a_kind[a], t, m) * weight(S, P, s, m)
        if fit <= 0.0:
            continue
        top = 0.0
        for k in range(W.at_count[s, m]):
            top = max(top, W.at_value[s, m, k])
        for k in range(W.at_count[s, m]):
            h = W.at_hex[s, m, k]
            worth = W.at_value[s, m, k] / top
            if h == S.g_air_target[s, m] and S.g_air_priority[s, m] > 0:
                worth = 1.0
            need = P.air_target_sorties * worth
            use = fit * worth / (1.0 + W.at_sent[s, m, k] / need)
            if use <= best:
                continue  # and farther off it is of less use
            if h == NOWHERE:
                o = W.at_other[s, m, k]
                km = distance(M.v_x_km[v], M.v_y_km[v], M.v_x_km[o], M.v_y_km[o])
            else:
                km = distance(M.v_x_km[v], M.v_y_km[v], M.x_km[h], M.y_km[h])
            if km > M.t_range_km[t]:
                continue
            use *= 1.0 - km / (2.0 * M.t_range_km[t])
            if use > best:
                best = use
                S.a_mission[a] = m
                S.a_target[a] = h
                W.as_slot[a] = k


@njit
def launch(S, M, P, W, a: int) -> None:
    """Sorties of air unit a today: serviceable, fuelled, bombed up, as the sky allows. (7.9)

    n = craft * service * ``air.rate`` * (1 - km/(2 range)) * runway * sky; each takes fuel
    t_fuel * (1 + km/range)/2 from the base's depot, and its bombs where it strikes.
    """
    m = S.a_mission[a]
    v = S.a_field[a]
    t = S.a_type[a]
    s = S.a_side[a]
    d = fuel_depot(S, M, P, v)
    if d < 0 or M.v_class[v] < M.t_runway[t]:
        S.a_mission[a] = A_IDLE
        return
    h = S.a_target[a]
    km = M.t_range_km[t]
    clear = 1.0
    if h != NOWHERE:
        km = distance(M.v_x_km[v], M.v_y_km[v], M.x_km[h], M.y_km[h])
        clear = sky(S, M, P, np.int64(M.region[h]))
    if M.v_hex[v] != NOWHERE:
        clear *= sky(S, M, P, np.int64(M.region[M.v_hex[v]]))
    part = km / M.t_range_km[t]
    fit = np.float64(S.a_craft[a]) * S.a_service[a] * S.v_ready[v] * clear
    n = whole(P, fit * P.air_rate * (1.0 - 0.5 * part), S.day, D_AIR_SORTIES, a, 0)
    fuel = M.t_fuel_kg[t] * 0.5 * (1.0 + part)
    n = min(n, np.int64(np.float64(S.d_store[d, AVIATION_FUEL]) / fuel))
    strikes = m == A_SUPPORT or m == A_INTERDICTION or m == A_AIRFIELD or m == A_STRATEGIC
    if strikes:
        n = min(n, np.int64(np.float64(S.d_store[d, AMMUNITION]) / M.t_bomb_kg[t]))
    if n <= 0:
        S.a_mission[a] = A_IDLE
        return
    use_depot(S, d, AVIATION_FUEL, np.int64(fuel * np.float64(n)), B_CONSUMED)
    if strikes:
        use_depot(S, d, AMMUNITION, np.int64(M.t_bomb_kg[t] * np.float64(n)), B_CONSUMED)
    S.a_sorties[a] = n
    W.as_effect[a] = np.float64(n)
    k = W.as_slot[a]
    if k >= 0:
        W.at_sent[s, m, k] += np.float64(n)


@njit
def assign(S, M, P, W) -> None:
    """Missions and sorties of today: the bombers first, then fighters and the rest.

    Very heavy bombers (airfield class 4) are under a command outside the theatre and fly beyond
    the map whenever ``air.far_raid`` of them are fuelled.
    """
    for a in range(M.n_air):
        S.a_mission[a] = A_IDLE
        S.a_target[a] = NOWHERE
        S.a_sorties[a] = 0
        S.a_lost[a] = 0
        W.as_effect[a] = 0.0
        W.as_slot[a] = -1
    for turn in range(2):
        for a in range(M.n_air):
            if S.a_status[a] != ON_MAP or S.a_field[a] < 0 or S.a_craft[a] <= 0:
                continue
            first = S.a_kind[a] == BOMBER or S.a_kind[a] == HEAVY_BOMBER
            if (turn == 0) != first:
                continue
            if M.t_runway[S.a_type[a]] > 3:
                d = S.v_depot[S.a_field[a]]
                raid = P.air_far_raid * np.float64(S.a_craft[a]) * M.t_fuel_kg[S.a_type[a]]
                if d < 0 or np.float64(S.d_store[d, AVIATION_FUEL]) < raid:
                    continue
                S.a_mission[a] = A_STRATEGIC
            else:
                choose(S, M, P, W, a)
            if S.a_mission[a] != A_IDLE:
                launch(S, M, P, W, a)
