"""What the page needs to say why: the ways of supply, the dice, the rule behind each event."""

from pathlib import Path
from typing import Any

import numpy as np

from tairiku.report.pack import Pack
from tairiku.report.tables import ABSENT, UNTOLD
from tairiku.scenario.load import Scenario
from tairiku.study.explaining.events import Dice, addresses, kinds
from tairiku.study.explaining.replayed import Replayed, open_run

MEANS = ("rail", "water", "road", "track", "box")
_PER_MILLE = 1000.0


def pack_reasons(pack: Pack, folder: Path, scenario: Scenario) -> dict[str, Any]:
    """Pack the ways of supply and the dice of a run; return what belongs into the contents.

    Arrays, all whole numbers: ``s_day``, ``s_side``, ``s_hex``, ``s_next``, ``s_depot``,
    ``s_means``, ``s_passes`` (the rows of ways.parquet, -1 none) and ``d_event`` (number of the
    event in the page), ``d_what``, ``d_die``, ``d_against`` (in thousandths, -1 none).
    """
    run = open_run(folder, scenario)
    try:
        depots = _pack_ways(pack, run)
        what = _pack_dice(pack, run)
    finally:
        run.con.close()
    return {
        "way_depots": depots,
        "means": list(MEANS),
        "dice": what,
        "rules": {
            kind: ", ".join(part for part in (told.chapter, *told.mechanisms) if part)
            for kind, told in kinds().items()
        },
    }


def _pack_ways(pack: Pack, run: Replayed) -> list[str]:
    depots = [str(r["depot"]) for r in run.rows("SELECT DISTINCT depot FROM ways ORDER BY depot")]
    depots = [name for name in depots if name != "None"]
    means = ", ".join(f"'{name}'" for name in MEANS)
    found = run.con.execute(
        "SELECT day::INTEGER AS day, (side = 'china')::INTEGER AS side, hex, "
        "coalesce(next, -1) AS next, coalesce(list_position(?, depot), 0)::INTEGER - 1 AS depot, "
        f"coalesce(list_position([{means}], means), 0)::INTEGER - 1 AS means, "
        "passes::INTEGER AS passes FROM ways ORDER BY side, day, hex",
        [depots],
    ).fetchnumpy()
    for name in ("day", "side", "hex"):
        pack.add(f"s_{name}", _whole(found[name]), delta=True)
    # most ways lead to a neighbour: the difference is small
    onward = _whole(found["next"])
    here = _whole(found["hex"])
    pack.add("s_next", np.where(onward < 0, 0, onward - here))
    for name in ("depot", "means", "passes"):
        pack.add(f"s_{name}", _whole(found[name]))
    return depots


def _whole(values: Any) -> np.ndarray:
    filled: np.ndarray = np.ma.filled(np.ma.asarray(values), ABSENT)
    return filled.astype(np.int32)


def _pack_dice(pack: Pack, run: Replayed) -> list[str]:
    untold = ", ".join(f"'{kind}'" for kind in UNTOLD)
    some = ", ".join(f"'{kind}'" for kind in addresses())
    events = run.rows(
        "SELECT * FROM (SELECT *, row_number() OVER (ORDER BY day, number) - 1 AS place "
        f"FROM events WHERE kind NOT IN ({untold})) WHERE kind IN ({some}) ORDER BY place"
    )
    what = sorted({address.what for rows in addresses().values() for address in rows})
    rows: list[tuple[int, int, int, int]] = []
    for event, dice in zip(events, Dice(run).of_all(events), strict=True):
        for die in dice:
            against = ABSENT if die["against"] is None else round(die["against"] * _PER_MILLE)
            code = what.index(die["what"])
            rows.append((event["place"], code, round(die["die"] * _PER_MILLE), against))
    table = np.array(rows, np.int32).reshape(-1, 4)
    for i, name in enumerate(("event", "what", "die", "against")):
        pack.add(f"d_{name}", table[:, i], delta=name == "event")
    return what
