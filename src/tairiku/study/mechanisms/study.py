"""The whole study: base once, each mechanism off in turn, effects; interrupted, it goes on."""

from collections.abc import Callable, Sequence
from pathlib import Path

from tairiku.base.errors import RequestError
from tairiku.scenario.load import Scenario
from tairiku.study.mechanisms.effects import Measured, compare
from tairiku.study.mechanisms.files import Basis, Parts, basis_of, write_effects
from tairiku.study.mechanisms.outcomes import outcomes_of
from tairiku.study.mechanisms.playing import Played, play, seeds_from, without
from tairiku.study.mechanisms.table import chosen, switch

BASE = "base"


def measure_effects(
    scenario: Scenario,
    *,
    pairs: int,
    seed: int = 1,
    only: Sequence[str] = (),
    threads: int = 1,
    target: Path | None = None,
    on_campaign: Callable[[str], None] | None = None,
) -> tuple[list[Measured], Basis]:
    """Return the effect of switching off each simulated mechanism, and what it was measured on.

    Parameters
    ----------
    pairs
        Seeds that are played with and without each mechanism.
    seed
        The first of them.
    only
        Mechanisms to be measured; all that are simulated where none is given.
    threads
        How many campaigns are played at a time; the effects do not depend on it.
    target
        A CSV file to be written; a study that was interrupted is taken up again.
    on_campaign
        Called after each campaign with the mechanism that was off, ``base`` for none.

    Raises
    ------
    RequestError
        Too few pairs, an unknown mechanism, parts of another study, or a file that cannot be made.
    """
    if pairs < 2:
        raise RequestError(f"{pairs} pairs give no interval; give 2 or more with -n")
    if seed < 0:
        raise RequestError(f"seed {seed} is negative; give 0 or a larger whole number")
    if target is not None and target.suffix != ".csv":
        raise RequestError(f"'{target}' is no .csv file; give -o a name that ends in .csv")
    asked = chosen(scenario, only)
    basis = basis_of(scenario, seed, pairs)
    parts = Parts(target, basis)
    seeds = seeds_from(seed, pairs)

    def played(name: str, world: Scenario) -> Played:
        kept = parts.read(name)
        if kept is None:
            report = None if on_campaign is None else lambda: on_campaign(name)
            kept = play(world, seeds, threads=threads, on_campaign=report)
            parts.write(name, kept)
        elif on_campaign is not None:
            for _ in seeds:
                on_campaign(name)
        return kept

    base = played(BASE, scenario)
    off: dict[tuple[tuple[str, float], ...], Played] = {}
    others = []
    for row in asked:
        # mechanisms with one and the same switch are played once
        key = tuple(sorted(switch(scenario, row.id).items()))
        if key not in off:
            off[key] = played(row.id, without(scenario, row.id))
        elif on_campaign is not None:
            for _ in seeds:
                on_campaign(row.id)
        others.append((row.id, off[key]))
    found = compare(outcomes_of(scenario), base, others)
    if target is not None:
        write_effects(target, found, basis)
        parts.remove()
    return found, basis
