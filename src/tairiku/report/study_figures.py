"""The figures of a study's report: each a drawing with its words and its table."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from tairiku.base.dates import parse_edtf
from tairiku.figures.chance_map import chance_map, legend
from tairiku.figures.ground import read_ground
from tairiku.figures.map_svg import City
from tairiku.figures.studies import (
    ABOVE,
    BELOW,
    Band,
    Lean,
    Span,
    band_chart,
    lean_chart,
    span_chart,
)
from tairiku.report import content
from tairiku.study.ensembles.reading import Ensemble
from tairiku.study.ensembles.tables import ALL
from tairiku.study.ensembles.telling import span
from tairiku.study.summary import LOSSES
from tairiku.study.whatifs.pairs import REAL
from tairiku.study.whatifs.quantities import SIDES
from tairiku.study.whatifs.telling import TITLES, gain, number, verdict

MAPS = 6  # maps of one report
BAND_TITLES = {
    "men": "Men present for duty",
    "lost": "Men lost since the first day",
    "hexes": "Land hexes held",
}
EFFECT_COLUMNS = (
    "quantity",
    "without",
    "with",
    "effect",
    "low",
    "high",
    "pairs",
    "differing",
    "p",
    "q",
    "gain of pairing",
    "answer",
)
EVERY = 7  # a row of the tables of bands every so many days


@dataclass(frozen=True)
class Figure:
    """One figure: its key names its files; the table has the same numbers as the drawing."""

    key: str
    title: str
    words: str
    svg: str
    columns: list[str]
    rows: list[list[str]]
    legend: list[tuple[str, str]] = field(default_factory=list)

    def csv(self) -> str:
        """The table as RFC 4180 text."""
        out = io.StringIO()
        csv.writer(out).writerows([self.columns, *self.rows])
        return out.getvalue()


def day_words(text: str | None) -> str:
    """A date for a table; "never" where there is none within the campaign."""
    return "never" if text is None else text


def _day(found: Ensemble, text: str | None) -> float | None:
    return None if text is None else float((date.fromisoformat(text) - found.first_date).days)


def _spans(found: Ensemble, entries: list[dict[str, Any]]) -> list[Span]:
    rows = []
    for entry in entries:
        marks = []
        for source, shape in (("de", ABOVE), ("zh", BELOW)):
            if entry.get(source):
                told = parse_edtf(entry[source])
                start, end = ((d - found.first_date).days for d in (told.first, told.last))
                marks.append((shape, float(start), float(end)))
        rows.append(
            Span(
                label=entry["name"],
                median=_day(found, entry["median"]),
                low={level: _day(found, entry[f"low{level}"]) for level in (50, 80, 95)},
                high={level: _day(found, entry[f"high{level}"]) for level in (50, 80, 95)},
                note=f"{entry['share']:.0%}",
                marks=tuple(marks),
            )
        )
    return rows


def falls(found: Ensemble, summary: dict[str, Any]) -> Figure:
    """When each place fell, beside what each text says."""
    places = summary["places"]
    columns = ["place", "phase", "fell in", "of", "share", "share 95 %", "median"]
    columns += ["50 %", "80 %", "95 %", "German text", "Chinese text", "claims"]
    rows = [
        [
            p["name"],
            p["phase"],
            f"{p['fallen']}",
            f"{p['fallen'] + p['never']}",
            f"{p['share']:.3f}",
            f"{p['share_low']:.3f} - {p['share_high']:.3f}",
            day_words(p["median"]),
            *(
                f"{day_words(p[f'low{level}'])} - {day_words(p[f'high{level}'])}"
                for level in (50, 80, 95)
            ),
            p["de"],
            p["zh"],
            p["claims"].replace(";", ", "),
        ]
        for p in places
    ]
    return Figure(
        "falls",
        "When places fell",
        "Thin line: 95 % of the campaigns; bar: 80 %; thick bar: 50 %; tick: the median. An arrow "
        "leads beyond the last day: the place had not fallen by then. At the right, the share of "
        "campaigns in which it fell. Triangle above the row: the German text; below it: the "
        "Chinese text.",
        span_chart(found.first_date, found.days, "When places fell", _spans(found, places)),
        columns,
        rows,
    )


def phases(found: Ensemble, summary: dict[str, Any]) -> Figure:
    """When each phase of the Japanese plan opened."""
    entries = summary["phases"]
    rows = [
        [
            p["name"],
            f"{p['share']:.3f}",
            day_words(p["median"]),
            *(span(p, k) for k in (50, 80, 95)),
        ]
        for p in entries
    ]
    return Figure(
        "phases",
        "When the phases of the Japanese plan opened",
        "A phase opens on conditions, not on a date; at the right, the share of campaigns in which "
        "it opened.",
        span_chart(found.first_date, found.days, "Phases", _spans(found, entries)),
        ["phase", "share", "median", "50 %", "80 %", "95 %"],
        rows,
    )


def bands(found: Ensemble) -> list[Figure]:
    """Bands by day of men, losses and hexes of the two sides."""
    figures = []
    for quantity, title in BAND_TITLES.items():
        for force in ("japan", "china"):
            rows = found.numpy(
                f"SELECT * FROM bands WHERE force = '{force}' AND quantity = '{quantity}' "
                "ORDER BY day"
            )
            if not len(rows["day"]) or not np.asarray(rows["high95"]).any():
                continue
            values = {name: np.asarray(rows[name], float) for name in rows if name[0] in "lhm"}
            name = f"{title}, {SIDES[force]}"
            band = Band(
                values["median"],
                {level: values[f"low{level}"] for level in (50, 80, 95)},
                {level: values[f"high{level}"] for level in (50, 80, 95)},
            )
            order = ("low95", "low80", "low50", "median", "high50", "high80", "high95", "mean")
            days = np.asarray(rows["day"])
            table = [
                [found.date_of(int(d)).isoformat(), *(f"{values[k][i]:,.0f}" for k in order)]
                for i, d in enumerate(days)
                if d % EVERY == EVERY - 1 or d == days[-1]
            ]
            figures.append(
                Figure(
                    f"{quantity}-{force}",
                    name,
                    "Line: the median of each day. Shades, dark to light: the middle 50, 80 and "
                    "95 % of the campaigns.",
                    band_chart(found.date_of(-1), name, band),
                    ["date", *order],
                    table,
                )
            )
    return figures


def maps(found: Ensemble) -> list[Figure]:
    """Maps of the chance that a hex has fallen, on a few evenings spread over the campaign."""
    world = found.scenario.map
    ground = read_ground(world.folder)
    rows = found.numpy("SELECT * FROM maps ORDER BY day, hex")
    day, hexes = np.asarray(rows["day"]), np.asarray(rows["hex"])
    share = np.asarray(rows["fallen"], float) / found.n
    evenings = np.unique(day)
    if not len(evenings):
        return []
    chosen = evenings[np.unique(np.linspace(0, len(evenings) - 1, MAPS).round().astype(int))]
    towns = [p for p in content.places(world) if p["size"] >= 3]
    named = [City(p["x"], p["y"], p["names"][0], p["size"]) for p in towns if p["size"] >= 4]
    figures = []
    for evening in chosen:
        mine = day == evening
        shares = dict(zip(hexes[mine].tolist(), share[mine].tolist(), strict=True))
        when = found.date_of(int(evening)).isoformat()
        caption = f"Chance that a hex has fallen by {when}"
        table = [[p["names"][0], f"{shares.get(p['hex'], 0.0):.3f}"] for p in towns]
        figures.append(
            Figure(
                f"map-{when}",
                caption,
                "Share of campaigns in which the hex has changed hands, from pale to dark. The "
                "table names the towns; maps.parquet has every hex.",
                chance_map(ground, shares, named, caption),
                ["town", "share"],
                [row for row in table if float(row[1]) > 0.0],
                legend(),
            )
        )
    return figures


def losses_table(summary: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Men lost by side, phase and cause: median and 80 % interval."""
    columns = ["force", "phase", "campaigns", *(f"{c} (80 %)" for c in (*LOSSES, "lost in all"))]
    rows = []
    for force, by_phase in summary["losses"].items():
        for phase, entry in by_phase.items():
            cells = [entry[cause] for cause in (*LOSSES, "lost")]
            rows.append(
                [
                    SIDES[force],
                    "whole campaign" if phase == ALL else phase,
                    f"{entry['replicas']:,}",
                    *(
                        f"{c['median']:,.0f} ({c['low80']:,.0f} - {c['high80']:,.0f})"
                        for c in cells
                    ),
                ]
            )
    return columns, rows


def effects(variant: dict[str, Any]) -> list[Figure]:
    """The effects of one change, a figure for each group of quantities."""
    figures = []
    for group, title in TITLES.items():
        rows = [row for row in variant["effects"] if row["group"] == group]
        units = list(dict.fromkeys(row["unit"] for row in rows))
        for unit in units:
            mine = [row for row in rows if row["unit"] == unit]
            percent = 100.0 if unit == "0-1" else 1.0
            shown = {"0-1": "points of %", "men": "men"}.get(unit, unit)
            leans = [
                Lean(
                    label=row["label"],
                    effect=percent * row["effect"],
                    low=percent * row["low"],
                    high=percent * row["high"],
                    note=number(row["effect"], unit, signed=True),
                    real=row["verdict"] == REAL,
                )
                for row in mine
            ]
            name = title if len(units) == 1 else f"{title} [{shown}]"
            ending = "" if len(units) == 1 else f"-{units_word(unit)}"
            figures.append(
                Figure(
                    f"{variant['label']}-{group}{ending}",
                    name,
                    "Dot: mean difference, with the change minus without it; line: its 95 % "
                    "interval over pairs. A full dot can be told from nought, an open one cannot.",
                    lean_chart(name, shown, leans),
                    list(EFFECT_COLUMNS),
                    [
                        [
                            row["label"],
                            number(row["base"], unit),
                            number(row["changed"], unit),
                            number(row["effect"], unit, signed=True),
                            number(row["low"], unit, signed=True),
                            number(row["high"], unit, signed=True),
                            f"{row['pairs']}",
                            f"{row['differing']}",
                            f"{row['p']:.4f}",
                            f"{row['q']:.4f}",
                            gain(row["gain"]),
                            verdict(row),
                        ]
                        for row in mine
                    ],
                )
            )
    return figures


def units_word(unit: str) -> str:
    """A unit as part of a file's name.

    >>> units_word("t/day")
    't-day'
    """
    return {"0-1": "share"}.get(unit, unit.replace("/", "-"))
