"""The tables of an ensemble: what is kept of each replica, and what all of them together say."""

from typing import Any

import numpy as np

from tairiku.replay import Coded, Column, Table, columns_of
from tairiku.scenario.load import Scenario
from tairiku.sim.codes import FORCE_SIDE, SIDE_NAMES
from tairiku.study.ensembles.watching import FORCES, NEVER, Outcomes
from tairiku.study.summary import LOSSES, objectives_of, phase_rows

SCHEMA_VERSION = 1
MAP_DAYS = 7  # the maps are counted on every seventh evening and on the last [day]
ALL = "all"  # the whole campaign, where a row is else for one phase

PARTS: dict[str, tuple[Column, ...]] = {
    "replicas": columns_of(
        "seed|BIGINT|1|key of the dice; `tairiku run --seed` plays the same campaign",
        "state_hash|VARCHAR|SHA-256|of the last state",
        "corridor_control|DOUBLE|0-1|share of the corridor's route in Japanese hands at the end",
        "corridor_rail|DOUBLE|0-1|share of its steps over which Japanese trains run",
        "corridor_tonnes|DOUBLE|t/day|what its weakest step carries",
        "airfields_lost|INTEGER|fields|Chinese and American fields fallen to Japan",
    ),
    "falls": columns_of(
        "seed|BIGINT|1|key of the dice",
        "place|VARCHAR|id|place of objectives.csv",
        "day|SMALLINT|day or none|first day held by the enemy for two evenings; NULL if never",
        "side|VARCHAR|name|to whom",
    ),
    "phases": columns_of(
        "seed|BIGINT|1|key of the dice",
        "phase|VARCHAR|id|phase of the Japanese plan",
        "day|SMALLINT|day or none|day on which it opened; NULL if never",
    ),
    "losses": columns_of(
        "seed|BIGINT|1|key of the dice",
        "force|VARCHAR|name|force",
        "phase|VARCHAR|id|phase, from its opening to the day before the next; or all",
        *(f"{cause}|INTEGER|men|lost" for cause in LOSSES),
    ),
    "airfields": columns_of(
        "seed|BIGINT|1|key of the dice",
        "field|VARCHAR|id|field first in Chinese or American hands",
        "day|SMALLINT|day or none|day on which it fell to Japan; NULL if never",
    ),
    "days": columns_of(
        "seed|BIGINT|1|key of the dice",
        "day|SMALLINT|day|end of this day; -1 is the dawn of the first",
        "force|VARCHAR|name|force",
        "men|INTEGER|men|present for duty",
        "absent|INTEGER|men|sick, lightly wounded and dispersed who will return",
        *(f"{cause}|INTEGER|men|lost since the first day" for cause in LOSSES),
        "hexes|SMALLINT|hexes|land hexes held by its side",
    ),
    "hexes": columns_of(
        "day|SMALLINT|day|evening of this day: every seventh, and the last",
        "hex|INTEGER|hex|hex that has fallen in one replica at least",
        "fallen|INTEGER|replicas|of this part in which it has fallen by then",
    ),
}

LEVELS = (50, 80, 95)
WHOLE: dict[str, tuple[Column, ...]] = {
    "bands": columns_of(
        "day|SMALLINT|day|end of this day; -1 is the dawn of the first",
        "force|VARCHAR|name|force",
        f"quantity|VARCHAR|name|men, absent, lost, {', '.join(LOSSES)}, hexes",
        *(f"low{level}|DOUBLE|-|lower end of the {level} % interval" for level in (95, 80, 50)),
        "median|DOUBLE|-|middle value",
        *(f"high{level}|DOUBLE|-|upper end of the {level} % interval" for level in LEVELS),
        "mean|DOUBLE|-|mean",
    ),
    "maps": columns_of(
        "day|SMALLINT|day|evening of this day",
        "hex|INTEGER|hex|hex",
        "fallen|INTEGER|replicas|in which it has fallen by then",
        "replicas|INTEGER|replicas|of the ensemble",
    ),
}


def map_days(days: int) -> np.ndarray:
    """The evenings on which the maps are counted.

    >>> map_days(16).tolist()
    [6, 13, 15]
    """
    return np.unique(np.append(np.arange(MAP_DAYS - 1, days, MAP_DAYS), days - 1))


def _coded(codes: np.ndarray, labels: Any) -> Coded:
    return Coded(np.ascontiguousarray(codes, np.int32), labels)


def _per_seed(found: Outcomes, ids: list[str], name: str) -> tuple[Table, int]:
    r, k = len(found.seeds), len(ids)
    rows: Table = {
        "seed": np.repeat(found.seeds, k),
        name: _coded(np.tile(np.arange(k), r), ids),
    }
    return rows, k


def tables_of(scenario: Scenario, found: Outcomes) -> dict[str, Table]:
    """The tables of a part, as `tairiku.replay.write` takes them, by the columns of `PARTS`."""
    return {
        "replicas": _replicas(scenario, found),
        "falls": _falls(scenario, found),
        "phases": _phases(scenario, found),
        "losses": _losses(scenario, found),
        "airfields": _airfields(scenario, found),
        "days": _days(found),
        "hexes": _hexes(found),
    }


def _fields(scenario: Scenario, found: Outcomes) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Airfields, whether each was China's at dawn, and the day it fell to Japan. (r, fields)"""
    china, japan = SIDE_NAMES.index("china"), SIDE_NAMES.index("japan")
    known = [field for field in scenario.map.airfields if field.hex is not None]
    at = np.array([field.hex for field in known], int)
    ours = found.first[:, at] == china
    lost = np.where(found.to[:, at] == japan, found.fell[:, at], NEVER)
    return [field.id for field in known], ours, lost


def _replicas(scenario: Scenario, found: Outcomes) -> Table:
    _, ours, lost = _fields(scenario, found)
    return {
        "seed": found.seeds,
        "state_hash": _coded(np.arange(len(found.seeds)), found.hashes.tolist()),
        "corridor_control": found.corridor[:, 0],
        "corridor_rail": found.corridor[:, 1],
        "corridor_tonnes": found.corridor[:, 2],
        "airfields_lost": (ours & (lost >= 0)).sum(axis=1),
    }


def _falls(scenario: Scenario, found: Outcomes) -> Table:
    hexes = scenario.map.place_hex
    ids = [o.place_id for o in objectives_of(scenario) if o.kind == "place"]
    rows, _ = _per_seed(found, ids, "place")
    at = [hexes.get(place) for place in ids]
    day = np.full((len(found.seeds), len(ids)), NEVER, np.int16)
    side = day.copy()
    for column, hex_id in enumerate(at):
        if hex_id is not None:
            day[:, column], side[:, column] = found.fell[:, hex_id], found.to[:, hex_id]
    return {**rows, "day": day.ravel(), "side": _coded(side.ravel(), SIDE_NAMES)}


def _phases(scenario: Scenario, found: Outcomes) -> Table:
    rows, _ = _per_seed(found, [key for key, _ in phase_rows(scenario)], "phase")
    return {**rows, "day": found.opened.ravel()}


def _losses(scenario: Scenario, found: Outcomes) -> Table:
    """As `tairiku.study.summary.losses` has it: a phase ends on the day before the next opens."""
    labels = [ALL, *(key for key, _ in phase_rows(scenario))]
    kinds, last = len(FORCES), found.men.shape[1] - 2
    rows: list[tuple[int, int, np.ndarray]] = []
    for r, seed in enumerate(found.seeds):
        books = found.books[r]
        rows.append((int(seed), 0, books[-1] - books[0]))
        opened = sorted((int(d), i) for i, d in enumerate(found.opened[r]) if d >= 0)
        for k, (day, index) in enumerate(opened):
            until = opened[k + 1][0] - 1 if k + 1 < len(opened) else last
            if until >= day:  # books[d + 1] is the evening of day d
                rows.append((int(seed), index + 1, books[until + 1] - books[day]))
    lost = np.array([row[2] for row in rows]).reshape(-1, len(LOSSES))
    return {
        "seed": np.repeat([row[0] for row in rows], kinds),
        "force": _coded(np.tile(np.arange(kinds), len(rows)), FORCES),
        "phase": _coded(np.repeat([row[1] for row in rows], kinds), labels),
        **{cause: lost[:, i] for i, cause in enumerate(LOSSES)},
    }


def _airfields(scenario: Scenario, found: Outcomes) -> Table:
    ids, ours, lost = _fields(scenario, found)
    rows, _ = _per_seed(found, ids, "field")
    keep = ours.ravel()
    field = rows["field"]
    assert isinstance(field, Coded)
    return {
        "seed": np.asarray(rows["seed"])[keep],
        "field": _coded(field.codes[keep], ids),
        "day": lost.ravel()[keep],
    }


def _days(found: Outcomes) -> Table:
    r, evenings, kinds = found.men.shape
    held = found.held[:, :, list(FORCE_SIDE)]
    return {
        "seed": np.repeat(found.seeds, evenings * kinds),
        "day": np.tile(np.repeat(np.arange(-1, evenings - 1), kinds), r),
        "force": _coded(np.tile(np.arange(kinds), r * evenings), FORCES),
        "men": found.men.ravel(),
        "absent": found.absent.ravel(),
        **{cause: found.books[..., i].ravel() for i, cause in enumerate(LOSSES)},
        "hexes": held.ravel(),
    }


def _hexes(found: Outcomes) -> Table:
    columns: dict[str, list[np.ndarray]] = {"day": [], "hex": [], "fallen": []}
    for day in map_days(found.men.shape[1] - 1):
        count = ((found.fell != NEVER) & (found.fell <= day)).sum(axis=0)
        at = np.flatnonzero(count)
        columns["day"].append(np.full(len(at), day))
        columns["hex"].append(at)
        columns["fallen"].append(count[at])
    return {name: np.concatenate(values) for name, values in columns.items()}
