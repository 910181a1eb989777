"""From a scenario's plan files to what the plan commanders need: plans, memories, order books."""

from typing import Any

import numpy as np

from tairiku.base.errors import DataError, Problem
from tairiku.base.files import shown
from tairiku.command.commander import empty_book
from tairiku.command.plan_build import Names, build_plan
from tairiku.command.plan_data import PlanFiles, read_plan
from tairiku.command.plan_layout import MIND, PLAN
from tairiku.command.views import VIEW
from tairiku.scenario.load import Scenario
from tairiku.sim import layout
from tairiku.sim.setup_map import node_index

PLANS = ("japan", "china")


def names_for_plans(scenario: Scenario) -> Names:
    """The numbers behind the names that a scenario's plans use."""
    return Names(
        nodes=node_index(scenario),
        places=scenario.map.place_hex,
        depots=scenario.depot_index,
        bridges=scenario.map.bridge_index,
    )


def plan_files(scenario: Scenario, side: str) -> PlanFiles:
    """The plan files of one side.

    Raises
    ------
    DataError
        If the scenario has no plan for the side, or with every fault of its files.
    """
    folder = scenario.file(f"plans/{side}")
    if folder is None:
        where = f"{shown(scenario.folder)}/plans/{side}"
        raise DataError([Problem(where, None, "", "", "the folder is missing; put a plan there")])
    changes = {
        table.rpartition("/")[2]: rows
        for table, rows in scenario.plan_changes.items()
        if table.startswith(f"plans/{side}/")
    }
    return read_plan(folder, changes=changes)


def build_plans(scenario: Scenario) -> Any:
    """Both sides' plans as PLAN records, Japan's and China's. (2,)

    Raises
    ------
    DataError
        With every fault of either plan.
    """
    plans = layout.new(PLAN, 2)
    problems: list[Problem | str] = []
    names = names_for_plans(scenario)
    for i, side in enumerate(PLANS):
        try:
            plans[i] = build_plan(plan_files(scenario, side), names)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return plans


def new_minds(n: int) -> Any:
    """The memories of both commanders of n replicas, blank. (n, 2)"""
    return np.zeros((n, 2), MIND).view(np.recarray)


def new_orders() -> Any:
    """Two blank order books, Japan's and China's. (2,)"""
    orders = layout.new(layout.ORDERS, 2)
    orders[0] = orders[1] = empty_book()
    return orders


def new_view() -> Any:
    """One VIEW record."""
    return layout.new(VIEW)[0]
