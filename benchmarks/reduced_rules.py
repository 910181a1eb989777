"""The same reduced rules in Mesa, in plain Python and compiled: unit-days a second in one run.

Reduced rules, about what every peer can express: on a 72 x 75 hex map two sides march towards the
other's edge in four impulses a day, each time to the neighbour that is nearest to the goal and not
held by the enemy, slower where the enemy's zone covers the hex; they fight the strongest enemy
beside them, and they eat.  All three must agree on the men left and on where everybody stands.
Absolute times are noisy; the ratios of one run are what counts.

    uv run --group bench python benchmarks/reduced_rules.py [--units 210] [--days 120] [--full]
"""

import argparse
import time

import mesa
import numpy as np
from numba import njit

COLS, ROWS = 72, 75
IMPULSES = 4
Result = tuple[float, int, int]


def neighbours() -> np.ndarray:
    """The six neighbours of each hex in "odd-r" rows, -1 off the edge. (cols*rows, 6)"""
    even = ((1, 0), (0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1))
    odd = ((1, 0), (1, -1), (0, -1), (-1, 0), (0, 1), (1, 1))
    table = np.full((COLS * ROWS, 6), -1)
    for row in range(ROWS):
        for col in range(COLS):
            for k, (dc, dr) in enumerate(odd if row & 1 else even):
                if 0 <= col + dc < COLS and 0 <= row + dr < ROWS:
                    table[row * COLS + col, k] = (row + dr) * COLS + col + dc
    return table


NEXT = neighbours()
COLUMN = np.arange(COLS * ROWS) % COLS
COLUMN_LIST = COLUMN.tolist()
NEXT_LISTS = [[int(n) for n in row if n >= 0] for row in NEXT]


def start(units: int) -> tuple[list[int], list[int]]:
    """Side and first hex of each unit: Japan in the east, China in the west."""
    side = [i % 2 for i in range(units)]
    here = [
        (i * 7 % ROWS) * COLS + (COLS - 10 - i % 9 if s == 0 else 9 + i % 9)
        for i, s in enumerate(side)
    ]
    return side, here


def step_cost(column: int, side: int, day: int, unit: int) -> int:
    """Distance left to the goal's column, doubled, plus a ripple that changes by day and unit."""
    left = column if side == 0 else COLS - 1 - column
    return 2 * left + ((day * 5 + unit * 3) & 1)


def plain(units: int, days: int) -> Result:
    """Plain Python lists and dicts."""
    side, here = start(units)
    men = [10_000.0] * units
    food = [5.0] * units
    begun = time.perf_counter()
    for day in range(days):
        for _ in range(IMPULSES):
            held: dict[tuple[int, int], float] = {}
            zone: dict[tuple[int, int], float] = {}
            for i in range(units):
                key = (side[i], here[i])
                held[key] = held.get(key, 0.0) + men[i]
                for n in NEXT_LISTS[here[i]]:
                    zone[side[i], n] = zone.get((side[i], n), 0.0) + men[i]
            for i in range(units):
                enemy = 1 - side[i]
                best, best_cost = here[i], 4 * step_cost(COLUMN_LIST[here[i]], side[i], day, i)
                for n in NEXT_LISTS[here[i]]:
                    if held.get((enemy, n), 0.0) > 0.0:
                        continue
                    cost = 4 * step_cost(COLUMN_LIST[n], side[i], day, i)
                    if zone.get((enemy, n), 0.0) > 8_000.0:
                        cost += 3
                    if cost < best_cost:
                        best, best_cost = n, cost
                here[i] = best
        present: dict[tuple[int, int], float] = {}
        for i in range(units):
            key = (side[i], here[i])
            present[key] = present.get(key, 0.0) + men[i]
        for i in range(units):
            worst = 0.0
            for n in NEXT_LISTS[here[i]]:
                worst = max(worst, present.get((1 - side[i], n), 0.0))
            men[i] = max(0.0, men[i] - 0.002 * worst)
            food[i] = max(0.0, food[i] - 1.0) + (1.0 if (day + i) % 5 else 0.5)
    return time.perf_counter() - begun, int(sum(men)), sum(here)


class Division(mesa.Agent):
    """One unit of the reduced rules."""

    def __init__(self, model: "Front", number: int, side: int, here: int) -> None:
        super().__init__(model)
        self.number, self.side, self.here = number, side, here
        self.men, self.food = 10_000.0, 5.0

    def show(self) -> None:
        """Put its men and its zone on the map."""
        front = self.model
        key = (self.side, self.here)
        front.held[key] = front.held.get(key, 0.0) + self.men
        for n in NEXT_LISTS[self.here]:
            front.zone[self.side, n] = front.zone.get((self.side, n), 0.0) + self.men

    def march(self) -> None:
        """One impulse."""
        front = self.model
        enemy, day = 1 - self.side, front.day
        best = self.here
        best_cost = 4 * step_cost(COLUMN_LIST[self.here], self.side, day, self.number)
        for n in NEXT_LISTS[self.here]:
            if front.held.get((enemy, n), 0.0) > 0.0:
                continue
            cost = 4 * step_cost(COLUMN_LIST[n], self.side, day, self.number)
            if front.zone.get((enemy, n), 0.0) > 8_000.0:
                cost += 3
            if cost < best_cost:
                best, best_cost = n, cost
        self.here = best

    def fight_and_eat(self) -> None:
        """The evening."""
        front = self.model
        worst = 0.0
        for n in NEXT_LISTS[self.here]:
            worst = max(worst, front.held.get((1 - self.side, n), 0.0))
        self.men = max(0.0, self.men - 0.002 * worst)
        self.food = max(0.0, self.food - 1.0)
        self.food += 1.0 if (front.day + self.number) % 5 else 0.5


class Front(mesa.Model):
    """The reduced rules in Mesa."""

    def __init__(self, units: int) -> None:
        super().__init__()
        self.day = 0
        self.held: dict[tuple[int, int], float] = {}
        self.zone: dict[tuple[int, int], float] = {}
        for number, (side, here) in enumerate(zip(*start(units), strict=True)):
            Division(self, number, side, here)

    def step(self) -> None:
        """One day."""
        for _ in range(IMPULSES):
            self.held, self.zone = {}, {}
            self.agents.do("show")
            self.agents.do("march")
        self.held, self.zone = {}, {}
        self.agents.do("show")
        self.agents.do("fight_and_eat")
        self.day += 1


def in_mesa(units: int, days: int) -> Result:
    """Mesa agents."""
    model = Front(units)
    begun = time.perf_counter()
    for _ in range(days):
        model.step()
    seconds = time.perf_counter() - begun
    return seconds, int(sum(u.men for u in model.agents)), sum(u.here for u in model.agents)


@njit
def _cost(column, side, day, unit):
    left = column if side == 0 else 71 - column
    return 2 * left + ((day * 5 + unit * 3) & 1)


@njit
def _show(units, side, here, men, following, held, zone):
    for i in range(units):
        held[side[i], here[i]] += men[i]
        for k in range(6):
            n = following[here[i], k]
            if n >= 0:
                zone[side[i], n] += men[i]


@njit
def _wipe(units, side, shown, following, held, zone):
    """Clear what `_show` wrote, where it wrote it."""
    for i in range(units):
        held[side[i], shown[i]] = 0.0
        for k in range(6):
            n = following[shown[i], k]
            if n >= 0:
                zone[side[i], n] = 0.0


@njit
def _play(units, days, side, here, men, food, column, following, held, zone):
    shown = here.copy()
    for day in range(days):
        for _ in range(4):
            _wipe(units, side, shown, following, held, zone)
            _show(units, side, here, men, following, held, zone)
            shown[:] = here
            for i in range(units):
                enemy = 1 - side[i]
                best = here[i]
                best_cost = 4 * _cost(column[here[i]], side[i], day, i)
                for k in range(6):
                    n = following[here[i], k]
                    if n < 0 or held[enemy, n] > 0.0:
                        continue
                    cost = 4 * _cost(column[n], side[i], day, i)
                    if zone[enemy, n] > 8000.0:
                        cost += 3
                    if cost < best_cost:
                        best = n
                        best_cost = cost
                here[i] = best
        _wipe(units, side, shown, following, held, zone)
        _show(units, side, here, men, following, held, zone)
        shown[:] = here
        for i in range(units):
            worst = 0.0
            for k in range(6):
                n = following[here[i], k]
                if n >= 0:
                    worst = max(worst, held[1 - side[i], n])
            men[i] = max(0.0, men[i] - 0.002 * worst)
            food[i] = max(0.0, food[i] - 1.0) + (1.0 if (day + i) % 5 else 0.5)


def compiled(units: int, days: int) -> Result:
    """Numba over arrays, compiling not counted."""
    seconds = 0.0
    for length in (1, days):
        side, here = (np.array(values) for values in start(units))
        men, food = np.full(units, 10_000.0), np.full(units, 5.0)
        held, zone = np.zeros((2, COLS * ROWS)), np.zeros((2, COLS * ROWS))
        begun = time.perf_counter()
        _play(units, length, side, here, men, food, COLUMN, NEXT, held, zone)
        seconds = time.perf_counter() - begun
    return seconds, int(sum(men.tolist())), int(here.sum())


def full_engine() -> float:
    """Unit-days a second of Tairiku's whole rules on the scenario `ichigo`, one core."""
    from tairiku.study.speed import measure

    return float(measure("ichigo", 8)["unit_days_per_s_one_core"])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=210)
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--full", action="store_true", help="add the whole engine")
    args = parser.parse_args()
    speeds = {}
    ends = {}
    for name, play in (("Mesa", in_mesa), ("plain Python", plain), ("compiled", compiled)):
        seconds, men, places = play(args.units, args.days)
        speeds[name] = args.units * args.days / seconds
        ends[name] = (men, places)
    if len(set(ends.values())) != 1:
        raise SystemExit(f"the three do not agree on where it ended: {ends}")
    if args.full:
        speeds["Tairiku, all rules"] = full_engine()
    print(f"{'':20} {'unit-days/s':>14} {'times Mesa':>11}")
    for name, speed in speeds.items():
        print(f"{name:20} {speed:14,.0f} {speed / speeds['Mesa']:11.1f}")


if __name__ == "__main__":
    main()
