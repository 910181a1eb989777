"""What the terminal shows of a run: progress by date, then the summary beside history."""

from typing import Any, Literal

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from tairiku.scenario.load import Scenario
from tairiku.study.mechanisms.table import named
from tairiku.study.sourced import counts, counts_line

LOSS_COLUMNS = ("killed", "wounded_out", "captured", "missing", "disease")


def _cell(text: Any) -> str:
    return "-" if text in (None, "") else str(text)


def places_table(summary: dict[str, Any]) -> Table:
    """When each scored place fell here, and when by each source, phase by phase."""
    table = Table(
        title="Places beside history (off: days from the sources)",
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for name in ("place", "fell here", "German text", "Chinese text", "off"):
        justify: Literal["left", "right"] = "right" if name == "off" else "left"
        table.add_column(name, justify=justify, no_wrap=True)
    phase = ""
    for place in summary["places"]:
        if phase and place["phase"] != phase:
            table.add_section()
        phase = place["phase"]
        gap = place["gap_days"]
        table.add_row(
            place["name"],
            place["fell"] or "-",
            _cell(place["de"]),
            _cell(place["zh"]),
            "-" if gap is None else f"{gap:+d}" if gap else "0",
        )
    return table


def losses_table(summary: dict[str, Any]) -> Table:
    """Men lost by force, phase and cause."""
    table = Table(title="Men lost, by side and phase", title_justify="left", box=SIMPLE_HEAD)
    table.add_column("force")
    table.add_column("phase")
    for name in ("killed", "wounded", "captured", "missing", "sick"):
        table.add_column(name, justify="right")
    for force, entry in summary["losses"].items():
        if force == "allied-air" or not any(entry["total"].values()):
            continue
        rows = [*entry["phases"].items(), ("all", entry["total"])]
        for index, (phase, causes) in enumerate(rows):
            table.add_row(
                force if index == 0 else "",
                phase,
                *(f"{causes[name]:,}" for name in LOSS_COLUMNS),
            )
    return table


def corridor_line(summary: dict[str, Any]) -> str:
    """The corridor's three answers in one line."""
    corridor = summary["corridor"]
    held = (
        "held from end to end"
        if corridor["control"]
        else (f"{corridor['control_share']:.0%} of the way held")
    )
    rail = (
        "trains run through"
        if corridor["rail"]
        else (f"trains on {corridor['rail_share']:.0%} of it")
    )
    tonnes = f"{corridor['tonnes_per_day']:.0f} t a day at the weakest link"
    return f"Corridor Beiping-Hanoi: {held}; {rail}; {tonnes}."


def tell(console: Console, summary: dict[str, Any], scenario: Scenario, seconds: float) -> None:
    """Print a summary beside history, and the engine's own time."""
    console.print(places_table(summary))
    console.print(losses_table(summary))
    fields = summary["airfields"]["lost"]
    names = ", ".join(entry["name"].removesuffix(" airfield") for entry in fields) or "none"
    console.print(f"Airfields lost to Japan: {len(fields)} ({names}).")
    console.print(corridor_line(summary))
    if summary["source_values"]:
        console.print(counts_line(counts(summary["source_values"]), summary["sources"]))
    if summary["without"]:
        console.print(f"Switched off: {'; '.join(named(scenario, summary['without']))}.")
    days = summary["days"]
    state = "" if summary["complete"] else ", stopped before its end"
    console.print(
        f"{scenario.title}: {days} days, seed {summary['seed']}{state}; "
        f"engine {seconds * 1000:.0f} ms; state {summary['state_hash'][:12]}"
    )
