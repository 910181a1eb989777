"""The bodies of `tairiku mechanisms`: list the table, measure the effects."""

import math
import os
from dataclasses import asdict
from pathlib import Path
from threading import Lock

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from tairiku.base.errors import RequestError
from tairiku.commands import _compile, _console, _print_json
from tairiku.scenario.load import load_scenario


def list_mechanisms(scenario: str, *, status: str | None, as_json: bool) -> int:
    """`tairiku mechanisms list`."""
    from tairiku.study.mechanisms.table import read_mechanisms

    rows = [r for r in read_mechanisms(load_scenario(scenario)) if status in (None, r.status)]
    if as_json:
        _print_json([row.model_dump(mode="json") for row in rows])
        return 0
    table = Table(pad_edge=False)
    for name in ("id", "mechanism", "status", "carried by", "reason or note"):
        table.add_column(name)
    for row in rows:
        table.add_row(row.id, row.statement, row.status, row.carried_by, row.reason or row.note)
    console = _console()
    console.print(table)
    counts = {name: sum(row.status == name for row in rows) for name in {r.status for r in rows}}
    console.print(", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
    return 0


def effects(
    scenario: str,
    *,
    campaigns: int,
    seed: int,
    only: list[str],
    sources: str,
    threads: int | None,
    output: Path | None,
    as_json: bool,
) -> int:
    """`tairiku mechanisms effects`."""
    if threads is not None and threads < 1:
        raise RequestError(f"{threads} threads cannot play; give 1 or more with --threads")
    loaded = load_scenario(scenario, sources=sources)
    from tairiku.study.mechanisms.table import chosen

    rows = chosen(loaded, only)
    console = _console()
    _compile(console, as_json)
    from tairiku.study.mechanisms.study import measure_effects
    from tairiku.study.mechanisms.telling import tell_effects

    lock = Lock()
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.fields[off]:>5}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("campaigns"),
        TimeRemainingColumn(),
        console=console,
        disable=as_json or not console.is_terminal,
        transient=True,
    ) as progress:
        task = progress.add_task("", total=campaigns * (len(rows) + 1), off="")

        def on_campaign(name: str) -> None:
            with lock:
                progress.update(task, advance=1, off=name)

        found, basis = measure_effects(
            loaded,
            pairs=campaigns,
            seed=seed,
            only=only,
            threads=threads or os.cpu_count() or 1,
            target=output,
            on_campaign=on_campaign,
        )
    if as_json:
        _print_json(
            {
                "basis": asdict(basis),
                "mechanisms": [
                    {
                        "mechanism": measured.mechanism,
                        "pairs": measured.pairs,
                        "differ": measured.differ,
                        "effects": [
                            {**asdict(e), "size": _finite(e.size), "told": e.told}
                            for e in measured.effects
                        ],
                    }
                    for measured in found
                ],
            }
        )
        return 0
    tell_effects(console, rows, found, basis)
    if output is not None:
        console.print(f"Table: {output}", soft_wrap=True)
    return 0


def _finite(value: float) -> float | None:
    """A figure as JSON has it: nothing where it is infinite."""
    return value if math.isfinite(value) else None
