"""Rule 7c, what is worth attacking: each side's target lists, from what it sees and believes."""

import numpy as np
from numba import njit

from tairiku.sim.air_base import distance
from tairiku.sim.codes import (
    A_AIRFIELD,
    A_INTERDICTION,
    A_RECONNAISSANCE,
    A_STRATEGIC,
    A_SUPERIORITY,
    A_SUPPLY,
    A_SUPPORT,
    CHINA,
    ON_MAP,
)
from tairiku.sim.layout import NOWHERE

SLOTS = 12  # targets of a mission in mind at once, the last axis of at_hex


@njit
def add_target(W, s: int, mission: int, h: int, other: int, value: float) -> None:
    """Put a target on side s's list: one already there gains, the least worth gives way."""
    n = W.at_count[s, mission]
    if value <= 0.0:
        return
    k = np.int64(-1)
    for i in range(n):
        if W.at_hex[s, mission, i] == h and W.at_other[s, mission, i] == other:
            W.at_value[s, mission, i] += value
            return
    if n < SLOTS:
        k = n
        W.at_count[s, mission] = n + 1
    else:
        least = value
        for i in range(SLOTS):
            if W.at_value[s, mission, i] < least:
                least = W.at_value[s, mission, i]
                k = np.int64(i)
        if k < 0:
            return
    W.at_hex[s, mission, k] = h
    W.at_other[s, mission, k] = other
    W.at_value[s, mission, k] = value
    W.at_sent[s, mission, k] = 0.0
    W.at_effect[s, mission, k] = 0.0


@njit
def list_reaching(S, M, W) -> None:
    """List the fields of each side from which strikes, eyes or transports reach out at all."""
    for s in range(CHINA + 1):
        for part in range(3):
            n = np.int64(0)
            for v in range(M.n_fields):
                if S.v_side[v] == s and W.av_reach[v, part] > 0.0:
                    W.al_field[s, part, n] = v
                    n += 1
            W.al_count[s, part] = n


@njit
def in_reach(S, M, W, s: int, h: int, part: int) -> bool:
    """True if a unit of side s reaches hex h from its field: 0 strikes, 1 eyes, 2 transports."""
    for i in range(W.al_count[s, part]):
        v = W.al_field[s, part, i]
        if distance(M.v_x_km[v], M.v_y_km[v], M.x_km[h], M.y_km[h]) <= W.av_reach[v, part]:
            return True
    return False


@njit
def enemy_before(S, M, u: int) -> int:
    """The hex in which unit u faces the enemy, as its side believes; NOWHERE if out of contact."""
    s = S.u_side[u]
    if S.u_attacks[u] != NOWHERE:
        return S.u_attacks[u]
    best = np.int64(NOWHERE)
    most = np.int64(0)
    for k in range(6):
        n = np.int64(M.next[S.u_hex[u], k])
        if n == NOWHERE or np.int64(S.h_control[n]) == s:
            continue
        if np.int64(S.h_belief[s, n]) > most:
            most = np.int64(S.h_belief[s, n])
            best = n
    return best


@njit
def behind(S, P, s: int, h: int) -> int:
    """The hex ``air.depth`` steps behind h on the way the enemy of side s is seen to take. [hex]"""
    for _ in range(np.int64(P.air_depth)):
        n = np.int64(S.h_back[1 - s, h])
        if n < 0 or n == NOWHERE or np.int64(S.h_control[n]) == s:
            break
        h = n
    return h


@njit
def ground_targets(S, M, P, W) -> None:
    """Support, supply drops and eyes: what the own units ask for. (7.6)

    Support: believed enemy men before a unit in contact.  Supply: men of a unit ringed or cut off
    for ``air.drop_days``.  Reconnaissance: men of a unit times the age of the report on its
    objective, or on the road behind the enemy before it (half of the units ask each day).  Drops
    and eyes only where some field's units reach; support out of reach counts ``air.far_worth``,
    units may be based nearer for it.
    """
    for u in range(S.n_units):
        if S.u_status[u] != ON_MAP:
            continue
        s = S.u_side[u]
        men = np.float64(S.u_men[u]) / 1000.0
        if S.u_contact[u] > 0 or S.u_attacks[u] != NOWHERE or S.u_defends[u] > 0:
            h = enemy_before(S, M, u)
            if h != NOWHERE:
                worth = min(np.float64(S.h_belief[s, h]) / 1000.0, men) + P.air_contact
                if not in_reach(S, M, W, s, h, 0):
                    worth *= P.air_far_worth
                add_target(W, s, A_SUPPORT, h, np.int64(-1), worth)
        cut = S.u_ringed[u] > 0 and np.float64(S.u_cut[u]) >= P.air_drop_days
        if cut and in_reach(S, M, W, s, S.u_hex[u], 2):
            add_target(W, s, A_SUPPLY, S.u_hex[u], np.int64(u), men)
        if (u + S.day) % 2 == 0 and S.u_static[u] == 0:
            h = S.u_target[u]
            if h == NOWHERE or np.int64(S.h_control[h]) == s:
                h = enemy_before(S, M, u)
                h = S.u_hex[u] if h == NOWHERE else behind(S, P, s, h)
            if in_reach(S, M, W, s, h, 1):
                age = min(30, S.day - np.int64(S.h_seen[s, h]))
                add_target(W, s, A_RECONNAISSANCE, h, np.int64(-1), men * np.float64(age) / 30.0)


@njit
def rear_targets(S, M, P, W, s: int) -> None:
    """Interdiction, airfields, depots in the enemy's rear, for side s. (7.7)

    Interdiction: railway bridges that the enemy holds, ``air.bridge_value`` a kilometre of length;
    and the road ``air.depth`` hexes behind an enemy in contact, on the way his traffic is seen to
    take.  Airfields by the sorties seen to come from them yesterday; the more the enemy flies, the
    more own fields call for cover, ``air.cover`` a unit based there, more where they were hit.
    """
    o = 1 - s
    for x in range(M.n_bridges):
        h = M.x_a[x]
        if M.x_rail[x] == 1 and S.x_state[x] > 0 and h != NOWHERE:
            if np.int64(S.h_control[h]) == o:
                value = P.air_bridge_value * M.x_metres[x] / 1000.0
                add_target(W, s, A_INTERDICTION, h, np.int64(x), value)
    for k in range(W.at_count[s, A_SUPPORT]):
        h = W.at_hex[s, A_SUPPORT, k]
        value = W.at_value[s, A_SUPPORT, k]
        add_target(W, s, A_SUPERIORITY, h, np.int64(-1), value)
        h = behind(S, P, s, h)
        if h != W.at_hex[s, A_SUPPORT, k]:
            add_target(W, s, A_INTERDICTION, h, np.int64(-1), value)
    active = 0.0
    for v in range(M.n_fields):
        if S.v_side[v] == o:
            active += W.av_sorties[v]
    active = min(1.0, active / P.air_target_sorties)
    for v in range(M.n_fields):
        if S.v_side[v] == o and W.av_sorties[v] > 0.0:
            add_target(W, s, A_AIRFIELD, M.v_hex[v], np.int64(v), W.av_sorties[v])
        if S.v_side[v] == s and W.av_crowd[v] > 0 and M.v_hex[v] != NOWHERE:
            value = P.air_cover * np.float64(W.av_crowd[v]) * active * (2.0 - S.v_ready[v])
            add_target(W, s, A_SUPERIORITY, M.v_hex[v], np.int64(-1), value)
    for d in range(M.n_depots):
        h = S.d_hex[d]
        if S.d_side[d] == o and h != NOWHERE and M.city[h] >= 0:
            people = np.float64(M.people[h]) / 100000.0
            add_target(W, s, A_STRATEGIC, h, np.int64(d), people)


@njit
def find_targets(S, M, P, W) -> None:
    """Both sides' target lists of the day."""
    for s in range(CHINA + 1):
        for m in range(A_STRATEGIC + 1):
            W.at_count[s, m] = 0
    list_reaching(S, M, W)
    ground_targets(S, M, P, W)
    for s in range(CHINA + 1):
        rear_targets(S, M, P, W, s)
