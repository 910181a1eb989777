"""Loading a scenario: every file read and checked, then sources, variant and changes applied."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from tairiku.base.dates import date_of, day_of
from tairiku.base.errors import DataError, Problem, RequestError
from tairiku.base.files import DATA
from tairiku.base.provenance import digest_of
from tairiku.base.tables import Row, near, read_record, read_table, read_toml
from tairiku.scenario import models
from tairiku.scenario.mapdata import MapData, read_map
from tairiku.scenario.sources import as_told
from tairiku.scenario.variants import Variant, changed, load_variant, variant_files

SCENARIOS = DATA / "scenarios"
SOURCES = ("reconciled", "sampled", "de", "zh")

TABLES: dict[str, type[Row]] = {
    "formations": models.Formation,
    "command": models.CommandRow,
    "units": models.Unit,
    "leaders": models.Leader,
    "depots": models.Depot,
    "air_units": models.AirUnit,
    "aircraft_types": models.AircraftType,
    "provinces": models.Province,
    "weather": models.WeatherNormal,
    "control": models.Control,
    "cities": models.City,
    "route": models.RoutePoint,
    "road_states": models.RoadState,
}


@dataclass(frozen=True)
class Scenario:
    """What a campaign starts from: the map, who stands where with how much, and the parameters."""

    name: str
    title: str
    notes: str
    folder: Path
    parent: Path | None
    first_day: date
    last_day: date
    sources: str
    variant: Variant | None
    changes: Mapping[str, float]
    map: MapData
    formations: tuple[models.Formation, ...]
    command: tuple[models.CommandRow, ...]
    units: tuple[models.Unit, ...]
    leaders: tuple[models.Leader, ...]
    depots: tuple[models.Depot, ...]
    air_units: tuple[models.AirUnit, ...]
    aircraft_types: tuple[models.AircraftType, ...]
    provinces: tuple[models.Province, ...]
    weather: tuple[models.WeatherNormal, ...]
    control: tuple[models.Control, ...]
    cities: tuple[models.City, ...]
    route: tuple[models.RoutePoint, ...]
    road_states: tuple[models.RoadState, ...]
    parameters: Mapping[str, models.Parameter]
    files: Mapping[str, Path]
    plan_changes: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    common_dice: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def days(self) -> int:
        """Number of days of the campaign, the first and the last included."""
        return (self.last_day - self.first_day).days + 1

    def day_of(self, day: date) -> int:
        """Return the campaign day of a date, 0 for the first."""
        return day_of(day, self.first_day)

    def date_of(self, day: int) -> date:
        """Return the date of a campaign day."""
        return date_of(day, self.first_day)

    def file(self, name: str) -> Path | None:
        """Return the path of a file or folder of this scenario or of its parent, None if absent."""
        for folder in (self.folder, self.parent):
            if folder is not None and (folder / name).exists():
                return folder / name
        return None

    @cached_property
    def unit_index(self) -> dict[str, int]:
        """Index of every unit, in the order of units.csv."""
        return {unit.id: i for i, unit in enumerate(self.units)}

    @cached_property
    def higher(self) -> tuple[models.Formation, ...]:
        """The formations that are no units: headquarters, in the order of formations.csv."""
        return tuple(f for f in self.formations if f.id not in self.unit_index)

    @cached_property
    def formation(self) -> dict[str, models.Formation]:
        """Formations by id, units included."""
        return {f.id: f for f in self.formations}

    @cached_property
    def depot_index(self) -> dict[str, int]:
        """Index of every depot, in the order of depots.csv."""
        return {depot.id: i for i, depot in enumerate(self.depots)}

    @cached_property
    def air_index(self) -> dict[str, int]:
        """Index of every air unit, in the order of air_units.csv."""
        return {unit.id: i for i, unit in enumerate(self.air_units)}

    @cached_property
    def type_index(self) -> dict[str, int]:
        """Index of the aircraft type by every name it stands for."""
        found: dict[str, int] = {}
        for i, kind in enumerate(self.aircraft_types):
            for name in (kind.id, kind.name, *kind.stands_for.split(";")):
                found.setdefault(name.strip(), i)
        return found

    @cached_property
    def province_index(self) -> dict[str, int]:
        """Index of every province by its name, in the order of provinces.csv."""
        return {province.name: i for i, province in enumerate(self.provinces)}

    @cached_property
    def region_index(self) -> dict[str, int]:
        """Index of every weather region, in the order of weather.csv."""
        return {name: i for i, name in enumerate(dict.fromkeys(w.region for w in self.weather))}

    def superior_on(self, day: date) -> dict[str, str]:
        """Return who commands each formation on a day, by id; attachment goes before the rest."""
        found: dict[str, str] = {}
        for row in self.command:
            if (row.from_date is None or row.from_date <= day) and (
                row.to_date is None or day <= row.to_date
            ):
                if row.formation_id not in found or row.kind == "attached":
                    found[row.formation_id] = row.superior_id
        return found

    @cached_property
    def digest(self) -> str:
        """64 hex digits over every file the campaign starts from, and over what was changed."""
        variant = self.variant.model_dump_json() if self.variant else ""
        changes = [f"{name}={value!r}" for name, value in sorted(self.changes.items())]
        files = {**self.files, **self.map.files}
        for folder in (self.parent, self.folder):
            if folder is not None:
                for path in sorted((folder / "plans").rglob("*")):
                    if path.suffix in (".csv", ".toml"):
                        files[path.relative_to(folder).as_posix()] = path
        return digest_of(files, [self.sources, variant, *changes])


def list_scenarios() -> list[str]:
    """Return the names of the scenarios that come with Tairiku."""
    return sorted(path.parent.name for path in SCENARIOS.glob("*/scenario.toml"))


def scenario_folder(name_or_path: str | Path) -> Path:
    """Return the folder of a scenario by its name or path.

    Raises
    ------
    RequestError
        There is no such scenario; the message lists those there are.
    """
    text = str(name_or_path)
    if text in list_scenarios():
        return SCENARIOS / text
    folder = Path(name_or_path)
    if (folder / "scenario.toml").is_file():
        return folder
    known = list_scenarios()
    raise RequestError(
        f"scenario '{text}' is not known{near(text, known)}; "
        "name one, or a folder that holds a scenario.toml"
    )


def read_scenario(folder: Path, problems: list[Problem]) -> Scenario | None:
    """Return the scenario of a folder as its files have it; faults are added to ``problems``."""
    before = len(problems)
    table = read_toml(folder / "scenario.toml", problems)
    head = read_record(folder / "scenario.toml", table, models.ScenarioFile, "", problems)
    if head is None:
        return None
    parent = SCENARIOS / head.parent if head.parent else None
    if parent is not None and not (parent / "scenario.toml").is_file():
        what = f"is no scenario that comes with Tairiku{near(head.parent, list_scenarios())}"
        problems.append(Problem(folder.name + "/scenario.toml", None, "parent", head.parent, what))
        return None
    files = {"scenario.toml": folder / "scenario.toml"}
    for name in (*(f"{table}.csv" for table in TABLES), "parameters.toml"):
        own = folder / name
        files[name] = parent / name if parent is not None and not own.is_file() else own
    world = read_map(DATA / "map" if head.map == "built-in" else folder / head.map, problems)
    read: dict[str, Any] = {
        name: tuple(read_table(files[f"{name}.csv"], model, problems))
        for name, model in TABLES.items()
    }
    parameters = read_parameters(files["parameters.toml"], problems)
    if world is None or len(problems) > before:
        return None
    return Scenario(
        name=head.name,
        title=head.title,
        notes=head.notes,
        folder=folder,
        parent=parent,
        first_day=head.first_day,
        last_day=head.last_day,
        sources="reconciled",
        variant=None,
        changes={},
        map=world,
        parameters=parameters,
        files=files,
        **read,
    )


def read_parameters(path: Path, problems: list[Problem]) -> dict[str, models.Parameter]:
    """Return the parameters of a file by their dotted names, faults added to ``problems``."""
    found: dict[str, models.Parameter] = {}
    for rule, tables in read_toml(path, problems).items():
        if not isinstance(tables, dict):
            what = "is not a table; write [rule.name] with value, range, unit, reason, basis"
            problems.append(Problem(path.name, None, rule, str(tables), what))
            continue
        for name, table in tables.items():
            key = f"{rule}.{name}"
            record = table if isinstance(table, dict) else {"value": table}
            parameter = read_record(path, record, models.Parameter, key, problems)
            if parameter is not None:
                found[key] = parameter
    return found


def load_scenario(
    name_or_path: str | Path = "ichigo",
    sources: str = "reconciled",
    variant: str | None = None,
    changes: Mapping[str, float] | None = None,
    without: Sequence[str] = (),
) -> Scenario:
    """Return a scenario ready to be set up.

    Parameters
    ----------
    name_or_path
        A scenario that comes with Tairiku, or a folder with a scenario.toml.
    sources
        Whose figures: "reconciled" takes each best value, "de" and "zh" what that text says and
        the reconciled where it is silent (`tairiku.scenario.sources`); "sampled" lets every
        replica draw each figure within its range.
    variant
        Name of a file in ``variants``, or None.
    changes
        Parameters set by hand, by dotted name.
    without
        Mechanisms (M-numbers) to be switched off by the neutral values of their parameters.

    Raises
    ------
    RequestError
        An unknown scenario, variant, parameter or mechanism, or sources not to be had.
    DataError
        The files have faults; all of them are listed.
    """
    if sources not in SOURCES:
        raise RequestError(f"sources '{sources}' are not known; use one of {', '.join(SOURCES)}")
    problems: list[Problem] = []
    scenario = read_scenario(scenario_folder(name_or_path), problems)
    if scenario is None or problems:
        raise DataError(problems)
    if sources != "reconciled":
        scenario = as_told(scenario, sources)
    chosen = None
    if variant is not None:
        chosen = load_variant([scenario.folder], variant)
        scenario = _varied(scenario, chosen)
    wanted = dict(chosen.set) if chosen else {}
    for mechanism in without:
        wanted.update(switched_off(scenario, mechanism))
    wanted.update(changes or {})
    return replace(scenario, sources=sources, changes=_checked(scenario, wanted))


def variants_of(scenario: Scenario) -> dict[str, Path]:
    """Return the variant files of a scenario by name."""
    return variant_files(scenario.folder)


def _checked(scenario: Scenario, wanted: Mapping[str, float]) -> dict[str, float]:
    for name, value in wanted.items():
        if name not in scenario.parameters:
            raise RequestError(
                f"parameter '{name}' is not in {scenario.name}/parameters.toml"
                f"{near(name, scenario.parameters)}"
            )
        if not math.isfinite(value):
            raise RequestError(f"parameter '{name}' cannot be {value}; give a finite number")
    return dict(wanted)


def switched_off(scenario: Scenario, mechanism: str) -> dict[str, float]:
    """Return the neutral values that switch a mechanism off, by parameter.

    Raises
    ------
    RequestError
        No parameter of the scenario carries it; the message lists what can be switched off.
    """
    found = {
        name: parameter.neutral
        for name, parameter in scenario.parameters.items()
        if mechanism in parameter.mechanisms and parameter.neutral is not None
    }
    if found:
        return found
    able = sorted(
        {m for p in scenario.parameters.values() if p.neutral is not None for m in p.mechanisms},
        key=lambda m: int(m[1:]) if m[1:].isdigit() else 0,
    )
    raise RequestError(
        f"mechanism '{mechanism}' cannot be switched off by a parameter; "
        f"these can: {', '.join(able) if able else 'none'}"
    )


def _varied(scenario: Scenario, variant: Variant) -> Scenario:
    shift = timedelta(days=variant.start.shift_days)
    above = scenario.superior_on(scenario.first_day)
    world = scenario.map
    unknown = [name for name in variant.bridges if name not in world.bridge_index]
    if unknown:
        raise RequestError(f"variant '{variant.name}': no bridge '{unknown[0]}' on the map")
    if variant.bridges:
        bridges = tuple(
            b.model_copy(update={"state": variant.bridges.get(b.id, b.state)})
            for b in world.bridges
        )
        world = replace(world, bridges=bridges)
    return replace(
        scenario,
        variant=variant,
        first_day=scenario.first_day + shift,
        last_day=scenario.last_day + shift,
        map=world,
        units=changed(scenario.units, variant.units, above),
        depots=changed(scenario.depots, variant.depots, above),
        air_units=changed(scenario.air_units, variant.air, {}),
    )


def parse_change(text: str) -> tuple[str, float]:
    """Return name and value of ``combat.ka=0.05``.

    Raises
    ------
    RequestError
        The text has no ``=`` or no number after it.
    """
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError as error:
        remedy = "write NAME=NUMBER, such as combat.ka=0.05"
        raise RequestError(f"'{text}' is not a change of a parameter; {remedy}") from error


def read_head(folder: Path) -> dict[str, Any]:
    """Return the plain table of a scenario.toml, for listings that need no more."""
    return tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8"))
