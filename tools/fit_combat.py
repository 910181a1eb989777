"""Fit the constants of the combat law on a file of battles, all of them and without each fold.

`uv run python tools/fit_combat.py BATTLES.csv` writes combat.toml, combat_folds.csv and
combat_groups.csv in src/tairiku/data/validation/; what may move, and from where, is in fit.toml.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from tairiku.base.errors import DataError, Problem
from tairiku.base.kernels import use_cache
from tairiku.scenario.load import read_parameters
from tairiku.scenario.models import Parameter
from tairiku.study.battles import constants as known
from tairiku.study.battles.table import Battle, read_battles, read_outcomes
from writing import table

FOLDS = 10
HEAD = """# The combat law's constants as fitted on real battles: written by tools/fit_combat.py.
# `tairiku validate combat` lays them over the scenario's; the campaign keeps its own, because its
# lethality and its commitment are scaled to them (docs/validation-combat.md).
# range: two standard deviations either way where the fit tells them, else the value itself
"""
OWN = {
    "battles.unknown_guns": ("1/1000", "guns to 1,000 men where they are not known: the median"),
    "battles.win_base": ("1", "share of attackers who won"),
    "battles.win_weight": ("1", "how far the share of runs is trusted, by least log-loss"),
}


def unknown_guns(battles: Sequence[Battle]) -> float:
    """The median of guns to 1,000 men over both sides of all battles that tell."""
    found = [
        1000 * guns / men
        for b in battles
        for guns, men in (
            (b.attacker_guns, b.attacker_strength),
            (b.defender_guns, b.defender_strength),
        )
        if guns is not None
    ]
    return round(float(np.median(found)), 2)


def toml(found: Mapping[str, float], doubt: Mapping[str, float], battles: int) -> str:
    """combat.toml, in the form of a scenario's parameters.toml."""
    problems: list[Problem] = []
    scenario: dict[str, Parameter] = read_parameters(known.SCENARIO, problems)
    if problems:
        raise DataError(problems)
    from tairiku.study.battles.fitting import plan

    logarithmic = {free.name for free in plan()[0] if free.logarithmic}
    lines = [HEAD]
    for name in sorted(found, key=lambda n: (n.startswith("battles."), list(found).index(n))):
        value = found[name]
        off = 2 * doubt.get(name, 0.0)
        low, high = value - off, value + off
        if name in logarithmic:
            low, high = value * 10**-off, value * 10**off
        unit, reason = OWN.get(name, ("", ""))
        if not unit:
            unit, reason = scenario[name].unit, scenario[name].reason
        lines += [
            f"[{name}]",
            f"value = {value:.6g}",
            f"range = [{low:.4g}, {high:.4g}]",
            f'unit = "{unit}"',
            f'reason = "{reason}"',
            f'basis = "estimate: fitted on the {battles} battles of the calibration part of CDB90"',
            "",
        ]
    return "\n".join(lines)


def main() -> None:
    """Fit and write."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("battles", type=Path)
    path = reader.parse_args().battles
    use_cache()
    from tairiku.study.battles.crossed import FOLDER, seen_of
    from tairiku.study.battles.fighting import lay_out
    from tairiku.study.battles.fitting import Seen, fit_all, folds_of, part_of

    battles, outcomes = read_battles(path), read_outcomes(path)
    _, seen = seen_of(outcomes)
    scenario = known.scenario_constants()
    guns = unknown_guns(battles)
    field = lay_out(battles, guns, scenario["combat.gun_at"])
    base = {"battles.unknown_guns": guns}
    found, doubt = fit_all(field, seen, base, guns)
    (FOLDER / "combat.toml").write_text(toml(found, doubt, len(battles)), encoding="utf-8")
    fold = folds_of(seen.group, FOLDS)
    rows: list[tuple[int, str, float]] = []
    for k in range(FOLDS):
        rest = fold != k
        part = Seen(seen.log10[rest], seen.won[rest], seen.group[rest])
        fitted, _ = fit_all(part_of(field, rest), part, base, guns)
        rows += [(k, name, float(f"{value:.8g}")) for name, value in fitted.items()]
        print(f"fold {k}: fitted on {int(rest.sum())} battles, left out {int((~rest).sum())}")
    (FOLDER / "combat_folds.csv").write_bytes(table(["fold", "constant", "value"], rows))
    groups = sorted({(str(g), int(k)) for g, k in zip(seen.group, fold, strict=True)})
    (FOLDER / "combat_groups.csv").write_bytes(table(["group", "fold"], groups))


if __name__ == "__main__":
    main()
