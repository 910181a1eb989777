"""The bodies of `tairiku record query` and `tairiku record export`."""

import csv
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tairiku.base.errors import RequestError

if TYPE_CHECKING:
    from tairiku.record.asking import Answer


def query(sql: str | None, *, extra: Sequence[Path], as_json: bool, as_csv: bool) -> int:
    """`tairiku record query`."""
    from tairiku.record.database import ask_kept

    if as_json and as_csv:
        raise RequestError("--json and --csv are two forms of one answer; give one of them")
    if sql is None and sys.stdin.isatty():
        raise RequestError('there is no question; write one, such as "SHOW TABLES"')
    question = sys.stdin.read() if sql is None else sql
    answer = ask_kept(question, extra)
    if as_json:
        rows = [dict(zip(answer.columns, map(_plain, row), strict=True)) for row in answer.rows]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows(answer.rows)
    else:
        _show(answer)
    return 0


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, int | float | str | bool | dict | None) else str(value)


def _show(answer: "Answer") -> None:
    # nothing is cut off: in a pipe lines are long, on a screen cells are folded
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 240)
    table = Table(pad_edge=False)
    for i, name in enumerate(answer.columns):
        number = any(isinstance(row[i], int | float) for row in answer.rows)
        table.add_column(name, justify="right" if number else "left", overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    console.print(table)
    count = len(answer.rows)
    console.print(f"{count:,} row{'s' if count != 1 else ''}")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.10g}"
    return f"{value:,}" if isinstance(value, int) else str(_plain(value))


def export(
    format_: str,
    output: Path,
    *,
    sources: Sequence[str],
    base: str | None,
    force: bool,
    extra: Sequence[Path],
    as_json: bool,
) -> int:
    """`tairiku record export`."""
    from tairiku.record.export import export as write
    from tairiku.record.export import only
    from tairiku.record.linked_places import BASE
    from tairiku.record.load import load_record

    if output.exists() and not force:
        raise RequestError(f"'{output}' is there already; choose another, or give --force")
    record = load_record(extra=extra)
    if sources:
        record = only(record, sources)
    # only Turtle takes more than a moment; a pipe sees nothing of this
    with Console(stderr=True).status(f"Writing {output} ..."):
        counts = write(record, format_, output, base or BASE)
    if as_json:
        found = {"format": format_, "path": str(output), "counts": counts}
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    console = Console(highlight=False)
    for name, count in counts.items():
        console.print(f"{name:16} {count:>8,}")
    console.print(f"Written: {output}", soft_wrap=True)
    return 0
