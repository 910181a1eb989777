"""Six days of `tiny` for the explanations: played interpreted, written as a run directory."""

from pathlib import Path

import numpy as np

from tairiku import replay
from tairiku.campaign import Run, simulate
from tairiku.replay import Coded, Table

LAST = "1944-04-22"
DAYS = 6


def play() -> Run:
    """Six days of `tiny`, seed 1."""
    return simulate("tiny", seed=1, until=LAST)


def save(run: Run, folder: Path, tables: dict[str, Table] | None = None) -> Path:
    """Write a run, or other tables in its name."""
    folder.mkdir()
    replay.write(folder, tables if tables is not None else run.tables, run.identity)
    return folder


def cut_off(run: Run, unit: str, barred: int) -> dict[str, Table]:
    """The run's tables as if on its last day a hex barred the way of a unit, which got nothing.

    The hex is made the enemy's on the day before.
    """
    last = DAYS - 1
    units = dict(run.tables["units"])
    names = units["unit"]
    assert isinstance(names, Coded)
    here = (names.codes == list(names.labels).index(unit)) & (units["day"] == last)
    side = int(units["side"].codes[here][0])
    depots = units["source_depot"]
    units["source_depot"] = Coded(np.where(here, -1, depots.codes), depots.labels)
    units["cut"] = np.where(here, 1, units["cut"])
    no_way = {"day": last, "side": side, "hex": barred, "next": 65535, "depot": -1, "means": -1}
    ways = _with_row(run.tables["ways"], {**no_way, "passes": 0})
    taken = {"day": last - 1, "hex": barred, "side": 1 - side}
    hexes = _with_row(run.tables["hexes"], taken)
    return {**run.tables, "units": units, "ways": ways, "hexes": hexes}


def _with_row(table: Table, row: dict[str, int]) -> Table:
    found: Table = {}
    for name, column in table.items():
        if isinstance(column, Coded):
            found[name] = Coded(np.append(column.codes, row[name]), column.labels)
        else:
            found[name] = np.append(column, row[name])
    return found
