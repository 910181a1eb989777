"""What a day of battle costs one unit: men by fate, guns, tanks, horses, officers, ammunition."""

import numpy as np
from numba import njit

from tairiku.sim.books import (
    fall_wounded,
    gain_store,
    lose_material,
    lose_men,
    scatter,
    take_material,
    use_store,
    write_off_unit,
)
from tairiku.sim.codes import (
    AMMUNITION,
    AT_GUNS,
    B_CAPTURED,
    B_CONSUMED,
    B_LOST,
    B_TAKEN,
    DISSOLVED,
    E_CAPTURE_MATERIAL,
    E_DESTROYED,
    GUNS,
    HORSES,
    M_CAPTURED,
    M_KILLED,
    M_MISSING,
    M_WOUNDED,
    MORTARS,
    TANKS,
    TRUCKS,
)
from tairiku.sim.dice import D_LOSSES, D_MATERIAL, u01, whole
from tairiku.sim.journal import log_event
from tairiku.sim.layout import NOWHERE, STORES
from tairiku.sim.placement import remove_unit


@njit
def killed_share(P, equipment: float) -> float:
    """Share of battle casualties who die: more where dressing stations are poor. [0-1]

    Eq. (9.14): ``k0 + k1 (1 - equipment)``; equipment stands for the medical service too.
    """
    return P.combat_killed + P.combat_killed_poor * (1.0 - equipment)


@njit
def lose_in_battle(S, P, u: int, n: int, index: int) -> int:
    """Take n battle casualties from unit u: killed, missing, lightly wounded, wounded out; the men.

    ``index`` keeps the dice of two fights on one day apart.  Updates today's and the engagement's
    losses, officers and cohesion.
    """
    n = min(n, S.u_men[u])
    if n <= 0:
        return 0
    x = np.float64(n)
    share = killed_share(P, S.u_equipment[u])
    killed = lose_men(S, u, whole(P, x * share, S.day, D_LOSSES, u, index), M_KILLED)
    gone = whole(P, x * P.combat_missing, S.day, D_LOSSES, u, index + 1)
    missing = lose_men(S, u, min(gone, n - killed), M_MISSING)
    rest = n - killed - missing
    light = whole(P, np.float64(rest) * P.combat_light, S.day, D_LOSSES, u, index + 2)
    light = fall_wounded(S, u, min(light, rest))
    lose_men(S, u, rest - light, M_WOUNDED)
    part = x * (1.0 / np.float64(max(np.int64(1), S.u_start_men[u])))
    S.u_loss_today[u] += n
    S.u_lost[u] = min(1.0, S.u_lost[u] + part)
    S.u_officers[u] = max(0.0, S.u_officers[u] - P.combat_officer_loss * part)
    shaken(S, P, u, P.combat_cohesion_loss * part)
    return n


@njit
def shaken(S, P, u: int, loss: float) -> None:
    """Unit u loses some cohesion, never below ``combat.cohesion_least``."""
    S.u_cohesion[u] = max(P.combat_cohesion_least, S.u_cohesion[u] - loss)


@njit
def lose_arms(S, P, u: int, part: float, index: int) -> None:
    """Guns, mortars, trucks, horses of unit u destroyed where ``part`` of its men were lost."""
    for kind in range(6):
        if kind == TANKS:
            continue
        share = P.combat_gun_loss
        if kind == TRUCKS:
            share = P.combat_truck_loss
        elif kind == HORSES:
            share = P.combat_horse_loss
        have = np.float64(S.u_material[u, kind])
        if have > 0.0:
            n = whole(P, have * share * part, S.day, D_MATERIAL, u, index + kind)
            lose_material(S, u, kind, n, B_LOST)


@njit
def lose_tanks(S, P, u: int, part: float, index: int) -> int:
    """Knock out a share of the tanks of unit u, some to be repaired (M20); the tanks hit."""
    have = S.u_material[u, TANKS]
    hit = whole(P, np.float64(have) * min(1.0, part), S.day, D_MATERIAL, u, index)
    hit = min(hit, have)
    if hit <= 0:
        return 0
    down = whole(P, np.float64(hit) * P.combat_tank_repair, S.day, D_MATERIAL, u, index + 1)
    down = min(down, hit)
    lose_material(S, u, TANKS, hit - down, B_LOST)
    S.u_material[u, TANKS] -= down
    S.u_down[u, TANKS] += down
    return hit


@njit
def fire_off(S, P, u: int, men: float, commitment: float, assault: bool) -> int:
    """Ammunition that unit u fires on a day of battle. [kg]

    Eq. (9.15): ``men kg (E + q g) / f0`` a man and day: 9-10 t for a Japanese field division in
    an ordinary fight, 30 t in an assault, in proportion to its weapons and to the commitment; a
    unit short of rounds saves them, by the factor by which its fire is weaker in eq. (9.11).
    """
    n = np.float64(max(np.int64(1), S.u_men[u]))
    guns = np.float64(S.u_material[u, GUNS]) + P.combat_mortar_worth * np.float64(
        S.u_material[u, MORTARS]
    )
    arms = S.u_equipment[u] + P.combat_gun_weight * min(guns * 1000.0 / n, P.combat_guns_most)
    kg = P.combat_rounds_kg * commitment * (1.0 / P.combat_commit_attack)
    if assault:
        kg = P.combat_assault_kg
    kg = kg * men * arms * (1.0 / P.combat_fire_ref)
    kg = kg * (P.combat_no_rounds + (1.0 - P.combat_no_rounds) * S.u_rounds[u])
    return use_store(S, u, AMMUNITION, np.int64(kg), B_CONSUMED)


@njit
def leave_behind(S, P, u: int, taker: int, share: float, index: int) -> None:
    """Unit u leaves arms, horses and stores on the field; the taker picks up a part (M40, M43).

    Guns, mortars and anti-tank guns by ``share``, trucks and broken-down tanks likewise, horses and
    stores by ``combat.leaves_stores`` of it; of what is left the taker saves ``combat.taken``, the
    rest is destroyed.
    """
    guns = 0.0
    trucks = 0.0
    for kind in range(6):
        part = share
        if kind == HORSES:
            part = P.combat_leaves_stores * share
        have = np.float64(S.u_material[u, kind])
        if kind == TANKS:
            have = np.float64(S.u_down[u, kind])
        n = whole(P, have * part, S.day, D_MATERIAL, u, index + kind)
        if n <= 0:
            continue
        if kind == TANKS:
            n = min(n, S.u_down[u, kind])
            S.u_down[u, kind] -= n
            S.u_material[u, kind] += n
        saved = whole(P, np.float64(n) * P.combat_taken, S.day, D_MATERIAL, u, index + 8 + kind)
        got = np.int64(0)
        if taker >= 0:
            got = take_material(S, u, taker, kind, saved)
        lose_material(S, u, kind, n - got, B_LOST)
        if kind == GUNS or kind == MORTARS or kind == AT_GUNS:
            guns += np.float64(n)
        elif kind == TRUCKS:
            trucks += np.float64(n)
    tonnes = leave_stores(S, P, u, taker, P.combat_leaves_stores * share)
    if guns + trucks + tonnes > 0.0:
        h = S.u_hex[u]
        log_event(S, E_CAPTURE_MATERIAL, S.u_side[u], h, u, taker, guns, trucks, tonnes, 0.0, 0.0)


@njit
def leave_stores(S, P, u: int, taker: int, share: float) -> float:
    """A share of the stores of unit u is left; the taker saves a part, the rest burns. [t]"""
    kg = np.int64(0)
    for s in range(STORES):
        left = np.int64(np.float64(S.u_store[u, s]) * share)
        saved = np.int64(0)
        if taker >= 0:
            saved = np.int64(np.float64(left) * P.combat_taken)
            saved = use_store(S, u, s, saved, B_CAPTURED)
            gain_store(S, taker, s, saved, B_TAKEN)
        kg += saved + use_store(S, u, s, left - saved, B_LOST)
    return np.float64(kg) * 0.001


@njit
def run_down(S, P, u: int, captured: float, dispersed: float, day: int, index: int) -> int:
    """Shares of unit u are taken prisoner and scattered in flight; the men gone."""
    swing = 0.5 + u01(P, day, D_LOSSES, u, index)
    men = np.float64(S.u_men[u]) * swing
    gone = lose_men(S, u, whole(P, men * captured, day, D_LOSSES, u, index + 1), M_CAPTURED)
    return gone + scatter(S, u, whole(P, men * dispersed, day, D_LOSSES, u, index + 2))


@njit
def dissolve_if_spent(S, P, u: int) -> bool:
    """A unit under ``combat.least_men`` or ``combat.least_share`` of its strength is no more."""
    men = S.u_men[u]
    least = min(P.combat_least_men, 0.5 * np.float64(S.u_full[u]))
    if np.float64(men) >= max(least, P.combat_least_share * np.float64(S.u_full[u])):
        return False
    h = S.u_hex[u]
    if h != NOWHERE:
        remove_unit(S, u)
    write_off_unit(S, u, M_MISSING, B_LOST)
    S.u_status[u] = DISSOLVED
    S.u_attacks[u] = NOWHERE
    S.u_contact[u] = 0
    x = np.float64(men)
    log_event(S, E_DESTROYED, S.u_side[u], h, u, -1, x, 0.0, 0.0, 0.0, 0.0)
    return True
