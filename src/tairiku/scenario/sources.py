"""The scenario as a text tells it: what a document says, laid over the reconciled tables.

source_values.csv holds each value on which the texts speak, with what each says and the claims
behind it; source_cells.csv the cells of the scenario that a value concerns.  Both are made by
tools/build_scenario.py from the record; claims are names here, nothing of the record is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ValidationError

from tairiku.base.errors import DataError, Problem, RequestError
from tairiku.base.files import shown
from tairiku.base.names import LANGUAGES
from tairiku.base.tables import Row, read_numbered

if TYPE_CHECKING:
    from tairiku.scenario.load import Scenario

TEXTS = ("de", "zh")
VALUES_FILE, CELLS_FILE = "source_values.csv", "source_cells.csv"

# columns that name a row of a table; of several, the empty ones behind the first are left out
KEYS: dict[str, tuple[str, ...]] = {
    "command": ("formation_id", "from_date"),
    "leaders": ("formation_id", "person_id"),
    "cities": ("place_id",),
    "scenario": ("name",),
    "plans/japan/tasks": ("who", "step"),
    "plans/china/tasks": ("who", "step"),
    "plans/japan/roles": ("who", "role"),
    "plans/china/roles": ("who", "role"),
}


class SourceValue(Row):
    """source_values.csv: a value on which a text speaks, in the words of each text."""

    id: str
    kind: Literal["sum", "set"]
    what: str
    what_de: str = ""
    what_zht: str = ""
    what_zhs: str = ""
    what_ja: str = ""
    unit: str
    de: str = ""
    zh: str = ""
    reconciled: str
    low: str = ""
    high: str = ""
    de_claims: str = ""
    zh_claims: str = ""
    basis: str
    note: str = ""

    def said(self, sources: str) -> str:
        """What is taken by some sources; the reconciled where a text is silent."""
        return (getattr(self, sources) if sources in TEXTS else "") or self.reconciled

    def claims(self, text: str) -> list[str]:
        """Ids of the claims that a text's value rests on."""
        return [claim for claim in getattr(self, f"{text}_claims").split(";") if claim]

    @property
    def names(self) -> list[str]:
        """The value's name in the five languages, English where one lacks."""
        columns = ("what", *(f"what_{language}" for language in LANGUAGES[1:]))
        return [getattr(self, column) or self.what for column in columns]


class SourceCell(Row):
    """source_cells.csv: one cell of the scenario as each text has it, and the range drawn in.

    ``value`` names the values it is part of, the most particular first; ``field`` is a column, or
    the stem of a figure with ``_low``, ``_best``, ``_high``.
    """

    value: str
    file: str
    row: str
    field: str
    de: str = ""
    zh: str = ""
    reconciled: str = ""
    low: str = ""
    high: str = ""
    basis: str

    @property
    def values(self) -> list[str]:
        """Ids of the values it is part of."""
        return self.value.split(";")

    def said(self, sources: str) -> str:
        """The cell by some sources; the reconciled where a text is silent."""
        return (getattr(self, sources) if sources in TEXTS else "") or self.reconciled

    @property
    def name(self) -> str:
        """The cell as ``units#jp-37d.men``."""
        return f"{self.file}#{self.row}.{self.field}"


@dataclass(frozen=True)
class Told:
    """All that the texts say of a scenario's first morning and orders."""

    values: tuple[SourceValue, ...]
    cells: tuple[SourceCell, ...]


def row_name(file: str, row: Mapping[str, Any]) -> str:
    """Return the name of a row of a table, as the cells name it.

    Examples
    --------
    >>> row_name("leaders", {"formation_id": "jp-cea", "person_id": "hata"})
    'jp-cea@hata'
    """
    first, *others = KEYS.get(file, ("id",))
    parts = [str(row[first]), *(str(row[c]) for c in others if row.get(c))]
    return "@".join(parts)


@lru_cache(maxsize=4)
def _values(path: Path, _modified: int) -> tuple[tuple[SourceValue, ...], tuple[Problem, ...]]:
    problems: list[Problem] = []
    return tuple(row for _, row in read_numbered(path, SourceValue, problems)), tuple(problems)


def read_values(folder: Path, problems: list[Problem]) -> tuple[SourceValue, ...]:
    """Return the values of a scenario's folder, none where it has no such file."""
    path = folder / VALUES_FILE
    if not path.is_file():
        return ()
    values, found = _values(path, path.stat().st_mtime_ns)
    problems.extend(found)
    return values


def read_told(folder: Path, problems: list[Problem]) -> Told | None:
    """Return values and cells of a scenario's folder; None where it has none."""
    values = read_values(folder, problems)
    if not (folder / CELLS_FILE).is_file():
        return None
    cells = tuple(row for _, row in read_numbered(folder / CELLS_FILE, SourceCell, problems))
    return Told(values, cells)


def overlaid(
    table: str,
    rows: Sequence[Any],
    cells: Sequence[SourceCell],
    sources: str,
    where: Path,
    problems: list[Problem],
) -> tuple[Any, ...]:
    """Return the rows of a table as some sources have them.

    Figures with a range take the text's figure as their best, the range widened to hold it; by
    "sampled" they keep the best and take the cell's range.  What a row refuses goes to
    ``problems``.
    """
    changes: dict[str, dict[str, str]] = {}
    model = type(rows[0]) if rows else None
    for cell in cells:
        if cell.file != table or model is None:
            continue
        put = changes.setdefault(cell.row, {})
        if f"{cell.field}_best" in model.model_fields:
            put.update(_ranged(cell, sources))
        elif sources in TEXTS and getattr(cell, sources):
            put[cell.field] = getattr(cell, sources)
    out = []
    for row in rows:
        given = changes.pop(_name_of(table, row), None)
        try:
            out.append(model.model_validate({**row.__dict__, **given}) if model and given else row)
        except ValidationError as error:
            fault = error.errors()[0]
            name = ".".join(str(part) for part in fault["loc"])
            what = f"does not fit {table}.csv as '{sources}' has it: {fault['msg']}"
            problems.append(Problem(shown(where), None, name, str(fault["input"])[:60], what))
    for name in changes:
        what = f"is no row of {table}.csv; name a row as row names say (docs/scenario.md)"
        problems.append(Problem(shown(where), None, "row", name, what))
    return tuple(out)


def _ranged(cell: SourceCell, sources: str) -> dict[str, str]:
    if sources == "sampled":
        return {f"{cell.field}_low": cell.low, f"{cell.field}_high": cell.high}
    said = getattr(cell, sources)
    if not said:
        return {}
    low, high = min(cell.low, said, key=float), max(cell.high, said, key=float)
    return {f"{cell.field}_low": low, f"{cell.field}_best": said, f"{cell.field}_high": high}


def _name_of(table: str, row: Any) -> str:
    given = {name: value for name, value in row.__dict__.items() if value is not None}
    return row_name(table, given)


def plan_changes(cells: Sequence[SourceCell], text: str) -> dict[str, dict[str, dict[str, str]]]:
    """Return what a text changes of the plans: file, row, column to its cell."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for cell in cells:
        said = getattr(cell, text)
        if cell.file.startswith("plans/") and said:
            found.setdefault(cell.file, {}).setdefault(cell.row, {})[cell.field] = said
    return found


def common_dice(told: Told) -> dict[tuple[str, str], int]:
    """Return the die of every figure that is drawn with others: (row, stem) to its number.

    What one claim disputes is one number: the rows among which a total is shared out are drawn
    together, by the number of the total they are part of.
    """
    number = {value.id: i for i, value in enumerate(told.values)}
    return {
        (cell.row, cell.field): number[cell.values[0]]
        for cell in told.cells
        if cell.low and cell.values[0] in number
    }


def as_told(scenario: "Scenario", sources: str) -> "Scenario":
    """Return the scenario by some sources: "de", "zh", or "sampled" (ranges, and common dice).

    Raises
    ------
    RequestError
        A text is asked for, and the scenario has nothing by the texts.
    DataError
        The files of what the texts say have faults; all of them are listed.
    """
    problems: list[Problem] = []
    told = read_told(scenario.folder, problems)
    if told is None and sources in TEXTS:
        raise RequestError(
            f"sources '{sources}': scenario '{scenario.name}' has no {CELLS_FILE}, its figures are "
            "not split by document; use 'reconciled' or 'sampled'"
        )
    found = scenario if told is None else _laid(scenario, told, sources, problems)
    if problems:
        raise DataError(problems)
    return found


def _laid(scenario: "Scenario", told: Told, sources: str, problems: list[Problem]) -> "Scenario":
    where = scenario.folder / CELLS_FILE
    changed: dict[str, Any] = {}
    for table in {cell.file for cell in told.cells}:
        if table.startswith("plans/") or table in ("scenario", "bridges"):
            continue
        rows = getattr(scenario, table, None)
        if not isinstance(rows, tuple):
            problems.append(Problem(shown(where), None, "file", table, "is no table of a scenario"))
            continue
        changed[table] = overlaid(table, rows, told.cells, sources, where, problems)
    files = {**scenario.files, VALUES_FILE: scenario.folder / VALUES_FILE, CELLS_FILE: where}
    if sources == "sampled":
        return replace(scenario, **changed, common_dice=common_dice(told), files=files)
    bridges = overlaid("bridges", scenario.map.bridges, told.cells, sources, where, problems)
    for cell in told.cells:
        if cell.file == "scenario" and getattr(cell, sources):
            changed[cell.field] = _day(cell, sources, where, problems)
    return replace(
        scenario,
        **changed,
        map=replace(scenario.map, bridges=bridges),
        plan_changes=plan_changes(told.cells, sources),
        files=files,
    )


def _day(cell: SourceCell, text: str, where: Path, problems: list[Problem]) -> date:
    said = getattr(cell, text)
    try:
        return date.fromisoformat(said)
    except ValueError:
        problems.append(Problem(shown(where), None, text, said, "is no date; write 1944-04-19"))
        return date.min
