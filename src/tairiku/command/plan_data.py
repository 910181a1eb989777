"""Plans as files: read, checked in one pass, and laid out as the record that `decide` follows.

A plan is a folder ``plans/SIDE`` of a scenario: plan.toml, phases.csv, tasks.csv, and, where many
formations do alike, roles.csv with templates.csv; air.csv weighs the air missions (docs/plans.md).
"""

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from tairiku.base.errors import DataError, Problem
from tairiku.scenario.sources import row_name
from tairiku.sim.codes import MISSION_NAMES, ORDER_NAMES

NEXT_ROLE = "next"  # the first step of the node's next role
ROLE_FIELDS = ("place", "aside", "rear", "raid", "city", "start", "days", "lag", "chance")
Changes = Mapping[str, Mapping[str, Mapping[str, str]]]  # table, row, column: cell
_BASIS = re.compile(r"^(claim:(DE|ZH)-\d+|fact:[a-z_]+#\S.*|estimate: \S.*)$")


class Row(BaseModel):
    """A row of a plan's table; unknown columns are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    basis: str
    note: str = ""

    @field_validator("basis")
    @classmethod
    def _basis(cls, text: str) -> str:
        for part in text.split(";"):
            if not _BASIS.match(part.strip()):
                raise ValueError("write claim:ID, fact:FILE#ID or estimate: why, joined by ';'")
        return text


class Head(Row):
    """plan.toml: whose plan, and what its staff takes the enemy's offensives for."""

    name: str
    side: str
    expects_raid: bool = False


class PhaseRow(Row):
    """phases.csv: a phase opens on conditions, never on the date of an outcome."""

    id: str
    name: str
    start: str
    end: str = ""


class TaskRow(Row):
    """tasks.csv: one task of one node, or of several that do alike (``a;b``)."""

    who: str
    step: str
    phase: str = ""
    order: str
    place: str = "here"
    via: str = ""
    start: str = "always"
    end: str = ""
    then: str = ""
    lag: str = "0"
    chance: str = "1"
    ahead: float = 0.0
    rank: int = 0
    alarm: int = 0  # 1: may break off a task of lower rank; 2: only once

    @field_validator("order")
    @classmethod
    def _order(cls, name: str) -> str:
        if name not in ORDER_NAMES:
            raise ValueError(f"no order is called '{name}'; there are {', '.join(ORDER_NAMES)}")
        return name

    @field_validator("lag")
    @classmethod
    def _lag(cls, text: str) -> str:
        if not re.fullmatch(r"\d+(-\d+)?", text):
            raise ValueError("write days as 3 or 3-7")
        return text


class RoleRow(Row):
    """roles.csv: a node plays a role of templates.csv at these places."""

    who: str
    role: str
    phase: str = ""
    place: str = ""
    aside: str = ""
    rear: str = ""
    raid: str = ""
    city: str = ""
    start: str = ""
    days: str = ""
    lag: str = ""
    chance: str = ""


class TemplateRow(Row):
    """templates.csv: one step of a role; {place or aside} is filled from the role's row."""

    role: str
    step: str
    order: str
    place: str = "here"
    via: str = ""
    start: str = "always"
    end: str = ""
    then: str = ""
    lag: str = "0"
    chance: str = "1"
    rank: int = 0
    alarm: int = 0  # 1: may break off a task of lower rank; 2: only once


class AirRow(Row):
    """air.csv: from its moment on, an air mission has this weight (0-10) and main effort."""

    start: str = "always"
    mission: str
    weight: int
    place: str = ""

    @field_validator("mission")
    @classmethod
    def _mission(cls, name: str) -> str:
        if name not in MISSION_NAMES:
            raise ValueError(f"no mission is called '{name}'; there are {', '.join(MISSION_NAMES)}")
        return name


@dataclass(frozen=True)
class Task:
    """One task of one node, where it was written, and the steps that follow."""

    who: str
    name: str
    then: str
    row: TaskRow
    file: str
    line: int


@dataclass
class PlanFiles:
    """A plan as read: its head, phases, tasks by node in their order, air weights."""

    folder: str
    head: Head
    phases: list[tuple[int, PhaseRow]] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    air: list[tuple[int, AirRow]] = field(default_factory=list)


def read_rows(
    path: Path, shown: str, kind: type[Row], problems: list[Problem], changes: Changes | None = None
) -> Iterator[tuple[int, Any]]:
    """Line number and row of each line of a table; what is wrong goes to ``problems``.

    ``changes`` are cells as a text has them, by table and name of the row.
    """
    others = dict((changes or {}).get(path.stem, {}))
    with path.open(encoding="utf-8", newline="") as stream:
        for line, cells in enumerate(csv.DictReader(stream), start=2):
            if None in cells or None in cells.values():
                problems.append(Problem(shown, line, "", "", "has not as many cells as the header"))
                continue
            given = {name: text.strip() for name, text in cells.items() if text.strip()}
            if others:
                name = row_name(f"plans/{path.parent.name}/{path.stem}", given)
                given |= others.pop(name, {})
            try:
                yield line, kind.model_validate(given)
            except ValidationError as error:
                for fault in error.errors():
                    name = ".".join(str(part) for part in fault["loc"])
                    value = str(given.get(name, ""))
                    problems.append(Problem(shown, line, name, value, fault["msg"]))
    for name in others:
        what = "is no row of this table, and a text has other orders for it"
        problems.append(Problem(shown, None, "row", name, what))


def fill(text: str, role: RoleRow) -> str:
    """Fill {place or aside} with the first of the named fields of a role's row that is not empty.

    A word that names no field stands for itself: ``{aside or refuge}``.
    """

    def one(match: re.Match[str]) -> str:
        for name in match.group(1).split(" or "):
            value = getattr(role, name) if name in ROLE_FIELDS else name
            if value:
                return str(value)
        return ""

    return re.sub(r"\{([-a-z0-9 ]+)\}", one, text) if "{" in text else text


def expand(
    shown: str, line: int, role: RoleRow, template: list[TemplateRow], count: dict[str, int]
) -> Iterator[Task]:
    """The tasks that a role's row stands for, for each node that it names."""
    for who in role.who.split(";"):
        who = who.strip()
        count[who] = count.get(who, 0) + 1
        mark = f"{role.role}-{count[who]}"
        for step in template:
            self_name = f"{who}/{mark}"

            def filled(text: str, self_name: str = self_name) -> str:
                return fill(text.replace("{self}", self_name), role)

            row = TaskRow(
                who=who,
                step=f"{mark}.{step.step}",
                phase=role.phase,
                order=step.order,
                place=filled(step.place) or "here",
                via=filled(step.via),
                start=filled(step.start) or "always",
                end=filled(step.end),
                lag=filled(step.lag) or "0",
                chance=filled(step.chance) or "1",
                rank=step.rank,
                alarm=step.alarm,
                basis=role.basis,
            )
            then = f"{who}/{mark}.{step.then}" if step.then not in ("", NEXT_ROLE) else step.then
            yield Task(who, f"{who}/{row.step}", then, row, shown, line)


def read_plan(folder: Path, shown: str | None = None, changes: Changes | None = None) -> PlanFiles:
    """Read the files of a plan, with the cells that a text has otherwise.

    Raises
    ------
    DataError
        With every fault of every file.
    """
    shown = shown or f"plans/{folder.name}"
    problems: list[Problem] = []
    head = Head(name="", side="", basis="estimate: unread")
    try:
        head = Head.model_validate(tomllib.loads((folder / "plan.toml").read_text("utf-8")))
    except (OSError, ValueError) as error:
        problems.append(Problem(f"{shown}/plan.toml", None, "", "", str(error)))
    plan = PlanFiles(shown, head)
    plan.phases = list(
        read_rows(folder / "phases.csv", f"{shown}/phases.csv", PhaseRow, problems, changes)
    )
    templates: dict[str, list[TemplateRow]] = {}
    if (folder / "roles.csv").exists():
        for _, row in read_rows(
            folder / "templates.csv", f"{shown}/templates.csv", TemplateRow, problems
        ):
            templates.setdefault(row.role, []).append(row)
        name = f"{shown}/roles.csv"
        count: dict[str, int] = {}
        for line, row in read_rows(folder / "roles.csv", name, RoleRow, problems, changes):
            if row.role not in templates:
                known = ", ".join(templates)
                message = f"no such role; templates.csv has {known}"
                problems.append(Problem(name, line, "role", row.role, message))
                continue
            try:
                plan.tasks.extend(expand(name, line, row, templates[row.role], count))
            except ValidationError as error:
                problems.append(Problem(name, line, "role", row.role, str(error.errors()[0])))
    name = f"{shown}/tasks.csv"
    if (folder / "tasks.csv").exists():
        for line, row in read_rows(folder / "tasks.csv", name, TaskRow, problems, changes):
            for who in row.who.split(";"):
                who = who.strip()
                then = f"{who}/{row.then}" if row.then and row.then != "stays" else row.then
                plan.tasks.append(Task(who, f"{who}/{row.step}", then, row, name, line))
    if (folder / "air.csv").exists():
        plan.air = list(read_rows(folder / "air.csv", f"{shown}/air.csv", AirRow, problems))
    if problems:
        raise DataError(problems)
    return plan
