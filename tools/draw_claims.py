"""Draw claims by lot for a strict reading, and tell the error rate of a sheet that was read.

    uv run python tools/draw_claims.py draw documents sheet.csv --seed 2 \\
        --excluding docs/record-reading-1.csv --reading sentences.txt
    uv run python tools/draw_claims.py rate docs/record-reading-1.csv docs/record-reading-2.csv

A claim's lot is a digest of the seed and its id, so that who is drawn depends neither on the order
of the files nor on what else they hold.  Each document gives as many claims as its share of all.
The sheet holds the claims as they stood at the draw, to be filled with `verdict` (ok, minor,
wrong), `fault` (what is wrong) and `mended` (how); the sentences go into a file of their own,
because the documents are not part of the repository.
"""

import argparse
import csv
import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path

from scipy.stats import binomtest

from tairiku.record.load import Record, load_record
from tairiku.record.models import Claim, columns_of
from tairiku.record.passages import locators
from tairiku.record.verify import Document, open_documents
from writing import table

VERDICTS = ("ok", "minor", "wrong")
HEADER = (*columns_of(Claim), "verdict", "fault", "mended")


def lot(seed: int, claim: str) -> str:
    """Return what a claim draws; the lowest are taken."""
    return hashlib.sha256(f"{seed} {claim}".encode()).hexdigest()


def draw(
    record: Record, sources: Sequence[str], count: int, seed: int, excluded: Collection[str]
) -> list[Claim]:
    """Return claims drawn by lot, by source in the order of the files.

    Parameters
    ----------
    sources
        Ids of the sources drawn from; each gives claims by its share of all that may be drawn.
    excluded
        Ids of claims that were drawn before.
    """
    left = {s: [c for c in record.of(s) if c.id not in excluded] for s in sources}
    total = sum(len(claims) for claims in left.values())
    found: list[Claim] = []
    for index, source in enumerate(sources):
        share = round(count * len(left[source]) / total)
        number = count - len(found) if index == len(sources) - 1 else share
        drawn = sorted(left[source], key=lambda claim: lot(seed, claim.id))[:number]
        taken = {claim.id for claim in drawn}
        found += [claim for claim in left[source] if claim.id in taken]
    return found


def sentences_of(claim: Claim, document: Document) -> list[str]:
    """Return the sentences that a claim names, each with its locator and heading."""
    wanted = set(locators(claim.locator))
    return [
        f"{p.locator} [{p.heading}] {p.text}"
        for p in document.passages
        if (p.line, p.sentence) in wanted or (p.line, None) in wanted
    ]


def read_sheet(path: Path) -> list[dict[str, str]]:
    """Return the rows of a sheet."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rate(rows: Sequence[dict[str, str]], verdicts: Collection[str]) -> str:
    """Return a share of the rows in words, with its exact 95 % interval (Clopper and Pearson)."""
    hits = sum(row["verdict"] in verdicts for row in rows)
    interval = binomtest(hits, len(rows)).proportion_ci(0.95, method="exact")
    return (
        f"{hits} of {len(rows)}, {hits / len(rows):.1%} "
        f"(95 % interval {interval.low:.1%} to {interval.high:.1%})"
    )


def tell(path: Path) -> list[str]:
    """Return the error rates of a sheet in lines.

    Raises
    ------
    ValueError
        A row has no verdict, another one than those of this tool, or a fault without a word.
    """
    rows = read_sheet(path)
    for row in rows:
        if row["verdict"] not in VERDICTS:
            raise ValueError(f"{path.name}: {row['id']} has the verdict '{row['verdict']}'")
        if (row["verdict"] == "ok") != (not row["fault"]):
            raise ValueError(f"{path.name}: {row['id']} is {row['verdict']}: '{row['fault']}'")
    lines = [path.name]
    for verdicts in (("wrong",), ("minor",), ("wrong", "minor")):
        lines.append(f"  {' or '.join(verdicts):14} {rate(rows, verdicts)}")
    return lines


def main() -> None:
    """Draw a sheet, or print the rates of sheets."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw", help="draw claims by lot")
    drawing.add_argument("documents", type=Path, help="folder with the documents")
    drawing.add_argument("sheet", type=Path, help="CSV file to write")
    drawing.add_argument("--seed", type=int, required=True)
    drawing.add_argument("--count", type=int, default=40)
    drawing.add_argument("--excluding", type=Path, nargs="*", default=[], help="earlier sheets")
    drawing.add_argument("--reading", type=Path, help="text file for the sentences")
    telling = commands.add_parser("rate", help="print the error rates of sheets")
    telling.add_argument("sheets", type=Path, nargs="+")
    options = parser.parse_args()
    if options.command == "rate":
        print("\n".join(line for sheet in options.sheets for line in tell(sheet)))
        return
    record = load_record()
    documents = open_documents(record, [str(options.documents)])
    excluded = {row["id"] for sheet in options.excluding for row in read_sheet(sheet)}
    drawn = draw(record, sorted(documents), options.count, options.seed, excluded)
    rows = [(*claim.as_dict().values(), "", "", "") for claim in drawn]
    options.sheet.write_bytes(table(HEADER, rows))
    if options.reading:
        parts = [
            [claim.id, *sentences_of(claim, documents[record.source_of[claim.id]])]
            for claim in drawn
        ]
        options.reading.write_text("\n\n".join("\n".join(p) for p in parts) + "\n", "utf-8")
    print(f"{len(drawn)} claims drawn with seed {options.seed}, {len(excluded)} left out.")


if __name__ == "__main__":
    main()
