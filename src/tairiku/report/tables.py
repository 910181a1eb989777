"""A run directory as dense arrays for the page: a row for each unit, a column for each evening."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from tairiku import replay
from tairiku.base.errors import DataError, Problem
from tairiku.study.explaining.stopped import find_causes

ABSENT = -1  # a unit that is not there; a hex that is none

COUNTS = (
    "men",
    "sick",
    "wounded",
    "stragglers",
    "guns",
    "mortars",
    "at_guns",
    "tanks",
    "trucks",
    "horses",
    "food_kg",
    "ammunition_kg",
    "cut",
    "ringed",
    "contact",
    "lost_today",
    "stopped_days",
    "air_hit",
)
SHARES = ("cohesion", "fatigue", "fed", "rounds", "fuelled")
NAMES = ("status", "posture", "order_code", "source_depot", "box", "giver", "answer", "stopped")
DATES = ("since", "asked")
EVENT_NUMBERS = ("a", "b", "c", "d", "e")
# kinds of event that the map shows already by itself
UNTOLD = ("none", "control")
FORCES = ("japan", "china", "communist", "puppet", "allied-air")
DAY_COLUMNS = (
    "men",
    "absent",
    "killed",
    "wounded_out",
    "captured",
    "missing",
    "deserted",
    "disease",
    "raised",
    "guns",
    "tanks",
    "trucks",
    "horses",
    "food_t",
    "ammunition_t",
    "motor_fuel_t",
    "aircraft",
    "aircraft_lost",
    "hexes",
)


@dataclass(frozen=True)
class Season:
    """What happened in a run.

    Attributes
    ----------
    evenings
        Number of columns; column 0 is the first dawn (day -1), column d + 1 the evening of day d.
    units
        Ids, in the order of the rows.
    side, force
        Of each unit.
    columns
        By name, int32. (units, evenings)
        ``hex`` and ``target`` are -1 off the map; shares are in percent; names are codes into
        ``labels``, -1 for none; ``there`` is 1 where the unit has a row.
    labels
        The names behind the codes.
    control
        Changes of control: day, hex, side (0 japan, 1 china, 2 none). (changes,) each
    events
        day, kind, side, hex, unit, other (rows of ``labels``) and a to e. (events,) each
    days
        By force and column name. (evenings,)
    weather
        By region: sky and ground, codes of dry-rain-storm and dry-wet-mud. (evenings,)
    air
        Aircraft on hand and sorties by air unit. rows of (day, air unit, field, craft, sorties)
    """

    first: date
    evenings: int
    units: tuple[str, ...]
    side: tuple[str, ...]
    force: tuple[str, ...]
    columns: dict[str, np.ndarray]
    labels: dict[str, list[str]]
    control: dict[str, np.ndarray]
    events: dict[str, np.ndarray]
    days: dict[str, dict[str, np.ndarray]]
    weather: dict[str, dict[str, np.ndarray]]
    air: dict[str, np.ndarray]


def read_summary(folder: Path) -> dict[str, Any]:
    """The summary of a run directory.

    Raises
    ------
    DataError
        There is none, or it is not JSON.
    """
    path = folder / "summary.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        what = "the file is missing; run the campaign again"
        raise DataError([Problem(str(path), None, "", "", what)]) from error
    except (OSError, ValueError) as error:
        what = f"is not readable JSON ({error}); run the campaign again"
        raise DataError([Problem(str(path), None, "", "", what)]) from error
    return found


def read_provenance(folder: Path) -> dict[str, Any]:
    """How the run was made, as far as its folder tells."""
    try:
        found: dict[str, Any] = json.loads((folder / "provenance.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def read_season(folder: Path, first: date) -> Season:
    """Return the tables of a run directory as arrays.

    Raises
    ------
    RequestError, DataError
        As `tairiku.replay.open_folder`.
    """
    con = replay.open_folder(folder)
    try:
        return _season(con, first)
    finally:
        con.close()


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> dict[str, np.ndarray]:
    found = replay.fetch(con, query)
    return {name: _plain(np.ma.asarray(column)) for name, column in found.items()}


def _plain(column: Any) -> np.ndarray:
    if column.dtype.kind == "O":
        # filled(None) would put the default fill value, "?", where there is no name
        names: np.ndarray = column.data.copy()
        names[np.ma.getmaskarray(column)] = None
        return names
    filled: np.ndarray = np.ma.filled(column, np.nan if column.dtype.kind == "f" else ABSENT)
    return filled


def _coded(values: np.ndarray, labels: list[str]) -> np.ndarray:
    """Codes of names; labels not yet known are added at the end of the list."""
    at: dict[str | None, int] = {label: i for i, label in enumerate(labels)}
    at[None] = ABSENT
    for value in dict.fromkeys(values):
        if value not in at:
            at[value] = len(labels)
            labels.append(value)
    return np.fromiter(map(at.__getitem__, values), np.int32, len(values))


def _season(con: duckdb.DuckDBPyConnection, first: date) -> Season:
    last = con.execute("SELECT max(day) FROM days").fetchone()
    evenings = int(last[0]) + 2 if last is not None and last[0] is not None else 1
    order = con.execute(
        "SELECT unit, any_value(side), any_value(force), min(day) AS came FROM units "
        "GROUP BY unit ORDER BY came, unit"
    ).fetchall()
    units = tuple(str(row[0]) for row in order)
    labels: dict[str, list[str]] = {name: [] for name in NAMES}
    find_causes(con)
    columns = _unit_columns(con, units, evenings, labels)
    control = _rows(
        con,
        "SELECT day::INTEGER AS day, hex::INTEGER AS hex, CASE side WHEN 'japan' THEN 0 "
        "WHEN 'china' THEN 1 ELSE 2 END::INTEGER AS side FROM hexes ORDER BY day, hex",
    )
    return Season(
        first=first,
        evenings=evenings,
        units=units,
        side=tuple(str(row[1]) for row in order),
        force=tuple(str(row[2]) for row in order),
        columns=columns,
        labels=labels,
        control=control,
        events=_events(con, labels),
        days=_days(con, evenings),
        weather=_weather(con, evenings),
        air=_air(con, labels),
    )


def _unit_columns(
    con: duckdb.DuckDBPyConnection,
    units: tuple[str, ...],
    evenings: int,
    labels: dict[str, list[str]],
) -> dict[str, np.ndarray]:
    shares = ", ".join(f"round({c} * 100)::INTEGER AS {c}" for c in SHARES)
    rows = _rows(
        con,
        "SELECT day::INTEGER AS day, unit, hex::INTEGER AS hex, target::INTEGER AS target, "
        f"round(km_today)::INTEGER AS km, {', '.join(NAMES)}, "
        f"{', '.join(f'{c}::INTEGER AS {c}' for c in (*COUNTS, *DATES))}, {shares}, "
        "(100 * least(1, got_kg / greatest(need_kg, 1)))::INTEGER AS got "
        "FROM units LEFT JOIN "
        "(SELECT day, unit, cause AS stopped, days AS stopped_days FROM stopped) "
        "USING (day, unit)",
    )
    row = _coded(rows["unit"], list(units))
    col = rows["day"] + 1
    columns: dict[str, np.ndarray] = {}

    def lay(name: str, values: np.ndarray, empty: int) -> None:
        table = np.full((len(units), evenings), empty, np.int32)
        table[row, col] = values
        columns[name] = table

    lay("there", np.ones(len(row), np.int32), 0)
    for name in ("hex", "target", *DATES):
        lay(name, rows[name], ABSENT)
    for name in (*COUNTS, *SHARES, "km", "got"):
        lay(name, np.maximum(rows[name], 0), 0)
    for name in NAMES:
        lay(name, _coded(rows[name], labels[name]), ABSENT)
    return columns


def _events(con: duckdb.DuckDBPyConnection, labels: dict[str, list[str]]) -> dict[str, np.ndarray]:
    untold = ", ".join(f"'{kind}'" for kind in UNTOLD)
    rows = _rows(
        con,
        "SELECT day::INTEGER AS day, kind, coalesce(side, 'none') AS side, hex::INTEGER AS hex, "
        f"unit, other, a, b, c, d, e FROM events WHERE kind NOT IN ({untold}) ORDER BY day, number",
    )
    labels["kind"], labels["node"] = [], []
    events = {"day": rows["day"], "hex": rows["hex"]}
    events["kind"] = _coded(rows["kind"], labels["kind"])
    events["side"] = _coded(rows["side"], ["japan", "china", "none"])
    events["unit"] = _coded(rows["unit"], labels["node"])
    events["other"] = _coded(rows["other"], labels["node"])
    for name in EVENT_NUMBERS:
        events[name] = rounded(rows[name])
    return events


def rounded(values: np.ndarray, digits: int = 4) -> np.ndarray:
    """Numbers with so many significant digits, as float32; nan stays."""
    values = np.asarray(values, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.floor(np.log10(np.abs(values)))
    scale = 10.0 ** (digits - 1 - np.where(np.isfinite(power), power, 0.0))
    return (np.round(values * scale) / scale).astype(np.float32)


def _days(con: duckdb.DuckDBPyConnection, evenings: int) -> dict[str, dict[str, np.ndarray]]:
    rows = _rows(
        con, f"SELECT day::INTEGER AS day, force, {', '.join(DAY_COLUMNS)} FROM days ORDER BY day"
    )
    found: dict[str, dict[str, np.ndarray]] = {}
    for force in FORCES:
        mine = rows["force"] == force
        if mine.any():
            found[force] = {}
            for name in DAY_COLUMNS:
                series = np.zeros(evenings)
                series[rows["day"][mine] + 1] = rows[name][mine]
                found[force][name] = series
    return found


def _weather(con: duckdb.DuckDBPyConnection, evenings: int) -> dict[str, dict[str, np.ndarray]]:
    rows = _rows(con, "SELECT day::INTEGER AS day, region, sky, ground FROM weather ORDER BY day")
    sky = _coded(rows["sky"], ["dry", "rain", "storm"])
    ground = _coded(rows["ground"], ["dry", "wet", "mud"])
    found: dict[str, dict[str, np.ndarray]] = {}
    for region in sorted({str(name) for name in rows["region"]}):
        mine = rows["region"] == region
        at = rows["day"][mine] + 1
        series = {"sky": np.zeros(evenings, np.int32), "ground": np.zeros(evenings, np.int32)}
        series["sky"][at], series["ground"][at] = sky[mine], ground[mine]
        found[region] = series
    return found


def _air(con: duckdb.DuckDBPyConnection, labels: dict[str, list[str]]) -> dict[str, np.ndarray]:
    rows = _rows(
        con,
        "SELECT day::INTEGER AS day, air_unit, field, craft::INTEGER AS craft, "
        "sorties::INTEGER AS sorties FROM air ORDER BY air_unit, day",
    )
    labels["air_unit"], labels["field"] = [], []
    rows["air_unit"] = _coded(rows["air_unit"], labels["air_unit"])
    rows["field"] = _coded(rows["field"], labels["field"])
    return rows
