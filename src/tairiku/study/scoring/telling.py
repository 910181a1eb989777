"""What the terminal shows of a validation: the answer, the misses first, the rivals, the log."""

import re

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from tairiku.study.scoring.answer import answers, day_text, number, percent, share_text
from tairiku.study.scoring.looks import read_looks
from tairiku.study.scoring.validate import MODEL, Validation


def _table(title: str, left: tuple[str, ...], right: tuple[str, ...]) -> Table:
    table = Table(
        title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0)
    )
    for name in left:
        table.add_column(name, no_wrap=name != "sources")
    for name in right:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _short(found: Validation, text: str) -> str:
    """A date without the year of the campaign's first day, which the title names."""
    return re.sub(rf"\b{found.scenario.first_day.year}-(?=\d\d-)", "", text)


def places_table(found: Validation) -> Table:
    """The model's places, the worst first."""
    table = _table(
        f"Places in {found.scenario.first_day.year}, the worst first "
        "(* held out; off: days from the sources' span)",
        ("place", "phase", "sources", "median", "80 %"),
        ("never", "off", "CRPS"),
    )

    def date(day: int) -> str:
        return "never" if day >= found.seasons.days else _short(found, day_text(found, day))

    for row in found.worst_first:
        eighty, place = row.interval(0.8), row.place
        held = "*" if found.setting.held_out(place.phase) else ""
        sign = ">" if row.censored else ""
        table.add_row(
            place.name,
            f"{place.phase}{held}",
            "; ".join(f"{s.source} {_short(found, s.text)}" for s in place.said),
            date(row.median),
            f"{date(eighty.low)} to {date(eighty.high)}",
            percent(row.never),
            f"{sign}{row.off:+d}" if row.off else "0",
            f"{row.crps:.1f}",
        )
    return table


def scores_table(found: Validation) -> Table:
    """Scores by phase: the model beside the rivals, widths beside coverage."""
    table = _table(
        "Scores by phase (n places; in: intervals that hold history's best date, and the 95 % "
        "interval of that share; width of the 80 % interval)",
        ("phase", "forecaster"),
        ("n", "CRPS", "error", "in 50", "in 80 %", "in 95", "width"),
    )
    for phase in found.phase_order:
        if table.row_count:
            table.add_section()
        for name in found.forecasters:
            p = found.phase(name, phase)
            if p is None:
                continue
            sign = ">" if p.never else ""
            table.add_row(
                phase if name == MODEL else "",
                name,
                str(p.places),
                f"{p.crps:.1f}",
                f"{sign}{p.mean_error:.1f}",
                f"{p.covered[0.5].hits}",
                share_text(p, 0.8).replace(" of ", "/"),
                f"{p.covered[0.95].hits}",
                f"{'>' if p.open_ended[0.8] else ''}{p.width[0.8]:.0f}",
            )
    return table


def figures_table(found: Validation) -> Table:
    """Figures of the sources beside the campaigns, the worst first."""
    table = _table(
        "Losses and other figures, the worst first (miss: outside the sources' range and a "
        "factor 1.5)",
        ("figure", "phase"),
        ("range of sources", "median", "80 %", "ratio", ""),
    )
    for row in found.figures:
        bounds = f"{number(row.bottom)} - {number(row.top)}"
        table.add_row(
            row.id,
            row.phase,
            f"{number(row.low)} - {number(row.high)}",
            number(row.median),
            "not measured" if row.median is None else bounds,
            "" if row.ratio is None else f"{row.ratio:.2f}",
            "miss" if row.good is False else "",
        )
    return table


def tell(console: Console, found: Validation) -> None:
    """Print a validation."""
    for sentence in answers(found):
        console.print(sentence)
    console.print()
    console.print(places_table(found))
    console.print(scores_table(found))
    if found.figures:
        console.print(figures_table(found))
    for rival in found.rivals:
        console.print(f"{rival.name}: {rival.told}.")
    for text in found.missing_rivals:
        console.print(f"missing rival: {text}.")
    seeds = found.seasons.seeds
    short = next((i for i in found.of(MODEL)[0].intervals if i.reached < i.level - 1e-9), None)
    if short is not None:
        console.print(
            f"{len(seeds)} campaigns are too few for {percent(short.level)}: "
            f"their extremes hold {percent(short.reached)}."
        )
    console.print(f"Seeds {seeds[0]} to {seeds[-1]}; truth: {found.truth}; model: {found.model}")
    count = len(read_looks(found.looks))
    console.print(f"Log of looks: {found.looks} ({count} so far)", soft_wrap=True)
