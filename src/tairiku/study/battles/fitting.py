"""The law's constants by penalised least squares on battles, groups left out by turns.

Minimised, for both sides together: squared differences of log10 of the fraction lost between the
engine's run with even fortune and the battle, whitened for what the battles of one campaign share,
plus squared distances of the constants from their centres (data/validation/fit.toml), in widths.
That is the greatest posterior density under normal errors and normal priors.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, least_squares, minimize_scalar

from tairiku.study.battles.constants import DATA
from tairiku.study.battles.fighting import Field, Numbers, fight
from tairiku.study.battles.scores import FLOOR

Mask = NDArray[np.bool_]
WIN_RUNS = 100
INNER_FOLDS = 5


@dataclass(frozen=True)
class Free:
    """One constant that the fit may move."""

    name: str
    logarithmic: bool
    centre: float
    width: float
    least: float

    def value(self, x: float) -> float:
        """The constant at the fit's own coordinate x."""
        return float(10.0**x) if self.logarithmic else float(x)


@dataclass(frozen=True)
class Seen:
    """What the fit may see of the outcomes: log10 fractions (b, 2), who won, groups."""

    log10: Numbers  # NaN where unknown
    won: Numbers  # 1, 0, NaN
    group: NDArray[np.str_]


@cache
def plan() -> tuple[tuple[Free, ...], float, float]:
    """What is free, the residual's spread, and the share of it that a group has in common."""
    table = tomllib.loads((DATA / "validation" / "fit.toml").read_text(encoding="utf-8"))
    free = tuple(
        Free(
            f"combat.{name}",
            entry["scale"] == "log10",
            float(entry["centre"]),
            float(entry["width"]),
            float(entry.get("least", -np.inf)),
        )
        for name, entry in table["law"].items()
    )
    return free, float(table["residual"]["sd"]), float(table["residual"]["within_group"])


def _whitener(group: NDArray[np.str_], shared: float) -> Numbers:
    """Inverse Cholesky factor of 1 on the diagonal plus ``shared`` within a group."""
    same = (group[:, None] == group[None, :]).astype(float)
    return np.linalg.inv(np.linalg.cholesky(np.eye(len(group)) + shared * same))


def part_of(field: Field, chosen: Mask) -> Field:
    """Some of the battles."""
    return Field(**{name: getattr(field, name)[chosen] for name in Field.__annotations__})


def neutral_fire(gun_weight: float, unknown_guns: float) -> float:
    """Scale of lethality at which a side with ``unknown_guns`` to 1,000 men has lethality 1."""
    return 1.0 / (1.0 + gun_weight * unknown_guns)


def fit(
    field: Field,
    seen: Seen,
    base: Mapping[str, float],
    unknown_guns: float,
    stiffness: float = 1.0,
    held: Sequence[str] = (),
) -> tuple[dict[str, float], dict[str, float]]:
    """The constants that the battles speak for, and how far each may be off.

    Parameters
    ----------
    base
        Constants that are not moved, by dotted names.
    stiffness
        Divides every prior's width.
    held
        Names kept at their centres.

    Returns
    -------
    tuple
        Constants by dotted names; posterior standard deviations, of the logarithm where the fit
        is of the logarithm.
    """
    free, sd, shared = plan()
    moved = tuple(f for f in free if f.name not in held)
    fixed = {f.name: f.value(f.centre) for f in free if f.name in held}
    known = [np.isfinite(seen.log10[:, side]) for side in range(2)]
    white = [_whitener(seen.group[known[side]], shared) for side in range(2)]
    centre = np.array([f.centre for f in moved])
    width = np.array([f.width for f in moved]) / stiffness

    def constants(x: Numbers) -> dict[str, float]:
        found = {**base, **fixed}
        found |= {f.name: f.value(v) for f, v in zip(moved, x, strict=True)}
        found["combat.lethality"] = neutral_fire(found["combat.gun_weight"], unknown_guns)
        return found

    def distance(x: Numbers) -> Numbers:
        lost = fight(field, constants(x), fortune=False).lost[:, :, 0]
        logs: Numbers = np.log10(np.maximum(FLOOR, lost))
        parts = [
            white[side] @ (logs[known[side], side] - seen.log10[known[side], side]) / sd
            for side in range(2)
        ]
        return np.concatenate([*parts, (x - centre) / width])

    least = np.array([f.least for f in moved])
    start = np.maximum(centre, least + 1e-3)
    found = least_squares(distance, start, bounds=(least, np.inf), x_scale=width, diff_step=1e-4)
    doubt = np.sqrt(np.diag(np.linalg.inv(found.jac.T @ found.jac)))
    return constants(found.x), {f.name: float(s) for f, s in zip(moved, doubt, strict=True)}


def fit_all(
    field: Field, seen: Seen, base: Mapping[str, float], unknown_guns: float
) -> tuple[dict[str, float], dict[str, float]]:
    """Law, fortune and winner on the same battles: constants and their standard deviations."""
    constants, doubt = fit(field, seen, base, unknown_guns)
    constants |= fit_fortune(field, seen, base, unknown_guns)
    constants |= fit_winner(field, seen, constants)
    return constants, doubt


def fit_fortune(
    field: Field, seen: Seen, base: Mapping[str, float], unknown_guns: float
) -> dict[str, float]:
    """Spread of the engagement's fortune and its correlation, from battles of unseen campaigns.

    The law is fitted anew without each of some folds of the groups; the spread is that of its
    errors in the groups left out, as it must serve for campaigns that nobody has seen.
    """
    fold = folds_of(seen.group, INNER_FOLDS)
    error = np.full(seen.log10.shape, np.nan)
    for k in range(INNER_FOLDS):
        rest = fold != k
        part = Seen(seen.log10[rest], seen.won[rest], seen.group[rest])
        constants, _ = fit(part_of(field, rest), part, base, unknown_guns)
        lost = fight(part_of(field, ~rest), constants, fortune=False).lost[:, :, 0]
        error[~rest] = seen.log10[~rest] - np.log10(np.maximum(FLOOR, lost))
    both = np.isfinite(error).all(axis=1)
    return {
        "combat.sd_a": float(np.sqrt(np.nanmean(error[:, 0] ** 2))),
        "combat.sd_d": float(np.sqrt(np.nanmean(error[:, 1] ** 2))),
        "combat.sd_link": float(np.corrcoef(error[both].T)[0, 1]),
    }


def fit_winner(field: Field, seen: Seen, constants: Mapping[str, float]) -> dict[str, float]:
    """The defender's hazard so that as many attackers win as won, and how far to trust the law.

    ``p = base + weight (share of runs - base)``; base is the share of attackers who won, weight
    the number between 0 and 1 of least log-loss.
    """
    known = np.isfinite(seen.won)
    won = seen.won[known]
    chosen = part_of(field, known)
    base = float(won.mean())

    def chance(log_h0: float) -> Numbers:
        changed = {**constants, "combat.h0_d": 10.0**log_h0}
        return np.asarray(fight(chosen, changed, runs=WIN_RUNS).wins.mean(axis=1))

    h0 = brentq(lambda x: float(chance(x).mean()) - base, -3.0, 2.0, xtol=1e-3)
    p = chance(h0)

    def loss(weight: float) -> float:
        q = base + weight * (p - base)
        return float(-(won * np.log(q) + (1 - won) * np.log(1 - q)).mean())

    weight = float(minimize_scalar(loss, bounds=(0.0, 1.0), method="bounded").x)
    return {
        "combat.h0_d": float(10.0**h0),
        "battles.win_base": base,
        "battles.win_weight": weight,
    }


def folds_of(group: NDArray[np.str_], count: int) -> NDArray[np.int64]:
    """Groups shared out to ``count`` folds, the largest first to the emptiest; none is split."""
    names, sizes = np.unique(group, return_counts=True)
    load = np.zeros(count, dtype=int)
    fold: dict[Any, int] = {}
    for i in np.argsort(-sizes, kind="stable"):
        target = int(np.argmin(load))
        fold[names[i]] = target
        load[target] += sizes[i]
    return np.array([fold[name] for name in group], dtype=np.int64)
