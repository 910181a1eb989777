"""`tiny` plays as it was accepted (tests/golden/accept.py)."""

import pytest

from .accept import accepted, observe

REMEDY = "if the change is meant: uv run python tests/golden/accept.py, and say why in the commit"


@pytest.mark.slow
def test_tiny_plays_as_accepted() -> None:
    golden, now = accepted(), observe()
    for day, expected in golden.items():
        assert now.get(day) == expected, f"{day} of `tiny` has changed; {REMEDY}"
    assert now.keys() == golden.keys()
