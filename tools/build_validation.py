"""Write docs/validation.md: campaigns scored beside the record, misses first; early sanity too.

`uv run python tools/build_validation.py [--seeds 20] [--threads 2]`; 200 seeds make the intervals
of 95 % sound and take ten times as long.  Every figure on the page is computed here.  The page
shows phases that were held out: enter the look into docs/looks.csv.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median, median_high
from typing import Any

from tairiku.command.compiling import compile_rules
from tairiku.scenario.load import Scenario, load_scenario
from tairiku.sim import codes
from tairiku.study.scoring.answer import answers, day_text, number, percent, share_text, width_text
from tairiku.study.scoring.rules import LEVELS, censored
from tairiku.study.scoring.seasons import Seasons
from tairiku.study.scoring.validate import MODEL, Validation, validate

PAGE = Path(__file__).parent.parent / "docs" / "validation.md"
HENAN_ENDS = date(1944, 6, 1)  # the day to which the early sanity counts losses in Henan


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table."""
    return [
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
    ]


def places_section(found: Validation) -> list[str]:
    """Every scored place, the worst first."""
    rows = []
    for row in found.worst_first:
        said = {s.source: s.text for s in row.place.said}
        eighty = row.interval(0.8)
        rows.append(
            [
                row.place.name,
                row.place.phase + ("" if found.setting.held_out(row.place.phase) else " (fitted)"),
                said.get("de", "-"),
                said.get("zh", "-"),
                day_text(found, row.median),
                f"{day_text(found, eighty.low)} to {day_text(found, eighty.high)}",
                percent(row.never),
                f"{'at least ' if row.censored else ''}{row.off:+d}" if row.off else "0",
                f"{row.crps:.1f}",
                "yes" if eighty.covers(row.place.best) else "no",
            ]
        )
    head = ("place", "phase", "German text", "Chinese text", "median", "80 % interval")
    return table((*head, "never fell", "days off", "CRPS", "holds history"), rows)


def scores_section(found: Validation) -> list[str]:
    """The model and its rivals, phase by phase, widths beside coverage."""
    rows = []
    for phase in found.phase_order:
        for name in found.forecasters:
            p = found.phase(name, phase)
            if p is None:
                continue
            rows.append(
                [
                    phase,
                    name,
                    str(p.places),
                    f"{p.crps:.1f}",
                    f"{'at least ' if p.never else ''}{p.mean_error:.1f}",
                    *(share_text(p, level) for level in LEVELS),
                    " / ".join(width_text(p, level) for level in LEVELS),
                ]
            )
    levels = [f"in {100 * level:g} %" for level in LEVELS]
    return table(
        ("phase", "forecaster", "places", "CRPS", "error", *levels, "width 50 / 80 / 95 %"), rows
    )


def figures_section(found: Validation) -> list[str]:
    """Losses and other figures, the worst first."""

    rows = [
        [
            row.id,
            row.phase,
            row.de or "-",
            row.zh or "-",
            f"{number(row.low)} to {number(row.high)}",
            number(row.median),
            "-" if row.median is None else f"{number(row.bottom)} to {number(row.top)}",
            "-" if row.ratio is None else f"{row.ratio:.2f}",
            {None: row.note, True: "within", False: "miss"}[row.good],
        ]
        for row in found.figures
    ]
    head = ("figure", "phase", "German text", "Chinese text", "sources' range", "median")
    return table((*head, "80 % interval", "ratio", "verdict"), rows)


def sanity_section(seasons: Seasons) -> list[str]:
    """The early-sanity ranges of the model, pass or miss, by the median."""
    scenario, end = seasons.scenario, seasons.days
    hexes = scenario.map.place_hex

    def falls(place: str) -> list[int]:
        return [int(day) for day in censored(seasons.falls(hexes[place]), end)]

    def within(label: str, value: float, low: float, high: float, show: Any) -> list[str]:
        verdict = "pass" if low <= value <= high else "miss"
        return [label, f"{show(low)} to {show(high)}", show(value), verdict]

    def day(value: float) -> str:
        return "-" if value >= end else scenario.date_of(round(value)).isoformat()

    def middle(place: str) -> float:
        return float(median_high(falls(place)))

    luoyang = hexes["luoyang"]
    held = [
        fall - ringed[luoyang] if fall < end and luoyang in ringed else end
        for fall, ringed in zip(falls("luoyang"), seasons.ringed, strict=True)
    ]
    evening = scenario.day_of(HENAN_ENDS) + 1
    books = seasons.men[:, evening, codes.FORCE_NAMES.index("japan")]
    lost = (books[:, codes.M_KILLED] + books[:, codes.M_WOUNDED]).tolist()

    rows = [
        within("Zhongmu crossed", middle("zhongmu"), 0, 2, day),
        within("Xinzheng falls", middle("xinzheng"), 3, 6, day),
        within("Xuchang falls", middle("xuchang"), 12, 17, day),
        within("Queshan reached", middle("queshan"), 19, 27, day),
        within("Luoyang falls, days after it is invested", median_high(held), 7, 15, number),
        within("Japanese killed and wounded to 1 June", median(lost), 2500, 6000, number),
    ]
    return table(("what", "range", "median", "verdict"), rows)


def page(scenario: Scenario, seeds: int, threads: int) -> str:
    """The whole page."""
    compile_rules()
    found = validate(scenario, campaigns=seeds, threads=threads)
    fitted = ", ".join(r.name for r in found.setting.phases if not found.setting.held_out(r.id))
    reached = found.of(MODEL)[0].interval(0.95).reached
    lines = [
        "# The model beside history",
        "",
        f"Written on {date.today().isoformat()} by `tools/build_validation.py --seeds {seeds}`: "
        f"seeds 1 to {seeds}, reconciled sources.",
        f"Model: {found.model}.",
        "How each figure is reckoned, and what it may and may not say, is told in "
        "[validation-method.md](validation-method.md).",
        f"The model may be fitted on {fitted} alone; every other phase is held out.",
        "Held out is not unseen: [looks.csv](looks.csv) logs who looked, and what was changed "
        "after.",
        "",
        "## The answer",
        "",
        *(f"- {sentence}" for sentence in answers(found)),
        "",
        "## Places, the worst first",
        "",
        "A place that never fell counts as falling the day after the campaign's end.",
        "Days off are from the span of the sources.",
        "",
        *places_section(found),
        "## The model and its naive rivals",
        "",
        "CRPS, error and width in days; coverage with its 95 % binomial interval.",
        f"The extremes of {seeds} campaigns hold {percent(reached)} of further campaigns."
        if reached < 0.95 - 1e-9
        else "",
        "",
        *scores_section(found),
        *(f"- {rival.name}: {rival.told}." for rival in found.rivals),
        "",
        "The pace of the first two rivals is taken from the calibration phase: their score there "
        "is no forecast.",
        "",
        "## Losses and other figures, the worst first",
        "",
        *figures_section(found),
        "## Early sanity",
        "",
        "These ranges may be tuned on.",
        "",
        *sanity_section(found.seasons),
    ]
    return "\n".join(lines).rstrip("\n").replace("\n\n\n", "\n\n") + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    PAGE.write_text(page(load_scenario("ichigo"), options.seeds, options.threads), encoding="utf-8")
    print(f"{PAGE} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
