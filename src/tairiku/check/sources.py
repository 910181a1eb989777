"""The check of what the texts say: source_values.csv, source_cells.csv, and the scenario by each.

A cell must name a value, a row and a column that there are, repeat what the reconciled tables
have, and lie in its range; the cells of a total must sum to it; and by each text the forces must
hold together as the reconciled ones do.
"""

import csv
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tairiku.base.errors import Problem
from tairiku.check.forces import check_forces
from tairiku.check.reading import Files
from tairiku.scenario.load import TABLES
from tairiku.scenario.sources import (
    CELLS_FILE,
    TEXTS,
    VALUES_FILE,
    SourceCell,
    overlaid,
    row_name,
)

PLANS = ("tasks", "roles", "phases")


def check_sources(files: Files) -> None:
    """Add what is wrong with the values and cells of the texts; nothing where there are none."""
    here = [name for name in (VALUES_FILE, CELLS_FILE) if (files.folder / name).is_file()]
    if not here:
        return
    if len(here) == 1:
        other = CELLS_FILE if here[0] == VALUES_FILE else VALUES_FILE
        what = f"stands alone; {other} belongs to it"
        files.problems.append(Problem(f"{files.folder.name}/{here[0]}", None, "", "", what))
        return
    files.unique("source_values")
    for line, value in files.of("source_values"):
        files.basis("source_values", line, value.basis)
        for text in TEXTS:
            if getattr(value, text) and not value.claims(text):
                what = f"rests on no claim ({value.id}); name them in {text}_claims"
                files.say("source_values", line, text, getattr(value, text), what)
    before = len(files.problems)
    rows = _rows_by_name(files)
    seen: dict[tuple[str, str, str], int] = {}
    for line, cell in files.of("source_cells"):
        files.basis("source_cells", line, cell.basis)
        _cell(files, line, cell, rows)
        key = (cell.file, cell.row, cell.field)
        if key in seen:
            what = f"stands already in line {seen[key]}; keep one"
            files.say("source_cells", line, "field", cell.name, what)
        seen.setdefault(key, line)
    if len(files.problems) == before and not {"source_values", "source_cells"} & files.faulty:
        _sums(files)
        for text in TEXTS:
            _forces(files, text)


def _rows_by_name(files: Files) -> dict[str, dict[str, Any] | None]:
    """Rows of every table that cells may change, by name; None where a table has faults."""
    found: dict[str, dict[str, Any] | None] = {}
    for table in (*TABLES, "bridges"):
        if table in files.faulty:
            found[table] = None
            continue
        found[table] = {_name(table, row): row for _, row in files.of(table)}
    return found


def _name(table: str, row: Any) -> str:
    given = {name: value for name, value in row.__dict__.items() if value is not None}
    try:
        return row_name(table, given)
    except KeyError:  # a table without names of rows, such as control.csv
        return ""


def _cell(
    files: Files, line: int, cell: SourceCell, rows: Mapping[str, Mapping[str, Any] | None]
) -> None:
    values = files.ids("source_values")
    for value in cell.values:
        files.known("source_cells", line, "value", value, VALUES_FILE, values, "a value")
    if not any(getattr(cell, text) for text in TEXTS):
        files.say("source_cells", line, "de", "", f"is empty like zh ({cell.name}); remove the row")
    if cell.file == "scenario" or cell.file.startswith("plans/"):
        _elsewhere(files, line, cell)
        return
    if not files.known("source_cells", line, "file", cell.file, "the scenario", rows, "a table"):
        return
    table = rows[cell.file]
    where = f"{cell.file}.csv"
    if table is None or not files.known(
        "source_cells", line, "row", cell.row, where, table, "a row"
    ):
        return
    row = table[cell.row]
    ranged = hasattr(row, f"{cell.field}_best")
    if not ranged and cell.field not in type(row).model_fields:
        fields = [f.removesuffix("_best") for f in type(row).model_fields]
        files.known("source_cells", line, "field", cell.field, where, fields, "a column")
        return
    now = getattr(row, f"{cell.field}_best" if ranged else cell.field)
    if not _same(now, cell.reconciled):
        what = f"is not what {where} has ({_text(now)}); run tools/build_scenario.py"
        files.say("source_cells", line, "reconciled", cell.reconciled, what)
    if ranged:
        _range(files, line, cell)


def _elsewhere(files: Files, line: int, cell: SourceCell) -> None:
    """Cells of scenario.toml and of the plans; rows and conditions are read with the plans."""
    if cell.file == "scenario":
        if cell.field not in ("first_day", "last_day"):
            what = "cannot differ by text; first_day and last_day can"
            files.say("source_cells", line, "field", cell.field, what)
        elif cell.reconciled != getattr(files, cell.field).isoformat():
            what = f"is not what scenario.toml has ({getattr(files, cell.field)})"
            files.say("source_cells", line, "reconciled", cell.reconciled, what)
    elif not (files.folder / f"{cell.file}.csv").is_file() or not cell.file.endswith(PLANS):
        what = "is no table of a plan; write plans/japan/tasks, roles or phases"
        files.say("source_cells", line, "file", cell.file, what)
    else:
        _in_plan(files, line, cell)


def _in_plan(files: Files, line: int, cell: SourceCell) -> None:
    path = files.folder / f"{cell.file}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row_name(cell.file, row) == cell.row]
    if len(rows) != 1:
        what = f"is {'the name of several rows' if rows else 'no row'} of {cell.file}.csv"
        files.say("source_cells", line, "row", cell.row, what)
    elif cell.field not in rows[0]:
        files.say("source_cells", line, "field", cell.field, f"is no column of {cell.file}.csv")
    elif rows[0][cell.field] != cell.reconciled:
        what = (
            f"is not what {cell.file}.csv has ({rows[0][cell.field]}); run tools/build_scenario.py"
        )
        files.say("source_cells", line, "reconciled", cell.reconciled, what)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _same(value: Any, text: str) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return float(text) == float(value)
        except ValueError:
            return False
    return _text(value) == text


def _range(files: Files, line: int, cell: SourceCell) -> None:
    try:
        low, high = float(cell.low), float(cell.high)
        said = {text: float(getattr(cell, text)) for text in TEXTS if getattr(cell, text)}
    except ValueError as error:
        what = f"is not a number ({error}); a figure needs low, high and digits"
        files.say("source_cells", line, "low", cell.low, what)
        return
    for text, figure in {**said, "reconciled": float(cell.reconciled)}.items():
        if not low <= figure <= high:
            what = f"is not between low {cell.low} and high {cell.high} ({cell.name}); order them"
            files.say("source_cells", line, text, f"{figure:g}", what)


def _sums(files: Files) -> None:
    """The cells of a total sum to it, by each text that gives it and reconciled."""
    for line, value in files.of("source_values"):
        if value.kind != "sum":
            continue
        parts = [cell for _, cell in files.of("source_cells") if value.id in cell.values]
        for name in (*TEXTS, "reconciled"):
            wanted = getattr(value, name)
            if wanted and (found := sum(float(c.said(name)) for c in parts)) != float(wanted):
                what = f"is not the sum of its cells, {found:g} ({value.id})"
                files.say("source_values", line, name, wanted, what)


def _forces(files: Files, text: str) -> None:
    """What does not hold together when the text has its way."""
    cells = [cell for _, cell in files.of("source_cells")]
    path = files.paths["source_cells"]
    told = replace(files, rows=dict(files.rows), problems=[])
    for table in sorted({c.file for c in cells if c.file in TABLES}):
        if table in files.faulty:
            return
        numbered = files.rows.get(table, [])
        rows = overlaid(table, [row for _, row in numbered], cells, text, path, told.problems)
        lines = [line for line, _ in numbered]
        told.rows[table] = list(zip(lines, rows, strict=True))
    check_forces(told)
    known = set(files.problems)
    for problem in told.problems:
        if problem not in known:
            what = f"{problem.message} (as '{text}' has it, {CELLS_FILE})"
            files.problems.append(replace(problem, message=what))
