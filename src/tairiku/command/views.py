"""What one side sees: its own troops, its own nodes and stores, who holds what, what it believes.

There are no rows of the enemy in a view: his units are EMPTY, his nodes NO_SIDE.  Where the record
of the state has a line for a quantity, the view has the same line under the same name, so that the
table in docs/state.md explains both.  Knowledge of the enemy is `h_belief` and `h_seen` alone;
which hexes, airfields and cities are in whose hands is known to everybody.
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import (
    A_IDLE,
    EMPTY,
    GUNS,
    NO_SIDE,
    S_QUIET,
    TANKS,
)
from tairiku.sim.layout import (
    AIR_UNITS,
    BRIDGES,
    CITIES,
    DEPOTS,
    FIELDS,
    HEXES,
    NODES,
    NOWHERE,
    REGIONS,
    STORES,
    UNITS,
)

_WHOLE = (
    "u_status", "u_kind", "u_hex", "u_box", "u_static", "u_men", "u_full", "u_order", "u_target",
    "u_until", "u_giver", "u_since", "u_posture", "u_contact", "u_blocked", "u_cut", "u_ringed",
    "u_outflanked", "u_rout_days", "u_halt_days", "u_paralysed", "u_guns", "u_tanks",
    "u_loss_today",
)  # fmt: skip
_REAL = (
    "u_infantry", "u_cohesion", "u_fatigue", "u_lost", "u_rounds", "u_fed", "u_fuelled",
    "u_initiative", "u_caution",
)  # fmt: skip

VIEW = np.dtype(
    [
        ("day", "i8"),
        ("side", "i8"),
        ("n_units", "i8"),
        *((name, "i8", (UNITS,)) for name in _WHOLE),
        *((name, "f8", (UNITS,)) for name in _REAL),
        ("n_superior", "i8", (NODES,)),
        ("n_side", "i8", (NODES,)),
        ("n_hex", "i8", (NODES,)),
        ("n_level", "i8", (NODES,)),
        ("n_cut_days", "i8", (NODES,)),
        ("h_control", "i1", (HEXES,)),
        ("h_belief", "i4", (HEXES,)),
        ("h_seen", "i2", (HEXES,)),
        ("d_side", "i8", (DEPOTS,)),
        ("d_hex", "i8", (DEPOTS,)),
        ("d_box", "i8", (DEPOTS,)),
        ("d_store", "i8", (DEPOTS, STORES)),
        ("c_invested", "i8", (CITIES,)),
        ("c_phase", "i8", (CITIES,)),
        ("x_state", "i8", (BRIDGES,)),
        ("v_side", "i8", (FIELDS,)),
        ("a_status", "i8", (AIR_UNITS,)),
        ("a_craft", "i8", (AIR_UNITS,)),
        ("a_field", "i8", (AIR_UNITS,)),
        ("a_mission", "i8", (AIR_UNITS,)),
        ("w_sky", "i8", (REGIONS,)),
        ("w_ground", "i8", (REGIONS,)),
    ],
    align=True,
)


@njit
def look(S, M, side: int, V) -> None:
    """Fill the view V of a side from the state S; every field of V is written."""
    V.day = S.day
    V.side = side
    V.n_units = S.n_units
    for u in range(S.n_units):
        if S.u_side[u] == side:
            see_own_unit(S, V, u)
        elif V.u_status[u] != EMPTY or V.u_hex[u] != NOWHERE:
            blank_unit(V, u)
    for i in range(NODES):
        V.n_side[i] = NO_SIDE
        V.n_superior[i] = -1
        V.n_hex[i] = NOWHERE
        V.n_level[i] = 0
        V.n_cut_days[i] = 0
        if S.n_side[i] == side:
            V.n_side[i] = side
            V.n_superior[i] = S.n_superior[i]
            V.n_hex[i] = S.n_hex[i]
            V.n_level[i] = S.n_level[i]
            V.n_cut_days[i] = S.n_cut_days[i]
    for h in range(M.n_hexes):
        V.h_control[h] = S.h_control[h]
        V.h_belief[h] = S.h_belief[side, h]
        V.h_seen[h] = S.h_seen[side, h]
    see_stores_and_air(S, M, side, V)


@njit
def see_own_unit(S, V, u: int) -> None:
    """Copy one unit of the viewer's own into the view."""
    V.u_status[u] = S.u_status[u]
    V.u_kind[u] = S.u_kind[u]
    V.u_hex[u] = S.u_hex[u]
    V.u_box[u] = S.u_box[u]
    V.u_static[u] = S.u_static[u]
    V.u_men[u] = S.u_men[u]
    V.u_full[u] = S.u_full[u]
    V.u_order[u] = S.u_order[u]
    V.u_target[u] = S.u_target[u]
    V.u_until[u] = S.u_until[u]
    V.u_giver[u] = S.u_giver[u]
    V.u_since[u] = S.u_since[u]
    V.u_posture[u] = S.u_posture[u]
    V.u_contact[u] = S.u_contact[u]
    V.u_blocked[u] = S.u_blocked[u]
    V.u_cut[u] = S.u_cut[u]
    V.u_ringed[u] = S.u_ringed[u]
    V.u_outflanked[u] = S.u_outflanked[u]
    V.u_rout_days[u] = S.u_rout_days[u]
    V.u_halt_days[u] = S.u_halt_days[u]
    V.u_paralysed[u] = S.u_paralysed[u]
    V.u_loss_today[u] = S.u_loss_today[u]
    V.u_guns[u] = S.u_material[u, GUNS]
    V.u_tanks[u] = S.u_material[u, TANKS]
    V.u_infantry[u] = S.u_infantry[u]
    V.u_cohesion[u] = S.u_cohesion[u]
    V.u_fatigue[u] = S.u_fatigue[u]
    V.u_lost[u] = S.u_lost[u]
    V.u_rounds[u] = S.u_rounds[u]
    V.u_fed[u] = S.u_fed[u]
    V.u_fuelled[u] = S.u_fuelled[u]
    V.u_initiative[u] = S.u_initiative[u]
    V.u_caution[u] = S.u_caution[u]


@njit
def blank_unit(V, u: int) -> None:
    """A row that is not the viewer's own says nothing."""
    V.u_status[u] = EMPTY
    V.u_kind[u] = 0
    V.u_hex[u] = NOWHERE
    V.u_box[u] = -1
    V.u_static[u] = 0
    V.u_men[u] = 0
    V.u_full[u] = 0
    V.u_order[u] = 0
    V.u_target[u] = NOWHERE
    V.u_until[u] = -1
    V.u_giver[u] = -1
    V.u_since[u] = 0
    V.u_posture[u] = 0
    V.u_contact[u] = 0
    V.u_blocked[u] = 0
    V.u_cut[u] = 0
    V.u_ringed[u] = 0
    V.u_outflanked[u] = 0
    V.u_rout_days[u] = 0
    V.u_halt_days[u] = 0
    V.u_paralysed[u] = 0
    V.u_loss_today[u] = 0
    V.u_guns[u] = 0
    V.u_tanks[u] = 0
    V.u_infantry[u] = 0.0
    V.u_cohesion[u] = 0.0
    V.u_fatigue[u] = 0.0
    V.u_lost[u] = 0.0
    V.u_rounds[u] = 0.0
    V.u_fed[u] = 0.0
    V.u_fuelled[u] = 0.0
    V.u_initiative[u] = 0.0
    V.u_caution[u] = 0.0


@njit
def see_stores_and_air(S, M, side: int, V) -> None:
    """Own depots and squadrons, cities, bridges behind own lines, airfields, the weather."""
    for d in range(DEPOTS):
        V.d_side[d] = NO_SIDE
        V.d_hex[d] = NOWHERE
        V.d_box[d] = -1
        for k in range(STORES):
            V.d_store[d, k] = 0
        if S.d_side[d] == side:
            V.d_side[d] = side
            V.d_hex[d] = S.d_hex[d]
            V.d_box[d] = S.d_box[d]
            for k in range(STORES):
                V.d_store[d, k] = S.d_store[d, k]
    for c in range(M.n_cities):
        V.c_phase[c] = S.c_phase[c]
        V.c_invested[c] = S.c_invested[c]
        if S.c_phase[c] == S_QUIET:
            V.c_invested[c] = 0
    for x in range(M.n_bridges):
        a = M.x_a[x]
        b = M.x_b[x]
        V.x_state[x] = 0
        own = a != NOWHERE and S.h_control[a] == side
        if own or (b != NOWHERE and S.h_control[b] == side):
            V.x_state[x] = S.x_state[x]
    for v in range(M.n_fields):
        V.v_side[v] = S.v_side[v]
    for a in range(M.n_air):
        V.a_status[a] = EMPTY
        V.a_mission[a] = A_IDLE
        V.a_craft[a] = 0
        V.a_field[a] = -1
        if S.a_side[a] == side:
            V.a_status[a] = S.a_status[a]
            V.a_craft[a] = S.a_craft[a]
            V.a_field[a] = S.a_field[a]
            V.a_mission[a] = S.a_mission[a]
    for r in range(M.n_regions):
        V.w_sky[r] = S.w_sky[r]
        V.w_ground[r] = S.w_ground[r]
