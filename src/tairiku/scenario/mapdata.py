"""The map of a scenario as read from its folder: rows of every file, and its grid."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tairiku.base.errors import Problem
from tairiku.base.hexes import Grid
from tairiku.base.tables import Row, read_record, read_table, read_toml
from tairiku.scenario import map_models as rows

TABLES: dict[str, type[Row]] = {
    "hexes": rows.HexRow,
    "river_sides": rows.RiverSide,
    "rail_links": rows.RailLink,
    "road_links": rows.RoadLink,
    "waterway_links": rows.WaterLink,
    "places": rows.Place,
    "airfields": rows.Airfield,
    "bridges": rows.Bridge,
    "boxes": rows.Box,
    "box_links": rows.BoxLink,
}


@dataclass(frozen=True)
class MapData:
    """Every file of a map folder; hexes in the order of their ids."""

    folder: Path
    projection: rows.Projection
    grid: Grid
    hexes: tuple[rows.HexRow, ...]
    river_sides: tuple[rows.RiverSide, ...]
    rail_links: tuple[rows.RailLink, ...]
    road_links: tuple[rows.RoadLink, ...]
    waterway_links: tuple[rows.WaterLink, ...]
    places: tuple[rows.Place, ...]
    airfields: tuple[rows.Airfield, ...]
    bridges: tuple[rows.Bridge, ...]
    boxes: tuple[rows.Box, ...]
    box_links: tuple[rows.BoxLink, ...]

    @cached_property
    def files(self) -> dict[str, Path]:
        """The files that make the map, by their name within it."""
        names = ["grid.toml", *(f"{table}.csv" for table in TABLES)]
        return {f"map/{name}": self.folder / name for name in names}

    @cached_property
    def place(self) -> dict[str, rows.Place]:
        """Places by id."""
        return {place.id: place for place in self.places}

    @cached_property
    def place_hex(self) -> dict[str, int]:
        """The hex of every place that lies on the map, airfields included."""
        found = {p.id: p.hex for p in self.places if p.hex is not None}
        return {**found, **{f.id: f.hex for f in self.airfields if f.hex is not None}}

    @cached_property
    def field_index(self) -> dict[str, int]:
        """Index of every airfield, in the order of the file."""
        return {field.id: i for i, field in enumerate(self.airfields)}

    @cached_property
    def box_index(self) -> dict[str, int]:
        """Index of every box, in the order of the file."""
        return {box.id: i for i, box in enumerate(self.boxes)}

    @cached_property
    def bridge_index(self) -> dict[str, int]:
        """Index of every bridge, in the order of the file."""
        return {bridge.id: i for i, bridge in enumerate(self.bridges)}

    @cached_property
    def city_hexes(self) -> tuple[int, ...]:
        """The hexes that hold a county seat or more; a city's index is its place in this list."""
        land = ("lake", "sea", "outside")
        return tuple(h.hex for h in self.hexes if h.city_level >= 2 and h.terrain not in land)

    @cached_property
    def city_index(self) -> dict[str, int]:
        """Index of the city by every place that lies in its hex."""
        at = {hex_id: i for i, hex_id in enumerate(self.city_hexes)}
        return {place: at[hex_id] for place, hex_id in self.place_hex.items() if hex_id in at}


def read_map(folder: Path, problems: list[Problem]) -> MapData | None:
    """Return the map in a folder, or None with all that is wrong added to ``problems``."""
    before = len(problems)
    table = read_toml(folder / "grid.toml", problems)
    grid = read_record(folder / "grid.toml", table, rows.GridFile, "", problems) if table else None
    read: dict[str, Any] = {
        name: tuple(read_table(folder / f"{name}.csv", model, problems))
        for name, model in TABLES.items()
    }
    if grid is None or len(problems) > before:
        return None
    g = grid.grid
    return MapData(
        folder=folder,
        projection=grid.projection,
        grid=Grid(g.cols, g.rows, g.pitch_km, g.origin_x_km, g.origin_y_km),
        **read,
    )
