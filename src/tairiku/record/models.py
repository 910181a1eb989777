"""The rows of the record: sources, works, properties, subjects and claims (docs/record.md)."""

from typing import Literal

from pydantic import field_validator

from tairiku.base.dates import parse_edtf
from tairiku.base.tables import Row
from tairiku.record.passages import locators

Bound = Literal["exact", "about", "at-least", "at-most", "more-than", "less-than", "range"]
ValueType = Literal["number", "date", "entity", "yes-no", "term", "time"]
Kind = Literal[
    "plan",
    "geography",
    "outcome",
    "date",
    "objective",
    "unit",
    "strength",
    "combat",
    "casualty",
    "movement",
    "capture",
    "air",
    "command_decision",
    "logistics",
    "commander",
    "guerrilla",
    "intelligence",
    "politics",
    "civilian",
    "economy",
    "weather",
    "atrocity",
]
