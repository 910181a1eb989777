"""What is scored: places with the days that each source allows, from data or from one's own file.

The scenario's own are the places of objectives.csv, with the claims they rest on; any other file
has the columns place, date and source, and may have a column phase.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tairiku.base.dates import parse_edtf
from tairiku.base.errors import DataError, Problem
from tairiku.base.files import shown
from tairiku.base.tables import Row, near, read_numbered
from tairiku.scenario.load import Scenario
from tairiku.study.scoring.line import corridor_line
from tairiku.study.scoring.setting import read_setting
from tairiku.study.summary import history_span, objectives_of

NEVER = "never"


class TruthRow(Row):
    """A row of one's own file: what one source says of one place."""

    place: str
    date: str
    source: str
    phase: str = ""


@dataclass(frozen=True)
class Said:
    """What one source says: its text, and first and last day that it allows. [day]"""

    source: str
    text: str
    first: int
    last: int


@dataclass(frozen=True)
class ScoredPlace:
    """A place to be scored.

    Attributes
    ----------
    said
        Each source with its days.
    first, last
        The days that the sources, taken together, allow. [day]
    best
        The day held against intervals and medians: the reconciled date, or the middle of the
        span where nobody reconciled. [day]
    claims
        Claims it rests on, or the file.
    """

    id: str
    name: str
    hex: int
    phase: str
    said: tuple[Said, ...]
    first: int
    last: int
    best: int
    claims: tuple[str, ...] = field(default=())


def scored_places(scenario: Scenario, truth: Path | None = None) -> list[ScoredPlace]:
    """The places to be scored, in the order of their file.

    Raises
    ------
    DataError
        One's own file has faults: all of them at once.
    """
    return from_file(scenario, truth) if truth is not None else from_objectives(scenario)


def from_objectives(scenario: Scenario) -> list[ScoredPlace]:
    """The scored places of objectives.csv."""
    found = []
    hexes = scenario.map.place_hex
    for row in objectives_of(scenario):
        if row.kind != "place" or row.place_id not in hexes:
            continue
        span = history_span(row)
        if span is None:
            continue
        texts = {"de": row.de, "zh": row.zh} if row.de or row.zh else {"reconciled": ""}
        said = []
        for source, text in texts.items():
            if text or source == "reconciled":
                days = parse_edtf(text) if text else span
                whole = text or f"{span.first}/{span.last}"
                first, last = scenario.day_of(days.first), scenario.day_of(days.last)
                said.append(Said(source, whole, first, last))
        best = parse_edtf(row.best) if row.best else span
        found.append(
            ScoredPlace(
                id=row.place_id,
                name=scenario.map.place[row.place_id].name,
                hex=hexes[row.place_id],
                phase=row.phase,
                said=tuple(said),
                first=scenario.day_of(span.first),
                last=scenario.day_of(span.last),
                best=(scenario.day_of(best.first) + scenario.day_of(best.last)) // 2,
                claims=tuple(part for part in row.claims.split(";") if part),
            )
        )
    return found


def from_file(scenario: Scenario, path: Path) -> list[ScoredPlace]:
    """The scored places of a file with the columns place, date (EDTF, or never), source.

    Raises
    ------
    DataError
        Every fault of the file: an unknown place, an impossible date, a source named twice ...
    """
    problems: list[Problem] = []
    rows = read_numbered(path, TruthRow, problems)
    told: dict[str, list[tuple[int, TruthRow, Said]]] = {}
    for line, row in rows:
        said = _said(scenario, path, line, row, problems)
        earlier = [other.source for _, other, _ in told.get(row.place, [])]
        if row.source in earlier:
            what = f"speaks of '{row.place}' twice; join both as an interval such as A/B"
            problems.append(Problem(shown(path), line, "source", row.source, what))
        elif said is not None:
            told.setdefault(row.place, []).append((line, row, said))
    phases = _phases(scenario, path, told, problems)
    if not rows and not problems:
        problems.append(Problem(shown(path), None, "", "", "has no row; add place,date,source"))
    if problems:
        problems.sort(key=lambda problem: problem.row or 0)
        raise DataError(problems)
    return [
        _joined(scenario, place, [said for *_, said in rows_], phases[place], path)
        for place, rows_ in told.items()
    ]


def _said(
    scenario: Scenario, path: Path, line: int, row: TruthRow, problems: list[Problem]
) -> Said | None:
    """What a row says, or None with what is wrong with it added."""
    name, hexes = shown(path), scenario.map.place_hex
    sound = True
    if row.place not in scenario.map.place:
        what = f"is no place of the gazetteer{near(row.place, scenario.map.place)}"
        problems.append(Problem(name, line, "place", row.place, what))
        sound = False
    elif row.place not in hexes:
        what = "lies off the map; only places on it can fall"
        problems.append(Problem(name, line, "place", row.place, what))
        sound = False
    end = scenario.days
    if row.date.strip().lower() == NEVER:
        return Said(row.source, NEVER, end, end) if sound else None
    try:
        span = parse_edtf(row.date)
    except ValueError as error:
        message = str(error).removeprefix(f"'{row.date}' ")
        problems.append(Problem(name, line, "date", row.date, message))
        return None
    first, last = scenario.day_of(span.first), scenario.day_of(span.last)
    if last < 0:
        what = f"lies before the campaign's first day, {scenario.first_day}"
        problems.append(Problem(name, line, "date", row.date, what))
        return None
    return Said(row.source, row.date, max(first, 0), last) if sound else None


def _phases(
    scenario: Scenario,
    path: Path,
    told: dict[str, list[tuple[int, TruthRow, Said]]],
    problems: list[Problem],
) -> dict[str, str]:
    """The phase of each place: as the file says, as objectives.csv has it, or by where it lies."""
    known = {row.place_id: row.phase for row in objectives_of(scenario) if row.kind == "place"}
    found = {}
    for place, rows in told.items():
        named = dict.fromkeys(row.phase for _, row, _ in rows if row.phase)
        if len(named) > 1:
            line, row, _ = rows[-1]
            what = f"gives '{place}' another phase than a row before ({', '.join(named)})"
            problems.append(Problem(shown(path), line, "phase", row.phase, what))
        found[place] = next(iter(named), known.get(place, ""))
    if not all(found.values()):
        beside = _stretches(scenario)
        hexes = scenario.map.place_hex
        found = {place: phase or beside(hexes[place]) for place, phase in found.items()}
    return found


def _stretches(scenario: Scenario) -> Callable[[int], str]:
    """The phase on whose stretch of the corridor the point nearest to a hex lies."""
    line, setting = corridor_line(scenario), read_setting(scenario)
    at = [stop.hex for stop in line.stops]
    ends = [at.index(scenario.map.place_hex[row.line_to]) for row in setting.phases]

    def beside(hex_id: int) -> str:
        index = line.nearest(hex_id)
        later = (row.id for row, end in zip(setting.phases, ends, strict=True) if index <= end)
        return next(later, setting.phases[-1].id)

    return beside


def _joined(
    scenario: Scenario, place: str, said: list[Said], phase: str, path: Path
) -> ScoredPlace:
    first, last = min(s.first for s in said), max(s.last for s in said)
    return ScoredPlace(
        id=place,
        name=scenario.map.place[place].name,
        hex=scenario.map.place_hex[place],
        phase=phase,
        said=tuple(said),
        first=first,
        last=last,
        best=(first + last) // 2,
        claims=(shown(path),),
    )
