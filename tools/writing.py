"""Writing tables for every maker of data: the same rows always give the same bytes."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

Cell = str | int | float | None


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file in UTF-8 with Unix line ends.

    Raises
    ------
    ValueError
        A row has another number of cells than the header.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"row {row!r} has {len(row)} cells, the header {len(header)}")
        writer.writerow(["" if cell is None else cell for cell in row])
    return text.getvalue().encode()


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files into a folder."""
    for name, content in files.items():
        (folder / name).write_bytes(content)


def differing(folder: Path, files: dict[str, bytes]) -> list[str]:
    """Return the names of files that are missing in a folder or hold other bytes."""
    return [
        name
        for name, content in files.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != content
    ]
