"""A campaign day by day, Ardennes 1944-45: the law's rates beside those of each day.

The day's routine of the campaign, `sim.exchange`, is given what both sides had on hand that day.
The engagement begins anew when the attack passes to the other side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import Field

from tairiku.base.errors import DataError, Problem
from tairiku.base.tables import Row, read_numbered
from tairiku.sim import codes, firepower
from tairiku.sim.engagement import era_factors, spread
from tairiku.sim.exchange import exchange
from tairiku.study.battles.constants import record
from tairiku.study.battles.fighting import BY_MEN, Numbers

SIDES = ("allied", "german")


class Day(Row):
    """One day: who attacked, and what each side had on hand and lost (men, pieces, sorties)."""

    date: date
    attacker: Literal["german", "allied"]
    allied_combat_manpower: float = Field(ge=0)
    german_combat_manpower: float = Field(ge=0)
    allied_combat_losses: float = Field(ge=0)
    german_combat_losses: float = Field(ge=0)
    allied_tanks: float = Field(ge=0)
    german_tanks: float = Field(ge=0)
    allied_guns: float = Field(ge=0)
    german_guns: float = Field(ge=0)
    allied_air_sorties: float = Field(ge=0)
    german_air_sorties: float = Field(ge=0)


@dataclass(frozen=True)
class Rates:
    """Daily loss fractions by side, in the order of ``SIDES``."""

    dates: list[date]
    attacker: list[str]
    seen: Numbers  # (days, 2)
    said: Numbers  # (runs, days, 2); run 0 has even fortune


def read_days(path: Path) -> list[Day]:
    """Return the days on which both sides stood in the field.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    problems: list[Problem] = []
    rows = read_numbered(path, Day, problems, others=True)
    if problems:
        raise DataError(problems)
    return [d for _, d in rows if min(d.allied_combat_manpower, d.german_combat_manpower) > 0]


def _sums(day: Day, gun_at: float) -> Numbers:
    sums = np.zeros((2, 16))
    order = SIDES if day.attacker == "allied" else SIDES[::-1]
    for part, side in enumerate(order):
        men, tanks, guns, sorties = (
            getattr(day, f"{side}_{what}")
            for what in ("combat_manpower", "tanks", "guns", "air_sorties")
        )
        for column in BY_MEN:
            sums[part, column] = men
        sums[part, firepower.X_GUNS] = guns
        sums[part, firepower.X_TANKS] = tanks
        sums[part, firepower.X_AT] = tanks + gun_at * guns
        sums[part, firepower.X_SUPPORT] = sorties
    return sums


def rates(
    days: Sequence[Day],
    constants: Mapping[str, float],
    runs: int,
    seed: int = 1,
    counted_through: bool = False,
) -> Rates:
    """What the law says of every day, in ``runs`` runs with fortune after one without.

    Parameters
    ----------
    counted_through
        True: one engagement from the first day to the last, whoever attacks.
    """
    P = record(constants, seed)
    gun_at = float(P.combat_gun_at)
    t_a, t_d = era_factors(P, 1944.0)
    said = np.zeros((runs + 1, len(days), 2))
    began = n = 0
    for i, day in enumerate(days):
        if i > 0 and not counted_through and day.attacker != days[i - 1].attacker:
            began, n = i, 0
        n += 1
        sums = _sums(day, gun_at)
        attacker = SIDES.index(day.attacker)
        for run in range(runs + 1):
            P.key_replica = run
            e_a, e_d = (1.0, 1.0) if run == 0 else spread(P, began, 0)
            f_a, f_d, share_a, share_d, _ = exchange(
                P,
                sums,
                n,
                codes.P_HASTY,
                False,
                1.0,
                0.0,
                1.0,
                1.0,
                e_a * t_a,
                e_d * t_d,
            )
            said[run, i, attacker] = f_a * share_a
            said[run, i, 1 - attacker] = f_d * share_d
    seen = np.array(
        [
            [getattr(d, f"{s}_combat_losses") / getattr(d, f"{s}_combat_manpower") for s in SIDES]
            for d in days
        ]
    )
    return Rates([d.date for d in days], [d.attacker for d in days], seen, said)


def spread_of(daily: Numbers) -> float:
    """Day-to-day spread: standard deviation of log10 of the rates of the days, where any. [1]"""
    logs = np.log10(daily[daily > 0])
    return float(np.std(logs))


def change_of(daily: Numbers) -> float:
    """Standard deviation of the change of log10 of the rate from one day to the next. [1]"""
    logs = np.log10(daily[daily > 0])
    return float(np.std(np.diff(logs)))
