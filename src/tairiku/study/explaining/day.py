"""A day: its chief events, by the weight that the progress line gives each kind."""

from tairiku.study.explaining.events import Dice, told
from tairiku.study.explaining.replayed import Replayed, Row
from tairiku.study.headline import WEIGHT

CHIEF = 15


def explain_day(run: Replayed, dice: Dice, day: int, most: int = CHIEF) -> Row:
    """The chief events of a day and the sums of both sides, as plain data."""
    events = [e for e in run.events("true", [], day, day) if WEIGHT.get(e["kind"], 0)]
    events.sort(key=lambda e: (-WEIGHT[e["kind"]], -(e["a"] + e["b"]), e["number"]))
    sums = run.rows(
        "SELECT n.force, n.men, n.absent, n.killed - b.killed AS killed, "
        "n.wounded_out - b.wounded_out AS wounded, n.captured - b.captured AS captured, "
        "n.missing - b.missing AS missing, n.disease - b.disease AS disease "
        "FROM days n JOIN days b USING (force) WHERE n.day = ? AND b.day = ? - 1 ORDER BY force",
        [day, day],
    )
    weather = run.rows(
        "SELECT region, sky, ground, stage FROM weather WHERE day = ? ORDER BY region", [day]
    )
    return {
        "day": day,
        "date": run.date(day).isoformat(),
        "events_all": len(run.events("true", [], day, day)),
        "events": [told(run, dice, e) for e in events[:most]],
        "forces": [row for row in sums if row["men"]],
        "weather": weather,
    }
