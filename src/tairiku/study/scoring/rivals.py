"""Naive rivals, scored by the same rule: constant pace, the 3:1 rule, the plan's own calendar.

None of them knows a date of a phase that was held out: the pace is that of the calibration phase,
the forces are those of the first morning, the calendar was written before (validation.toml).
Each is a distribution, given as so many equally likely members; the rules are stated in
docs/validation-method.md.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tairiku.base.dates import day_of
from tairiku.scenario.load import Scenario
from tairiku.study.scoring.line import Line, corridor_line
from tairiku.study.scoring.rules import censored
from tairiku.study.scoring.setting import PhaseRow, Setting
from tairiku.study.scoring.truth import ScoredPlace

PACE, RATIO, PLAN = "constant pace", "3:1 rule", "plan's calendar"
RIVALS = (PACE, RATIO, PLAN)
FEW = 3  # paces that fix their own spread


@dataclass(frozen=True)
class Rival:
    """A naive forecaster.

    Attributes
    ----------
    members
        Its forecast of each place, censored at the campaign's end. {place: (m,)} [day]
    told
        What it went by, with its numbers, in a sentence.
    """

    name: str
    members: dict[str, np.ndarray]
    told: str


def middles(count: int) -> np.ndarray:
    """Probabilities in the middle of `count` equal parts. (count,)

    >>> middles(4).tolist()
    [0.125, 0.375, 0.625, 0.875]
    """
    probabilities: np.ndarray = (np.arange(count) + 0.5) / count
    return probabilities


def paces(kilometres: Sequence[float], days: Sequence[int]) -> list[float]:
    """Pace to each place: kilometres over the days up to that evening. [km/day]

    >>> paces([60.0, 100.0], [5, 9])
    [10.0, 10.0]
    """
    return [km / (day + 1) for km, day in zip(kilometres, days, strict=True)]


def pace_members(found: Sequence[float], fallback_log_sd: float, count: int) -> np.ndarray:
    """Equally likely paces of the next advance, from those seen. (count,) [km/day]

    With three paces or more: Student's t on their logarithm, the spread widened by
    ``sqrt(1 + 1/n)``; with fewer the normal law with the spread given.
    """
    from scipy.stats import norm, t

    logs = np.log(np.asarray(found, float))
    n = len(logs)
    p = middles(count)
    if n < FEW:
        deviations = fallback_log_sd * norm.ppf(p)
    else:
        deviations = logs.std(ddof=1) * math.sqrt(1.0 + 1.0 / n) * t.ppf(p, n - 1)
    found_paces: np.ndarray = np.exp(logs.mean() + deviations)
    return found_paces


def arrival(km: float, pace: np.ndarray) -> np.ndarray:
    """The day on whose evening so many kilometres are done; the inverse of `paces`. [day]

    >>> arrival(100.0, np.array([10.0, 11.0, 25.0])).tolist()
    [9, 9, 3]
    """
    days: np.ndarray = np.maximum(np.ceil(km / pace - 1e-9) - 1, 0).astype(np.int64)
    return days


def ratio_of(scenario: Scenario, row: PhaseRow) -> float:
    """Men of the attackers to one man of the defenders, by the first morning's dispositions."""
    superior = scenario.superior_on(scenario.first_day)

    def men(roots: Sequence[str]) -> int:
        total = 0
        for unit in scenario.units:
            above: str | None = unit.id
            while above is not None and above not in roots:
                above = superior.get(above)
            total += unit.men_best if above is not None else 0
        return total

    return men(row.attackers) / max(1, men(row.defenders))


@dataclass(frozen=True)
class Sector:
    """A phase's stretch of the line, and what share of the full pace is made on it."""

    phase: str
    start: float
    end: float
    factor: float


def sectors_of(line: Line, setting: Setting, factors: Sequence[float]) -> list[Sector]:
    """The stretches of the line, phase by phase; the last has no end. [km]"""
    found: list[Sector] = []
    for row, factor in zip(setting.phases, factors, strict=True):
        start = found[-1].end if found else 0.0
        found.append(Sector(row.id, start, line.place_km.get(row.line_to, start), factor))
    if found:
        last = found[-1]
        found[-1] = Sector(last.phase, last.start, math.inf, last.factor)
    return found


def effort(along: float, aside: float, phase: str, sectors: Sequence[Sector]) -> float:
    """Kilometres to a place as they count at full pace: each over the factor of its stretch.

    Those across country count by the place's own phase, or by the stretch it lies beside.
    """
    total = 0.0
    for sector in sectors:
        total += max(0.0, min(along, sector.end) - sector.start) / sector.factor
    beside = next(s.factor for s in sectors if along <= s.end)
    own = next((s.factor for s in sectors if s.phase == phase), beside)
    return total + aside / own


def planned(share: float, first: int, last: int, count: int) -> np.ndarray:
    """Equally likely days of the plan for a place so far along its phase. (count,) [day]

    Triangular from the first to the last day that the plan gives the phase, with its mode where
    the place lies between them.
    """
    from scipy.stats import triang

    if last <= first:
        return np.full(count, first, np.int64)
    days = triang.ppf(middles(count), min(max(share, 0.0), 1.0), first, last + 1 - first)
    whole: np.ndarray = np.clip(np.floor(days), first, last).astype(np.int64)
    return whole


def rivals_of(
    scenario: Scenario,
    setting: Setting,
    calibrating: Sequence[ScoredPlace],
    places: Sequence[ScoredPlace],
) -> list[Rival]:
    """Every naive rival with its forecast of each place.

    Parameters
    ----------
    calibrating
        The scenario's own scored places; those of the calibration phases whose hex lies on the
        line fix the pace, no other date is read.
    places
        What is to be forecast.
    """
    line = corridor_line(scenario)
    numbers, end = setting.rivals, scenario.days
    ratios = [ratio_of(scenario, row) for row in setting.phases]
    slowed = [min(1.0, ratio / numbers.ratio_needed) for ratio in ratios]
    found = []
    for name, factors in ((PACE, [1.0] * len(ratios)), (RATIO, slowed)):
        sectors = sectors_of(line, setting, factors)
        known = [(p, *line.reach(p.hex)) for p in calibrating if not setting.held_out(p.phase)]
        on_line = [(p, km) for p, km, aside in known if aside == 0.0 and km > 0.0]
        if not on_line:
            continue
        seen = paces(
            [effort(km, 0.0, p.phase, sectors) for p, km in on_line],
            [p.best for p, _ in on_line],
        )
        pace = pace_members(seen, numbers.pace_log_sd, numbers.members)
        members = {
            p.id: censored(
                arrival(effort(*line.reach(p.hex), p.phase, sectors), pace).tolist(), end
            )
            for p in places
        }
        middle = math.exp(float(np.log(seen).mean()))
        told = f"{middle:.1f} km a day, from {', '.join(p.name for p, _ in on_line)}"
        if name == RATIO:
            odds = ", ".join(
                f"{row.name} {ratio:.2f}" for row, ratio in zip(setting.phases, ratios, strict=True)
            )
            told = f"{told}, at {numbers.ratio_needed:g} to one; men to one defender: {odds}"
        found.append(Rival(name, members, told))
    found.append(_calendar(scenario, setting, line, places))
    return found


def _calendar(
    scenario: Scenario, setting: Setting, line: Line, places: Sequence[ScoredPlace]
) -> Rival:
    sectors = sectors_of(line, setting, [1.0] * len(setting.phases))
    members = {}
    for place in places:
        along, _ = line.reach(place.hex)
        row = setting.phase(place.phase)
        if row is None:
            beside = next(s for s in sectors if along <= s.end)
            row = next(r for r in setting.phases if r.id == beside.phase)
        sector = next(s for s in sectors if s.phase == row.id)
        whole = line.place_km.get(row.line_to, sector.start) - sector.start
        share = (along - sector.start) / whole if whole > 0 else 0.5
        first, last = (day_of(d, scenario.first_day) for d in (row.planned_from, row.planned_to))
        days = planned(share, max(first, 0), max(last, 0), setting.rivals.members)
        members[place.id] = censored(days.tolist(), scenario.days)
    told = "; ".join(f"{r.name} {r.planned_from} to {r.planned_to}" for r in setting.phases)
    return Rival(PLAN, members, told)
