"""Rule 10, cities and sieges: ring, assault, rebuilding, will, fall (docs/rules/siege.md).

One rule for every city: a quick fall and a siege of weeks come from garrison, works, ammunition,
will and exits, nothing else.
"""

import numpy as np
from numba import njit

from tairiku.sim.assault import (
    STOP_NONE,
    begin,
    can_begin,
    end,
    house_losses,
    take_ground,
    wear_works,
    why_stop,
    zones_a_day,
)
from tairiku.sim.codes import (
    E_CITY,
    E_RELIEVED,
    E_SIEGE,
    GUERRILLA,
    S_ASSAULT,
    S_INVESTED,
    S_QUIET,
    S_REBUILD,
)
from tairiku.sim.collapse import (
    break_up_in_open,
    divide,
    give_up_in_works,
    send_out,
    strip_material,
)
from tairiku.sim.dice import D_SIEGE, u01
from tairiku.sim.engagement import advantage
from tairiku.sim.exactmath import hazard
from tairiku.sim.journal import log_event
from tairiku.sim.siege_city import (
    build_works,
    call_services,
    eat_inside,
    heights_lost,
    in_peace,
    relief_hope,
    told_to_hold,
    will_to_hold,
)
from tairiku.sim.siege_forces import (
    ammunition_at_hand,
    besiegers,
    engineer_share,
    garrison,
    list_besiegers,
    ring_around,
    strongest_near,
)


@njit
def besiege(S, M, P, W) -> None:
    """One day of every city that has zones to be held. [cities of M]"""
    for c in range(M.n_cities):
        if M.c_zone_count[c] > 0.0:
            city_day(S, M, P, W, c)


@njit
def assault_today(S, M, h: int) -> bool:
    """True if besiegers of hex h attack today: no siege there, or its assault is on.

    An invested city, or one where the besieger rebuilds, is watched, not attacked.
    """
    c = np.int64(M.city[h])
    if c < 0 or M.c_zone_count[c] <= 0.0:
        return True
    return S.c_phase[c] == S_QUIET or S.c_phase[c] == S_ASSAULT


@njit
def city_day(S, M, P, W, c: int) -> None:
    """The day of city c: peace, ring, works, food, will, assault, and who holds it at night."""
    h = np.int64(M.c_hex[c])
    side = np.int64(S.h_control[h])
    if np.int64(S.h_since[h]) == S.day and S.day > 0:
        new_holder(S, c, h, side)
    if np.int64(S.h_first[h]) < 0:
        rest_quiet(S, M, P, c)
        return
    men, worth, lost, firm, fed, rounds, largest = garrison(S, P, h, side)
    if men <= 0.0:
        rest_quiet(S, M, P, c)
        return
    enemy = 1 - side
    build_works(S, M, P, c, h, side, men)
    count = list_besiegers(S, M, W, h, enemy)
    ring = ring_around(S, M, P, h, enemy)
    S.c_ring[c] = ring
    infantry, force, lost_a, start_a, guns, attacking = besiegers(S, P, W, count, h)
    if S.c_phase[c] == S_QUIET:
        pressed = attacking > 0.0 or ring >= P.siege_invest_ring
        if not pressed or not told_to_hold(S, h, side):
            rest_quiet(S, M, P, c)
            return
        open_siege(S, M, P, c, h, side, men + lost, firm, np.int64(largest))
    elif count == 0 and ring < P.siege_lift_ring:
        a = np.float64(S.c_invested[c])
        log_event(S, E_RELIEVED, side, h, np.int64(largest), -1, a, ring, 0.0, 0.0, 0.0)
        rest_quiet(S, M, P, c)
        return
    if ring >= P.siege_invest_ring:
        S.c_invested[c] += 1
        eat_inside(S, M, P, c, h, side)
    kg = ammunition_at_hand(S, P, W, count)
    waited = S.day - S.c_since[c]
    ready = attacking > 0.0 or np.float64(waited) >= P.siege_prepare_days
    if S.c_phase[c] == S_ASSAULT:
        ready = False
    if ready and can_begin(S, P, c, infantry, force, worth, kg, waited):
        begin(S, c, h, enemy, infantry, force, kg)
    if S.c_phase[c] == S_ASSAULT:
        if attacking > 0.0:
            v = advantage(lost_a * (1.0 / max(1.0, start_a)), lost * (1.0 / (men + lost)))
            storm(S, M, P, W, c, h, count, v, force, worth)
            wear_works(S, P, c, guns)
        S.c_assault_lost[c] += np.int64(lost_a)
        cause = why_stop(S, P, c, infantry, attacking, kg)
        if cause != STOP_NONE and (S.day > S.c_since[c] or attacking > 0.0):
            share = np.float64(S.c_assault_lost[c]) * (
                1.0 / np.float64(max(np.int64(1), S.c_assault_men[c]))
            )
            end(S, c, h, enemy, cause, share)
    turn_will(S, M, P, c, h, side, men, firm, fed, rounds)
    hold_back(S, W, c, count)
    if S.c_zones[c] <= 0.0:
        driven_out(S, M, P, c, h, side)
    elif crumbles(S, P, c, h):
        leave_by_gap(S, M, P, h, side)


@njit
def rest_quiet(S, M, P, c: int) -> None:
    """City c is not besieged: the object of the siege is put away."""
    if S.c_phase[c] != S_QUIET:
        S.c_phase[c] = S_QUIET
        S.c_since[c] = S.day
        S.c_invested[c] = 0
        S.c_repeats[c] = 0
        S.c_garrison[c] = 0
    in_peace(S, M, P, c)


@njit
def new_holder(S, c: int, h: int, side: int) -> None:
    """City c changed hands today: it goes into the log, and a later siege begins from anew."""
    log_event(S, E_CITY, side, h, -1, -1, np.float64(c), S.c_works[c], 0.0, 0.0, 0.0)
    S.c_phase[c] = S_QUIET
    S.c_since[c] = S.day
    S.c_invested[c] = 0
    S.c_repeats[c] = 0
    S.c_garrison[c] = 0


@njit
def open_siege(S, M, P, c: int, h: int, side: int, men: float, firm: float, unit: int) -> None:
    """A siege of city c begins: its garrison is counted, its services are called up (M91)."""
    S.c_phase[c] = S_INVESTED
    S.c_since[c] = S.day
    S.c_invested[c] = 0
    S.c_repeats[c] = 0
    S.c_zones[c] = M.c_zone_count[c]
    S.c_will[c] = firm
    called = call_services(S, M, P, c, unit)
    S.c_garrison[c] = np.int64(men) + called
    a = np.float64(called)
    log_event(S, E_SIEGE, side, h, unit, -1, men, a, S.c_works[c], S.c_ring[c], 0.0)


@njit
def storm(S, M, P, W, c: int, h: int, count: int, v: float, force: float, worth: float) -> None:
    """A day of assault on city c: ground by eq. (10.8), house fighting, counter-attack.

    The chance that the garrison wins a zone back is ``siege.counter * will * min(1, its odds)``.
    """
    enemy = 1 - np.int64(S.h_control[h])
    inner = 1.0 - S.c_zones[c] * (1.0 / M.c_zone_count[c])
    against = max(1.0, worth)
    holds = max(P.siege_zone_least, S.c_zones[c]) * P.siege_zone_worth
    density = against * (1.0 / holds)
    works = S.c_works[c] * (1.0 - heights_lost(S, M, c))
    teams = engineer_share(S, P, W, count)
    odds = force * (1.0 / against)
    z = zones_a_day(P, v, odds, density, works, teams, inner, S.c_will[c])
    counter = P.siege_counter * S.c_will[c] * min(1.0, against * (1.0 / max(1.0, force)))
    take_ground(S, M, P, c, h, enemy, z, counter)
    S.c_assault_lost[c] += house_losses(S, P, W, count, h, inner)


@njit
def turn_will(
    S, M, P, c: int, h: int, side: int, men: float, firm: float, fed: float, rounds: float
) -> None:
    """The will of the garrison of city c goes a share ``siege.will_pace`` towards eq. (10.5).

    Losing the commanding ground is felt the same night.
    """
    whole_garrison = np.float64(max(np.int64(1), S.c_garrison[c]))
    lost = max(0.0, 1.0 - men * (1.0 / whole_garrison))
    alone = S.c_ring[c] * (1.0 - relief_hope(S, M, P, h, side))
    heights = heights_lost(S, M, c)
    w = will_to_hold(P, firm, lost, fed, rounds, alone, heights)
    S.c_will[c] += (w - S.c_will[c]) * P.siege_will_pace
    if heights > 0.0:
        S.c_will[c] = min(S.c_will[c], w)


@njit
def hold_back(S, W, c: int, count: int) -> None:
    """Besiegers rest tomorrow unless the assault goes on (`rest` counts ``u_halt_days`` down)."""
    if S.c_phase[c] == S_INVESTED or S.c_phase[c] == S_REBUILD:
        for i in range(count):
            u = W.unit_whole[i]
            S.u_halt_days[u] = max(S.u_halt_days[u], 2)


@njit
def driven_out(S, M, P, c: int, h: int, side: int) -> None:
    """The last zone of city c is lost: its garrison gets away where the ring is open, or gives up.

    Each unit is out with the chance ``1 - ring`` (M38), else it is the end in works (11.4).
    """
    ring = S.c_ring[c]
    will = np.float64(S.c_will[c])
    u = np.int64(S.h_first[h])
    while u >= 0:
        after = S.u_mate[u]
        if S.u_side[u] == side and S.u_kind[u] != GUERRILLA:
            x = u01(P, S.day, D_SIEGE, u, 0)
            if x >= ring:
                slip_away(S, M, P, u)
            elif S.u_static[u] == 1 and ring < P.siege_invest_ring:
                break_up_in_open(S, M, P, u)
            else:
                give_up_in_works(S, M, P, u, will)
        u = after


@njit
def crumbles(S, P, c: int, h: int) -> bool:
    """True if the garrison of city c streams away by a gap in the ring today.

    Eq. (10.11): hazard ``siege.crumble (1 - will / siege.crumble_will)+ (1 - ring)``; an order to
    hold does not stop men whose will is gone and whose exit is open.
    """
    gone = 1.0 - S.c_will[c] * (1.0 / P.siege_crumble_will)
    if gone <= 0.0:
        return False
    h_rate = P.siege_crumble * gone * (1.0 - S.c_ring[c])
    return u01(P, S.day, D_SIEGE, h, 1) < hazard(h_rate)


@njit
def leave_by_gap(S, M, P, h: int, side: int) -> None:
    """Every unit of the garrison of hex h leaves by the gap; those tied to it are broken up."""
    u = np.int64(S.h_first[h])
    while u >= 0:
        after = S.u_mate[u]
        if S.u_side[u] == side and S.u_kind[u] != GUERRILLA:
            slip_away(S, M, P, u)
        u = after


@njit
def slip_away(S, M, P, u: int) -> None:
    """Unit u gets out of a lost city at the price of a breakout, eq. (11.6) without its chance."""
    day = S.day
    enemy = strongest_near(S, M, S.u_hex[u], 1 - S.u_side[u])
    divide(S, M, P, u, P.encirclement_out_killed, P.encirclement_out_captured,
           P.encirclement_out_dispersed, day)  # fmt: skip
    strip_material(S, P, u, enemy, P.encirclement_out_material, day)
    send_out(S, M, P, u, day)
