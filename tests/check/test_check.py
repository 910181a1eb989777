"""`check_scenario` on sound scenarios and on copies of `tiny` with one fault each."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tairiku.base.errors import RequestError
from tairiku.check import check_scenario
from tairiku.scenario.load import scenario_folder

TINY = scenario_folder("tiny")


def copy(folder: Path) -> Path:
    shutil.copytree(TINY, folder)
    return folder


@pytest.mark.parametrize("name", ["ichigo", "tiny"])
def test_our_own_scenarios_are_sound(name: str) -> None:
    assert [str(problem) for problem in check_scenario(name)] == []


def test_an_unknown_scenario_is_a_request_that_cannot_be_met() -> None:
    with pytest.raises(RequestError, match="ichigo"):
        check_scenario("ichigoo")


# file, text, what stands in its place, where and what the message names
FAULTS = [
    ("units.csv", "12600,14000", "-5,14000", "units.csv:2", "men_low '-5'"),
    ("units.csv", "12600,14000,15400", "12600,16000,15400", "units.csv:2", "men_best '16000'"),
    ("units.csv", "jp-t-2d,japan", "jp-t-9d,japan", "units.csv:3", "jp-t-2d"),
    ("units.csv", "jp-t-1d,japan", "jp-t-1d,china", "units.csv:2", "side 'china'"),
    ("units.csv", "invented,dongcun", "invented,dongcum", "units.csv:3", "did you mean 'dongcun'"),
    ("units.csv", "invented,dongcun", "invented,nan-an", "units.csv:3", "held by china"),
    ("units.csv", "infantry,12600", "infantery,12600", "units.csv:2", "type 'infantery'"),
    ("units.csv", "dongcun,,,,,", "dongcun,,,1945-04-01,,", "units.csv:3", "last day"),
    ("command.csv", "jp-t-army,jp-t-high", "jp-t-army,jp-t-hihg", "command.csv", "jp-t-high"),
    ("command.csv", "jp-t-1d,jp-t-army", "jp-t-army,jp-t-army", "command.csv", "superior"),
    (
        "command.csv",
        "jp-t-garrison,jp-t-army",
        "jp-t-wing,jp-t-army",
        "units.csv:7",
        "headquarters",
    ),
    ("command.csv", "cn-t-1c,cn-t-wz,,", "cn-t-1c,cn-t-1d,,", "command.csv", "commands itself"),
    ("leaders.csv", "jp-t-army,Commander", "jp-t-navy,Commander", "leaders.csv:2", "jp-t-navy"),
    ("leaders.csv", "energetic,7,4", "energetic,17,4", "leaders.csv:2", "initiative '17'"),
    ("depots.csv", "box-north", "box-nowhere", "depots.csv:2", "box-nowhere"),
    ("depots.csv", "1500,800,100", "1500,800,-100", "depots.csv", "-100"),
    ("air_units.csv", "Ki-48-II", "Ki-84-XX", "air_units.csv:3", "Ki-84-XX"),
    ("air_units.csv", "donghu-airfield", "donghu-field", "air_units.csv:4", "donghu-field"),
    ("air_units.csv", "1944-04-17,,,", "1944-04-17,,soon,", "air_units.csv:2", "date:place"),
    ("control.csv", "0,japan", "0,nobody", "control.csv:2", "side 'nobody'"),
    ("control.csv", "48,china", "47,china", "control.csv", "48"),
    ("cities.csv", "tiecheng,30", "xiqiao,30", "cities.csv:2", "xiqiao"),
    ("route.csv", "3,nan-an", "3,nan-anne", "route.csv:4", "did you mean 'nan-an'"),
    ("weather.csv", "Tiecheng,tiecheng,12", "Tiecheng,tiecheng,11", "weather.csv", "month 12"),
    ("objectives.csv", "1944-04-20", "1944-04-31", "objectives.csv:2", "1944-04-30"),
    ("objectives.csv", "place,tiecheng", "place,tiechen", "objectives.csv:3", "tiechen"),
    ("objectives.csv", "invented,estimate:", "invented,guess:", "objectives.csv:2", "no basis"),
    ("scenario.toml", 'parent = "ichigo"', 'parent = "ichi"', "scenario.toml", "ichi"),
    ("scenario.toml", "1944-05-16", "1944-04-16", "scenario.toml", "before first_day"),
    ("scenario.toml", "title", "titel", "scenario.toml", "titel"),
    ("scenario.toml", 'basis = "estimate: invented"', "", "scenario.toml", "the two days rest on"),
    ("map/rail_links.csv", "rail-3-10,3,10", "rail-3-10,3,4000", "rail_links.csv:2", "4000"),
    ("map/rail_links.csv", "rail-3-10,3,10", "rail-3-10,3,30", "rail_links.csv:2", "neighbour"),
    ("map/rail_links.csv", "da-he", "da-hu", "rail_links.csv", "da-hu"),
    ("map/road_links.csv", "ploughed", "dug-up", "road_links.csv", "dug-up"),
    ("map/box_links.csv", "box-north,hex", "box-south,hex", "box_links.csv:2", "box-south"),
    ("map/hexes.csv", "Heyuan", "Hoyuan", "hexes.csv:2", "did you mean 'Heyuan'"),
    ("map/hexes.csv", "plain", "planes", "hexes.csv", "planes"),
    ("map/places.csv", "beizhan,Beizhan", "beizham,Beizhan", "hexes.csv", "beizhan"),
    ("map/grid.toml", "pitch_km = 18.0", "pitch_km = -18.0", "grid.toml", "pitch_km"),
    ("plans/japan/tasks.csv", "attack,nan-an", "attack,nan-anne", "tasks.csv", "nan-anne"),
    ("variants/bridge-down.toml", "da-he", "da-hu", "bridge-down.toml", "da-hu"),
    ("variants/japan-halved.toml", "men = 0.5", "man = 0.5", "japan-halved.toml", "man"),
]


@pytest.mark.parametrize(("file", "old", "new", "where", "what"), FAULTS)
def test_each_kind_of_fault_is_told(
    tmp_path: Path, file: str, old: str, new: str, where: str, what: str
) -> None:
    folder = copy(tmp_path / "copy")
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    told = [str(problem) for problem in check_scenario(folder)]
    assert any(where in line and what in line for line in told), "\n".join(told)


def test_parameters_of_its_own(tmp_path: Path) -> None:
    folder = copy(tmp_path / "copy")
    text = (scenario_folder("ichigo") / "parameters.toml").read_text("utf-8")
    text = text.replace("[setup.food_days]\nvalue = 5.0", "[setup.food_days]\nvalue = 50.0")
    text = text.replace("[setup.food_man]", "[setup.food_woman]")
    text = text.replace('unit = "days"\nreason = "grain', 'reason = "grain', 1)
    (folder / "parameters.toml").write_text(text, encoding="utf-8")
    told = "\n".join(map(str, check_scenario(folder)))
    assert "setup.food_days.value '50': is outside its own range [3, 7]" in told
    assert "setup.fodder_days.unit" in told


def test_all_faults_of_all_files_in_one_pass(tmp_path: Path) -> None:
    folder = copy(tmp_path / "copy")
    for file, old, new in (
        ("units.csv", "12600,14000", "-5,14000"),
        ("map/rail_links.csv", "rail-3-10,3,10", "rail-3-10,3,4000"),
        ("leaders.csv", "jp-t-army,Commander", "jp-t-navy,Commander"),
        ("variants/bridge-down.toml", "da-he", "da-hu"),
    ):
        path = folder / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    (folder / "depots.csv").unlink()
    told = "\n".join(map(str, check_scenario(folder)))
    for word in ("-5", "4000", "jp-t-navy", "da-hu"):
        assert word in told
    assert "cn-dp" not in told


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_spoilt_cell_is_never_a_traceback(tmp_path_factory: object, data: st.DataObject) -> None:
    """Whatever stands in a cell, the check answers with problems, or finds it sound."""
    folder = copy(tmp_path_factory.mktemp("spoilt") / "copy")  # type: ignore[attr-defined]
    files = sorted(folder.rglob("*.csv"))
    path = data.draw(st.sampled_from(files))
    lines = path.read_text("utf-8").splitlines()
    line = data.draw(st.integers(0, len(lines) - 1))
    cells = lines[line].split(",")
    cell = data.draw(st.integers(0, len(cells) - 1))
    cells[cell] = data.draw(st.sampled_from(["", "-1", "999999", "x y", "1944-06-31", "ü", "1e9"]))
    lines[line] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for problem in check_scenario(folder):
        assert problem.file
        assert problem.message
