"""Days of a campaign and dates of sources.

A campaign counts days from its first morning, which is day 0.
Sources give dates of differing precision; they are written in EDTF, of which these forms are read:
``1944-05-25``, ``1944-05``, ``1944``, a trailing ``~`` (about), ``?`` (uncertain) or ``%`` (both),
and an interval ``1944-05-24/1944-05-25`` whose ends are any of these.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)")


def day_of(day: date, first_day: date) -> int:
    """Return the campaign day of a date; negative before the first day.

    >>> day_of(date(1944, 6, 18), date(1944, 4, 17))
    62
    """
    return (day - first_day).days


def date_of(day: int, first_day: date) -> date:
    """Return the date of a campaign day; the inverse of `day_of`."""
    return first_day + timedelta(days=day)


def parse_date(text: str) -> date:
    """Return the date of ``1944-06-18``.

    Raises
    ------
    ValueError
        The text is not a date; the message names the nearest day that is one.
    """
    found = _DATE.fullmatch(text.strip())
    if found is None or found[3] is None or found[4]:
        raise ValueError(f"'{text}' is not a date; write year-month-day, such as 1944-06-18")
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if not 1 <= month <= 12:
        raise ValueError(f"'{text}' is not a date; months run from 01 to 12")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        near = date(year, month, min(max(day, 1), last))
        raise ValueError(f"'{text}' is not a date; did you mean '{near.isoformat()}'?")
    return date(year, month, day)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a source's date may mean: first and last, both included."""

    first: date
    last: date
    approximate: bool = False

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def days_from(self, day: date) -> int:
        """Return how far a day lies outside the span, negative before it, 0 within. [days]"""
        if day < self.first:
            return (day - self.first).days
        return max(0, (day - self.last).days)


def _point(text: str) -> Span:
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(
            f"'{text}' is not a date in EDTF; write 1944-05-25, 1944-05, 1944-05-25~ "
            "or 1944-05-24/1944-05-25"
        )
    year, month, day, mark = found.groups()
    approximate = bool(mark)
    if day is not None:
        exact = parse_date(f"{year}-{month}-{day}")
        return Span(exact, exact, approximate)
    if month is not None:
        first = parse_date(f"{year}-{month}-01")
        last = calendar.monthrange(first.year, first.month)[1]
        return Span(first, first.replace(day=last), approximate)
    return Span(date(int(year), 1, 1), date(int(year), 12, 31), approximate)


def parse_edtf(text: str) -> Span:
    """Return the span of days of a date in EDTF.

    >>> parse_edtf("1944-05-24/1944-05-25").last.isoformat()
    '1944-05-25'

    Raises
    ------
    ValueError
        The text is none of the forms read here, or its end lies before its beginning.
    """
    parts = [_point(part) for part in text.strip().split("/")]
    if len(parts) > 2:
        raise ValueError(f"'{text}' has more than one '/'; an interval has two ends")
    first, last = parts[0], parts[-1]
    if last.last < first.first:
        raise ValueError(f"'{text}' ends before it begins; write the earlier date first")
    return Span(first.first, last.last, first.approximate or last.approximate)
