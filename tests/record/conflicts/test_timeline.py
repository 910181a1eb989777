"""The stories side by side: days, gaps, and the commands that print them."""

import json
from datetime import date
from pathlib import Path

import pytest

from tairiku.base.errors import RequestError
from tairiku.cli import app
from tairiku.record.load import load_record
from tairiku.record.timeline import gaps, timeline
from tests.record.conflicts.cases import claim, record_of
from tests.record.small import OTHER, write_source


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    code = app(["record", *words], exit_on_error=False, result_action="return_value")
    assert code == 0
    return capsys.readouterr().out


def test_days_in_order_with_their_gap(tmp_path: Path) -> None:
    record = record_of(
        tmp_path,
        claim("OLD-1", "luoyang", "fell", "1944-05-24", side="japan", date="1944-05-24"),
        claim("NEW-1", "luoyang", "fell", "1944-05-25", side="japan", date="1944-05-25"),
        claim("OLD-2", "china", "action", "withdraw", date="1944-05-02"),
        claim("OLD-3", "china", "condition", "hungry", date="1944"),  # no day of a story
        claim("OLD-4", "luoyang", "reached", "1944-05", date="1944-05", scope="jp-37d"),
        claim("NEW-2", "luoyang", "reached", "1944-05-09", date="1944-05-09", scope="jp-37d"),
        claim("FACT-1", "luoyang", "fell", "1944-05-01", date="1944-05-01"),
    )
    days = timeline(record)
    assert [d.day.isoformat() for d in days] == [
        "1944-05-01",
        "1944-05-02",
        "1944-05-09",
        "1944-05-24",
        "1944-05-25",
    ]
    (fell,) = days[3].gaps
    assert (fell.subject, fell.days, set(fell.claims)) == ("luoyang", 1, {"old", "new"})
    assert [g.days for g in days[0].gaps] == [0]  # 9 May lies in May
    assert [d.day.day for d in timeline(record, first=date(1944, 5, 9))] == [9, 24, 25]


def test_the_claim_that_leaves_fewest_days_open_counts(tmp_path: Path) -> None:
    record = record_of(
        tmp_path,
        claim("OLD-1", "hengyang", "fell", "1944-08", date="1944-08"),
        claim("OLD-2", "hengyang", "fell", "1944-08-08", date="1944-08-08"),
        claim("NEW-1", "hengyang", "fell", "1944-08-05", date="1944-08-05"),
    )
    (gap,) = gaps(record, record.claims.values())
    assert (gap.claims["old"].id, gap.days) == ("OLD-2", 3)


def test_our_own_timeline_tells_the_gaps() -> None:
    record = load_record()
    found = {(g.subject, g.property, g.scope): g.days for d in timeline(record) for g in d.gaps}
    assert found["campaign", "start", ""] == 2
    assert found["luoyang", "fell", ""] == 1
    assert found["hengyang", "fell", ""] == 0
    assert found["battle-of-changsha-hengyang", "start", ""] == 33


def test_conflicts_command(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "conflicts", "--topic", "hengyang", "--json"))
    assert {c["nature"] for c in found} >= {"disagreement", "internal error"}
    assert all(isinstance(claim, str) for c in found for side in c["sides"] for claim in side)
    assert all("hengyang" in c["topics"] for c in found)
    # any name of the place will do
    assert json.loads(run(capsys, "conflicts", "--topic", "衡阳", "--json")) == found


def test_conflicts_by_nature_and_rule(capsys: pytest.CaptureFixture[str]) -> None:
    errors = json.loads(run(capsys, "conflicts", "--nature", "internal error", "--json"))
    assert {c["nature"] for c in errors} == {"internal error"}
    slips = run(capsys, "conflicts", "--rule", "order-of-narration")
    assert "1944-07-20" in slips
    assert slips.rstrip().endswith("conflicts")


def test_conflicts_in_another_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert "洛陽" in run(capsys, "conflicts", "--topic", "luoyang", "--lang", "zht")


def test_unknown_topic_and_rule() -> None:
    for words in (("--topic", "hengyangg"), ("--rule", "order-of-naration")):
        with pytest.raises(RequestError, match="did you mean"):
            app(["record", "conflicts", *words], exit_on_error=False)


def test_a_third_source_brings_new_conflicts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = claim("NEW-1", "hengyang", "fell", "1944-08-10", side="japan", date="1944-08-10")
    write_source(tmp_path, OTHER, [row])
    words = ("conflicts", "--topic", "hengyang", "--json")
    before = {c["id"] for c in json.loads(run(capsys, *words))}
    after = json.loads(run(capsys, *words, "--with", str(tmp_path)))
    new = [c for c in after if c["id"] not in before]
    assert any("NEW-1" in side for c in new for side in c["sides"])


def test_timeline_command(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("timeline", "--from", "1944-11-09", "--to", "1944-11-10")
    days = json.loads(run(capsys, *words, "--json"))
    assert [d["day"] for d in days] == ["1944-11-09", "1944-11-10"]
    guilin = [g for g in days[1]["gaps"] if (g["subject"], g["property"]) == ("guilin", "fell")]
    assert guilin[0]["days"] == 1
    assert guilin[0]["dates"] == {"de": "1944-11-10", "zh": "1944-11-11"}
    text = run(capsys, *words)
    assert "> Guilin, fell: de 1944-11-10, zh 1944-11-11: 1 day apart" in text
    assert "桂林" in run(capsys, *words, "--lang", "zht")


def test_timeline_of_a_topic(capsys: pytest.CaptureFixture[str]) -> None:
    days = json.loads(run(capsys, "timeline", "--topic", "Luoyang", "--json"))
    subjects = {g["subject"] for d in days for g in d["gaps"]}
    assert "luoyang" in subjects
    assert "guilin" not in subjects


def test_timeline_of_no_day() -> None:
    with pytest.raises(RequestError, match="is not a date"):
        app(["record", "timeline", "--from", "May"], exit_on_error=False)
