"""Three kinds of mistake: the data is wrong, the request is wrong, the program is wrong.

TairikuError
├── DataError      files that cannot be used; carries every problem found, not the first
├── RequestError   what was asked for cannot be done; says what can
└── ProgramError   an impossibility in our own rules: report it

The command line prints each as a message with its remedy and ends with exit code 2 (3 for a
ProgramError); nothing else of the library prints or exits.
"""

from collections.abc import Iterable
from dataclasses import dataclass


class TairikuError(Exception):
    """Any mistake that Tairiku itself recognises."""


@dataclass(frozen=True)
class Problem:
    """One fault in a data file: where it is, what is wrong, what would be right."""

    file: str
    row: int | None
    field: str
    value: str
    message: str

    def __str__(self) -> str:
        where = self.file if self.row is None else f"{self.file}:{self.row}"
        what = f"{self.field} '{self.value}'" if self.field else self.value
        return f"{where}  {what}: {self.message}" if what else f"{where}  {self.message}"


class DataError(TairikuError):
    """Data files that cannot be used; ``problems`` holds every fault found in one pass."""

    def __init__(self, problems: Iterable[Problem | str]) -> None:
        self.problems = list(problems)
        count = len(self.problems)
        lines = [str(problem) for problem in self.problems]
        super().__init__("\n".join([*lines, f"{count} problem{'s' if count != 1 else ''}."]))


class RequestError(TairikuError):
    """A request that cannot be carried out; the message says what could be asked instead."""


class ProgramError(TairikuError):
    """A rule met an impossibility; please report it with the command that led to it."""
