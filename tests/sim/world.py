"""A bare world for rule tests: a flat parallelogram of plain hexes, default parameters."""

import tomllib
from importlib.resources import files

import numpy as np

from tairiku.sim import codes, layout
from tairiku.sim.layout import NOWHERE


def parameters(**changes: float) -> np.record:
    """The parameter record of the scenario `ichigo`, with changes such as combat_ka=0.05."""
    text = files("tairiku.data").joinpath("scenarios/ichigo/parameters.toml").read_text("utf-8")
    table = tomllib.loads(text)
    P = layout.new(layout.PARAMETERS)[0]
    for name in layout.NAMES:
        rule, quantity = name.split(".")
        P[layout.field_name(name)] = table[rule][quantity]["value"]
    P.key_seed, P.key_replica = 1, 0
    for field, value in changes.items():
        P[field] = value
    return P


def bare_map(cols: int = 7, rows: int = 7, pitch_km: float = 18.0) -> np.record:
    """A flat map of plain hexes without rivers, roads or cities ("odd-r", row 0 in the north)."""
    M = layout.new(layout.MAP)[0]
    M.n_hexes, M.cols, M.rows, M.pitch_km = cols * rows, cols, rows, pitch_km
    M.last_day = 237
    M.month[:] = 4
    M.next[:] = NOWHERE
    for field in ("city", "province", "rail", "road", "bridge"):
        M[field][:] = -1
    even = ((1, 0), (0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1))
    odd = ((1, 0), (1, -1), (0, -1), (-1, 0), (0, 1), (1, 1))
    for row in range(rows):
        for col in range(cols):
            h = row * cols + col
            M.x_km[h] = pitch_km * (col + 0.5 * (row & 1))
            M.y_km[h] = -pitch_km * row * 0.8660254037844386
            for k, (dc, dr) in enumerate(odd if row & 1 else even):
                c, r = col + dc, row + dr
                if 0 <= c < cols and 0 <= r < rows:
                    M.next[h, k] = r * cols + c
    M.n_regions = 1
    M.n_provinces = 1
    return M


def bare_state(M: np.record) -> np.record:
    """An empty state on that map: nobody in it, everything held by China, nothing known."""
    S = layout.new(layout.STATE)[0]
    for field in ("h_first", "u_mate", "u_box", "u_due_box", "u_pocket", "u_source", "h_source"):
        S[field][:] = -1
    for field in ("u_hex", "u_due_hex", "u_target", "u_via", "u_from", "u_step", "u_attacks"):
        S[field][:] = NOWHERE
    for field in ("u_next_target", "u_next_via", "n_hex", "n_target", "n_via", "d_hex", "h_back"):
        S[field][:] = NOWHERE
    for field in ("u_due_day", "u_leaves_day", "u_until", "u_next_until", "u_next_due", "u_asked"):
        S[field][:] = -1
    for field in ("u_answer_due", "u_giver", "u_next_giver", "n_superior", "n_until", "d_field"):
        S[field][:] = -1
    for field in ("d_box", "a_field", "a_leaves_day", "v_since", "v_depot", "h_seen"):
        S[field][:] = -1
    S.n_side[:] = codes.NO_SIDE
    S.d_side[:] = codes.NO_SIDE
    S.a_side[:] = codes.NO_SIDE
    S.u_contact_day[:] = -9
    S.h_control[:] = codes.CHINA
    S.r_owner[:] = codes.NO_SIDE
    S.h_way[:] = 2**30
    return S


def add_unit(
    S: np.record, hex_id: int, side: int, men: int = 10_000, kind: int = codes.INFANTRY
) -> int:
    """Put one ordinary, rested, supplied unit on the map and into the books; its index."""
    u = int(S.n_units)
    S.n_units = u + 1
    S.u_side[u] = S.n_side[u] = side
    S.u_force[u] = codes.F_JAPAN if side == codes.JAPAN else codes.F_CHINA
    S.u_kind[u] = kind
    S.u_status[u] = codes.ON_MAP
    S.u_men[u] = S.u_full[u] = S.u_start_men[u] = men
    S.g_men[S.u_force[u], codes.M_INITIAL] += men
    S.u_infantry[u], S.u_officers[u] = 0.7, 1.0
    S.u_training[u] = S.u_equipment[u] = 0.6
    S.u_firmness[u] = S.u_cohesion[u] = 0.7
    S.u_initiative[u] = S.u_caution[u] = 0.5
    S.u_linked[u] = S.u_fed[u] = S.u_rounds[u] = S.u_fuelled[u] = 1.0
    # put it at the end of nothing: the hex list by hand, as placement.py does
    S.u_hex[u] = hex_id
    S.u_mate[u] = S.h_first[hex_id]
    S.h_first[hex_id] = u
    S.h_men[side, hex_id] += men
    S.h_control[hex_id] = side
    return u
