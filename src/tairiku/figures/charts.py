"""Charts of a run over its days, as SVG: Altair writes them, vl-convert draws them.

The words of a chart (title, unit, legend) stand beside it in the page, in the reader's language;
the drawing itself has only figures and dates, and colours that stand on light and dark paper.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import numpy as np

GREY = "#8a857a"
# middle tones of the sides' hues, told apart on light and on dark paper; dashes for their allies
COLOURS = {
    "japan": "#bf5a36",
    "china": "#3f7cb5",
    "communist": "#3f7cb5",
    "puppet": "#bf5a36",
    "allied-air": "#3f7cb5",
}
DASHES = {"communist": [5, 3], "puppet": [5, 3], "allied-air": [2, 2]}
WIDTH, HEIGHT = 560, 210
VALIDATED = False


def _config(chart: Any) -> Any:
    return (
        chart.properties(width=WIDTH, height=HEIGHT, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=GREY,
            tickColor=GREY,
            domainColor=GREY,
            gridColor=GREY,
            gridOpacity=0.22,
            labelFont="sans-serif",
            labelFontSize=11,
            title=None,
        )
    )


@contextmanager
def unchecked() -> Iterator[None]:
    """Without Altair's check of every part of a chart, which takes as long as drawing it.

    A test draws the same charts checked.
    """
    from altair.utils import schemapi

    with schemapi.debug_mode(False):
        yield


def _svg(chart: Any) -> str:
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(_config(chart).to_dict(validate=VALIDATED))
    # the page scales it, and gives it its name
    svg = re.sub(r'<svg ([^>]*)width="[\d.]+" height="[\d.]+"', r"<svg \1", svg, count=1)
    return re.sub(r"<title>.*?</title>", "", svg, flags=re.DOTALL)


def _rows(first: date, series: Mapping[str, Sequence[float] | np.ndarray]) -> list[dict[str, Any]]:
    return [
        {"date": (first + timedelta(days=day)).isoformat(), "force": force, "value": float(value)}
        for force, values in series.items()
        for day, value in enumerate(values)
    ]


def lines_by_day(first: date, series: Mapping[str, Sequence[float] | np.ndarray]) -> str:
    """A line for each force over the days, from zero, as SVG.

    Parameters
    ----------
    first
        Date of the first value.
    series
        By force, a value a day.
    """
    import altair as alt

    forces = list(series)
    with unchecked():
        chart = (
            alt.Chart(alt.InlineData(values=_rows(first, series)))
            .mark_line(strokeWidth=2, interpolate="monotone")
            .encode(
                x=alt.X("date:T", axis=alt.Axis(format="%Y-%m", tickCount="month", grid=False)),
                y=alt.Y(
                    "value:Q", axis=alt.Axis(format="~s", tickCount=5), scale=alt.Scale(zero=True)
                ),
                color=alt.Color(
                    "force:N",
                    scale=alt.Scale(domain=forces, range=[COLOURS.get(f, GREY) for f in forces]),
                    legend=None,
                ),
                strokeDash=alt.StrokeDash(
                    "force:N",
                    scale=alt.Scale(domain=forces, range=[DASHES.get(f, [1, 0]) for f in forces]),
                    legend=None,
                ),
            )
        )
        return _svg(chart)


def bars_by_week(first: date, series: Mapping[str, Sequence[float] | np.ndarray]) -> str:
    """Sums of seven days side by side for each force, as SVG; parameters as `lines_by_day`."""
    import altair as alt

    forces = list(series)
    weekly = {force: weeks(np.asarray(values, float)) for force, values in series.items()}
    rows = [
        {
            # the bars of a week stand side by side about its middle
            "date": (first + timedelta(days=7 * week + 2 + 3 * forces.index(force))).isoformat(),
            "force": force,
            "value": float(value),
        }
        for force, values in weekly.items()
        for week, value in enumerate(values)
    ]
    with unchecked():
        chart = (
            alt.Chart(alt.InlineData(values=rows))
            .mark_bar(size=max(2.0, 0.36 * WIDTH / max(1, len(rows) // max(1, len(forces)))))
            .encode(
                x=alt.X("date:T", axis=alt.Axis(format="%Y-%m", tickCount="month", grid=False)),
                y=alt.Y("value:Q", stack=None, axis=alt.Axis(format="~s", tickCount=5)),
                color=alt.Color(
                    "force:N",
                    scale=alt.Scale(domain=forces, range=[COLOURS.get(f, GREY) for f in forces]),
                    legend=None,
                ),
            )
        )
        return _svg(chart)


def weeks(daily: np.ndarray) -> np.ndarray:
    """Sums over seven days each, the last over what is left. (ceil(n / 7),)

    >>> weeks(np.ones(9)).tolist()
    [7.0, 2.0]
    """
    filled = np.concatenate([daily, np.zeros(-len(daily) % 7)])
    summed: np.ndarray = filled.reshape(-1, 7).sum(axis=1)
    return summed
