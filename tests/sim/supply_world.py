"""Little worlds with railways, roads, rivers, bridges, boxes and depots for the tests of supply."""

import numpy as np

from tairiku.sim import codes, layout
from tairiku.sim.layout import NOWHERE
from tests.sim.world import bare_map, bare_state, parameters


def lay_rail(S, M, a, k, owner=codes.JAPAN, state=1000, bridge=-1):
    """A rail link over side k of hex a; its index."""
    r, b = int(M.n_rails), int(M.next[a, k])
    M.n_rails = r + 1
    M.r_a[r], M.r_b[r], M.r_km[r], M.r_gauge[r], M.r_bridge[r] = a, b, M.pitch_km, 1435, bridge
    M.rail[a, k] = M.rail[b, (k + 3) % 6] = r
    S.r_owner[r], S.r_state[r] = owner, state
    return r


def lay_road(S, M, a, k, state=1000, trunk=True):
    """A road link over side k of hex a; its index."""
    r, b = int(M.n_roads), int(M.next[a, k])
    M.n_roads = r + 1
    M.k_a[r], M.k_b[r], M.k_km[r], M.k_class[r] = a, b, M.pitch_km, 2 if trunk else 1
    M.road[a, k] = M.road[b, (k + 3) % 6] = r
    S.k_state[r] = state
    return r


def lay_bridge(S, M, a, k, rail=1, road=1, metres=100.0):
    """A bridge over side k of hex a, where a river of the second size flows; its index."""
    x, b = int(M.n_bridges), int(M.next[a, k])
    M.n_bridges = x + 1
    M.x_a[x], M.x_b[x], M.x_rail[x], M.x_road[x], M.x_metres[x] = a, b, rail, road, metres
    M.river[a, k] = M.river[b, (k + 3) % 6] = 2
    M.bridge[a, k] = M.bridge[b, (k + 3) % 6] = x
    S.x_state[x] = 1000
    return x


def add_depot(S, M, hex_id, side, kind=codes.DP_ARMY, tonnes=1000, box=-1):
    """An open depot with so many tonnes of each of four stores, in the books; its index."""
    d = int(M.n_depots)
    M.n_depots = d + 1
    S.d_side[d], S.d_hex[d], S.d_box[d], S.d_kind[d] = side, hex_id, box, kind
    S.d_force[d] = codes.F_JAPAN if side == codes.JAPAN else codes.F_CHINA
    S.d_store[d, :4] = tonnes * 1000
    S.g_store[S.d_force[d], :4, codes.B_INITIAL] += tonnes * 1000
    S.d_open[d] = 1
    return d


def empty_world(cols=7, rows=7, **changes):
    """State, map, parameters, scratch: flat, all China's, nothing grown."""
    M = bare_map(cols, rows)
    S = bare_state(M)
    S.p_food[:] = 1.0
    S.h_since[:] = -1
    return S, M, parameters(**changes), layout.new(layout.WORK)[0]


def random_world(seed, cols=8, rows=8):
    """A world at the whim of a seed: country, links, bridges, sides, zones, depots, a box."""
    rng = np.random.default_rng(seed)
    S, M, P, W = empty_world(cols, rows)
    n = cols * rows
    M.terrain[:n] = rng.choice([0, 1, 2, 3, 4, 5, 6], n, p=[0.3, 0.2, 0.2, 0.1, 0.1, 0.05, 0.05])
    S.h_control[:n] = rng.choice([0, 1, 2], n, p=[0.45, 0.45, 0.1])
    for h in range(n):
        for k in range(3):
            b = int(M.next[h, k])
            if b == NOWHERE:
                continue
            what = rng.random(6)
            if what[0] < 0.1:
                lay_bridge(S, M, h, k)
            elif what[0] < 0.2:
                M.river[h, k] = M.river[b, k + 3] = rng.integers(1, 4)
            if what[1] < 0.2:
                lay_rail(S, M, h, k, int(rng.integers(0, 3)), int(rng.choice([0, 400, 1000])))
                M.r_bridge[M.n_rails - 1] = M.bridge[h, k]
            if what[2] < 0.3:
                lay_road(S, M, h, k, int(rng.choice([0, 100, 500, 1000])), bool(what[3] < 0.5))
            if what[4] < 0.08:
                M.water[h, k] = M.water[b, k + 3] = 1
    for _ in range(5):
        add_depot(S, M, int(rng.integers(0, n)), int(rng.integers(0, 2)), int(rng.integers(0, 5)))
    add_depot(S, M, NOWHERE, codes.JAPAN, codes.DP_BASE, box=0)
    M.n_box_links = 2
    M.bl_box[:2], M.bl_side[:2], M.bl_days[:2], M.bl_tonnes[:2] = 0, codes.JAPAN, (1.0, 2.5), 400.0
    M.bl_hex[:2] = rng.integers(0, n, 2)
    M.bl_to[:2] = -1
    return S, M, P, W


def shake(S, M, seed):
    """Let a day pass at the whim of a seed: ground, men, zones, links, depots change."""
    rng = np.random.default_rng(seed)
    n = int(M.n_hexes)
    for h in rng.integers(0, n, int(rng.integers(0, 6))):
        S.h_control[h] = rng.integers(0, 3)
        S.h_men[rng.integers(0, 2), h] = rng.choice([0, 5000])
        S.h_zone[rng.integers(0, 2), h] = rng.choice([0, 3000, 30_000])
    if M.n_rails:
        r = rng.integers(0, M.n_rails)
        S.r_state[r], S.r_owner[r] = rng.choice([0, 1000]), rng.integers(0, 3)
    if M.n_roads:
        S.k_state[rng.integers(0, M.n_roads)] = rng.choice([0, 200, 500, 1000])
    if M.n_bridges:
        S.x_out_days[rng.integers(0, M.n_bridges)] = rng.choice([0, 3])
    d = int(rng.integers(0, M.n_depots))
    S.d_open[d] = rng.integers(0, 2)
    if rng.random() < 0.3 and S.d_box[d] < 0:
        S.d_hex[d], S.d_kind[d] = rng.integers(0, n), rng.integers(0, 5)
