"""What differs between two runs: who they are, from which day on, and in what first."""

from pathlib import Path
from typing import Any

import duckdb

from tairiku import replay

# the tables in the order in which a day's causes show
_ORDER = ("weather", "events", "air", "units", "hexes", "days", "ways")


def compare(first: Path, second: Path) -> dict[str, Any]:
    """Set two run directories side by side.

    Returns
    -------
    ``identity`` (what was asked differently), ``tables`` (rows and first differing day of each),
    ``first_day`` (None if the tables are equal), ``first_events`` (the events of that day found in
    one run only) and ``men`` (men on hand at the end, by force).

    Raises
    ------
    RequestError, DataError
        If a folder holds no run, or a file in it cannot be read.
    """
    for folder in (first, second):
        replay.open_folder(folder).close()
    con = duckdb.connect(config={"threads": 1})
    names = {}
    for side, folder in (("a", first), ("b", second)):
        con.execute(f"CREATE SCHEMA {side}")
        for table in replay.TABLES:
            con.execute(f"CREATE VIEW {side}.{table} AS {replay.select_of(con, folder, table)}")
        names[side] = replay.identity_of(folder)
    keys = sorted(names["a"].keys() | names["b"].keys())
    identity = {
        key: [names["a"].get(key, ""), names["b"].get(key, "")]
        for key in keys
        if names["a"].get(key) != names["b"].get(key)
    }
    tables = {table: _table_difference(con, table) for table in _ORDER}
    days = [entry["first_day"] for entry in tables.values() if entry["first_day"] is not None]
    first_day = min(days) if days else None
    result: dict[str, Any] = {
        "first": str(first),
        "second": str(second),
        "identity": identity,
        "tables": tables,
        "first_day": first_day,
        "first_date": _date(con, first_day),
        "first_events": [] if first_day is None else _events_of(con, first_day),
        "men": _men(con),
    }
    con.close()
    return result


def _table_difference(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, Any]:
    columns = ", ".join(f'"{c.name}"' for c in replay.TABLES[table])
    both = " UNION ALL ".join(
        f"(SELECT {columns} FROM {one}.{table} EXCEPT ALL SELECT {columns} FROM {other}.{table})"
        for one, other in (("a", "b"), ("b", "a"))
    )
    day, rows = con.execute(f"SELECT min(day), count(*) FROM ({both})").fetchall()[0]
    return {"first_day": day, "rows_differing": rows}


def _date(con: duckdb.DuckDBPyConnection, day: int | None) -> str | None:
    if day is None:
        return None
    row = con.execute("SELECT min(date) FROM a.days WHERE day = ?", [day]).fetchone()
    return str(row[0]) if row and row[0] is not None else None


def _events_of(con: duckdb.DuckDBPyConnection, day: int, most: int = 12) -> list[dict[str, Any]]:
    columns = "kind, side, hex, unit, other, a, b, c, d, e"
    found = []
    for run, one, other in ((0, "a", "b"), (1, "b", "a")):
        rows = con.execute(
            f"SELECT {columns} FROM {one}.events WHERE day = $day EXCEPT ALL "
            f"SELECT {columns} FROM {other}.events WHERE day = $day ORDER BY ALL LIMIT {most}",
            {"day": day},
        ).fetchall()
        names = columns.split(", ")
        found += [{"run": run, **dict(zip(names, row, strict=True))} for row in rows]
    return found


def _men(con: duckdb.DuckDBPyConnection) -> dict[str, list[int]]:
    totals: dict[str, list[int]] = {}
    for index, side in enumerate("ab"):
        rows = con.execute(
            f"SELECT force, men FROM {side}.days WHERE day = (SELECT max(day) FROM {side}.days)"
        ).fetchall()
        for force, men in rows:
            totals.setdefault(force, [0, 0])[index] = int(men)
    return totals
