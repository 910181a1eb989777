"""Rule 13b, irregulars: peasants who disarm beaten troops, bases that grow, rails that are cut."""

import numpy as np
from numba import njit

from tairiku.sim.absent import lose_stragglers
from tairiku.sim.books import lose_material, lose_men
from tairiku.sim.codes import (
    B_LOST,
    CHINA,
    E_GUERRILLA,
    E_PEASANTS,
    F_CHINA,
    GUERRILLA,
    JAPAN,
    M_DESERTED,
    MATERIAL_NAMES,
    ON_MAP,
    P_ROUT,
    P_WITHDRAW,
)
from tairiku.sim.dice import D_PEASANTS, D_SABOTAGE, u01, whole
from tairiku.sim.exactmath import hazard
from tairiku.sim.journal import log_event
from tairiku.sim.layout import PROVINCES

_MATERIALS = len(MATERIAL_NAMES)


@njit
def disarm(S, M, P) -> None:
    """Peasants take the weapons of beaten Chinese troops who pass through (M86). (13.5)

    Of the men in rout ``land.disarm`` * hostility a day, of those withdrawing after a defeat a
    ``land.disarm_withdrawing`` part of that, of stragglers ``land.disarm_stragglers`` * hostility;
    they go home, and their share of the material is lost.  Hostility is above all requisition and
    famine (13.2): nothing here knows of loyalty.
    """
    for u in range(S.n_units):
        if S.u_status[u] != ON_MAP or S.u_force[u] != F_CHINA or S.u_kind[u] == GUERRILLA:
            continue
        p = np.int64(M.province[S.u_hex[u]])
        if p < 0 or S.p_hostility[p] <= 0.0:
            continue
        anger = S.p_hostility[p]
        beaten = 0.0
        if S.u_posture[u] == P_ROUT or S.u_rout_days[u] > 0:
            beaten = 1.0
        elif S.u_posture[u] == P_WITHDRAW and S.u_lost[u] > 0.0:
            beaten = P.land_disarm_withdrawing
        men = S.u_men[u]
        n = np.int64(0)
        if beaten > 0.0 and men > 0:
            x = P.land_disarm * anger * beaten * np.float64(men)
            n = lose_men(S, u, whole(P, x, S.day, D_PEASANTS, u, 0), M_DESERTED)
            for k in range(_MATERIALS):
                have = np.float64(S.u_material[u, k])
                gone = whole(P, have * np.float64(n) / np.float64(men), S.day, D_PEASANTS, u, 2 + k)
                lose_material(S, u, k, min(S.u_material[u, k], gone), B_LOST)
        if S.u_stragglers[u] > 0:
            x = P.land_disarm_stragglers * anger * np.float64(S.u_stragglers[u])
            n += lose_stragglers(S, u, whole(P, x, S.day, D_PEASANTS, u, 1), M_DESERTED)
        if n > 0:
            log_event(
                S, E_PEASANTS, S.u_side[u], S.u_hex[u], u, -1, np.float64(n), anger, 0.0, 0.0, 0.0
            )


@njit
def next_bases(P, now: float, vacuum: float, held: float) -> float:
    """Strength of the Communist bases of a province a week on (M92, M94). (13.6) [0-1]

    g' = g + held * (``land.bases_grow`` * g * (1 - g) * vacuum - ``land.bases_swept`` * g *
    (1 - vacuum)), held the share of the province in Japanese hands: behind the own lines of the
    government the bases neither grow nor are swept.
    """
    grown = P.land_bases_grow * now * (1.0 - now) * vacuum
    return max(0.0, min(1.0, now + held * (grown - P.land_bases_swept * now * (1.0 - vacuum))))


@njit
def garrisons(S, M, P, W) -> None:
    """What Japan's lines need to be held, and the men who are there, by province. (13.7)

    Need: one battalion per ``land.battalion_km`` of railway in Japanese hands.  Men there go to
    W.unit_real, battalions of ``land.battalion_men`` over the need make the presence in [0, 1].
    """
    for p in range(M.n_provinces):
        S.p_garrison_need[p] = 0.0
        W.unit_real[p] = 0.0
    for r in range(M.n_rails):
        h = M.r_a[r]
        p = np.int64(M.province[h])
        if p >= 0 and np.int64(S.h_control[h]) == JAPAN:
            S.p_garrison_need[p] += M.r_km[r] / P.land_battalion_km
    for u in range(S.n_units):
        if S.u_status[u] == ON_MAP and S.u_side[u] == JAPAN:
            p = np.int64(M.province[S.u_hex[u]])
            if p >= 0:
                W.unit_real[p] += np.float64(S.u_men[u]) / P.land_battalion_men


@njit
def spread(S, M, P, W) -> None:
    """Weekly: bases grow where garrisons thin out, hold country, cut the rails. (13.8)

    A hex behind Japanese lines is held by irregulars to the strength of the bases, less where
    Japanese troops stand in it or next to it.  A link is cut with the weekly chance
    1 - exp(-7 * ``land.sabotage`` * hold): it works at ``land.cut_state`` permille of before.
    """
    garrisons(S, M, P, W)
    for p in range(M.n_provinces):
        W.unit_whole[p] = 0
        W.unit_whole[PROVINCES + p] = 0
    for h in range(M.n_hexes):
        p = np.int64(M.province[h])
        if p >= 0:
            W.unit_whole[p] += 1
            if np.int64(S.h_control[h]) == JAPAN:
                W.unit_whole[PROVINCES + p] += 1
    for p in range(M.n_provinces):
        need = max(P.land_need_floor, S.p_garrison_need[p])
        there = min(1.0, W.unit_real[p] / need)
        held = np.float64(W.unit_whole[PROVINCES + p]) / np.float64(max(1, W.unit_whole[p]))
        S.p_guerrilla[p] = next_bases(P, S.p_guerrilla[p], 1.0 - there, held)
    for h in range(M.n_hexes):
        p = np.int64(M.province[h])
        hold = 0.0
        if p >= 0 and np.int64(S.h_control[h]) == JAPAN:
            hold = S.p_guerrilla[p]
            if np.int64(S.h_men[JAPAN, h]) > 0:
                hold *= P.land_guarded
            elif np.int64(S.h_zone[JAPAN, h]) > 0:
                hold *= P.land_patrolled
        S.h_guerrilla[h] = hold
    for r in range(M.n_rails):
        if S.r_owner[r] != JAPAN or S.r_state[r] <= 0:
            continue
        hold = max(np.float64(S.h_guerrilla[M.r_a[r]]), np.float64(S.h_guerrilla[M.r_b[r]]))
        if hold > 0.0 and u01(P, S.day, D_SABOTAGE, r, 0) < hazard(7.0 * P.land_sabotage * hold):
            left = np.int64(np.float64(S.r_state[r]) * P.land_cut_state)
            log_event(
                S, E_GUERRILLA, CHINA, M.r_a[r], -1, -1,
                np.float64(S.r_state[r] - left), hold, np.float64(r), 0.0, 0.0,
            )  # fmt: skip
            S.r_state[r] = left
            S.r_work[r] = 0.0
