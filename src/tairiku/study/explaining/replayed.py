"""A run directory opened for questions: dates, names, rows of a unit, events, what stands where."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tairiku import replay
from tairiku.base.dates import parse_edtf
from tairiku.base.errors import RequestError
from tairiku.base.projection import Albers
from tairiku.recording import names_of
from tairiku.scenario.load import Scenario, load_scenario, parse_change
from tairiku.scenario.map_models import Place
from tairiku.study.explaining.stopped import find_causes

if TYPE_CHECKING:
    import duckdb

# a larger town names a hex from farther away: so many km for each step of size
_SIZE = {"metropolis": 5, "large city": 4, "city": 3, "county seat": 2}
_KM_BY_SIZE = 4.0

Row = dict[str, Any]


@dataclass(frozen=True)
class Replayed:
    """One run directory.

    Attributes
    ----------
    con
        Its tables as views (`tairiku.replay.open_folder`).
    scenario
        What it was played with.
    identity
        The text pairs of its footer.
    """

    folder: Path
    con: "duckdb.DuckDBPyConnection"
    scenario: Scenario
    identity: dict[str, str]
    _near: dict[int, tuple[Place | None, float]] = field(default_factory=dict)

    @cached_property
    def last_day(self) -> int:
        """The last day played."""
        found = self.rows("SELECT max(day) AS day FROM days")[0]["day"]
        return -1 if found is None else int(found)

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """Ids by index, as the recorder has them."""
        return names_of(self.scenario)

    @cached_property
    def node_index(self) -> dict[str, int]:
        """Index of every unit and formation, the entity of its dice."""
        return {name: i for i, name in enumerate(self.names["nodes"])}

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query, each a dict of its columns."""
        cursor = self.con.execute(query, list(values))
        columns = [entry[0] for entry in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

    def days_of(self, text: str) -> tuple[int, int]:
        """First and last campaign day of ``1944-07-02`` or ``1944-06-23/1944-07-02``.

        Raises
        ------
        RequestError
            The text is no date, or none of its days was played.
        """
        try:
            span = parse_edtf(text)
        except ValueError as error:
            raise RequestError(f"--date {error}") from error
        first, last = self.scenario.day_of(span.first), self.scenario.day_of(span.last)
        if last < 0 or first > self.last_day:
            raise RequestError(
                f"the date {text} lies outside the run ({self.date(0)} to "
                f"{self.date(self.last_day)})"
            )
        return max(0, first), min(self.last_day, last)

    def date(self, day: int) -> date:
        """The date of a campaign day."""
        return self.scenario.date_of(day)

    def unit(self, unit: str, day: int) -> Row | None:
        """The row of a unit on the evening of a day, None where it has none."""
        found = self.rows("SELECT * FROM units WHERE unit = ? AND day = ?", [unit, day])
        return found[0] if found else None

    def cause(self, unit: str, day: int) -> tuple[str | None, int]:
        """What kept a unit from going on that day (`stopped`), and for how many days more.

        None where the run does not say.
        """
        _ = self._causes
        found = self.rows("SELECT cause, days FROM stopped WHERE unit = ? AND day = ?", [unit, day])
        return (found[0]["cause"], int(found[0]["days"] or 0)) if found else (None, 0)

    @cached_property
    def _causes(self) -> bool:
        find_causes(self.con)
        return True

    def units_at(self, hexes: Sequence[int], day: int) -> list[Row]:
        """Units in some hexes on an evening: unit, side, hex, men, posture; the largest first."""
        marks = ", ".join("?" for _ in hexes)
        return self.rows(
            "SELECT unit, side, hex, men, posture, order_code FROM units "
            f"WHERE day = ? AND hex IN ({marks}) ORDER BY men DESC, unit",
            [day, *hexes],
        )

    def events(self, where: str, values: Sequence[Any], first: int, last: int) -> list[Row]:
        """Events of some days that meet a condition in SQL, in their order."""
        return self.rows(
            f"SELECT * FROM events WHERE day BETWEEN ? AND ? AND ({where}) ORDER BY day, number",
            [first, last, *values],
        )

    def holder(self, hex_id: int, day: int) -> str | None:
        """Who holds a hex on the evening of a day; None where nobody can."""
        found = self.rows(
            "SELECT side FROM hexes WHERE hex = ? AND day <= ? ORDER BY day DESC LIMIT 1",
            [hex_id, day],
        )
        return str(found[0]["side"]) if found else None

    @cached_property
    def _points(self) -> list[tuple[Place, float, float]]:
        p = self.scenario.map.projection
        albers = Albers(p.lat_1, p.lat_2, p.lat_0, p.lon_0, p.radius_km)
        return [
            (place, *albers.forward(place.lon, place.lat))
            for place in self.scenario.map.places
            if place.hex is not None and place.kind != "airfield"
        ]

    def near(self, hex_id: int) -> tuple[Place | None, float]:
        """The place of a hex, or the nearest one and how far it is. [km]"""
        if hex_id not in self._near:
            self._near[hex_id] = self._nearest(hex_id)
        return self._near[hex_id]

    def _nearest(self, hex_id: int) -> tuple[Place | None, float]:
        here = [p for p, _, _ in self._points if p.hex == hex_id]
        if here:
            return max(here, key=lambda p: _SIZE.get(p.size_1944, 1)), 0.0
        x, y = self.scenario.map.grid.centre(hex_id)
        best: tuple[float, Place | None, float] = (float("inf"), None, 0.0)
        for place, px, py in self._points:
            km = ((px - x) ** 2 + (py - y) ** 2) ** 0.5
            rank = km - _KM_BY_SIZE * _SIZE.get(place.size_1944, 1)
            if rank < best[0]:
                best = (rank, place, km)
        return best[1], best[2]

    def spot(self, hex_id: int | None) -> Row | None:
        """A hex for a reader: its number, the nearest place, how far that is. [km]"""
        if hex_id is None:
            return None
        place, km = self.near(hex_id)
        return {"hex": hex_id, "place": place.id if place else None, "km": round(km)}


def open_run(folder: Path, scenario: Scenario | None = None) -> Replayed:
    """Open a run directory with the scenario it was played with, loaded where it is not given.

    Raises
    ------
    RequestError, DataError
        As `tairiku.replay.open_folder`; the run has no days; its scenario is not known.
    """
    con = replay.open_folder(folder)
    identity = replay.identity_of(folder)
    run = Replayed(folder, con, scenario or scenario_of(identity), identity)
    if run.last_day < 0:
        raise RequestError(f"the run in '{folder}' has no days; run the campaign again")
    return run


def scenario_of(identity: dict[str, str]) -> Scenario:
    """The scenario that the identity of a run names, with its variant and changes."""
    return load_scenario(
        identity["scenario"],
        sources=identity.get("sources") or "reconciled",
        variant=identity.get("variant") or None,
        changes=dict(parse_change(text) for text in identity.get("changes", "").split(";") if text),
        without=[name for name in identity.get("without", "").split(";") if name],
    )
