"""Cost of the best way from a depot to every hex, by a plain Dijkstra over dictionaries."""

import heapq

from tairiku.sim import codes
from tairiku.sim.layout import NOWHERE

FAR = 2**30


def _rough(M, P, h):
    return {
        codes.HILLS: P.supply_rough_hills,
        codes.LOW_MOUNTAINS: P.supply_rough_low_mountains,
        codes.HIGH_MOUNTAINS: P.supply_rough_high_mountains,
    }.get(int(M.terrain[h]), 1.0)


def cost(S, M, P, side, h, k):
    """Cost over side k of h: the cheapest of rail, water, road and track, cut to a whole number."""
    n = int(M.next[h, k])
    km = float(M.pitch_km)
    rough = 0.5 * (_rough(M, P, h) + _rough(M, P, n))
    offers = [float(FAR)]
    if codes.LAKE not in (int(M.terrain[h]), int(M.terrain[n])):
        ferry = P.supply_cost_ferry if M.river[h, k] >= 2 and M.bridge[h, k] < 0 else 0.0
        offers.append(km * P.supply_cost_track * rough + ferry)
    road = int(M.road[h, k])
    if road >= 0:
        state = int(S.k_state[road])
        x = int(M.bridge[h, k])
        drowned = (
            x >= 0 and M.x_road[x] and (S.x_out_days[x] > 0 or S.x_state[x] < P.supply_bridge_least)
        )
        rate = None
        if state >= P.supply_road_whole:
            rate = P.supply_cost_road
        elif state >= P.supply_road_worn:
            rate = P.supply_cost_worn_road
        elif state >= P.supply_road_broken:
            rate = P.supply_cost_broken_road
        if rate is not None and not drowned:
            offers.append(km * rate * (0.5 + 0.5 * rough))
    if M.water[h, k]:
        offers.append(km * P.supply_cost_water)
    rail = int(M.rail[h, k])
    if rail >= 0 and trains(S, M, P, rail) == side:
        offers.append(km * P.supply_cost_rail)
    return int(min(offers))


def trains(S, M, P, r):
    """The side whose trains run over link r, or None."""
    owner = int(S.r_owner[r])
    ends = {int(S.h_control[M.r_a[r]]), int(S.h_control[M.r_b[r]])}
    x = int(M.r_bridge[r])
    broken = x >= 0 and (S.x_out_days[x] > 0 or S.x_state[x] < P.supply_bridge_least)
    if owner != codes.NO_SIDE and S.r_state[r] >= P.supply_rail_least and ends == {owner}:
        return None if broken else owner
    return None


def passes(S, M, P, side, h):
    """True if carriers of the side may be in hex h."""
    if M.terrain[h] in (codes.SEA, codes.OUTSIDE) or S.h_control[h] == 1 - side:
        return False
    bar = P.supply_zone_men + P.supply_zone_escort * int(S.h_zone[side, h])
    return bool(S.h_men[side, h] > 0 or S.h_zone[1 - side, h] < bar)


def roots(S, M, P, side, bases_only):
    """(hex, cost, depot) of every depot and open box link of the side."""
    feeding = [
        d
        for d in range(len(S.d_side))
        if S.d_side[d] == side and S.d_open[d] and S.d_kind[d] != codes.DP_AIRFIELD
    ]
    if bases_only:
        feeding = [d for d in feeding if S.d_kind[d] in (codes.DP_BASE, codes.DP_LINE)]
    found = [(int(S.d_hex[d]), 0, d) for d in feeding if S.d_hex[d] != NOWHERE]
    for j in range(int(M.n_box_links)):
        inside = [d for d in feeding if S.d_box[d] == M.bl_box[j]]
        if (
            inside
            and M.bl_hex[j] != NOWHERE
            and M.bl_side[j] == side
            and M.bl_mode[j] != codes.BOX_AIR
            and M.bl_tonnes[j] > 0
        ):
            days = int(M.bl_days[j] * P.supply_cost_box_day)
            found.append((int(M.bl_hex[j]), days + 1, inside[0]))
    return found


def field(S, M, P, side, bases_only=False):
    """{hex: cost} of every hex that supply reaches."""
    way = {}
    heap = [(c, h) for h, c, _ in roots(S, M, P, side, bases_only) if passes(S, M, P, side, h)]
    heapq.heapify(heap)
    while heap:
        c, h = heapq.heappop(heap)
        if h in way:
            continue
        way[h] = c
        for k in range(6):
            n = int(M.next[h, k])
            if n != NOWHERE and n not in way and passes(S, M, P, side, n):
                step = cost(S, M, P, side, n, (k + 3) % 6)
                if step < FAR:
                    heapq.heappush(heap, (c + step, n))
    return way
