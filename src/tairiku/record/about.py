"""All that is said of one thing: a claim, an entity, or a value of the scenario."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tairiku.base.errors import RequestError
from tairiku.base.hints import near
from tairiku.record.basis import (
    SCENARIO,
    SOURCE_CELLS,
    Basis,
    claims_by_row,
    claims_of,
    scenario_basis,
)
from tairiku.record.edtf import parse_days
from tairiku.record.entities import Entity
from tairiku.record.load import Record
from tairiku.record.models import Claim, Office, parts_of
from tairiku.record.names import name_of
from tairiku.record.verify import Document


@dataclass(frozen=True)
class Said:
    """What the sources say of an entity: claims by property, then those that only name it."""

    entity: Entity
    properties: Mapping[str, tuple[Claim, ...]]
    named_in: tuple[Claim, ...]
    offices: tuple[Office, ...] = ()


def of_entity(record: Record, entity: Entity) -> Said:
    """Return all claims about an entity, the sources of better standing first."""
    properties: dict[str, list[Claim]] = {}
    named = []
    for claim in in_order(record, record.about(entity.id)):
        if claim.subject == entity.id:
            properties.setdefault(claim.property, []).append(claim)
        else:
            named.append(claim)
    offices = [o for o in record.offices if entity.id in (o.person, o.formation)]
    order = [id_ for id_ in record.properties if id_ in properties]
    return Said(
        entity, {id_: tuple(properties[id_]) for id_ in order}, tuple(named), tuple(offices)
    )


def in_order(record: Record, claims: Iterable[Claim]) -> list[Claim]:
    """Return claims by the standing of their source; within a source in the order of its file."""
    return sorted(claims, key=lambda c: record.sources[record.source_of[c.id]].standing)


def parts(record: Record, claim: Claim) -> list[Claim]:
    """Return the claims that say they are a part of this one."""
    return [c for c in record.claims.values() if c.part_of == claim.id]


def value_shown(record: Record, claim: Claim, language: str = "en") -> str:
    """Return what a claim says in a few words: about 10,000 men, Luoyang; 11th Army, yes.

    Names are those of the language.
    """
    kind = record.properties[claim.property].value_type
    if kind == "entity":
        return ", ".join(name_of(record, part, language) for part in parts_of(claim.value))
    if kind != "number":
        text = f"{claim.value} to {claim.value_to}" if claim.value_to else claim.value
        return f"{claim.bound} {text}" if claim.bound in ("about", "at-least", "at-most") else text
    text = _digits(claim.value)
    if claim.bound == "range":
        text = f"{text} to {_digits(claim.value_to)}"
    elif claim.bound not in ("", "exact"):
        text = f"{claim.bound.replace('-', ' ')} {text}"
    return f"{text} {claim.unit.replace('-', ' ')}".strip()


def _digits(value: str) -> str:
    number = float(value)
    return f"{number:,.0f}" if number.is_integer() else f"{number:g}"


def where(record: Record, claim: Claim, documents: Mapping[str, Document]) -> list[dict[str, str]]:
    """Return the passages of a claim: locator, heading and, where a document is given, the text."""
    document = documents.get(record.source_of[claim.id])
    if document is None:
        return []
    return [
        {"locator": p.locator, "heading": p.heading, "text": p.text}
        for p in document.at(claim.locator)
    ]


# what a column of the scenario is called in the record, by the column's beginning
_PROPERTIES = {
    "men": "men",
    "guns": "guns",
    "mortars": "mortars",
    "tanks": "tanks",
    "trucks": "vehicles",
    "horses": "horses",
    "aircraft": "aircraft",
    "place_id": "location",
    "base_id": "location",
}


@dataclass(frozen=True)
class Origin:
    """Where a value of the scenario comes from: each part of its basis, with the claims behind."""

    name: str  # such as units#jp-37d.men_best
    value: str
    row: Mapping[str, str]
    parts: tuple[tuple[Basis, tuple[Claim, ...]], ...] = field(default=())


def of_scenario(record: Record, name: str) -> list[Origin]:
    """Return where values of the scenario come from, as ``units#jp-37d.men_best`` names them.

    Without a column all of the row is meant.  Rows that share a name (the posts of one person) are
    all returned.

    Raises
    ------
    RequestError
        There is no such table, row or column; the message says what there is.
    """
    scenario, _, rest = name.partition("/")
    folder = SCENARIO
    if rest and (SCENARIO.parent / scenario).is_dir():
        folder, name = SCENARIO.parent / scenario, rest
    table, hash_, wanted = name.partition("#")
    every = scenario_basis(folder)
    tables = sorted({basis.file for basis in every})
    if not hash_ or table not in tables:
        raise RequestError(
            f"'{table}' is no table of the scenario with a basis{near(table, tables)}; "
            f"write TABLE#ROW.COLUMN, such as units#jp-37d.men_best (tables: {', '.join(tables)})"
        )
    rows = [basis for basis in every if basis.file == table]
    found = _matching(rows, wanted)
    if not found:
        names = {basis.row for basis in rows}
        raise RequestError(
            f"'{wanted}' is no row of {table}{near(wanted.rpartition('.')[0] or wanted, names)}"
        )
    by_row = claims_by_row(record)
    origins: dict[tuple[str, tuple[tuple[str, str], ...]], Origin] = {}
    for basis, column in found:
        cells = dict(basis.values)
        if column and column not in cells:
            raise RequestError(
                f"'{column}' is no column of {table}#{basis.row} with a value{near(column, cells)}"
            )
        key = (basis.row, basis.values)
        claims = _of_column(
            [record.claims[id_] for id_ in claims_of(basis, record, by_row)], column
        )
        before = origins[key].parts if key in origins else ()
        label = f"{table}#{basis.row}" + (f".{column}" if column else "")
        value = cells.get(column, "")
        origins[key] = Origin(label, value, cells, (*before, (basis, claims)))
    names = {origin.name for origin in origins.values()}
    return [*origins.values(), *_by_texts(record, every, names, by_row)]


def _by_texts(
    record: Record, every: Iterable[Basis], names: Collection[str], by_row: dict[str, list[str]]
) -> list[Origin]:
    """Return the same values as the texts have them: the cells that `--sources` lays over them."""
    found: dict[str, Origin] = {}
    for basis in every:
        cells = dict(basis.values)
        if basis.file != SOURCE_CELLS or not _is_cell(cells, names):
            continue
        claims = tuple(record.claims[id_] for id_ in claims_of(basis, record, by_row))
        shown = ", ".join(
            f"{name} {cells[name]}" for name in ("de", "zh", "reconciled") if cells.get(name)
        )
        before = found[basis.row].parts if basis.row in found else ()
        found[basis.row] = Origin(basis.row, shown, cells, (*before, (basis, claims)))
    return list(found.values())


def _is_cell(cells: Mapping[str, str], names: Collection[str]) -> bool:
    """Whether a cell is one of the named values or of the named rows (jp-37d.men: men_best)."""
    row = f"{cells['file']}#{cells['row']}"
    stem = f"{row}.{cells['field']}"
    marks = [stem, *(f"{stem}_{mark}" for mark in ("low", "best", "high"))]
    return row in names or any(name in names for name in marks)


def property_of(column: str) -> str:
    """Return the property that a column of the scenario has, "" if it has none of its own."""
    return next((p for start, p in _PROPERTIES.items() if column.startswith(start)), "")


def _of_column(claims: list[Claim], column: str) -> tuple[Claim, ...]:
    """Of the claims behind a row, those of a column's own property where there are such."""
    wanted = property_of(column)
    return tuple([c for c in claims if c.property == wanted] or claims)


def _matching(rows: Iterable[Basis], wanted: str) -> list[tuple[Basis, str]]:
    """Rows of that name, or whose name with a column behind it that is."""
    every = list(rows)
    whole = [(basis, "") for basis in every if _is_row(basis.row, wanted)]
    if whole:
        return whole
    row, _, column = wanted.rpartition(".")
    return [(basis, column) for basis in every if _is_row(basis.row, row)]


def _is_row(row: str, wanted: str) -> bool:
    # the posts of a headquarters are jp-cea@hata, jp-cea@okamura: either half will do
    return row == wanted or (bool(wanted) and wanted in row.split("@"))


def of_day(claims: Iterable[Claim], text: str) -> list[Claim]:
    """Return the claims whose days meet those of a date in EDTF.

    Raises
    ------
    RequestError
        The text is no date.
    """
    try:
        days = parse_days(text)
    except ValueError as error:
        raise RequestError(str(error)) from error
    return [c for c in claims if c.date and parse_days(c.date).meets(days)]


def as_dict(record: Record, claim: Claim, language: str = "en") -> dict[str, Any]:
    """Return a claim as plain data: its fields, its source, names in a language, corrections."""
    data: dict[str, Any] = {"id": claim.id, "source": record.source_of[claim.id]}
    data |= claim.as_dict()
    data["subject_name"] = name_of(record, claim.subject, language)
    data["place_names"] = [name_of(record, place, language) for place in claim.places]
    data["actor_names"] = [name_of(record, actor, language) for actor in claim.others]
    data["shown"] = value_shown(record, claim, language)
    data["corrections"] = [c.as_dict() for c in record.corrections_of(claim.id)]
    return data
