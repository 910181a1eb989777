"""The rows of compiled tables: what a locator names in a source that is no text.

``units#jp-37d`` is the row of `units.csv` whose id is ``jp-37d``.  In tables without an id the
formation stands in its place, and where one formation has several rows, what tells them apart
follows an ``@``: ``leaders#jp-11a@yokoyama`` by the person, ``command#jp-37d@1944-07-20`` by the
first day.  ``units#on_plan_roll=yes`` names all rows with that word in that column, and
``units#under=cn-1wz`` all units that stood under a formation on the first day, by `command.csv`;
figures of several rows are their sums.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tairiku.record.models import Claim

Row = dict[str, str]

_LOCATOR = re.compile(r"([a-z_]+)#([a-z0-9_.-]+|[A-Z][A-Z0-9]+)(?:@([a-z0-9-]+)|=([a-z0-9-]+))?")

# the column that names a row, and the one that tells rows of the same name apart
KEYS = {
    "air_units": ("id", ""),
    "airfields": ("id", ""),
    "command": ("formation_id", "from_date"),
    "depots": ("id", ""),
    "leaders": ("formation_id", "person_id"),
    "logistics": ("id", ""),
    "units": ("id", ""),
}


FIRST_DAY = "1944-04-17"


@dataclass(frozen=True, slots=True)
class RowName:
    """What a locator of a compiled table says: table, row, and what tells it from others."""

    table: str
    row: str  # the row's name, or the column of a choice
    which: str = ""  # tells rows of the same name apart
    word: str = ""  # the word in the column that chooses rows

    @property
    def basis(self) -> str:
        """The row as the column ``basis`` of a scenario writes it, after ``fact:``."""
        return f"{self.table}#{self.row}"


def row_name(locator: str) -> RowName:
    """Return what a locator of a compiled table names.

    >>> row_name("leaders#jp-11a@yokoyama").which
    'yokoyama'

    Raises
    ------
    ValueError
        The text is no such locator.
    """
    found = _LOCATOR.fullmatch(locator)
    if found is None or found[1] not in KEYS:
        tables = ", ".join(KEYS)
        what = f"names no row; write TABLE#ROW, such as units#jp-37d, with a table of {tables}"
        raise ValueError(f"'{locator}' {what}")
    return RowName(found[1], found[2], found[3] or "", found[4] or "")


@cache
def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows_of(name: RowName, folder: Path) -> list[Row]:
    """Return the rows that a locator names in a folder of compiled tables; none if it is wrong."""
    path = folder / f"{name.table}.csv"
    if not path.is_file():
        return []
    if name.row == "under":
        known = under(name.word, _rows(folder / "command.csv"))
        return [row for row in _rows(path) if row["id"] in known and present(row)]
    if name.word:
        return [row for row in _rows(path) if row.get(name.row) == name.word]
    column, other = KEYS[name.table]
    found = [row for row in _rows(path) if row[column] == name.row]
    return [row for row in found if not other or not name.which or row[other] == name.which]


def present(row: Row) -> bool:
    """Tell whether a unit was in the theatre on the first day."""
    return max(row["arrives"], row["raised_on"]) <= FIRST_DAY


def under(formation: str, command: Iterable[Row]) -> set[str]:
    """Return the formations that stood under one on the first day, at whatever remove."""
    over: dict[str, str] = {}
    for row in command:
        if row["from_date"] <= FIRST_DAY and (not row["to_date"] or row["to_date"] >= FIRST_DAY):
            # who is attached to another stands under him, wherever he belongs
            if row["kind"] == "attached" or row["formation_id"] not in over:
                over[row["formation_id"]] = row["superior_id"]
    found: set[str] = set()
    for id_ in over:
        chain = [id_]
        while chain[-1] in over and chain[-1] != formation:
            chain.append(over[chain[-1]])
        if chain[-1] == formation:
            found.update(chain[:-1])
    return found


def unproven(claims: Iterable[Claim], folder: Path) -> list[tuple[Claim, str]]:
    """Return the claims whose printed figures are not in the rows they name, and what is wrong."""
    found = []
    for claim in claims:
        name = row_name(claim.locator)
        rows = rows_of(name, folder)
        if not rows:
            found.append((claim, f"no row {claim.locator} in {folder.name}"))
            continue
        there = _sums(rows) if name.word else {cell for row in rows for cell in row.values()}
        pieces = {piece for cell in there for piece in re.split(r"[:;]", cell)}
        absent = [figure for figure in claim.figures if figure not in there | pieces]
        if absent:
            found.append((claim, f"{', '.join(absent)} not in {claim.locator}"))
    return found


def _sums(rows: list[Row]) -> set[str]:
    numbers = [c for c, cell in rows[0].items() if re.fullmatch(r"\d+", cell)]
    return {
        str(sum(int(row[c]) for row in rows))
        for c in numbers
        if all(row[c].isdigit() for row in rows)
    }
