"""Rule 12c, wear: tanks and trucks break down and are mended, horses die (M20)."""

import numpy as np
from numba import njit

from tairiku.sim.absent import break_down, mend, scrap
from tairiku.sim.books import lose_material
from tairiku.sim.codes import B_CONSUMED, GROUND_DRY, HORSES, ON_MAP, TANKS, TRUCKS
from tairiku.sim.dice import D_WEAR
from tairiku.sim.portions import portion, throw


@njit
def wear(S, M, P, u: int, r: float) -> None:
    """A day's wear of what rolls and pulls in unit u; r the fortune of its horses. [pieces]

    Eq. (12.7): ``broken = w km/25 (1 + mud)`` of the serviceable, ``mended = r`` of the broken
    when it stands still, ``rest.mend_march`` of that on the march, ``scrapped = s`` of the broken.
    """
    km = 0.0
    going = 1.0
    if S.u_status[u] == ON_MAP:
        km = np.float64(S.u_km_today[u])
        if S.w_ground[np.int64(M.region[S.u_hex[u]])] != GROUND_DRY:
            going = 1.0 + P.rest_wear_wet
    days = km * 0.04 * going
    roll(S, P, u, TANKS, P.rest_tank_wear * days, km)
    roll(S, P, u, TRUCKS, P.rest_truck_wear * days, km)
    horses = S.u_material[u, HORSES]
    if horses > 0:
        rate = P.rest_horse_death * (1.0 + P.rest_horse_march * days)
        lose_material(S, u, HORSES, portion(np.float64(horses) * rate, r), B_CONSUMED)


@njit
def roll(S, P, u: int, kind: int, rate: float, km: float) -> None:
    """Break down, mend and scrap one kind of piece of unit u."""
    have = S.u_material[u, kind]
    down = np.float64(S.u_down[u, kind])
    if (have <= 0 or rate <= 0.0) and down <= 0.0:
        return
    r1, r2, r3, _ = throw(P, S.day, D_WEAR, u, kind)
    break_down(S, u, kind, portion(np.float64(have) * rate, r1))
    pace = P.rest_mend if km <= 0.0 else P.rest_mend * P.rest_mend_march
    scrap(S, u, kind, portion(down * P.rest_scrap, r2), B_CONSUMED)
    mend(S, u, kind, portion(down * pace, r3))
