"""Rule 7f, strikes: what comes from the air on troops, towns, headquarters and airfields."""

import numpy as np
from numba import njit

from tairiku.sim.air_base import near_hex
from tairiku.sim.air_plan import fitness
from tairiku.sim.books import fall_wounded, lose_aircraft, lose_material, lose_men, use_depot
from tairiku.sim.codes import (
    A_AIRFIELD,
    A_IDLE,
    A_INTERDICTION,
    A_ON_GROUND,
    A_RECONNAISSANCE,
    A_SHOT_DOWN,
    A_STRATEGIC,
    A_SUPERIORITY,
    A_SUPPORT,
    AVIATION_FUEL,
    B_LOST,
    E_AIR_STRIKE,
    E_LINKS_CUT,
    GUERRILLA,
    GUNS,
    M_KILLED,
    M_WOUNDED,
    ON_MAP,
    P_FORTIFIED,
    P_MARCH,
    P_PREPARED,
    P_ROUT,
    P_WITHDRAW,
    S_QUIET,
    TRUCKS,
)
from tairiku.sim.dice import D_AIR_REPORT, D_AIR_STRIKE, D_CIVILIANS, normal, u01, whole
from tairiku.sim.exactmath import exp, hazard
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE, UNITS


@njit
def address(h: int, s: int, m: int) -> int:
    """Entity of the dice of a strike: hex, side, mission."""
    return (h * 2 + s) * 8 + m


@njit
def exposure(S, M, P, u: int) -> float:
    """How far a unit lies open to attack from the air; in hasty cover 1. [1]"""
    posture = S.u_posture[u]
    if posture == P_MARCH or posture == P_WITHDRAW or posture == P_ROUT:
        return P.air_exposed
    if posture == P_PREPARED or posture == P_FORTIFIED:
        return P.air_sheltered
    return 1.0


@njit
def hit_units(S, M, P, s: int, h: int, m: int, effect: float) -> int:
    """Standard sorties against the units of the other side in hex h; the men hit. (7.11)

    Men hit = ``air.men_hit`` * sorties * exposure, shared by men; a share of them dead, a share out
    for good, the rest lightly wounded.  Guns and trucks by ``air.guns_hit``, ``air.trucks_hit``.
    """
    total = 0.0
    u = np.int64(S.h_first[h])
    while u >= 0:
        if S.u_side[u] != s and S.u_kind[u] != GUERRILLA:
            total += np.float64(S.u_men[u])
        u = S.u_mate[u]
    if total <= 0.0:
        return 0
    key = address(h, s, m)
    men = np.int64(0)
    u = np.int64(S.h_first[h])
    i = 0
    while u >= 0:
        if S.u_side[u] != s and S.u_kind[u] != GUERRILLA and S.u_men[u] > 0:
            e = effect * np.float64(S.u_men[u]) / total
            S.u_air_hit[u] += e
            e *= exposure(S, M, P, u)
            hit = min(S.u_men[u], whole(P, P.air_men_hit * e, S.day, D_AIR_STRIKE, key, 8 * i))
            dead = np.int64(P.air_dead * np.float64(hit))
            out = np.int64(P.air_out * np.float64(hit))
            men += lose_men(S, u, dead, M_KILLED) + lose_men(S, u, out, M_WOUNDED)
            men += fall_wounded(S, u, hit - dead - out)
            guns = min(
                S.u_material[u, GUNS],
                whole(P, P.air_guns_hit * e, S.day, D_AIR_STRIKE, key, 8 * i + 1),
            )
            lose_material(S, u, GUNS, guns, B_LOST)
            trucks = whole(P, P.air_trucks_hit * e, S.day, D_AIR_STRIKE, key, 8 * i + 2)
            lose_material(S, u, TRUCKS, min(S.u_material[u, TRUCKS], trucks), B_LOST)
        u = S.u_mate[u]
        i += 1
    return men


@njit
def report(S, M, P, s: int, h: int) -> None:
    """What aircrews saw in hex h enters their side's belief: men with an error, dated today. (7.12)

    Seen: ``air.seen`` of the men, times a lognormal error of ``air.seen_sd``; M63.
    """
    if h == NOWHERE:
        return
    men = np.float64(np.int64(S.h_men[1 - s, h])) * P.air_seen
    z = normal(P, S.day, D_AIR_REPORT, h * 2 + s, 0)
    S.h_belief[s, h] = np.int64(men * exp(P.air_seen_sd * z))
    S.h_seen[s, h] = S.day


@njit
def look(S, M, P, s: int, h: int, effect: float) -> None:
    """Reconnaissance of hex h and its two rings, each seen with chance 1 - exp(-sorties). [7.12]"""
    for i in range(19):
        n = near_hex(M, h, i)
        if n != NOWHERE and u01(P, S.day, D_AIR_REPORT, n * 2 + s, 1) < hazard(effect):
            report(S, M, P, s, n)


@njit
def bomb_town(S, M, P, s: int, h: int, m: int, effect: float) -> None:
    """Bombs on the town of hex h: works suffer, people die (low and high estimate). (7.13)"""
    c = np.int64(M.city[h])
    if c < 0:
        return
    if S.c_phase[c] != S_QUIET:
        S.c_works[c] = max(0.0, S.c_works[c] - P.air_works_hit * effect)
    p = np.int64(M.province[h])
    if p >= 0:
        people = min(1.0, np.float64(M.c_people[c]) / 100000.0)
        key = address(h, s, m)
        low = P.air_civilians_low * effect * people
        S.p_dead_low[p] += whole(P, low, S.day, D_CIVILIANS, key, 0)
        S.p_dead_high[p] += whole(P, low * P.air_civilians_spread, S.day, D_CIVILIANS, key, 0)


@njit
def strike_field(S, M, P, s: int, v: int, effect: float) -> int:
    """Attack airfield v: runway holed, fuel burnt; the aircraft lost on the ground. (7.14)

    Aircraft: ``air.ground_kill`` * sorties * (1 - exp(-aircraft/``air.target_sorties``)).
    """
    craft = np.int64(0)
    for a in range(M.n_air):
        if S.a_field[a] == v and S.a_status[a] == ON_MAP:
            craft += S.a_craft[a]
    there = hazard(np.float64(craft) / P.air_target_sorties)
    key = v * 2 + s
    lost = min(craft, whole(P, P.air_ground_kill * effect * there, S.day, D_AIR_STRIKE, key, 4))
    gone = np.int64(0)
    for i in range(lost):
        x = np.float64(craft - gone) * u01(P, S.day, D_AIR_STRIKE, key, 5 + i)
        for a in range(M.n_air):
            if S.a_field[a] == v and S.a_status[a] == ON_MAP:
                x -= np.float64(S.a_craft[a])
                if x <= 0.0 and S.a_craft[a] > 0:
                    gone += lose_aircraft(S, a, 1, A_ON_GROUND)
                    break
    S.v_ready[v] = max(0.0, S.v_ready[v] - P.air_runway_hit * effect)
    d = S.v_depot[v]
    if d >= 0 and S.d_side[d] != s:
        burnt = np.float64(S.d_store[d, AVIATION_FUEL]) * hazard(P.air_stock_hit * effect)
        use_depot(S, d, AVIATION_FUEL, np.int64(burnt), B_LOST)
    return gone


@njit
def strike_depot(S, M, P, s: int, d: int, effect: float) -> float:
    """Bomb depot d: of its stock 1 - exp(-``air.stock_hit`` * sorties) burns. [tonnes]"""
    burnt = np.int64(0)
    if S.d_side[d] != s:
        for k in range(5):
            kg = np.float64(S.d_store[d, k]) * hazard(P.air_stock_hit * effect)
            burnt += use_depot(S, d, k, np.int64(kg), B_LOST)
    return np.float64(burnt) / 1000.0


@njit
def cover(S, M, s: int, h: int, effect: float) -> None:
    """Close support counted for the own units in contact round the hex struck, by men. (7.15)"""
    total = 0.0
    for turn in range(2):
        for k in range(6):
            n = np.int64(M.next[h, k])
            if n == NOWHERE:
                continue
            u = np.int64(S.h_first[n])
            while u >= 0:
                if S.u_side[u] == s and (S.u_contact[u] > 0 or S.u_attacks[u] == h):
                    if turn == 0:
                        total += np.float64(S.u_men[u])
                    else:
                        S.u_air_support[u] += effect * np.float64(S.u_men[u]) / total
                u = S.u_mate[u]
        if total <= 0.0:
            return


@njit
def cut_links(S, M, P, W) -> None:
    """Headquarters under the bombs lose their links for ``air.cut_days`` (M04). (7.16)

    Chance 1 - exp(-``air.cut`` * sorties) for each headquarters of the other side in a hex struck.
    """
    for i in range(M.n_nodes):
        if S.n_hex[i] != NOWHERE:
            W.hex_real[S.n_hex[i]] = 0.0
    for s in range(2):
        for m in range(A_SUPPORT, A_INTERDICTION + 1):
            for k in range(W.at_count[s, m]):
                h = W.at_hex[s, m, k]
                if h != NOWHERE and W.at_effect[s, m, k] > 0.0:
                    W.hex_real[h] += W.at_effect[s, m, k]
        for i in range(M.n_nodes):
            h = S.n_hex[i]
            if h == NOWHERE or S.n_side[i] != 1 - s or W.hex_real[h] <= 0.0:
                continue
            if i < UNITS and S.u_status[i] != ON_MAP:
                continue
            if u01(P, S.day, D_AIR_STRIKE, i, 7) < hazard(P.air_cut * W.hex_real[h]):
                days = np.int64(P.air_cut_days)
                if S.n_cut_days[i] < days:
                    S.n_cut_days[i] = days
                    log_event(
                        S, E_LINKS_CUT, 1 - s, h, i if i < UNITS else -1, i,
                        np.float64(days), 0.0, 0.0, 0.0, 0.0,
                    )  # fmt: skip
        for m in range(A_SUPPORT, A_INTERDICTION + 1):
            for k in range(W.at_count[s, m]):
                if W.at_hex[s, m, k] != NOWHERE:
                    W.hex_real[W.at_hex[s, m, k]] = 0.0


@njit
def reach_targets(S, M, P, W) -> None:
    """Ground fire on the way in, then the sorties that arrive are added up target by target. (7.17)

    Lost to ground fire: ``air.flak`` of the strike sorties.  A sortie counts by its load as in 7.8.
    """
    for a in range(M.n_air):
        m = S.a_mission[a]
        if S.a_sorties[a] <= 0 or m == A_IDLE or m == A_SUPERIORITY:
            continue
        if m != A_RECONNAISSANCE:
            flak = P.air_flak * W.as_effect[a]
            shot = lose_aircraft(S, a, whole(P, flak, S.day, D_AIR_STRIKE, a, 3), A_SHOT_DOWN)
            S.a_lost[a] += shot
            W.as_effect[a] = max(0.0, W.as_effect[a] - np.float64(shot))
        k = W.as_slot[a]
        if k >= 0:
            fit = fitness(M, P, S.a_kind[a], S.a_type[a], m)
            W.at_effect[S.a_side[a], m, k] += W.as_effect[a] * fit


@njit
def strike_target(S, M, P, W, s: int, m: int, k: int) -> None:
    """Carry out what arrived at one target of a strike or reconnaissance mission."""
    h = W.at_hex[s, m, k]
    e = W.at_effect[s, m, k]
    hit = 0.0
    tonnes = 0.0
    if m == A_SUPPORT:
        cover(S, M, s, h, e)
        hit = np.float64(hit_units(S, M, P, s, h, m, e))
        bomb_town(S, M, P, s, h, m, e)
    elif m == A_AIRFIELD:
        hit = np.float64(strike_field(S, M, P, s, W.at_other[s, m, k], e))
    elif m == A_STRATEGIC:
        tonnes = strike_depot(S, M, P, s, W.at_other[s, m, k], e)
        bomb_town(S, M, P, s, h, m, e)
    if m == A_RECONNAISSANCE:
        look(S, M, P, s, h, e)
        return
    report(S, M, P, s, h)
    sent = W.at_sent[s, m, k]
    log_event(S, E_AIR_STRIKE, s, h, -1, W.at_other[s, m, k], np.float64(m), sent, hit, tonnes, e)
