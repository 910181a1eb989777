"""The ways over the map: marching time from every hex to a target, on static costs.

The time of one step (docs/rules/movement.md, eq. 1-3) depends on the map and the parameters alone:
dry ground, every bridge standing, every road whole, no enemy.  A march (movement.py) goes down such
a field and pays the dynamic price of each step (going.py, crossing.py).
Fields are kept in W, which is scratch: they are pure functions of M and P and made anew when the
parameters they rest on change.  One W serves one map: clear ``W.q_print`` to use it on another.
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import HIGH_MOUNTAINS, HILLS, LAKE, LOW_MOUNTAINS, PADDY
from tairiku.sim.layout import BUCKETS, NOWHERE, WAYS

FAR = 2**30  # no way
FOOT, VEHICLES = 0, 1
GREAT_RIVER = 3
_SETS = 32  # the cache: so many sets of WAYS / _SETS slots each
_MARGIN = 800  # minutes, some two hexes: who asks for one hex soon asks for the next
_DAY = 1440.0  # minutes of a day


@njit
def ground_weight(P, terrain: int, mode: int) -> float:
    """Time for a kilometre across country over that on a good road in the plain. [1]"""
    w = P.movement_foot_plain
    if mode == VEHICLES:
        w = P.movement_motor_plain
    if terrain == PADDY:
        w = P.movement_foot_paddy if mode == FOOT else P.movement_motor_paddy
    elif terrain == HILLS:
        w = P.movement_foot_hills if mode == FOOT else P.movement_motor_hills
    elif terrain == LOW_MOUNTAINS:
        w = P.movement_foot_low if mode == FOOT else P.movement_motor_low
    elif terrain == HIGH_MOUNTAINS:
        w = P.movement_foot_high if mode == FOOT else P.movement_motor_high
    return w


@njit
def road_weight(M, P, terrain: int, road: int, mode: int) -> float:
    """Time for a kilometre of a road (or rail bed, road = -1) over a good road in the plain. [1]"""
    w = 1.0
    if terrain == HILLS:
        w = P.movement_road_hills
    elif terrain == LOW_MOUNTAINS:
        w = P.movement_road_low
    elif terrain == HIGH_MOUNTAINS:
        w = P.movement_road_high
    if mode == VEHICLES and road >= 0 and M.k_class[road] < 2:
        w = w * P.movement_motor_secondary
    return w


@njit
def land(M, h: int) -> bool:
    """True if troops can stand in the hex: neither lake, sea nor off the map. [1]"""
    return h != NOWHERE and M.terrain[h] < LAKE


@njit
def river_minutes(M, P, a: int, k: int, mode: int) -> float:
    """Time to cross the river on side k of hex a at its ordinary crossing; FAR if there is none.

    A bridge, else the ferry of a road or railway, else boats collected on the bank.  Vehicles cross
    a great river on bridges and ferries only. [min]
    """
    river = np.int64(M.river[a, k])
    if river == 0:
        return 0.0
    bridged = M.bridge[a, k] >= 0
    linked = M.road[a, k] >= 0 or M.rail[a, k] >= 0
    if river == 1:
        return 0.0 if bridged or linked else P.movement_stream_minutes
    if bridged:
        return P.movement_bridge_minutes
    if river < GREAT_RIVER:
        return P.movement_ferry_minutes if linked else P.movement_boats_minutes
    if linked:
        return P.movement_great_ferry_minutes
    if mode == VEHICLES:
        return np.float64(FAR)
    return P.movement_great_boats_minutes


@njit
def hex_weights(M, P, h: int, k: int, mode: int) -> float:
    """Weight of the half step in hex h towards its side k: on the way over the side, else off."""
    terrain = np.int64(M.terrain[h])
    off = ground_weight(P, terrain, mode) * (1.0 + P.movement_flood * np.float64(M.flood[h]))
    road = np.int64(M.road[h, k])
    if road >= 0:
        return min(off, road_weight(M, P, terrain, road, mode))
    if mode == FOOT and M.rail[h, k] >= 0:
        return min(off, road_weight(M, P, terrain, -1, mode))
    if mode == FOOT and M.water[h, k] == 1:
        return min(off, P.movement_boat)
    return off


@njit
def static_minutes(M, P, a: int, k: int, mode: int) -> int:
    """Marching time from hex a over its side k on dry ground, unopposed; FAR where nobody goes.

    The same in both directions.  Lakes are crossed by foot over boat sides only. [min]
    """
    b = np.int64(M.next[a, k])
    if b == NOWHERE:
        return FAR
    km_day = P.movement_foot_km if mode == FOOT else P.movement_motor_km
    per_km = P.movement_march_hours * 60.0 / km_day
    if not land(M, a) or not land(M, b):
        if mode == VEHICLES or M.water[a, k] != 1 or M.terrain[a] > LAKE or M.terrain[b] > LAKE:
            return FAR
        return np.int64(M.pitch_km * per_km * P.movement_boat)
    back = (k + 3) % 6
    weight = 0.5 * (hex_weights(M, P, a, k, mode) + hex_weights(M, P, b, back, mode))
    minutes = M.pitch_km * per_km * weight + river_minutes(M, P, a, k, mode)
    if minutes >= np.float64(FAR):
        return FAR
    return max(1, np.int64(minutes))


@njit
def _print_of(M, P) -> float:
    """A number that changes with every parameter and map the fields rest on."""
    x = np.float64(M.n_hexes) + 1.7 * M.pitch_km
    x = 1.3 * x + P.movement_foot_km + 1.1 * P.movement_motor_km + 1.2 * P.movement_march_hours
    x = 1.3 * x + P.movement_foot_plain + 1.1 * P.movement_foot_paddy + 1.2 * P.movement_foot_hills
    x = 1.3 * x + P.movement_foot_low + 1.1 * P.movement_foot_high + 1.2 * P.movement_motor_plain
    x = 1.3 * x + P.movement_motor_paddy + 1.1 * P.movement_motor_hills + 1.2 * P.movement_motor_low
    x = 1.3 * x + P.movement_motor_high + 1.1 * P.movement_road_hills + 1.2 * P.movement_road_low
    x = 1.3 * x + P.movement_road_high + 1.1 * P.movement_motor_secondary + 1.2 * P.movement_flood
    x = 1.3 * x + P.movement_boat + 1.1 * P.movement_stream_minutes
    x = 1.3 * x + P.movement_bridge_minutes + 1.1 * P.movement_ferry_minutes
    x = 1.3 * x + P.movement_boats_minutes + 1.1 * P.movement_great_ferry_minutes
    return 1.3 * x + P.movement_great_boats_minutes


@njit
def prepare(M, P, W) -> None:
    """Make the static times of all steps (W.q_edge) unless W holds those of this M and P."""
    x = _print_of(M, P)
    if W.q_print == x:
        return
    W.q_print = x
    W.q_next = 0
    for i in range(WAYS):
        W.q_key[i] = 0
    for mode in range(2):
        for h in range(M.n_hexes):
            for k in range(6):
                n = np.int64(M.next[h, k])
                if n == NOWHERE:
                    W.q_edge[mode, h, k] = FAR
                elif k < 3:
                    minutes = static_minutes(M, P, h, k, mode)
                    W.q_edge[mode, h, k] = minutes
                    W.q_edge[mode, n, k + 3] = minutes
    for mode in range(2):
        _part_country(M, W, mode)
    _empty_buckets(M, W)


@njit
def _part_country(M, W, mode: int) -> None:
    """Number the parts of the country that hang together for the mode, into W.q_part."""
    for h in range(M.n_hexes):
        W.q_part[mode, h] = -1
    part = np.int64(0)
    for start in range(M.n_hexes):
        if W.q_part[mode, start] >= 0:
            continue
        W.q_part[mode, start] = part
        W.queue[0] = start
        first, last = np.int64(0), np.int64(1)
        while first < last:
            h = np.int64(W.queue[first])
            first += 1
            for k in range(6):
                if W.q_edge[mode, h, k] < FAR:
                    n = np.int64(M.next[h, k])
                    if W.q_part[mode, n] < 0:
                        W.q_part[mode, n] = part
                        W.queue[last] = n
                        last += 1
        part += 1


@njit
def _empty_buckets(M, W) -> None:
    """Empty buckets, as narrow as the longest step allows: it must end within BUCKETS of them."""
    longest = np.int64(0)
    for mode in range(2):
        for h in range(M.n_hexes):
            for k in range(6):
                step = np.int64(W.q_edge[mode, h, k])
                if step < FAR and step > longest:
                    longest = step
    W.q_shift = 0
    while (longest >> W.q_shift) + 1 >= BUCKETS:
        W.q_shift += 1
    for i in range(BUCKETS):
        W.q_head[i] = -1
    for h in range(M.n_hexes):
        W.q_before[h] = -2


@njit
def _put(W, minutes: int, h: int) -> None:
    """Put hex h at the head of the bucket of its minutes."""
    i = (minutes >> W.q_shift) & (BUCKETS - 1)
    first = np.int64(W.q_head[i])
    W.q_after[h] = first
    W.q_before[h] = -1
    if first >= 0:
        W.q_before[first] = h
    W.q_head[i] = h


@njit
def _take(W, minutes: int, h: int) -> None:
    """Take hex h out of the bucket of its minutes."""
    after = np.int64(W.q_after[h])
    before = np.int64(W.q_before[h])
    if before >= 0:
        W.q_after[before] = after
    else:
        W.q_head[(minutes >> W.q_shift) & (BUCKETS - 1)] = after
    if after >= 0:
        W.q_before[after] = before
    W.q_before[h] = -2


@njit
def has_crossing(M, a: int, k: int) -> bool:
    """True if the beaten get over side k: no great river, or a bridge, a ferry, boats. [1]"""
    if M.river[a, k] < GREAT_RIVER or M.bridge[a, k] >= 0:
        return True
    return M.road[a, k] >= 0 or M.rail[a, k] >= 0 or M.water[a, k] == 1


@njit
def push(W, n: int, key: int) -> int:
    """Put a key into the binary heap of n keys; the new number."""
    i = n
    while i > 0:
        up = (i - 1) >> 1
        if W.heap_key[up] <= key:
            break
        W.heap_key[i] = W.heap_key[up]
        i = up
    W.heap_key[i] = key
    return n + 1


@njit
def pop(W, n: int) -> int:
    """Take the least key (it is W.heap_key[0] before) out of the heap of n keys; the new number."""
    n -= 1
    key = W.heap_key[n]
    i = 0
    while True:
        child = 2 * i + 1
        if child >= n:
            break
        if child + 1 < n and W.heap_key[child + 1] < W.heap_key[child]:
            child += 1
        if W.heap_key[child] >= key:
            break
        W.heap_key[i] = W.heap_key[child]
        i = child
    W.heap_key[i] = key
    return n


@njit
def field(M, P, W, target: int, mode: int, here: int) -> int:
    """Slot of W.q_field with marching times to the target, exact at least up to that of ``here``.

    mode 0 foot, 1 vehicles.  A time is read through `way` and `nearer`, or straight from W.q_field
    where only times below that of ``here`` matter: what is not yet exact there is above it.
    `prepare` comes first.
    """
    key = target * 4 + mode + 1
    ways = WAYS // _SETS
    base = ((key * 40503) >> 7) % _SETS * ways
    slot = np.int64(-1)
    for i in range(base, base + ways):
        if W.q_key[i] == key:
            slot = np.int64(i)
            break
    if slot < 0:
        slot = base + W.q_next % ways
        W.q_next += 1
        W.q_key[slot] = key
        for h in range(M.n_hexes):
            W.q_field[slot, h] = FAR
        W.q_field[slot, target] = 0
        W.q_limit[slot] = -1
    way(M, W, slot, here)
    return slot


@njit
def way(M, W, slot: int, h: int) -> int:
    """Marching time from hex h to the target of the field in the slot; FAR where no way. [min]"""
    d = np.int64(W.q_field[slot, h])
    if d <= W.q_limit[slot]:
        return d
    key = W.q_key[slot] - 1
    mode = key & 3
    if W.q_part[mode, h] != W.q_part[mode, key >> 2]:
        return FAR
    _widen(M, W, slot, mode, h)
    return np.int64(W.q_field[slot, h])


@njit
def nearer(M, W, slot: int, a: int, b: int) -> bool:
    """True if hex a is nearer to the target of the field in the slot than hex b."""
    limit = W.q_limit[slot]
    if W.q_field[slot, a] > limit and W.q_field[slot, b] <= limit:
        return False
    return way(M, W, slot, a) < way(M, W, slot, b)


@njit
def _widen(M, W, slot: int, mode: int, here: int) -> None:
    """Go on with the field in the slot until the time from ``here`` is exact, and a little further.

    Dial's algorithm with buckets of 2^q_shift minutes: a hex that becomes nearer moves to its new
    bucket, within the one at hand too.  Times up to W.q_limit are exact, those above it at most too
    long; so a field grows as far as it is asked for, and what it says does not depend on that.
    """
    waiting = 0
    limit = W.q_limit[slot]
    for h in range(M.n_hexes):
        d = np.int64(W.q_field[slot, h])
        if d > limit and d < FAR:
            _put(W, d, h)
            waiting += 1
    at = (limit + 1) >> W.q_shift
    while waiting > 0:
        h = np.int64(W.q_head[at & (BUCKETS - 1)])
        if h < 0:
            at += 1
            if W.q_field[slot, here] + _MARGIN < at << W.q_shift:
                break
            continue
        d = np.int64(W.q_field[slot, h])
        _take(W, d, h)
        waiting -= 1
        for k in range(6):
            step = np.int64(W.q_edge[mode, h, k])
            if step >= FAR:
                continue
            b = np.int64(M.next[h, k])
            old = np.int64(W.q_field[slot, b])
            if d + step < old:
                if W.q_before[b] == -2:
                    waiting += 1
                else:
                    _take(W, old, b)
                W.q_field[slot, b] = d + step
                _put(W, d + step, b)
    W.q_limit[slot] = FAR - 1
    if waiting > 0:
        W.q_limit[slot] = (at << W.q_shift) - 1
        for i in range(BUCKETS):
            h = np.int64(W.q_head[i])
            while h >= 0:
                W.q_before[h] = -2
                h = np.int64(W.q_after[h])
            W.q_head[i] = -1
