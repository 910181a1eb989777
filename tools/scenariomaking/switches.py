"""Which parameters switch a mechanism off, written into mechanisms.csv from parameters.toml."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from scenariomaking.writing import Cell, Row, table

COLUMNS = (
    "id", "group", "statement", "status", "carried_by", "parameters", "claims", "test", "reason",
    "note",
)  # fmt: skip


def switches(path: Path) -> dict[str, list[str]]:
    """Return the parameters with a neutral value by mechanism."""
    found: dict[str, list[str]] = {}
    for rule, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for name, entry in entries.items():
            if "neutral" in entry:
                for mechanism in entry.get("mechanisms", ()):
                    found.setdefault(mechanism, []).append(f"{rule}.{name}")
    return found


def mechanisms(rows: Iterable[Row], parameters: Path) -> bytes:
    """mechanisms.csv: the hand-kept rows with their column ``parameters`` made anew."""
    off = switches(parameters)
    out: list[list[Cell]] = []
    for row in rows:
        given = {**row, "parameters": "; ".join(sorted(off.get(row["id"], [])))}
        out.append([given[c] for c in COLUMNS])
    return table(COLUMNS, out)
