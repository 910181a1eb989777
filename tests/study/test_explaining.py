"""Why: exact answers from six days of `tiny`, dice cast again, names, dates, older runs."""

import csv
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tairiku import replay
from tairiku.base.errors import RequestError
from tairiku.base.files import DATA
from tairiku.sim import codes
from tairiku.sim.dice import PURPOSES, u01
from tairiku.sim.parameters import NAMES
from tairiku.study.explaining.casting import cast
from tairiku.study.explaining.claims import claims_of
from tairiku.study.explaining.day import explain_day
from tairiku.study.explaining.events import Dice, addresses, kinds
from tairiku.study.explaining.finding import find_place, find_unit
from tairiku.study.explaining.place import explain_place
from tairiku.study.explaining.replayed import open_run
from tairiku.study.explaining.stopped import CAUSES
from tairiku.study.explaining.unit import explain_unit
from tests.study import explained

RULES = Path(__file__).parent.parent.parent / "docs" / "rules"


@pytest.fixture(scope="module")
def played():
    return explained.play()


@pytest.fixture(scope="module")
def run(played, tmp_path_factory):
    opened = open_run(explained.save(played, tmp_path_factory.mktemp("why") / "tiny"))
    yield opened
    opened.con.close()


def unit_on(run, unit, day):
    return explain_unit(run, Dice(run), unit, day)


def test_dice_are_those_of_the_rules():
    key = SimpleNamespace(key_seed=np.uint64(7), key_replica=np.uint64(3))
    at = [(day, purpose, entity, day % 5) for day in (0, 1, 76, 239) for purpose in (3, 24)
          for entity in (0, 17, 767, 8191)]  # fmt: skip
    theirs = [float(u01(key, *address)) for address in at]
    assert cast((7, 3), np.array(at)).tolist() == theirs


def test_every_die_agrees_with_what_happened(run):
    dice = Dice(run)
    found = 0
    for event in run.events("true", [], 0, explained.DAYS):
        for die in dice.of(event):
            if die["against"] is not None:
                assert (die["die"] < die["against"]) == (die["happens"] == "below"), event
                found += 1
    assert found >= 3


def test_why_a_division_gave_way(run):
    told = unit_on(run, "cn-t-1d", 1)
    assert told["date"] == "1944-04-18"
    assert told["march"]["stopped"] == "retreat"
    retreat = next(e for e in told["events"] if e["kind"] == "retreat")
    assert told["march"]["event"] == retreat["number"]
    assert retreat["where"]["hex"] == 31
    # what the hazard rests on: loss, chance, cohesion, rounds, way back
    assert retreat["a"] == pytest.approx(0.108, abs=0.001)
    assert retreat["b"] == pytest.approx(0.511, abs=0.001)
    assert retreat["c"] == pytest.approx(0.492, abs=0.001)
    assert (retreat["d"], retreat["e"]) == (1.0, 0.0)
    die = retreat["dice"][0]
    assert die["what"] == "gives-way"
    assert die["die"] < die["against"] == retreat["b"]
    assert "M23" in retreat["mechanisms"]
    assert retreat["chapter"] == "docs/rules/combat.md"


def test_a_battle_tells_what_its_losses_rest_on(run):
    told = unit_on(run, "jp-t-1d", 0)
    assert [e["kind"] for e in told["events"] if e["where"] and e["where"]["hex"] == 24][-5:] == [
        "battle", "exchange", "battleground", "siege-begins", "assault-begins",
    ]  # fmt: skip
    battle = next(e for e in told["events"] if e["kind"] == "battle")
    assert told["men"]["battle_losses"] <= battle["c"]
    ground = next(e for e in told["events"] if e["kind"] == "battleground")
    assert codes.POSTURE_NAMES[int(ground["a"])] == "fortified-defence"


def test_the_order_comes_from_the_headquarters_above(run):
    order = unit_on(run, "jp-t-1d", 0)["order"]
    assert (order["order"], order["since"]) == ("attack", "1944-04-17")
    assert order["giver"] == "jp-t-1d"
    assert order["through"] == "jp-t-army"


def test_what_stopped_whom(run):
    stopped = {u: unit_on(run, u, 5)["march"] for u in ("jp-t-1d", "jp-t-tank", "cn-t-4d")}
    assert stopped["jp-t-1d"]["stopped"] == "fighting"
    assert {e["unit"] for e in stopped["jp-t-1d"]["enemy"]} == {"cn-t-4d"}
    assert stopped["jp-t-1d"]["siege"]["phase"] == "assault"
    assert stopped["jp-t-tank"]["stopped"] == "blocked-enemy"
    assert stopped["jp-t-tank"]["enemy"][0]["unit"] == "cn-t-2d"
    assert stopped["cn-t-4d"]["stopped"] == "holds"


def test_which_depot_by_which_line(run):
    supply = unit_on(run, "jp-t-1d", 1)["supply"]
    assert supply["depot"]["id"] == "jp-t-depot"
    (leg,) = supply["way"]["legs"]
    # from 17, where it stood in the morning, over 10 to the depot in 3
    assert (leg["means"], leg["from"]["hex"], leg["to"]["hex"]) == ("rail", 17, 3)
    assert leg["km"] == round(2 * run.scenario.map.grid.pitch_km)
    assert leg["line"] == next(
        r.line for r in run.scenario.map.rail_links if {r.hex_a, r.hex_b} == {10, 17}
    )
    assert 0 < supply["got_kg"] <= supply["need_kg"]
    assert supply["cut"] is None


def test_what_cut_the_way_and_who(played, tmp_path):
    folder = explained.save(played, tmp_path / "cut", explained.cut_off(played, "jp-t-1d", 24))
    run = open_run(folder)
    supply = unit_on(run, "jp-t-1d", 5)["supply"]
    run.con.close()
    assert supply["depot"] is None
    assert supply["days_cut"] == 1
    assert supply["way"] is None
    cut = supply["cut"]
    assert (cut["cause"], cut["at"]["hex"], cut["held_by"]) == ("enemy-holds", 24, "china")
    assert cut["since"] == "1944-04-21"
    assert cut["depot"]["id"] == "jp-t-depot"


def test_when_and_why_a_place_fell(run):
    place = next(p.id for p in run.scenario.map.places if p.hex == 24)
    told = explain_place(run, Dice(run), place, 5)
    assert [h["side"] for h in told["holders"]] == ["china", "japan"]
    (fall,) = told["falls"]
    assert (fall["date"], fall["side"]) == ("1944-04-18", "japan")
    assert [u["unit"] for u in fall["garrison"]] == ["cn-t-1d"]
    assert [e["kind"] for e in fall["causes"]] == ["retreat"]
    assert told["siege"] is None
    assert explain_place(run, Dice(run), place, 0)["siege"]["phase"] == "assault"


def test_the_chief_events_of_a_day(run):
    told = explain_day(run, Dice(run), 1)
    assert told["events"][0]["kind"] == "city-taken"
    assert told["events_all"] == len(run.events("true", [], 1, 1))
    japan = next(f for f in told["forces"] if f["force"] == "japan")
    assert japan["killed"] >= 0


def test_men_are_accounted_for(run):
    for day in range(1, explained.DAYS):
        men = unit_on(run, "cn-t-1d", day)["men"]
        change = sum(men[f"{key}_change"] for key in ("sick", "wounded", "stragglers"))
        assert men["before"] - men["men"] == men["gone"] + change


@pytest.mark.parametrize("name", ["jp-68d", "68th Division", "第68師団", "第68师团"])
def test_units_are_found_by_any_name(name):
    from tairiku.scenario.load import load_scenario

    rows = [{"unit": u.id} for u in load_scenario("ichigo").units]
    run = SimpleNamespace(rows=lambda _: rows, scenario=load_scenario("ichigo"), date=None)
    assert find_unit(run, name) == "jp-68d"


def test_unknown_names_say_what_is_near(run):
    with pytest.raises(RequestError, match="unit 'jp-t-1x' is not known; did you mean 'jp-t-1d'"):
        find_unit(run, "jp-t-1x")
    with pytest.raises(RequestError, match=r"jp-t-army.*has no rows"):
        find_unit(run, "jp-t-army")
    with pytest.raises(RequestError, match="place 'Nowhere-on-Sea' is not known"):
        find_place(run, "Nowhere-on-Sea")


def test_dates_outside_the_run_are_refused(run):
    assert run.days_of("1944-04-18") == (1, 1)
    assert run.days_of("1944-04-20/1944-05-30") == (3, 5)
    with pytest.raises(RequestError, match=r"outside the run \(1944-04-17 to 1944-04-22\)"):
        run.days_of("1944-07-02")
    with pytest.raises(RequestError, match="not a date"):
        run.days_of("yesterday")


def test_a_run_of_the_first_schema_is_read_without_its_causes(played, tmp_path):
    old = {name: columns for name, columns in replay.TABLES.items() if columns[0].since == 1}
    schema = {name: [c for c in columns if c.since == 1] for name, columns in old.items()}
    tables = {
        name: {c.name: played.tables[name][c.name] for c in columns}
        for name, columns in schema.items()
    }
    (tmp_path / "old").mkdir()
    replay.write(tmp_path / "old", tables, {**played.identity, "schema_version": "1"}, schema)
    run = open_run(tmp_path / "old")
    told = unit_on(run, "cn-t-1d", 1)
    run.con.close()
    assert told["march"]["stopped"] is None
    assert told["supply"]["need_kg"] is None
    assert told["supply"]["depot"]["id"] == "cn-t-depot"
    assert [e["kind"] for e in told["events"] if e["kind"] == "retreat"] == ["retreat"]


def test_claims_are_those_of_the_days_about():
    from datetime import date

    found = claims_of("jp-68d", date(1944, 7, 2), date(1944, 7, 2), 3)
    ids = [claim["id"] for claim in found]
    assert "DE-226" in ids  # it withdraws on 3 July
    assert len(ids) == len(set(ids))
    assert claims_of("no-such-thing", date(1944, 7, 2), date(1944, 7, 2), 3) == []


def test_every_kind_of_event_has_its_rule():
    named = [name for name in codes.EVENT_NAMES if name != "none"]
    assert sorted(kinds()) == sorted(named)
    path = DATA / "scenarios" / "ichigo" / "mechanisms.csv"
    known = {row["id"] for row in csv.DictReader(path.read_text("utf-8").splitlines())}
    for name, kind in kinds().items():
        assert set(kind.mechanisms) <= known, name
        assert (RULES / f"{kind.chapter}.md").is_file(), name


def test_every_die_has_an_address_of_the_rules():
    for kind, rows in addresses().items():
        assert kind in codes.EVENT_NAMES
        for row in rows:
            assert PURPOSES[row.code] == row.purpose
            assert row.against in ("", *"abcde", *NAMES)
            assert row.entity in ("unit", "other", "hex")


def test_causes_are_those_that_can_be_named(run):
    _ = run.cause("cn-t-1d", 1)
    found = {row["cause"] for row in run.rows("SELECT DISTINCT cause FROM stopped")}
    assert found <= set(CAUSES)
    assert {"fighting", "retreat", "holds", "static", "goes-on"} <= found
