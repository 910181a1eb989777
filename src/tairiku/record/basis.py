"""What the scenario rests on: the column ``basis`` of its files, read as plain data.

A basis is ``claim:ID``, ``fact:FILE#ID`` or ``estimate: why``, several joined by ``;``.  A fact is
a row of a compiled table, so that it leads to the claims that were made of that row.
"""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tairiku.base.files import DATA
from tairiku.record.compiled import KEYS, row_name
from tairiku.record.load import Record

SCENARIO = DATA / "scenarios" / "ichigo"

# columns that name a row where it has no id
_KEYS = KEYS | {
    "weather": ("region", "month"),
    "plans/china/roles": ("who", "role"),
    "plans/china/templates": ("role", "step"),
    "plans/japan/tasks": ("who", "step"),
}
SOURCE_CELLS = "source_cells"  # cells of other tables as the texts have them


@dataclass(frozen=True, slots=True)
class Basis:
    """One part of the basis of one row of a scenario."""

    file: str  # such as units, parameters, plans/japan/tasks
    row: str  # such as jp-37d, combat.ka, jp-11a@yokoyama
    kind: str  # claim, fact or estimate
    what: str  # id of the claim, FILE#ID of the fact, or why
    values: tuple[tuple[str, str], ...]  # the cells that rest on it: column, value

    @property
    def name(self) -> str:
        """The row as ``units#jp-37d``."""
        return f"{self.file}#{self.row}"

    @property
    def text(self) -> str:
        """This part as written."""
        return (
            f"{self.kind}: {self.what}" if self.kind == "estimate" else f"{self.kind}:{self.what}"
        )


def scenario_basis(folder: Path = SCENARIO) -> list[Basis]:
    """Return every part of every basis in the files of a scenario.

    Parameters
    ----------
    folder
        Folder of the scenario; its CSV and TOML files are read, those of its plans and variants
        too.
    """
    found: list[Basis] = []
    for path in sorted(folder.rglob("*.csv")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                cells = tuple((k, v) for k, v in row.items() if v and k not in ("basis", "id"))
                found += _parts(name, _row(name, row), row.get("basis") or "", cells)
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for row_, table in _tables(data, ""):
            cells = tuple((k, str(v)) for k, v in table.items() if isinstance(v, int | float | str))
            found += _parts(name, row_, table["basis"], cells)
    return found


def _row(name: str, row: dict[str, str]) -> str:
    if name == SOURCE_CELLS:
        return f"{row['file']}#{row['row']}.{row['field']}"
    first, second = _KEYS.get(name, ("", ""))
    first = first if first in row else "id" if "id" in row else next(iter(row))
    other = row.get(second, "") if second else ""
    return f"{row[first]}@{other}" if other else row[first]


def _tables(data: dict[str, Any], above: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(data.get("basis"), str):
        yield above, data
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _tables(value, f"{above}.{key}".lstrip("."))


def _parts(file: str, row: str, text: str, values: tuple[tuple[str, str], ...]) -> Iterator[Basis]:
    for part in text.split(";"):
        kind, _, what = part.strip().partition(":")
        if kind in ("claim", "fact", "estimate"):
            yield Basis(file, row, kind, what.strip(), values)


def claims_by_row(record: Record) -> dict[str, list[str]]:
    """Return the claims of compiled sources by the row they were made of, as facts name it."""
    found: dict[str, list[str]] = {}
    for claim in record.claims.values():
        if record.sources[record.source_of[claim.id]].kind == "compiled":
            found.setdefault(row_name(claim.locator).basis, []).append(claim.id)
    return found


def claims_of(basis: Basis, record: Record, by_row: dict[str, list[str]]) -> list[str]:
    """Return the ids of the claims that a part of a basis leads to; an estimate has none.

    Parameters
    ----------
    by_row
        What `claims_by_row` returns, made once for many parts.
    """
    if basis.kind == "claim":
        return [basis.what] if basis.what in record.claims else []
    if basis.kind != "fact":
        return []
    found = by_row.get(basis.what, [])
    _, at, which = basis.row.partition("@")
    # of the many posts of a headquarters, the one that the row of the scenario is about
    same = [id_ for id_ in found if record.claims[id_].locator.endswith(f"{at}{which}")]
    return same if at and same else found
