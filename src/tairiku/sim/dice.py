"""Addressed chance: a die is a function of seed, replica, day, purpose, entity and index.

The generator is Philox4x32-10 (J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
SC'11, sections 3.2-3.3); key (seed, replica), counter (day, purpose, entity, index).
A variant that changes one thing therefore changes only the dice that thing asks for.
"""

import numpy as np
from numba import njit

from tairiku.sim.exactmath import normal_quantile

# purposes: append only, a number never changes its meaning
PURPOSES = (
    "setup",
    "weather",
    "ground",
    "arrival",
    "sight",
    "sight-error",
    "air-report",
    "order-delay",
    "permission",
    "contrary",
    "transfer",
    "initiative",
    "reserve",
    "relief",
    "air-sorties",
    "air-battle",
    "air-strike",
    "air-base",
    "air-weather",
    "crossing",
    "movement",
    "engagement",
    "engagement-2",
    "break-attacker",
    "break-defender",
    "losses",
    "pursuit",
    "rout",
    "siege",
    "siege-assault",
    "surrender",
    "encirclement",
    "stragglers",
    "sickness",
    "desertion",
    "wear",
    "bridge",
    "sabotage",
    "peasants",
    "refugees",
    "civilians",
    "politics",
    "replacements",
    "material",
    "supply-loss",
    "rounding",
    "commander",
    "leader",
)
_CODE = {name: code for code, name in enumerate(PURPOSES)}
D_SETUP = _CODE["setup"]
D_WEATHER = _CODE["weather"]
D_GROUND = _CODE["ground"]
D_ARRIVAL = _CODE["arrival"]
D_SIGHT = _CODE["sight"]
D_SIGHT_ERROR = _CODE["sight-error"]
D_AIR_REPORT = _CODE["air-report"]
D_ORDER_DELAY = _CODE["order-delay"]
D_PERMISSION = _CODE["permission"]
D_CONTRARY = _CODE["contrary"]
D_TRANSFER = _CODE["transfer"]
D_INITIATIVE = _CODE["initiative"]
D_RESERVE = _CODE["reserve"]
D_RELIEF = _CODE["relief"]
D_AIR_SORTIES = _CODE["air-sorties"]
D_AIR_BATTLE = _CODE["air-battle"]
D_AIR_STRIKE = _CODE["air-strike"]
D_AIR_BASE = _CODE["air-base"]
D_AIR_WEATHER = _CODE["air-weather"]
D_CROSSING = _CODE["crossing"]
D_MOVEMENT = _CODE["movement"]
D_ENGAGEMENT = _CODE["engagement"]
D_ENGAGEMENT_2 = _CODE["engagement-2"]
D_BREAK_ATTACKER = _CODE["break-attacker"]
D_BREAK_DEFENDER = _CODE["break-defender"]
D_LOSSES = _CODE["losses"]
D_PURSUIT = _CODE["pursuit"]
D_ROUT = _CODE["rout"]
D_SIEGE = _CODE["siege"]
D_SIEGE_ASSAULT = _CODE["siege-assault"]
D_SURRENDER = _CODE["surrender"]
D_ENCIRCLEMENT = _CODE["encirclement"]
D_STRAGGLERS = _CODE["stragglers"]
D_SICKNESS = _CODE["sickness"]
D_DESERTION = _CODE["desertion"]
D_WEAR = _CODE["wear"]
D_BRIDGE = _CODE["bridge"]
D_SABOTAGE = _CODE["sabotage"]
D_PEASANTS = _CODE["peasants"]
D_REFUGEES = _CODE["refugees"]
D_CIVILIANS = _CODE["civilians"]
D_POLITICS = _CODE["politics"]
D_REPLACEMENTS = _CODE["replacements"]
D_MATERIAL = _CODE["material"]
D_SUPPLY_LOSS = _CODE["supply-loss"]
D_ROUNDING = _CODE["rounding"]
D_COMMANDER = _CODE["commander"]
D_LEADER = _CODE["leader"]

_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)


@njit
def philox(key0: int, key1: int, c0: int, c1: int, c2: int, c3: int) -> tuple[int, int, int, int]:
    """Ten rounds of Philox4x32: four 32-bit words (as uint64) from two keys and four counters."""
    k0 = np.uint64(key0) & _LOW
    k1 = np.uint64(key1) & _LOW
    x0 = np.uint64(c0) & _LOW
    x1 = np.uint64(c1) & _LOW
    x2 = np.uint64(c2) & _LOW
    x3 = np.uint64(c3) & _LOW
    for _ in range(10):
        p0 = _M0 * x0
        p1 = _M1 * x2
        x0 = (p1 >> _32) ^ x1 ^ k0
        x1 = p1 & _LOW
        x2 = (p0 >> _32) ^ x3 ^ k1
        x3 = p0 & _LOW
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
    return x0, x1, x2, x3


@njit
def u01(P, day: int, purpose: int, entity: int, index: int) -> float:
    """One uniform number in (0, 1), 53 bits, at the given address. [1]"""
    a, b, _, _ = philox(P.key_seed, P.key_replica, day, purpose, entity, index)
    # 53 bits: 27 from the first word, 26 from the second; the half keeps it off 0 and 1
    return (np.float64((a >> np.uint64(5)) * np.uint64(67108864) + (b >> np.uint64(6))) + 0.5) * (
        1.0 / 9007199254740992.0
    )


@njit
def normal(P, day: int, purpose: int, entity: int, index: int) -> float:
    """One standard normal number at the given address, by the inverse distribution. [1]"""
    return normal_quantile(u01(P, day, purpose, entity, index))


@njit
def whole(P, x: float, day: int, purpose: int, entity: int, index: int) -> int:
    """The real number x >= 0 as a whole one, rounded up with the chance of its fraction."""
    n = np.int64(x)
    part = x - np.float64(n)
    if part > 0.0:
        if u01(P, day, purpose, entity, index) < part:
            n += 1
    return n
