"""What each unit of a side receives in a day, by walking every unit's way on its own."""

from collections import defaultdict

from tairiku.sim import codes
from tairiku.sim.layout import NOWHERE
from tests.oracles.supply_field import FAR, _rough, trains


def side_of(M, h, n):
    return next(k for k in range(6) if int(M.next[h, k]) == n)


def capacity(S, M, P, side, h, n):
    """Kilogrammes a day between two neighbouring hexes."""
    k, region = side_of(M, h, n), int(M.region[h])
    land = float(P.supply_track_t)
    road = int(M.road[h, k])
    if road >= 0:
        whole = P.supply_trunk_t if M.k_class[road] >= 2 else P.supply_road_t
        land += whole * int(S.k_state[road]) / 1000
    land /= (_rough(M, P, h) + _rough(M, P, n)) / 2
    land *= {0: 1.0, 1: P.supply_wet, 2: P.supply_mud}[int(S.w_ground[region])]
    total = land
    if M.water[h, k]:
        great = all(3 in M.river[x].tolist() for x in (h, n))
        boats = P.supply_great_water_t if great else P.supply_water_t
        total += boats * (1 - P.supply_flood * float(S.w_stage[region]))
    rail = int(M.rail[h, k])
    if rail >= 0 and trains(S, M, P, rail) == side:
        narrow = P.supply_narrow if M.r_gauge[rail] < 1200 else 1.0
        total += P.supply_rail_t * narrow * int(S.r_state[rail]) / 1000
    air = max(float(S.h_interdict[side, h]), float(S.h_interdict[side, n]))
    return 1000 * total * (1 - P.supply_day_share * air)


def wheeled(S, M, P, side, h, n):
    k = side_of(M, h, n)
    rail = int(M.rail[h, k])
    return not M.water[h, k] and not (rail >= 0 and trains(S, M, P, rail) == side)


def shares(S, M, P, side, needs):
    """{hex: (share of its load that comes through, wheeled km)} for needs {hex: kg}."""
    ways = {}
    for h in needs:
        if S.h_way[side, h] >= FAR:
            continue
        way = [h]
        while int(S.h_back[side, way[-1]]) != NOWHERE:
            way.append(int(S.h_back[side, way[-1]]))
        ways[h] = way
    load = defaultdict(float)
    for h, way in ways.items():
        for a in way:
            load[a] += needs[h]
    found = {}
    for h, way in ways.items():
        share, km = 1.0, 0.0
        z = int(S.h_root[side, way[-1]]) - 1 - len(S.d_side)
        if z >= 0:
            share = min(1.0, 1000 * float(M.bl_tonnes[z]) / max(load[way[-1]], 1e-9))
        for a, b in zip(way[-2::-1], way[:0:-1], strict=True):
            share = min(share, capacity(S, M, P, side, a, b) / max(load[a], 1e-9))
            if wheeled(S, M, P, side, a, b):
                km += float(M.pitch_km)
        found[h] = (share, km)
    return found


def reach(P, km):
    return (
        1.0 if km <= P.supply_reach_km else 2 ** ((P.supply_reach_km - km) / P.supply_reach_half_km)
    )


STORES = (codes.FOOD, codes.FODDER, codes.AMMUNITION, codes.MOTOR_FUEL)
ENGAGED = (codes.AMMUNITION, codes.FOOD, codes.MOTOR_FUEL, codes.FODDER)


def allotted(S, M, P, side, units, need):
    """{unit: {store: kg}} sent off from full depots; need[u, s] is what each asked for."""
    needs = defaultdict(float)
    for u in units:
        needs[int(S.u_hex[u])] += float(need[u, :4].sum())
    through = shares(S, M, P, side, needs)
    found = {}
    for u in units:
        h = int(S.u_hex[u])
        if h not in through:
            found[u] = dict.fromkeys(STORES, 0)
            continue
        share, km = through[h]
        kg = float(need[u, :4].sum()) * share * reach(P, km)
        found[u] = {}
        for s in ENGAGED if S.u_contact[u] > 0 else STORES:
            part = int(min(kg, float(need[u, s])))
            found[u][s] = part
            kg -= part
    return found
