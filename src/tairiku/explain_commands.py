"""The body of `tairiku explain`."""

import json
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from tairiku.base.errors import RequestError
from tairiku.base.names import name_in
from tairiku.report.explaining import event_lines, place_lines, stopped_text, unit_lines
from tairiku.report.sentences import Teller
from tairiku.study.explaining.claims import claims_of
from tairiku.study.explaining.day import explain_day
from tairiku.study.explaining.events import Dice
from tairiku.study.explaining.finding import find_place, find_unit
from tairiku.study.explaining.place import explain_place
from tairiku.study.explaining.replayed import Replayed, open_run
from tairiku.study.explaining.unit import explain_unit

CLAIM_DAYS = 3  # claims so many days before and after are named as well


def explain(
    directory: Path, *, unit: str | None, place: str | None, date: str, lang: str, as_json: bool
) -> int:
    """`tairiku explain`.

    Raises
    ------
    RequestError
        There is no run in the directory, a name or a date is not known, or both a unit and a place
        are named.
    """
    if unit is not None and place is not None:
        raise RequestError("--unit and --place are two questions; ask one at a time")
    run = open_run(directory)
    try:
        first, last = run.days_of(date)
        found = _gather(run, unit, place, first, last)
    finally:
        run.con.close()
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    console = Console(highlight=False)
    say = Teller(run.scenario, lang)
    tell = {"unit": _print_unit, "place": _print_place, "day": _print_day}[found["asked"]]
    tell(console, say, found)
    return 0


def _gather(
    run: Replayed, unit: str | None, place: str | None, first: int, last: int
) -> dict[str, Any]:
    dice = Dice(run)
    days = range(first, last + 1)
    head = {"run": str(run.folder), "scenario": run.scenario.name, "seed": run.identity["seed"]}
    if unit is None and place is None:
        return {**head, "asked": "day", "days": [explain_day(run, dice, day) for day in days]}
    id_ = find_unit(run, unit) if unit is not None else find_place(run, place or "")
    if unit is not None:
        rows = [explain_unit(run, dice, id_, day) for day in days]
        told = [row for row in rows if row is not None]
        if not told:
            raise RequestError(_absent(run, id_, first))
    else:
        told = [explain_place(run, dice, id_, day) for day in days]
    claims = claims_of(id_, run.date(first), run.date(last), CLAIM_DAYS)
    asked = "unit" if unit is not None else "place"
    return {**head, "asked": asked, asked: id_, "days": told, "claims": claims}


def _absent(run: Replayed, unit: str, day: int) -> str:
    """Say when the replay has rows of a unit that it has none of on a day."""
    row = run.rows("SELECT min(day) AS a, max(day) AS b FROM units WHERE unit = ?", [unit])[0]
    first, last = run.date(max(0, row["a"])), run.date(max(0, row["b"]))
    return f"the replay has no row of {unit} on {run.date(day)}; it has from {first} to {last}"


def _print_unit(console: Console, say: Teller, found: dict[str, Any]) -> None:
    days = found["days"]
    if len(days) > 1:
        _print_span(console, say, found)
    else:
        day = days[0]
        _title(console, say.unit(found["unit"]), found["unit"], day["date"])
        _print_lines(console, unit_lines(say, day))
    events = [(e, len(days) > 1) for day in days for e in day["events"]]
    _print_events(console, say, events)
    _print_claims(console, say, found["claims"])


def _print_span(console: Console, say: Teller, found: dict[str, Any]) -> None:
    """A unit over several days: a line for each."""
    days = found["days"]
    _title(console, say.unit(found["unit"]), found["unit"], f"{days[0]['date']}/{days[-1]['date']}")
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    keys = ("day", "where", "order", "why.stopped", "men", "lost-today", "cut-off")
    for key in keys:
        right = key in ("men", "lost-today", "cut-off")
        table.add_column(say.word(key), justify="right" if right else "left")
    for day in days:
        table.add_row(
            day["date"][5:],
            say.place(day["where"]),
            say.word(f"order.{day['order']['order']}"),
            stopped_text(say, day["march"]),
            say.number(day["men"]["men"]),
            say.number(day["men"]["battle_losses"]),
            say.number(day["supply"]["days_cut"]),
        )
    console.print(table)


def _print_place(console: Console, say: Teller, found: dict[str, Any]) -> None:
    place = say.scenario.map.place[found["place"]]
    day = found["days"][-1]
    _title(console, name_in(place, say.language), found["place"], day["date"])
    _print_lines(console, place_lines(say, day))
    falls = [fall for fall in day["falls"] if fall["causes"]]
    for fall in falls:
        side = say.word(f"side.{fall['side']}")
        console.print(f"\n{say.fill('why.fell-to', date=fall['date'], side=side)}", style="bold")
        _print_events(console, say, [(e, True) for e in fall["causes"]], titled=False)
    shown = {(e["day"], e["number"]) for fall in falls for e in fall["causes"]}
    earlier = [e for e in day["history"] if (e["day"], e["number"]) not in shown]
    today = [e for d in found["days"] for e in d["events"]]
    today = [e for e in today if (e["day"], e["number"]) not in shown]
    if earlier:
        console.print(f"\n{say.word('earlier')}", style="bold")
        _print_events(console, say, [(e, True) for e in earlier[-20:]], titled=False)
    _print_events(console, say, [(e, True) for e in today])
    _print_claims(console, say, found["claims"])


def _print_day(console: Console, say: Teller, found: dict[str, Any]) -> None:
    for day in found["days"]:
        _title(console, say.scenario.title, found["scenario"], day["date"])
        console.print(say.fill("why.day-of", count=day["events_all"]))
        _print_events(console, say, [(e, False) for e in day["events"]], titled=False)


def _title(console: Console, name: str, id_: str, when: str) -> None:
    console.print(f"[bold]{escape(name)}[/bold] ({escape(id_)}), {when}")


def _print_lines(console: Console, lines: list[tuple[str, str]]) -> None:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in lines:
        table.add_row(label, escape(text))
    console.print(Padding(table, (0, 0, 0, 2)))


def _print_events(
    console: Console, say: Teller, events: list[tuple[dict[str, Any], bool]], titled: bool = True
) -> None:
    if titled and events:
        console.print(f"\n{say.word('why-today')}", style="bold")
    for event, dated in events:
        first, *rest = event_lines(say, event, dated)
        console.print(Padding(escape(first), (0, 0, 0, 2)))
        if rest:
            console.print(Padding(escape("; ".join(rest)), (0, 0, 0, 4)), style="dim")


def _print_claims(console: Console, say: Teller, claims: list[dict[str, Any]]) -> None:
    if not claims:
        return
    console.print(f"\n{say.word('why.claims')}", style="bold")
    for claim in claims:
        text = f"{claim['id']}  {claim['date']}  {claim['subject']}: {claim['property']}"
        console.print(Padding(escape(f"{text} {claim['shown']}"), (0, 0, 0, 2)))
