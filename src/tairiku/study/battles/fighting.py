"""Battles as the numbers the law reads, fought many times with addressed dice."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tairiku.sim import codes, firepower
from tairiku.sim.trial import fight_battles
from tairiku.study.battles.constants import record
from tairiku.study.battles.table import Battle

Numbers = NDArray[np.float64]
OnRuns = Callable[[float], None]

POSTURE = {
    "hasty_defence": codes.P_HASTY,
    "prepared_defence": codes.P_PREPARED,
    "fortified_defence": codes.P_FORTIFIED,
    "delay": codes.P_DELAY,
    "withdrawal": codes.P_WITHDRAW,
}
PLAIN, PADDY, HILLS = 0, 1, 2
BY_MEN = (
    firepower.X_MEN,
    firepower.X_WORTH,
    firepower.X_TRAINING,
    firepower.X_ARMS,
    firepower.X_ROUNDS,
)
RUNS_AT_A_TIME = 20


@dataclass(frozen=True)
class Field:
    """Battles as arrays, one row each; what `sim.trial.fight_battles` takes."""

    start: Numbers  # (b, 2, 16) both sides on the first morning, codes of `sim.firepower`
    days: NDArray[np.int64]
    posture: NDArray[np.int64]
    wet: NDArray[np.bool_]
    ground: NDArray[np.int64]
    year: Numbers
    place: NDArray[np.int64]  # address of the dice, from the battle's id alone


@dataclass(frozen=True)
class Fought:
    """What came of the runs: fractions lost (b, 2, runs) and the attacker's chance (b, runs)."""

    lost: Numbers
    wins: Numbers


def lay_out(battles: Sequence[Battle], unknown_guns: float, gun_at: float) -> Field:
    """Battles as the numbers of the law.

    Drill, weapons a man and rounds are 1 for everybody: the battles do not tell them, and nothing
    stands for a nation.  Tanks and sorties not known count as none, guns not known as
    ``unknown_guns`` to 1,000 men; a side's tanks and ``gun_at`` of its guns stop the other's tanks.
    """
    start = np.zeros((len(battles), 2, 16))
    for i, battle in enumerate(battles):
        sides = (
            (
                battle.attacker_strength,
                battle.attacker_guns,
                battle.attacker_tanks,
                battle.attacker_air_sorties,
            ),
            (
                battle.defender_strength,
                battle.defender_guns,
                battle.defender_tanks,
                battle.defender_air_sorties,
            ),
        )
        for part, (men, guns, tanks, sorties) in enumerate(sides):
            for column in BY_MEN:
                start[i, part, column] = men
            pieces = unknown_guns * men / 1000 if guns is None else guns
            start[i, part, firepower.X_GUNS] = pieces
            start[i, part, firepower.X_TANKS] = tanks or 0.0
            start[i, part, firepower.X_AT] = (tanks or 0.0) + gun_at * pieces
            start[i, part, firepower.X_SUPPORT] = (sorties or 0.0) / battle.duration_days
    return Field(
        start=start,
        days=np.array([b.duration_days for b in battles], dtype=np.int64),
        posture=np.array([POSTURE[b.posture] for b in battles], dtype=np.int64),
        wet=np.array([b.weather_ground == "wet" for b in battles]),
        ground=np.array([_ground(b) for b in battles], dtype=np.int64),
        year=np.array([b.year for b in battles], dtype=np.float64),
        place=np.array([zlib.crc32(b.battle_id.encode()) for b in battles], dtype=np.int64),
    )


def _ground(battle: Battle) -> int:
    if battle.terrain_relief == "rugged":
        return HILLS
    return PADDY if battle.terrain_special == "marsh" else PLAIN


def fight(
    field: Field,
    constants: Mapping[str, float],
    runs: int = 200,
    seed: int = 1,
    fortune: bool = True,
    on_runs: OnRuns | None = None,
) -> Fought:
    """Fight every battle ``runs`` times by the engine's own law.

    Parameters
    ----------
    constants
        Over the scenario's, by dotted names.
    fortune
        False: one run in which fortune is even, which is the median of many.
    on_runs
        Called with the number of runs done since the last call.
    """
    P = record(constants, seed)
    n = len(field.days)
    total = runs if fortune else 1
    lost, wins = np.zeros((n, 2, total)), np.zeros((n, total))
    for first in range(0, total, RUNS_AT_A_TIME):
        count = min(RUNS_AT_A_TIME, total - first)
        part_lost, part_wins = np.zeros((n, 2, count)), np.zeros((n, count))
        fight_battles(
            P,
            field.start,
            field.days,
            field.posture,
            field.wet,
            field.ground,
            field.year,
            field.place,
            first if fortune else -1,
            count,
            part_lost,
            part_wins,
        )
        lost[:, :, first : first + count] = part_lost
        wins[:, first : first + count] = part_wins
        if on_runs is not None:
            on_runs(count)
    return Fought(lost, wins)
