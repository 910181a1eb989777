"""The text form of conditions: what is read, what is refused, and with which words."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tairiku.command.expressions import Condition, ExpressionError, parse, parse_condition


def test_a_condition_is_read_whole():
    assert parse_condition("not threat:xuchang:40>=3000") == Condition(
        "threat", ("xuchang", "40"), negated=True, number=3000.0
    )
    assert parse_condition("fought>=delay_days").named == "delay_days"
    assert parse_condition("close:luoyang<=80").less


def test_or_binds_looser_than_and():
    shape = [[c.kind for c in clause] for clause in parse("held:a and days>=3 or lost:b")]
    assert shape == [["held", "days"], ["lost"]]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("captured:xuchang", "no condition is called 'captured'"),
        ("held", "should read held:place"),
        ("held:a:b", "should read held:place"),
        ("days", "needs a number"),
        ("turned>=2", "takes no number"),
        ("stock:d:beer>=5", "no store is called 'beer'"),
        ("threat:a:near>=5", "whole kilometres"),
        ("days>=soon", "neither a number nor one of"),
        ("held:a and", "is not a condition"),
        ("", "is not a condition"),
    ],
)
def test_a_fault_is_named_with_its_remedy(text, word):
    with pytest.raises(ExpressionError, match=word):
        parse(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_never_a_crash(text):
    with contextlib.suppress(ExpressionError):
        assert parse(text)
