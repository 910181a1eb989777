"""What the map is made from: the geographic sources, and the hand-kept rules beside the map."""

import csv
import json
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

Row = dict[str, str]
Point = tuple[float, float]


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a CSV file, each a dict of text by column name."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Feature:
    """One feature of a GeoJSON file; coordinates are longitude, latitude in degrees."""

    properties: dict[str, Any]
    geometry: BaseGeometry = field(repr=False)

    def lines(self) -> list[list[Point]]:
        """Return the geometry as separate lines of points."""
        parts = getattr(self.geometry, "geoms", [self.geometry])
        return [[(float(x), float(y)) for x, y in part.coords] for part in parts]


class Sources:
    """The input files, read when first asked for.

    Parameters
    ----------
    shared
        The folder with ``geo`` and ``facts``.
    kept
        ``src/tairiku/data/map``, for the hand-kept files: grid.toml, making.toml, rivers.csv,
        roads.csv, banks.csv, provinces_1944.csv.

    Raises
    ------
    FileNotFoundError
        The shared folder has no geographic sources.
    """

    def __init__(self, shared: Path, kept: Path) -> None:
        self.geo = shared / "geo"
        self.facts = shared / "facts"
        self.kept = kept
        if not (self.geo / "places.csv").is_file():
            raise FileNotFoundError(
                f"no geographic sources in '{self.geo}'; name the shared folder with --shared"
            )

    def features(self, name: str) -> list[Feature]:
        """Return the features of ``geo/<name>.geojson``."""
        data = json.loads((self.geo / f"{name}.geojson").read_text(encoding="utf-8"))
        return [Feature(f["properties"], shape(f["geometry"])) for f in data["features"]]

    def heights(self, name: str) -> dict[str, NDArray[Any]]:
        """Return the arrays of ``geo/<name>.npz``."""
        with np.load(self.geo / f"{name}.npz") as data:
            return {key: data[key] for key in data.files}

    @cached_property
    def making(self) -> dict[str, Any]:
        """The rules of making.toml."""
        return tomllib.loads((self.kept / "making.toml").read_text(encoding="utf-8"))

    @cached_property
    def places(self) -> list[Row]:
        """The gazetteer in its own order."""
        return read_rows(self.geo / "places.csv")

    @cached_property
    def place(self) -> dict[str, Row]:
        """The gazetteer by id."""
        return {row["id"]: row for row in self.places}

    @cached_property
    def banks(self) -> dict[tuple[str, str], str]:
        """Known banks by place and river: north, south, east or west."""
        rows = read_rows(self.kept / "banks.csv")
        return {(row["place_id"], row["river"]): row["bank"] for row in rows}

    @cached_property
    def lines(self) -> list[Feature]:
        """Railways, roads, waterways and the Yellow River of 1938-1947."""
        return self.features("lines")

    @cached_property
    def lakes(self) -> list[tuple[str, BaseGeometry]]:
        """Lakes of 1944 with their names: Natural Earth's, and the two great ones of the 1940s."""
        found = [
            (f.properties["name"] or "lake", shapely.make_valid(f.geometry))
            for f in self.features("lakes_ne10")
            if f.properties["existed_1944"]
        ]
        for f in self.features("floods_1944"):
            if f.properties["kind"] == "lake":
                found.append((f.properties["name"].split(",")[0], shapely.make_valid(f.geometry)))
        return found

    @cached_property
    def floods(self) -> BaseGeometry:
        """The flood zone of the Yellow River, with its channel belt."""
        return shapely.union_all(
            [
                shapely.make_valid(f.geometry)
                for f in self.features("floods_1944")
                if f.properties["kind"] != "lake"
            ]
        )

    @cached_property
    def land(self) -> BaseGeometry:
        """Land without the lakes' holes."""
        return shapely.union_all(
            [shapely.make_valid(f.geometry) for f in self.features("land_ne10")]
        )

    def lon_lat(self, place_id: str) -> Point:
        """Return longitude and latitude of a place.

        Raises
        ------
        KeyError
            The id is not in the gazetteer.
        """
        row = self.place[place_id]
        return float(row["lon"]), float(row["lat"])
