"""The air rules told again, slowly, in plain Python, from the equations of docs/rules/air.md."""

import math
from typing import Any

from tairiku.sim import codes
from tairiku.sim.layout import NOWHERE


def exchange(kill: float, own: float, value: float, fighters: float, enemy: float) -> float:
    """Expected losses (7.10): pairs that meet times the enemy's share of the value in the pair."""
    if min(own, fighters) <= 0:
        return 0.0
    mean = value / own
    return kill * min(own, fighters) * enemy / (mean + enemy)


def joined(S: Any, M: Any, box: int) -> set[int]:
    """Hexes of China's side that roads or railways join to a box through own hexes (7.4)."""
    ways: dict[int, set[int]] = {}
    for h in range(M.n_hexes):
        for k in range(6):
            n = int(M.next[h, k])
            if n != NOWHERE and (M.road[h, k] >= 0 or M.rail[h, k] >= 0):
                ways.setdefault(h, set()).add(n)
    found = {
        int(M.bl_hex[i])
        for i in range(M.n_box_links)
        if M.bl_box[i] == box and M.bl_hex[i] != NOWHERE
    }
    found = {h for h in found if S.h_control[h] == codes.CHINA}
    rim = set(found)
    while rim:
        rim = {
            n
            for h in rim
            for n in ways.get(h, set())
            if n not in found and S.h_control[n] == codes.CHINA
        }
        found |= rim
    return found


def stopped(strikes: list[tuple[int, float]], M: Any, rate: float) -> dict[int, float]:
    """Share of the day's traffic stopped in each hex after strikes (hex, sorties) (7.18)."""
    passing: dict[int, float] = {}
    for h, sorties in strikes:
        around = [int(n) for n in M.next[h] if n != NOWHERE]
        for n, part in [(h, 1.0), *((n, 0.5) for n in around)]:
            passing[n] = passing.get(n, 1.0) * math.exp(-rate * part * sorties)
    return {h: 1.0 - share for h, share in passing.items()}
