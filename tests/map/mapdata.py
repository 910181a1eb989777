"""The map's files as the tests read them, with nothing of the code that made them."""

import csv
import tomllib
from functools import cache
from pathlib import Path

from tairiku.base.hexes import Grid
from tairiku.base.projection import Albers

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "src/tairiku/data/map"
DRY = ("plain", "paddy", "hills", "low_mountains", "high_mountains")
Row = dict[str, str]


@cache
def rows(name: str) -> list[Row]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def by_id(name: str) -> dict[str, Row]:
    return {row["id"]: row for row in rows(name)}


@cache
def grid() -> Grid:
    g = tomllib.loads((FOLDER / "grid.toml").read_text(encoding="utf-8"))["grid"]
    return Grid(g["cols"], g["rows"], g["pitch_km"], g["origin_x_km"], g["origin_y_km"])


@cache
def cone() -> Albers:
    p = tomllib.loads((FOLDER / "grid.toml").read_text(encoding="utf-8"))["projection"]
    return Albers(p["lat_1"], p["lat_2"], p["lat_0"], p["lon_0"], p["radius_km"])


@cache
def river_sides() -> dict[tuple[int, int], Row]:
    return {(int(row["hex"]), int(row["side"])): row for row in rows("river_sides")}


def river_between(hex_a: int, hex_b: int) -> Row | None:
    low, high = sorted((hex_a, hex_b))
    return river_sides().get((low, grid().side_between(low, high)))


def home(place_id: str) -> int:
    return int(by_id("places")[place_id]["hex"])


def rail_steps(line: str) -> list[Row]:
    """Links of every section whose name begins so."""
    return [
        row
        for row in rows("rail_links")
        if any(name.startswith(line) for name in row["line"].split("; "))
    ]


def reached(start: int, steps: list[tuple[int, int]]) -> set[int]:
    """Hexes reached from one over undirected steps."""
    beside: dict[int, list[int]] = {}
    for a, b in steps:
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    found, todo = {start}, [start]
    while todo:
        for there in beside.get(todo.pop(), []):
            if there not in found:
                found.add(there)
                todo.append(there)
    return found
