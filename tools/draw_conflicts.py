"""Draw found conflicts by lot for judging by hand; tell the precision of the rules from a sheet.

    uv run python tools/draw_conflicts.py draw tests/record/conflict_sample.csv --seed 1
    uv run python tools/draw_conflicts.py precision tests/record/conflict_sample.csv

A conflict's lot is a digest of the seed and its id, so that who is drawn does not depend on what
else was found.  The sheet holds the conflicts as they stood at the draw, to be filled with
`verdict` (real, not real) and `reason`.  Real is a conflict whose sides, read in the documents,
cannot both hold as its rule says, or, of different scope, look as if they could not.
"""

import argparse
import csv
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from tairiku.record.conflicts import Conflict, find_conflicts
from tairiku.record.load import load_record
from writing import table

VERDICTS = ("real", "not real")
HEADER = ("id", "rule", "nature", "topic", "property", "claims", "says", "verdict", "reason")


def lot(seed: int, conflict: str) -> str:
    """Return what a conflict draws; the lowest are taken."""
    return hashlib.sha256(f"{seed} {conflict}".encode()).hexdigest()


def draw(conflicts: Sequence[Conflict], count: int, seed: int) -> list[Conflict]:
    """Return conflicts drawn by lot, in the order of their lots."""
    return sorted(conflicts, key=lambda c: lot(seed, c.id))[:count]


def row(conflict: Conflict) -> dict[str, str]:
    """Return a conflict as a row to be judged."""
    return {
        "id": conflict.id,
        "rule": conflict.rule,
        "nature": conflict.nature,
        "topic": conflict.topic,
        "property": conflict.property,
        "claims": " | ".join(" ".join(side.claims[:8]) for side in conflict.sides),
        "says": " | ".join(side.says for side in conflict.sides),
        "verdict": "",
        "reason": "",
    }


def precision(rows: Sequence[Mapping[str, str]]) -> list[tuple[str, int, int]]:
    """Return (rule, real, judged) of each rule, and of all together at the end."""
    found = []
    for rule in [*sorted({r["rule"] for r in rows}), ""]:
        judged = [r for r in rows if r["verdict"] in VERDICTS and rule in ("", r["rule"])]
        real = sum(r["verdict"] == "real" for r in judged)
        found.append((rule or "all rules", real, len(judged)))
    return found


def as_table(rows: Sequence[Mapping[str, str]]) -> str:
    """Return the precision by rule as a table in Markdown."""
    lines = ["| rule | judged | real | precision |", "|---|---|---|---|"]
    for rule, real, judged in precision(rows):
        share = f"{real / judged:.2f}" if judged else ""
        lines.append(f"| {rule} | {judged} | {real} | {share} |")
    return "\n".join(lines)


def main() -> None:
    """Draw a sheet, or print the precision of one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("draw", "precision"))
    parser.add_argument("sheet", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    given = parser.parse_args()
    if given.what == "draw":
        rows = [row(c) for c in draw(find_conflicts(load_record()), given.count, given.seed)]
        given.sheet.write_bytes(table(HEADER, ([r[name] for name in HEADER] for r in rows)))
        print(f"{len(rows)} conflicts drawn: {given.sheet}")
    else:
        with given.sheet.open(encoding="utf-8", newline="") as file:
            print(as_table(list(csv.DictReader(file))))


if __name__ == "__main__":
    main()
