"""The one seam: a commander turns his side's view into an order book.

Five kinds fit it: the plan as data (`PlanCommander`), a compiled heuristic, one that searches, a
person, an outside program.  None of them sees the state.
"""

from typing import Protocol

import numpy as np

from tairiku.command.plan_commander import clear, decide
from tairiku.command.plan_layout import MIND
from tairiku.sim import layout


class Commander(Protocol):
    """Whoever commands a side."""

    def orders(self, view: np.record) -> np.record:
        """The order book (layout.ORDERS) for today, from this morning's view (views.VIEW)."""


def empty_book() -> np.record:
    """An order book that says nothing new."""
    book = layout.new(layout.ORDERS)[0]
    getattr(clear, "py_func", clear)(book)  # one book is not worth compiling for
    return book


class PlanCommander:
    """Follows a plan written before the fighting, with its triggers, doubts and lags.

    Parameters
    ----------
    plan
        A record of plan_build.build_plan.
    parameters
        The run's parameters (layout.PARAMETERS); only ``commander.*`` is read, and the dice.
    ground
        The map (layout.MAP).
    """

    def __init__(self, plan: np.record, parameters: np.record, ground: np.record) -> None:
        self.plan = plan
        self.parameters = parameters
        self.ground = ground
        self.mind = layout.new(MIND)[0]
        self.book = empty_book()

    def orders(self, view: np.record) -> np.record:
        """Today's order book; the same record every day, overwritten."""
        decide(view, self.ground, self.parameters, self.plan, self.mind, self.book)
        return self.book


class Silent:
    """Says nothing: every unit does what it was last told."""

    def __init__(self) -> None:
        self.book = empty_book()

    def orders(self, view: np.record) -> np.record:
        """An order book that says nothing new."""
        return self.book
