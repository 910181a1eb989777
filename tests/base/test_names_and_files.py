"""Names with fallback, digests, writing whole files."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tairiku.base.errors import RequestError
from tairiku.base.files import DATA, shown, write_whole
from tairiku.base.names import COLUMNS, LANGUAGES, name_in
from tairiku.base.provenance import digest_of, software


@dataclass
class Named:
    """A row with some of the names."""

    name: str = ""
    name_de: str = ""
    name_zht: str = ""
    name_ja: str = ""
    id: str = "x"


def test_names_fall_back() -> None:
    row = Named(name="Guangzhou", name_de="Kanton", name_zht="廣州")
    assert [name_in(row, lang) for lang in LANGUAGES] == [
        "Guangzhou",
        "Kanton",
        "廣州",
        "廣州",
        "廣州",
    ]
    assert name_in(Named(), "en") == "x"
    assert set(COLUMNS) == set(LANGUAGES)
    with pytest.raises(KeyError):
        name_in(row, "fr")


def test_digest_depends_on_name_and_content(tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    a.write_bytes(b"one\r\ntwo\n")
    b.write_bytes(b"one\ntwo\n")
    assert digest_of({"x": a}) == digest_of({"x": b})
    assert digest_of({"x": a}) != digest_of({"y": a})
    assert digest_of({"x": a}) != digest_of({"x": a}, ["more"])
    assert len(digest_of({})) == 64


def test_software_names_what_matters() -> None:
    assert {"python", "numpy", "numba", "tairiku"} <= set(software())


def test_write_whole(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"
    assert [p.name for p in tmp_path.iterdir()] == ["f"]
    with pytest.raises(RequestError, match="choose another folder"):
        write_whole(tmp_path / "none" / "f", b"")


def test_shown_is_short_within_the_data() -> None:
    assert shown(DATA / "scenarios" / "ichigo" / "units.csv") == "scenarios/ichigo/units.csv"
    assert shown(Path("/elsewhere/units.csv")) == "/elsewhere/units.csv"
