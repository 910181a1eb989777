"""`whatif`: each change played from the same seeds as the campaign without it."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tairiku.base.errors import RequestError
from tairiku.study.ensembles.ensemble import RUNS, Progress, new_folder, play_parts
from tairiku.study.ensembles.folder import begin, clean, kept, read_manifest, write_json
from tairiku.study.ensembles.plan import Plan, make_plan
from tairiku.study.ensembles.reading import finish as finish_ensemble
from tairiku.study.ensembles.workers import crew
from tairiku.study.whatifs.reading import BASE, MANIFEST, WhatIf, finish

SCHEMA_VERSION = 1
FEWEST = 2  # pairs from which a spread can be told


def whatif(
    *variants: str,
    scenario: str | Path = "ichigo",
    n: int = 100,
    seed: int = 1,
    until: date | str | None = None,
    sources: str = "reconciled",
    changes: Mapping[str, float] | None = None,
    without: Sequence[str] = (),
    workers: int | None = None,
    processes: bool = False,
    cluster: str | None = None,
    folder: str | Path | None = None,
    resume: bool = False,
    on_progress: Progress | None = None,
) -> WhatIf:
    """Play ``n`` campaigns without a change and, from the same seeds, with each of the changes.

    Parameters
    ----------
    variants
        Names of variants, paths of their files, or several of either joined by ``+``.
    changes, without
        Made in both partners of every pair.
    n
        Pairs.
    scenario, seed, until, sources, workers, processes, cluster, folder, resume, on_progress
        As in `tairiku.ensemble`.

    Returns
    -------
    The what-if; not complete if it was stopped by Ctrl-C.

    Raises
    ------
    RequestError, DataError
        What was asked for cannot be, or the folder holds something else; nothing is lost.

    Examples
    --------
    >>> found = whatif("japan-halved", scenario="tiny", n=20)  # doctest: +SKIP
    >>> found.effects()["variants"][0]["effects"][0]["verdict"]  # doctest: +SKIP
    'effect'
    """
    if not variants:
        raise RequestError(
            "name at least one variant; `tairiku scenario variants` lists them, and "
            "docs/studies.md shows how to write one"
        )
    if n < FEWEST:
        raise RequestError(f"{n} pair gives no interval; give {FEWEST} or more with -n")
    shared: dict[str, Any] = {
        "seed": seed,
        "until": until,
        "sources": sources,
        "changes": changes,
        "without": without,
    }
    plans = {BASE: make_plan(scenario, n, **shared)}
    for text in variants:
        plan = make_plan(scenario, n, variant=text, **shared)
        label = _label(plan)
        if label in plans:
            raise RequestError(f"variant '{label}' stands twice (or is called '{BASE}'); rename it")
        plans[label] = plan
    home = Path(folder) if folder is not None else _default_folder(plans, resume)
    _begin(home, plans, resume)
    total = n * len(plans)
    complete = True
    with crew(workers, processes=processes, cluster=cluster) as hands:
        for number, (label, plan) in enumerate(plans.items()):
            before = n * number

            def told(done: int, _: int, before: int = before) -> None:
                if on_progress is not None:
                    on_progress(before + done, total)

            missing = begin(home / label, plan, resume or not (home / label).exists())
            complete = play_parts(home / label, plan, missing, hands, told)
            if not complete:
                break
            finish_ensemble(home / label)
    if complete:
        finish(home)
    return WhatIf(home)


def _label(plan: Plan) -> str:
    variant = plan.scenario.variant
    assert variant is not None
    return variant.name


def _default_folder(plans: Mapping[str, Plan], resume: bool) -> Path:
    first = next(iter(plans.values()))
    labels = [label for label in plans if label != BASE]
    more = f"-and-{len(labels) - 1}-more" if len(labels) > 1 else ""
    scenario = Path(first.asked.scenario).name
    return new_folder(RUNS / f"whatif-{scenario}-{labels[0]}{more}-seed{first.first_seed}", resume)


def _begin(folder: Path, plans: Mapping[str, Plan], resume: bool) -> None:
    """Make the folder, or look that it holds this what-if or a smaller one."""
    if folder.exists() and not resume:
        raise RequestError(
            f"'{folder}' is there already; go on with it by --resume, or choose another with -o"
        )
    labels = [label for label in plans if label != BASE]
    base = plans[BASE]
    if (folder / MANIFEST).is_file():
        lost = [
            label for label in read_manifest(folder, MANIFEST)["variants"] if label not in labels
        ]
        if lost:
            raise RequestError(
                f"'{folder}' also holds {', '.join(lost)}; name them too, or choose another "
                "folder with -o"
            )
    elif folder.is_dir() and any(path.name[0] != "." for path in folder.iterdir()):
        raise RequestError(f"'{folder}' holds no what-if; choose another folder with -o")
    manifest = {
        "kind": "whatif",
        "schema_version": SCHEMA_VERSION,
        "scenario": base.asked.scenario,
        "first_seed": base.first_seed,
        "n": base.n,
        "variants": labels,
    }
    with kept(folder):
        folder.mkdir(parents=True, exist_ok=True)
        clean(folder)
        for stale in ("effects.json", "effects.parquet"):
            (folder / stale).unlink(missing_ok=True)
        write_json(folder / MANIFEST, manifest)
