import re
from datetime import date

import numpy as np
import pytest

from tairiku.base.errors import DataError, RequestError
from tairiku.report import content
from tairiku.report.drawing import densified, rail_stretches
from tairiku.report.picture import picture
from tairiku.report.player import modules
from tairiku.report.report import FOLDER, credits, write_report
from tairiku.report.tables import read_season, rounded
from tairiku.scenario.load import load_scenario
from tests.report.synthetic import write_run
from tests.report.test_pack import unpack


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("ichigo")


@pytest.fixture(scope="module")
def run(scenario, tmp_path_factory):
    return write_run(tmp_path_factory.mktemp("run"), scenario, days=20)


@pytest.fixture(scope="module")
def page(run, scenario):
    return write_report(run, scenario).read_text(encoding="utf-8")


def payload_of(page):
    return unpack(re.search(r'id="payload">([^<]+)<', page)[1])


def test_the_report_is_one_small_file_that_asks_for_nothing(page):
    assert len(page) < 6_000_000
    assert not re.search(r'(src|href)="(?!data:|#)', page)
    assert "http://" not in re.sub(r'xmlns(:xlink)?="[^"]+"', "", page.split('id="payload"')[0])


def test_the_credits_of_the_map_are_in_it(page):
    for name in ("GeoNames", "Natural Earth", "SRTM30", "GSHHG", "CC BY 4.0", "LGPL"):
        assert name in page


def test_the_same_run_gives_the_same_page(page, run, scenario):
    again = write_report(run, scenario, output=run / "again.html")
    assert again.read_text(encoding="utf-8") == page


def test_the_scenario_is_found_by_the_run_itself(page, run):
    found = write_report(run, output=run / "found.html")
    assert found.read_text(encoding="utf-8") == page


def test_the_page_opens_in_the_language_asked_for(run, scenario):
    german = write_report(run, scenario, output=run / "de.html", lang="de").read_text("utf-8")
    assert '<html lang="de"' in german
    assert "Neben der Geschichte" in german


def test_the_payload_holds_what_happened(page, run, scenario):
    contents, arrays = payload_of(page)
    season = read_season(run, scenario.first_day)
    assert contents["evenings"] == 21
    assert contents["unit_count"] == len(scenario.units)
    for name in ("men", "hex", "fed"):
        assert (arrays[f"u_{name}"] == season.columns[name]).all()
    assert (arrays["e_day"] == season.events["day"]).all()
    assert contents["labels"]["kind"][arrays["e_kind"][0]] in ("battle", "rail-open", "phase-opens")
    ids = [f["id"] for f in contents["formations"]]
    assert len(ids) == len(set(ids)) == len({*ids, *(f.id for f in scenario.formations)})


def test_every_import_of_the_player_is_in_its_map():
    text = modules(FOLDER / "player")
    names = set(re.findall(r'"(tairiku/[a-z_]+\.js)"', text))
    assert names == {f"tairiku/{p.name}" for p in (FOLDER / "player").glob("*.js")}
    for path in (FOLDER / "player").glob("*.js"):
        for target in re.findall(r'from "\./([^"]+)"', path.read_text("utf-8")):
            assert (FOLDER / "player" / target).exists(), path.name
        assert len(path.read_text("utf-8").splitlines()) < 400, path.name


def test_a_folder_without_a_run_is_refused(tmp_path, scenario):
    with pytest.raises(RequestError, match="no run"):
        write_report(tmp_path, scenario)


def test_a_truncated_table_is_named(tmp_path, scenario):
    folder = write_run(tmp_path / "run", scenario, days=2)
    whole = (folder / "units.parquet").read_bytes()
    (folder / "units.parquet").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match=r"units\.parquet"):
        write_report(folder, scenario)


def test_a_summary_that_is_no_json_is_named(tmp_path, scenario):
    folder = write_run(tmp_path / "run", scenario, days=2)
    (folder / "summary.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=r"summary\.json"):
        write_report(folder, scenario)


def test_a_source_s_date_becomes_campaign_days():
    first = date(1944, 4, 17)
    assert content.span("1944-04", first) == [-16, 13]
    assert content.span("", first) is None
    assert content.span("not said", first) is None


def test_only_days_that_do_not_overlap_are_disputed():
    place = {"de": "1944-05-24", "zh": "1944-05-25", "best": "", "low": "1944-05-24"}
    same = {**place, "zh": "1944-05-24/1944-05-25"}
    told = content.beside([place, same], date(1944, 4, 17))
    assert [p["disputed"] for p in told] == [True, False]


def test_boxes_lie_outside_the_map_and_apart(scenario):
    boxes = content.boxes(scenario.map)
    for i, one in enumerate(boxes):
        assert all(abs(one["x"] - b["x"]) + abs(one["y"] - b["y"]) > 60 for b in boxes[:i])


def test_a_japanese_reading_gives_way_to_the_characters(scenario):
    names = content.names_of(scenario.map.place["zhengzhou"])
    assert names[0] == "Zhengzhou"
    assert names[4] == "鄭州"


def test_every_stretch_of_railway_belongs_to_a_link_of_its_line(scenario):
    from tairiku.figures.ground import read_ground

    for outline in read_ground(scenario.map.folder).outlines:
        if outline.kind == "rail":
            stretches = list(rail_stretches(outline, scenario.map))
            drawn = sum(np.hypot(*np.diff(p, axis=0).T).sum() for _, p in stretches)
            assert drawn == pytest.approx(np.hypot(*np.diff(outline.points, axis=0).T).sum())
            assert all(0 <= link < len(scenario.map.rail_links) for link, _ in stretches)


def test_no_two_points_are_further_apart_than_the_step():
    line = densified(np.array([[0.0, 0.0], [25.0, 0.0], [25.0, 3.0]]), 6.0)
    assert np.hypot(*np.diff(line, axis=0).T).max() <= 6.0
    assert line[-1].tolist() == [25.0, 3.0]


def test_numbers_keep_four_digits():
    assert rounded(np.array([12345.6, 0.0123456, 0.0, -9.87654])).tolist() == pytest.approx(
        [12350.0, 0.01235, 0.0, -9.877], rel=1e-6
    )


def test_the_credits_of_a_map_of_its_own_fall_back_on_the_built_in_ones(tmp_path):
    assert "GeoNames" in credits(tmp_path)
    (tmp_path / "SOURCES.md").write_text("# Made up\n\n- by `me`, <CC0>\n", encoding="utf-8")
    assert credits(tmp_path) == (
        "<h3>Made up</h3>\n<p class='item'>by <code>me</code>, &lt;CC0&gt;</p>"
    )


def test_a_picture_of_an_evening(run, scenario):
    svg = picture(run, date(1944, 4, 30), scenario, width=500)
    assert svg.startswith("<svg")
    assert "30 April 1944" in svg
    assert "GeoNames" in svg
