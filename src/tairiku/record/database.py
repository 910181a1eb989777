"""The tables of the record kept as a database, so that a question waits for no making of them.

The database lies beside the record that `tairiku.record.cache` keeps, under the same name: whatever
changes in the files or in this program, it is made anew.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb

from tairiku.base.files import DATA
from tairiku.record import cache
from tairiku.record.asking import Answer, answer, check_question, locked

_KEPT = 4


def ask_kept(sql: str, extra: Sequence[Path] = ()) -> Answer:
    """Return the answer of the record that comes with Tairiku to a question in SQL.

    Parameters
    ----------
    sql
        The question.
    extra
        Further sources, as for `tairiku.record.load.load_record`.

    Raises
    ------
    RequestError
        The question cannot be answered.
    DataError
        The files of the record have faults.
    """
    check_question(sql)
    return answer(open_tables(extra), sql)


def open_tables(extra: Sequence[Path] = ()) -> Any:
    """Return a connection that can only read the tables of the record; made if need be."""
    # the same arguments as load_record's, so that both are kept under one name
    path = cache.place_of([DATA / "record", *extra]).with_suffix(".duckdb")
    if path.is_file():
        try:
            return locked(duckdb.connect(path, read_only=True))
        except duckdb.Error:  # broken, or of another version of DuckDB: made anew
            path.unlink(missing_ok=True)
    from tairiku.record.load import load_record
    from tairiku.record.tables import connect, fill

    record = load_record(extra=extra)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(part) as connection:
            fill(connection, record)
        part.replace(path)
        for old in sorted(path.parent.glob("*.duckdb"), key=_age)[:-_KEPT]:
            old.unlink(missing_ok=True)
        return locked(duckdb.connect(path, read_only=True))
    except (OSError, duckdb.Error):  # no place to keep it: this once in memory
        with suppress(OSError):
            part.unlink(missing_ok=True)
        return connect(record)


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns
