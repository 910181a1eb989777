"""Which campaigns an ensemble is made of, and the parts they are kept in, named by content."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tairiku import __version__
from tairiku.base.errors import RequestError
from tairiku.base.provenance import digest_of
from tairiku.campaign import asked_date, last_day_of
from tairiku.scenario.load import Scenario, list_scenarios, load_scenario
from tairiku.study.ensembles.playing import Asked
from tairiku.study.ensembles.tables import SCHEMA_VERSION

PART = 64  # replicas kept in one part
SLICE = 16  # replicas given to a worker at a time, at most


@dataclass(frozen=True)
class Part:
    """Seeds kept together: first, how many, and the folder's name."""

    first: int
    count: int
    name: str


@dataclass(frozen=True)
class Plan:
    """An ensemble to be played: what, and from which seeds."""

    asked: Asked
    scenario: Scenario
    first_seed: int
    n: int

    @property
    def judged(self) -> str:
        """16 digits over objectives.csv, which names the places whose fall is kept."""
        path = self.scenario.file("objectives.csv")
        return "" if path is None else digest_of({"objectives.csv": path})[:16]

    def identity(self) -> dict[str, Any]:
        """What makes two ensembles the same, but for the number of their replicas."""
        variant = self.scenario.variant
        return {
            "kind": "ensemble",
            "schema_version": SCHEMA_VERSION,
            "program": f"tairiku {__version__}",
            "scenario": self.asked.scenario,
            "scenario_hash": self.scenario.digest,
            "objectives_hash": self.judged,
            "kernels": self.asked.kernels,
            "sources": self.asked.sources,
            "variant": self.asked.variant,
            "argument": None
            if variant is None
            else {
                "name": variant.name,
                "title": variant.title,
                "question": variant.question,
                "argued_by": variant.argued_by,
                "claims": list(variant.claims),
                "basis": variant.basis,
            },
            "changes": dict(self.asked.changes),
            "without": list(self.asked.without),
            "first_date": self.scenario.first_day.isoformat(),
            "last_date": self.scenario.date_of(self.asked.days - 1).isoformat(),
            "days": self.asked.days,
            "first_seed": self.first_seed,
        }

    def manifest(self) -> dict[str, Any]:
        """The text of ensemble.json: it follows from what was asked, and nothing else."""
        return {**self.identity(), "n": self.n, "parts": [part.name for part in self.parts()]}

    def parts(self) -> list[Part]:
        """The parts in the order of their seeds."""
        found = []
        for start in range(0, self.n, PART):
            first, count = self.first_seed + start, min(PART, self.n - start)
            last = first + count - 1
            found.append(
                Part(first, count, f"seeds-{first:07}-{last:07}-{self._digest(first, count)}")
            )
        return found

    def _digest(self, first: int, count: int) -> str:
        """12 digits over scenario, parameters, seeds, rules and schema."""
        about = self.identity()
        names = ("schema_version", "scenario_hash", "objectives_hash", "kernels", "days")
        text = json.dumps([*(about[name] for name in names), first, count])
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def footer(self, part: Part) -> dict[str, str]:
        """What identifies a part, as the text pairs of its Parquet footers."""
        about = self.identity()
        names = ("schema_version", "scenario", "scenario_hash", "kernels", "sources", "days")
        return {
            **{name: str(about[name]) for name in names},
            "first_seed": str(part.first),
            "replicas": str(part.count),
        }

    def of(self, n: int) -> "Plan":
        """The same ensemble with another number of replicas."""
        return replace(self, n=n)


def make_plan(
    scenario: str | Path,
    n: int,
    *,
    seed: int = 1,
    until: date | str | None = None,
    sources: str = "reconciled",
    variant: str | None = None,
    changes: Mapping[str, float] | None = None,
    without: Sequence[str] = (),
) -> Plan:
    """Check all that can be refused, and plan the ensemble.

    Raises
    ------
    RequestError, DataError
        As `load_scenario`; or n, the seed or the date cannot be.
    """
    from tairiku.base.kernels import sources_digest

    if n < 1:
        raise RequestError(f"cannot play {n} campaigns; give 1 or more with -n")
    if seed < 0:
        raise RequestError(f"seed {seed} is negative; give 0 or a larger whole number")
    name = str(scenario)
    if name not in list_scenarios() and Path(name).is_dir():
        name = str(Path(name).resolve())  # a worker may stand in another folder
    variant = None if variant is None else resolved(variant)
    loaded = load_scenario(
        name, sources=sources, variant=variant, changes=changes or {}, without=without
    )
    asked = Asked(
        scenario=name,
        sources=sources,
        variant=variant,
        changes=tuple(sorted((changes or {}).items())),
        without=tuple(sorted(without)),
        days=last_day_of(loaded, asked_date(until)),
        digest=loaded.digest,
        kernels=sources_digest(),
    )
    return Plan(asked, loaded, seed, n)


def resolved(variant: str) -> str:
    """A variant's name with the paths in it made whole."""
    parts = [variant] if Path(variant).is_file() else variant.split("+")
    return "+".join(
        str(Path(part.strip()).resolve()) if part.strip().endswith(".toml") else part.strip()
        for part in parts
    )
