"""The explanation in words: five languages, the command, and what the page carries of it."""

import json
import re

import numpy as np
import pytest

from tairiku import cli
from tairiku.base.names import LANGUAGES
from tairiku.report.explaining import event_lines, place_lines, stopped_text, unit_lines
from tairiku.report.pack import Pack
from tairiku.report.reasons import pack_reasons
from tairiku.report.sentences import Teller
from tairiku.report.words import words
from tairiku.study.explaining.events import Dice, addresses
from tairiku.study.explaining.place import explain_place
from tairiku.study.explaining.replayed import open_run
from tairiku.study.explaining.stopped import CAUSES
from tairiku.study.explaining.unit import explain_unit
from tests.report.test_pack import unpack
from tests.study import explained


@pytest.fixture(scope="module")
def played():
    return explained.play()


@pytest.fixture(scope="module")
def folder(played, tmp_path_factory):
    return explained.save(played, tmp_path_factory.mktemp("why") / "tiny")


@pytest.fixture(scope="module")
def run(folder):
    opened = open_run(folder)
    yield opened
    opened.con.close()


def ask(*arguments):
    """Run `tairiku explain` in this process; its exit code."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["explain", *map(str, arguments)])
    return ended.value.code


def test_every_cause_and_die_has_its_words():
    assert {f"stopped.{cause}" for cause in CAUSES} <= set(words())
    assert {f"die.{row.what}" for rows in addresses().values() for row in rows} <= set(words())


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_told_in_every_language(run, language):
    say, dice = Teller(run.scenario, language), Dice(run)
    place = next(p.id for p in run.scenario.map.places if p.hex == 24)
    lines = place_lines(say, explain_place(run, dice, place, 5))
    for day in range(explained.DAYS):
        for unit in run.scenario.unit_index:
            told = explain_unit(run, dice, unit, day)
            if told is None:
                continue
            lines += unit_lines(say, told)
            lines += [("", text) for e in told["events"] for text in event_lines(say, e)]
    assert len(lines) > 300
    for label, text in lines:
        assert text.strip(), label
        assert not re.search(r"[{}]|None|\bnan\b", text), text
        # a key where a word should be
        assert not re.search(r"\b(event|stopped|means|cut|why|die|posture|order)\.[a-z]", text), (
            text
        )


def test_a_retreat_in_words(run):
    say = Teller(run.scenario, "en")
    told = explain_unit(run, Dice(run), "cn-t-1d", 1)
    assert stopped_text(say, told["march"]) == "It gave way and fell back."
    event = next(e for e in told["events"] if e["kind"] == "retreat")
    first, die, *_ = event_lines(say, event)
    assert "after losing 11 % (chance 51 %, cohesion 49 %, ammunition 100 %)" in first
    assert die == f"die for giving way {event['dice'][0]['die']:.3f} against 0.511"
    german = Teller(run.scenario, "de")
    assert event_lines(german, event)[1].endswith("gegen 0,511")


def test_a_cut_way_in_words(played, tmp_path):
    cut = explained.save(played, tmp_path / "cut", explained.cut_off(played, "jp-t-1d", 24))
    run = open_run(cut)
    say = Teller(run.scenario, "en")
    lines = dict(unit_lines(say, explain_unit(run, Dice(run), "jp-t-1d", 5)))
    run.con.close()
    assert lines["Line of supply"].startswith("The way of 1944-04-21 is cut ")
    assert lines["Line of supply"].endswith("the enemy holds it.")
    assert lines["No way to supply for"] == "1 days"


def test_the_command_tells_a_unit(folder, capsys):
    assert ask(folder, "--unit", "jp-t-1d", "--date", "1944-04-18") == 0
    said = capsys.readouterr().out
    for word in ("What stopped it", "Line of supply", "rail", "docs/rules/combat.md", "M32"):
        assert word in said


def test_the_command_tells_a_span_a_place_and_a_day(folder, capsys):
    assert ask(folder, "--unit", "cn-t-1d", "--date", "1944-04-17/1944-04-22") == 0
    assert "04-18" in capsys.readouterr().out
    assert ask(folder, "--date", "1944-04-18", "--lang", "zhs") == 0
    assert "占领" in capsys.readouterr().out


def test_the_command_in_json(folder, capsys):
    assert ask(folder, "--unit", "cn-t-1d", "--date", "1944-04-18", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["unit"] == "cn-t-1d"
    assert told["days"][0]["march"]["stopped"] == "retreat"
    assert told["claims"] == []  # an invented unit


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--unit", "jp-t-2x", "--date", "1944-04-18"), "did you mean 'jp-t-2d'?"),
        (("--unit", "jp-t-1d", "--date", "1944-07-02"), "lies outside the run"),
        (("--unit", "jp-t-1d", "--date", "soon"), "not a date"),
        (("--unit", "a", "--place", "b", "--date", "1944-04-18"), "two questions"),
    ],
)
def test_wrong_questions_end_with_2(folder, capsys, arguments, said):
    assert ask(folder, *arguments) == 2
    assert said in capsys.readouterr().err


def test_no_run_ends_with_2(tmp_path, capsys):
    assert ask(tmp_path, "--unit", "jp-t-1d", "--date", "1944-04-18") == 2
    assert "there is no run" in capsys.readouterr().err


def test_the_page_carries_ways_and_dice(run, folder):
    pack = Pack()
    contents = pack_reasons(pack, folder, run.scenario)
    told, arrays = unpack(pack.text(contents))
    rows = run.rows("SELECT * FROM ways ORDER BY side DESC, day, hex")
    assert len(arrays["s_hex"]) == len(rows)
    assert arrays["s_hex"].tolist() == [row["hex"] for row in rows]
    onward = np.where(arrays["s_next"] == 0, -1, arrays["s_hex"] + arrays["s_next"])
    assert onward.tolist() == [-1 if row["next"] is None else row["next"] for row in rows]
    assert told["rules"]["retreat"] == "combat, M14, M23"
    events = run.rows("SELECT * FROM events WHERE kind NOT IN ('none', 'control')")
    dice = [(i, die) for i, e in enumerate(events) for die in Dice(run).of(e)]
    assert arrays["d_event"].tolist() == [i for i, _ in dice]
    assert arrays["d_die"].tolist() == [round(1000 * die["die"]) for _, die in dice]
