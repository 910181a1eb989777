"""The effects in words: a table for the terminal, the page of the documentation."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tairiku.scenario.models import Mechanism
from tairiku.study.mechanisms.effects import FALSE_SHARE, Effect, Measured
from tairiku.study.mechanisms.files import Basis

SHOWN = 3  # effects of a mechanism in the terminal
TOLD = 5  # and in the documentation
NULL = "no detectable effect"


def number(value: float) -> str:
    """A figure to three digits, in full from 100 on.

    Examples
    --------
    >>> number(-1234.5), number(0.01234), number(12.0)
    ('-1,234', '0.0123', '12')
    """
    return f"{value:,.0f}" if abs(value) >= 100.0 else f"{value:.3g}"


def words(effect: Effect) -> str:
    """One effect: ``fall.luoyang +3.2 day (1.1 to 5.4)``."""
    sign = "+" if effect.effect > 0.0 else ""
    interval = f"{number(effect.low)} to {number(effect.high)}"
    return f"{effect.outcome} {sign}{number(effect.effect)} {effect.unit} ({interval})"


def null_words(measured: Measured) -> str:
    """What is said of a mechanism without an effect that can be told."""
    if measured.inert:
        return f"{NULL}: every campaign ends in the same state without it"
    moved = [e for e in measured.effects if e.low != e.high]
    said = f"{NULL} at {measured.pairs} pairs"
    if not moved:
        return said
    return f"{said}; nearest to one: {words(min(moved, key=lambda e: (e.p, -abs(e.size))))}"


def tell_effects(
    console: Console, rows: Sequence[Mechanism], found: Sequence[Measured], basis: Basis
) -> None:
    """Print each mechanism with its largest effects."""
    statement = {row.id: row.statement for row in rows}
    table = Table(pad_edge=False, show_lines=False)
    table.add_column("id")
    table.add_column("mechanism", max_width=34)
    table.add_column("told", justify="right")
    table.add_column("switched off, its largest effects (95 % interval)")
    for measured in found:
        largest = measured.largest
        told = "\n".join(words(effect) for effect in largest[:SHOWN]) or null_words(measured)
        table.add_row(measured.mechanism, statement[measured.mechanism], str(len(largest)), told)
    console.print(table)
    console.print(basis_line(basis), soft_wrap=True)


def basis_line(basis: Basis) -> str:
    """What a table of effects rests on, in one sentence."""
    last = basis.first_seed + basis.pairs - 1
    return (
        f"{basis.pairs} paired seeds ({basis.first_seed} to {last}), scenario {basis.scenario} "
        f"{basis.scenario_hash[:12]}, rules {basis.kernels}, tairiku {basis.version}, {basis.made}."
    )


def effects_page(rows: Sequence[Mechanism], found: Sequence[Measured], basis: Basis) -> str:
    """The page of the documentation on the effects, as Markdown."""
    statement = {row.id: row.statement for row in rows}
    none = [measured for measured in found if not measured.largest]
    same = [measured.mechanism for measured in none if measured.inert]
    parts = [
        "# Effects of the mechanisms",
        "",
        "Generated from mechanisms-effects.csv, which this command wrote:",
        "",
        "```",
        f"tairiku mechanisms effects {basis.scenario} -n {basis.pairs} -o mechanisms-effects.csv",
        "```",
        "",
        basis_line(basis),
        "",
        "Each mechanism is switched off by the neutral values of its parameters, "
        "as `tairiku run --without ID` does, and the same seeds are played with it and without it.",
        "An effect is the mean of the paired differences, without less with.",
        "Its interval (95 %) is a bootstrap of the pairs (`scipy.stats.bootstrap`, percentile); "
        "from so few pairs it is rather too narrow.",
        "An effect is called told if a sign-flip test of the pairs, corrected for all outcomes of "
        "the mechanism (Benjamini and Hochberg), leaves it at "
        f"{FALSE_SHARE:.0%}: of mechanisms that do nothing about one in "
        f"{round(1.0 / FALSE_SHARE)} shows an effect by chance.",
        "An interval that leaves zero out is not enough: each mechanism has some sixty outcomes, "
        "and three of them would do so by chance.",
        "The date of a place that does not fall counts as the campaign's end, "
        "so that its mean is a restricted mean.",
        "Effects are ordered by their size over the spread of the outcome among seeds.",
        "",
        f"{len(found)} mechanisms are simulated; {len(found) - len(none)} have an effect that is "
        f"told, {len(none)} have none at {basis.pairs} pairs.",
        f"Of these {len(same)} leave every campaign in the same state"
        + (f" ({', '.join(same)})." if same else "."),
        "An effect that is not told here is not shown to be nothing: more pairs tell smaller ones.",
        "Mechanisms with one and the same switch have the same effects.",
        "",
        "| id | mechanism | pairs that differ | told | largest effects of switching it off |",
        "|---|---|---|---|---|",
    ]
    for measured in found:
        largest = measured.largest
        told = "<br>".join(words(e) for e in largest[:TOLD]) or null_words(measured)
        parts.append(
            f"| {measured.mechanism} | {statement.get(measured.mechanism, '')} "
            f"| {measured.differ} of {measured.pairs} | {len(largest)} | {told} |"
        )
    return "\n".join([*parts, ""])
