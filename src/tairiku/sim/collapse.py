"""How a ringed unit ends: who is killed, taken, scattered, who slips through, and to where."""

import numpy as np
from numba import njit

from tairiku.sim.absent import hospitals_taken
from tairiku.sim.books import (
    gain_store,
    lose_material,
    lose_men,
    scatter,
    take_material,
    use_store,
    write_off_unit,
)
from tairiku.sim.codes import (
    B_CAPTURED,
    B_LOST,
    B_TAKEN,
    DISSOLVED,
    E_CAPTURE_MATERIAL,
    E_DESTROYED,
    E_LEADER,
    E_POCKET,
    GUERRILLA,
    GUNS,
    M_CAPTURED,
    M_KILLED,
    M_MISSING,
    ON_MAP,
    P_ROUT,
    TRANSIT,
    TRUCKS,
)
from tairiku.sim.dice import D_ENCIRCLEMENT, D_LEADER, D_SURRENDER, u01, whole
from tairiku.sim.journal import log_event
from tairiku.sim.layout import DEPOTS, MATERIALS, NOWHERE, STORES
from tairiku.sim.placement import remove_unit
from tairiku.sim.siege_forces import strongest_near


@njit
def between(P, low: float, high: float, day: int, u: int, index: int) -> float:
    """A share drawn evenly between low and high for unit u on a day."""
    return low + (high - low) * u01(P, day, D_SURRENDER, u, index)


@njit
def share_of(P, men: int, share: float, day: int, u: int, index: int) -> int:
    """A share of some men as a whole number, rounded by chance."""
    return whole(P, np.float64(men) * share, day, D_ENCIRCLEMENT, u, index)


@njit
def km_between(M, a: int, b: int) -> float:
    """Straight distance of two hexes. [km]"""
    dx = M.x_km[a] - M.x_km[b]
    dy = M.y_km[a] - M.y_km[b]
    return np.sqrt(dx * dx + dy * dy)


@njit
def own_lines(S, M, u: int) -> int:
    """The nearest hex outside the ring where unit u finds its own side, NOWHERE none.

    Looked for among the hexes of free units of its side and of its side's depots on the map.
    """
    best = np.int64(NOWHERE)
    nearest = 1.0e9
    side = S.u_side[u]
    home = S.u_hex[u]
    for v in range(S.n_units):
        if S.u_status[v] != ON_MAP or S.u_side[v] != side or S.u_ringed[v] > 0:
            continue
        h = S.u_hex[v]
        if v == u or h == home or h == NOWHERE or S.u_kind[v] == GUERRILLA:
            continue
        km = km_between(M, home, h)
        if km < nearest and np.int64(S.h_men[1 - side, h]) == 0:
            nearest = km
            best = h
    for d in range(DEPOTS):
        h = S.d_hex[d]
        if S.d_side[d] != side or h == NOWHERE or h == home:
            continue
        km = km_between(M, home, h)
        if km < nearest and np.int64(S.h_control[h]) == side:
            nearest = km
            best = h
    return best


@njit
def strip_material(S, P, u: int, taker: int, share: float, day: int) -> None:
    """A share of unit u's pieces is gone; ``encirclement.taken`` of that is found by the taker.

    The rest was spiked, burnt or shot (M40, M43, M53).
    """
    guns = np.int64(0)
    trucks = np.int64(0)
    for k in range(MATERIALS):
        have = S.u_material[u, k] + S.u_down[u, k]
        gone = whole(P, np.float64(have) * share, day, D_SURRENDER, u, 10 + k)
        taken = np.int64(0)
        if taker >= 0:
            n = whole(P, np.float64(gone) * P.encirclement_taken, day, D_SURRENDER, u, 20 + k)
            taken = take_material(S, u, taker, k, n)
        lose_material(S, u, k, gone - taken, B_LOST)
        if k == GUNS:
            guns = taken
        if k == TRUCKS:
            trucks = taken
    kg = np.int64(0)
    for s in range(STORES):
        gone = whole(P, np.float64(S.u_store[u, s]) * share, day, D_SURRENDER, u, 30 + s)
        taken = np.int64(0)
        if taker >= 0:
            n = np.int64(np.float64(gone) * P.encirclement_taken)
            taken = use_store(S, u, s, n, B_CAPTURED)
            gain_store(S, taker, s, taken, B_TAKEN)
        use_store(S, u, s, gone - taken, B_LOST)
        kg += taken
    if guns + trucks + kg > 0:
        tonnes = np.float64(kg) * 0.001
        h = S.u_hex[u]
        side = S.u_side[u]
        a = np.float64(guns)
        b = np.float64(trucks)
        log_event(S, E_CAPTURE_MATERIAL, side, h, u, taker, a, b, tonnes, 0.0, 0.0)


@njit
def send_out(S, M, P, u: int, day: int) -> None:
    """What is left of unit u makes its way to its own lines, or ceases to exist.

    Fewer men, stragglers included, than ``encirclement.cadre`` of the old strength are no unit.
    The way takes distance over ``encirclement.filter_km`` days; on arrival the unit is routed.
    """
    to = own_lines(S, M, u)
    left = np.float64(S.u_men[u] + S.u_stragglers[u])
    if to == NOWHERE or S.u_men[u] <= 0 or left < P.encirclement_cadre * np.float64(S.u_full[u]):
        dissolve(S, u)
        return
    days = 1 + np.int64(km_between(M, S.u_hex[u], to) * (1.0 / P.encirclement_filter_km))
    remove_unit(S, u)
    S.u_status[u] = TRANSIT
    S.u_due_day[u] = day + days
    S.u_due_hex[u] = to
    S.u_due_box[u] = -1
    S.u_posture[u] = P_ROUT
    S.u_rout_days[u] = days + np.int64(P.encirclement_rout_days)
    S.u_cohesion[u] = min(S.u_cohesion[u], P.encirclement_left_cohesion)
    S.u_attacks[u] = NOWHERE
    S.u_step[u] = NOWHERE
    S.u_from[u] = NOWHERE
    S.u_contact[u] = 0
    S.u_ringed[u] = 0
    S.u_cut[u] = 0
    S.u_pocket[u] = -1
    S.u_dug[u] = 0.0


@njit
def dissolve(S, u: int) -> None:
    """Unit u ceases to exist: its men are missing, its last pieces lost."""
    h = S.u_hex[u]
    men = np.float64(S.u_men[u] + S.u_sick[u] + S.u_wounded[u] + S.u_stragglers[u])
    log_event(S, E_DESTROYED, S.u_side[u], h, u, -1, men, 0.0, 0.0, 0.0, 0.0)
    remove_unit(S, u)
    write_off_unit(S, u, M_MISSING, B_LOST)
    S.u_status[u] = DISSOLVED
    S.u_attacks[u] = NOWHERE
    S.u_ringed[u] = 0
    S.u_pocket[u] = -1


@njit
def divide(S, M, P, u: int, killed: float, captured: float, dispersed: float, day: int) -> int:
    """Split unit u, its sick and wounded included, by shares; the rest escapes. The men captured.

    Logs the pocket identity (M41): encircled = escaped + killed + captured + dispersed, exactly.
    """
    sick = hospitals_taken(S, u)
    men = S.u_men[u]
    dead = lose_men(S, u, share_of(P, men, killed, day, u, 0), M_KILLED)
    taken = lose_men(S, u, share_of(P, men, captured, day, u, 1), M_CAPTURED) + sick
    loose = scatter(S, u, share_of(P, men, dispersed, day, u, 2))
    h = S.u_hex[u]
    a = np.float64(men + sick)
    b = np.float64(S.u_men[u])
    c = np.float64(dead)
    d = np.float64(taken)
    e = np.float64(loose)
    log_event(S, E_POCKET, S.u_side[u], h, u, S.u_pocket[u], a, b, c, d, e)
    return taken


@njit
def fall_of_leader(S, P, u: int, captured: float, day: int) -> None:
    """The fate of the commander of a unit that gives up (M37): 1 captured, 2 dies, 3 gets away."""
    x = u01(P, day, D_LEADER, u, 0)
    fate = 3.0
    if x < P.encirclement_leader_dies:
        fate = 2.0
    elif x < P.encirclement_leader_dies + (1.0 - P.encirclement_leader_dies) * captured:
        fate = 1.0
    log_event(S, E_LEADER, S.u_side[u], S.u_hex[u], u, -1, fate, 0.0, 0.0, 0.0, 0.0)
    if fate < 3.0:
        S.u_officers[u] = S.u_officers[u] * P.encirclement_officers_left


@njit
def give_up_in_works(S, M, P, u: int, will: float) -> int:
    """Unit u in works gives up: most are taken (M36), the fewer the firmer its will. The captured.

    Eq. (11.4): captured ``U(low, high) min(1, 2 (1 - will))``; what that leaves out is killed; the
    others are killed, scattered or escape by ``works_killed``, ``works_dispersed`` and the rest.
    """
    day = S.day
    high = between(P, P.encirclement_works_low, P.encirclement_works_high, day, u, 0)
    taken = high * min(1.0, 2.0 * (1.0 - will))
    rest = 1.0 - high
    killed = high - taken + rest * P.encirclement_works_killed
    loose = rest * P.encirclement_works_dispersed
    enemy = strongest_near(S, M, S.u_hex[u], 1 - S.u_side[u])
    fall_of_leader(S, P, u, taken, day)
    captured = divide(S, M, P, u, killed, taken, loose, day)
    strip_material(S, P, u, enemy, 1.0, day)
    send_out(S, M, P, u, day)
    return captured


@njit
def break_up_in_open(S, M, P, u: int) -> int:
    """Unit u breaks up in open country: few are taken, many scatter, the rest escape. The captured.

    Eq. (11.5): killed 10-20 %, captured 5-15 %, dispersed 40-60 %, each drawn evenly.
    """
    day = S.day
    killed = between(P, P.encirclement_killed_low, P.encirclement_killed_high, day, u, 1)
    taken = between(P, P.encirclement_captured_low, P.encirclement_captured_high, day, u, 2)
    loose = between(P, P.encirclement_dispersed_low, P.encirclement_dispersed_high, day, u, 3)
    enemy = strongest_near(S, M, S.u_hex[u], 1 - S.u_side[u])
    fall_of_leader(S, P, u, taken, day)
    captured = divide(S, M, P, u, killed, taken, loose, day)
    strip_material(S, P, u, enemy, P.encirclement_open_material, day)
    send_out(S, M, P, u, day)
    return captured
