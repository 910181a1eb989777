"""One campaign beside history: when places fell, what it cost, which fields and line were lost.

Only this layer reads the objectives: what the sources say is set beside the run after it ended.
The schema of summary.json is described in docs/summary.md.
"""

import csv
import json
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from tairiku import __version__
from tairiku.base.dates import Span, parse_edtf
from tairiku.base.errors import DataError, Problem
from tairiku.base.files import write_whole
from tairiku.base.tables import read_table
from tairiku.campaign import Run
from tairiku.scenario.load import Scenario
from tairiku.scenario.models import Objective
from tairiku.study.falls import ControlHistory
from tairiku.study.sourced import sourced

SUMMARY_VERSION = 1
LOSSES = ("killed", "wounded_out", "captured", "missing", "deserted", "disease")


@dataclass(frozen=True)
class PlaceResult:
    """A scored place: when it fell here, and when each source says it did."""

    id: str
    name: str
    phase: str
    fell: str | None
    day: int | None
    to: str | None
    de: str
    zh: str
    low: str
    best: str
    high: str
    gap_days: int | None
    claims: str


@lru_cache(maxsize=8)
def _objectives(path: Path) -> tuple[Objective, ...]:
    problems: list[Problem] = []
    rows = read_table(path, Objective, problems)
    if problems:
        raise DataError(problems)
    return tuple(rows)


def objectives_of(scenario: Scenario) -> tuple[Objective, ...]:
    """The places and figures of a scenario that are set beside history; empty if it has none."""
    path = scenario.file("objectives.csv")
    return _objectives(path) if path is not None else ()


def history_span(objective: Objective) -> Span | None:
    """The days on which the sources, taken together, let the place fall; None if none says."""
    spans = [parse_edtf(text) for text in (objective.low, objective.high, objective.best) if text]
    if not spans:
        return None
    return Span(min(s.first for s in spans), max(s.last for s in spans))


def place_results(run: Run) -> list[PlaceResult]:
    """Every scored place of the scenario, in the order of its file."""
    scenario = run.scenario
    history = ControlHistory(run.tables["hexes"], run.days)
    results = []
    for objective in objectives_of(scenario):
        if objective.kind != "place":
            continue
        place = scenario.map.place[objective.place_id]
        fall = None if place.hex is None else history.fell(place.hex)
        span = history_span(objective)
        when = None if fall is None else scenario.date_of(fall[0])
        results.append(
            PlaceResult(
                id=objective.place_id,
                name=place.name,
                phase=objective.phase,
                fell=None if when is None else when.isoformat(),
                day=None if fall is None else fall[0],
                to=None if fall is None else fall[1],
                de=objective.de,
                zh=objective.zh,
                low=objective.low,
                best=objective.best,
                high=objective.high,
                gap_days=None if span is None or when is None else span.days_from(when),
                claims=objective.claims,
            )
        )
    return results


def phases(run: Run) -> list[tuple[str, int]]:
    """The Japanese phases that opened in this run, with the day of each: (id, day)."""
    ids = [row[0] for row in phase_rows(run.scenario)]
    rows = run.sql(
        "SELECT CAST(a AS INTEGER), min(day) FROM events "
        "WHERE kind = 'phase-opens' AND side = 'japan' GROUP BY 1 ORDER BY 2, 1"
    ).fetchall()
    return [
        (ids[int(index)] if int(index) < len(ids) else f"phase-{index}", int(day))
        for index, day in rows
    ]


def phase_rows(scenario: Scenario) -> list[tuple[str, str]]:
    """The phases of the Japanese plan in its order: (id, name); empty without a plan."""
    path = scenario.file("plans/japan/phases.csv")
    if path is None:
        return []
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return [(row["id"], row["name"]) for row in rows]


def phase_names(scenario: Scenario) -> list[str]:
    """Names of the Japanese plan's phases, in the plan's order."""
    return [name for _, name in phase_rows(scenario)]


def losses(run: Run) -> dict[str, Any]:
    """Men lost by force, cause and phase; material lost by force.

    A phase here runs from the day it opened to the day before the next one opened.
    """
    opened = phases(run)
    edges = [(name, day) for name, day in opened] or [("campaign", 0)]
    columns = ", ".join(LOSSES)
    rows = run.sql(f"SELECT force, day, men, absent, {columns} FROM days ORDER BY day").fetchall()
    series: dict[str, dict[int, tuple[int, ...]]] = {}
    for force, day, men, absent, *books in rows:
        series.setdefault(force, {})[int(day)] = (int(men), int(absent), *map(int, books))
    result: dict[str, Any] = {}
    for force, by_day in series.items():
        last = max(by_day)
        entry: dict[str, Any] = {
            "men_first": by_day[-1][0] + by_day[-1][1],
            "men_last": by_day[last][0],
            "absent_last": by_day[last][1],
            "total": dict(zip(LOSSES, by_day[last][2:], strict=True)),
            "phases": {},
        }
        for index, (name, day) in enumerate(edges):
            until = edges[index + 1][1] - 1 if index + 1 < len(edges) else last
            if until < day:
                continue
            before = by_day[max(day - 1, -1)]
            after = by_day[min(until, last)]
            entry["phases"][name] = {
                cause: after[2 + i] - before[2 + i] for i, cause in enumerate(LOSSES)
            }
        result[force] = entry
    return result


def airfields_lost(run: Run) -> list[dict[str, Any]]:
    """Chinese and American airfields whose hex fell to Japan, with the date."""
    history = ControlHistory(run.tables["hexes"], run.days)
    lost = []
    for field in run.scenario.map.airfields:
        if field.hex is None or history.first_holder(field.hex) != "china":
            continue
        fall = history.fell(field.hex)
        if fall is not None and fall[1] == "japan":
            lost.append(
                {
                    "id": field.id,
                    "name": field.name,
                    "date": run.scenario.date_of(fall[0]).isoformat(),
                }
            )
    return sorted(lost, key=lambda entry: (entry["date"], entry["id"]))


def summarise(run: Run) -> dict[str, Any]:
    """The summary of a run beside history, as it is written to summary.json.

    Figures only describe the run, never the machine: equal runs have equal summaries.
    """
    fields = airfields_lost(run)
    names = dict(phase_rows(run.scenario))
    return {
        "schema_version": SUMMARY_VERSION,
        "program": f"tairiku {__version__}",
        "scenario": run.scenario.name,
        "scenario_hash": run.identity["scenario_hash"],
        "seed": int(run.identity["seed"]),
        "sources": run.identity["sources"],
        "variant": run.identity["variant"] or None,
        "changes": run.identity["changes"],
        "without": [name for name in run.identity["without"].split(";") if name],
        "first_date": run.scenario.first_day.isoformat(),
        "last_date": run.scenario.date_of(run.days - 1).isoformat() if run.days else None,
        "days": run.days,
        "complete": run.complete,
        "places": [asdict(place) for place in place_results(run)],
        "phases": [
            {"id": key, "name": names[key], "opened": run.scenario.date_of(day).isoformat()}
            for key, day in phases(run)
        ],
        "losses": losses(run),
        "airfields": {"lost": fields, "count": len(fields)},
        "corridor": run.corridor,
        "source_values": sourced(run),
        "state_hash": run.state_hash,
    }


def write_summary(folder: Path, summary: dict[str, Any]) -> Path:
    """Write summary.json into a run directory; its path."""
    path = folder / "summary.json"
    text = json.dumps(summary, ensure_ascii=False, indent=1) + "\n"
    write_whole(path, text.encode())
    return path


def day_text(day: date) -> str:
    """A date as people of the field write it: 18 June 1944."""
    return f"{day.day} {day:%B} {day.year}"
