"""Variants: a scenario with a few things changed, each a question with its advocate.

A file ``variants/NAME.toml`` holds the question, who argues it, the claims it rests on, and the
changes: [set] parameters, [[units]], [[depots]] and [[air]] multipliers or values by selector,
[start] a shift of the first day, [bridges] other states on the first morning.
"""

from collections.abc import Iterable, Mapping, Sequence
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

    Parameters
    ----------
    name
        A name; the path of a .toml file; or several of either joined by ``+``, taken together.

    Raises
    ------
    RequestError
        There is no variant of that name; the message lists those there are.  Or two that are
        taken together give the same parameter or bridge different values.
    DataError
        The file has faults.
    """
    if "+" in name and not Path(name).is_file():
        folders = list(folders)
        return together([load_variant(folders, part.strip()) for part in name.split("+")])
    if name.endswith(".toml"):
        problems: list[Problem] = []
        found = read_variant(Path(name), problems)
        if found is None:
            raise DataError(problems)
        return found
    known: dict[str, Path] = {}
    for folder in folders:
        known = {**variant_files(folder), **known}
    if name not in known:
        there = ", ".join(known) if known else "none"
        raise RequestError(
            f"variant '{name}' is not known{near(name, known) if len(known) > 12 else ''}; "
            f"the scenario's variants: {there}"
        )
    problems = []
    found = read_variant(known[name], problems)
    if found is None:
        raise DataError(problems)
    return found


def together(variants: Sequence[Variant]) -> Variant:
    """Return several variants as one, named ``a+b``; changes of rows are made in their order.

    Raises
    ------
    RequestError
        One of them stands twice, or two give the same parameter or bridge different values.
    """
    names = [variant.name for variant in variants]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise RequestError(f"variant '{twice}' stands twice in '{'+'.join(names)}'; name it once")
    parameters: dict[str, float] = {}
    bridges: dict[str, str] = {}
    for variant in variants:
        _join(parameters, variant.set, "parameter", variant.name)
        _join(bridges, variant.bridges, "bridge", variant.name)
    return Variant(
        name="+".join(names),
        title=" and ".join(variant.title for variant in variants),
        question=" And: ".join(variant.question for variant in variants),
        argued_by="; ".join(dict.fromkeys(variant.argued_by for variant in variants)),
        basis=";".join(dict.fromkeys(variant.basis for variant in variants)),
        claims=tuple(dict.fromkeys(claim for variant in variants for claim in variant.claims)),
        set=parameters,
        start=Start(shift_days=sum(variant.start.shift_days for variant in variants)),
        units=tuple(change for variant in variants for change in variant.units),
        depots=tuple(change for variant in variants for change in variant.depots),
        air=tuple(change for variant in variants for change in variant.air),
        bridges=bridges,
    )


def _join(all_: dict[str, Any], more: Mapping[str, Any], what: str, name: str) -> None:
    for key, value in more.items():
        if all_.setdefault(key, value) != value:
            raise RequestError(
                f"{what} '{key}' is {all_[key]} in one variant and {value} in '{name}'; "
                "they cannot be taken together"
            )


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


def _check_changes(rows: Sequence[Any], changes: Iterable[Change], above: dict[str, str]) -> None:
    """A change that would change nothing is a slip of the pen: say so."""
    ids = {row.id for row in rows}
    for change in changes:
        asked = ", ".join(
            f"{name}={getattr(change, name)!r}"
            for name in ("side", "type", "under")
            if getattr(change, name)
        )
        for name in change.ids:
            if name not in ids:
                raise RequestError(
                    f"the variant names '{name}', which is not there{near(name, ids)}"
                )
        if not any(_selected(row, change, above) for row in rows):
            raise RequestError(
                f"the variant's selector {asked or 'of nothing'} selects no row; "
                "mend it (docs/scenario.md)"
            )
        for name in change.multiply:
            if not columns_of(type(rows[0]), name):
                columns = list(type(rows[0]).model_fields)
                raise RequestError(
                    f"the variant multiplies '{name}', which is no column"
                    f"{near(name, columns)} ({', '.join(columns)})"
                )


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
    rows, changes, out = list(rows), list(changes), []
    _check_changes(rows, changes, above)
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
