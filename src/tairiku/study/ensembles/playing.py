"""The worker's side of a study: load the scenario once, play the seeds asked for, give outcomes.

It runs in threads of this process, in other processes, or on another machine; what comes back is
a function of the scenario and the seeds alone.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from queue import Empty, LifoQueue
from typing import Any

from tairiku.base.errors import ProgramError, RequestError
from tairiku.scenario.load import Scenario, load_scenario
from tairiku.study.ensembles.watching import Outcomes, Watch
from tairiku.study.summary import phase_rows

KEPT = 2  # scenarios kept set up by one process
_worlds: "OrderedDict[Asked, World]" = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True)
class Asked:
    """What is played, seeds apart: all that a worker needs to load the same scenario.

    ``digest`` and ``kernels`` say what the scenario and the rules must be, wherever it is loaded.
    """

    scenario: str
    sources: str
    variant: str | None
    changes: tuple[tuple[str, float], ...]
    without: tuple[str, ...]
    days: int
    digest: str
    kernels: str

    def load(self) -> Scenario:
        """The scenario that was asked for."""
        return load_scenario(
            self.scenario,
            sources=self.sources,
            variant=self.variant,
            changes=dict(self.changes),
            without=self.without,
        )


class World:
    """A scenario set up to be played from any seed; several threads may play at once."""

    def __init__(self, asked: Asked) -> None:
        from tairiku.base.kernels import sources_digest
        from tairiku.command.compiling import compile_rules

        if sources_digest() != asked.kernels:
            raise RequestError(
                f"a worker has other rules ({sources_digest()}) than asked for ({asked.kernels}); "
                "install the same version of tairiku everywhere"
            )
        self.scenario = asked.load()
        if self.scenario.digest != asked.digest:
            raise RequestError(
                f"a worker reads another scenario '{asked.scenario}' than asked for; "
                "give every worker the same files"
            )
        compile_rules()
        from tairiku.command.setup import build_plans
        from tairiku.sim.setup import build_map

        self.days = asked.days
        self.plans = build_plans(self.scenario)
        self.M = build_map(self.scenario)
        self.phases = len(phase_rows(self.scenario))
        self._desks: LifoQueue[tuple[Any, Any, Any]] = LifoQueue()

    def play(self, first_seed: int, count: int) -> Outcomes:
        """Play campaigns of ``count`` seeds, one after the other, with little memory."""
        from tairiku.command.setup import new_orders, new_view
        from tairiku.sim.setup import new_work

        found = Outcomes.blank(count, int(self.M.n_hexes), self.days, self.phases)
        # a desk is scratch, view and order books; it keeps the fields of ways from day to day
        try:
            desk = self._desks.get_nowait()
        except Empty:
            desk = (new_work(), new_view(), new_orders())
        for row in range(count):
            self._play_one(desk, found, row, first_seed + row)
        self._desks.put(desk)
        return found

    def _play_one(self, desk: tuple[Any, Any, Any], found: Outcomes, row: int, seed: int) -> None:
        from tairiku.command.play import WHOLE_DAY, play_days
        from tairiku.command.setup import new_minds
        from tairiku.sim import layout
        from tairiku.sim.setup import build_parameters, build_state

        states, params = layout.new(layout.STATE), layout.new(layout.PARAMETERS)
        states[0] = build_state(self.scenario, seed, 0, self.M)
        params[0] = build_parameters(self.scenario, seed, 0)
        minds = new_minds(1)
        watch = Watch(states, self.M, found, row, seed)
        for day in range(self.days):
            wrong = play_days(
                states, self.M, params, *desk, self.plans, minds, day, day + 1, WHOLE_DAY
            )
            if wrong:
                raise ProgramError(
                    f"a rule met an impossibility (code {int(states[0].error)}) on "
                    f"{self.scenario.date_of(day)}, seed {seed}; please report it with the "
                    "command you gave"
                )
            watch.evening(day)
        watch.end()


def world_of(asked: Asked) -> World:
    """The world of a scenario, set up when first asked for; the last few are kept."""
    with _lock:
        if asked not in _worlds:
            _worlds[asked] = World(asked)
        _worlds.move_to_end(asked)
        while len(_worlds) > KEPT:
            _worlds.popitem(last=False)
        return _worlds[asked]


def play(asked: Asked, first_seed: int, count: int) -> Outcomes:
    """Play some seeds; the task that an executor is given."""
    return world_of(asked).play(first_seed, count)
