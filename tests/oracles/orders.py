"""Plain twins of the chain of command: who binds a unit, and how long an order takes."""

import math


def giver(u: int, orders: dict[int, int], superior: dict[int, int]) -> int:
    """The first node on the way up from u that has an order; -1 if none has."""
    while u >= 0:
        if orders.get(u, 0) != 0:
            return u
        u = superior.get(u, -1)
    return -1


def days(
    staff: float, relief: float, equipment: float, km: float, pace: float, busy: float, link: float
) -> float:
    """Days of an order by the law of docs/rules/orders.md."""
    hours = staff * (1 - relief * equipment) + km / pace
    return hours * (1 + busy) / 24 / max(0.1, link)


def refusal(first: float, later: float, span: float, danger: float) -> float:
    """Chance of refusal: a straight fall from first to later over the span."""
    return first + (later - first) * min(1.0, danger / max(1.0, span))


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Straight distance. [km]"""
    return math.dist(a, b)
