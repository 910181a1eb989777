"""Rule 14, the score: the reach of bombers to Japan, and the corridor's three answers."""

import numpy as np
from numba import njit

from tairiku.sim.codes import CHINA, JAPAN


@njit
def reach_of(M, P, x_km: float, y_km: float, radius_km: float) -> float:
    """Share of Japan's industry within radius of a base: Kyushu, Osaka-Kobe, Tokyo-Nagoya. [0-1]"""
    share = 0.0
    dx = x_km - P.score_kyushu_east_km
    dy = y_km - P.score_kyushu_north_km
    if dx * dx + dy * dy <= radius_km * radius_km:
        share += P.score_kyushu_share
    dx = x_km - P.score_osaka_east_km
    dy = y_km - P.score_osaka_north_km
    if dx * dx + dy * dy <= radius_km * radius_km:
        share += P.score_osaka_share
    dx = x_km - P.score_tokyo_east_km
    dy = y_km - P.score_tokyo_north_km
    if dx * dx + dy * dy <= radius_km * radius_km:
        share += 1.0 - P.score_kyushu_share - P.score_osaka_share
    return share


@njit
def japan_reach(S, M, P) -> float:
    """Allied bomber reach to Japan from every base in hand (M61, M104). (14.1) [0-1]

    The best of: each field of China's side fit for heavy bombers, within the radius of the class of
    aircraft it takes, times its state; and the Marianas from ``score.marianas_day`` on.
    """
    best = 0.0
    for v in range(M.n_fields):
        if S.v_side[v] != CHINA or M.v_class[v] < 3:
            continue
        radius = P.score_b29_km if M.v_class[v] > 3 else P.score_b24_km
        best = max(best, S.v_ready[v] * reach_of(M, P, M.v_x_km[v], M.v_y_km[v], radius))
    if S.day >= np.int64(P.score_marianas_day):
        best = max(best, P.score_marianas_share)
    return best


@njit
def step_tonnes(S, M, P, a: int, b: int) -> float:
    """What gets through from hex a to its neighbour b in a day for Japan. (14.2) [t/day]

    The best of rail (state of ``score.rail_tonnes``, Japanese trains only), road, water, carriers,
    times 1 - irregulars' hold (M95) and 1 - traffic stopped from the air.
    """
    best = 0.0
    for k in range(6):
        if np.int64(M.next[a, k]) != b:
            continue
        r = np.int64(M.rail[a, k])
        if r >= 0 and S.r_runs[r] == JAPAN + 1:
            best = max(best, P.score_rail_tonnes * np.float64(S.r_state[r]) / 1000.0)
        w = np.int64(M.road[a, k])
        if w >= 0:
            best = max(best, P.score_road_tonnes * np.float64(S.k_state[w]) / 1000.0)
        if np.int64(M.water[a, k]) == 1:
            best = max(best, P.score_water_tonnes)
        best = max(best, P.score_track_tonnes)
    hold = max(np.float64(S.h_guerrilla[a]), np.float64(S.h_guerrilla[b]))
    bar = max(np.float64(S.h_interdict[JAPAN, a]), np.float64(S.h_interdict[JAPAN, b]))
    return best * (1.0 - hold) * (1.0 - bar)


@njit
def corridor(S, M, P) -> None:
    """The corridor's three answers along its route (M45, M105). (14.3)

    Control: share of its hexes in Japanese hands, 1 when contiguous; rail: share of its steps over
    which Japanese trains run (state at least ``score.train_state``); tonnes: the weakest step.
    """
    held = 0
    trains = 0
    tonnes = 1.0e9
    n = M.n_route
    if n < 2:
        S.g_corridor_control = 0.0
        S.g_corridor_rail = 0.0
        S.g_corridor_tonnes = 0.0
        return
    for i in range(n):
        a = M.route[i]
        here = np.int64(S.h_control[a]) == JAPAN
        if here:
            held += 1
        else:
            tonnes = 0.0
        if i + 1 == n:
            break
        b = M.route[i + 1]
        if tonnes > 0.0:
            tonnes = min(tonnes, step_tonnes(S, M, P, a, b))
        if not here or np.int64(S.h_control[b]) != JAPAN:
            continue
        for k in range(6):
            r = np.int64(M.rail[a, k])
            if np.int64(M.next[a, k]) == b and r >= 0 and S.r_runs[r] == JAPAN + 1:
                if np.float64(S.r_state[r]) >= P.score_train_state:
                    trains += 1
    S.g_corridor_control = np.float64(held) / np.float64(n)
    S.g_corridor_rail = np.float64(trains) / np.float64(n - 1)
    S.g_corridor_tonnes = tonnes


@njit
def reckon(S, M, P, W) -> None:
    """The score of the day: bomber reach to Japan and the corridor. It feeds back on nothing."""
    S.g_japan_reach = japan_reach(S, M, P)
    corridor(S, M, P)
