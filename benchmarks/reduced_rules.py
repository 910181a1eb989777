"""The same reduced rules in plain Python, in Mesa and compiled: unit-days a second in one run.

Reduced rules: units march along a row of hexes, eat, and fight whoever stands in the hex before
them; about what every peer can express.  Absolute times are noisy; the ratios of one run are what
counts.  Run:  uv run --group bench python benchmarks/reduced_rules.py [--units 200] [--days 200]
"""

import argparse
import random
import time

import mesa
import numpy as np
from numba import njit

LENGTH = 72


def plain(units: int, days: int) -> tuple[float, int]:
    """Plain Python lists; seconds and men left."""
    side = [i % 2 for i in range(units)]
    row = [i // 2 for i in range(units)]
    column = [0 if s == 0 else LENGTH - 1 for s in side]
    men = [10_000.0] * units
    food = [5.0] * units
    start = time.perf_counter()
    for day in range(days):
        here: dict[tuple[int, int, int], float] = {}
        for i in range(units):
            key = (side[i], row[i], column[i])
            here[key] = here.get(key, 0.0) + men[i]
        for i in range(units):
            ahead = column[i] + (1 if side[i] == 0 else -1)
            enemy = here.get((1 - side[i], row[i], ahead), 0.0)
            if enemy > 0.0:
                men[i] = max(0.0, men[i] - 0.01 * enemy * (1 + (day * 7 + i) % 3) / 3)
            elif 0 <= ahead < LENGTH:
                column[i] = ahead
            food[i] = max(0.0, food[i] - 1.0) + (1.0 if (day + i) % 5 else 0.5)
    return time.perf_counter() - start, int(sum(men))


class Division(mesa.Agent):
    """One unit of the reduced rules."""

    def __init__(self, model: "Front", number: int) -> None:
        super().__init__(model)
        self.number = number
        self.side = number % 2
        self.row = number // 2
        self.column = 0 if self.side == 0 else LENGTH - 1
        self.men = 10_000.0
        self.food = 5.0

    def step(self) -> None:
        """March, fight, eat."""
        front = self.model
        ahead = self.column + (1 if self.side == 0 else -1)
        enemy = front.here.get((1 - self.side, self.row, ahead), 0.0)
        if enemy > 0.0:
            losses = 0.01 * enemy * (1 + (front.day * 7 + self.number) % 3) / 3
            self.men = max(0.0, self.men - losses)
        elif 0 <= ahead < LENGTH:
            self.column = ahead
        self.food = max(0.0, self.food - 1.0) + (1.0 if (front.day + self.number) % 5 else 0.5)


class Front(mesa.Model):
    """The reduced rules in Mesa."""

    def __init__(self, units: int) -> None:
        super().__init__()
        self.day = 0
        self.here: dict[tuple[int, int, int], float] = {}
        for number in range(units):
            Division(self, number)

    def step(self) -> None:
        """One day."""
        self.here = {}
        for unit in self.agents:
            key = (unit.side, unit.row, unit.column)
            self.here[key] = self.here.get(key, 0.0) + unit.men
        self.agents.do("step")
        self.day += 1


def in_mesa(units: int, days: int) -> tuple[float, int]:
    """Mesa agents; seconds and men left."""
    model = Front(units)
    start = time.perf_counter()
    for _ in range(days):
        model.step()
    return time.perf_counter() - start, int(sum(unit.men for unit in model.agents))


@njit
def _compiled(units: int, days: int) -> float:
    rows = (units + 1) // 2
    column = np.zeros(units, np.int64)
    men = np.full(units, 10_000.0)
    food = np.full(units, 5.0)
    for i in range(units):
        if i % 2 == 1:
            column[i] = 71
    here = np.zeros((2, rows, 72))
    for day in range(days):
        here[:] = 0.0
        for i in range(units):
            here[i % 2, i // 2, column[i]] += men[i]
        for i in range(units):
            ahead = column[i] + (1 if i % 2 == 0 else -1)
            enemy = 0.0
            if 0 <= ahead < 72:
                enemy = here[1 - i % 2, i // 2, ahead]
            if enemy > 0.0:
                men[i] = max(0.0, men[i] - 0.01 * enemy * (1 + (day * 7 + i) % 3) / 3)
            elif 0 <= ahead < 72:
                column[i] = ahead
            food[i] = max(0.0, food[i] - 1.0) + (1.0 if (day + i) % 5 else 0.5)
    total = 0.0
    for i in range(units):
        total += men[i]
    return total


def compiled(units: int, days: int) -> tuple[float, int]:
    """Numba over arrays; seconds (compiling not counted) and men left."""
    _compiled(2, 1)
    start = time.perf_counter()
    left = _compiled(units, days)
    return time.perf_counter() - start, int(left)


def full_engine() -> float:
    """Unit-days a second of Tairiku's whole rules on the scenario `ichigo`, one core."""
    from tairiku.study.speed import measure

    return float(measure("ichigo", 8)["unit_days_per_s_one_core"])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--days", type=int, default=200)
    parser.add_argument("--full", action="store_true", help="add the whole engine")
    args = parser.parse_args()
    random.seed(1)
    work = args.units * args.days
    speeds = {}
    checks = set()
    for name, play in (("mesa", in_mesa), ("plain Python", plain), ("compiled", compiled)):
        seconds, left = play(args.units, args.days)
        speeds[name] = work / seconds
        checks.add(left)
    if len(checks) != 1:
        raise SystemExit(f"the three do not agree on the men left: {sorted(checks)}")
    if args.full:
        speeds["Tairiku, all rules"] = full_engine()
    print(f"{'':20} {'unit-days/s':>14} {'times Mesa':>11}")
    for name, speed in speeds.items():
        print(f"{name:20} {speed:14,.0f} {speed / speeds['mesa']:11.1f}")


if __name__ == "__main__":
    main()
