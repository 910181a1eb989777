"""What no campaign may do, whatever the dice: walk through the enemy, over the sea, too fast."""

from collections.abc import Callable
from typing import Any

import pytest

from . import plays


@pytest.fixture(scope="module")
def watched(compiled: Callable[..., Any]) -> dict[str, list[str]]:
    """Faults seen on any evening of a few whole campaigns, by kind."""
    found: dict[str, list[str]] = compiled(plays.faults, [1, 2, 3])
    return found


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["enemy", "water", "pace", "hunger"])
def test_nobody_does_the_impossible(watched: dict[str, list[str]], kind: str) -> None:
    assert watched[kind][:5] == []
