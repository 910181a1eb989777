"""The ways over the map, slowly: dictionaries and heapq, from docs/rules/movement.md eq. 1-3."""

import heapq

FAR = 2**30
FOOT_OFF = ("plain", "paddy", "hills", "low", "high")


def off_road(P, terrain: int, mode: int) -> float:
    kind = ("foot", "motor")[mode]
    return float(P[f"movement_{kind}_{FOOT_OFF[terrain]}"])


def on_road(M, P, terrain: int, road: int, mode: int) -> float:
    weight = (1.0, 1.0, P.movement_road_hills, P.movement_road_low, P.movement_road_high)[terrain]
    if mode == 1 and road >= 0 and M.k_class[road] < 2:
        weight *= P.movement_motor_secondary
    return float(weight)


def half(M, P, h: int, k: int, mode: int) -> float:
    terrain = int(M.terrain[h])
    off = off_road(P, terrain, mode) * (1.0 + P.movement_flood * float(M.flood[h]))
    ways = [off]
    if M.road[h, k] >= 0:
        ways.append(on_road(M, P, terrain, int(M.road[h, k]), mode))
    elif mode == 0 and M.rail[h, k] >= 0:
        ways.append(on_road(M, P, terrain, -1, mode))
    elif mode == 0 and M.water[h, k]:
        ways.append(float(P.movement_boat))
    return min(ways)


def river(M, P, h: int, k: int, mode: int) -> float:
    kind = int(M.river[h, k])
    bridge, link = M.bridge[h, k] >= 0, M.road[h, k] >= 0 or M.rail[h, k] >= 0
    if kind == 0 or (kind == 1 and (bridge or link)):
        return 0.0
    if kind == 1:
        return float(P.movement_stream_minutes)
    if bridge:
        return float(P.movement_bridge_minutes)
    if kind == 2:
        return float(P.movement_ferry_minutes if link else P.movement_boats_minutes)
    if link:
        return float(P.movement_great_ferry_minutes)
    return float(FAR) if mode == 1 else float(P.movement_great_boats_minutes)


def step(M, P, a: int, k: int, mode: int) -> int:
    b = int(M.next[a, k])
    if b == 65535:
        return FAR
    kinds = {int(M.terrain[a]), int(M.terrain[b])}
    speed = P.movement_foot_km if mode == 0 else P.movement_motor_km
    per_km = P.movement_march_hours * 60.0 / speed
    if max(kinds) >= 5:
        if mode == 1 or max(kinds) > 5 or not M.water[a, k]:
            return FAR
        return int(M.pitch_km * per_km * P.movement_boat)
    weight = 0.5 * (half(M, P, a, k, mode) + half(M, P, b, (k + 3) % 6, mode))
    return min(FAR, max(1, int(M.pitch_km * per_km * weight + river(M, P, a, k, mode))))


def field(M, P, target: int, mode: int) -> list[int]:
    """Marching time from every hex to the target. [min]"""
    best = {target: 0}
    heap = [(0, target)]
    while heap:
        d, h = heapq.heappop(heap)
        if d > best[h]:
            continue
        for k in range(6):
            t = step(M, P, h, k, mode)
            if t < FAR:
                n = int(M.next[h, k])
                if d + t < best.get(n, FAR):
                    best[n] = d + t
                    heapq.heappush(heap, (d + t, n))
    return [best.get(h, FAR) for h in range(int(M.n_hexes))]
