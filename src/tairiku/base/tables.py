"""Reading data files: a CSV or TOML file becomes checked rows, every fault named in one pass.

A row type is a frozen pydantic model that forbids unknown fields; a cell that is empty counts as
not given, so that a field with a default may be left empty and one without may not.
"""

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from tairiku.base.errors import Problem
from tairiku.base.files import shown
from tairiku.base.hints import near

__all__ = ["Row", "near", "read_numbered", "read_record", "read_table", "read_toml"]

R = TypeVar("R", bound=BaseModel)

_PLAIN = {
    "int_parsing": "is not a whole number; write digits only, such as 120",
    "int_from_float": "is not a whole number; write digits only, such as 120",
    "float_parsing": "is not a number; write digits and a point, such as 0.75",
    "finite_number": "is not a finite number; write digits and a point, such as 0.75",
    "bool_parsing": "is neither yes nor no; write one of them",
    "date_parsing": "is not a date; write year-month-day, such as 1944-06-18",
    "date_from_datetime_parsing": "is not a date; write year-month-day, such as 1944-06-18",
    "string_type": "is not text; put it in quotes",
    "int_type": "is not a whole number",
    "float_type": "is not a number",
}


class Row(BaseModel):
    """What every row and every TOML table of our data is: frozen, no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


@cache
def _adapter(row: type[R]) -> TypeAdapter[list[R]]:
    return TypeAdapter(list[row])  # type: ignore[valid-type]


def _say(error: Any) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind == "missing":
        return "is missing; give it a value"
    if kind == "extra_forbidden":
        return "is not a field of this file; remove it or mend its name"
    if kind == "literal_error":
        return f"is none of {str(context['expected']).replace(' or ', ', ')}; write one of them"
    if kind == "greater_than_equal":
        return f"is less than {context['ge']:g}; write {context['ge']:g} or more"
    if kind == "greater_than":
        return f"is not more than {context['gt']:g}; write a larger number"
    if kind == "less_than_equal":
        return f"is more than {context['le']:g}; write {context['le']:g} or less"
    if kind == "value_error":
        return str(context.get("error", error["msg"]))
    return str(error["msg"])


def _shown_value(error: Any) -> str:
    if error["type"] in ("missing", "value_error") and isinstance(error["input"], dict):
        return ""
    text = str(error["input"])
    return text if len(text) <= 60 else f"{text[:57]}..."


def read_table(path: Path, row: type[R], problems: list[Problem]) -> list[R]:
    """Return the rows of a CSV file; what is wrong with them is added to ``problems``.

    The rows are complete only where no problem was added.
    """
    return [found for _, found in read_numbered(path, row, problems)]


def read_numbered(
    path: Path, row: type[R], problems: list[Problem], others: bool = False
) -> list[tuple[int, R]]:
    """Return (line, row) of every sound row of a CSV file; faults are added to ``problems``.

    With ``others`` further columns may be there and are not read.
    """
    name = shown(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.append(Problem(name, None, "", "", "the file is missing; put it there"))
        return []
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(name, None, "", "", f"cannot be read as UTF-8 text: {error}"))
        return []
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    found: list[dict[str, str]] = []
    lines: list[int] = []
    try:
        header = next(reader, [])
        before = len(problems)
        fields = {info.alias or field for field, info in row.model_fields.items()}
        read = [not others or column in fields for column in header]
        _check_header(
            name, [c for c, wanted in zip(header, read, strict=True) if wanted], row, problems
        )
        if len(problems) > before:
            return []
        width = len(header)
        for cells in reader:
            if len(cells) == width:
                given = zip(header, cells, read, strict=True)
                found.append({h: c for h, c, wanted in given if wanted and c != ""})
                lines.append(reader.line_num)
            elif cells:
                what = f"has {len(cells)} cells where the header has {width}; mend the commas"
                problems.append(Problem(name, reader.line_num, "", "", what))
    except csv.Error as error:
        problems.append(Problem(name, reader.line_num, "", "", f"is not CSV: {error}"))
    return _checked(name, row, found, lines, problems)


def _checked(
    name: str,
    row: type[R],
    found: list[dict[str, str]],
    lines: list[int],
    problems: list[Problem],
) -> list[tuple[int, R]]:
    adapter = _adapter(row)
    try:
        return list(zip(lines, adapter.validate_python(found), strict=True))
    except ValidationError as error:
        faults = error.errors(include_url=False)
    for fault in faults:
        number = int(fault["loc"][0])
        field = ".".join(str(part) for part in fault["loc"][1:])
        label = found[number].get("id")
        what = _say(fault) if label is None or field == "id" else f"{_say(fault)} ({label})"
        problems.append(Problem(name, lines[number], field, _shown_value(fault), what))
    bad = {int(fault["loc"][0]) for fault in faults}
    good = [i for i in range(len(found)) if i not in bad]
    rows = adapter.validate_python([found[i] for i in good])
    return list(zip([lines[i] for i in good], rows, strict=True))


def _check_header(name: str, header: list[str], row: type[R], problems: list[Problem]) -> None:
    fields = {info.alias or field: info for field, info in row.model_fields.items()}
    for column in header:
        if column not in fields:
            what = f"is not a column of this file{near(column, fields)}"
            problems.append(Problem(name, 1, "column", column, what))
        elif header.count(column) > 1:
            problems.append(Problem(name, 1, "column", column, "stands twice; keep one"))
    for field, info in fields.items():
        if field not in header and info.is_required():
            problems.append(Problem(name, 1, "column", field, "is missing; add this column"))


def read_toml(path: Path, problems: list[Problem]) -> dict[str, Any]:
    """Return a TOML file as a dict; a missing or broken file is added to ``problems``."""
    name = shown(path)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(Problem(name, None, "", "", "the file is missing; put it there"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        problems.append(Problem(name, None, "", "", f"is not TOML: {error}"))
    return {}


def read_record(
    path: Path, table: dict[str, Any], kind: type[R], where: str, problems: list[Problem]
) -> R | None:
    """Return one TOML table as a checked record, or None with its faults added."""
    try:
        return kind.model_validate(table)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            field = ".".join([where, *(str(part) for part in fault["loc"])]).strip(".")
            problems.append(Problem(shown(path), None, field, _shown_value(fault), _say(fault)))
        return None
