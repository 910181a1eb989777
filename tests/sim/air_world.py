"""A small world with airfields, depots and aircraft for tests of the air war."""

import numpy as np

from tairiku.sim import codes
from tairiku.sim.layout import NOWHERE
from tests.sim.world import add_unit, bare_map, bare_state

# types of the table in this world: a plain fighter, a better one, a bomber, eyes, a transport
PLAIN, BETTER, BOMBS, EYES, LIFT = range(5)
_TYPES = (
    # range km, value, bombs kg, fuel kg, runway class, service, replacements a month
    (400.0, 1.0, 250.0, 300.0, 1, 0.7, 0.2),
    (400.0, 2.0, 250.0, 300.0, 1, 0.7, 0.2),
    (600.0, 0.3, 1000.0, 1500.0, 2, 0.7, 0.2),
    (600.0, 0.2, 0.0, 600.0, 1, 0.7, 0.2),
    (600.0, 0.05, 2000.0, 1300.0, 1, 0.7, 0.1),
)
KINDS = (codes.FIGHTER, codes.FIGHTER, codes.BOMBER, codes.RECON, codes.TRANSPORT)


def air_map(cols: int = 15, rows: int = 9) -> np.record:
    """Plain country with the five aircraft types and one town of 50,000 in its middle."""
    M = bare_map(cols, rows)
    for t, values in enumerate(_TYPES):
        M.t_range_km[t], M.t_fight[t], M.t_bomb_kg[t], M.t_fuel_kg[t] = values[:4]
        M.t_runway[t], M.t_service[t], M.t_replace[t] = values[4:]
    M.province[: M.n_hexes] = 0
    M.pr_people[0] = 1_000_000
    M.pr_food[0], M.pr_hostility[0], M.pr_guerrilla[0] = 1.0, 0.2, 0.2
    M.n_cities = 1
    M.c_hex[0] = (rows // 2) * cols + cols // 2
    M.city[M.c_hex[0]] = 0
    M.c_people[0], M.c_level[0] = 50_000, 4
    M.people[M.c_hex[0]] = 50_000
    return M


def air_state(M: np.record) -> np.record:
    """An empty state on that map with the provinces as on the first morning."""
    S = bare_state(M)
    S.a_status[:] = codes.EMPTY
    S.p_food[0], S.p_hostility[0] = M.pr_food[0], M.pr_hostility[0]
    S.p_guerrilla[0] = M.pr_guerrilla[0]
    S.h_back[:] = NOWHERE
    return S


def add_depot(M: np.record, S: np.record, hex_id: int, side: int, force: int) -> int:
    """A depot with plenty of everything, in the books; its index."""
    d = int(M.n_depots)
    M.n_depots = d + 1
    S.d_side[d], S.d_force[d], S.d_hex[d] = side, force, hex_id
    S.d_store[d] = 2_000_000
    S.g_store[force, :, codes.B_INITIAL] += 2_000_000
    return d


def add_field(M: np.record, S: np.record, hex_id: int, side: int, depot: int = -1) -> int:
    """A medium airfield in good repair at a hex; its index."""
    v = int(M.n_fields)
    M.n_fields = v + 1
    M.v_hex[v], M.v_box[v], M.v_class[v] = hex_id, -1, 2
    M.v_x_km[v], M.v_y_km[v] = M.x_km[hex_id], M.y_km[hex_id]
    S.v_side[v], S.v_ready[v], S.v_since[v], S.v_depot[v] = side, 1.0, -1, depot
    if depot >= 0:
        S.d_field[depot] = v
    S.h_control[hex_id] = side
    return v


def add_air(M: np.record, S: np.record, field: int, kind: int, craft: int = 24) -> int:
    """An air unit of one of the five types on a field, in the books; its index."""
    a = int(M.n_air)
    M.n_air = a + 1
    side = S.v_side[field]
    S.a_side[a] = side
    S.a_force[a] = codes.F_JAPAN if side == codes.JAPAN else codes.F_ALLIED_AIR
    S.a_kind[a], S.a_type[a], S.a_status[a] = KINDS[kind], kind, codes.ON_MAP
    S.a_craft[a] = S.a_full[a] = craft
    S.a_service[a], S.a_field[a] = 0.7, field
    S.g_aircraft[S.a_force[a], codes.A_INITIAL] += craft
    return a


def contested() -> tuple[np.record, np.record]:
    """Two divisions in contact round the town, with fields, depots and every type on both sides."""
    M = air_map()
    S = air_state(M)
    middle = int(M.c_hex[0])
    S.h_control[: M.n_hexes] = codes.CHINA
    for h in range(M.n_hexes):
        if M.x_km[h] < M.x_km[middle]:
            S.h_control[h] = codes.JAPAN
    jp = add_unit(S, middle - 1, codes.JAPAN)
    cn = add_unit(S, middle, codes.CHINA, 8_000)
    S.u_attacks[jp], S.u_contact[jp], S.u_contact[cn] = middle, 1, 1
    S.u_defends[cn] = 1
    S.h_belief[codes.JAPAN, middle], S.h_belief[codes.CHINA, middle - 1] = 8_000, 10_000
    for u in (jp, cn):
        S.u_material[u, codes.TRUCKS] = 200
        S.u_material[u, codes.GUNS] = 20
        S.g_material[S.u_force[u], codes.TRUCKS, codes.B_INITIAL] += 200
        S.g_material[S.u_force[u], codes.GUNS, codes.B_INITIAL] += 20
    west = add_depot(M, S, M.cols * 4, codes.JAPAN, codes.F_JAPAN)
    east = add_depot(M, S, M.cols * 5 - 1, codes.CHINA, codes.F_ALLIED_AIR)
    left = add_field(M, S, M.cols * 4, codes.JAPAN, west)
    right = add_field(M, S, M.cols * 5 - 1, codes.CHINA, east)
    for field in (left, right):
        for kind in (PLAIN, BETTER, BOMBS, EYES, LIFT):
            add_air(M, S, field, kind)
    return M, S
