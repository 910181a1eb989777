"""The charts of the page: each a drawing, its legend, its table by weeks and its daily figures."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from tairiku.figures.charts import COLOURS, bars_by_week, lines_by_day, weeks
from tairiku.report.tables import FORCES, Season


@dataclass(frozen=True)
class ChartPart:
    """One chart of the page.

    Attributes
    ----------
    key
        Its title is the word ``chart-KEY``.
    svg
        The drawing.
    legend
        Forces shown, with their colour and whether their line is dashed.
    columns, rows
        The table by weeks: forces, and [date, values...].
    daily
        All figures, header first, for the CSV file.
    """

    key: str
    svg: str
    legend: list[tuple[str, str, bool]]
    columns: list[str]
    rows: list[list[Any]]
    daily: list[list[Any]]


# key, columns of the days table summed, forces shown
_LINES = (
    ("men", ("men",), FORCES[:4]),
    ("absent", ("absent",), FORCES[:4]),
    ("food", ("food_t",), ("japan", "china")),
    ("ammunition", ("ammunition_t",), ("japan", "china")),
    ("motor_fuel", ("motor_fuel_t",), ("japan", "china")),
    ("aircraft", ("aircraft",), ("japan", "allied-air", "china")),
)
_BATTLE = ("killed", "wounded_out", "captured", "missing")


def battle_losses(season: Season) -> dict[str, np.ndarray]:
    """Men lost each day in battle for good, by force: killed, wounded out, captured, missing."""
    found: dict[str, np.ndarray] = {}
    for force in ("japan", "china"):
        if force in season.days:
            total = sum(season.days[force][name] for name in _BATTLE)
            found[force] = np.diff(np.asarray(total))
    return found


def chart_parts(season: Season) -> list[ChartPart]:
    """Every chart that the run has figures for."""
    parts = []
    losses = battle_losses(season)
    if season.evenings > 1 and losses:
        parts.append(_part("losses", season, losses, weekly=True))
    for key, names, forces in _LINES:
        series = {}
        for force in forces:
            if force in season.days:
                values = np.sum([season.days[force][name] for name in names], axis=0)[1:]
                if values.any():
                    series[force] = values
        if series:
            parts.append(_part(key, season, series, weekly=False))
    return parts


def _part(key: str, season: Season, series: dict[str, np.ndarray], *, weekly: bool) -> ChartPart:
    first = season.first
    svg = bars_by_week(first, series) if weekly else lines_by_day(first, series)
    forces = list(series)
    by_week = {f: weeks(v) if weekly else v[::7] for f, v in series.items()}
    count = len(next(iter(by_week.values())))
    rows = [
        [
            (first + timedelta(days=7 * week)).isoformat(),
            *(f"{by_week[force][week]:,.0f}" for force in forces),
        ]
        for week in range(count)
    ]
    length = len(next(iter(series.values())))
    daily: list[list[Any]] = [["date", *forces]]
    daily += [
        [
            (first + timedelta(days=day)).isoformat(),
            *(round(float(series[force][day]), 1) for force in forces),
        ]
        for day in range(length)
    ]
    legend = [(f, COLOURS[f], f not in ("japan", "china")) for f in forces]
    return ChartPart(key, svg, legend, forces, rows, daily)
