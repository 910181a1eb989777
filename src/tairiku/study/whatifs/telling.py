"""What the terminal shows of a what-if: the question, who asks it, the effects, in words first."""

from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from tairiku.study.whatifs.pairs import HINT, NONE, REAL, SAME

TITLES = {
    "dates": "Time to the fall, mean within the campaign [days]",
    "chances": "Chance of falling",
    "losses": "Men lost",
    "airfields": "Airfields lost",
    "corridor": "Corridor at the end",
}


def number(value: float, unit: str, *, signed: bool = False) -> str:
    """A figure with the digits that its unit deserves.

    >>> number(0.25, "0-1", signed=True), number(1234.5, "men")
    ('+25 %', '1,234')
    """
    sign = "+" if signed else ""
    if unit == "0-1":
        return f"{100 * value:{sign}.0f} %"
    if unit == "men":
        return f"{value:{sign},.0f}"
    return f"{value:{sign}.1f}"


def verdict(row: dict[str, Any]) -> str:
    """The verdict on one quantity in words."""
    if row["verdict"] == REAL:
        return "effect"
    if row["verdict"] == SAME:
        return "the same in every pair"
    if row["verdict"] == HINT:
        return "a hint, perhaps chance"
    return "no detectable effect"


def gain(value: float | None) -> str:
    """A gain of pairing in words."""
    return "-" if value is None else f"{value:.1f}"


def answer(variant: dict[str, Any], pairs: int) -> str:
    """The answer to the question in a few sentences."""
    rows = variant["effects"]
    real = [row for row in rows if row["verdict"] == REAL]
    if not real:
        same = sum(row["verdict"] == SAME for row in rows)
        return (
            f"No detectable effect in {pairs:,} pairs on any of {len(rows)} quantities"
            f"{f'; {same} were the same in every pair' if same else ''}. "
            "An effect within the intervals below cannot be ruled out."
        )
    parts = [f"An effect can be told on {len(real)} of {len(rows)} quantities in {pairs:,} pairs."]
    dates = [row for row in real if row["group"] == "dates"]
    later = [row["label"] for row in dates if row["effect"] > 0]
    sooner = [row["label"] for row in dates if row["effect"] < 0]
    if later:
        parts.append(f"Later, or more often not at all, fell {_listed(later)}.")
    if sooner:
        parts.append(f"Sooner, or more often, fell {_listed(sooner)}.")
    told: set[str] = {row["label"] for row in dates}
    for row in real:
        if row["id"].endswith(":lost") or row["id"] in ("lost", "whole", "tonnes"):
            change = number(row["effect"], row["unit"], signed=True)
            unit = "" if row["unit"] == "0-1" else f" {row['unit']}"
            parts.append(f"{_begun(row['label'])}: {change}{unit}.")
            told.add(row["label"])
    others = [row["label"] for row in real if row["group"] != "dates" and row["label"] not in told]
    if others:
        parts.append(f"Also moved: {'; '.join(dict.fromkeys(others))}.")
    return " ".join(parts)


def _begun(text: str) -> str:
    return text[0].upper() + text[1:]


def _listed(names: list[str]) -> str:
    """Names as a person lists them.

    >>> _listed(["Changsha", "Hengyang", "Guilin"])
    'Changsha, Hengyang and Guilin'
    """
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


SHORT = {REAL: "effect", HINT: "hint", NONE: "none", SAME: "same"}


def effects_table(variant: dict[str, Any], group: str) -> Table | None:
    """The effects on one group of quantities; of chances and fields only those that differ."""
    table = Table(
        title=TITLES[group],
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for name in ("", "without", "with", "effect", "95 % interval", "gain", ""):
        table.add_column(name, justify="right" if name else "left", no_wrap=True)
    for row in variant["effects"]:
        if row["group"] != group or (row["verdict"] == SAME and group in ("chances", "airfields")):
            continue
        unit = row["unit"]
        low, high = (number(row[end], unit, signed=True) for end in ("low", "high"))
        table.add_row(
            row["label"],
            number(row["base"], unit),
            number(row["changed"], unit),
            number(row["effect"], unit, signed=True),
            f"{low} to {high}",
            gain(row["gain"]),
            SHORT[row["verdict"]],
        )
    return table if table.row_count else None


def tell(console: Console, told: dict[str, Any]) -> None:
    """Print the effects of every change."""
    for variant in told["variants"]:
        console.rule(variant["label"], align="left")
        console.print(f"{variant['question']}")
        console.print(f"Argued by {variant['argued_by']}.")
        for claim in variant["claims"]:
            said = claim["statement"] or "not in the record"
            console.print(f"  {claim['id']} {claim['locator']}  {said}", soft_wrap=True)
        console.print(answer(variant, told["pairs"]), style="bold")
        for group in TITLES:
            table = effects_table(variant, group)
            if table is not None:
                console.print(table)
        gains = ", ".join(f"{group} {gain(value)}" for group, value in variant["gain"].items())
        console.print(f"Gain of pairing, median by group: {gains}.")
    console.print(
        f"{told['pairs']:,} pairs, seeds {told['first_seed']} to "
        f"{told['first_seed'] + told['pairs'] - 1}. Effect: the interval is off nought, also with "
        "regard to how many quantities were looked at; hint: off nought, but among so many that "
        "may be chance; none: no detectable effect; same: equal in every pair. Gain: so many times "
        "fewer campaigns than without pairing. A place that did not fall counts as falling on "
        "the day after the last: the time is the restricted mean within the campaign."
    )
