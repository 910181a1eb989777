"""A file of battles: what was known before each, and, apart from it, how it ended."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from tairiku.base.errors import DataError, Problem
from tairiku.base.files import shown
from tairiku.base.tables import Row, read_numbered

Posture = Literal["hasty_defence", "prepared_defence", "fortified_defence", "delay", "withdrawal"]


class Battle(Row):
    """What a battle starts from: strengths, arms, posture, ground, time, and how long it lasted.

    Strengths in men, guns and tanks in pieces, sorties over the whole battle; None is unknown.
    """

    battle_id: str = Field(min_length=1)
    year: int = Field(ge=1500, le=2100)
    duration_days: int = Field(ge=1, le=1000)
    attacker_strength: float = Field(gt=0)
    defender_strength: float = Field(gt=0)
    attacker_tanks: float | None = Field(default=None, ge=0)
    defender_tanks: float | None = Field(default=None, ge=0)
    attacker_guns: float | None = Field(default=None, ge=0)
    defender_guns: float | None = Field(default=None, ge=0)
    attacker_air_sorties: float | None = Field(default=None, ge=0)
    defender_air_sorties: float | None = Field(default=None, ge=0)
    posture: Posture = "hasty_defence"
    terrain_relief: Literal["flat", "rolling", "rugged"] | None = None
    terrain_special: Literal["urban", "marsh", "dunes"] | None = None
    weather_ground: Literal["dry", "wet"] | None = None


class Outcome(Row):
    """How a battle ended: for scores only, never read by the law."""

    battle_id: str
    group: str = ""
    winner: Literal["attacker", "defender", "draw"] | None = None
    attacker_casualty_fraction: float | None = Field(default=None, ge=0, le=1)
    defender_casualty_fraction: float | None = Field(default=None, ge=0, le=1)


def read_battles(path: Path) -> list[Battle]:
    """Return the battles of a file; columns that are not needed may be there and are not read.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    problems: list[Problem] = []
    rows = read_numbered(path, Battle, problems, others=True)
    first: dict[str, int] = {}
    for line, battle in rows:
        name = battle.battle_id
        if name in first:
            what = f"stands in line {first[name]} already; give every battle its own"
            problems.append(Problem(shown(path), line, "battle_id", name, what))
        first.setdefault(name, line)
    if not problems and not rows:
        problems.append(Problem(shown(path), None, "", "", "holds no battle; add a row"))
    if problems:
        raise DataError(problems)
    return [battle for _, battle in rows]


def read_outcomes(path: Path) -> list[Outcome]:
    """Return the outcomes of the same file, each with what of it is known.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    problems: list[Problem] = []
    rows = read_numbered(path, Outcome, problems, others=True)
    if problems:
        raise DataError(problems)
    return [outcome for _, outcome in rows]
