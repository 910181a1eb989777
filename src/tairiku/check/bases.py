"""The check of what values rest on: every file with figures gives a basis, every claim exists.

All CSV and TOML files of the scenario are read as they are, those of plans and variants too, and
the map's tables that have a basis.
"""

import csv
import re
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from tairiku.base.errors import DataError, Problem
from tairiku.base.files import DATA, shown
from tairiku.base.tables import near
from tairiku.check.reading import EXTRA, OWN, Files
from tairiku.record.load import load_record
from tairiku.scenario.load import TABLES

_CLAIM = re.compile(r"\bclaim:([^;\s]+)")
_FIGURE = re.compile(r"-?\d+(?:\.\d+)?|\d{4}-\d{2}(?:-\d{2})?")


def check_bases(files: Files) -> None:
    """Add every claim that a basis names and the record does not hold, and figures without one."""
    try:
        record = load_record()
    except DataError as error:
        what = f"has {len(error.problems)} problems, so that no claim can be looked up"
        remedy = "mend them first (tairiku record check)"
        files.problems.append(Problem("record", None, "", "", f"{what}; {remedy}"))
        return
    for path in sorted(files.folder.rglob("*.csv")):
        in_map = path.parent.name == "map"
        _table(files, path, record.claims, must=not in_map)
    for path in sorted(files.folder.rglob("*.toml")):
        _tree(files, path, record.claims)
    if not (files.folder / "map").is_dir():
        for path in sorted((DATA / "map").glob("*.csv")):
            _table(files, path, record.claims, must=False)


def _table(files: Files, path: Path, known: Collection[str], must: bool) -> None:
    """Look through one table; where a basis is a must, figures without one are faults."""
    name, told = shown(path), path.stem in {*TABLES, *EXTRA, *OWN}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        header = reader.fieldnames or []
        if not must and not any(column.endswith(("basis", "claims")) for column in header):
            return
        try:
            for row in reader:
                basis = row.get("basis") or ""
                every = [v or "" for k, v in row.items() if k and k.endswith("basis")]
                said = [id_ for text in every for id_ in _CLAIM.findall(text)] + _listed(row)
                _unknown(files, name, reader.line_num, "basis", said, known)
                if not must or basis or (told and "basis" in header):
                    continue  # what a table's own model refuses is said there
                if figures := [k for k, v in row.items() if k and v and _is_figure(v)]:
                    what = f"rests on nothing ({figures[0]} is a figure); write its basis"
                    files.problems.append(Problem(name, reader.line_num, "basis", "", what))
                    if "basis" not in header:
                        return
        except csv.Error:
            return  # told where the file was read as a table


def _is_figure(cell: Any) -> bool:
    return isinstance(cell, str) and _FIGURE.fullmatch(cell) is not None


def _listed(row: dict[str, Any]) -> list[str]:
    """Claims named in columns of their own."""
    named = [v for k, v in row.items() if k and v and k.endswith("claims")]
    return [part.strip() for text in named for part in text.split(";") if part.strip()]


def _tree(files: Files, path: Path, known: Collection[str]) -> None:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return  # told where the file was read
    for where, text in _texts(data, ""):
        _unknown(files, shown(path), None, where, _CLAIM.findall(text), known)


def _texts(data: dict[str, Any], above: str) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        where = f"{above}.{key}".lstrip(".")
        if isinstance(value, dict):
            yield from _texts(value, where)
        elif key == "basis" and isinstance(value, str):
            yield where, value
        elif key == "claims" and isinstance(value, list):
            yield where, " ".join(f"claim:{id_}" for id_ in value)


def _unknown(
    files: Files, name: str, line: int | None, where: str, ids: list[str], known: Collection[str]
) -> None:
    for claim in ids:
        if claim not in known:
            what = f"is no claim of the record{near(claim, known)}"
            files.problems.append(Problem(name, line, where, claim, what))
