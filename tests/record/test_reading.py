"""The sheets of the second reading, and the rates that the page tells."""

import csv
import subprocess
import sys
from pathlib import Path

from tairiku.record.load import load_record

ROOT = Path(__file__).parents[2]
SHEETS = [ROOT / "docs" / f"record-reading-{number}.csv" for number in (1, 2)]


def rows_of(sheet: Path) -> list[dict[str, str]]:
    with sheet.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rate(*sheets: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "tools/draw_claims.py"), "rate", *map(str, sheets)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_page_tells_the_rates_that_the_tool_prints() -> None:
    done = rate(*SHEETS)
    assert done.returncode == 0, done.stderr
    page = (ROOT / "docs" / "record-reading.md").read_text(encoding="utf-8")
    assert len(done.stdout.splitlines()) == 8
    assert done.stdout in page


def test_the_sheets_hold_eighty_claims_of_both_documents() -> None:
    record = load_record()
    drawn = [row["id"] for sheet in SHEETS for row in rows_of(sheet)]
    assert [len(rows_of(sheet)) for sheet in SHEETS] == [40, 40]
    assert len(set(drawn)) == 80
    for sheet in SHEETS:
        assert {record.source_of[row["id"]] for row in rows_of(sheet)} == {"de", "zh"}


def test_what_was_mended_is_mended() -> None:
    """A fault of a sheet is gone: the claim no longer reads as it did at the draw."""
    record = load_record()
    for sheet in SHEETS:
        for row in rows_of(sheet):
            claim = {k: v for k, v in record.claims[row["id"]].as_dict().items() if k in row}
            same = all(row[name] == value for name, value in claim.items())
            if row["verdict"] != "ok":
                assert not same, row["id"]
                assert row["mended"], row["id"]


def test_a_sheet_without_all_verdicts_is_refused(tmp_path: Path) -> None:
    text = SHEETS[0].read_text(encoding="utf-8").replace(",ok,", ",,", 1)
    (tmp_path / "sheet.csv").write_text(text, encoding="utf-8")
    done = rate(tmp_path / "sheet.csv")
    assert done.returncode != 0
    assert "has the verdict ''" in done.stderr
