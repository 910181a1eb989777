"""Charts of many campaigns: bands by day, intervals of dates, effects with intervals.

Plain SVG drawn to be read without colour: intervals are told apart by width and by lightness,
marks by shape.  Every mark has a title, and the page sets the same figures beside it as a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

import numpy as np

INK, GREY, PALE = "#2b2a27", "#6f6a60", "#d9d4c8"
SHADES = {95: "#dedad0", 80: "#b9b3a6", 50: "#88827a"}  # light to dark, the same in print
WIDTH = 860
LEFT, RIGHT, TOP, FOOT = 190, 130, 12, 34
ROW = 24
LETTERS = 27  # of a label
ABOVE, BELOW = "above", "below"


@dataclass(frozen=True)
class Band:
    """Central intervals of one series by day; arrays of one length.

    Attributes
    ----------
    low, high
        By level: 50, 80, 95.
    """

    median: np.ndarray
    low: dict[int, np.ndarray]
    high: dict[int, np.ndarray]


@dataclass(frozen=True)
class Span:
    """One row of a chart of intervals; None is beyond the axis ("never")."""

    label: str
    median: float | None
    low: dict[int, float | None]
    high: dict[int, float | None]
    note: str
    marks: tuple[tuple[str, float, float], ...] = ()  # shape, from, to


@dataclass(frozen=True)
class Lean:
    """One row of a chart of effects: label, effect, its interval, words, whether it is real."""

    label: str
    effect: float
    low: float
    high: float
    note: str
    real: bool


def _svg(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(title)}</title>'
        f"{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, text: str, anchor: str = "start", colour: str = INK) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}">{escape(text)}</text>'


def _label(y: float, text: str) -> str:
    """The label of a row, cut where it has no room; its title has it whole."""
    cut = text if len(text) <= LETTERS else f"{text[: LETTERS - 1].rstrip()}…"
    return _text(LEFT - 10, y + 4, cut, "end")


def _line(x1: float, y1: float, x2: float, y2: float, more: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {more}/>'


def _months(first: date, days: int) -> list[tuple[int, str]]:
    """Days on which months begin (or weeks, in a short campaign), with their labels."""
    every = [(first + timedelta(days=day), day) for day in range(days + 1)]
    if days > 70:
        return [(day, f"{when:%b}") for when, day in every if when.day == 1]
    return [(day, f"{when.day} {when:%b}") for when, day in every if day % 7 == 0]


def nice_step(span: float, steps: int = 5) -> float:
    """A round step that divides a span into about so many.

    >>> nice_step(430.0), nice_step(0.9)
    (100.0, 0.2)
    """
    if span <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(span / steps))
    return float(next(k * power for k in (1, 2, 5, 10) if k * power * steps >= span * 0.8))


def short(value: float) -> str:
    """A number for an axis.

    >>> short(250_000), short(0.25), short(0)
    ('250k', '0.25', '0')
    """
    if abs(value) >= 1_000_000:
        return f"{value / 1_000_000:g}M"
    return f"{value / 1000:g}k" if abs(value) >= 10_000 else f"{value:g}"


def band_chart(first: date, title: str, band: Band) -> str:
    """Intervals of 50, 80 and 95 % by day as nested shades, the median as a line, from zero.

    Parameters
    ----------
    first
        Date of the first value.
    """
    width, height, left = 560, 230, 52
    days = len(band.median)
    top = max(float(band.high[95].max()), 1.0)
    step = nice_step(top)
    across, up = width - left - 12, height - TOP - FOOT

    def x(day: float) -> float:
        return left + across * day / max(1, days - 1)

    def y(value: float) -> float:
        return TOP + up * (1.0 - value / top)

    parts = []
    for value in np.arange(0.0, top + step / 2, step):
        if value <= top:
            parts.append(_line(left, y(value), width - 12, y(value), f'stroke="{PALE}"'))
            parts.append(_text(left - 6, y(value) + 4, short(float(value)), "end", GREY))
    for day, label in _months(first, days - 1):
        parts.append(_line(x(day), height - FOOT, x(day), height - FOOT + 5, f'stroke="{GREY}"'))
        parts.append(_text(x(day), height - 14, label, "middle", GREY))
    for level, shade in SHADES.items():
        points = [f"{x(d):.1f} {y(v):.1f}" for d, v in enumerate(band.high[level])]
        points += [f"{x(d):.1f} {y(v):.1f}" for d, v in reversed(list(enumerate(band.low[level])))]
        parts.append(f'<path d="M{"L".join(points)}Z" fill="{shade}"/>')
    line = "L".join(f"{x(d):.1f} {y(v):.1f}" for d, v in enumerate(band.median))
    parts.append(f'<path d="M{line}" fill="none" stroke="{INK}" stroke-width="1.8"/>')
    return _svg(width, height, title, parts)


def _mark(shape: str, start: float, end: float, y: float) -> str:
    """What a source says: a triangle above or below the row, pointing at it, with its span."""
    x = (start + end) / 2.0
    tip = -7 if shape == ABOVE else 7
    at = y - 1 if shape == ABOVE else y + 1
    span = ""
    if end - start > 1.5:
        span = _line(start, at + tip, end, at + tip, f'stroke="{INK}" stroke-width="1"')
    return (
        f'{span}<path d="M{x - 4.5:.1f} {at + tip:.1f}h9L{x:.1f} {at:.1f}Z" fill="#fff" '
        f'stroke="{INK}" stroke-width="1.1"/>'
    )


def _arrow(x: float, y: float) -> str:
    return f'<path d="M{x:.1f} {y - 4:.1f}l6 4l-6 4Z" fill="{INK}"/>'


def span_chart(first: date, days: int, title: str, rows: Sequence[Span]) -> str:
    """Intervals of dates: thin line 95 %, bar 80 %, thick bar 50 %, tick at the median.

    What lies beyond the last day ends in an arrow; the share that fell stands at the right.
    """
    height = TOP + FOOT + ROW * len(rows)
    across = WIDTH - LEFT - RIGHT

    def x(day: float | None) -> float:
        return LEFT + across * (1.02 if day is None else min(1.0, max(0.0, day / days)))

    parts = []
    for day, label in _months(first, days):
        parts.append(_line(x(day), TOP, x(day), height - FOOT + 5, f'stroke="{PALE}"'))
        parts.append(_text(x(day), height - 14, label, "middle", GREY))
    for number, row in enumerate(rows):
        y = TOP + ROW * (number + 0.5)
        parts.append(f"<g><title>{escape(row.label)}: {escape(row.note)}</title>")
        parts.append(_label(y, row.label))
        for level, thick in ((95, 1.4), (80, 5.0), (50, 11.0)):
            low, high = row.low[level], row.high[level]
            if low is None:
                if level == 95:  # nowhere within the campaign
                    parts.append(_arrow(x(None), y))
                continue
            shade = INK if level == 95 else SHADES[level]
            more = f'stroke="{shade}" stroke-width="{thick}"'
            parts.append(_line(x(low), y, max(x(high), x(low) + 1.0), y, more))
            if high is None:
                parts.append(_arrow(x(None), y))
        if row.median is not None:
            parts.append(
                _line(
                    x(row.median), y - 8, x(row.median), y + 8, f'stroke="{INK}" stroke-width="2.4"'
                )
            )
        parts += [_mark(shape, x(start), x(end), y) for shape, start, end in row.marks]
        parts.append(_text(WIDTH - RIGHT + 26, y + 4, row.note, "start", GREY))
        parts.append("</g>")
    return _svg(WIDTH, height, title, parts)


def lean_chart(title: str, unit: str, rows: Sequence[Lean]) -> str:
    """Effects with 95 % intervals about nought: a full dot can be told from nought, an open not."""
    height = TOP + FOOT + ROW * len(rows)
    ends = [abs(value) for row in rows for value in (row.low, row.high, row.effect)]
    reach = max([*ends, 1e-9]) * 1.05
    across = WIDTH - LEFT - RIGHT

    def x(value: float) -> float:
        return LEFT + across * (0.5 + 0.5 * value / reach)

    parts = []
    step = nice_step(2 * reach, 6)
    for k in range(-int(reach / step), int(reach / step) + 1):
        value = k * step
        more = f'stroke="{GREY if k == 0 else PALE}" stroke-width="{1.4 if k == 0 else 1}"'
        parts.append(_line(x(value), TOP, x(value), height - FOOT + 5, more))
        parts.append(
            _text(
                x(value),
                height - 14,
                f"{'+' if k > 0 else ''}{short(round(value, 9))}",
                "middle",
                GREY,
            )
        )
    parts.append(_text(WIDTH - RIGHT + 12, height - 14, unit, "start", GREY))
    for number, row in enumerate(rows):
        y = TOP + ROW * (number + 0.5)
        parts.append(f"<g><title>{escape(row.label)}: {escape(row.note)}</title>")
        parts.append(_label(y, row.label))
        parts.append(_line(x(row.low), y, x(row.high), y, f'stroke="{INK}" stroke-width="2"'))
        for end in (row.low, row.high):
            parts.append(_line(x(end), y - 4, x(end), y + 4, f'stroke="{INK}" stroke-width="1.4"'))
        fill = INK if row.real else "#fff"
        parts.append(
            f'<circle cx="{x(row.effect):.1f}" cy="{y:.1f}" r="4.6" fill="{fill}" stroke="{INK}" '
            'stroke-width="1.6"/>'
        )
        parts.append(_text(WIDTH - RIGHT + 12, y + 4, row.note, "start", GREY))
        parts.append("</g>")
    return _svg(WIDTH, height, title, parts)
