"""Writing the record to files that other programs read."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tairiku.base.errors import RequestError
from tairiku.base.files import write_whole
from tairiku.base.hints import near
from tairiku.record.columns import TABLES
from tairiku.record.linked_places import BASE
from tairiku.record.load import Record

FORMATS = ("csv", "parquet", "json-ld", "prov", "geojson")

_PROV = {".json": "json", ".provn": "provn", ".ttl": "rdf"}
_SHORT = {
    "qualifiedQuotation": "wasQuotedFrom",
    "qualifiedPrimarySource": "hadPrimarySource",
    "qualifiedRevision": "wasRevisionOf",
}
# types of a table schema of Frictionless data, by the types of DuckDB
_FIELDS = {"DOUBLE": "number", "DATE": "date", "BOOLEAN": "boolean"}


def only(record: Record, sources: Sequence[str]) -> Record:
    """Return the record with the claims of some sources only.

    Raises
    ------
    RequestError
        One of them is no source of the record.
    """
    for id_ in sources:
        if id_ not in record.sources:
            raise RequestError(f"'{id_}' is no source of the record{near(id_, record.sources)}")
    kept = {id_: c for id_, c in record.claims.items() if record.source_of[id_] in sources}
    return replace(
        record,
        sources={id_: record.sources[id_] for id_ in record.sources if id_ in sources},
        claims=kept,
        source_of={id_: record.source_of[id_] for id_ in kept},
        corrections=tuple(c for c in record.corrections if c.claim_id in kept),
    )


def export(record: Record, format_: str, output: Path, base: str = BASE) -> dict[str, int]:
    """Write the record; returns how many rows, features or statements each part has.

    Parameters
    ----------
    record
        The record.
    format_
        One of `FORMATS`.
    output
        The folder to make for csv and parquet, the file for the others.  For prov its ending says
        which form: .json, .provn or .ttl.
    base
        What stands before ids to make addresses of them (json-ld and prov).

    Raises
    ------
    RequestError
        It cannot be written there, or the ending says nothing.
    """
    if format_ in ("csv", "parquet"):
        return _tables(record, format_, output)
    if format_ == "prov":
        return _prov(record, output, base)
    if format_ == "geojson":
        from tairiku.record.geojson import geojson

        found = geojson(record)
    else:
        from tairiku.record.linked_places import linked_places

        found = linked_places(record, base)
    _make(output.parent)
    write_whole(output, _lines(found))
    return {"features": len(found["features"])}


def _lines(collection: dict[str, Any]) -> bytes:
    """JSON with one feature to a line, so that two exports can be compared line by line."""
    head = {key: value for key, value in collection.items() if key != "features"}
    before = json.dumps(head, ensure_ascii=False)[:-1]
    lines = (json.dumps(feature, ensure_ascii=False) for feature in collection["features"])
    features = ",\n".join(lines)
    return f'{before}, "features": [\n{features}\n]}}\n'.encode()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"'{folder}' cannot be made ({error.strerror}); choose another place"
        raise RequestError(what) from error


def _tables(record: Record, format_: str, folder: Path) -> dict[str, int]:
    import duckdb

    from tairiku.record.tables import connect

    _make(folder)
    connection = connect(record, files=True)
    options = "FORMAT csv, HEADER" if format_ == "csv" else "FORMAT parquet, COMPRESSION zstd"
    found = {}
    try:
        for name in TABLES:
            path = (folder / f"{name}.{format_}").as_posix().replace("'", "''")
            connection.execute(f"COPY \"{name}\" TO '{path}' ({options})")
            found[name] = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
    except duckdb.IOException as error:
        raise RequestError(f"'{folder}' cannot be written: {error}") from error
    finally:
        connection.close()
    package = json.dumps(_package(format_), ensure_ascii=False, indent=1) + "\n"
    write_whole(folder / "datapackage.json", package.encode())
    return found


def _package(format_: str) -> dict[str, Any]:
    """What the files hold, as a data package: every table and column with its meaning."""
    return {
        "name": "tairiku-record",
        "title": "The record of Operation Ichi-Go, claim by claim",
        "resources": [
            {
                "name": table.name,
                "path": f"{table.name}.{format_}",
                "format": format_,
                "encoding": "utf-8",
                "description": f"one row is {table.row}",
                "schema": {
                    "fields": [
                        {"name": c.name, "type": _field(c.type), "description": c.meaning}
                        for c in table.columns
                    ]
                },
            }
            for table in TABLES.values()
        ],
    }


def _field(type_: str) -> str:
    return (
        "integer" if type_.endswith("INT") or type_ == "INTEGER" else _FIELDS.get(type_, "string")
    )


def _prov(record: Record, output: Path, base: str) -> dict[str, int]:
    form = _PROV.get(output.suffix)
    if form is None:
        endings = ", ".join(_PROV)
        raise RequestError(f"'{output.name}' says no form of PROV; let it end in {endings}")
    from tairiku.record.provenance import provenance

    document = provenance(record, base)
    text = _turtle(document) if form == "rdf" else document.serialize(format=form)
    _make(output.parent)
    write_whole(output, (text or "").encode())
    return {"statements": sum(1 for _ in document.get_records())}


def _turtle(document: Any) -> str:
    """The provenance as Turtle; quotations and the like are said in the short form as well."""
    try:
        from prov.serializers.provrdf import ProvRDFSerializer
        from rdflib import URIRef
    except ImportError as error:
        what = "Turtle needs rdflib; install it with: pip install 'tairiku[rdf]'"
        raise RequestError(what) from error
    graph = ProvRDFSerializer(document).encode_document(document)
    prov = "http://www.w3.org/ns/prov#"
    for long, short in _SHORT.items():
        for subject, node in list(graph.subject_objects(URIRef(prov + long))):
            for entity in list(graph.objects(node, URIRef(f"{prov}entity"))):
                graph.add((subject, URIRef(prov + short), entity))
    return str(graph.serialize(format="turtle"))
