"""Rule 7, the air: bases, missions, battles, strikes (docs/rules/air.md).

In order: the fields change hands and are mended; the airlift's stores come forward; each side finds
its targets and assigns its units; they meet over the regions; what arrives strikes.
"""

from numba import njit

from tairiku.sim.air_base import follow_the_front, keep_fields, keep_units
from tairiku.sim.air_battle import meet
from tairiku.sim.air_plan import assign
from tairiku.sim.air_rear import drop, interdict
from tairiku.sim.air_strike import cut_links, reach_targets, strike_target
from tairiku.sim.air_targets import find_targets
from tairiku.sim.airlift import feed_fields
from tairiku.sim.codes import (
    A_INTERDICTION,
    A_STRATEGIC,
    A_SUPPLY,
    A_SUPPORT,
)


@njit
def clear_yesterday(S, M) -> None:
    """No support, no hits, no traffic stopped: the marks of yesterday's flying go."""
    for u in range(S.n_units):
        S.u_air_support[u] = 0.0
        S.u_air_hit[u] = 0.0
    for s in range(2):
        for h in range(M.n_hexes):
            S.h_interdict[s, h] = 0.0


@njit
def strike(S, M, P, W) -> None:
    """Every target that sorties reached, in order of side, mission and slot; then supply drops."""
    reach_targets(S, M, P, W)
    for s in range(2):
        for m in range(A_SUPPORT, A_STRATEGIC + 1):
            if m == A_SUPPLY:
                continue
            for k in range(W.at_count[s, m]):
                if W.at_effect[s, m, k] > 0.0:
                    if m == A_INTERDICTION:
                        interdict(S, M, P, W, s, k)
                    else:
                        strike_target(S, M, P, W, s, m, k)
    for a in range(M.n_air):
        if S.a_sorties[a] > 0 and S.a_mission[a] == A_SUPPLY:
            drop(S, M, P, W, a)
    cut_links(S, M, P, W)


@njit
def fly(S, M, P, W) -> None:
    """The air day of both sides (equations 7.1 to 7.21).

    Reads beliefs, contacts and the traffic seen; changes aircraft, fields, stores of airfield
    depots, ``u_air_support``, ``u_air_hit``, ``h_interdict``, beliefs, links, bridges and people.
    """
    clear_yesterday(S, M)
    keep_fields(S, M, P, W)
    keep_units(S, M, P, W)
    feed_fields(S, M, P, W)
    find_targets(S, M, P, W)
    follow_the_front(S, M, P, W)
    assign(S, M, P, W)
    meet(S, M, P, W)
    strike(S, M, P, W)
