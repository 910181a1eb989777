"""Reading a scenario for the check: every file by itself, with its line numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tairiku.base.errors import Problem
from tairiku.base.files import DATA, shown
from tairiku.base.hexes import Grid
from tairiku.base.tables import near, read_numbered, read_record, read_toml
from tairiku.scenario import map_models, mapdata, models
from tairiku.scenario.load import SCENARIOS, TABLES, read_parameters
from tairiku.scenario.sources import SourceCell, SourceValue

EXTRA = {"mechanisms": models.Mechanism, "objectives": models.Objective}
OWN = {"source_values": SourceValue, "source_cells": SourceCell}  # never those of the parent
_PART = re.compile(
    r"claim:[A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9_.]+)+|fact:[A-Za-z_]+#\S.*|estimate: ?\S.*"
)
_JOINT = re.compile(r";(?=\s*(?:claim|fact|estimate):)")


@dataclass
class Files:
    """A scenario's files as read: sound rows by table, the tables with faults, all problems."""

    folder: Path
    parent: Path | None
    first_day: date
    last_day: date
    paths: dict[str, Path] = field(default_factory=dict)
    rows: dict[str, list[tuple[int, Any]]] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    parameters: dict[str, models.Parameter] = field(default_factory=dict)
    grid: Grid | None = None
    problems: list[Problem] = field(default_factory=list)

    def say(self, table: str, line: int | None, name: str, value: Any, what: str) -> None:
        """Add a problem in a row of a table."""
        file = shown(self.paths[table]) if table in self.paths else table
        self.problems.append(Problem(file, line, name, str(value), what))

    def of(self, table: str) -> Iterator[tuple[int, Any]]:
        """Yield (line, row) of a table's sound rows."""
        yield from self.rows.get(table, [])

    def ids(self, table: str, name: str = "id") -> dict[str, Any] | None:
        """Return a table's rows by id, or None where faults make the table incomplete."""
        if table in self.faulty:
            return None
        return {str(getattr(row, name)): row for _, row in self.rows.get(table, [])}

    def known(
        self, table: str, line: int, name: str, value: str, where: str, known: Any, what: str
    ) -> bool:
        """Add a problem unless ``value`` is among ``known`` (None: cannot be told)."""
        if known is None or value in known:
            return True
        self.say(table, line, name, value, f"is not {what} of {where}{near(value, known)}")
        return False

    def unique(self, table: str, name: str = "id") -> None:
        """Add a problem for every id that stands twice."""
        seen: dict[str, int] = {}
        for line, row in self.of(table):
            key = str(getattr(row, name))
            if key in seen:
                self.say(table, line, name, key, f"stands already in line {seen[key]}; keep one")
            seen.setdefault(key, line)

    def basis(self, table: str, line: int | None, text: str, name: str = "basis") -> None:
        """Add a problem for every part of a basis that breaks its grammar."""
        for part in _JOINT.split(text):
            if not _PART.fullmatch(part.strip()):
                remedy = "write claim:ID, fact:FILE#ID or estimate: why, joined by ';'"
                self.say(table, line, name, part.strip(), f"is no basis; {remedy}")


def read_files(folder: Path) -> Files:
    """Return every file of a scenario as far as it can be read."""
    problems: list[Problem] = []
    table = read_toml(folder / "scenario.toml", problems)
    head = None
    if table:
        path = folder / "scenario.toml"
        head = read_record(path, table, models.ScenarioFile, "", problems)
    if head is None:
        return Files(folder, None, date.min, date.max, problems=problems, faulty={"scenario"})
    parent = SCENARIOS / head.parent if head.parent else None
    files = Files(folder, parent, head.first_day, head.last_day, problems=problems)
    files.paths["scenario"] = folder / "scenario.toml"
    if head.last_day < head.first_day:
        files.say("scenario", None, "last_day", head.last_day, "lies before first_day")
    if head.basis:
        files.basis("scenario", None, head.basis)
    else:
        files.say("scenario", None, "basis", "", "is missing; say what the two days rest on")
    if parent is not None and not parent.is_dir():
        files.say("scenario", None, "parent", head.parent, "is no scenario that comes with Tairiku")
        files.parent = None
    for name, model in {**TABLES, **EXTRA}.items():
        own = folder / f"{name}.csv"
        if not own.is_file() and files.parent is not None:
            own = files.parent / f"{name}.csv"
        if name in EXTRA and not own.is_file():
            continue
        _read(files, name, own, model)
    for name, model in OWN.items():
        if (folder / f"{name}.csv").is_file():
            _read(files, name, folder / f"{name}.csv", model)
    _parameters(files)
    _map(files, DATA / "map" if head.map == "built-in" else folder / head.map)
    return files


def _read(files: Files, name: str, path: Path, model: Any) -> None:
    before = len(files.problems)
    files.paths[name] = path
    files.rows[name] = read_numbered(path, model, files.problems)
    if len(files.problems) > before:
        files.faulty.add(name)


def _parameters(files: Files) -> None:
    path = files.folder / "parameters.toml"
    if not path.is_file() and files.parent is not None:
        path = files.parent / "parameters.toml"
    files.paths["parameters"] = path
    before = len(files.problems)
    files.parameters = read_parameters(path, files.problems)
    if len(files.problems) > before:
        files.faulty.add("parameters")


def _map(files: Files, folder: Path) -> None:
    files.paths["grid"] = folder / "grid.toml"
    table = read_toml(folder / "grid.toml", files.problems)
    if table:
        path = folder / "grid.toml"
        grid = read_record(path, table, map_models.GridFile, "", files.problems)
        if grid is not None:
            g = grid.grid
            files.grid = Grid(g.cols, g.rows, g.pitch_km, g.origin_x_km, g.origin_y_km)
    for name, model in mapdata.TABLES.items():
        _read(files, name, folder / f"{name}.csv", model)
