"""What the sources of a run changed: each disputed value, what each text says, what was taken."""

from typing import Any

from tairiku.base.errors import DataError, Problem
from tairiku.campaign import Run
from tairiku.scenario.load import Scenario
from tairiku.scenario.sources import TEXTS, SourceValue, read_told, read_values


def values_of(scenario: Scenario) -> tuple[SourceValue, ...]:
    """The values on which the texts speak; none where the scenario has nothing by the texts.

    Raises
    ------
    DataError
        The file has faults.
    """
    problems: list[Problem] = []
    values = read_values(scenario.folder, problems)
    if problems:
        raise DataError(problems)
    return values


def entry_of(value: SourceValue, sources: str, drawn: str = "") -> dict[str, Any]:
    """One value as plain data.

    ``taken`` is what the run started from; ``changed`` whether that differs from the reconciled;
    ``silent`` whether the text asked for says nothing, so that the reconciled stands in;
    ``claims`` those that made the difference: the text's own, or of both where both were weighed.
    """
    by_text = sources in TEXTS
    claims = value.claims(sources) if by_text else [*value.claims("de"), *value.claims("zh")]
    taken = drawn or value.said(sources)
    return {
        "id": value.id,
        "what": value.what,
        "unit": value.unit,
        "taken": taken,
        "de": value.de,
        "zh": value.zh,
        "reconciled": value.reconciled,
        "low": value.low,
        "high": value.high,
        "changed": taken != value.reconciled,
        "silent": by_text and not getattr(value, sources),
        "claims": claims,
    }


def sourced(run: Run) -> list[dict[str, Any]]:
    """Every disputed value of a run, in the order of the scenario's file."""
    scenario = run.scenario
    values = values_of(scenario)
    drawn = _drawn(run) if values and scenario.sources == "sampled" else {}
    return [entry_of(value, scenario.sources, drawn.get(value.id, "")) for value in values]


def _drawn(run: Run) -> dict[str, str]:
    """What the dice made of each total in this run: the sum of its cells."""
    from tairiku.sim.setup import build_parameters
    from tairiku.sim.setup_units import Figures

    scenario = run.scenario
    told = read_told(scenario.folder, [])
    if told is None:
        return {}
    P = build_parameters(scenario, int(run.identity["seed"]), int(run.identity["replica"]))
    figures = Figures(scenario, P)
    rows = {
        table: {row.id: row for row in getattr(scenario, table)}
        for table in ("units", "depots", "air_units")
    }
    sums: dict[str, float] = {}
    for cell in told.cells:
        if (cell.row, cell.field) in scenario.common_dice:
            # the die is the total's, whatever the number of the row
            amount = figures.whole(rows[cell.file][cell.row], cell.field, 0, 0)
        elif cell.file in rows and cell.reconciled.replace(".", "").isdigit():
            amount = round(float(cell.reconciled))
        else:
            continue
        for value in cell.values:
            sums[value] = sums.get(value, 0) + amount
    wanted = {value.id for value in told.values if value.kind == "sum"}
    return {id_: f"{total:.0f}" for id_, total in sums.items() if id_ in wanted}


def counts(entries: list[dict[str, Any]]) -> dict[str, int]:
    """How many values were taken from claims, how many of them differ, on how many silence fell."""
    return {
        "taken": sum(not entry["silent"] for entry in entries),
        "changed": sum(entry["changed"] for entry in entries),
        "silent": sum(entry["silent"] for entry in entries),
    }


def counts_line(count: dict[str, int], sources: str) -> str:
    """One line on whose values a run starts from."""
    if sources not in ("de", "zh"):
        drawn = "totals drawn in their ranges, the rest reconciled"
        how = drawn if sources == "sampled" else "reconciled"
        return f"{count['taken']} values on which the texts speak: {how}."
    text = "German" if sources == "de" else "Chinese"
    return (
        f"By the {text} text: {count['taken']} values from its claims, {count['changed']} of them "
        f"not the reconciled; on {count['silent']} it is silent and the reconciled stands in."
    )
