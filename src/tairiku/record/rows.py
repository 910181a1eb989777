"""Reading the rows of the record from CSV and TOML files, every fault named in one pass."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

from pydantic import create_model, field_validator

from tairiku.base import tables
from tairiku.base.errors import Problem
from tairiku.record.edtf import parse_days
from tairiku.record.models import CLAIM_ID, SOURCE_ID, Claim, Plain, Source

T = TypeVar("T", bound=Plain)


def _claim_id(value: str) -> str:
    if not CLAIM_ID.fullmatch(value):
        raise ValueError("is no claim id; write capitals, a hyphen and a number, like DE-001")
    return value


def _source_id(value: str) -> str:
    if not SOURCE_ID.fullmatch(value):
        raise ValueError("is no source id; write small letters, digits and hyphens, like zh")
    return value


def _date(value: str) -> str:
    parse_days(value)
    return value


def _standing(value: int) -> int:
    if not 1 <= value <= 9:
        raise ValueError("is no standing; write 1 (best) to 9")
    return value


_CHECKS: dict[tuple[type[Plain], str], Callable[[Any], Any]] = {
    (Claim, "id"): _claim_id,
    (Source, "id"): _source_id,
    (Source, "standing"): _standing,
}


_MODELS: dict[type[Plain], type[tables.Row]] = {}


def model(kind: type[Plain]) -> type[tables.Row]:
    """Return the pydantic model of a kind of row: its fields with their types and checks."""
    if kind not in _MODELS:
        _MODELS[kind] = _made(kind)
    return _MODELS[kind]


def _made(kind: type[Plain]) -> type[tables.Row]:
    given: dict[str, Any] = {}
    checks: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        given[field.name] = (field.type, ... if field.default is MISSING else field.default)
        check = _CHECKS.get((kind, field.name))
        check = _date if field.name == "date" else check
        if check is not None:
            checks[f"_{field.name}"] = field_validator(field.name)(check)
    return create_model(kind.__name__, __base__=tables.Row, __validators__=checks, **given)


def _plain(kind: type[T], row: tables.Row) -> T:
    return kind(**row.__dict__)


def read_numbered(path: Path, kind: type[T], problems: list[Problem]) -> list[tuple[int, T]]:
    """Return (line, row) of every sound row of a CSV file; faults are added to ``problems``."""
    found = tables.read_numbered(path, model(kind), problems)
    return [(line, _plain(kind, row)) for line, row in found]


def read_table(path: Path, kind: type[T], problems: list[Problem]) -> list[T]:
    """Return the sound rows of a CSV file; faults are added to ``problems``."""
    return [row for _, row in read_numbered(path, kind, problems)]


def read_head(path: Path, problems: list[Problem]) -> Source | None:
    """Return the head of a source from its TOML file, or None with its faults added."""
    before = len(problems)
    table = tables.read_toml(path, problems)
    if len(problems) > before:
        return None
    row = tables.read_record(path, table, model(Source), "", problems)
    return None if row is None else _plain(Source, row)


def checked(kind: type[T], data: dict[str, Any]) -> T:
    """Return a row made of a dict of its fields.

    Raises
    ------
    ValueError
        A field is unknown, missing or wrong.
    """
    return _plain(kind, model(kind).model_validate(data))
