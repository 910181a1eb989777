"""The assault on a city: when it can begin, what a day of it takes, when it stops.

The losses of the day are the battle's (`combat.fight`); here they are turned into ground.
"""

import numpy as np
from numba import njit

from tairiku.sim.books import fall_wounded, lose_men
from tairiku.sim.codes import (
    E_ASSAULT_BEGINS,
    E_ASSAULT_ENDS,
    E_ZONE,
    M_KILLED,
    S_ASSAULT,
    S_INVESTED,
    S_REBUILD,
)
from tairiku.sim.dice import D_SIEGE_ASSAULT, u01, whole
from tairiku.sim.exactmath import exp, log, power
from tairiku.sim.journal import log_event

# why an assault stops (docs/rules/siege.md)
STOP_NONE, STOP_AMMUNITION, STOP_LOSSES, STOP_NO_ZONE, STOP_SPENT, STOP_NOBODY = range(6)


@njit
def assault_kg(P, men: float, works: float) -> float:
    """Ammunition of a day of assault by so many infantry against works. [kg]

    Eq. (10.6): from ``siege.open_kg`` a man against none to ``siege.assault_kg`` against full works
    (9-10 and 30 t for a division's infantry).
    """
    w = min(1.0, max(0.0, 0.01 * works))
    return men * (P.siege_open_kg + (P.siege_assault_kg - P.siege_open_kg) * w)


@njit
def can_begin(
    S, P, c: int, infantry: float, worth: float, against: float, kg: float, waited: int
) -> bool:
    """True if an assault on city c can begin with this force and this ammunition.

    Three days' ammunition (eq. 10.6) and ``siege.odds`` times the garrison's worth, more of it
    behind works; a repeat has waited ``siege.rebuild_days`` and is ``siege.growth`` times as strong
    as the last (M31), or has waited ``siege.patience_days``.
    """
    if infantry <= 0.0:
        return False
    if kg < P.siege_begin_days * assault_kg(P, infantry, S.c_works[c]):
        return False
    if worth < P.siege_odds * against * (1.0 + P.siege_odds_works * 0.01 * S.c_works[c]):
        return False
    if S.c_repeats[c] == 0 or np.float64(waited) >= P.siege_patience_days:
        return True
    if np.float64(waited) < P.siege_rebuild_days:
        return False
    return worth >= P.siege_growth * S.c_assault_worth[c]


@njit
def begin(S, c: int, h: int, enemy: int, infantry: float, worth: float, kg: float) -> None:
    """Open an assault on city c: its force is written down, its first day is today."""
    S.c_phase[c] = S_ASSAULT
    S.c_since[c] = S.day
    S.c_zone_day[c] = S.day
    S.c_repeats[c] += 1
    S.c_assault_men[c] = np.int64(infantry)
    S.c_assault_lost[c] = 0
    S.c_assault_worth[c] = worth
    n = np.float64(S.c_repeats[c])
    log_event(S, E_ASSAULT_BEGINS, enemy, h, -1, -1, infantry, kg * 0.001, n, S.c_works[c], 0.0)


@njit
def end(S, c: int, h: int, enemy: int, cause: int, share: float) -> None:
    """Close an assault on city c and begin to rebuild; one that never came off does not count."""
    S.c_phase[c] = S_REBUILD
    S.c_since[c] = S.day
    if cause == STOP_NOBODY and S.c_assault_lost[c] == 0:
        S.c_phase[c] = S_INVESTED
        S.c_repeats[c] -= 1
    cause_code = np.float64(cause)
    log_event(S, E_ASSAULT_ENDS, enemy, h, -1, -1, S.c_zones[c], cause_code, share, 0.0, 0.0)


@njit
def why_stop(S, P, c: int, infantry: float, attacking: float, kg: float) -> int:
    """Why the assault on city c stops today: a STOP code, 0 it goes on.

    Ammunition under ``siege.stop_days`` days, ``siege.stop_loss`` of the assault infantry lost,
    ``siege.stop_no_zone`` days without a zone, ``siege.stop_spent`` days in all, nobody attacking.
    """
    if attacking <= 0.0:
        return STOP_NOBODY
    if kg < P.siege_stop_days * assault_kg(P, infantry, S.c_works[c]):
        return STOP_AMMUNITION
    if np.float64(S.c_assault_lost[c]) >= P.siege_stop_loss * np.float64(S.c_assault_men[c]):
        return STOP_LOSSES
    if np.float64(S.day - S.c_zone_day[c]) >= P.siege_stop_no_zone:
        return STOP_NO_ZONE
    if np.float64(S.day - S.c_since[c]) >= P.siege_stop_spent:
        return STOP_SPENT
    return STOP_NONE


@njit
def zones_a_day(
    P, v: float, odds: float, density: float, works: float, teams: float, inner: float, will: float
) -> float:
    """Zones that an assault takes on an average day. [zones/day]

    Eq. (10.8): ``z = z0 / (1 + exp(b0 + b1 V)) odds^o density^-n (1 - k works/100) (1 + m teams)
    (1 - i inner) (wm - will)``: V the day's advantage (9.5), odds of worth, density the garrison's
    worth in each zone over what holds one, teams the share of engineers and flamethrowers (M25),
    inner the share of the city already fought through, where it is house to house (M26).
    """
    won = 1.0 / (1.0 + exp(P.siege_success + P.siege_success_v * v))
    z = P.siege_zone_rate * won * power(min(odds, P.siege_odds_most), P.siege_odds_power)
    z *= power(max(density, P.siege_density_least), -P.siege_density_power)
    z *= 1.0 - P.siege_works_hold * min(1.0, 0.01 * works)
    z *= (1.0 + P.siege_flame * teams) * (1.0 - P.siege_house * inner)
    return max(0.0, z * (P.siege_will_most - will))


@njit
def take_ground(S, M, P, c: int, h: int, enemy: int, z: float, counter: float) -> None:
    """Move the line inside city c: an exponential share of z is taken, or a zone is won back.

    The day's progress is z times ``-ln u`` (mean z, heavy tail: MODEL.md, advance while engaged);
    with chance ``counter`` the garrison's counter-attack takes back a zone instead (M27).
    """
    before = S.c_zones[c]
    if before < M.c_zone_count[c] and u01(P, S.day, D_SIEGE_ASSAULT, h, 1) < counter:
        S.c_zones[c] = min(M.c_zone_count[c], before + 1.0)
    else:
        S.c_zones[c] = max(0.0, before - z * -log(u01(P, S.day, D_SIEGE_ASSAULT, h, 0)))
    was = np.int64(np.ceil(before))
    now = np.int64(np.ceil(S.c_zones[c]))
    if now < was:
        S.c_zone_day[c] = S.day
    if now != was:
        taken = np.float64(was - now)
        log_event(S, E_ZONE, enemy, h, -1, -1, np.float64(now), taken, z, 0.0, 0.0)


@njit
def house_losses(S, P, W, count: int, h: int, inner: float) -> int:
    """What house-to-house fighting costs the besiegers beyond the day's battle (M26). [men]

    Eq. (10.9): ``siege.house_loss * inner`` of the day's losses again; a third of them dead.
    """
    extra = 0
    for i in range(count):
        u = W.unit_whole[i]
        if S.u_attacks[u] != h:
            continue
        x = np.float64(S.u_loss_today[u]) * P.siege_house_loss * inner
        n = whole(P, x, S.day, D_SIEGE_ASSAULT, u, 2)
        dead = lose_men(
            S, u, whole(P, x * P.siege_house_dead, S.day, D_SIEGE_ASSAULT, u, 3), M_KILLED
        )
        hurt = fall_wounded(S, u, max(0, n - dead))
        S.u_loss_today[u] += dead + hurt
        extra += dead + hurt
    return extra


@njit
def wear_works(S, P, c: int, guns: float) -> None:
    """Guns with rounds wear the works of city c down in an assault (M24, M39). [points]

    Eq. (10.10): ``dw = -g guns/100 w/100``; bombs are the air's (`air_strike`).
    """
    blow = P.siege_gun_wear * guns * 0.01
    S.c_works[c] = max(0.0, S.c_works[c] - blow * 0.01 * S.c_works[c])
