"""`validate`: an ensemble is played and scored beside the record, and so are the naive rivals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tairiku.base.errors import RequestError
from tairiku.base.hints import near
from tairiku.scenario.load import Scenario
from tairiku.study.scoring.looks import looks_path, model_tag
from tairiku.study.scoring.losses import (
    FigureScore,
    LossRow,
    airfield_hexes,
    figure_scores,
    loss_rows,
)
from tairiku.study.scoring.rivals import PACE, RATIO, RIVALS, Rival, rivals_of
from tairiku.study.scoring.rules import (
    LEVELS,
    Interval,
    Share,
    censored,
    crps,
    interval,
    median,
    share,
)
from tairiku.study.scoring.seasons import Seasons, play
from tairiku.study.scoring.setting import Setting, read_setting
from tairiku.study.scoring.truth import ScoredPlace, from_objectives, scored_places

MODEL = "model"
HELD_OUT, CALIBRATION = "held out", "calibration"


@dataclass(frozen=True)
class PlaceScore:
    """One forecast of one place beside the sources.

    Attributes
    ----------
    crps
        Mean over the days that the sources allow. [days]
    by_source
        The same for each source alone. {source: days}
    median
        Middle member; the day after the campaign's end if half of them never saw it fall.
    off
        Days from the sources' span to the median, negative before it; of a censored median the
        least it can be. [days]
    error
        Days from the best date to the median, without sign; likewise. [days]
    never
        Share of members in which it did not fall.
    """

    place: ScoredPlace
    forecaster: str
    crps: float
    by_source: dict[str, float]
    median: int
    intervals: tuple[Interval, ...]
    off: int
    error: int
    never: float
    censored: bool

    def interval(self, level: float) -> Interval:
        """The interval of a level."""
        return next(i for i in self.intervals if i.level == level)


@dataclass(frozen=True)
class PhaseScore:
    """A forecaster's score over the places of a phase, or of several.

    Attributes
    ----------
    covered, touched
        By level: how many intervals hold the best date; how many hold any day of the sources.
    width
        By level: mean width of the intervals, an open one up to the campaign's end. [days]
    open_ended
        By level: how many intervals are open, reaching to what never fell within the campaign.
    """

    forecaster: str
    phase: str
    places: int
    crps: float
    mean_error: float
    median_error: float
    never: int
    covered: dict[float, Share]
    touched: dict[float, Share]
    width: dict[float, float]
    open_ended: dict[float, int]


@dataclass(frozen=True)
class Validation:
    """A scored ensemble, its rivals, its losses, and who it is."""

    scenario: Scenario
    setting: Setting
    seasons: Seasons
    truth: str
    model: str
    looks: Path
    places: list[PlaceScore]
    rivals: list[Rival]
    missing_rivals: list[str]
    phases: list[PhaseScore]
    figures: list[FigureScore]
    losses: list[LossRow]

    def of(self, forecaster: str) -> list[PlaceScore]:
        """The scores of one forecaster, place by place."""
        return [row for row in self.places if row.forecaster == forecaster]

    @property
    def worst_first(self) -> list[PlaceScore]:
        """The model's places, the largest CRPS first."""
        return sorted(self.of(MODEL), key=lambda row: (-row.crps, row.place.id))

    @property
    def forecasters(self) -> list[str]:
        """The model, then the rivals."""
        return [MODEL, *(rival.name for rival in self.rivals)]

    def phase(self, forecaster: str, phase: str) -> PhaseScore | None:
        """A forecaster's score over a phase, None if nothing was scored there."""
        return next(
            (p for p in self.phases if p.forecaster == forecaster and p.phase == phase), None
        )

    @property
    def phase_order(self) -> list[str]:
        """Phases scored, each by itself, then held out and calibration together."""
        return list(dict.fromkeys(row.phase for row in self.phases))


def score_place(place: ScoredPlace, forecaster: str, members: np.ndarray, end: int) -> PlaceScore:
    """Score one forecast of one place.

    Parameters
    ----------
    members
        Censored days of fall. (n,)
    end
        The censored day, the first after the campaign.
    """
    middle = median(members)
    first, best, last = (min(day, end) for day in (place.first, place.best, place.last))
    off = middle - first if middle < first else max(0, middle - last)
    return PlaceScore(
        place=place,
        forecaster=forecaster,
        crps=crps(members, allowed(place.first, place.last, end)),
        by_source={s.source: crps(members, allowed(s.first, s.last, end)) for s in place.said},
        median=middle,
        intervals=tuple(interval(members, level) for level in LEVELS),
        off=off,
        error=abs(middle - best),
        never=float((members >= end).mean()),
        censored=middle >= end > best,
    )


def allowed(first: int, last: int, end: int) -> np.ndarray:
    """Every day of a span, those after the campaign's end as the censored day. (k,)

    >>> allowed(3, 6, 5).tolist()
    [3, 4, 5, 5]
    """
    return np.minimum(np.arange(first, last + 1), end)


def score_phase(forecaster: str, phase: str, rows: Sequence[PlaceScore], end: int) -> PhaseScore:
    """The scores of some places together."""
    errors = np.array([row.error for row in rows], float)
    covered, touched, width, open_ended = {}, {}, {}, {}
    for level in LEVELS:
        found = [(row.interval(level), row.place) for row in rows]
        best = sum(i.covers(min(p.best, end)) for i, p in found)
        span = sum(i.touches(min(p.first, end), min(p.last, end)) for i, p in found)
        covered[level], touched[level] = share(best, len(rows)), share(span, len(rows))
        width[level] = float(np.mean([i.width for i, _ in found]))
        open_ended[level] = sum(i.high >= end for i, _ in found)
    return PhaseScore(
        forecaster=forecaster,
        phase=phase,
        places=len(rows),
        crps=float(np.mean([row.crps for row in rows])),
        mean_error=float(errors.mean()),
        median_error=float(np.median(errors)),
        never=sum(row.censored for row in rows),
        covered=covered,
        touched=touched,
        width=width,
        open_ended=open_ended,
    )


def check_request(
    campaigns: int,
    seed: int,
    only: Sequence[str],
    setting: Setting,
    places: Sequence[ScoredPlace],
) -> None:
    """Refuse what cannot be scored, before anything is played.

    Raises
    ------
    RequestError
        Too few campaigns, a negative seed, an unknown phase, nothing to score.
    """
    if campaigns < 2:
        raise RequestError(f"{campaigns} campaigns make no ensemble; give 2 or more with -n")
    if seed < 0:
        raise RequestError(f"seed {seed} is negative; give 0 or a larger whole number")
    known = list(dict.fromkeys([*(row.id for row in setting.phases), *(p.phase for p in places)]))
    for name in only:
        if name not in known:
            raise RequestError(
                f"phase '{name}' is not scored{near(name, known)}; there are: {', '.join(known)}"
            )
    if not any(not only or p.phase in only for p in places):
        raise RequestError("there is no place to score; name other phases or another file")


def validate(
    scenario: Scenario,
    *,
    campaigns: int = 20,
    seed: int = 1,
    truth: Path | None = None,
    only: Sequence[str] = (),
    threads: int = 1,
    looks: Path | None = None,
    on_day: Callable[[int], None] | None = None,
) -> Validation:
    """Play an ensemble and score it, and the naive rivals, beside the record.

    Parameters
    ----------
    campaigns
        How many, with the seeds `seed`, `seed` + 1 ...
    truth
        One's own file of places, dates and sources instead of objectives.csv.
    only
        Phases to be looked at; all if none is named.
    looks
        The log of looks; the checkout's own if not given.
    threads, on_day
        As in `tairiku.study.scoring.seasons.play`.

    Raises
    ------
    RequestError
        Too few campaigns, an unknown phase, nothing to score.
    DataError
        The file of the truth, or validation.toml, has faults.
    """
    setting = read_setting(scenario)
    places = scored_places(scenario, truth)
    check_request(campaigns, seed, only, setting, places)
    places = [p for p in places if not only or p.phase in only]
    watched = [p.hex for p in places] + airfield_hexes(scenario)
    watched += [p.hex for p in from_objectives(scenario)]
    seasons = play(scenario, range(seed, seed + campaigns), watched, threads=threads, on_day=on_day)
    return score(seasons, setting, places, truth, tuple(only), looks)


def score(
    seasons: Seasons,
    setting: Setting,
    places: Sequence[ScoredPlace],
    truth: Path | None,
    only: Sequence[str],
    looks: Path | None = None,
) -> Validation:
    """Score campaigns that were played; parameters as `validate`."""
    scenario, end = seasons.scenario, seasons.days
    rivals = rivals_of(scenario, setting, from_objectives(scenario), places)
    forecasts = {MODEL: {p.id: censored(seasons.falls(p.hex), end) for p in places}}
    forecasts |= {rival.name: rival.members for rival in rivals}
    rows = [
        score_place(place, name, members[place.id], end)
        for name, members in forecasts.items()
        for place in places
    ]
    phases = []
    for name in forecasts:
        own = [row for row in rows if row.forecaster == name]
        for phase in dict.fromkeys(p.phase for p in places):
            group = [r for r in own if r.place.phase == phase]
            phases.append(score_phase(name, phase, group, end))
        for label, held in ((CALIBRATION, False), (HELD_OUT, True)):
            group = [r for r in own if setting.held_out(r.place.phase) is held]
            if group:
                phases.append(score_phase(name, label, group, end))
    given = list(only) or None
    return Validation(
        scenario=scenario,
        setting=setting,
        seasons=seasons,
        truth=str(truth) if truth is not None else "objectives.csv",
        model=model_tag(),
        looks=looks or looks_path(),
        places=rows,
        rivals=rivals,
        missing_rivals=[]
        if len(rivals) == len(RIVALS)
        else [f"{PACE}, {RATIO}: no place of the calibration phase lies on the line"],
        phases=phases,
        figures=figure_scores(seasons, setting, given),
        losses=loss_rows(seasons, setting, given),
    )
