"""What the terminal shows of an ensemble: dates with intervals, losses, airfields, corridor."""

from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from tairiku.study.ensembles.tables import ALL

NEVER = "never"


def span(entry: dict[str, Any], level: int) -> str:
    """An interval of dates; "never" where it reaches beyond the campaign.

    >>> span({"low80": "1944-05-01", "high80": None}, 80)
    '1 May - never'
    """
    low, high = _day(entry[f"low{level}"]), _day(entry[f"high{level}"])
    return low if low == high else f"{low} - {high}"


def _day(text: str | None) -> str:
    from datetime import date

    if text is None:
        return NEVER
    day = date.fromisoformat(text)
    return f"{day.day} {day:%b}"


def number_span(entry: dict[str, Any], level: int) -> str:
    """An interval of numbers."""
    return f"{entry[f'low{level}']:,.0f} - {entry[f'high{level}']:,.0f}"


def dates_table(summary: dict[str, Any]) -> Table:
    """When each place fell: share, median and intervals, phase by phase."""
    table = Table(
        title="When places fell (never: not within the campaign)",
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for name in ("place", "fell in", "median", "50 %", "80 %", "95 %"):
        table.add_column(name, justify="right" if name == "fell in" else "left", no_wrap=True)
    phase = ""
    for place in summary["places"]:
        if phase and place["phase"] != phase:
            table.add_section()
        phase = place["phase"]
        table.add_row(
            place["name"],
            f"{place['share']:.0%}",
            _day(place["median"]),
            *(span(place, level) for level in summary["levels"]),
        )
    return table


def losses_table(summary: dict[str, Any]) -> Table:
    """Men lost by force and phase, all causes and the killed."""
    table = Table(
        title="Men lost, by side and phase",
        title_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    for name in ("force", "phase", "campaigns", "lost", "80 %", "killed", "80 %"):
        left = name in ("force", "phase")
        table.add_column(name, justify="left" if left else "right", no_wrap=True)
    for force, phases in summary["losses"].items():
        for index, (phase, entry) in enumerate(phases.items()):
            table.add_row(
                force if index == 0 else "",
                "all" if phase == ALL else phase,
                f"{entry['replicas']:,}",
                f"{entry['lost']['median']:,.0f}",
                number_span(entry["lost"], 80),
                f"{entry['killed']['median']:,.0f}",
                number_span(entry["killed"], 80),
            )
    return table


def corridor_line(summary: dict[str, Any]) -> str:
    """The corridor's three answers in one line."""
    corridor = summary["corridor"]
    tonnes = corridor["tonnes_per_day"]
    return (
        f"Corridor Beiping-Hanoi at the end: held from end to end in "
        f"{corridor['control']['share_whole']:.0%} of the campaigns "
        f"(median {corridor['control']['median']:.0%} of the way), trains run through in "
        f"{corridor['rail']['share_whole']:.0%}; {tonnes['median']:.0f} t a day at the weakest "
        f"link (80 %: {number_span(tonnes, 80)})."
    )


def tell(console: Console, summary: dict[str, Any]) -> None:
    """Print the summary of an ensemble."""
    console.print(dates_table(summary))
    console.print(losses_table(summary))
    lost = summary["airfields"]["lost"]
    console.print(f"Airfields lost to Japan: {lost['median']:.0f} (80 %: {number_span(lost, 80)}).")
    console.print(corridor_line(summary))
    last = summary["first_seed"] + summary["replicas"] - 1
    console.print(
        f"{summary['replicas']:,} campaigns of '{summary['scenario']}', seeds "
        f"{summary['first_seed']} to {last}, sources {summary['sources']}"
        f"{', variant ' + summary['argument']['name'] if summary['argument'] else ''}."
    )
