"""A mechanism on and off: the parameters in force, and those with its neutral values."""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from tairiku.sim import layout

Changes = dict[str, float]


@cache
def _table() -> dict[str, Any]:
    text = files("tairiku.data").joinpath("scenarios/ichigo/parameters.toml").read_text("utf-8")
    return tomllib.loads(text)


def off(mechanism: str) -> Changes:
    """The neutral values of a mechanism by field of the parameter record: {combat_wave: 0}."""
    found = {
        layout.field_name(f"{rule}.{name}"): entry["neutral"]
        for rule, entries in _table().items()
        for name, entry in entries.items()
        if mechanism in entry.get("mechanisms", ()) and "neutral" in entry
    }
    assert found, f"{mechanism} has no neutral value"
    return found


def both(mechanism: str, case: Callable[[Changes], Any], **settings: float) -> tuple[Any, Any]:
    """What a case gives with a mechanism and without it, all else alike.

    Parameters
    ----------
    case
        Plays a small world with the changes of parameters it is given.
    settings
        Parameters that the case needs, the same with and without the mechanism.
    """
    return case(dict(settings)), case({**settings, **off(mechanism)})
