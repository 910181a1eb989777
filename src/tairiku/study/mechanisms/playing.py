"""Play the same seeds with and without a mechanism, and keep the outcomes of each campaign."""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from tairiku.base.errors import ProgramError
from tairiku.batch import Batch
from tairiku.scenario.load import Scenario
from tairiku.sim.codes import JAPAN
from tairiku.study.mechanisms.outcomes import Observer
from tairiku.study.mechanisms.table import switch
from tairiku.study.summary import phase_rows


@dataclass(frozen=True)
class Played:
    """Outcomes of campaigns in the order of their seeds.

    Attributes
    ----------
    values
        (seeds, outcomes), by `tairiku.study.mechanisms.outcomes.outcomes_of`.
    hashes
        SHA-256 of each last state.
    """

    values: np.ndarray
    hashes: tuple[str, ...]


def seeds_from(seed: int, pairs: int) -> list[int]:
    """Return the seeds of a study: the first and those that follow it."""
    return list(range(seed, seed + pairs))


def without(scenario: Scenario, mechanism: str) -> Scenario:
    """Return a scenario with a mechanism switched off, as ``--without`` does."""
    return replace(scenario, changes={**scenario.changes, **switch(scenario, mechanism)})


def play(
    scenario: Scenario,
    seeds: Sequence[int],
    *,
    threads: int = 1,
    on_campaign: Callable[[], None] | None = None,
) -> Played:
    """Play a campaign from each seed and return their outcomes.

    Parameters
    ----------
    threads
        How many campaigns are played at a time; the outcomes do not depend on it.
    on_campaign
        Called after each campaign, from whichever thread played it.

    Raises
    ------
    ProgramError
        A rule met an impossibility.
    """
    batch = Batch.build(scenario, [(seed, 0) for seed in seeds])
    phases = len(phase_rows(scenario))

    def one(i: int) -> tuple[list[float], str]:
        part = slice(i, i + 1)
        own = Batch(
            scenario=scenario,
            keys=[batch.keys[i]],
            M=batch.M,
            plans=batch.plans,
            states=batch.states[part],
            params=batch.params[part],
            minds=batch.minds[part],
        )
        watch = Observer(scenario, own.states, batch.M)
        for day in range(scenario.days):
            own.play(day, day + 1)
            if int(own.states[0].error) != 0:
                raise ProgramError(
                    f"a rule met an impossibility (code {int(own.states[0].error)}) on "
                    f"{scenario.date_of(day)}, seed {seeds[i]}, with {dict(scenario.changes)}; "
                    "please report it with the command you gave"
                )
            watch.evening()
        opened = [int(day) for day in own.minds[0, JAPAN].ph_opened[:phases]]
        state = hashlib.sha256(own.states.tobytes()).hexdigest()
        if on_campaign is not None:
            on_campaign()
        return watch.values(opened), state

    if threads <= 1:
        found = [one(i) for i in range(len(seeds))]
    else:
        with ThreadPoolExecutor(threads) as pool:
            found = list(pool.map(one, range(len(seeds))))
    return Played(np.array([values for values, _ in found]), tuple(h for _, h in found))
