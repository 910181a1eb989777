"""Small plans written in the test: rows of tasks for named nodes on the bare world."""

import numpy as np

from tairiku.command.plan_build import Names, build_plan
from tairiku.command.plan_data import Head, PhaseRow, PlanFiles, Task, TaskRow
from tairiku.command.plan_layout import MIND
from tairiku.command.views import VIEW
from tairiku.sim import layout

PLACES = {f"h{k}": k for k in range(49)}


def plan(nodes, tasks, phases=(), side="china", **head) -> np.record:
    """The record of a plan; tasks are dicts of a row, "who" among them."""
    files = PlanFiles("plans/test", Head(name="t", side=side, basis="estimate: test", **head))
    files.phases = [(2, PhaseRow(**({"basis": "estimate: test"} | row))) for row in phases]
    for line, given in enumerate(tasks, start=2):
        row = TaskRow(**({"basis": "estimate: test"} | given))
        then = f"{row.who}/{row.then}" if row.then and row.then != "stays" else row.then
        files.tasks.append(Task(row.who, f"{row.who}/{row.step}", then, row, "tasks.csv", line))
    return build_plan(files, Names(nodes, PLACES, {"depot": 0}, {"bridge": 0}))


def blank():
    """A view and a memory."""
    return layout.new(VIEW)[0], layout.new(MIND)[0]
