"""The log of looks: kept, appended to only when told; the model says who it is."""

import csv
from pathlib import Path

import pytest

from tairiku.base.errors import RequestError
from tairiku.base.kernels import sources_digest
from tairiku.study.scoring import looks

LOG = Path(__file__).parents[3] / "docs" / "looks.csv"


def test_the_log_of_the_project_is_complete() -> None:
    rows = looks.read_looks(LOG)
    assert len(rows) >= 2
    for row in rows:
        assert tuple(row) == looks.COLUMNS
        assert row["date"]
        assert row["who"]
        assert row["model"]
        assert row["looked_at"]
    assert any("stall" in row["changed_after"] for row in rows)


def test_a_look_is_added_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "looks.csv"
    assert looks.read_looks(path) == []
    for who in ("one, with a comma", "two"):
        looks.append_look(path, who=who, model="m", looked_at="all", changed_after="")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == list(looks.COLUMNS)
    assert [row[1] for row in rows[1:]] == ["one, with a comma", "two"]


def test_a_log_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="log"):
        looks.append_look(
            tmp_path / "no" / "l.csv", who="", model="", looked_at="", changed_after=""
        )


def test_the_model_names_its_kernels() -> None:
    assert sources_digest() in looks.model_tag()


def test_without_git_the_kernels_name_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert looks.model_tag().startswith("version ")
