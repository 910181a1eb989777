"""Cross-validation kept as data: which fold a campaign belongs to, each fold's own constants."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tairiku.base.errors import DataError, Problem, RequestError
from tairiku.base.tables import Row, read_table
from tairiku.study.battles.constants import DATA
from tairiku.study.battles.fighting import Field, Fought, Numbers, OnRuns, fight
from tairiku.study.battles.fitting import Seen, part_of
from tairiku.study.battles.scores import FLOOR
from tairiku.study.battles.table import Outcome

FOLDER = DATA / "validation"


class GroupRow(Row):
    """combat_groups.csv: the fold in which a campaign's battles were left out."""

    group: str
    fold: int


class ConstantRow(Row):
    """combat_folds.csv: a constant fitted without the battles of a fold."""

    fold: int
    constant: str
    value: float


def read_folds(folder: Path = FOLDER) -> tuple[dict[str, int], dict[int, dict[str, float]]]:
    """The fold of every group, and the constants of every fold.

    Raises
    ------
    DataError
        With every fault of the two files.
    """
    problems: list[Problem] = []
    groups = read_table(folder / "combat_groups.csv", GroupRow, problems)
    rows = read_table(folder / "combat_folds.csv", ConstantRow, problems)
    if problems:
        raise DataError(problems)
    constants: dict[int, dict[str, float]] = {}
    for row in rows:
        constants.setdefault(row.fold, {})[row.constant] = row.value
    return {row.group: row.fold for row in groups}, constants


def fold_of(outcomes: Sequence[Outcome], groups: Mapping[str, int]) -> NDArray[np.int64]:
    """The fold of every battle.

    Raises
    ------
    RequestError
        A battle's campaign belongs to no fold.
    """
    strange = sorted({o.group for o in outcomes if o.group not in groups})
    if strange:
        raise RequestError(
            "these campaigns belong to no fold, so that nothing was fitted without them: "
            f"{', '.join(name or 'a battle without group' for name in strange)}; "
            "leave --cross-validated out"
        )
    return np.array([groups[o.group] for o in outcomes], dtype=np.int64)


def seen_of(outcomes: Sequence[Outcome]) -> tuple[Numbers, Seen]:
    """Fractions lost (b, 2), NaN where unknown, and the same as the fit and the scores see it."""
    lost = np.array(
        [
            [
                np.nan if fraction is None else fraction
                for fraction in (o.attacker_casualty_fraction, o.defender_casualty_fraction)
            ]
            for o in outcomes
        ]
    )
    won = np.array(
        [np.nan if o.winner is None else float(o.winner == "attacker") for o in outcomes]
    )
    group = np.array([o.group for o in outcomes])
    return lost, Seen(np.log10(np.maximum(FLOOR, lost)), won, group)


def chances(fought: Fought, constants: Mapping[str, float]) -> Numbers:
    """The attacker's chance: the share of the runs, drawn to the share of all attackers who won."""
    base, weight = constants["battles.win_base"], constants["battles.win_weight"]
    return np.asarray(base + weight * (fought.wins.mean(axis=1) - base))


def fight_crossed(
    field: Field,
    fold: NDArray[np.int64],
    constants: Mapping[int, Mapping[str, float]],
    runs: int,
    seed: int = 1,
    on_runs: OnRuns | None = None,
) -> tuple[Fought, Numbers]:
    """Fight every battle with the constants fitted without its fold; the runs and the chances.

    ``on_runs`` is called with the share of all battles' runs done since the last call.
    """
    n = len(field.days)
    lost, wins, chance = np.zeros((n, 2, runs)), np.zeros((n, runs)), np.zeros(n)
    for k in np.unique(fold):
        here = fold == k
        share = float(here.mean())
        report = None if on_runs is None else (lambda done, share=share: on_runs(done * share))
        found = fight(part_of(field, here), constants[int(k)], runs, seed, on_runs=report)
        lost[here], wins[here] = found.lost, found.wins
        chance[here] = chances(found, constants[int(k)])
    return Fought(lost, wins), chance
