"""What the run's sources changed, as the page shows it: names and values in five languages."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tairiku.base.names import LANGUAGES
from tairiku.report.content import names_of
from tairiku.report.words import words
from tairiku.scenario.load import Scenario
from tairiku.scenario.sources import TEXTS
from tairiku.study.sourced import counts, values_of

COLUMNS = ("de", "zh", "reconciled", "taken")


@dataclass(frozen=True)
class Sourced:
    """The section on the run's sources.

    Attributes
    ----------
    rows
        A value each: ``id``, the columns' keys among ``words``, ``claims``, ``changed``.
    silent
        Values on which the text says nothing.
    words
        Keys of names and values: five texts in the order of `LANGUAGES`.
    by_text
        True if one text has its way, so that only what it changes is listed.
    """

    rows: list[dict[str, Any]]
    silent: list[str]
    words: dict[str, list[str]]
    by_text: bool


def sourced(summary: Mapping[str, Any], scenario: Scenario) -> Sourced:
    """The section of a summary; empty where the scenario has nothing by the texts."""
    entries = summary.get("source_values") or []
    by_text = summary["sources"] in TEXTS
    names = {value.id: value.names for value in values_of(scenario)}
    told: dict[str, list[str]] = {}
    rows = []
    for entry in entries:
        key = f"value.{entry['id']}"
        told[key] = names.get(entry["id"], [entry["what"]] * len(LANGUAGES))
        if by_text and not entry["changed"]:
            continue
        for column in COLUMNS:
            told[f"{key}.{column}"] = shown(scenario, entry["unit"], entry[column])
        rows.append({**entry, "key": key, "count": entry["taken"].isdigit()})
    silent = [f"value.{entry['id']}" for entry in entries if entry["silent"]]
    if entries:
        told["source-counts"] = _counts_text(entries, summary["sources"])
    return Sourced(rows, silent, told, by_text)


def _counts_text(entries: list[dict[str, Any]], sources: str) -> list[str]:
    key = f"source-counts-{sources}"
    count = counts(entries)
    return [text.format(**count) for text in words()[key]]


def shown(scenario: Scenario, unit: str, text: str) -> list[str]:
    """A value in the five languages: names for ids, thousands set apart; "–" for none."""
    if not text:
        return ["–"] * len(LANGUAGES)
    if text in ("conditions", "yes", "no"):
        return words()[{"conditions": "on-conditions", "yes": "yes-open"}.get(text, text)]
    if text.isdigit():
        return [f"{int(text):,}"] * len(LANGUAGES)
    if unit not in ("formation", "place", "person"):
        return [text] * len(LANGUAGES)
    each = [_names(scenario, unit, part) for part in text.split(";")]
    return [", ".join(parts) for parts in zip(*each, strict=True)]


def _names(scenario: Scenario, unit: str, id_: str) -> Iterable[str]:
    if unit == "formation" and id_ in scenario.formation:
        return names_of(scenario.formation[id_])
    if unit == "place" and id_ in scenario.map.place:
        return names_of(scenario.map.place[id_])
    if unit == "person":
        # whom a text puts out of his post is in the reconciled table alone
        leader = _people(scenario.files["leaders.csv"]).get(id_)
        if leader is not None:
            local = leader["name_local"] or leader["name"]
            return [leader["name"], leader["name_de"] or leader["name"], local, local, local]
    return [id_] * len(LANGUAGES)


@lru_cache(maxsize=4)
def _people(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["person_id"]: row for row in csv.DictReader(file)}
