import zlib
from pathlib import Path

import numpy as np
import pytest

from tairiku.base.errors import DataError
from tairiku.base.files import DATA
from tairiku.base.projection import Albers
from tairiku.figures.ground import Heights, read_ground
from tairiku.figures.palette import painted, palettes, rgb
from tairiku.figures.png import data_uri, png
from tairiku.figures.relief import inverse, relief

ALBERS = Albers(23.5, 33.7, 28.6, 111.5, 6371.0072)


@pytest.fixture(scope="module")
def ground():
    return read_ground(DATA / "map")


def test_outlines_lie_in_the_plane_of_the_map(ground):
    # lines of the sources go on for a little beyond the hexes
    west, south, east, north = (
        edge + way * 60 for edge, way in zip(ground.bounds, (-1, -1, 1, 1), strict=True)
    )
    rails = [line for line in ground.outlines if line.kind == "rail"]
    assert rails
    for line in rails:
        assert west < line.points[:, 0].min()
        assert line.points[:, 0].max() < east
        assert south < line.points[:, 1].min()
        assert line.points[:, 1].max() < north


def test_no_coast_runs_along_the_edge_of_the_data(ground):
    for line in ground.outlines:
        if line.kind == "coast":
            assert np.hypot(*np.diff(line.points, axis=0).T).max() <= 60.0


def test_a_line_that_is_no_list_of_points_is_named(tmp_path):
    (tmp_path / "grid.toml").write_text((DATA / "map" / "grid.toml").read_text("utf-8"), "utf-8")
    text = 'id,kind,class,name,status,points\nbad,rail,1435,X,,"113 34;here"\n'
    (tmp_path / "figures_lines.csv").write_text(text, "utf-8")
    with pytest.raises(DataError, match="bad"):
        read_ground(tmp_path)


def test_a_map_without_outlines_or_heights_is_a_ground_all_the_same(tmp_path):
    (tmp_path / "grid.toml").write_text((DATA / "map" / "grid.toml").read_text("utf-8"), "utf-8")
    bare = read_ground(tmp_path)
    assert bare.outlines == ()
    assert bare.heights is None


def test_inverse_projection_for_arrays_agrees_with_the_one_for_points():
    lon, lat = inverse(ALBERS, np.array([0.0, 300.0, -500.0]), np.array([0.0, -700.0, 650.0]))
    for k, point in enumerate([(0.0, 0.0), (300.0, -700.0), (-500.0, 650.0)]):
        assert (lon[k], lat[k]) == pytest.approx(ALBERS.inverse(*point), abs=1e-9)


def heights(metres):
    lats, lons = np.linspace(31.0, 27.0, 41), np.linspace(109.5, 113.5, 41)
    return Heights(lats, lons, metres(*np.meshgrid(lons, lats)))


BOX = (-100.0, -100.0, 100.0, 100.0)


def test_flat_ground_is_neither_lit_nor_dark():
    flat = relief(heights(lambda lon, lat: 0 * lon + 500.0), ALBERS, BOX, cell=10.0)
    assert flat.light.shape == (20, 20)
    assert np.abs(flat.light.astype(int) - 128).max() <= 3


def test_slopes_to_the_north_west_are_bright_and_to_the_south_east_dark():
    bright = relief(
        heights(lambda lon, lat: 9000 + (lon - lat - 82.5) * 2500), ALBERS, BOX, cell=10.0
    )
    dark = relief(
        heights(lambda lon, lat: 9000 - (lon - lat - 82.5) * 2500), ALBERS, BOX, cell=10.0
    )
    assert bright.light.mean() > 140
    assert dark.light.mean() < 116


def test_sea_is_tint_nought_and_flat():
    sea = relief(heights(lambda lon, lat: 0 * lon), ALBERS, BOX, cell=10.0)
    assert (sea.tint == 0).all()
    assert (sea.light == 128).all()
    assert (painted(sea) == rgb(palettes()["light"]["sea"])).all()


def test_tints_rise_with_height():
    rising = relief(heights(lambda lon, lat: 200 + (lon - 109.5) * 600), ALBERS, BOX, cell=10.0)
    assert (np.diff(rising.tint.astype(int), axis=1) >= 0).all()


def test_png_gives_back_its_pixels():
    pixels = np.random.default_rng(1).integers(0, 256, (5, 7, 3)).astype(np.uint8)
    image = png(pixels)
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    at, body = 8, b""
    while at < len(image):
        length = int.from_bytes(image[at : at + 4], "big")
        name, chunk = image[at + 4 : at + 8], image[at + 8 : at + 8 + length]
        check = int.from_bytes(image[at + 8 + length : at + 12 + length], "big")
        assert zlib.crc32(name + chunk) == check
        body += chunk if name == b"IDAT" else b""
        at += 12 + length
    rows = np.frombuffer(zlib.decompress(body), np.uint8).reshape(5, 22)
    assert (rows[:, 0] == 2).all()
    assert (np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8).reshape(5, 7, 3) == pixels).all()
    assert data_uri(image).startswith("data:image/png;base64,iVBOR")


def test_png_refuses_what_is_no_picture():
    with pytest.raises(ValueError, match="give"):
        png(np.zeros((2, 2), np.uint8))


def test_both_palettes_have_the_same_colours():
    light, dark = palettes()["light"], palettes()["dark"]
    assert light.keys() == dark.keys()
    assert len(light["tints"]) == len(dark["tints"])


def test_the_sides_differ_in_lightness_as_well_as_in_hue():
    def grey(colour: str) -> float:
        return float(np.dot(rgb(colour), (0.299, 0.587, 0.114)))

    for palette in palettes().values():
        assert abs(grey(palette["japan-fill"]) - grey(palette["china-fill"])) < 120
        assert rgb(palette["japan-fill"])[0] > rgb(palette["japan-fill"])[2] + 40
        assert rgb(palette["china-fill"])[2] > rgb(palette["china-fill"])[0] + 40


def test_the_module_s_folder_holds_no_data_of_history():
    # looks only: colours and codes of symbols
    folder = Path(__file__).parent.parent.parent / "src" / "tairiku" / "figures"
    assert {p.name for p in folder.glob("*.toml")} == {"palette.toml", "symbols.toml"}
