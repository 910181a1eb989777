"""Step 12, works: units dig where they stand, field works grow, and decay where nobody is."""

import numpy as np
from numba import njit

from tairiku.sim.codes import (
    ENGINEER,
    GUERRILLA,
    ON_MAP,
    P_FORTIFIED,
    P_HASTY,
    P_PREPARED,
    P_REST,
)
from tairiku.sim.dice import D_ROUNDING, whole


@njit
def digs(S, u: int) -> bool:
    """True for a unit that stood on the defence today, neither marching nor beaten."""
    if S.u_status[u] != ON_MAP or S.u_kind[u] == GUERRILLA or S.u_km_today[u] > 0.0:
        return False
    p = S.u_posture[u]
    return p == P_HASTY or p == P_PREPARED or p == P_FORTIFIED or p == P_REST


@njit
def work(S, M, P, W) -> None:
    """A day of digging by the troops, helped by the people of the place.

    Eq. (12.1): dug <- dug + pace, pace = 1, less in contact and at rest; 0 after a march.
    Eq. (12.2): works of a hex grow by g men / 10,000 (1 + civilians) (1 - works / 100) a day and
    lose a share w of themselves in a day without garrison; a hex that changes hands keeps a share.
    """
    for u in range(S.n_units):
        if S.u_status[u] != ON_MAP:
            continue
        if S.u_km_today[u] > 0.0:
            S.u_dug[u] = 0.0
            continue
        if not digs(S, u):
            continue
        pace = 1.0
        if S.u_posture[u] == P_REST:
            pace = P.works_rest_pace
        if S.u_contact[u] > 0:
            pace *= P.works_contact_pace
        S.u_dug[u] = min(P.works_dug_most, S.u_dug[u] + pace)
        if S.u_posture[u] == P_REST:
            continue
        h = S.u_hex[u]
        helpers = min(1.0, np.float64(M.people[h]) / P.works_people) * P.works_civilians
        hands = np.float64(S.u_men[u]) * 0.0001
        if S.u_kind[u] == ENGINEER:
            hands *= P.works_engineers
        now = np.float64(S.h_works[h])
        gain = pace * P.works_gain * hands * (1.0 + helpers) * (1.0 - now * 0.01)
        if gain > 0.0:
            after = np.int64(S.h_works[h]) + whole(P, gain, S.day, D_ROUNDING, u, 4)
            S.h_works[h] = min(np.int64(100), after)
    for h in range(M.n_hexes):
        left = np.int64(S.h_works[h])
        if left <= 0:
            continue
        if np.int64(S.h_since[h]) == S.day and S.day > 0:
            left = np.int64(np.float64(left) * P.works_turned)
        side = np.int64(S.h_control[h])
        if side > 1 or np.int64(S.h_men[min(side, 1), h]) == 0:
            left -= whole(P, P.works_decay * np.float64(left), S.day, D_ROUNDING, h, 5)
        S.h_works[h] = max(np.int64(0), left)
