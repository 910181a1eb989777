"""From the files of a plan to its record: every name becomes a number, every fault is reported."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from tairiku.base.errors import DataError, Problem
from tairiku.command.expressions import SHAPES, Condition, ExpressionError, parse
from tairiku.command.plan_data import NEXT_ROLE, PlanFiles, Task
from tairiku.command.plan_layout import (
    AIR_LINES,
    CLAUSES,
    CONDITION_NAMES,
    CONDITIONS,
    HERE,
    NAMED,
    PHASES,
    PLAN,
    REFUGE,
    TASKS,
    WHOS,
)
from tairiku.sim import codes, layout

DEFAULT_ENDS = {
    "attack": "held:@ or days>=40",
    "assault": "held:@",
    "relieve": "fought>=relief_days or loss>=relief_loss or lost:@ or not besieged:@>=1",
    "move": "there>=0.6 or days>=45",
    "rail-move": "there>=0.6",
    "withdraw": "there>=0.6",
    "refit": "fill>=refit_fill or days>=refit_days",
}


@dataclass(frozen=True)
class Names:
    """The numbers behind the names of a scenario: nodes (units too), hexes, depots, bridges."""

    nodes: Mapping[str, int]
    places: Mapping[str, int]
    depots: Mapping[str, int] = field(default_factory=dict)
    bridges: Mapping[str, int] = field(default_factory=dict)


class _Builder:
    """Fills one record, gathering faults as it goes."""

    def __init__(self, plan: PlanFiles, names: Names) -> None:
        self.plan = plan
        self.names = names
        self.problems: list[Problem] = []
        self.filled = layout.new(PLAN)[0]
        self.record = layout.ByField(self.filled)
        self.phase_numbers = {row.id: k for k, (_, row) in enumerate(plan.phases)}
        self.task_numbers: dict[str, int] = {}
        self.known: dict[str, int] = {}

    def fault(self, where: tuple[str, int], name: str, value: str, message: str) -> None:
        self.problems.append(Problem(where[0], where[1], name, value, message))

    def look_up(
        self, where: tuple[str, int], name: str, table: Mapping[str, int], key: str, kind: str
    ) -> int:
        if key in table:
            return int(table[key])
        near = sorted(table, key=lambda other: _likeness(other, key), reverse=True)[:3]
        hint = f"; near it: {', '.join(near)}" if near else ""
        self.fault(where, name, key, f"no {kind} of this name{hint}")
        return 0

    def place(self, where: tuple[str, int], name: str, text: str) -> int:
        if text == "here":
            return HERE
        if text == "refuge":
            return REFUGE
        return self.look_up(where, name, self.names.places, text, "place on the map")

    def expression(self, where: tuple[str, int], name: str, text: str) -> int:
        """Lay out an expression; its number. Equal texts share one, "@" apart."""
        if text in self.known:
            return self.known[text]
        try:
            clauses = parse(text)
        except ExpressionError as error:
            self.fault(where, name, text, str(error))
            return 0
        r = self.record
        number = int(r.n_expressions)
        r.e_first[number] = r.n_clauses
        for clause in clauses:
            r.l_first[r.n_clauses] = r.n_conditions
            for condition in clause:
                self.condition(where, name, condition, int(r.n_conditions))
                r.n_conditions += 1
            r.l_last[r.n_clauses] = r.n_conditions
            r.n_clauses += 1
        r.e_last[number] = r.n_clauses
        r.n_expressions = number + 1
        self.known[text] = number
        return number

    def condition(self, where: tuple[str, int], name: str, c: Condition, k: int) -> None:
        r = self.record
        r.k_kind[k] = CONDITION_NAMES.index(c.kind)
        r.k_not[k], r.k_less[k] = int(c.negated), int(c.less)
        r.k_x[k], r.k_named[k] = c.number, NAMED.index(c.named)
        r.k_a[k] = r.k_b[k] = r.k_c[k] = -1
        readers: dict[str, Callable[[str], int]] = {
            "phase": lambda t: self.look_up(where, name, self.phase_numbers, t, "phase"),
            "task": lambda t: self.look_up(where, name, self.task_numbers, t, "task"),
            "place": lambda t: -1 if t == "@" else self.place(where, name, t),
            "node": lambda t: self.look_up(where, name, self.names.nodes, t, "formation"),
            "depot": lambda t: self.look_up(where, name, self.names.depots, t, "depot"),
            "bridge": lambda t: self.look_up(where, name, self.names.bridges, t, "bridge"),
            "store": codes.STORE_NAMES.index,
            "km": int,
        }
        kinds = SHAPES[c.kind][0]
        for field_name, kind, text in zip(("k_a", "k_b", "k_c"), kinds, c.arguments, strict=False):
            r[field_name][k] = readers[kind.rstrip("?")](text)

    def build(self) -> np.record:
        plan, r = self.plan, self.record
        r.side = codes.SIDE_NAMES.index(plan.head.side) if plan.head.side else 0
        r.expects_raid = int(plan.head.expects_raid)
        tasks = self.in_order()
        self.task_numbers = {task.name: t for t, task in enumerate(tasks)}
        room = self.room(len(tasks), TASKS, "tasks")
        room &= self.room(len(plan.phases), PHASES, "phases")
        room &= self.room(len(plan.air), AIR_LINES, "air lines")
        if not room:
            raise DataError(self.problems)
        for k, (line, row) in enumerate(plan.phases):
            where = (f"{plan.folder}/phases.csv", line)
            r.ph_start[k] = self.expression(where, "start", row.start)
            r.ph_end[k] = self.expression(where, "end", row.end) if row.end else -1
        r.n_phases = len(plan.phases)
        r.n_tasks = len(tasks)
        for t, task in enumerate(tasks):
            self.task(t, task, tasks)
        for k, (line, air) in enumerate(plan.air):
            where = (f"{plan.folder}/air.csv", line)
            r.air_start[k] = self.expression(where, "start", air.start)
            r.air_mission[k] = codes.MISSION_NAMES.index(air.mission)
            r.air_weight[k] = air.weight
            here = self.place(where, "place", air.place) if air.place else layout.NOWHERE
            r.air_hex[k] = here
        r.n_air = len(plan.air)
        self.room(int(r.n_clauses), CLAUSES, "clauses")
        self.room(int(r.n_conditions), CONDITIONS, "conditions")
        self.no_idle_circles(tasks)
        if self.problems:
            raise DataError(self.problems)
        return self.filled

    def room(self, count: int, limit: int, what: str) -> bool:
        if count > limit:
            self.fault((self.plan.folder, 0), what, str(count), f"a plan has room for {limit}")
        return count <= limit

    def in_order(self) -> list[Task]:
        """The tasks, those of one node together, each in the order of the files."""
        r = self.record
        r.node_who[:] = -1
        by_who: dict[str, list[Task]] = {}
        seen: set[str] = set()
        for task in self.plan.tasks:
            by_who.setdefault(task.who, []).append(task)
            if task.name in seen:
                message = "this node has already a step of this name"
                self.fault((task.file, task.line), "step", task.row.step, message)
            seen.add(task.name)
        self.room(len(by_who), WHOS, "nodes with tasks")
        ordered: list[Task] = []
        for i, (who, tasks) in enumerate(by_who.items()):
            where = (tasks[0].file, tasks[0].line)
            node = self.look_up(where, "who", self.names.nodes, who, "formation or unit")
            if i < WHOS:
                r.w_node[i], r.w_first[i] = node, len(ordered)
                r.node_who[node] = i
                r.w_last[i] = len(ordered) + len(tasks)
                r.n_whos = i + 1
            ordered.extend(tasks)
        return ordered

    def task(self, t: int, task: Task, tasks: list[Task]) -> None:
        r, row, where = self.record, task.row, (task.file, task.line)
        r.t_order[t] = codes.ORDER_NAMES.index(row.order)
        r.t_hex[t] = self.place(where, "place", row.place)
        r.t_via[t] = self.place(where, "via", row.via) if row.via else layout.NOWHERE
        if r.t_via[t] < 0:
            r.t_via[t] = layout.NOWHERE
        r.t_start[t] = self.expression(where, "start", row.start)
        end = row.end or DEFAULT_ENDS.get(row.order, "")
        if row.place == "here" and ("held:@" in end or "there" in end):
            end = ""
        r.t_end[t] = self.expression(where, "end", end) if end and end != "never" else -1
        low, _, high = row.lag.partition("-")
        r.t_lag_low[t], r.t_lag_high[t] = int(low), int(high or low)
        r.t_ahead[t], r.t_rank[t], r.t_alarm[t] = row.ahead, row.rank, row.alarm
        r.t_phase[t] = -1
        if row.phase:
            r.t_phase[t] = self.look_up(where, "phase", self.phase_numbers, row.phase, "phase")
        r.t_chance[t] = 1.0
        if row.chance in NAMED[1:]:
            r.t_chance_named[t] = NAMED.index(row.chance)
        else:
            try:
                r.t_chance[t] = float(row.chance)
            except ValueError:
                names = ", ".join(NAMED[1:])
                self.fault(where, "chance", row.chance, f"neither a number nor one of {names}")
        r.t_then[t] = -1
        if task.then == "stays":
            return
        if task.then == NEXT_ROLE:
            role = row.step.partition(".")[0]
            for n in range(t + 1, len(tasks)):
                if tasks[n].who == task.who and tasks[n].row.step.partition(".")[0] != role:
                    r.t_then[t] = n
                    return
            return
        if task.then:
            r.t_then[t] = self.look_up(where, "then", self.task_numbers, task.then, "step")
            return
        following = t + 1
        while following < len(tasks) and tasks[following].who == task.who:
            if not tasks[following].row.alarm:
                r.t_then[t] = following
                return
            following += 1

    def no_idle_circles(self, tasks: list[Task]) -> None:
        """Refuse tasks that wait for each other's end, in a ring of "done" and "begun"."""
        r = self.record
        done = (CONDITION_NAMES.index("done"), CONDITION_NAMES.index("begun"))

        def waits_for(t: int) -> list[int]:
            e = int(r.t_start[t])
            if r.e_last[e] - r.e_first[e] != 1:
                return []
            line = int(r.e_first[e])
            span = range(int(r.l_first[line]), int(r.l_last[line]))
            return [int(r.k_a[k]) for k in span if r.k_kind[k] in done and not r.k_not[k]]

        for t, task in enumerate(tasks):
            trail, reach = {t}, waits_for(t)
            while reach:
                other = reach.pop()
                if other == t:
                    message = "waits, through others, for its own end; it would never begin"
                    self.fault((task.file, task.line), "start", task.row.start, message)
                    break
                if other not in trail:
                    trail.add(other)
                    reach.extend(waits_for(other))


def _likeness(a: str, b: str) -> float:
    """How alike two names are: share of common letter pairs."""
    pairs = [{text[k : k + 2] for k in range(len(text) - 1)} for text in (a, b)]
    return len(pairs[0] & pairs[1]) / max(1, len(pairs[0] | pairs[1]))


def build_plan(plan: PlanFiles, names: Names) -> np.record:
    """Lay a plan out as a PLAN record.

    Raises
    ------
    DataError
        With every unknown place, node, depot, phase or step, every expression that is none, and
        every task that would wait for itself.
    """
    return _Builder(plan, names).build()
