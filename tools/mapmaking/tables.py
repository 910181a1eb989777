"""Writing: the same rows always give the same bytes."""

from collections.abc import Iterable, Sequence

from writing import Cell, differing, write
from writing import table as table_of

__all__ = ["Cell", "differing", "number", "table", "write"]


def number(value: float, places: int) -> str:
    """Return a number with at most so many places and no needless zeros."""
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def table(header: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file in UTF-8; the header names the columns with commas.

    Raises
    ------
    ValueError
        A row has another number of cells than the header.
    """
    return table_of(header.split(","), rows)
