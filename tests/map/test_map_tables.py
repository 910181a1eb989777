"""Every table of the map: ids, references, neighbours, sizes."""

import math
import re

import pytest

from tests.map.mapdata import DRY, FOLDER, by_id, cone, grid, river_sides, rows

TABLES = ("rail_links", "road_links", "waterway_links", "places", "airfields", "bridges", "boxes")
LINKS = ("rail_links", "road_links", "waterway_links")
BASIS = re.compile(r"(claim:\S+|fact:\w+#\S+|estimate: .+)(; (claim:|fact:|estimate: ).+)*")


@pytest.mark.parametrize("name", [*TABLES, "box_links", "figures_lines"])
def test_ids_are_unique(name: str) -> None:
    assert len(by_id(name)) == len(rows(name)) > 0


def test_hexes_are_the_whole_rectangle_and_fit_the_engine() -> None:
    assert [int(row["hex"]) for row in rows("hexes")] == list(range(len(grid())))
    assert len(grid()) <= 8192
    for row in rows("hexes"):
        assert (int(row["col"]), int(row["row"])) == grid().col_row(int(row["hex"]))
        assert (row["terrain"] == "outside") == (row["in_theatre"] == "0")


def test_centres_go_through_the_projection_and_back() -> None:
    for row in rows("hexes"):
        x, y = grid().centre(int(row["hex"]))
        lon, lat = cone().inverse(x, y)
        assert (lon, lat) == pytest.approx((float(row["lon"]), float(row["lat"])), abs=6e-5)
        assert cone().forward(lon, lat) == pytest.approx((x, y), abs=1e-6)


def test_the_theatre_is_covered() -> None:
    hexes = rows("hexes")
    for i in range(121):
        for j in range(153):
            lon, lat = 105.5 + 12.0 * i / 120, 21.0 + 15.2 * j / 152
            hex_id = grid().hex_at(*cone().forward(lon, lat))
            assert hex_id >= 0
            assert hexes[hex_id]["in_theatre"] == "1"


@pytest.mark.parametrize("name", LINKS)
def test_links_join_neighbours_each_once(name: str) -> None:
    pairs = [(int(row["hex_a"]), int(row["hex_b"])) for row in rows(name)]
    assert len(set(pairs)) == len(pairs)
    for a, b in pairs:
        assert a < b
        assert grid().side_between(a, b) >= 0


def test_hexsides_appear_once_from_the_lower_hex() -> None:
    assert len(river_sides()) == len(rows("river_sides"))
    for hex_id, side in river_sides():
        assert grid().neighbour(hex_id, side) > hex_id
    assert {row["class"] for row in rows("river_sides")} == {"1", "2", "3"}


def test_lines_on_land_stay_on_land() -> None:
    hexes = rows("hexes")
    for name in ("rail_links", "road_links"):
        for row in rows(name):
            for end in ("hex_a", "hex_b"):
                assert hexes[int(row[end])]["terrain"] in DRY, row["id"]


def test_places_lie_in_their_hex_or_on_their_bank() -> None:
    hexes = rows("hexes")
    assert len(rows("places")) == 765
    for row in rows("places"):
        inside = 105.5 <= float(row["lon"]) <= 117.5 and 21.0 <= float(row["lat"]) <= 36.2
        assert bool(row["hex"]) == inside, row["id"]
        if not inside:
            continue
        true = grid().hex_at(*cone().forward(float(row["lon"]), float(row["lat"])))
        if row["moved_to_bank_of"]:
            assert grid().distance(true, int(row["hex"])) <= 1, row["id"]
        else:
            assert true == int(row["hex"]), row["id"]
        if row["size_1944"]:
            assert hexes[int(row["hex"])]["terrain"] in DRY, row["id"]


def test_airfields_and_boxes_refer_to_what_exists() -> None:
    boxes, places = by_id("boxes"), by_id("places")
    for row in rows("airfields"):
        assert row["id"] in places
        assert bool(row["hex"]) != bool(row["box_id"]), row["id"]
        assert not row["box_id"] or row["box_id"] in boxes
        assert row["hex"] == places[row["id"]]["hex"]
    for row in rows("box_links"):
        assert row["box_id"] in boxes
        if row["joins_kind"] == "box":
            assert row["joins_id"] in boxes
            assert not row["hex"]
        else:
            assert row["place_id"] in places
            assert rows("hexes")[int(row["hex"])]["in_theatre"] == "1"
        low, mid, high = (float(row[f"capacity_t_day{k}"]) for k in ("_low", "", "_high"))
        assert low <= mid <= high


def test_bridges_join_neighbours_and_are_named_by_links() -> None:
    bridges = by_id("bridges")
    for row in bridges.values():
        if row["hex_b"]:
            assert grid().side_between(int(row["hex_a"]), int(row["hex_b"])) >= 0
    for name in ("rail_links", "road_links"):
        for row in rows(name):
            assert not row["bridge_id"] or row["bridge_id"] in bridges


@pytest.mark.parametrize(
    "name", ["river_sides", "road_links", "places", "airfields", "bridges", "boxes", "box_links",
             "rivers", "roads", "banks", "provinces_1944"]
)  # fmt: skip
def test_every_row_has_a_basis(name: str) -> None:
    for row in rows(name):
        assert BASIS.fullmatch(row["basis"]), (name, row)


def test_files_are_small_and_numbers_sane() -> None:
    for path in FOLDER.iterdir():
        assert path.stat().st_size < 2**20, path.name
    assert (FOLDER / "figures_lines.csv").stat().st_size < 700_000
    assert (FOLDER / "relief.csv").stat().st_size < 600_000
    for row in rows("hexes"):
        for key in ("land_share", "lake_share", "flood_zone_share"):
            assert 0.0 <= float(row[key]) <= 1.0
        assert -10.0 <= float(row["elevation_m"]) < 5000.0
    for row in rows("figures_lines"):
        for point in row["points"].split(";"):
            lon, lat = (float(part) for part in point.split())
            assert math.isfinite(lon)
            assert 104.0 < lon < 119.0
            assert 20.0 < lat < 37.0
