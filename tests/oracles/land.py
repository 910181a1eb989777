"""Land, politics and score told again in plain Python, from docs/rules/land.md."""

import math
from itertools import pairwise
from typing import Any

from tairiku.sim import codes


def between(low: float, x: float, high: float) -> float:
    """x, kept in [low, high]."""
    return low if x < low else high if x > high else x


def food(P: Any, now: float, aim: float, taken: float, people: float) -> float:
    """Equation 13.1."""
    share = taken / (7 * people * float(P.land_food_day)) if people else 0.0
    rate = float(P.land_food_return)
    return between(0.0, (1 - rate) * now + rate * (aim - share), 2.0)


def hostility(P: Any, now: float, base: float, fed: float, taken: float, people: float) -> float:
    """Equation 13.2."""
    aim = base + (P.land_hunger_anger * (1 - fed) if fed < 1 else 0.0)
    aim += P.land_levy_anger * taken / people if people else 0.0
    pace = float(P.land_anger_pace)
    return between(0.0, (1 - pace) * now + pace * min(1.0, aim), 1.0)


def bases(P: Any, now: float, vacuum: float, held: float) -> float:
    """Equation 13.6."""
    change = P.land_bases_grow * now * (1 - now) * vacuum
    change -= P.land_bases_swept * now * (1 - vacuum)
    return between(0.0, now + held * change, 1.0)


def real_pay(inflation: float, follows: float, months: int) -> float:
    """Equation 13.10 over some months: pay rises by (1 + i)^follows, prices by 1 + i."""
    return math.pow(1 + inflation, months * (follows - 1))


def corridor(S: Any, M: Any, P: Any) -> tuple[float, float, float]:
    """Equations 14.2 and 14.3 from the links between neighbouring hexes of the route."""
    way = [int(h) for h in M.route[: M.n_route]]
    held = [S.h_control[h] == codes.JAPAN for h in way]
    trains, carried = 0, []
    for a, b, ours in zip(way, way[1:], map(all, pairwise(held)), strict=False):
        k = [int(n) for n in M.next[a]].index(b)
        rail, road = int(M.rail[a, k]), int(M.road[a, k])
        ways = [float(P.score_track_tonnes)]
        if rail >= 0 and S.r_runs[rail] == 1:
            ways.append(P.score_rail_tonnes * S.r_state[rail] / 1000)
            trains += bool(ours and S.r_state[rail] >= P.score_train_state)
        if road >= 0:
            ways.append(P.score_road_tonnes * S.k_state[road] / 1000)
        if M.water[a, k]:
            ways.append(float(P.score_water_tonnes))
        safe = 1 - max(float(S.h_guerrilla[a]), float(S.h_guerrilla[b]))
        open_ = 1 - max(float(S.h_interdict[0, a]), float(S.h_interdict[0, b]))
        carried.append(max(ways) * safe * open_ if ours else 0.0)
    return sum(held) / len(way), trains / (len(way) - 1), min(carried)
