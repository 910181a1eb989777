"""The record as tables in DuckDB, for SQL and for files.

Everything is in memory.  A connection for questions can neither read nor write files, nor change a
table; only the tables that a question names are made.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from tairiku.base.errors import RequestError
from tairiku.base.names import LANGUAGES
from tairiku.record import values
from tairiku.record.basis import claims_by_row, claims_of, scenario_basis
from tairiku.record.columns import TABLES
from tairiku.record.edtf import Days, parse_days
from tairiku.record.load import Record
from tairiku.record.models import Claim, parts_of
from tairiku.record.names import fold

Rows = Iterable[tuple[Any, ...]]


@dataclass(frozen=True)
class Answer:
    """What a question brought: names of the columns, and the rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def connect(record: Record, names: Iterable[str] = TABLES, files: bool = False) -> Any:
    """Return a DuckDB connection with tables of the record, by default all of them.

    Unless ``files`` is asked for, it has no access to files, and its settings are locked.
    """
    connection = duckdb.connect(":memory:")
    for name in names:
        _fill(connection, name, _ROWS[name](record))
    if not files:
        connection.execute("SET enable_external_access = false; SET lock_configuration = true")
    return connection


def _fill(connection: Any, name: str, rows: Rows) -> None:
    """Make a table of rows; an empty text becomes NULL."""
    columns = TABLES[name].columns
    by_column: list[list[str | None]] = [[] for _ in columns]
    for row in rows:
        for cells, cell in zip(by_column, row, strict=True):
            cells.append(None if cell is None or cell == "" else str(cell))
    typed = ", ".join(f'CAST("{c.name}" AS {c.type}) AS "{c.name}"' for c in columns)
    given = ", ".join(f'unnest(${i}::VARCHAR[]) AS "{c.name}"' for i, c in enumerate(columns, 1))
    connection.execute(f'CREATE TABLE "{name}" AS SELECT {typed} FROM (SELECT {given})', by_column)


def ask(record: Record, sql: str) -> Answer:
    """Return the answer of the record to a question in SQL.

    Raises
    ------
    RequestError
        The question is no question (it would change something), is no SQL, or names a table or a
        column that is not there; the message says what there is.
    """
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise RequestError(_explained(error, sql)) from None
    kinds = {statement.type.name for statement in statements}
    if len(statements) != 1 or not kinds <= {"SELECT", "EXPLAIN"}:
        what = "nothing" if not statements else f"{len(statements)} statements"
        if len(statements) == 1:
            what = f"a statement that is no question ({kinds.pop().lower()})"
        raise RequestError(f"this is {what}; ask one question, beginning with SELECT or WITH")
    connection = connect(record, _named(sql))
    try:
        found = connection.execute(sql)
        columns = tuple(column[0] for column in found.description)
        return Answer(columns, found.fetchall())
    except duckdb.Error as error:
        raise RequestError(_explained(error, sql)) from None
    finally:
        connection.close()


def _named(sql: str) -> list[str]:
    """Tables whose name stands in a question; all of them if it asks which there are."""
    words = set(re.findall(r"\w+", sql.lower()))
    if words & {"show", "tables", "information_schema", "duckdb_tables", "duckdb_columns"}:
        return list(TABLES)
    return [name for name in TABLES if name in words]


def _explained(error: Exception, sql: str) -> str:
    """The message of the database, and what there is: the tables, the nearest columns."""
    first = str(error).splitlines()[0]
    what = re.sub(r"^(?:[A-Z]\w+ )+Error: ", "", first).rstrip("!")
    lines = [f"the question cannot be answered: {what}"]
    where = str(error).partition("\n\nLINE")[2]
    lines += [f"  {line}" for line in f"LINE{where}".rstrip().splitlines() if where]
    missing = re.search(r'column(?: named)? "?(?:\w+"?\."?)?(\w+)"', what)
    if missing:
        lines.append(_near_columns(missing[1], sql))
    lines.append(f"tables: {', '.join(TABLES)}")
    return "\n".join(line for line in lines if line)


def _near_columns(name: str, sql: str) -> str:
    asked = [table for table in _named(sql) or TABLES if table in TABLES]
    known = {c.name: table for table in reversed(asked) for c in TABLES[table].columns}
    close = difflib.get_close_matches(name.lower(), known, 3, 0.5)
    if close:
        return f"near '{name}': {', '.join(f'{known[c]}.{c}' for c in close)}"
    return "\n".join(f"{t}: {', '.join(c.name for c in TABLES[t].columns)}" for t in asked[:3])


def _claims(record: Record) -> Rows:
    for claim in record.claims.values():
        source = record.source_of[claim.id]
        type_ = record.properties[claim.property].value_type
        low, high = _numbers(claim) if type_ == "number" else (None, None)
        stated = values.days(claim) if type_ == "date" else Days(None, None)
        when = parse_days(claim.date) if claim.date else Days(None, None)
        yield (
            claim.id,
            source,
            record.sources[source].standing,
            claim.locator,
            claim.kind,
            claim.subject,
            claim.side,
            claim.property,
            claim.value,
            claim.value_to,
            claim.bound,
            claim.unit,
            claim.scope,
            low,
            high,
            stated.first,
            stated.last,
            claim.date,
            when.first,
            when.last,
            when.approximate if claim.date else None,
            when.uncertain if claim.date else None,
            claim.reporter,
            claim.part_of,
            claim.confidence,
            claim.statement,
            claim.printed,
            claim.note,
        )


def _numbers(claim: Claim) -> tuple[float | None, float | None]:
    found = values.interval(claim)
    return found.low, found.high


def places_of(record: Record, claim: Claim) -> tuple[str, ...]:
    """Return the places of a claim; a subject that is a place counts, and goes before."""
    subject = record.entities[claim.subject]
    own = (subject.id,) if subject.type in ("place", "box") else ()
    return tuple(dict.fromkeys((*own, *claim.places)))


def _claim_places(record: Record) -> Rows:
    return ((c.id, p) for c in record.claims.values() for p in places_of(record, c))


def _claim_actors(record: Record) -> Rows:
    return ((c.id, actor) for c in record.claims.values() for actor in c.others)


def _claim_values(record: Record) -> Rows:
    for claim in record.claims.values():
        if record.properties[claim.property].value_type == "entity":
            yield from ((claim.id, part) for part in parts_of(claim.value))


def _sources(record: Record) -> Rows:
    counts: dict[str, int] = {}
    for id_ in record.source_of.values():
        counts[id_] = counts.get(id_, 0) + 1
    fields = ("id", "title", "language", "kind", "standing", "licence", "document", "sha256")
    for source in record.sources.values():
        told = tuple(getattr(source, name) for name in fields)
        yield (*told, source.lines, counts.get(source.id, 0))


def _entities(record: Record) -> Rows:
    for entity in record.entities.values():
        detail = entity.detail
        yield (
            entity.id,
            entity.type,
            entity.name,
            entity.name_de,
            entity.name_zht,
            entity.name_zhs,
            entity.name_ja,
            detail.get("side", ""),
            detail.get("level") or detail.get("kind", ""),
            detail.get("province", ""),
            detail.get("lon"),
            detail.get("lat"),
            detail.get("near_place_id", ""),
            detail.get("part_of", ""),
            detail.get("note", ""),
        )


def _names(record: Record) -> Rows:
    columns = ("name", "name_de", "name_zht", "name_zhs", "name_ja")
    for entity in record.entities.values():
        named = [(getattr(entity, c), lang) for c, lang in zip(columns, LANGUAGES, strict=True)]
        named += [(name, "") for name in entity.alt_names]
        for name, language in named:
            if name:
                yield entity.id, name, language, fold(name)


def _fields(field: str, names: Sequence[str]) -> Callable[[Record], Rows]:
    def rows(record: Record) -> Rows:
        found = getattr(record, field)
        for row in found.values() if isinstance(found, dict) else found:
            yield tuple(getattr(row, name) for name in names)

    return rows


def _scenario_basis(record: Record) -> Rows:
    by_row = claims_by_row(record)
    for part in scenario_basis():
        for claim in claims_of(part, record, by_row) or [""]:
            yield part.file, part.row, part.kind, claim, part.text


def _columns(name: str) -> list[str]:
    return [column.name for column in TABLES[name].columns]


_ROWS: dict[str, Callable[[Record], Rows]] = {
    "claims": _claims,
    "claim_places": _claim_places,
    "claim_actors": _claim_actors,
    "claim_values": _claim_values,
    "sources": _sources,
    "entities": _entities,
    "names": _names,
    "offices": _fields("offices", _columns("offices")),
    "properties": _fields("properties", _columns("properties")),
    "works": _fields("works", _columns("works")),
    "corrections": _fields("corrections", ["claim_id", *_columns("corrections")[1:]]),
    "overrides": _fields("overrides", _columns("overrides")),
    "scenario_basis": _scenario_basis,
}
