"""The day's headline: the one event of a day that a reader of the progress line wants to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tairiku.scenario.load import Scenario

# the weight of each kind of event; where two weigh the same the larger first number wins
WEIGHT: Mapping[str, int] = {
    "phase-opens": 100,
    "city-taken": 90,
    "surrender": 85,
    "pocket": 80,
    "airfield-lost": 75,
    "assault-begins": 70,
    "siege-begins": 65,
    "destroyed": 60,
    "encircled": 55,
    "relieved": 52,
    "crossing": 50,
    "bridge-open": 48,
    "bridge-out": 46,
    "refused": 44,
    "rout": 42,
    "battle": 40,
    "reserve-released": 30,
    "air-battle": 25,
    "rail-open": 20,
    "arrival": 10,
}


@dataclass(frozen=True)
class Names:
    """Names for hexes and nodes of a scenario, for sentences."""

    place_at: Mapping[int, str]
    node: tuple[str, ...]
    phase: tuple[str, ...]

    @classmethod
    def of(cls, scenario: Scenario, nodes: list[str], phases: list[str]) -> "Names":
        """Names of a scenario: the largest town of each hex, formations by their own name."""
        places = {
            row.hex: scenario.map.place[row.place_id].name
            for row in scenario.map.hexes
            if row.place_id
        }
        formation = scenario.formation
        return cls(
            place_at=places,
            node=tuple(formation[n].name if n in formation else n for n in nodes),
            phase=tuple(phases),
        )

    def unit(self, index: int) -> str:
        """The name of a command node; "a unit" where the event names none."""
        return self.node[index] if 0 <= index < len(self.node) else "a unit"

    def where(self, hex_id: int) -> str:
        """The town of a hex, or nothing."""
        return self.place_at.get(hex_id, "")


def headline(events: Any, kinds: tuple[str, ...], names: Names) -> str:
    """One line for the most telling event of a day; empty on a quiet one.

    Parameters
    ----------
    events
        Today's records (EVENT,) of the state.
    kinds
        The names of the kinds by code.
    """
    best: tuple[int, float, str] = (0, 0.0, "")
    for event in events:
        kind = kinds[int(event["kind"])]
        weight = WEIGHT.get(kind, 0)
        if weight == 0:
            continue
        size = float(event["a"]) + float(event["b"])
        if kind in ("battle", "arrival", "air-battle") and not event_counts(kind, size):
            continue
        if (weight, size) > best[:2]:
            text = sentence(kind, event, names)
            if text:
                best = (weight, size, text)
    return best[2]


def event_counts(kind: str, size: float) -> bool:
    """Whether a battle, arrival or air battle is large enough to be a headline."""
    return size >= {"battle": 8000.0, "arrival": 4000.0, "air-battle": 8.0}[kind]


def sentence(kind: str, event: Any, names: Names) -> str:
    """An event as a short plain sentence; empty if it has nothing to say here."""
    unit = names.unit(int(event["unit"]))
    where = names.where(int(event["hex"]))
    near = f" near {where}" if where else ""
    at = f" at {where}" if where else ""
    a, b = float(event["a"]), float(event["b"])
    side = ("Japanese", "Chinese", "nobody")[int(event["side"]) % 3]
    if kind == "phase-opens":
        index = int(a)
        return f"{names.phase[index]} opens" if index < len(names.phase) else ""
    if kind == "city-taken":
        return f"{where} falls to the {side}" if where else ""
    plain = {
        "surrender": f"{unit} lays down its arms{at}, {a:,.0f} men",
        "pocket": f"a pocket of {a:,.0f} men is closed{near}",
        "airfield-lost": f"an airfield changes hands{near}",
        "assault-begins": f"assault{at} with {a:,.0f} men",
        "siege-begins": f"{where} is invested" if where else "",
        "destroyed": f"{unit} ceases to exist{near}",
        "encircled": f"{unit} is cut off{near}, {a:,.0f} men",
        "relieved": f"{unit} is relieved{near} after {a:,.0f} days",
        "crossing": f"{unit} crosses the river{near}",
        "bridge-open": "a bridge is open again",
        "bridge-out": "a bridge is broken",
        "refused": f"{unit} asks leave to go{near} and is refused",
        "rout": f"{unit} is routed{near}",
        "battle": f"fighting{near}: {a:,.0f} attack {b:,.0f}",
        "reserve-released": f"{unit} is released from reserve",
        "air-battle": f"air battle{near}",
        "rail-open": f"trains run again{near}",
        "arrival": f"{unit} arrives{near}",
    }
    return plain.get(kind, "")
