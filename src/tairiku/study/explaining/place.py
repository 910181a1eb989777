"""A place on a day: who holds it, who stands there, its siege, and when and why it fell."""

from tairiku.study.explaining.events import Dice, told
from tairiku.study.explaining.replayed import Replayed, Row
from tairiku.study.explaining.supply import Ways
from tairiku.study.explaining.unit import siege_of

# what is told of a place before the day asked for
_HISTORY = (
    "siege-begins",
    "assault-begins",
    "zone-taken",
    "assault-ends",
    "relieved",
    "refused",
    "permitted",
    "silence",
    "surrender",
    "pocket",
    "city-taken",
    "airfield-lost",
    "depot-lost",
)
# what a fall comes of, and how many days before the last defender left it is looked for
_BEFORE = 10
_CAUSES = (
    "zone-taken",
    "surrender",
    "pocket",
    "retreat",
    "rout",
    "permitted",
    "refused",
    "silence",
    "destroyed",
)


def explain_place(run: Replayed, dice: Dice, place: str, day: int) -> Row:
    """All that the replay says of a place up to the evening of a day, as plain data."""
    row = run.scenario.map.place[place]
    hex_id = int(row.hex) if row.hex is not None else -1
    history = run.rows(
        "SELECT day, side FROM hexes WHERE hex = ? AND day <= ? ORDER BY day", [hex_id, day]
    )
    holders = [
        {"side": h["side"], "since": run.date(max(0, h["day"])).isoformat(), "day": h["day"]}
        for h in history
    ]
    marks = ", ".join(f"'{kind}'" for kind in _HISTORY)
    here = run.units_at([hex_id], day)
    return {
        "place": place,
        "hex": hex_id,
        "day": day,
        "date": run.date(day).isoformat(),
        "holders": holders,
        "siege": siege_of(run, hex_id, day),
        "units": [u for u in here if u["men"] > 0],
        "beside": _beside(run, hex_id, day),
        "supply": _supply(run, hex_id, day),
        "falls": [_fall(run, dice, hex_id, h["day"], h["side"]) for h in holders[1:]],
        "history": [
            told(run, dice, e)
            for e in run.events(f"hex = ? AND kind IN ({marks})", [hex_id], -1, day - 1)
        ],
        "events": [
            told(run, dice, e)
            for e in run.events("hex = ? AND kind <> 'control'", [hex_id], day, day)
        ],
    }


def _beside(run: Replayed, hex_id: int, day: int) -> list[Row]:
    around = [n for n in run.scenario.map.grid.neighbours(hex_id) if n >= 0]
    return [u for u in run.units_at(around, day) if u["men"] > 0]


def _supply(run: Replayed, hex_id: int, day: int) -> Row | None:
    """The way that supply takes to the place for its holder; None where no way leads."""
    side = run.holder(hex_id, day - 1)
    if side not in ("japan", "china"):
        return None
    way = Ways(run, side, day).way(hex_id)
    if way is None:
        return None
    legs = way.legs(run)
    return {"depot": way.depot, "legs": legs, "km": sum(leg["km"] for leg in legs)}


def _fall(run: Replayed, dice: Dice, hex_id: int, day: int, side: str) -> Row:
    """One change of hands: who took it, who had stood there, and the events it came of.

    Looked at are the days from `_BEFORE` days before the last defender was there.
    """
    ended = run.rows(
        "SELECT max(day) AS day FROM units WHERE hex = ? AND side <> ? AND men > 0 AND day < ?",
        [hex_id, side, day],
    )[0]["day"]
    last = day - 1 if ended is None else int(ended)
    ours = run.rows(
        "SELECT unit, last(men ORDER BY day) AS men, max(day) AS last_day FROM units "
        "WHERE hex = ? AND side <> ? AND men > 0 AND day BETWEEN ? AND ? "
        "GROUP BY unit ORDER BY men DESC, unit",
        [hex_id, side, last - _BEFORE, last],
    )
    names = ", ".join("?" for _ in ours) or "NULL"
    kinds = ", ".join(f"'{kind}'" for kind in _CAUSES)
    causes = run.events(
        f"kind IN ({kinds}) AND ((hex = ? AND unit IS NULL) OR unit IN ({names}))",
        [hex_id, *(u["unit"] for u in ours)],
        last - _BEFORE,
        day,
    )
    return {
        "date": run.date(day).isoformat(),
        "side": side,
        "emptied": None if ended is None else run.date(last + 1).isoformat(),
        "garrison": [
            {"unit": u["unit"], "men": u["men"], "last": run.date(u["last_day"]).isoformat()}
            for u in ours
        ],
        "causes": [told(run, dice, e) for e in causes],
    }
