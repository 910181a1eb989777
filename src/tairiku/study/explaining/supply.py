"""Which depot, by which line, what cut it and for how many days: the supply of a unit on a day.

The way goes from the hex where the unit stood that morning, over the best ways of the day
(table ``ways``), to the depot.  Where there is none, the way of the last day on which there was one
is held against today's: the hexes of it that supply does not pass are where it is cut.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tairiku.study.explaining.replayed import Replayed, Row

_STORES = {"japan": "supply.ration_japan", "china": "supply.ration_china"}


@dataclass(frozen=True)
class Step:
    """One hex of a way, how a load goes on from there and by which line."""

    hex: int
    means: str
    line: str


@dataclass(frozen=True)
class Way:
    """A way of supply from a hex back to a depot: its steps; the last stands at the depot."""

    steps: tuple[Step, ...]
    depot: str

    def legs(self, run: Replayed) -> list[Row]:
        """The way as legs of one means and line each, from the unit to the depot. [km]

        Lengths are those of the rule: one pitch of the grid for each hex.
        """
        pitch = run.scenario.map.grid.pitch_km
        found = []
        at = 0
        for (means, line), group in groupby(self.steps[:-1], key=lambda s: (s.means, s.line)):
            steps = len(list(group))
            found.append(
                {
                    "means": means,
                    "line": line,
                    "from": run.spot(self.steps[at].hex),
                    "to": run.spot(self.steps[at + steps].hex),
                    "km": round(steps * pitch),
                }
            )
            at += steps
        if self.steps[-1].means == "box":
            here = run.spot(self.steps[-1].hex)
            found.append({"means": "box", "line": "", "from": here, "to": None, "km": 0})
        return found


class Ways:
    """The ways of supply of one side on one day."""

    def __init__(self, run: Replayed, side: str, day: int) -> None:
        self.run = run
        self.day = day
        rows = run.rows(
            "SELECT hex, last(next ORDER BY day) AS next, last(depot ORDER BY day) AS depot, "
            "last(means ORDER BY day) AS means, last(passes ORDER BY day) AS passes "
            "FROM ways WHERE side = ? AND day <= ? GROUP BY hex",
            [side, day],
        )
        self.at: dict[int, Row] = {int(row["hex"]): row for row in rows}

    def way(self, hex_id: int) -> Way | None:
        """The way that feeds a hex, None where there is none."""
        row = self.at.get(hex_id)
        if row is None or row["depot"] is None:
            return None
        steps: list[Step] = []
        here = hex_id
        while row is not None and len(steps) <= len(self.at):
            means = row["means"] or ""
            onward = row["next"]
            line = "" if onward is None else line_of(self.run, here, int(onward), means)
            steps.append(Step(here, means, line))
            if onward is None:
                break
            here = int(onward)
            row = self.at.get(here)
        return Way(tuple(steps), str(self.at[hex_id]["depot"]))

    def passes(self, hex_id: int) -> bool:
        """Whether supply passed a hex that day."""
        row = self.at.get(hex_id)
        return row is not None and bool(row["passes"])


def line_of(run: Replayed, a: int, b: int, means: str) -> str:
    """The name of the railway, road or water between two hexes; empty where it has none."""
    return _lines(run).get((means, frozenset((a, b))), "")


def _lines(run: Replayed) -> dict[tuple[str, frozenset[int]], str]:
    found: dict[tuple[str, frozenset[int]], str] | None = run.__dict__.get("_line_names")
    if found is None:
        found = {}
        world = run.scenario.map
        for rail in world.rail_links:
            found["rail", frozenset((rail.hex_a, rail.hex_b))] = rail.line
        for road in world.road_links:
            found["road", frozenset((road.hex_a, road.hex_b))] = road.name
        for water in world.waterway_links:
            found["water", frozenset((water.hex_a, water.hex_b))] = water.name
        run.__dict__["_line_names"] = found
    return found


def supply(run: Replayed, unit: Row, before: Row | None) -> Row:
    """The supply of a unit on a day.

    Parameters
    ----------
    unit
        Its row of the evening.
    before
        Its row of the evening before, which says where it stood in the morning; None if it had
        none: then the evening's own place counts.
    """
    day = int(unit["day"])
    morning = before["hex"] if before is not None and before["hex"] is not None else unit["hex"]
    found: Row = {
        "depot": depot(run, unit["source_depot"]),
        "need_kg": unit["need_kg"],
        "got_kg": unit["got_kg"],
        "foraged_kg": unit["foraged_kg"],
        "food_kg": unit["food_kg"],
        "food_days": food_days(run, unit),
        "ammunition_kg": unit["ammunition_kg"],
        "fuel_kg": unit["fuel_kg"],
        "fed": unit["fed"],
        "rounds": unit["rounds"],
        "fuelled": unit["fuelled"],
        "days_cut": unit["cut"],
        "days_hungry": unit["hungry"],
        "way": None,
        "cut": None,
    }
    if morning is None or day < 0:
        return found
    today = Ways(run, unit["side"], day)
    if unit["source_depot"] is not None:
        way = today.way(int(morning))
        if way is not None and way.depot == unit["source_depot"]:
            found["way"] = {
                "legs": way.legs(run),
                "km": sum(leg["km"] for leg in way.legs(run)),
                "depot_at": run.spot(way.steps[-1].hex),
            }
    elif today.at:
        found["cut"] = what_cut(run, unit, int(morning), today)
    return found


def depot(run: Replayed, id_: str | None) -> Row | None:
    """A depot by id with its name; one set up on the way has none of its own."""
    if id_ is None:
        return None
    known = run.scenario.depot_index.get(id_)
    return {"id": id_, "name": run.scenario.depots[known].name if known is not None else ""}


def food_days(run: Replayed, unit: Row) -> float | None:
    """Days of the ration that a unit has with it. [days]"""
    ration = run.scenario.parameters.get(_STORES.get(unit["side"], ""))
    men = int(unit["men"])
    if ration is None or men <= 0:
        return None
    return float(round(unit["food_kg"] / (men * float(ration.value)), 1))


def what_cut(run: Replayed, unit: Row, morning: int, today: Ways) -> Row:
    """Why a unit has no way to supply: the place on its last way that supply does not pass now.

    Returns
    -------
    ``since`` (date of the last day with a way, None if it never had one), ``depot`` (which fed it
    then), ``at`` (the nearest hex of that way that is barred now, None if none is), ``held_by``
    that hex, ``enemy`` (the enemy units in and about it, the largest first) and ``cause``:
    ``enemy-holds``, ``enemy-zone``, ``depot`` (nothing bars the way: the depot is lost or
    empty) or ``moved`` (the unit went where no way leads).
    """
    day = int(unit["day"])
    last = run.rows(
        "SELECT max(day) AS day FROM units WHERE unit = ? AND day < ? AND source_depot IS NOT NULL",
        [unit["unit"], day],
    )[0]["day"]
    found: Row = {"since": None, "depot": None, "at": None, "held_by": None, "enemy": []}
    if last is None:
        return {**found, "cause": "never"}
    fed = run.unit(unit["unit"], int(last)) or {}
    found |= {"since": run.date(int(last)).isoformat(), "depot": depot(run, fed["source_depot"])}
    stood = run.unit(unit["unit"], int(last) - 1) or fed
    old = Ways(run, unit["side"], int(last)).way(int(stood["hex"])) if stood["hex"] else None
    steps = [step.hex for step in old.steps] if old is not None else []
    barred = [hex_id for hex_id in [morning, *steps] if not today.passes(hex_id)]
    if not barred:
        return {**found, "cause": "depot" if morning in steps else "moved"}
    at = barred[0]
    enemy = "china" if unit["side"] == "japan" else "japan"
    round_it = [at, *(n for n in run.scenario.map.grid.neighbours(at) if n >= 0)]
    near = [row for row in run.units_at(round_it, day - 1) if row["side"] == enemy and row["men"]]
    held = run.holder(at, day - 1)
    return {
        **found,
        "at": run.spot(at),
        "held_by": held,
        "cause": "enemy-holds" if held == enemy else "enemy-zone",
        "enemy": [_short(row) for row in near[:6]],
    }


def _short(row: Row) -> dict[str, Any]:
    return {key: row[key] for key in ("unit", "hex", "men")}
