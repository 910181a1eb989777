"""validation.toml of a scenario: what was calibrated on, and what the naive rivals go by."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field

from tairiku.base.errors import DataError, Problem, RequestError
from tairiku.base.files import shown
from tairiku.base.tables import Row, near, read_record, read_toml
from tairiku.scenario.load import Scenario

FILE = "validation.toml"


class RivalNumbers(Row):
    """What the naive rivals assume."""

    ratio_needed: float = Field(gt=0)
    ratio_basis: str
    pace_log_sd: float = Field(gt=0)
    pace_basis: str
    members: int = Field(ge=19)
    members_basis: str


class PhaseRow(Row):
    """A phase of the scored quantities.

    `plan_phases` are the phases of the Japanese plan that it spans (for losses), `line_to` the
    place of route.csv where its stretch of the corridor ends, `attackers` and `defenders` the
    formations that faced each other on the first morning, `planned_from` and `planned_to` what
    the plan foresaw before the phase.
    """

    id: str
    name: str
    plan_phases: tuple[str, ...]
    line_to: str
    attackers: tuple[str, ...]
    defenders: tuple[str, ...]
    planned_from: date
    planned_to: date
    basis: str


class SettingFile(Row):
    """The whole of validation.toml."""

    calibration: tuple[str, ...]
    basis: str
    rivals: RivalNumbers
    phases: tuple[PhaseRow, ...]


@dataclass(frozen=True)
class Setting:
    """What scoring needs to know of a scenario besides its scored quantities."""

    path: Path
    calibration: tuple[str, ...]
    rivals: RivalNumbers
    phases: tuple[PhaseRow, ...]

    def phase(self, key: str) -> PhaseRow | None:
        """The phase of this id, or None."""
        return next((row for row in self.phases if row.id == key), None)

    def held_out(self, key: str) -> bool:
        """Whether a phase was kept from the calibration."""
        return key not in self.calibration


def read_setting(scenario: Scenario) -> Setting:
    """Read validation.toml of a scenario, or of its parent.

    Raises
    ------
    RequestError
        The scenario has none.
    DataError
        The file has faults, all of them at once.
    """
    path = scenario.file(FILE)
    if path is None:
        raise RequestError(
            f"scenario '{scenario.name}' has no {FILE}; write one to have it scored "
            "(docs/validation-method.md)"
        )
    problems: list[Problem] = []
    table = read_toml(path, problems)
    found = read_record(path, table, SettingFile, "", problems) if table else None
    if found is not None:
        _check(scenario, path, found, problems)
    if problems or found is None:
        raise DataError(problems)
    return Setting(path, found.calibration, found.rivals, found.phases)


def _check(scenario: Scenario, path: Path, found: SettingFile, problems: list[Problem]) -> None:
    """Add what names something that is not there, and days in the wrong order."""
    ids = [row.id for row in found.phases]
    route = [point.place_id for point in scenario.route]

    def unknown(field: str, value: str, known: object, what: str) -> None:
        names = list(known)  # type: ignore[call-overload]
        if value not in names:
            message = f"is no {what}{near(value, names)}"
            problems.append(Problem(shown(path), None, field, value, message))

    for key in found.calibration:
        unknown("calibration", key, ids, "phase of this file")
    before = -1
    for row in found.phases:
        where = f"phases.{row.id}"
        unknown(f"{where}.line_to", row.line_to, route, "place of route.csv")
        for formation in (*row.attackers, *row.defenders):
            unknown(where, formation, scenario.formation, "formation")
        if row.planned_to < row.planned_from:
            message = "lies before planned_from; write the earlier day first"
            text = row.planned_to.isoformat()
            problems.append(Problem(shown(path), None, f"{where}.planned_to", text, message))
        if row.line_to in route:
            at = route.index(row.line_to)
            if at <= before:
                message = "does not lie beyond the phase before; order phases along the route"
                problems.append(
                    Problem(shown(path), None, f"{where}.line_to", row.line_to, message)
                )
            before = at
