import contextlib
import re
import xml.etree.ElementTree as ET
from datetime import date

import numpy as np
import pytest

from tairiku.base.files import DATA
from tairiku.base.hexes import Grid
from tairiku.figures import charts
from tairiku.figures.charts import bars_by_week, lines_by_day, weeks
from tairiku.figures.front import chains, edges, smooth
from tairiku.figures.ground import read_ground
from tairiku.figures.map_svg import City, Counter, Frame, _frame, map_svg
from tairiku.figures.symbols import code, symbol, symbols
from tairiku.scenario.models import Force, UnitKind

GRID = Grid(cols=9, rows=9, pitch_km=18.0)


def ring_of(own):
    kinds = np.ones(len(GRID), int)
    kinds[list(own)] = 0
    return chains(edges(GRID, kinds, 0, lambda kind: True))


def test_one_hex_is_one_ring_of_six_sides():
    ((points, closed),) = ring_of([40])
    assert closed
    assert len(points) == 6
    gaps = np.hypot(*(points - np.array(GRID.centre(40))).T)
    assert gaps == pytest.approx(np.full(6, 9.0))


def test_two_neighbours_are_one_ring_and_two_strangers_two():
    ((points, closed),) = ring_of([40, 41])
    assert closed
    assert len(points) == 10
    assert len(ring_of([20, 60])) == 2


def test_a_hole_has_its_own_ring():
    assert len(ring_of(GRID.neighbours(40))) == 2


def test_the_front_is_open_where_the_map_ends():
    kinds = np.array([0 if GRID.col_row(h)[0] < 4 else 1 for h in range(len(GRID))])
    ((points, closed),) = chains(edges(GRID, kinds, 0, lambda kind: kind == 1))
    assert not closed
    assert len(points) == 17


def test_cutting_corners_keeps_the_ends_of_a_chain():
    line = np.array([[0.0, 0.0], [1.0, 2.0], [3.0, 1.0], [4.0, 4.0]])
    soft = smooth(line, closed=False)
    assert (soft[0] == line[0]).all()
    assert (soft[-1] == line[-1]).all()
    assert len(smooth(line, closed=True)) == 16


def test_every_force_and_kind_of_unit_has_a_valid_symbol():
    for force in Force.__args__:
        for kind in UnitKind.__args__:
            drawn = symbol(force, kind, "division")
            ET.fromstring(drawn.svg)
            assert drawn.diamond == (force in ("japan", "puppet"))
            assert "rgb(128,224,255)" not in drawn.svg
            assert "rgb(255,128,128)" not in drawn.svg


def test_codes_follow_the_standard():
    assert code("japan", "tank", "regiment") == "10061000171205000000"
    assert code("nowhere", "nothing", "none") == "10011000000000000000"


def test_symbols_are_drawn_once_for_each_kind():
    kinds = [("japan", "infantry", "division")] * 3 + [("china", "infantry", "corps")]
    assert list(symbols(kinds)) == ["china/infantry/corps", "japan/infantry/division"]


def absolute(path: str) -> str:
    """A path of M, L, H and V with every point written out."""
    x = y = "0"
    out = []
    for letter, numbers in re.findall(r"([MLHV])([^MLHVZ]*)", path):
        pair = numbers.split()
        x = pair[0] if letter != "V" else x
        y = pair[-1] if letter != "H" else y
        out.append(f"{x} {y}")
    return " ".join(out)


@pytest.mark.parametrize("diamond", [True, False])
def test_the_fill_of_a_frame_grows_with_strength(diamond):
    def area(share: float) -> float:
        numbers = re.sub("[MLZ]", " ", absolute(_frame(diamond, share)[1]))
        x, y = np.array(numbers.split(), float).reshape(-1, 2).T
        return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2.0

    whole = area(1.0)
    assert area(0.0) == 0.0
    assert area(0.5) == pytest.approx(whole / 2.0, rel=0.01)
    assert [area(s / 10) for s in range(11)] == sorted(area(s / 10) for s in range(11))


def test_a_frame_is_a_drawing_with_its_counters_and_names():
    ground = read_ground(DATA / "map")
    control = np.ones(len(ground.grid), int)
    control[2000:2020] = 0
    x, y = ground.grid.centre(2010)
    frame = Frame(
        control=control,
        counters=[Counter(x, y, "japan", "infantry", "division", 0.5, 3)],
        cities=[City(x + 40, y, "Hengyang & Co", 4)],
        caption="18 June 1944",
        credit="Map data",
    )
    svg = map_svg(ground, frame, bounds=(x - 200, y - 200, x + 200, y + 200), width=400)
    root = ET.fromstring(svg)
    assert root.attrib["viewBox"] == "0 0 400 400"
    texts = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Hengyang & Co" in texts
    assert "3" in texts
    assert "18 June 1944" in texts
    assert svg == map_svg(ground, frame, bounds=(x - 200, y - 200, x + 200, y + 200), width=400)


def test_a_chart_is_a_drawing_without_size_of_its_own():
    svg = lines_by_day(date(1944, 4, 17), {"japan": [1e6, 2e6, 1e6], "china": [2e6, 2e6, 3e6]})
    root = ET.fromstring(svg)
    assert "viewBox" in root.attrib
    assert "width" not in root.attrib
    assert "e+" not in svg
    assert "2M" in svg


def test_bars_stand_by_weeks():
    assert weeks(np.arange(8.0)).tolist() == [21.0, 7.0]
    ET.fromstring(bars_by_week(date(1944, 4, 17), {"japan": np.ones(20), "china": np.ones(20)}))


def test_charts_are_sound_by_altairs_own_check(monkeypatch):
    series = {"japan": np.arange(30.0), "china": np.arange(30.0) * 2.0}
    first = date(1944, 4, 17)
    quick = [lines_by_day(first, series), bars_by_week(first, series)]
    monkeypatch.setattr(charts, "unchecked", contextlib.nullcontext)
    monkeypatch.setattr(charts, "VALIDATED", True)
    assert [lines_by_day(first, series), bars_by_week(first, series)] == quick
