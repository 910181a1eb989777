"""Plan files: what is read, what is refused, and the plans of the scenarios themselves."""

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from tairiku.base.errors import DataError
from tairiku.command.plan_data import RoleRow, fill, read_plan
from tairiku.command.plan_layout import NAMED
from tairiku.command.setup import build_plans
from tairiku.scenario.load import load_scenario
from tairiku.sim.parameters import NAMES

PLANS = Path(str(files("tairiku.data"))) / "scenarios/ichigo/plans"

HEAD = 'name = "test"\nside = "china"\nbasis = "estimate: test"\n'
PHASES = "id,name,start,basis\none,First,always,estimate: test\n"
TASKS = "who,step,order,place,basis\ncn-1c,hold,hold,here,estimate: test\n"


def folder(tmp_path, **texts):
    """A plan folder with these files in place of the good ones."""
    good = {"plan.toml": HEAD, "phases.csv": PHASES, "tasks.csv": TASKS}
    for name, text in (good | {k.replace("_", "."): v for k, v in texts.items()}).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_good_plan_is_read(tmp_path):
    plan = read_plan(folder(tmp_path))
    assert [task.name for task in plan.tasks] == ["cn-1c/hold"]
    assert plan.phases[0][1].name == "First"


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("tasks.csv", TASKS.replace("here,estimate: test", "here,a book"), "write claim:ID"),
        ("tasks.csv", TASKS.replace("hold,here", "charge,here"), "no order is called 'charge'"),
        ("tasks.csv", TASKS.replace("who,", "who,wish,").replace("cn-1c,", "cn-1c,x,"), "wish"),
        ("tasks.csv", TASKS.replace(",here,", ","), "as many cells"),
        ("tasks.csv", TASKS.replace("place,basis", "lag,basis").replace("here", "soon"), "days"),
        ("phases.csv", PHASES.replace("always,", ","), "start"),
        ("plan.toml", HEAD + "wish = 1\n", "wish"),
        ("plan.toml", "name = ", "plan.toml"),
        ("air.csv", "mission,weight,basis\nbombing,3,estimate: t\n", "no mission is called"),
    ],
)
def test_a_fault_is_reported_with_its_place(tmp_path, name, text, word):
    with pytest.raises(DataError, match=word) as caught:
        read_plan(folder(tmp_path, **{name.replace(".", "_"): text}))
    assert name in str(caught.value)


def test_faults_of_several_files_come_in_one_pass(tmp_path):
    bad = TASKS + "cn-2c,x,charge,here,estimate: t\ncn-3c,x,hold,here,nobody\n"
    with pytest.raises(DataError) as caught:
        read_plan(folder(tmp_path, tasks_csv=bad, plan_toml=HEAD + "wish = 1\n"))
    assert len(caught.value.problems) == 3


def test_a_role_fills_its_template():
    role = RoleRow(who="cn-1c", role="line", place="xuchang", basis="estimate: t")
    assert fill("lost:{place}", role) == "lost:xuchang"
    assert fill("{aside or refuge}", role) == "refuge"
    assert fill("{city}", role) == ""


def test_roles_become_tasks_one_node_each(tmp_path):
    template = (
        "role,step,order,place,end,then,basis\n"
        "line,stand,delay,{place or here},never,aside,estimate: t\n"
        "line,aside,refit,{aside or refuge},,,estimate: t\n"
    )
    roles = (
        "who,role,place,aside,basis\na;b,line,xuchang,,estimate: t\na,line,,lushan,estimate: t\n"
    )
    plan = read_plan(folder(tmp_path, templates_csv=template, roles_csv=roles))
    made = [(task.name, task.row.place, task.then) for task in plan.tasks[:6]]
    assert made[0] == ("a/line-1.stand", "xuchang", "a/line-1.aside")
    assert made[1] == ("a/line-1.aside", "refuge", "")
    assert made[2][0] == "b/line-1.stand"
    assert made[5] == ("a/line-2.aside", "lushan", "")


def test_an_unknown_role_is_refused(tmp_path):
    template = "role,step,order,basis\nline,x,hold,estimate: t\n"
    roles = "who,role,basis\na,wall,estimate: t\n"
    with pytest.raises(DataError, match="no such role"):
        read_plan(folder(tmp_path, templates_csv=template, roles_csv=roles))


def test_numbers_left_to_the_parameters_are_parameters():
    assert {f"commander.{name}" for name in NAMED[1:]} <= set(NAMES)


@pytest.mark.parametrize("name", ["ichigo", "tiny"])
def test_the_plans_of_a_scenario_can_be_laid_out(name):
    plans = build_plans(load_scenario(name))
    assert [int(plan.side) for plan in plans] == [0, 1]
    assert all(plan.n_tasks > 0 and plan.n_whos > 0 for plan in plans)


@pytest.mark.parametrize("table", sorted(PLANS.rglob("*.csv")))
def test_no_plan_names_a_day(table):
    """History is not on rails: a task begins on what is seen, never on a date."""
    with table.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for column in ("start", "end"):
                assert "day>=" not in f" {row.get(column) or ''}".replace("days>=", "")
                assert "1944" not in (row.get(column) or "")
