"""Campaign days and EDTF dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tairiku.base.dates import date_of, day_of, parse_date, parse_edtf

FIRST = date(1944, 4, 17)
DATES = st.dates(date(1900, 1, 1), date(1999, 12, 31))


def test_known_days() -> None:
    """Counted on a paper calendar: 13 days of April, 31 of May, 18 of June."""
    assert day_of(date(1944, 6, 18), FIRST) == 13 + 31 + 18
    assert date_of(237, FIRST) == date(1944, 12, 10)


@given(DATES)
def test_day_and_date_are_inverse(day: date) -> None:
    assert date_of(day_of(day, FIRST), FIRST) == day


@given(DATES)
def test_a_written_date_is_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    span = parse_edtf(day.isoformat())
    assert (span.first, span.last, span.approximate) == (day, day, False)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1944-06-31", "did you mean '1944-06-30'"),
        ("1944-13-01", "months run from 01 to 12"),
        ("18 June 1944", "write year-month-day"),
        ("1944-06", "write year-month-day"),
    ],
)
def test_a_wrong_date_says_what_would_be_right(text: str, hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        parse_date(text)


def test_edtf_by_hand() -> None:
    month = parse_edtf("1944-02")
    assert (month.first, month.last) == (date(1944, 2, 1), date(1944, 2, 29))
    about = parse_edtf("1944-05~")
    assert about.approximate
    between = parse_edtf("1944-05-24/1944-06")
    assert (between.first, between.last) == (date(1944, 5, 24), date(1944, 6, 30))
    assert parse_edtf("1944").last == date(1944, 12, 31)
    assert date(1944, 6, 1) in between
    assert between.days_from(date(1944, 5, 20)) == -4
    assert between.days_from(date(1944, 7, 2)) == 2
    assert between.days_from(date(1944, 6, 2)) == 0


@pytest.mark.parametrize("text", ["", "1944-06/1944-05", "1/2/3", "early May", "1944-02-30"])
def test_edtf_refuses(text: str) -> None:
    with pytest.raises(ValueError, match=r"EDTF|ends before|more than one|not a date"):
        parse_edtf(text)


@given(DATES, st.integers(0, 400))
def test_a_span_holds_its_ends(day: date, length: int) -> None:
    last = day + timedelta(days=length)
    span = parse_edtf(f"{day.isoformat()}/{last.isoformat()}")
    assert day in span
    assert last in span
    assert span.days_from(last + timedelta(days=3)) == 3
