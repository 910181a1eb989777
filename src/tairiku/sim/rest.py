"""Rule 12b, rest: fatigue, cohesion, stragglers, desertion, hunger, refit (docs/rules/rest.md)."""

import numpy as np
from numba import njit

from tairiku.sim.absent import lose_stragglers, stragglers_return
from tairiku.sim.books import gain_men, lose_men
from tairiku.sim.codes import (
    E_STRAGGLERS,
    F_CHINA,
    F_JAPAN,
    IN_BOX,
    M_DESERTED,
    M_DISEASE,
    M_MISSING,
    M_RAISED,
    O_REFIT,
    ON_MAP,
    P_REST,
    P_ROUT,
    TRANSIT,
)
from tairiku.sim.dice import D_DESERTION, D_STRAGGLERS
from tairiku.sim.journal import log_event
from tairiku.sim.portions import portion, throw
from tairiku.sim.wear import wear


@njit
def rest(S, M, P, W) -> None:
    """The evening of every unit: what the day cost it and what the night gives back."""
    for u in range(S.n_units):
        status = S.u_status[u]
        if status != ON_MAP and status != IN_BOX and status != TRANSIT:
            continue
        tire(S, P, u, status)
        gather(S, P, u)
        find_stragglers(S, P, u)
        if status != TRANSIT:
            r1, r2, r3, r4 = throw(P, S.day, D_DESERTION, u, 0)
            desert(S, P, u, r1)
            starve(S, P, u, r2)
            refit(S, P, u, r3)
            wear(S, M, P, u, r4)
        if S.u_halt_days[u] > 0:
            S.u_halt_days[u] -= 1
        if S.u_rout_days[u] > 0 and status != TRANSIT:
            S.u_rout_days[u] -= 1
            if S.u_rout_days[u] == 0 and S.u_posture[u] == P_ROUT:
                S.u_posture[u] = P_REST


@njit
def fought_today(S, u: int) -> bool:
    """True if unit u attacked or was attacked today."""
    return S.u_defends[u] == 1 or S.u_loss_today[u] > 0


@njit
def tire(S, P, u: int, status: int) -> None:
    """Fatigue of unit u after the day. [0-1]

    Eq. (12.3): ``+ m km/25`` for the march, ``+ b`` for battle, or ``- r fed`` without either.
    """
    tired = np.float64(S.u_fatigue[u])
    km = 0.0
    if status == ON_MAP:
        km = np.float64(S.u_km_today[u])
    fought = status == ON_MAP and fought_today(S, u)
    if km <= 0.0 and not fought:
        tired -= P.rest_recovery * S.u_fed[u]
    else:
        tired += P.rest_march * km * 0.04
        if fought:
            tired += P.rest_battle
    S.u_fatigue[u] = min(1.0, max(0.0, tired))


@njit
def gather(S, P, u: int) -> None:
    """Cohesion of unit u goes back towards its firmness out of battle, and falls with hunger. [0-1]

    Eq. (12.4): ``+ g (firm (1 - o (1 - officers)) - cohesion)+ fed`` a day out of battle, slower
    when routed;
    ``- h`` a day hungry for more than ``rest.hunger_days``.
    """
    c = np.float64(S.u_cohesion[u])
    if not fought_today(S, u):
        gap = S.u_firmness[u] * (1.0 - P.rest_officers * (1.0 - S.u_officers[u])) - c
        if gap > 0.0:
            pace = P.rest_cohesion * S.u_fed[u]
            if S.u_rout_days[u] > 0:
                pace *= P.rest_rout_pace
            c += pace * gap
    if np.float64(S.u_hungry[u]) > P.rest_hunger_days:
        c -= P.rest_hunger
    S.u_cohesion[u] = min(1.0, max(0.0, c))


@njit
def find_stragglers(S, P, u: int) -> None:
    """Stragglers of unit u decide: ``rest.straggler_rate`` a day, ``straggler_back`` return.

    Half come back within 30 to 60 days; the others go home (M_MISSING); none reaches a ringed unit.
    """
    pool = S.u_stragglers[u]
    if pool <= 0 or S.u_ringed[u] > 0:
        return
    x = np.float64(pool) * P.rest_straggler_rate
    r1, r2, _, _ = throw(P, S.day, D_STRAGGLERS, u, 0)
    n = min(pool, portion(x, r1))
    back = portion(np.float64(n) * P.rest_straggler_back, r2)
    back = stragglers_return(S, u, min(n, back))
    lose_stragglers(S, u, n - back, M_MISSING)
    if np.float64(back) >= P.rest_straggler_news:
        a = np.float64(back)
        log_event(S, E_STRAGGLERS, S.u_side[u], S.u_hex[u], u, -1, a, 0.0, 0.0, 0.0, 0.0)


@njit
def desertion_rate(P, firm: float, fed: float, pay: float) -> float:
    """Share of a unit's men who walk away on a day without combat. [share/day]

    Eq. (12.5): ``d = d0 (2 (1 - firm))^3 (1 + f (1 - fed)) (1 + p (1 - pay))``: loose units,
    hungry ones and unpaid ones; d0 is the wastage of conscripts (0.2 % a day at firmness 0.5).
    """
    loose = 2.0 * (1.0 - min(1.0, max(0.0, firm)))
    d = P.rest_desertion * loose * loose * loose
    d *= 1.0 + P.rest_desertion_hunger * (1.0 - min(1.0, max(0.0, fed)))
    return d * (1.0 + P.rest_desertion_pay * (1.0 - min(1.0, max(0.0, pay))))


@njit
def desert(S, P, u: int, r: float) -> None:
    """Men of unit u desert, by eq. (12.5). [men]

    Real pay bears on the Chinese army.  Men of an army abroad have no home to walk to: of them
    ``rest.abroad`` of the law's share go.  A quiet unit in supply gets ``rest.conscripts`` of what
    it lost from the conscription of its district.
    """
    pay = 1.0
    if S.u_force[u] == F_CHINA:
        pay = np.float64(S.g_real_pay)
    d = desertion_rate(P, np.float64(S.u_firmness[u]), np.float64(S.u_fed[u]), pay)
    if S.u_force[u] == F_JAPAN:
        d *= P.rest_abroad
    gone = lose_men(S, u, portion(np.float64(S.u_men[u]) * d, r), M_DESERTED)
    if S.u_force[u] != F_JAPAN and S.u_contact[u] == 0 and S.u_cut[u] == 0:
        # the press gangs of its own district make good a share of what a quiet, fed unit loses
        if S.u_fed[u] >= P.rest_conscripts_fed and S.u_men[u] < S.u_full[u]:
            gain_men(S, u, np.int64(np.float64(gone) * P.rest_conscripts), M_RAISED)


@njit
def starve(S, P, u: int, r: float) -> None:
    """Nobody fights on without food: past ``hunger_days`` men die and go, at last the unit breaks.

    Eq. (12.6): loss ``e (days - hunger_days)+`` of the men a day, half dead, half gone; from
    ``starved_days`` on the unit is a crowd that cannot fight.
    """
    days = np.float64(S.u_hungry[u])
    over = days - P.rest_hunger_days
    if over <= 0.0:
        return
    x = min(1.0, P.rest_starvation * over) * np.float64(S.u_men[u])
    n = portion(x, r)
    dead = lose_men(S, u, n // 2, M_DISEASE)
    lose_men(S, u, n - dead, M_DESERTED)
    if days >= P.rest_starved_days:
        S.u_posture[u] = P_ROUT
        S.u_rout_days[u] = max(S.u_rout_days[u], np.int64(2))


@njit
def refit(S, P, u: int, r: float) -> None:
    """A Chinese unit resting on its own soil under a refit order fills up to ``rest.refit_full``.

    Conscripts come where it is fed from a depot; they bring the drill of recruits, and the unit's
    own is diluted: ``training' = (training men + recruit n) / (men + n)``, likewise firmness.
    """
    if S.u_force[u] != F_CHINA or S.u_order[u] != O_REFIT or S.u_status[u] != ON_MAP:
        return
    if S.u_hex[u] != S.u_target[u] or S.u_ringed[u] > 0 or S.u_source[u] < 0 or S.u_men[u] <= 0:
        return
    full = np.float64(S.u_full[u])
    room = P.rest_refit_full * full - np.float64(S.u_men[u] + S.u_sick[u] + S.u_wounded[u])
    if room <= 0.0:
        return
    n = portion(min(room, P.rest_refit_rate * full), r)
    men = np.float64(S.u_men[u])
    n = gain_men(S, u, n, M_RAISED)
    new = np.float64(n)
    share = 1.0 / (men + new)
    recruit = min(P.rest_recruit, np.float64(S.u_training[u]))
    S.u_training[u] = (S.u_training[u] * men + recruit * new) * share
    recruit = min(P.rest_recruit, np.float64(S.u_firmness[u]))
    S.u_firmness[u] = (S.u_firmness[u] * men + recruit * new) * share
