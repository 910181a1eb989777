"""The replay: what happened once, as Parquet tables in one folder, read and written through DuckDB.

A table is a dict of NumPy columns; a column of names is kept as small codes with their labels
(`Coded`), so that a season of 300 units is a few megabytes in memory.  What identifies the run
stands in the footer of every file (`identity`); what only describes the machine is in a sidecar,
so that equal runs are equal bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tairiku.base.errors import DataError, RequestError

if TYPE_CHECKING:
    import duckdb  # a tenth of a second, for those who only play


SCHEMA_VERSION = 2  # 2: what stopped a unit, who gave its order, the ways of supply


@dataclass(frozen=True)
class Column:
    """One column of a table: name, DuckDB type, unit and meaning for the documentation.

    ``since`` is the schema version that brought it; a run of an older one has NULL there.
    """

    name: str
    type: str
    unit: str
    meaning: str
    since: int = 1


@dataclass(frozen=True)
class Coded:
    """A column of names: small codes, -1 for none, and the label of each code."""

    codes: np.ndarray
    labels: Sequence[str]

    def __len__(self) -> int:
        return len(self.codes)

    def values(self) -> np.ndarray:
        """The names themselves, None where there is none. (n,) object"""
        table = np.array([*self.labels, None], dtype=object)
        named: np.ndarray = table[self.codes]
        return named


Table = dict[str, "np.ndarray | Coded"]


def columns_of(*rows: str) -> tuple[Column, ...]:
    """Columns from lines ``name|type|unit|meaning``, the schema version last where it is not 1."""
    found = []
    for row in rows:
        name, kind, unit, meaning, *since = (part.strip() for part in row.split("|"))
        found.append(Column(name, kind, unit, meaning, *map(int, since)))
    return tuple(found)


_BOOK = ("killed", "wounded_out", "captured", "missing", "deserted", "disease", "raised")

TABLES: dict[str, tuple[Column, ...]] = {
    "units": columns_of(
        "day|SMALLINT|day|end of this day; -1 is the dawn of the first",
        "unit|VARCHAR|id|unit of units.csv, or a group detached from it",
        "side|VARCHAR|name|japan or china",
        "force|VARCHAR|name|force whose books it is in",
        "hex|INTEGER|hex|where it stands, NULL off the map",
        "box|VARCHAR|id|off-map box, NULL on the map",
        "status|VARCHAR|name|on-map, in-box, transit, destroyed, departed, dissolved",
        "posture|VARCHAR|name|how it stands or moves",
        "order_code|VARCHAR|name|order in force",
        "target|INTEGER|hex|its objective",
        "men|INTEGER|men|present for duty",
        "sick|INTEGER|men|sick, to return",
        "wounded|INTEGER|men|lightly wounded, to return",
        "stragglers|INTEGER|men|dispersed, to return",
        "guns|INTEGER|pieces|serviceable",
        "mortars|INTEGER|pieces|serviceable",
        "at_guns|INTEGER|pieces|serviceable",
        "tanks|INTEGER|pieces|serviceable",
        "trucks|INTEGER|pieces|serviceable",
        "horses|INTEGER|head|fit",
        "cohesion|FLOAT|0-1|cohesion",
        "fatigue|FLOAT|0-1|fatigue",
        "fed|FLOAT|0-1|share of the ration eaten, mean of about a week",
        "rounds|FLOAT|0-1|ammunition in hand",
        "fuelled|FLOAT|0-1|motor fuel in hand",
        "food_kg|INTEGER|kg|food with the unit",
        "ammunition_kg|INTEGER|kg|ammunition with the unit",
        "cut|SMALLINT|days|days without a way to supply",
        "ringed|SMALLINT|days|days encircled",
        "contact|SMALLINT|days|day of the engagement",
        "lost_today|INTEGER|men|battle casualties of the day",
        "km_today|FLOAT|km|distance gone in the day",
        "source_depot|VARCHAR|id|depot that feeds it",
        "giver|VARCHAR|id|who gave the order in force|2",
        "since|SMALLINT|day or none|day the order came into force|2",
        "next_order|VARCHAR|name|order on its way to it|2",
        "next_due|SMALLINT|day or none|day that order arrives|2",
        "asked|SMALLINT|day or none|day it asked leave to go|2",
        "answer|VARCHAR|name|refused, permitted, silence|2",
        "linked|FLOAT|0-1|state of its links to its superior|2",
        "blocked|VARCHAR|name|what stopped its march: enemy, river, stacking, no-way|2",
        "step|INTEGER|hex|next hex of its march|2",
        "attacks|INTEGER|hex|hex it attacks|2",
        "halt_days|SMALLINT|days|days more in which it rests after a halt|2",
        "paralysed|SMALLINT|days|days more in which a contrary order or a hit staff holds it|2",
        "rout_days|SMALLINT|days|days more in which it cannot fight|2",
        "static|TINYINT|0/1|tied to its post|2",
        "outflanked|TINYINT|0/1|its way back is threatened|2",
        "lost_share|FLOAT|0-1|share of its men lost in the engagement so far|2",
        "hungry|SMALLINT|days|days on less than half the ration|2",
        "need_kg|INTEGER|kg|food, fodder, ammunition and fuel asked for today|2",
        "got_kg|INTEGER|kg|delivered of it|2",
        "foraged_kg|INTEGER|kg|food and fodder taken on the spot today|2",
        "fuel_kg|INTEGER|kg|motor fuel with the unit|2",
        "air_support|FLOAT|sorties|flown for it today|2",
        "air_hit|FLOAT|sorties|flown against it today|2",
    ),
    "ways": columns_of(
        "day|SMALLINT|day|day of the change; supply of that day goes so|2",
        "side|VARCHAR|name|whose supply|2",
        "hex|INTEGER|hex|hex|2",
        "next|INTEGER|hex|next hex towards the depot; NULL at the depot or without a way|2",
        "depot|VARCHAR|id|depot at the end of the way, NULL without a way|2",
        "means|VARCHAR|name|how a load comes from there: rail, water, road, track, box|2",
        "passes|TINYINT|0/1|supply passes the hex|2",
    ),
    "hexes": columns_of(
        "day|SMALLINT|day|day of the change; -1 is the dawn of the first",
        "hex|INTEGER|hex|hex",
        "side|VARCHAR|name|who holds it from then on",
    ),
    "events": columns_of(
        "day|SMALLINT|day|day",
        "number|SMALLINT|1|order within the day",
        "kind|VARCHAR|name|what happened",
        "side|VARCHAR|name|side concerned",
        "hex|INTEGER|hex|where",
        "unit|VARCHAR|id|unit or formation",
        "other|VARCHAR|id|the other unit",
        "a|DOUBLE|-|first number, its meaning by kind (docs/replay.md)",
        "b|DOUBLE|-|second number",
        "c|DOUBLE|-|third number",
        "d|DOUBLE|-|fourth number",
        "e|DOUBLE|-|fifth number",
    ),
    "days": columns_of(
        "day|SMALLINT|day|end of this day",
        "date|DATE|date|its date",
        "force|VARCHAR|name|force",
        "men|INTEGER|men|present for duty",
        "absent|INTEGER|men|sick, lightly wounded and dispersed who will return",
        *(f"{name}|INTEGER|men|since the first day" for name in _BOOK),
        "guns|INTEGER|pieces|on hand",
        "tanks|INTEGER|pieces|on hand",
        "trucks|INTEGER|pieces|on hand",
        "horses|INTEGER|head|on hand",
        "food_t|DOUBLE|t|in units and depots",
        "ammunition_t|DOUBLE|t|in units and depots",
        "motor_fuel_t|DOUBLE|t|in units and depots",
        "aircraft|INTEGER|aircraft|on hand",
        "aircraft_lost|INTEGER|aircraft|since the first day, by every cause",
        "hexes|INTEGER|hexes|held by its side",
    ),
    "air": columns_of(
        "day|SMALLINT|day|day",
        "air_unit|VARCHAR|id|squadron or sentai",
        "field|VARCHAR|id|base",
        "craft|SMALLINT|aircraft|on hand",
        "mission|VARCHAR|name|mission",
        "target|INTEGER|hex|where",
        "sorties|SMALLINT|sorties|flown",
        "lost|SMALLINT|aircraft|lost",
    ),
    "weather": columns_of(
        "day|SMALLINT|day|day",
        "region|VARCHAR|name|weather region",
        "sky|VARCHAR|name|dry, rain, storm",
        "ground|VARCHAR|name|dry, wet, mud",
        "stage|FLOAT|0-1|stage of the rivers",
    ),
}


def connection(
    tables: Mapping[str, Table], schema: Mapping[str, Sequence[Column]] = TABLES
) -> "duckdb.DuckDBPyConnection":
    """A DuckDB connection in memory with each table as a view of its name, names spelt out.

    Parameters
    ----------
    schema
        The columns of each table; those of a replay where not given.
    """
    import duckdb

    con = duckdb.connect(config={"threads": 1})
    con.execute("SET preserve_insertion_order=true")
    for name, table in tables.items():
        _register(con, name, table, schema[name])
    return con


def _register(
    con: "duckdb.DuckDBPyConnection", name: str, table: Table, columns: Sequence[Column]
) -> None:
    raw: dict[str, np.ndarray] = {}
    parts = []
    for column in columns:
        values = table[column.name]
        if isinstance(values, Coded):
            raw[column.name] = np.ascontiguousarray(values.codes, dtype=np.int32)
            labels = ",".join("'" + label.replace("'", "''") + "'" for label in values.labels)
            parts.append(
                f'CASE WHEN "{column.name}" < 0 THEN NULL '
                f'ELSE ([{labels}]::VARCHAR[])["{column.name}" + 1] END AS "{column.name}"'
            )
        else:
            raw[column.name] = np.ascontiguousarray(values)
            cell = f'"{column.name}"'
            if column.unit in ("hex", "day or none"):
                cell = f"CASE WHEN {cell} >= 65535 OR {cell} < 0 THEN NULL ELSE {cell} END"
            parts.append(f'({cell})::{column.type} AS "{column.name}"')
    con.register(f"raw_{name}", raw)
    con.execute(f"CREATE TEMP TABLE {name} AS SELECT {', '.join(parts)} FROM raw_{name}")
    con.unregister(f"raw_{name}")


def write(
    folder: Path,
    tables: Mapping[str, Table],
    identity: Mapping[str, str],
    schema: Mapping[str, Sequence[Column]] = TABLES,
) -> None:
    """Write every table as ``folder/NAME.parquet`` (zstd), with the identity in each footer.

    ``identity`` may say a schema version of its own; ``schema`` as in `connection`.

    Raises
    ------
    RequestError
        If the folder cannot be written.
    """
    import duckdb

    pairs = {"schema_version": str(SCHEMA_VERSION), **identity}
    footer = ", ".join(f"{key}: '{text}'" for key, text in _quoted(pairs).items())
    con = connection(tables, schema)
    try:
        for name in tables:
            path = folder / f"{name}.parquet"
            target = str(path).replace("'", "''")
            con.execute(
                f"COPY {name} TO '{target}' (FORMAT parquet, COMPRESSION zstd, "
                f"ROW_GROUP_SIZE 1048576, KV_METADATA {{{footer}}})"
            )
    except (OSError, duckdb.IOException) as error:
        raise RequestError(
            f"cannot write the replay to {folder}: {_first_line(error)}; "
            "choose another folder with -o"
        ) from error
    finally:
        con.close()


def _quoted(pairs: Mapping[str, str]) -> dict[str, str]:
    return {key: text.replace("'", "''") for key, text in pairs.items()}


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _footer(con: "duckdb.DuckDBPyConnection", path: Path) -> dict[str, str]:
    rows = con.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(path)]).fetchall()
    return {bytes(key).decode(): bytes(value).decode() for key, value in rows}


def open_folder(folder: Path) -> "duckdb.DuckDBPyConnection":
    """A DuckDB connection with the tables of a run directory as views.

    Raises
    ------
    RequestError
        If there is no run in the folder.
    DataError
        If a file is missing, truncated, or written by a newer schema: all such files at once.
    """
    import duckdb

    if not (folder / "units.parquet").exists() and not (folder / "summary.json").exists():
        raise RequestError(
            f"there is no run in '{folder}' (no units.parquet, no summary.json); "
            "`tairiku run -o DIR` makes one"
        )
    con = duckdb.connect(config={"threads": 1})
    problems = []
    for name, columns in TABLES.items():
        path = folder / f"{name}.parquet"
        if not path.exists() and columns[0].since > _version(con, folder / "units.parquet"):
            con.execute(f"CREATE VIEW {name} AS {select_of(con, folder, name)}")
            continue
        if not path.exists():
            problems.append(f"{path}: the file is missing; run the campaign again")
            continue
        try:
            version = int(_footer(con, path).get("schema_version", "0"))
            if version > SCHEMA_VERSION:
                problems.append(
                    f"{path}: schema version {version} is newer than this program's "
                    f"{SCHEMA_VERSION}; update tairiku"
                )
                continue
            con.execute(f"CREATE VIEW {name} AS {select_of(con, folder, name)}")
            con.execute(f"SELECT max(day), count(*) FROM {name}").fetchall()
            have = {row[0] for row in con.execute(f"DESCRIBE {name}").fetchall()}
            lacking = [c.name for c in columns if c.name not in have]
            if lacking:
                problems.append(f"{path}: columns missing: {', '.join(lacking)}")
        except (duckdb.Error, ValueError) as error:
            problems.append(
                f"{path}: not a readable Parquet file ({_first_line(error)}); "
                "it may be truncated: run the campaign again"
            )
    if problems:
        con.close()
        raise DataError(problems)
    return con


def select_of(con: "duckdb.DuckDBPyConnection", folder: Path, name: str) -> str:
    """The SELECT of one table of a run directory; columns of a later schema than its own are NULL.

    A table that the run's schema did not have yet is empty.
    """
    path = folder / f"{name}.parquet"
    columns = TABLES[name]
    if not path.exists():
        return f"SELECT {_nulls(columns)} WHERE false"
    version = _version(con, path)
    newer = _nulls([c for c in columns if c.since > version])
    target = str(path).replace("'", "''")
    return f"SELECT *{', ' + newer if newer else ''} FROM read_parquet('{target}')"


def _nulls(columns: Sequence[Column]) -> str:
    return ", ".join(f'NULL::{c.type} AS "{c.name}"' for c in columns)


def _version(con: "duckdb.DuckDBPyConnection", path: Path) -> int:
    """The schema version of a table's file; this program's where it says none."""
    import duckdb

    try:
        return int(_footer(con, path).get("schema_version", SCHEMA_VERSION))
    except (duckdb.Error, ValueError):
        return SCHEMA_VERSION


def identity_of(folder: Path) -> dict[str, str]:
    """What identifies the run of a folder: the footer of its units table."""
    import duckdb

    con = duckdb.connect(config={"threads": 1})
    try:
        return _footer(con, folder / "units.parquet")
    except duckdb.Error as error:
        raise DataError(
            [f"{folder / 'units.parquet'}: not a readable Parquet file ({_first_line(error)})"]
        ) from error
    finally:
        con.close()


def documentation(schema: Mapping[str, Sequence[Column]] = TABLES) -> str:
    """The columns of every table as Markdown, for the documentation."""
    lines = []
    head = ["| column | type | unit | meaning |", "|---|---|---|---|"]
    for name, columns in schema.items():
        lines += [f"### {name}.parquet", "", *head]
        lines += [f"| `{c.name}` | {c.type} | {c.unit} | {c.meaning} |" for c in columns]
        lines.append("")
    return "\n".join(lines)


def fetch(con: "duckdb.DuckDBPyConnection", query: str, values: Sequence[Any] = ()) -> Table:
    """The result of a query as a dict of NumPy columns."""
    result: dict[str, Any] = con.execute(query, list(values)).fetchnumpy()
    return dict(result)
