"""Draw 60 sentences by lot for a reader who has not seen the claims.

    uv run python tools/draw_blind_sample.py ../shared/sources sample.csv

The sheet holds each sentence for reading, so it is not kept in the repository.  The reader writes
a row for every figure and date (copying the row where a sentence has several): `printed` as it
stands, `value` in plain digits and `unit` (men, guns, tanks, vehicles, horses, aircraft, divisions,
km, days ... as in data/record/properties.csv), or `date` in EDTF (1944 where no year is told); a
sentence with none keeps one empty row.  Without its column `text` the sheet becomes
tests/record/blind_marks.csv.
"""

import argparse
from pathlib import Path

from tairiku.record.coverage import draw_sentences
from tairiku.record.load import load_record
from tairiku.record.verify import open_documents
from writing import table

HEADER = ("source", "locator", "printed", "value", "unit", "date", "text")


def main() -> None:
    """Write the sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=Path, help="folder with the documents")
    parser.add_argument("sheet", type=Path, help="CSV file to write, outside the repository")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    documents = open_documents(load_record(), [str(options.documents)])
    drawn = draw_sentences(documents, seed=options.seed)
    rows = [(source, p.locator, "", "", "", "", p.text) for source, p in drawn]
    options.sheet.write_bytes(table(HEADER, rows))


if __name__ == "__main__":
    main()
