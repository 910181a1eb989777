"""Figures of the campaigns beside those of the sources: losses by side and phase, the corridor.

A figure is named in objectives.csv: ``losses.FORCE.WHAT`` within its phase, ``siege.PLACE.WHAT``,
``airfields.lost``, ``corridor.control``.  WHAT is killed-wounded, all (sick included), captured,
guns (guns, mortars and anti-tank guns destroyed or captured) or aircraft.  A phase runs, in each
campaign, from the day it opened to the eve of the next; one that never opened has no figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tairiku.scenario.load import Scenario
from tairiku.sim import codes
from tairiku.study.scoring.rules import interval
from tairiku.study.scoring.seasons import Seasons, fall_days
from tairiku.study.scoring.setting import Setting
from tairiku.study.summary import objectives_of, phase_rows

FACTOR = 1.5
WHOLE = "all"

_MEN: dict[str, tuple[int, ...]] = {
    "killed": (codes.M_KILLED,),
    "killed-wounded": (codes.M_KILLED, codes.M_WOUNDED),
    "captured": (codes.M_CAPTURED,),
    "missing": (codes.M_MISSING,),
    "deserted": (codes.M_DESERTED,),
    "disease": (codes.M_DISEASE,),
    "all": (
        codes.M_KILLED,
        codes.M_WOUNDED,
        codes.M_CAPTURED,
        codes.M_MISSING,
        codes.M_DESERTED,
        codes.M_DISEASE,
    ),
}


@dataclass(frozen=True)
class FigureScore:
    """A figure of the sources beside the campaigns.

    Attributes
    ----------
    low, best, high
        The sources' range and the reconciled value.
    median, bottom, top
        Of the campaigns that have the figure: the median and the 80 % interval; None if none.
    counted
        Campaigns that have it.
    within_range, within_factor
        Whether the median lies in the sources' range, or within a factor 1.5 of the best value.
    note
        Why it could not be measured, or what the sources add.
    """

    id: str
    phase: str
    figure: str
    unit: str
    de: str
    zh: str
    low: float
    best: float
    high: float
    median: float | None
    bottom: float | None
    top: float | None
    counted: int
    of: int
    within_range: bool | None
    within_factor: bool | None
    claims: tuple[str, ...]
    note: str

    @property
    def good(self) -> bool | None:
        """Within the range or the factor; None if it was not measured."""
        return None if self.median is None else bool(self.within_range or self.within_factor)

    @property
    def ratio(self) -> float | None:
        """Median over the best value."""
        return None if self.median is None or self.best == 0 else self.median / self.best


def windows(seasons: Seasons, setting: Setting) -> dict[str, np.ndarray]:
    """First row and the row after the last of each phase in the kept series. {phase: (n, 2)}

    Rows are evenings, 0 the first dawn; both are 0 where the phase did not open.
    """
    ids = [key for key, _ in phase_rows(seasons.scenario)]
    n, days = len(seasons.seeds), seasons.days
    began = np.full((n, len(setting.phases)), days + 1, np.int64)
    for at, row in enumerate(setting.phases):
        for plan_phase in row.plan_phases:
            if plan_phase in ids:
                day = seasons.opened[:, ids.index(plan_phase)]
                began[:, at] = np.minimum(began[:, at], np.where(day < 0, days + 1, day))
    found = {WHOLE: np.tile([0, days], (n, 1))}
    for at, row in enumerate(setting.phases):
        later = began[:, at + 1 :]
        until = later.min(axis=1) if later.shape[1] else np.full(n, days + 1)
        until = np.minimum(until, days)
        opened = began[:, at] <= days
        first = np.where(opened, began[:, at], 0)
        found[row.id] = np.stack([first, np.where(opened, np.maximum(until, first), 0)], axis=1)
    return found


def over(series: np.ndarray, window: np.ndarray) -> np.ndarray:
    """What a running total gained within each campaign's window, nan where it has none. (n,)"""
    rows = np.arange(len(series))
    gained: np.ndarray = (series[rows, window[:, 1]] - series[rows, window[:, 0]]).astype(float)
    gained[window[:, 1] == window[:, 0]] = np.nan
    return gained


def men_lost(seasons: Seasons, force: str, what: str, window: np.ndarray) -> np.ndarray:
    """Men lost by a force within a window, nan where there is none. (n,) [men]"""
    series = seasons.men[:, :, codes.FORCE_NAMES.index(force)][:, :, list(_MEN[what])].sum(axis=2)
    return over(series, window)


def values_of(
    seasons: Seasons, figure: str, window: np.ndarray, fields: Sequence[int]
) -> tuple[np.ndarray | None, str]:
    """The figure in each campaign, nan where it has none; None with the reason if not kept.

    Parameters
    ----------
    fields
        Hexes of the Chinese and American airfields.
    """
    scenario = seasons.scenario
    head, *rest = figure.split(".")
    if head == "losses" and len(rest) == 2 and rest[0] in codes.FORCE_NAMES:
        force, what = rest
        at = codes.FORCE_NAMES.index(force)
        if what in _MEN:
            return men_lost(seasons, force, what, window), ""
        if what == "guns":
            return over(seasons.pieces[:, :, at], window), ""
        if what == "aircraft":
            return over(seasons.aircraft[:, :, at], window), ""
    if head == "siege" and len(rest) == 2 and rest[0] in scenario.map.place_hex:
        return _siege(seasons, scenario.map.place_hex[rest[0]], rest[1])
    if figure == "airfields.lost":
        return _airfields(seasons, fields), ""
    if figure == "corridor.control":
        return seasons.corridor[:, 0].astype(float), ""
    return None, f"not measured: the campaigns keep no '{figure}'"


def _siege(seasons: Seasons, hex_id: int, what: str) -> tuple[np.ndarray | None, str]:
    """Men or guns taken in pockets at a place, nan where it was never invested."""
    if what not in ("captured", "guns"):
        return (
            None,
            "not measured: the log tells the dead of a capitulation, not of the siege before",
        )
    at = ("captured", "guns").index(what)
    found = [
        taken.get(hex_id, [0.0, 0.0])[at] if hex_id in ringed else np.nan
        for taken, ringed in zip(seasons.taken, seasons.ringed, strict=True)
    ]
    return np.array(found), ""


def _airfields(seasons: Seasons, fields: Sequence[int]) -> np.ndarray:
    total = np.zeros(len(seasons.seeds))
    for hex_id in fields:
        control = seasons.control[:, :, int(np.flatnonzero(seasons.hexes == hex_id)[0])]
        total += (control[:, 0] == codes.CHINA) & (fall_days(control) >= 0)
    return total


def airfield_hexes(scenario: Scenario) -> list[int]:
    """The hex of every airfield on the map, one entry a field."""
    return [field.hex for field in scenario.map.airfields if field.hex is not None]


def figure_scores(
    seasons: Seasons, setting: Setting, only: Sequence[str] | None = None
) -> list[FigureScore]:
    """Every figure of objectives.csv beside the campaigns, the worst ratio first.

    Parameters
    ----------
    only
        Phases to be looked at; all if not given.
    """
    spans = windows(seasons, setting)
    fields = airfield_hexes(seasons.scenario)
    found = []
    for row in objectives_of(seasons.scenario):
        if row.kind != "figure" or (only is not None and row.phase not in only):
            continue
        low, best, high = (float(text) for text in (row.low, row.best, row.high))
        window = spans.get(row.phase)
        values, note = (
            values_of(seasons, row.figure, window, fields)
            if window is not None
            else (None, f"not measured: no phase '{row.phase}' in validation.toml")
        )
        known = np.array([]) if values is None else values[~np.isnan(values)]
        middle = float(np.median(known)) if len(known) else None
        bounds = _bounds(known) if len(known) else (None, None)
        if values is not None and not len(known):
            note = "in no campaign did it come to this"
        found.append(
            FigureScore(
                id=row.id,
                phase=row.phase,
                figure=row.figure,
                unit=row.unit,
                de=row.de,
                zh=row.zh,
                low=low,
                best=best,
                high=high,
                median=middle,
                bottom=bounds[0],
                top=bounds[1],
                counted=len(known),
                of=len(seasons.seeds),
                within_range=None if middle is None else low <= middle <= high,
                within_factor=None
                if middle is None
                else best > 0 and best / FACTOR <= middle <= best * FACTOR,
                claims=tuple(part for part in row.claims.split(";") if part),
                note=note or row.note,
            )
        )
    return sorted(found, key=_badness, reverse=True)


def _bounds(known: np.ndarray) -> tuple[float, float]:
    """The 80 % interval by the rule of `interval`, for figures that are no whole numbers."""
    ordered = np.sort(known)
    places = interval(np.arange(len(ordered)), 0.8)
    return float(ordered[places.low]), float(ordered[places.high])


def _badness(row: FigureScore) -> float:
    if row.median is None:
        return -1.0
    if row.good:
        return 0.0
    return abs(float(np.log(max(row.median, 1e-9) / row.best)))


@dataclass(frozen=True)
class LossRow:
    """Men lost by a force in a phase: median and 80 % interval over the campaigns."""

    force: str
    phase: str
    what: str
    median: float
    bottom: float
    top: float
    counted: int


def loss_rows(
    seasons: Seasons, setting: Setting, only: Sequence[str] | None = None
) -> list[LossRow]:
    """Men lost by side, phase and cause in the campaigns, beside no source: the model's own."""
    found = []
    for phase, window in windows(seasons, setting).items():
        if only is not None and phase not in only:
            continue
        for force in codes.FORCE_NAMES:
            for what in ("killed-wounded", "captured", "missing", "deserted", "disease"):
                values = men_lost(seasons, force, what, window)
                known = values[~np.isnan(values)]
                if len(known) and known.any():
                    low, high = _bounds(known)
                    found.append(
                        LossRow(force, phase, what, float(np.median(known)), low, high, len(known))
                    )
    return found
