"""Variants: a scenario with a few things changed, each a question with its advocate.

A file ``variants/NAME.toml`` holds the question, who argues it, the claims it rests on, and the
changes: [set] parameters, [[units]], [[depots]] and [[air]] multipliers or values by selector,
[start] a shift of the first day, [bridges] other states on the first morning.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from tairiku.base.errors import DataError, Problem, RequestError
from tairiku.base.tables import Row, near, read_record, read_toml


class Change(Row):
    """One selector and what it does to the rows it selects; empty selectors select all."""

    side: str = ""
    ids: tuple[str, ...] = ()
    type: str = ""
    under: str = ""
    multiply: dict[str, float] = Field(default_factory=dict)
    put: dict[str, float | str | bool] = Field(default_factory=dict)


class Start(Row):
    """[start]: days by which the first (and last) day moves."""

    shift_days: int = 0


class Variant(Row):
    """A variants/NAME.toml file."""

    name: str
    title: str
    question: str
    argued_by: str
    basis: str
    claims: tuple[str, ...] = ()
    set: dict[str, float] = Field(default_factory=dict)
    start: Start = Start()
    units: tuple[Change, ...] = ()
    depots: tuple[Change, ...] = ()
    air: tuple[Change, ...] = ()
    bridges: dict[str, str] = Field(default_factory=dict)


def read_variant(path: Path, problems: list[Problem]) -> Variant | None:
    """Return a variant file as a record, or None with its faults added to ``problems``."""
    table = read_toml(path, problems)
    if not table:
        return None
    parameters = table.get("set")
    if isinstance(parameters, dict):
        table["set"] = flat(parameters)
    return read_record(path, {"name": path.stem, **table}, Variant, "", problems)


def flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return nested tables with dotted keys: {"a": {"b": 1}} is {"a.b": 1}."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            found.update(flat(value, f"{name}."))
        else:
            found[name] = value
    return found


def variant_files(folder: Path) -> dict[str, Path]:
    """Return the variant files of a scenario's folder by name; those of its parent are not its."""
    return {path.stem: path for path in sorted((folder / "variants").glob("*.toml"))}


def load_variant(folders: Iterable[Path], name: str) -> Variant:
    """Return a variant by its name, from the first of the scenario folders that has it.

    Raises
    ------
    RequestError
        There is no variant of that name; the message lists those there are.
    DataError
        The file has faults.
    """
    known: dict[str, Path] = {}
    for folder in folders:
        known = {**variant_files(folder), **known}
    if name not in known:
        there = ", ".join(known) if known else "none"
        raise RequestError(
            f"variant '{name}' is not known{near(name, known) if len(known) > 12 else ''}; "
            f"the scenario's variants: {there}"
        )
    problems: list[Problem] = []
    found = read_variant(known[name], problems)
    if found is None:
        raise DataError(problems)
    return found


def _selected(row: Any, change: Change, above: dict[str, str]) -> bool:
    if change.side and row.side != change.side:
        return False
    if change.type and row.type != change.type:
        return False
    if change.ids and row.id not in change.ids:
        return False
    if change.under:
        seen = row.id
        while seen and seen != change.under:
            seen = above.get(seen, "")
        return bool(seen)
    return True


def columns_of(row: type[BaseModel], name: str) -> list[str]:
    """Return the columns that ``multiply = {name = ...}`` takes: ``name`` and ``name_...``."""
    return [c for c in row.model_fields if c == name or c.startswith(f"{name}_")]


def changed(
    rows: Iterable[Any], changes: Iterable[Change], above: dict[str, str]
) -> tuple[Any, ...]:
    """Return rows of units, depots or air units with a variant's changes applied.

    ``multiply = {men = 0.5}`` takes every column ``men``, ``men_low``, ``men_best``, ``men_high``
    (or ``inflow_month_...``) times the number, rounded where the column counts whole things;
    ``put`` replaces a column.
    """
    out = []
    for row in rows:
        update: dict[str, Any] = {}
        for change in changes:
            if not _selected(row, change, above):
                continue
            for name, factor in change.multiply.items():
                for column in columns_of(type(row), name):
                    value = getattr(row, column)
                    if isinstance(value, int | float):
                        new = update.get(column, value) * factor
                        update[column] = round(new) if isinstance(value, int) else new
            update.update(change.put)
        try:
            out.append(type(row).model_validate({**row.__dict__, **update}) if update else row)
        except ValidationError as error:
            fault = error.errors()[0]
            field = ".".join(str(part) for part in fault["loc"])
            raise RequestError(
                f"the variant makes '{field}' of '{row.id}' {fault['input']!r}: {fault['msg']}"
            ) from error
    return tuple(out)
