"""The files of a map, one model a row (docs/scenario.md, docs/map.md)."""

from typing import Literal

from pydantic import Field

from tairiku.base.tables import Row

Terrain = Literal[
    "plain", "paddy", "hills", "low_mountains", "high_mountains", "lake", "sea", "outside"
]
Side = Literal[0, 1, 2, 3, 4, 5]
Confidence = Literal["high", "medium", "low"]


class Projection(Row):
    """Table [projection] of grid.toml: the conic the map is drawn in."""

    kind: str
    lat_1: float
    lat_2: float
    lat_0: float
    lon_0: float
    radius_km: float = Field(gt=0)


class GridTable(Row):
    """Table [grid] of grid.toml: rows and columns of hexes; distances in km."""

    layout: Literal["odd-r"]
    pitch_km: float = Field(gt=0)
    cols: int = Field(gt=0)
    rows: int = Field(gt=0)
    origin_x_km: float
    origin_y_km: float


class GridFile(Row):
    """grid.toml."""

    projection: Projection
    grid: GridTable


class HexRow(Row):
    """hexes.csv: one cell of the map; heights in m, shares 0-1."""

    hex: int = Field(ge=0)
    col: int = Field(ge=0)
    row: int = Field(ge=0)
    lon: float
    lat: float
    in_theatre: bool
    elevation_m: float
    relief_m: float = Field(ge=0)
    terrain: Terrain
    land_share: float = Field(ge=0, le=1)
    lake_share: float = Field(ge=0, le=1)
    flood_zone_share: float = Field(ge=0, le=1)
    province: str = ""
    crop: str = "none"
    city_level: int = Field(ge=0, le=5)
    walled: bool
    population: int = Field(ge=0)
    place_id: str = ""


class RiverSide(Row):
    """river_sides.csv: a river on one hexside; class 1 stream, 2 river, 3 great river."""

    hex: int = Field(ge=0)
    side: int = Field(ge=0, le=5)
    class_: int = Field(ge=1, le=3, alias="class")
    name: str = ""
    basis: str = ""


class RailLink(Row):
    """rail_links.csv: track from one hex to the next; length in km."""

    id: str
    hex_a: int = Field(ge=0)
    hex_b: int = Field(ge=0)
    line: str
    status: Literal["operating_japanese", "operating_chinese", "torn_up", "under_construction"]
    gauge_mm: int = Field(ge=0)
    link_kind: Literal["track", "train_ferry", "border_gap"]
    length_km: float = Field(gt=0)
    bridge_id: str = ""
    confidence: str = ""
    basis: str = ""


class RoadLink(Row):
    """road_links.csv: a motor road from one hex to the next; length in km."""

    id: str
    hex_a: int = Field(ge=0)
    hex_b: int = Field(ge=0)
    name: str
    class_: Literal["trunk", "secondary"] = Field(alias="class")
    state: str
    control_april_1944: str = ""
    length_km: float = Field(gt=0)
    bridge_id: str = ""
    confidence: str = ""
    basis: str = ""


class WaterLink(Row):
    """waterway_links.csv: boats go from one hex to the next."""

    id: str
    hex_a: int = Field(ge=0)
    hex_b: int = Field(ge=0)
    name: str = ""
    vessels: str = ""
    control_april_1944: str = ""
    length_km: float | None = None
    confidence: str = ""


class Place(Row):
    """places.csv: the gazetteer; ``hex`` is None off the map."""

    id: str
    name: str
    name_de: str = ""
    name_zht: str = ""
    name_zhs: str = ""
    name_ja: str = ""
    alt_names: str = ""
    province: str = ""
    kind: str = ""
    size_1944: str = ""
    walled: str = ""
    population: int | None = None
    population_basis: str = ""
    lon: float
    lat: float
    hex: int | None = None
    moved_to_bank_of: str = ""
    confidence: str = ""
    basis: str = ""


class Airfield(Row):
    """airfields.csv: on a hex, or behind a box."""

    id: str
    name: str
    name_zht: str = ""
    aliases: str = ""
    lon: float
    lat: float
    hex: int | None = None
    box_id: str = ""
    operator: str
    runway_surface: str = ""
    runway_ft: int | None = None
    can_take: Literal["", "fighter", "medium", "heavy", "b29"] = ""
    basis: str = ""
    confidence: str = ""
    note: str = ""


class Bridge(Row):
    """bridges.csv: bridges, ferries and pontoons; length in m; ``hex_b`` None inside one hex."""

    id: str
    name: str
    name_zhs: str = ""
    river: str = ""
    river_zhs: str = ""
    kind: str
    line: str = ""
    place_ids: str = ""
    lon: float
    lat: float
    hex_a: int | None = None
    hex_b: int | None = None
    length_m: float | None = None
    state: str
    holder: str = ""
    basis: str = ""
    confidence: str = ""
    note: str = ""


class Box(Row):
    """boxes.csv: what lies behind an edge of the map."""

    id: str
    name: str
    name_de: str = ""
    name_zht: str = ""
    name_zhs: str = ""
    name_ja: str = ""
    lon: float
    lat: float
    side: str
    stands_for: str = ""
    basis: str = ""
    confidence: str = ""


class BoxLink(Row):
    """box_links.csv: a way between a box and a hex or another box; days, tonnes a day one way."""

    id: str
    box_id: str
    joins_kind: Literal["hex", "box"]
    joins_id: str = ""
    place_id: str = ""
    hex: int | None = None
    off_map_km: float | None = None
    open: bool = True
    mode: Literal["rail", "road", "river", "sea", "air"]
    side: str
    days: float = Field(ge=0)
    capacity_t_day_low: float = Field(ge=0)
    capacity_t_day: float = Field(ge=0)
    capacity_t_day_high: float = Field(ge=0)
    basis: str = ""
    confidence: str = ""
    note: str = ""
