"""Rule 6, the night: withdrawals, the flight of the routed, marches hidden from the air."""

import numpy as np
from numba import njit

from tairiku.sim.codes import (
    GUERRILLA,
    O_RAIL,
    O_WITHDRAW,
    ON_MAP,
    P_RAIL,
    P_REST,
    P_ROUT,
    P_WITHDRAW,
)
from tairiku.sim.going import IMPULSES, impulse_minutes, pace, step_minutes
from tairiku.sim.layout import NOWHERE
from tairiku.sim.marching import can_march, set_step, side_towards
from tairiku.sim.movement import advance, make_ready, under_way
from tairiku.sim.next_step import full
from tairiku.sim.placement import move_unit, refresh_zones
from tairiku.sim.retreat_way import enemy_about, retreat_hex
from tairiku.sim.ways import FAR, prepare


@njit
def approach(S, M, P, W) -> None:
    """The night before the day's fighting; clears what movement keeps of the day before.

    Units under an order to withdraw march now, at ``night_pace * forced`` of a day's pace.
    Units that were attacked from the air yesterday (``night_hits`` sorties) and are out of the
    enemy's zones march now at ``night_pace`` and rest by day.
    The routed flee while the enemy is about.
    """
    prepare(M, P, W)
    refresh_zones(S, M, P)
    for u in range(S.n_units):
        S.u_km_today[u] = 0.0
        S.u_attacks[u] = NOWHERE
        S.u_blocked[u] = 0
        if S.u_posture[u] == P_RAIL and (S.u_order[u] != O_RAIL or S.u_hex[u] == S.u_target[u]):
            S.u_posture[u] = P_REST
    minutes = impulse_minutes(P) * np.float64(IMPULSES)
    for u in range(S.n_units):
        if S.u_status[u] != ON_MAP or S.u_kind[u] == GUERRILLA:
            continue
        if S.u_rout_days[u] > 0:
            S.u_posture[u] = P_ROUT
            flee(S, M, P, W, u, minutes * P.movement_forced)
        elif can_march(S, u) and under_way(S, M, P, u):
            march_by_night(S, M, P, W, u, minutes * P.movement_night_pace * pace(S, P, u))


@njit
def march_by_night(S, M, P, W, u: int, minutes: float) -> None:
    """The night of unit u on its way: it withdraws, hides from the air, or sleeps."""
    if S.u_order[u] == O_WITHDRAW:
        make_ready(S, M, P, W, u)
        S.u_posture[u] = P_WITHDRAW
        advance(S, M, P, W, u, minutes * P.movement_forced, True)
        return
    if S.u_air_hit[u] < P.movement_night_hits:
        return
    if np.float64(S.h_zone[1 - S.u_side[u], S.u_hex[u]]) >= P.movement_zone_men:
        return
    make_ready(S, M, P, W, u)
    advance(S, M, P, W, u, minutes, True)
    if S.u_km_today[u] > 0.0:
        S.u_posture[u] = P_REST


@njit
def flee(S, M, P, W, u: int, minutes: float) -> None:
    """Routed unit u goes on to the rear while there is enemy about its hex; it takes no ground."""
    here = S.u_hex[u]
    if enemy_about(S, M, S.u_side[u], here) == 0:
        return
    b = retreat_hex(S, M, W, u)
    if b == NOWHERE or full(S, M, P, u, b):
        return
    t = step_minutes(S, M, P, W, u, here, side_towards(M, here, b))
    if t >= FAR:
        return
    set_step(S, u, b)
    need = np.float64(t)
    left = max(0.0, need - 60.0 * S.u_progress[u])
    if minutes < left:
        S.u_progress[u] += minutes / 60.0
        S.u_km_today[u] += M.pitch_km * minutes / need
        return
    S.u_km_today[u] += M.pitch_km * left / need
    move_unit(S, M, P, u, b)
    S.u_step[u] = NOWHERE
    S.u_progress[u] = 0.0
