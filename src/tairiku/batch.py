"""Many worlds at once: replicas of one scenario, played by the compiled plan commanders.

Threads play chunks of replicas side by side (the compiled entry releases the GIL); results are in
replica order and do not depend on the chunk size or the number of threads.
"""

import hashlib
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, LifoQueue, Queue
from typing import Any

from tairiku.scenario.load import Scenario

CHUNK = 64


@dataclass
class Batch:
    """Replicas in play: one record of state, parameters and commanders' memory for each.

    Attributes
    ----------
    states, params, minds
        STATE (n,), PARAMETERS (n,), MIND (n, 2).
    keys
        (seed, replica) of each.
    """

    scenario: Scenario
    keys: list[tuple[int, int]]
    M: Any
    plans: Any
    states: Any
    params: Any
    minds: Any
    _desks: "Queue[tuple[Any, Any, Any]]" = field(default_factory=LifoQueue, repr=False)

    @classmethod
    def build(cls, scenario: Scenario, keys: Sequence[tuple[int, int]]) -> "Batch":
        """Set up the replicas with the given (seed, replica) keys."""
        from tairiku.command.compiling import compile_rules
        from tairiku.command.setup import build_plans, new_minds
        from tairiku.sim import layout
        from tairiku.sim.setup import build_map, build_parameters, build_state

        compile_rules()
        plans = build_plans(scenario)
        M = build_map(scenario)
        states = layout.new(layout.STATE, len(keys))
        params = layout.new(layout.PARAMETERS, len(keys))
        for i, (seed, replica) in enumerate(keys):
            states[i] = build_state(scenario, seed, replica, M)
            params[i] = build_parameters(scenario, seed, replica)
        return cls(
            scenario=scenario,
            keys=list(keys),
            M=M,
            plans=plans,
            states=states,
            params=params,
            minds=new_minds(len(keys)),
        )

    def play(self, first: int, last: int, *, threads: int = 1, chunk: int = CHUNK) -> "Batch":
        """Play the days first .. last-1 of every replica; the batch itself.

        Parameters
        ----------
        threads
            How many chunks are played at a time.
        chunk
            Replicas in a chunk.
        """
        chunks = [
            slice(start, min(start + chunk, len(self.keys)))
            for start in range(0, len(self.keys), chunk)
        ]
        if threads <= 1:
            for part in chunks:
                self._play(part, first, last)
        else:
            with ThreadPoolExecutor(threads) as pool:
                self._play_all(pool, chunks, first, last)
        return self

    def _play_all(self, pool: Executor, chunks: list[slice], first: int, last: int) -> None:
        for done in [pool.submit(self._play, part, first, last) for part in chunks]:
            done.result()

    def _play(self, part: slice, first: int, last: int) -> None:
        from tairiku.command.play import WHOLE_DAY, play_days
        from tairiku.command.setup import new_orders, new_view
        from tairiku.sim.setup import new_work

        # a desk is scratch, view and order books; it keeps the fields of ways from day to day
        try:
            work, view, orders = self._desks.get_nowait()
        except Empty:
            work, view, orders = new_work(), new_view(), new_orders()
        play_days(
            self.states[part],
            self.M,
            self.params[part],
            work,
            view,
            orders,
            self.plans,
            self.minds[part],
            first,
            last,
            WHOLE_DAY,
        )
        self._desks.put((work, view, orders))

    def hashes(self) -> list[str]:
        """SHA-256 of each replica's state, in replica order."""
        return [
            hashlib.sha256(self.states[i : i + 1].tobytes()).hexdigest()
            for i in range(len(self.keys))
        ]
