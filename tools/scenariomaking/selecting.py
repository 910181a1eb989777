"""The scenario's reconciled tables as text: rows by name, cells by column, units by selection."""

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scenariomaking.forces import FIRST_DAY
from tairiku.scenario.sources import row_name

Row = Mapping[str, str]


class Base:
    """Tables by name (``units``, ``plans/japan/tasks``), each a list of rows in their order."""

    def __init__(self, tables: Mapping[str, Sequence[Row]]) -> None:
        self.tables = tables
        self._by_name: dict[str, dict[str, Row]] = {}

    @classmethod
    def of(cls, folder: Path, map_folder: Path, made: Mapping[str, bytes]) -> "Base":
        """Read a scenario's folder and its bridges; ``made`` files go before those on disk."""
        tables: dict[str, Sequence[Row]] = {}
        paths = [*folder.glob("*.csv"), *folder.glob("plans/*/*.csv")]
        for path in sorted(paths):
            name = path.relative_to(folder).with_suffix("").as_posix()
            tables[name] = _rows(made.get(path.name, path.read_bytes()))
        for file, content in made.items():
            tables[file.removesuffix(".csv")] = _rows(content)
        tables["bridges"] = _rows((map_folder / "bridges.csv").read_bytes())
        head = tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8"))
        tables["scenario"] = [{key: str(value) for key, value in head.items()}]
        return cls(tables)

    def name(self, file: str, row: Row) -> str:
        """The name of a row, as cells name it."""
        return row_name(file, row)

    def row(self, file: str, name: str) -> Row:
        """The row of that name.

        Raises
        ------
        ValueError
            There is no such table or row, or two rows have the name.
        """
        if file not in self.tables:
            raise ValueError(f"'{file}' is no table of the scenario")
        if file not in self._by_name:
            found: dict[str, Row] = {}
            twice: set[str] = set()
            for row in self.tables[file]:
                key = row_name(file, row)
                (twice.add if key in found else lambda _: None)(key)
                found[key] = row
            self._by_name[file] = {k: row for k, row in found.items() if k not in twice}
        if name not in self._by_name[file]:
            raise ValueError(f"'{name}' is no row of {file}, or the name of two")
        return self._by_name[file][name]

    def cell(self, file: str, name: str, column: str) -> str:
        """The text of a cell."""
        row = self.row(file, name)
        if column not in row:
            raise ValueError(f"'{column}' is no column of {file}")
        return row[column]

    def best(self, file: str, row: Row, stem: str) -> str:
        """The reconciled figure of a row: its column, or the best of a figure with its range."""
        return row[f"{stem}_best"] if f"{stem}_best" in row else row[stem]

    def value(self, file: str, name: str, column: str) -> str:
        """The reconciled value of a cell, figures with a range named by their stem."""
        row = self.row(file, name)
        return row[f"{column}_best"] if f"{column}_low" in row else self.cell(file, name, column)

    def range(self, file: str, name: str, stem: str) -> tuple[float, float, float] | None:
        """Low, best and high of a figure with a range; None of any other."""
        row = self.row(file, name)
        if f"{stem}_low" not in row:
            return None
        low, best, high = (float(row[f"{stem}_{mark}"]) for mark in ("low", "best", "high"))
        return low, best, high

    def superior(self) -> dict[str, str]:
        """Who commands each formation on the first morning; attachment goes before the rest."""
        found: dict[str, str] = {}
        for row in self.tables["command"]:
            begun = row["from_date"] <= FIRST_DAY
            if begun and (not row["to_date"] or row["to_date"] >= FIRST_DAY):
                if row["formation_id"] not in found or row["kind"] == "attached":
                    found[row["formation_id"]] = row["superior_id"]
        return found


def _rows(content: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def chosen(base: Base, select: Mapping[str, Any]) -> list[Row]:
    """Return the rows that a rule selects, in the order of their table.

    Parameters
    ----------
    select
        ``file``, and any of ``ids``, ``side``, ``types``, ``under`` (formations, with all below
        them on the first day) and ``on_plan_roll``; what is not given selects all.

    Raises
    ------
    ValueError
        An id that no row has.
    """
    rows = base.tables[select["file"]]
    if "ids" in select:
        return [base.row(select["file"], id_) for id_ in select["ids"]]
    above = base.superior()

    def taken(row: Row) -> bool:
        if "side" in select and row["side"] != select["side"]:
            return False
        if "types" in select and row["type"] not in select["types"]:
            return False
        if "on_plan_roll" in select and (row["on_plan_roll"] == "yes") != select["on_plan_roll"]:
            return False
        if "under" in select:
            seen = row["id"]
            while seen and seen not in select["under"]:
                seen = above.get(seen, "")
            return bool(seen)
        return True

    return [row for row in rows if taken(row)]
