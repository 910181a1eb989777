"""The campaign as each text tells it: four different runs, each saying which claims it rests on."""

from collections.abc import Callable
from typing import Any

import pytest

from tairiku.scenario.load import load_scenario

from . import plays

SOURCES = ("de", "zh", "reconciled", "sampled")


@pytest.fixture(scope="module")
def played(compiled: Callable[..., Any]) -> dict[str, dict[str, Any]]:
    """Summaries of four short campaigns."""
    return {sources: compiled(plays.summary_by, sources, "1944-05-10") for sources in SOURCES}


def test_four_sources_give_four_campaigns(played: dict[str, dict[str, Any]]) -> None:
    assert len({summary["state_hash"] for summary in played.values()}) == 4
    assert all(summary["complete"] for summary in played.values())
    assert [s["first_date"] for s in played.values()] == ["1944-04-19", *["1944-04-17"] * 3]
    men = {s: played[s]["losses"]["china"]["men_first"] for s in ("zh", "reconciled")}
    assert men == {"zh": 2_500_000, "reconciled": 2_185_000}


@pytest.mark.parametrize("text", ["de", "zh"])
def test_a_run_lists_the_claims_that_made_the_difference(
    played: dict[str, dict[str, Any]], text: str
) -> None:
    entries = played[text]["source_values"]
    changed = [entry for entry in entries if entry["changed"]]
    assert len(changed) >= 25
    prefix = f"{text.upper()}-"
    for entry in changed:
        assert entry["claims"], entry["id"]
        assert all(claim.startswith(prefix) for claim in entry["claims"]), entry["id"]
    silent = [entry for entry in entries if entry["silent"]]
    assert silent
    assert all(entry["taken"] == entry["reconciled"] for entry in silent)


def test_a_sampled_run_says_what_was_drawn(played: dict[str, dict[str, Any]]) -> None:
    entries = {entry["id"]: entry for entry in played["sampled"]["source_values"]}
    guns = entries["japan-guns"]
    assert 1_000 < int(guns["taken"]) < 6_500
    assert int(guns["taken"]) != 1_452
    assert guns["claims"] == ["DE-031", "ZH-010"]
    assert not entries["first-day"]["changed"]


def test_the_dice_of_a_sampled_run_are_those_of_its_state(
    played: dict[str, dict[str, Any]],
) -> None:
    """The men at dawn are the sum of the figures drawn, whichever total each is part of."""
    entries = {entry["id"]: entry for entry in played["sampled"]["source_values"]}
    chinese = sum(unit.side == "china" for unit in load_scenario("ichigo").units)
    assert chinese == 220
    drawn = int(entries["china-men"]["taken"])
    assert played["sampled"]["losses"]["china"]["men_first"] == drawn


def test_a_short_campaign_by_a_text_keeps_its_books(compiled: Callable[..., Any]) -> None:
    for text in ("de", "zh", "sampled"):
        assert compiled(plays.wrong_books_by, text, 24) == []
