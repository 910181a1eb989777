"""Charts of a score: forecasts beside the sources, and forecasters beside each other, as SVG.

Both are drawn in greys and shapes, so that they can be read in black and white; the words stand
beside them in the page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tairiku.figures.charts import GREY

INK = "#5c574e"
WIDTH, ROW = 640, 22
BARS = ((0.95, 2.0), (0.8, 5.0), (0.5, 10.0))  # level of the interval, thickness of its bar
SHAPES = ("diamond", "triangle-up", "square", "cross", "circle")


@dataclass(frozen=True)
class Forecast:
    """One row of the chart of places.

    Attributes
    ----------
    intervals
        First and last date by level; the last is None where it lies beyond the campaign.
    median
        None where it lies beyond the campaign.
    sources
        Name, first and last date of each source.
    """

    name: str
    intervals: dict[float, tuple[date | None, date | None]]
    median: date | None
    sources: Sequence[tuple[str, date, date]]


def _drawn(chart: Any, rows: int) -> str:
    import vl_convert

    whole = (
        chart.properties(width=WIDTH, height=ROW * max(rows, 1), background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=GREY,
            tickColor=GREY,
            domainColor=GREY,
            gridColor=GREY,
            gridOpacity=0.22,
            labelFont="sans-serif",
            labelFontSize=11,
            labelLimit=190,
            title=None,
        )
        .configure_legend(
            labelColor=GREY, labelFont="sans-serif", title=None, orient="top", symbolFillColor=INK
        )
    )
    svg: str = vl_convert.vegalite_to_svg(whole.to_dict())
    return re.sub(r"<title>.*?</title>", "", svg, flags=re.DOTALL)


def forecast_chart(forecasts: Sequence[Forecast], end: date) -> str:
    """Intervals of 95, 80 and 50 % as ever thicker bars, the median, and each source's span.

    Parameters
    ----------
    end
        The day after the campaign's last: what never fell is drawn up to it.
    """
    import altair as alt

    order = [f.name for f in forecasts]
    y = alt.Y("name:N", sort=order, axis=alt.Axis(grid=True, ticks=False, domain=False))
    layers = []
    for level, thickness in BARS:
        rows = [
            {"name": f.name, "from": _text(low, end), "to": _text(high, end)}
            for f in forecasts
            for low, high in [f.intervals[level]]
        ]
        layers.append(
            alt.Chart(alt.InlineData(values=rows))
            .mark_rule(strokeWidth=thickness, color=GREY, opacity=0.55)
            .encode(x=alt.X("from:T", axis=_months()), x2="to:T", y=y)
        )
    medians = [{"name": f.name, "at": _text(f.median, end)} for f in forecasts]
    layers.append(
        alt.Chart(alt.InlineData(values=medians))
        .mark_tick(thickness=2.5, size=14, color=INK)
        .encode(x="at:T", y=y)
    )
    names = list(dict.fromkeys(name for f in forecasts for name, *_ in f.sources))
    spans = [
        {"name": f.name, "source": name, "from": first.isoformat(), "to": last.isoformat()}
        for f in forecasts
        for name, first, last in f.sources
    ]
    data = alt.InlineData(values=spans)
    layers.append(
        alt.Chart(data).mark_rule(strokeWidth=1, color=INK).encode(x="from:T", x2="to:T", y=y)
    )
    for at in ("from:T", "to:T"):
        layers.append(
            alt.Chart(data)
            .mark_point(size=48, filled=True, fill="white", stroke=INK, strokeWidth=1.6)
            .encode(
                x=at,
                y=y,
                shape=alt.Shape(
                    "source:N", scale=alt.Scale(domain=names, range=list(SHAPES[: len(names)]))
                ),
            )
        )
    return _drawn(alt.layer(*layers), len(order))


def score_chart(scores: Sequence[tuple[str, str, float]]) -> str:
    """Mean CRPS by phase, a shape for each forecaster; farther left is better.

    Parameters
    ----------
    scores
        Phase, forecaster, days.
    """
    import altair as alt

    phases = list(dict.fromkeys(phase for phase, *_ in scores))
    names = list(dict.fromkeys(name for _, name, _ in scores))
    rows = [{"phase": phase, "name": name, "days": days} for phase, name, days in scores]
    chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_point(size=80, strokeWidth=1.6)
        .encode(
            x=alt.X("days:Q", scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=8)),
            y=alt.Y("phase:N", sort=phases, axis=alt.Axis(grid=True, ticks=False, domain=False)),
            shape=alt.Shape(
                "name:N",
                sort=names,
                scale=alt.Scale(domain=names, range=list(SHAPES[-1:] + SHAPES[: len(names) - 1])),
            ),
            fill=alt.Fill(
                "name:N",
                sort=names,
                scale=alt.Scale(domain=names, range=[INK] + ["white"] * (len(names) - 1)),
            ),
            stroke=alt.value(INK),
        )
    )
    return _drawn(chart, 2 * len(phases))


def _months() -> Any:
    import altair as alt

    return alt.Axis(format="%Y-%m", tickCount="month")


def _text(day: date | None, end: date) -> str:
    return (day or end).isoformat()
