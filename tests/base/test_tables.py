"""Reading tables: sound rows, and every fault by file, row, field, value and remedy."""

from datetime import date
from pathlib import Path
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from tairiku.base.errors import Problem
from tairiku.base.tables import (
    Row,
    near,
    read_numbered,
    read_record,
    read_table,
    read_toml,
)


class Gun(Row):
    """A row for these tests."""

    id: str
    metres: int = Field(ge=0)
    share: float = 0.5
    day: date | None = None
    kind: Literal["field", "heavy"] = "field"
    class_: str = Field(default="", alias="class")


def write(folder: Path, text: str) -> Path:
    path = folder / "guns.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_sound_rows_and_empty_cells(tmp_path: Path) -> None:
    problems: list[Problem] = []
    path = write(tmp_path, 'id,metres,day,class\na,5,1944-05-01,x\n"b, too",7,,\n')
    rows = read_table(path, Gun, problems)
    assert not problems
    assert rows[0].day == date(1944, 5, 1)
    assert rows[0].class_ == "x"
    assert rows[1].id == "b, too"
    assert rows[1].share == 0.5


def test_every_fault_is_told_and_sound_rows_stay(tmp_path: Path) -> None:
    problems: list[Problem] = []
    text = "id,metres,share,kind\na,-1,x,field\nb,2.5,0.1,siege\n,3,0.1,heavy\nd,4\ne,5,0.2,heavy\n"
    rows = read_numbered(write(tmp_path, text), Gun, problems)
    told = {(p.row, p.field, p.value) for p in problems}
    assert (2, "metres", "-1") in told
    assert (2, "share", "x") in told
    assert (3, "kind", "siege") in told
    assert (3, "metres", "2.5") in told
    assert any(p.row == 4 and p.field == "id" for p in problems)
    assert any(p.row == 5 and "2 cells where the header has 4" in p.message for p in problems)
    assert [(line, row.id) for line, row in rows] == [(6, "e")]
    assert all(p.message and p.file.endswith("guns.csv") for p in problems)


def test_columns(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_table(write(tmp_path, "id,meters\na,5\n"), Gun, problems) == []
    assert [(p.value, "metres" in p.message or p.value == "metres") for p in problems] == [
        ("meters", True),
        ("metres", True),
    ]


def test_missing_and_broken_files(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_table(tmp_path / "none.csv", Gun, problems) == []
    assert read_toml(tmp_path / "none.toml", problems) == {}
    broken = tmp_path / "broken.toml"
    broken.write_text("a = = 1", encoding="utf-8")
    assert read_toml(broken, problems) == {}
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"\xff\xfe\x00id")
    assert read_table(binary, Gun, problems) == []
    assert len(problems) == 4
    assert "put it there" in problems[0].message


def test_a_record_tells_its_fields(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_record(tmp_path / "a.toml", {"id": "x", "size": 1}, Gun, "guns.x", problems) is None
    assert {p.field for p in problems} == {"guns.x.metres", "guns.x.size"}


def test_near() -> None:
    assert near("luoyan", ["luoyang", "hengyang"]) == "; did you mean 'luoyang'?"
    assert near("zzz", ["a", "b"]) == "; there are a, b"
    assert near("zzz", [f"place-{i}" for i in range(40)]) == ""


@given(
    st.lists(st.tuples(st.text("abcxyz,\"' é漢", min_size=1), st.integers(0, 10**6)), max_size=8)
)
def test_any_text_comes_back(tmp_path_factory: object, rows: list[tuple[str, int]]) -> None:
    import csv
    import io

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", "metres"])
    writer.writerows(rows)
    folder = tmp_path_factory.mktemp("rows")  # type: ignore[attr-defined]
    problems: list[Problem] = []
    found = read_table(write(folder, text.getvalue()), Gun, problems)
    assert not problems
    assert [(r.id, r.metres) for r in found] == rows
