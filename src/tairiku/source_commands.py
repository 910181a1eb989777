"""The body of `tairiku scenario export`: what differs when a text has its way."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tairiku.base.errors import DataError, Problem, RequestError
from tairiku.base.files import write_whole
from tairiku.scenario.load import Scenario, load_scenario
from tairiku.scenario.sources import CELLS_FILE, SourceCell, Told, read_told
from tairiku.study.sourced import counts, counts_line, entry_of

VALUES = ("id", "what", "unit", "taken", "de", "zh", "reconciled", "low", "high", "claims")
CELLS = ("file", "row", "field", "reconciled", "taken", "low", "high", "value", "basis")


def scenario_export(
    scenario: str, *, sources: str, output: Path | None, force: bool, as_json: bool
) -> int:
    """`tairiku scenario export`."""
    loaded = load_scenario(scenario, sources=sources)
    problems: list[Problem] = []
    told = read_told(loaded.folder, problems)
    if problems:
        raise DataError(problems)
    if told is None:
        raise RequestError(f"scenario '{loaded.name}' has no {CELLS_FILE}: no text tells it")
    entries = [entry_of(value, sources) for value in told.values]
    cells = _differing(told, sources)
    found = {
        "scenario": loaded.name,
        "sources": sources,
        "counts": counts(entries),
        "values": entries,
        "cells": [_cell(cell, sources) for cell in cells],
    }
    if output is not None:
        _write(output, found, force)
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    _tell(found, loaded)
    if output is not None:
        Console(highlight=False).print(f"Written: {output}", soft_wrap=True)
    return 0


def _differing(told: Told, sources: str) -> list[SourceCell]:
    """Cells that are not the reconciled ones; by "sampled" those drawn in a range."""
    if sources == "sampled":
        return [cell for cell in told.cells if cell.low]
    return [cell for cell in told.cells if cell.said(sources) != cell.reconciled]


def _cell(cell: SourceCell, sources: str) -> dict[str, str]:
    row = cell.model_dump()
    taken = "" if sources == "sampled" else cell.said(sources)
    return {name: taken if name == "taken" else row[name] for name in CELLS}


def _write(folder: Path, found: dict[str, Any], force: bool) -> None:
    if folder.exists() and not force:
        raise RequestError(
            f"'{folder}' is there already; choose another folder with -o, or give --force"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(
            f"cannot write to '{folder}' ({error.strerror}); choose another folder with -o"
        ) from error
    for name, columns in (("values", VALUES), ("cells", CELLS)):
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        for row in found[name]:
            parts = [row[column] for column in columns]
            writer.writerow([";".join(p) if isinstance(p, list) else p for p in parts])
        write_whole(folder / f"{name}.csv", text.getvalue().encode())


def _tell(found: dict[str, Any], scenario: Scenario) -> None:
    from tairiku.report.sourced import shown

    console = Console(highlight=False)
    sources = found["sources"]
    table = Table(pad_edge=False)
    for name in ("value", "German text", "Chinese text", "reconciled"):
        table.add_column(name)
    if sources == "sampled":
        table.add_column("drawn in")
    table.add_column("claims")
    for entry in found["values"]:
        if sources in ("de", "zh") and not entry["changed"]:
            continue
        texts = (entry[name] for name in ("de", "zh", "reconciled"))
        cells = [entry["what"], *(shown(scenario, entry["unit"], text)[0] for text in texts)]
        if sources == "sampled":
            cells.append(f"{entry['low']} to {entry['high']}" if entry["low"] else "-")
        table.add_row(*cells, " ".join(entry["claims"]))
    console.print(table)
    console.print(counts_line(found["counts"], sources), soft_wrap=True)
    console.print(f"{len(found['cells']):,} cells of the scenario's files differ.")
