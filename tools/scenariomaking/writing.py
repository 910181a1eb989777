"""Reading and writing tables: the same rows always give the same bytes."""

import csv
from pathlib import Path

from writing import Cell, differing, table, write

__all__ = ["Cell", "Row", "differing", "read_rows", "table", "write"]

Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a CSV file, each a dict of text by column name."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
