"""An event with what is behind it: its numbers, its dice, its mechanisms, its chapter.

Chance is addressed (docs/engine.md), so the die of an event needs no place in the replay: it is
cast again from seed, replica, day, purpose, entity and index.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from tairiku.base.files import DATA
from tairiku.study.explaining.casting import cast
from tairiku.study.explaining.replayed import Replayed, Row

FOLDER = DATA / "explaining"
NUMBERS = ("a", "b", "c", "d", "e")


@dataclass(frozen=True)
class Kind:
    """A kind of event: its mechanisms (ids) and its chapter in docs/rules/."""

    mechanisms: tuple[str, ...]
    chapter: str


@dataclass(frozen=True)
class Address:
    """Where the die of a kind of event was cast, and what it was held against."""

    only_if: str
    what: str
    purpose: str
    code: int
    entity: str
    index: int
    against: str
    happens: str

    def holds(self, event: Row) -> bool:
        """True if this is the die of the event: of some kinds one die or another decides."""
        if not self.only_if:
            return True
        value, limit = float(event[self.only_if[0]]), float(self.only_if[2:])
        return value < limit if self.only_if[1] == "<" else value == limit


@cache
def kinds() -> dict[str, Kind]:
    """Mechanisms and chapter of every kind of event, from data/explaining/events.csv."""
    return {
        row["kind"]: Kind(tuple(m for m in row["mechanisms"].split(";") if m), row["chapter"])
        for row in _rows("events")
    }


@cache
def addresses() -> dict[str, tuple[Address, ...]]:
    """The dice of the kinds of event that have any, from data/explaining/dice.csv."""
    found: dict[str, list[Address]] = {}
    for row in _rows("dice"):
        kind = row.pop("kind")
        found.setdefault(kind, []).append(
            Address(**{**row, "code": int(row["code"]), "index": int(row["index"])})
        )
    return {kind: tuple(rows) for kind, rows in found.items()}


def _rows(name: str) -> list[dict[str, Any]]:
    text = (FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


class Dice:
    """The dice of one run, cast again.

    Parameters
    ----------
    run
        Its seed and replica are the key, its units and formations the entities.
    """

    def __init__(self, run: Replayed) -> None:
        self._key = (int(run.identity["seed"]), int(run.identity.get("replica") or 0))
        self._run = run

    def of(self, event: Row) -> list[Row]:
        """The dice of an event: what each decided, its value, what it was held against. [0-1]"""
        return self.of_all([event])[0]

    def of_all(self, events: Sequence[Row]) -> list[list[Row]]:
        """The dice of each of some events, cast at once."""
        found: list[list[Row]] = [[] for _ in events]
        counters = []
        for event, mine in zip(events, found, strict=True):
            for address in addresses().get(event["kind"], ()):
                entity = self._entity(event, address.entity)
                if entity is None or not address.holds(event):
                    continue
                against = self._against(event, address.against)
                mine.append({"what": address.what, "against": against, "happens": address.happens})
                counters.append((event["day"], address.code, entity, address.index))
        if counters:
            values = iter(cast(self._key, np.array(counters)).tolist())
            for mine in found:
                for die in mine:
                    die["die"] = next(values)
        return found

    def _entity(self, event: Row, name: str) -> int | None:
        if name == "hex":
            return None if event["hex"] is None else int(event["hex"])
        return self._run.node_index.get(event[name] or "")

    def _against(self, event: Row, name: str) -> float | None:
        if not name:
            return None
        if name in NUMBERS:
            return None if event[name] is None else float(event[name])
        return float(self._run.scenario.parameters[name].value)


def told(run: Replayed, dice: Dice, event: Row) -> Row:
    """An event as plain data, with what is behind it."""
    kind = kinds().get(event["kind"], Kind((), ""))
    return {
        **{key: event[key] for key in ("day", "number", "kind", "side", "unit", "other")},
        "date": run.date(event["day"]).isoformat(),
        "where": run.spot(event["hex"]),
        **{key: event[key] for key in NUMBERS},
        "dice": dice.of(event),
        "mechanisms": list(kind.mechanisms),
        "chapter": f"docs/rules/{kind.chapter}.md" if kind.chapter else "",
    }
