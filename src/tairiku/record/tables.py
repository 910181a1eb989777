"""The record as tables in DuckDB, for SQL and for files."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import duckdb

from tairiku.base.names import LANGUAGES
from tairiku.record import values
from tairiku.record.asking import Answer, answer, check_question, locked, named_tables
from tairiku.record.basis import claims_by_row, claims_of, scenario_basis
from tairiku.record.columns import TABLES
from tairiku.record.edtf import Days, parse_days
from tairiku.record.load import Record
from tairiku.record.models import Claim, parts_of
from tairiku.record.names import fold

if TYPE_CHECKING:
    from tairiku.record.conflicts import Conflict

Rows = Iterable[tuple[Any, ...]]


def connect(record: Record, names: Iterable[str] = TABLES, files: bool = False) -> Any:
    """Return a DuckDB connection with tables of the record in memory, by default all of them.

    Unless ``files`` is asked for, it has no access to files, and its settings are locked.
    """
    connection = duckdb.connect(":memory:")
    fill(connection, record, names)
    return connection if files else locked(connection)


def fill(connection: Any, record: Record, names: Iterable[str] = TABLES) -> None:
    """Make tables of the record in a database."""
    wanted = list(names)
    if not _CONFLICTS.keys().isdisjoint(wanted):
        from tairiku.record.conflicts import find_conflicts

        conflicts = find_conflicts(record)
    for name in wanted:
        made = _CONFLICTS[name](conflicts) if name in _CONFLICTS else _ROWS[name](record)
        _fill(connection, name, made)


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
    """Return the answer of a record to a question in SQL.

    Raises
    ------
    RequestError
        As `tairiku.record.asking.answer`.
    """
    check_question(sql)
    return answer(connect(record, named_tables(sql)), sql)


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


def _claim_reporters(record: Record) -> Rows:
    return ((c.id, reporter) for c in record.claims.values() for reporter in c.reporters)


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


def _conflicts(conflicts: "Sequence[Conflict]") -> Rows:
    for c in conflicts:
        about = (c.id, c.topic, c.nature, c.rule, c.subject, c.property, c.scope, c.why)
        yield (*about, c.reconciled.value, c.reconciled.rule)


def _conflict_topics(conflicts: "Sequence[Conflict]") -> Rows:
    return ((c.id, topic) for c in conflicts for topic in c.topics)


def _conflict_sides(conflicts: "Sequence[Conflict]") -> Rows:
    for conflict in conflicts:
        standing = conflict.reconciled.claims
        for number, side in enumerate(conflict.sides, 1):
            for claim in side.claims:
                yield conflict.id, number, claim, side.says, claim in standing
        for claim in conflict.also:
            yield conflict.id, None, claim, None, claim in standing


def _columns(name: str) -> list[str]:
    return [column.name for column in TABLES[name].columns]


_ROWS: dict[str, Callable[[Record], Rows]] = {
    "claims": _claims,
    "claim_places": _claim_places,
    "claim_actors": _claim_actors,
    "claim_reporters": _claim_reporters,
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

_CONFLICTS: dict[str, Callable[["Sequence[Conflict]"], Rows]] = {
    "conflicts": _conflicts,
    "conflict_topics": _conflict_topics,
    "conflict_sides": _conflict_sides,
}
