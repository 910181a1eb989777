"""The report of a validation: one HTML file, every chart with its table, all of it to download."""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from tairiku.base.files import write_whole
from tairiku.figures.intervals import Forecast, forecast_chart, score_chart
from tairiku.study.scoring.answer import answers, day_text, number, percent, share_text, width_text
from tairiku.study.scoring.files import csv_text
from tairiku.study.scoring.looks import read_looks
from tairiku.study.scoring.rules import LEVELS
from tairiku.study.scoring.tables import identity_of, tables_of
from tairiku.study.scoring.validate import MODEL, PlaceScore, Validation

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Shown:
    """A table of the page, with its chart where it has one, and both to download.

    Attributes
    ----------
    numbers
        Index of the first column of numbers.
    """

    key: str
    title: str
    words: str
    columns: list[str]
    rows: list[list[str]]
    numbers: int
    svg: str
    csv: str

    @property
    def csv_link(self) -> str:
        """The table's whole data as an address."""
        return _address("text/csv", self.csv)

    @property
    def svg_link(self) -> str:
        """The chart as an address."""
        return _address("image/svg+xml", self.svg)


def _address(kind: str, text: str) -> str:
    return f"data:{kind};charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}"


def write_validation_report(path: Path, found: Validation) -> Path:
    """Write the report of a validation; its path.

    Raises
    ------
    RequestError
        The file cannot be written.
    """
    write_whole(path, validation_page(found).encode())
    return path


def validation_page(found: Validation) -> str:
    """The report of a validation as text."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("validation.html").render(
        title=found.scenario.title,
        campaigns=len(found.seasons.seeds),
        answers=answers(found),
        shown=shown_of(found),
        rivals=found.rivals,
        missing=found.missing_rivals,
        identity=identity_of(found),
        calibration=[
            row.name for row in found.setting.phases if not found.setting.held_out(row.id)
        ],
        looks=read_looks(found.looks),
        style=(FOLDER / "templates" / "validation.css").read_text(encoding="utf-8"),
    )


def shown_of(found: Validation) -> list[Shown]:
    """The tables of the page, misses first."""
    tables = {name: csv_text(rows) for name, rows in tables_of(found).items()}
    shown = [_places(found, tables["places"]), _scores(found, tables["scores"])]
    if found.figures:
        shown.append(_figures(found, tables["figures"]))
    shown.append(_sources(found, tables["sources"]))
    return shown


def _forecast(found: Validation, row: PlaceScore) -> Forecast:
    end, date_of = found.seasons.days, found.scenario.date_of

    def date(day: int) -> Any:
        return None if day >= end else date_of(day)

    return Forecast(
        name=row.place.name,
        intervals={i.level: (date(i.low), date(i.high)) for i in row.intervals},
        median=date(row.median),
        sources=[
            (s.source, date_of(min(s.first, end)), date_of(min(s.last, end)))
            for s in row.place.said
        ],
    )


def _places(found: Validation, csv: str) -> Shown:
    rows = []
    for row in found.worst_first:
        held = "held out" if found.setting.held_out(row.place.phase) else "calibration"
        rows.append(
            [
                row.place.name,
                f"{row.place.phase} ({held})",
                "; ".join(f"{s.source} {s.text}" for s in row.place.said),
                day_text(found, row.median),
                *(
                    f"{day_text(found, i.low)} to {day_text(found, i.high)}"
                    for i in (row.interval(level) for level in LEVELS)
                ),
                percent(row.never),
                f"{'at least ' if row.censored else ''}{row.off:+d}" if row.off else "0",
                f"{row.crps:.1f}",
            ]
        )
    end = found.scenario.date_of(found.seasons.days)
    levels = [f"{100 * level:g} %" for level in LEVELS]
    return Shown(
        key="places",
        title="Places, the worst first",
        words="Bars: the model's 95, 80 and 50 % intervals, ever thicker; upright stroke: its "
        "median; marks: the sources, joined where one allows several days. What never fell "
        f"within the campaign is drawn up to {end}. Off: days from the sources' span.",
        columns=["place", "phase", "sources", "median", *levels, "never fell", "off", "CRPS"],
        rows=rows,
        numbers=7,
        svg=forecast_chart([_forecast(found, row) for row in found.worst_first], end),
        csv=csv,
    )


def _scores(found: Validation, csv: str) -> Shown:
    rows, points = [], []
    for phase in found.phase_order:
        for name in found.forecasters:
            p = found.phase(name, phase)
            if p is None:
                continue
            points.append((phase, name, p.crps))
            rows.append(
                [
                    phase,
                    name,
                    str(p.places),
                    f"{p.crps:.1f}",
                    f"{'at least ' if p.never else ''}{p.mean_error:.1f}",
                    *(share_text(p, level) for level in LEVELS),
                    *(width_text(p, level) for level in LEVELS),
                ]
            )
    levels = [f"{100 * level:g} %" for level in LEVELS]
    return Shown(
        key="scores",
        title="The model and its naive rivals",
        words="Mean CRPS in days by phase; farther left is better. In the table: mean error of "
        "the median in days, how many intervals hold history's date with the 95 % interval of "
        "that share, and the mean width of the intervals in days.",
        columns=[
            "phase",
            "forecaster",
            "places",
            "CRPS",
            "error",
            *(f"in {text}" for text in levels),
            *(f"width {text}" for text in levels),
        ],
        rows=rows,
        numbers=2,
        svg=score_chart(points),
        csv=csv,
    )


def _figures(found: Validation, csv: str) -> Shown:
    rows = [
        [
            row.id,
            row.phase,
            row.de or "-",
            row.zh or "-",
            f"{number(row.low)} to {number(row.high)}",
            number(row.median),
            "-" if row.median is None else f"{number(row.bottom)} to {number(row.top)}",
            "-" if row.ratio is None else f"{row.ratio:.2f}",
            {None: "not measured", True: "within", False: "miss"}[row.good],
            row.note,
        ]
        for row in found.figures
    ]
    return Shown(
        key="figures",
        title="Losses and other figures, the worst first",
        words="Within: the median lies in the sources' range, or within a factor 1.5 of the "
        "reconciled value. A phase runs from the day it opened in the campaign to the next.",
        columns=[
            *("figure", "phase", "German text", "Chinese text", "sources' range", "median"),
            *("80 %", "ratio", "verdict", "note"),
        ],
        rows=rows,
        numbers=99,
        svg="",
        csv=csv,
    )


def _sources(found: Validation, csv: str) -> Shown:
    rows = []
    for row in found.of(MODEL):
        for said in row.place.said:
            eighty = row.interval(0.8)
            rows.append(
                [
                    row.place.name,
                    said.source,
                    said.text,
                    "yes" if eighty.touches(said.first, said.last) else "no",
                    f"{row.by_source[said.source]:.1f}",
                    ", ".join(row.place.claims),
                ]
            )
    return Shown(
        key="sources",
        title="Each source by itself",
        words="Whether the model's 80 % interval and the days that a source allows have a day in "
        "common, and the CRPS if that source alone were right.",
        columns=["place", "source", "says", "in common", "CRPS", "claims"],
        rows=rows,
        numbers=99,
        svg="",
        csv=csv,
    )
