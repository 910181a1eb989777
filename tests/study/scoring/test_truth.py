"""What is scored: the scenario's own places, and one's own file with every fault at once."""

from pathlib import Path

import pytest

from tairiku.base.errors import DataError, RequestError
from tairiku.record.load import load_record
from tairiku.scenario.load import Scenario, load_scenario
from tairiku.study.scoring.setting import read_setting
from tairiku.study.scoring.truth import from_objectives, scored_places
from tairiku.study.scoring.validate import check_request


@pytest.fixture(scope="module")
def tiny() -> Scenario:
    return load_scenario("tiny")


@pytest.fixture(scope="module")
def ichigo() -> Scenario:
    return load_scenario("ichigo")


def test_the_scenarios_own_places(ichigo: Scenario) -> None:
    places = {place.id: place for place in from_objectives(ichigo)}
    nanning = places["nanning"]
    assert [(s.source, s.text) for s in nanning.said] == [("de", "1944-12"), ("zh", "1944-11-24")]
    assert (nanning.first, nanning.best, nanning.last) == (221, 221, 258)
    assert places["yiyang-hunan"].phase == "to-go-1"  # the town on the lake, not that in Henan
    known = load_record().claims
    for place in places.values():
        assert place.claims
        assert set(place.claims) <= set(known)
        assert place.first <= place.best <= place.last


def test_what_scoring_assumes_rests_on_claims_or_says_so(ichigo: Scenario) -> None:
    known = load_record().claims
    for row in read_setting(ichigo).phases:
        parts = row.basis.split(";")
        claims = [p.removeprefix("claim:") for p in parts if p.startswith("claim:")]
        assert set(claims) <= set(known)
        assert any(p.startswith("estimate:") for p in parts)


def test_a_file_of_ones_own(tiny: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text(
        "place,date,source\n"
        "tiecheng,1944-05-04/1944-05-06,a\n"
        "tiecheng,1944-05-09,b\n"
        "donghu,never,a\n"
        "nan-an,1944-04,c\n",
        encoding="utf-8",
    )
    city, lake, bank = scored_places(tiny, path)
    assert (city.id, city.phase) == ("tiecheng", "city")
    assert (city.first, city.best, city.last) == (17, 19, 22)
    assert [(s.source, s.first, s.last) for s in city.said] == [("a", 17, 19), ("b", 22, 22)]
    assert (lake.phase, lake.first, lake.last) == ("city", 30, 30)  # beside the line to the city
    assert (bank.first, bank.last) == (0, 13)  # the campaign begins within the month


def test_every_fault_of_a_file_at_once(tiny: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text(
        "place,date,source,phase\n"
        "tiecheng,1944-06-31,a,\n"
        "tiechen,1944-05-04,a,\n"
        "nan-an,1943-05-04,a,\n"
        "donghu,soon,a,\n"
        "donghu,1944-05-01,b,city\n"
        "donghu,1944-05-02,b,city\n"
        "donghu,1944-05-03,c,crossing\n"
        ",1944-05-03,c,\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError) as caught:
        scored_places(tiny, path)
    text = str(caught.value)
    for part in (
        "truth.csv:2  date '1944-06-31': is not a date; did you mean '1944-06-30'?",
        "truth.csv:3  place 'tiechen': is no place of the gazetteer",
        "tiecheng",
        "truth.csv:4  date '1943-05-04': lies before the campaign's first day, 1944-04-17",
        "truth.csv:5  date 'soon': is not a date in EDTF",
        "truth.csv:7  source 'b': speaks of 'donghu' twice",
        "truth.csv:8  phase 'crossing': gives 'donghu' another phase",
        "truth.csv:9  place",
        "7 problems.",
    ):
        assert part in text, text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("place,day,source\nx,y,z\n", "column 'day': is not a column of this file"),
        ("place,date,source\n", "has no row"),
    ],
)
def test_files_without_sense(tiny: Scenario, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "truth.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="problem") as caught:
        scored_places(tiny, path)
    assert said in str(caught.value)


def test_requests_that_cannot_be_scored(tiny: Scenario) -> None:
    setting, places = read_setting(tiny), scored_places(tiny)
    for campaigns, seed, only, said in (
        (1, 1, [], "2 or more"),
        (5, -1, [], "negative"),
        (5, 1, ["citty"], "city"),
    ):
        with pytest.raises(RequestError, match=said):
            check_request(campaigns, seed, only, setting, places)
    check_request(2, 0, ["city"], setting, places)


def test_a_place_without_a_phase_has_that_of_its_stretch(ichigo: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    phases = {"yancheng": "ko-go", "xiangtan": "to-go-1", "lingling": "to-go-2"}
    phases |= {"tongcheng": "to-go-1", "longzhou": "to-go-3"}  # beyond Wuhan the second begins
    rows = "".join(f"{place},1944-06,x\n" for place in phases)
    path.write_text(f"place,date,source\n{rows}", encoding="utf-8")
    assert {p.id: p.phase for p in scored_places(ichigo, path)} == phases
