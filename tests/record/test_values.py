"""What a value means: intervals of numbers, days with open ends, numerals."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tairiku.record import models
from tairiku.record.edtf import Days, parse_days
from tairiku.record.numerals import arabic_ordinals, chinese_number, german_number
from tairiku.record.values import ABOUT, Interval, days, interval


def claim(**fields: str) -> models.Claim:
    given_ = {"id": "X-1", "locator": "L1", "kind": "strength", "subject": "campaign"}
    given_ |= {"property": "men", "confidence": "high", "statement": "So many."}
    return models.Claim(**{**given_, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [
        ("", 100, 100),
        ("exact", 100, 100),
        ("about", 100 - 100 * ABOUT, 100 + 100 * ABOUT),
        ("at-least", 100, None),
        ("more-than", 100, None),
        ("at-most", None, 100),
        ("less-than", None, 100),
        ("range", 100, 120),
    ],
)
def test_bounds(bound: str, low: float | None, high: float | None) -> None:
    to = "120" if bound == "range" else ""
    found = interval(claim(value="100", value_to=to, bound=bound, unit="men"))
    assert (found.low, found.high) == (low, high)


def test_units_that_can_be_compared() -> None:
    assert Interval(2, 3, "weeks").common() == Interval(14, 21, "days")
    assert Interval(0.5, 0.5, "ratio").common() == Interval(50, 50, "per-cent")
    assert Interval(5, None, "men").common() == Interval(5, None, "men")
    with pytest.raises(ValueError, match="cannot be compared"):
        Interval(1, 1, "men").meets(Interval(1, 1, "guns"))


ENDS = st.one_of(st.none(), st.integers(0, 50))


@given(ENDS, ENDS, ENDS, ENDS, st.integers(0, 50))
def test_intervals_meet_where_a_number_lies_in_both(
    a: int | None, b: int | None, c: int | None, d: int | None, point: int
) -> None:
    first, second = Interval(a, b, "men"), Interval(c, d, "men")
    both = all(
        (i.low is None or i.low <= point) and (i.high is None or point <= i.high)
        for i in (first, second)
    )
    if both:
        assert first.meets(second)
        assert second.meets(first)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1944-05-24", date(1944, 5, 24), date(1944, 5, 24)),
        ("1944-05", date(1944, 5, 1), date(1944, 5, 31)),
        ("1944-05-24/..", date(1944, 5, 24), None),
        ("../1944-05-24", None, date(1944, 5, 24)),
        ("1944-04/1944-12-10", date(1944, 4, 1), date(1944, 12, 10)),
    ],
)
def test_days(text: str, first: date | None, last: date | None) -> None:
    found = parse_days(text)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("text", ["../..", "1944-13", "1944-06-31", "May 1944", "", "1944/1943"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|interval|begins"):
        parse_days(text)


def test_marks_of_a_date() -> None:
    assert parse_days("1944-05~").approximate
    assert parse_days("1944-05-24?").uncertain
    both = parse_days("1944-05-24%")
    assert both.approximate
    assert both.uncertain
    assert parse_days("1944-05-24/1944-05-25").interval


def test_gaps_between_days() -> None:
    early, late = parse_days("1944-05-20/1944-05-24"), parse_days("1944-05-25")
    assert early.gap(late) == 1
    assert late.gap(early) == -1
    assert not early.meets(late)
    assert parse_days("1944-05-24/..").meets(late)
    assert parse_days("1944-05").gap(late) == 0
    assert date(1944, 5, 21) in early
    assert Days(None, None).meets(early)


def test_bounds_of_a_date() -> None:
    by = days(claim(property="reached", value="1944-04-23", bound="at-most"))
    assert (by.first, by.last) == (None, date(1944, 4, 23))
    span = days(claim(value="1944-05-24", value_to="1944-05-26", bound="range"))
    assert span.last == date(1944, 5, 26)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十四", 24),
        ("一百一十三", 113),
        ("三千", 3000),
        ("兩萬五千", 25000),
        ("一九四四", 1944),
        ("41萬", 410000),
        ("17.3万", 173000),
        ("40,598", 40598),
        ("六十二万", 620000),
        ("一億", 10**8),
        ("廿四", 24),
    ],
)
def test_chinese_numbers(text: str, value: float) -> None:
    assert chinese_number(text) == pytest.approx(value)


def test_what_is_no_chinese_number() -> None:
    assert chinese_number("軍") is None
    assert chinese_number("") is None
    assert arabic_ordinals("第六十二軍第一五一師") == "第62軍第151師"


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("zwei", 2),
        ("dreizehn", 13),
        ("einundzwanzig", 21),
        ("hundert", 100),
        ("viertausend", 4000),
        ("dreihundertfünfzig", 350),
        ("halb", 0.5),
        ("Panzer", None),
    ],
)
def test_german_numbers(word: str, value: float | None) -> None:
    assert german_number(word) == value
