"""The bodies of `tairiku validate combat`: battles in, predictions and scores out."""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from tairiku.base.errors import RequestError
from tairiku.base.files import write_whole
from tairiku.base.kernels import use_cache
from tairiku.study.battles import constants as known
from tairiku.study.battles.table import read_battles, read_outcomes

LEAST_RUNS = 20


@contextmanager
def _progress(console: Console, quiet: bool) -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:3.0f}%"))
    off = quiet or not console.is_terminal
    with Progress(*columns, console=console, disable=off, transient=True) as progress:
        yield progress


def combat(
    battles: Path,
    *,
    output: Path,
    runs: int,
    seed: int,
    crossed: bool,
    force: bool,
    as_json: bool,
) -> int:
    """`tairiku validate combat`."""
    if runs < LEAST_RUNS:
        raise RequestError(f"{runs} runs tell no interval; give {LEAST_RUNS} or more with --runs")
    if output.exists() and not force:
        raise RequestError(f"'{output}' is there already; choose another, or give --force")
    rows = read_battles(battles)
    outcomes = read_outcomes(battles)
    use_cache()
    from tairiku.study.battles import crossed as folds
    from tairiku.study.battles import fighting, summary

    constants = known.fitted_constants()
    gun_at = known.scenario_constants()["combat.gun_at"]
    field = fighting.lay_out(rows, constants["battles.unknown_guns"], gun_at)
    lost, seen = folds.seen_of(outcomes)
    fold = None
    console = Console(highlight=False)
    with _progress(Console(stderr=True), as_json) as progress:
        task = progress.add_task(f"{len(rows)} battles, {runs} runs", total=runs)

        def on_runs(done: float) -> None:
            progress.update(task, advance=done)

        if crossed:
            groups, by_fold = folds.read_folds()
            fold = folds.fold_of(outcomes, groups)
            fought, chance = folds.fight_crossed(field, fold, by_fold, runs, seed, on_runs)
        else:
            fought = fighting.fight(field, constants, runs, seed, on_runs=on_runs)
            chance = folds.chances(fought, constants)
    write_whole(output, summary.predictions(rows, fought, chance))
    found: dict[str, Any] = {
        "battles": len(rows),
        "runs": runs,
        "seed": seed,
        "cross_validated": crossed,
        "predictions": str(output),
        "scores": None,
    }
    if any(o.attacker_casualty_fraction is not None for o in outcomes) and any(
        o.defender_casualty_fraction is not None for o in outcomes
    ):
        found["scores"] = summary.scores(fought, chance, lost, seen)
        if fold is not None:
            found["published_laws"] = summary.law_scores(rows, lost, seen, fold)
    if as_json:
        print(json.dumps(_plain(found), ensure_ascii=False, indent=1))
        return 0
    _tell(console, found)
    return 0


def _plain(found: Any) -> Any:
    """The same with text as keys and nothing that is not a number."""
    if isinstance(found, dict):
        return {str(key): _plain(value) for key, value in found.items()}
    if isinstance(found, float) and not math.isfinite(found):
        return None
    return found


def _tell(console: Console, found: dict[str, Any]) -> None:
    console.print(f"{found['battles']} battles, {found['runs']} runs each, seed {found['seed']}")
    console.print(f"Predictions, medians of the runs: {found['predictions']}", soft_wrap=True)
    scores = found["scores"]
    if scores is None:
        console.print("The file tells no outcomes: nothing to score.")
        return
    if found["cross_validated"]:
        console.print("Every battle by constants fitted without its campaign.")
    else:
        console.print("Scores of battles that the constants were fitted on are too good.")
    table = Table(pad_edge=False)
    table.add_column("RMSE of log10 of the fraction lost")
    for name in ("attacker", "defender", "ratio"):
        table.add_column(name, justify="right")
    rows = {"Tairiku": scores["casualties"], **found.get("published_laws", {})}
    for name, entry in rows.items():
        table.add_row(name, *(f"{entry[key]:.3f}" for key in ("attacker", "defender", "ratio")))
    console.print(table)
    winner = scores["winner"]
    if math.isfinite(winner["accuracy"]):
        console.print(
            f"winner: accuracy {winner['accuracy']:.3f}, log-loss {winner['log_loss']:.3f}, "
            f"Brier {winner['brier']:.3f}"
        )
    for side, entry in scores["coverage"].items():
        inside = ", ".join(f"{100 * level:g} %: {100 * v:.0f} %" for level, v in entry.items())
        console.print(f"within the runs' interval, {side}: {inside}")
