"""The files of a study of mechanisms: finished parts, the table of effects, and what it rests on.

While it is played, FILE.parts/ holds the outcomes of each finished mechanism; the same command
goes on from there, and the table comes out the same whether it was interrupted or not.
"""

import csv
import io
import json
import shutil
import tomllib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from tairiku import __version__
from tairiku.base.errors import DataError, Problem, RequestError
from tairiku.base.files import write_whole
from tairiku.scenario.load import Scenario
from tairiku.study.mechanisms.effects import Effect, Measured
from tairiku.study.mechanisms.playing import Played

COLUMNS = (
    "mechanism", "outcome", "unit", "base", "without", "effect", "low", "high", "p", "q", "size",
)  # fmt: skip
COUNTS = ("pairs", "differ")
DIGITS = 6


@dataclass(frozen=True)
class Basis:
    """What a table of effects rests on; ``made`` alone does not identify it.

    Attributes
    ----------
    kernels
        Digest of the rules that played it (`tairiku.base.kernels.sources_digest`).
    """

    scenario: str
    scenario_hash: str
    sources: str
    first_seed: int
    pairs: int
    version: str
    kernels: str
    made: str

    def same_as(self, other: "Basis") -> bool:
        """True if both would give the same outcomes."""
        return {**asdict(self), "made": ""} == {**asdict(other), "made": ""}


def basis_of(scenario: Scenario, first_seed: int, pairs: int) -> Basis:
    """Return what a study that begins now rests on."""
    from tairiku.base.kernels import sources_digest

    return Basis(
        scenario=scenario.name,
        scenario_hash=scenario.digest,
        sources=scenario.sources,
        first_seed=first_seed,
        pairs=pairs,
        version=__version__,
        kernels=sources_digest(),
        made=datetime.now(UTC).date().isoformat(),
    )


class Parts:
    """The outcomes of finished mechanisms beside a file that is to be written.

    Parameters
    ----------
    target
        The table that the study will write; None keeps nothing.

    Raises
    ------
    RequestError
        The parts there belong to another study.
    """

    def __init__(self, target: Path | None, basis: Basis) -> None:
        self.basis = basis
        self.folder = None if target is None else target.with_name(f"{target.name}.parts")
        if self.folder is None:
            return
        head = self.folder / "basis.json"
        if head.is_file():
            there = _basis(json.loads(head.read_text(encoding="utf-8")), head)
            if not there.same_as(basis):
                raise RequestError(
                    f"'{self.folder}' holds parts of another study; remove it, or choose another "
                    "file with -o"
                )
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RequestError(
                f"cannot write to '{self.folder}' ({error.strerror}); choose another file with -o"
            ) from error
        write_whole(head, json.dumps(asdict(basis)).encode())

    def read(self, name: str) -> Played | None:
        """The outcomes of a finished mechanism, None if it is not finished."""
        path = None if self.folder is None else self.folder / f"{name}.json"
        if path is None or not path.is_file():
            return None
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Played(np.array(kept["values"], dtype=np.float64), tuple(kept["hashes"]))

    def write(self, name: str, played: Played) -> None:
        """Keep the outcomes of a finished mechanism."""
        if self.folder is not None:
            kept = {"values": played.values.tolist(), "hashes": list(played.hashes)}
            write_whole(self.folder / f"{name}.json", json.dumps(kept).encode())

    def remove(self) -> None:
        """Put the parts away, the table being written."""
        if self.folder is not None:
            shutil.rmtree(self.folder)


def sidecar(path: Path) -> Path:
    """The file beside a table of effects that says what it rests on."""
    return path.with_suffix(".toml")


def write_effects(path: Path, found: list[Measured], basis: Basis) -> None:
    """Write the table of effects as CSV, and what it rests on as TOML beside it.

    Outcomes that differ in no pair are left out; a mechanism that changes nothing has one row of
    its own, with the outcome ``none``.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow((*COLUMNS, *COUNTS))
    for measured in found:
        moved = [e for e in measured.effects if e.effect != 0.0 or e.low != e.high]
        counts = (measured.pairs, measured.differ)
        for effect in moved:
            cells = [getattr(effect, column) for column in COLUMNS]
            rows.writerow([*(_cell(cell) for cell in cells), *counts])
        if not moved:
            rows.writerow([measured.mechanism, "none", *[""] * (len(COLUMNS) - 2), *counts])
    write_whole(path, text.getvalue().encode())
    lines = [f"{name} = {json.dumps(value)}" for name, value in asdict(basis).items()]
    write_whole(sidecar(path), ("\n".join(lines) + "\n").encode())


def read_effects(path: Path) -> tuple[list[Measured], Basis]:
    """Return a table of effects as `write_effects` wrote it, and what it rests on.

    Raises
    ------
    RequestError
        One of the two files is missing.
    DataError
        A row or the file beside it has faults.
    """
    for file in (path, sidecar(path)):
        if not file.is_file():
            raise RequestError(
                f"no file '{file}'; make it with: tairiku mechanisms effects -o FILE"
            )
    beside = sidecar(path)
    basis = _basis(tomllib.loads(beside.read_text(encoding="utf-8")), beside)
    by_mechanism: dict[str, tuple[int, int, list[Effect]]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream), start=2):
            try:
                entry = by_mechanism.setdefault(
                    row["mechanism"], (int(row["pairs"]), int(row["differ"]), [])
                )
                if row["outcome"] != "none":
                    numbers = {name: float(row[name]) for name in COLUMNS[3:]}
                    effect = Effect(row["mechanism"], row["outcome"], row["unit"], **numbers)
                    entry[2].append(effect)
            except (KeyError, TypeError, ValueError) as error:
                raise DataError(
                    [Problem(path.name, line, "", "", f"no effect: {error}")]
                ) from error
    return [Measured(m, pairs, n, tuple(e)) for m, (pairs, n, e) in by_mechanism.items()], basis


def _basis(table: dict[str, Any], path: Path) -> Basis:
    try:
        return Basis(**table)
    except TypeError as error:
        raise DataError([Problem(path.name, None, "", "", str(error))]) from error


def _cell(value: object) -> str:
    return f"{value:.{DIGITS}g}" if isinstance(value, float) else str(value)
