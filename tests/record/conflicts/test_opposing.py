"""One thing, two values: what collides, what does not, and which value stands."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tairiku.base.errors import DataError
from tairiku.record.conflicts import find_conflicts
from tairiku.record.conflicts.evidence import great_circle, half_digit
from tairiku.record.conflicts.model import DISAGREEMENT, ERROR, SCOPE
from tairiku.record.conflicts.sides import divide
from tairiku.record.models import Claim
from tests.record.conflicts.cases import claim, conflicts_of, record_of, sides

GUNS = {"side": "japan", "unit": "guns", "kind": "strength", "date": "1944-04"}


def guns(id_: str, value: str, **others: str) -> dict[str, str]:
    return claim(id_, "campaign", "guns", value, **{**GUNS, **others})


def test_two_texts_disagree_on_a_number(tmp_path: Path) -> None:
    (found,) = conflicts_of(tmp_path, guns("OLD-1", "6000", bound="about"), guns("NEW-1", "1500"))
    assert (found.rule, found.nature, found.topic) == ("number", DISAGREEMENT, "campaign")
    assert sides(found) == [["NEW-1"], ["OLD-1"]]
    assert (found.reconciled.value, found.reconciled.rule) == ("1500", "more precise")
    assert found.reconciled.claims == ("NEW-1",)


def test_one_text_contradicts_itself(tmp_path: Path) -> None:
    (found,) = conflicts_of(tmp_path, guns("OLD-1", "6000"), guns("OLD-2", "1500"))
    assert found.nature == ERROR


def test_two_works_that_one_text_quotes_disagree(tmp_path: Path) -> None:
    one, other = guns("OLD-1", "6000", reporter="S11"), guns("OLD-2", "1500", reporter="S12")
    (found,) = conflicts_of(tmp_path, one, other)
    assert found.nature == DISAGREEMENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("70000", ""), ("67000", "")),  # a round figure stands for those around it
        (("400000", "more-than"), ("410000", "exact")),
        (("16500", "about"), ("18000", "at-most")),
        (("1500", ""), ("1500", "")),
    ],
)
def test_what_can_both_hold_is_no_conflict(
    tmp_path: Path, one: tuple[str, str], other: tuple[str, str]
) -> None:
    rows = guns("OLD-1", one[0], bound=one[1]), guns("NEW-1", other[0], bound=other[1])
    assert conflicts_of(tmp_path, *rows) == []


def test_round_figures_that_only_touch_collide(tmp_path: Path) -> None:
    (found,) = conflicts_of(tmp_path, guns("OLD-1", "12000"), guns("NEW-1", "13000"))
    assert found.reconciled.value == "12500"
    assert found.reconciled.rule == "middle of what is claimed"


def test_other_side_of_the_war_is_another_matter(tmp_path: Path) -> None:
    found = conflicts_of(tmp_path, guns("OLD-1", "6000"), guns("NEW-1", "1500", side="china"))
    assert found == []


def test_other_days_are_of_different_scope(tmp_path: Path) -> None:
    (found,) = conflicts_of(
        tmp_path, guns("OLD-1", "6000", date="1944-04-17"), guns("NEW-1", "1500", date="1944-11")
    )
    assert (found.nature, found.why) == (SCOPE, "The figures are of different days.")


def test_a_part_is_less_than_the_whole(tmp_path: Path) -> None:
    part = guns("NEW-1", "1500", scope="mountain-guns")
    assert conflicts_of(tmp_path / "less", guns("OLD-1", "6000"), part) == []
    (found,) = conflicts_of(tmp_path / "more", guns("OLD-1", "1000"), part)
    assert found.nature == SCOPE


def test_figures_of_one_sentence_come_to_more_than_the_whole(tmp_path: Path) -> None:
    rows = [
        guns("OLD-1", "160", locator="L2.1"),
        guns("OLD-2", "150", scope="in-the-line"),
        guns("OLD-3", "61", scope="in-reserve"),
    ]
    (found,) = conflicts_of(tmp_path, *rows, rule="sum")
    assert sides(found) == [["OLD-1"], ["OLD-2", "OLD-3"]]


def test_days_of_a_fall(tmp_path: Path) -> None:
    (found,) = conflicts_of(
        tmp_path,
        claim("OLD-1", "luoyang", "fell", "1944-05-24", side="japan", date="1944-05-24"),
        claim("NEW-1", "luoyang", "fell", "1944-05-25", date="1944-05-25"),
        claim("NEW-2", "luoyang", "fell", "1944-05", side="japan", date="1944-05"),
    )
    assert (found.rule, found.also) == ("date", ("NEW-2",))  # fits both sides
    assert found.reconciled.value == "1944-05-24/1944-05-25"


def test_a_place_that_falls_and_is_taken_back_is_no_conflict(tmp_path: Path) -> None:
    assert not conflicts_of(
        tmp_path,
        claim("OLD-1", "luohe", "fell", "1944-05-05", side="japan", date="1944-05-05"),
        claim("NEW-1", "luohe", "fell", "1944-05-20", side="china", date="1944-05-20"),
    )


def test_open_and_approximate_days(tmp_path: Path) -> None:
    rows = [
        claim("OLD-1", "luoyang", "invested", "1944-04-30", side="japan", date="1944-04-30"),
        claim("NEW-1", "luoyang", "invested", "1944-05-14", bound="at-most", side="japan"),
    ]
    assert conflicts_of(tmp_path, *rows) == []


def test_yes_against_no(tmp_path: Path) -> None:
    (found,) = conflicts_of(
        tmp_path,
        claim("OLD-1", "nanning", "taken", "no", date="1944-12", side="china"),
        claim("OLD-2", "nanning", "taken", "yes", date="1944-12", side="japan"),
    )
    assert (found.rule, found.nature) == ("yes-no", ERROR)
    assert found.reconciled.value == "no | yes"  # nothing bears either out


def test_superiors(tmp_path: Path) -> None:
    table = claim("FACT-1", "jp-20a", "superior", "jp-kwantung", date="../1944-09-26")
    text = claim("OLD-1", "jp-20a", "superior", "jp-6aa", date="1944-08-25")
    (found,) = conflicts_of(tmp_path, table, text, rule="entity")
    assert found.nature == DISAGREEMENT
    assert found.reconciled.rule == "better standing of its source"


def test_a_superior_of_the_superior_agrees(tmp_path: Path) -> None:
    assert not conflicts_of(
        tmp_path,
        claim("FACT-1", "jp-12a", "superior", "jp-ncaa", date="1944-04-17/.."),
        claim("FACT-2", "jp-ncaa", "superior", "jp-cea", date="1944-04-17/.."),
        claim("OLD-1", "jp-12a", "superior", "jp-cea", date="1944-05"),
    )


def test_clock_times(tmp_path: Path) -> None:
    def at(id_: str, time: str) -> dict[str, str]:
        return claim(id_, "luoyang", "time-of-day", time, scope="assault", date="1944-05-12")

    assert conflicts_of(tmp_path / "near", at("OLD-1", "04:00"), at("NEW-1", "04:30")) == []
    (found,) = conflicts_of(tmp_path / "far", at("OLD-1", "04:00"), at("NEW-1", "12:00"))
    assert found.rule == "time"


def test_a_person_overrules(tmp_path: Path) -> None:
    (found,) = conflicts_of(
        tmp_path,
        guns("OLD-1", "6000"),
        guns("NEW-1", "1500"),
        overrides="campaign,japan,guns,,1551,NEW-1,counted by unit,A. Reader",
    )
    assert found.reconciled.value == "1551"
    assert found.reconciled.rule == "overruled by A. Reader: counted by unit"
    assert sides(found) == [["NEW-1"], ["OLD-1"]]  # ranked, not deleted


def test_the_same_figure_of_two_sides(tmp_path: Path) -> None:
    lost = {"unit": "aircraft", "date": "1944", "kind": "casualty"}
    (found,) = conflicts_of(
        tmp_path,
        claim("OLD-1", "campaign", "aircraft-lost", "190", side="united-states", **lost),
        claim("NEW-1", "campaign", "aircraft-lost", "190", side="china", **lost),
    )
    assert found.rule == "whose"


def test_ids_are_made_from_rule_and_claims(tmp_path: Path) -> None:
    rows = [guns("OLD-1", "6000"), guns("NEW-1", "1500")]
    one = conflicts_of(tmp_path / "a", *rows)
    other = conflicts_of(tmp_path / "b", *rows, guns("OLD-2", "3", side="china"))
    assert [c.id for c in one] == [c.id for c in other]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.integers(0, 6))
def test_sides_agree_within_and_none_is_lost(values: list[int], reach: int) -> None:
    claims = [
        Claim(
            id=f"OLD-{i}",
            locator="L1",
            kind="date",
            subject="x",
            property="men",
            value=str(v),
            confidence="high",
            statement="",
        )
        for i, v in enumerate(values)
    ]

    def agree(a: Claim, b: Claim) -> bool:
        return abs(int(a.value) - int(b.value)) <= reach

    found, wide = divide(claims, agree, lambda c: 0.0)
    told = [c.id for side in found for c in side] + [c.id for c in wide]
    assert sorted(told) == sorted(c.id for c in claims)
    for side in found:
        assert all(agree(a, b) for a in side for b in side)
    if all(agree(a, b) for a in claims for b in claims):
        assert len(found) == 1


@given(st.integers(0, 10**9))
def test_a_round_figure_reaches_no_further_than_its_share(value: int) -> None:
    half = half_digit(float(value), 0.05)
    assert 0.0 <= half <= 0.05 * value
    if value % 10:
        assert half == 0.0


@given(st.floats(73, 135), st.floats(18, 53), st.floats(73, 135), st.floats(18, 53))
def test_distances_are_those_of_a_sphere(x1: float, y1: float, x2: float, y2: float) -> None:
    km = great_circle((x1, y1), (x2, y2))
    assert km == pytest.approx(great_circle((x2, y2), (x1, y1)))
    assert abs(y1 - y2) * 111.1 <= km + 1.0
    assert great_circle((x1, y1), (x1, y1)) == 0.0


def test_faults_of_the_own_files_are_told(tmp_path: Path) -> None:
    record = record_of(tmp_path, guns("OLD-1", "6000"))
    (tmp_path / "topics.csv").write_text("id,topic\nluoyagn,luoyang\n", encoding="utf-8")
    with pytest.raises(DataError, match="is no id of the record"):
        find_conflicts(record)
    (tmp_path / "topics.csv").unlink()
    (tmp_path / "rules.toml").write_text("[reach", encoding="utf-8")
    with pytest.raises(DataError, match="is not TOML"):
        find_conflicts(record)
