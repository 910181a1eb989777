"""Little random worlds for the tests of marches and ways: terrain, rivers, roads, two sides."""

import random

import numpy as np

from tairiku.sim import codes, layout
from tests.sim.world import add_unit, bare_map, bare_state, parameters

ORDERS = (
    codes.O_HOLD,
    codes.O_MOVE,
    codes.O_ATTACK,
    codes.O_ATTACK,
    codes.O_SCREEN,
    codes.O_WITHDRAW,
    codes.O_REFIT,
    codes.O_DELAY,
    codes.O_RAIL,
)
KINDS = (codes.INFANTRY,) * 6 + (codes.TANK, codes.CAVALRY, codes.MOTORISED, codes.GUERRILLA)
WORK = layout.new(layout.WORK)[0]


def work() -> np.record:
    """The one scratch record of these tests, made ready for a new map."""
    WORK.q_print = 0.0
    WORK.carry_print = 0.0
    return WORK


def join(M: np.record, a: int, k: int, field: str, value: int) -> None:
    """Set a field of the hexside k of hex a, as both its hexes count it."""
    b = int(M.next[a, k])
    if b != layout.NOWHERE:
        M[field][a, k] = value
        M[field][b, (k + 3) % 6] = value


def random_map(rng: random.Random, cols: int = 8, rows: int = 8) -> np.record:
    """Hexes of every terrain, rivers of every class, roads, rails, bridges, boats."""
    M = bare_map(cols, rows)
    for h in range(cols * rows):
        M.terrain[h] = rng.choices(range(8), (12, 6, 6, 3, 2, 2, 1, 1))[0]
        M.flood[h] = rng.choice((0.0, 0.0, 0.5))
        for k in range(3):
            join(M, h, k, "river", rng.choices(range(4), (12, 3, 3, 2))[0])
            if rng.random() < 0.05 and M.next[h, k] != layout.NOWHERE:
                b = int(M.n_bridges)
                M.n_bridges, M.x_a[b], M.x_b[b] = b + 1, h, M.next[h, k]
                join(M, h, k, "bridge", b)
            if rng.random() < 0.2 and M.next[h, k] != layout.NOWHERE:
                r = int(M.n_roads)
                M.n_roads, M.k_a[r], M.k_b[r] = r + 1, h, M.next[h, k]
                M.k_class[r] = rng.choice((1, 2))
                join(M, h, k, "road", r)
            if rng.random() < 0.15 and M.next[h, k] != layout.NOWHERE:
                r = int(M.n_rails)
                M.n_rails, M.r_a[r], M.r_b[r] = r + 1, h, M.next[h, k]
                join(M, h, k, "rail", r)
            if rng.random() < 0.1:
                join(M, h, k, "water", 1)
    return M


def random_world(seed: int, units: int = 12) -> tuple[np.record, np.record, np.record]:
    """S, M, P of a little war: both sides mixed over the map under all kinds of orders."""
    rng = random.Random(seed)
    M = random_map(rng)
    S = bare_state(M)
    P = parameters()
    P.key_seed = seed
    P.encirclement_open_hexes = 9.0
    S.x_state[:] = [rng.choice((0, 1000)) for _ in range(layout.BRIDGES)]
    S.k_state[:] = [rng.choice((100, 1000)) for _ in range(layout.ROADS)]
    S.r_state[:] = 1000
    S.w_ground[0] = rng.choice((0, 1, 2))
    land = [h for h in range(int(M.n_hexes)) if M.terrain[h] < codes.LAKE]
    S.h_control[: M.n_hexes] = [rng.choice((0, 1)) for _ in range(int(M.n_hexes))]
    for r in range(int(M.n_rails)):
        S.r_owner[r] = rng.choice((0, 1))
    taken: dict[int, int] = {}
    for _ in range(units):
        side = rng.choice((0, 1))
        h = rng.choice([h for h in land if taken.get(h, side) == side])
        taken[h] = side
        u = add_unit(S, h, side, rng.choice((800, 4000, 9000, 15000)), rng.choice(KINDS))
        S.u_order[u], S.u_target[u] = rng.choice(ORDERS), rng.choice(land)
        S.u_static[u] = rng.random() < 0.1
        S.u_rout_days[u] = rng.choice((0, 0, 0, 3))
        S.u_fatigue[u] = rng.random()
        S.u_air_hit[u] = rng.choice((0.0, 3.0))
    for d in range(4):
        S.d_side[d], S.d_hex[d] = d % 2, rng.choice(land)
    return S, M, P
