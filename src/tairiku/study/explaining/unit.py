"""A unit on a day: its order, what stopped it, whom it met, what it lost, what fed it."""

from typing import Any

from tairiku.study.explaining.events import Dice, told
from tairiku.study.explaining.replayed import Replayed, Row
from tairiku.study.explaining.supply import supply

_ABSENT = ("sick", "wounded", "stragglers")
# what happens to all who stand at a hex, whichever unit it names
_HERE = "'battle', 'exchange', 'battleground', 'siege-begins', 'surrender', 'crossing'"
_BREAKS = ("attack-broken-off", "retreat", "rout")


def explain_unit(run: Replayed, dice: Dice, unit: str, day: int) -> Row | None:
    """All that the replay says of a unit on a day, None where it has no row of it.

    Returns
    -------
    Plain data: ``where``, ``order``, ``march``, ``contact``, ``men``, ``supply``, ``command``,
    ``air`` and ``events``; docs/explain.md has the fields.
    """
    row = run.unit(unit, day)
    if row is None:
        return None
    before = run.unit(unit, day - 1)
    events = [told(run, dice, event) for event in _events(run, row, before)]
    return {
        "unit": unit,
        "day": day,
        "date": run.date(day).isoformat(),
        "side": row["side"],
        "force": row["force"],
        "status": row["status"],
        "posture": row["posture"],
        "where": run.spot(row["hex"]),
        "morning": run.spot(before["hex"]) if before is not None else None,
        "order": _order(run, row),
        "march": {
            "km": round(float(row["km_today"]), 1),
            "next": run.spot(row["step"]),
            **why_stopped(run, row, events),
        },
        "contact": _contact(run, row),
        "men": _men(row, before, events),
        "condition": {key: _share(row[key]) for key in ("cohesion", "fatigue")},
        "supply": supply(run, row, before),
        "command": {
            "linked": _share(row["linked"]),
            "days_paralysed": row["paralysed"],
            "asked": _date(run, row["asked"]),
            "answer": row["answer"],
        },
        "air": {"support": row["air_support"], "hit": row["air_hit"]},
        "events": events,
    }


def _order(run: Replayed, row: Row) -> Row:
    return {
        "order": row["order_code"],
        "giver": row["giver"],
        "through": _through(run, row),
        "since": _date(run, row["since"]),
        "target": run.spot(row["target"]),
        "next_order": row["next_order"],
        "next_due": _date(run, row["next_due"]) if row["next_order"] is not None else None,
    }


def _through(run: Replayed, row: Row) -> str | None:
    """The headquarters that an order came from: the giver, or of a unit's own its superior."""
    if row["giver"] is None or row["giver"] != row["unit"]:
        return None if row["giver"] is None else str(row["giver"])
    return run.scenario.superior_on(run.date(int(row["day"]))).get(row["unit"])


def why_stopped(run: Replayed, row: Row, events: list[Row]) -> Row:
    """What kept a unit from going on: a cause of `stopped.CAUSES`, and what belongs to it.

    Returns
    -------
    ``stopped``, ``event`` (number of the day's event that says more), ``days`` (more of them to
    come), ``enemy`` (who stands before it) and ``siege`` (of its objective).
    """
    cause, days = run.cause(row["unit"], int(row["day"]))
    mine = {e["kind"]: e["number"] for e in events if e["unit"] == row["unit"]}
    event = mine.get("halt" if cause == "no-supply" else cause or "")
    ahead = [h for h in (row["attacks"], row["step"], row["target"]) if h is not None]
    met = cause in ("fighting", "siege-watched", "blocked-enemy", "blocked-river", *_BREAKS)
    return {
        "stopped": cause,
        "event": event,
        "days": days,
        "enemy": before_it(run, row, ahead) if met and row["hex"] is not None else [],
        "siege": siege_of(run, row["target"], int(row["day"])),
    }


def before_it(run: Replayed, row: Row, hexes: list[int]) -> list[Row]:
    """Enemy units on some hexes beside a unit, and else on all that touch it: the largest first."""
    enemy = "china" if row["side"] == "japan" else "japan"
    grid = run.scenario.map.grid
    beside = [n for n in grid.neighbours(int(row["hex"])) if n >= 0]
    for places in ([h for h in hexes if h in beside], beside):
        if places:
            units = run.units_at(places, int(row["day"]))
            found = [u for u in units if u["side"] == enemy and u["men"] > 0]
            if found:
                return [{key: u[key] for key in ("unit", "hex", "men", "posture")} for u in found]
    return []


def siege_of(run: Replayed, hex_id: int | None, day: int) -> Row | None:
    """The siege of a place on the evening of a day, by its events; None where there is none.

    Returns
    -------
    ``phase`` (invested, assault, rebuild), ``since``, ``began`` (dates) and ``assaults`` so far.
    """
    if hex_id is None:
        return None
    kinds = "'siege-begins','assault-begins','assault-ends','city-taken','relieved'"
    rows = run.events(f"hex = ? AND kind IN ({kinds})", [hex_id], -1, day)
    found: Row | None = None
    for event in rows:
        when = run.date(event["day"]).isoformat()
        if event["kind"] == "siege-begins":
            found = {"phase": "invested", "since": when, "began": when, "assaults": 0}
        elif event["kind"] in ("city-taken", "relieved"):
            found = None
        elif found is not None:
            begins = event["kind"] == "assault-begins"
            found |= {"phase": "assault" if begins else "rebuild", "since": when}
            found["assaults"] += int(begins)
    return found


def _contact(run: Replayed, row: Row) -> Row:
    return {
        "day": row["contact"],
        "attacks": run.spot(row["attacks"]),
        "outflanked": None if row["outflanked"] is None else bool(row["outflanked"]),
        "days_ringed": row["ringed"],
        "lost_share": _share(row["lost_share"]),
    }


def _men(row: Row, before: Row | None, events: list[Row]) -> Row:
    """Men at night, and where those went who were there the evening before. [men]

    ``gone``: men who will not come back less men who came new, all causes together.
    """
    found: Row = {"men": row["men"], "battle_losses": row["lost_today"]}
    found |= {key: row[key] for key in _ABSENT}
    if before is not None:
        found["before"] = before["men"]
        found |= {f"{key}_change": row[key] - before[key] for key in _ABSENT}
        whole = [r["men"] + sum(r[key] for key in _ABSENT) for r in (before, row)]
        found["gone"] = whole[0] - whole[1]
    came = [e["a"] for e in events if e["kind"] == "replacements" and e["unit"] == row["unit"]]
    found["replacements"] = round(sum(came))
    return found


def _events(run: Replayed, row: Row, before: Row | None) -> list[Row]:
    """The day's events that name the unit, and the battles, strikes and sieges where it stood.

    Of the battles elsewhere only those at the hex that it attacks.
    """
    unit, day = row["unit"], int(row["day"])
    places = {r["hex"] for r in (row, before) if r is not None} | {row["attacks"]}
    hexes = [int(h) for h in places if h is not None]
    marks = ", ".join("?" for _ in hexes) or "NULL"
    return run.events(
        f"unit = ? OR other = ? OR (kind <> 'control' AND unit IS NULL AND hex IN ({marks})) OR "
        f"(kind IN ({_HERE}) AND hex IN ({marks}))",
        [unit, unit, *hexes, *hexes],
        day,
        day,
    )


def _share(value: Any) -> float | None:
    return None if value is None else round(float(value), 3)


def _date(run: Replayed, day: Any) -> str | None:
    return None if day is None or int(day) < 0 else run.date(int(day)).isoformat()
