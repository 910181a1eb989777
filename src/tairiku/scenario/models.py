"""The files of a scenario, one model a row (docs/scenario.md tells each column)."""

from datetime import date
from typing import Literal

from pydantic import Field

from tairiku.base.tables import Row

Force = Literal["japan", "china", "communist", "puppet", "allied-air"]
UnitKind = Literal[
    "infantry",
    "motorised",
    "tank",
    "cavalry",
    "artillery",
    "engineer",
    "railway",
    "garrison",
    "militia",
    "guerrilla",
    "draft",
]


class ScenarioFile(Row):
    """scenario.toml."""

    name: str
    title: str
    first_day: date
    last_day: date
    map: str = "built-in"
    parent: str = ""
    notes: str = ""
    basis: str = ""  # of first_day and last_day


class Formation(Row):
    """formations.csv: the command tree's members, units included; no strengths."""

    id: str
    side: Force
    name: str
    name_de: str = ""
    name_zht: str = ""
    name_zhs: str = ""
    name_ja: str = ""
    level: str
    nationality_faction: str = ""


class CommandRow(Row):
    """command.csv: who commands whom, from a day to a day (both included; None open)."""

    formation_id: str
    superior_id: str
    from_date: date | None = None
    to_date: date | None = None
    kind: Literal["organic", "attached"]
    plan: bool = False
    basis: str
    confidence: str = ""


class Unit(Row):
    """units.csv: one counter; men, pieces, vehicles and horses with low, best, high."""

    id: str
    side: Force
    type: UnitKind
    men_low: int = Field(ge=0)
    men_best: int = Field(ge=0)
    men_high: int = Field(ge=0)
    infantry_share: float = Field(ge=0, le=1)
    guns_low: int = Field(ge=0)
    guns_best: int = Field(ge=0)
    guns_high: int = Field(ge=0)
    mortars_best: int = Field(ge=0)
    at_guns_best: int = Field(ge=0)
    tanks_low: int = Field(ge=0)
    tanks_best: int = Field(ge=0)
    tanks_high: int = Field(ge=0)
    trucks_low: int = Field(ge=0)
    trucks_best: int = Field(ge=0)
    trucks_high: int = Field(ge=0)
    horses_low: int = Field(ge=0)
    horses_best: int = Field(ge=0)
    horses_high: int = Field(ge=0)
    training: float = Field(ge=1, le=10)
    cohesion: float = Field(ge=1, le=10)
    equipment: float = Field(ge=1, le=10)
    quality_reason: str = ""
    place_id: str
    enters_place_id: str = ""
    raised_on: date | None = None
    arrives: date | None = None
    departs: date | None = None
    readiness: str = ""
    in_reserve: bool = False
    on_plan_roll: bool = False
    static: bool = False
    basis: str
    confidence: str = ""


class Leader(Row):
    """leaders.csv: one post of one person; initiative and caution 1-10, 5/5 not known."""

    person_id: str
    name: str
    name_local: str = ""
    name_de: str = ""
    formation_id: str
    post: str
    from_date: date | None = None
    to_date: date | None = None
    style: str = ""
    initiative: float = Field(ge=1, le=10)
    caution: float = Field(ge=1, le=10)
    event_driven: bool = False
    basis: str
    confidence: str = ""


class Depot(Row):
    """depots.csv: stocks on the first morning in tonnes and kilolitres; inflow a month."""

    id: str
    side: Force
    name: str
    place_id: str
    kind: Literal["base", "army", "war-zone", "airfield"]
    food_t_low: float = Field(ge=0)
    food_t_best: float = Field(ge=0)
    food_t_high: float = Field(ge=0)
    fodder_t_low: float = Field(ge=0)
    fodder_t_best: float = Field(ge=0)
    fodder_t_high: float = Field(ge=0)
    ammunition_t_low: float = Field(ge=0)
    ammunition_t_best: float = Field(ge=0)
    ammunition_t_high: float = Field(ge=0)
    motor_fuel_kl_low: float = Field(ge=0)
    motor_fuel_kl_best: float = Field(ge=0)
    motor_fuel_kl_high: float = Field(ge=0)
    aviation_fuel_kl_low: float = Field(ge=0)
    aviation_fuel_kl_best: float = Field(ge=0)
    aviation_fuel_kl_high: float = Field(ge=0)
    inflow_month_food_t: float = Field(ge=0)
    inflow_month_fodder_t: float = Field(ge=0)
    inflow_month_ammunition_t: float = Field(ge=0)
    inflow_month_motor_fuel_kl: float = Field(ge=0)
    inflow_month_aviation_fuel_kl: float = Field(ge=0)
    basis: str
    confidence: str = ""


class AirUnit(Row):
    """air_units.csv: one squadron, sentai or group; rebasings are ``date:place`` joined by ;."""

    id: str
    side: Force
    name: str
    parent_id: str
    type: Literal["fighter", "bomber", "heavy-bomber", "recon", "transport"]
    aircraft_type: str
    aircraft_low: int = Field(ge=0)
    aircraft_best: int = Field(ge=0)
    aircraft_high: int = Field(ge=0)
    serviceability: float = Field(ge=0, le=1)
    base_id: str
    available_from: date | None = None
    available_to: date | None = None
    rebasings: str = ""
    basis: str
    confidence: str = ""

    def moves(self) -> list[tuple[date, str]]:
        """Return the ordered rebasings as (day, place id)."""
        parts = [part.partition(":") for part in self.rebasings.split(";") if part.strip()]
        return [(date.fromisoformat(day.strip()), place.strip()) for day, _, place in parts]


class WeatherNormal(Row):
    """weather.csv: monthly normals of a station; the region is what lies nearest to it."""

    region: str
    place_id: str
    month: int = Field(ge=1, le=12)
    temp_mean_c: float
    precip_mm: float = Field(ge=0)
    rain_days: float = Field(ge=0, le=31)
    basis: str


class Control(Row):
    """control.csv: the side that holds a hex on the first morning."""

    hex: int = Field(ge=0)
    side: Literal["japan", "china"]
    basis: str


class City(Row):
    """cities.csv: a city's defences on the first morning.

    Works 0-100 points, zones to be taken one by one; ``heights`` is the share of works and will
    that goes with the outermost zone, ``key_place_id`` the ground that commands the city.
    """

    place_id: str
    works: float = Field(ge=0, le=100)
    zones: float = Field(gt=0)
    heights: float = Field(ge=0, le=1)
    key_place_id: str = ""
    basis: str


class RoutePoint(Row):
    """route.csv: the places the corridor must run through, in order."""

    order: int = Field(ge=1)
    place_id: str
    basis: str


class RoadState(Row):
    """road_states.csv: permille of a road's capacity left to vehicles on the first morning."""

    state: str
    permille: int = Field(ge=0, le=1000)
    basis: str


class Parameter(Row):
    """A [rule.name] table of parameters.toml: a number that a rule reads."""

    value: float
    range: tuple[float, float]
    unit: str
    reason: str = Field(min_length=3)
    basis: str
    neutral: float | None = None
    mechanisms: tuple[str, ...] = ()


class Mechanism(Row):
    """mechanisms.csv: a mechanism that the documents describe and what became of it here."""

    id: str = Field(pattern=r"M\d{2,3}")
    group: str
    statement: str
    status: Literal["simulated", "scenario-data", "event", "record-only"]
    carried_by: str = Field(min_length=3)
    parameters: str = ""
    claims: str = Field(min_length=3)
    test: str = Field(pattern=r"tests/\S+\.py::test_\w+")
    reason: str = ""
    note: str = ""


class Objective(Row):
    """objectives.csv: a place or figure to be set beside history; never read by the rules."""

    id: str
    phase: str
    kind: Literal["place", "figure"]
    place_id: str = ""
    figure: str = ""
    unit: str = ""
    de: str = ""
    zh: str = ""
    low: str = ""
    best: str = ""
    high: str = ""
    claims: str = ""
    note: str = ""
    basis: str


class Province(Row):
    """provinces.csv: people on the map's part, hostility and guerrilla 0-1, food over need."""

    id: str
    name: str
    people: int = Field(ge=0)
    hostility: float = Field(ge=0, le=1)
    guerrilla: float = Field(ge=0, le=1)
    food: float = Field(ge=0)
    basis: str


class AircraftType(Row):
    """aircraft_types.csv: performance of a type and the names in air_units.csv it stands for."""

    id: str
    name: str
    stands_for: str
    range_km: float = Field(gt=0)
    fight: float = Field(ge=0)
    bomb_kg: float = Field(ge=0)
    fuel_kg: float = Field(ge=0)
    runway: Literal["fighter", "medium", "heavy", "b29"]
    service: float = Field(ge=0, le=1)
    replace_month: float = Field(ge=0)
    basis: str
