"""The Python front: what it exports, and that importing it costs nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import tairiku

PAGE = Path(__file__).parents[1] / "docs" / "python.md"


def test_all_is_sorted_whole_and_documented() -> None:
    assert tairiku.__all__ == sorted(tairiku.__all__)
    page = PAGE.read_text(encoding="utf-8")
    for name in tairiku.__all__:
        found = getattr(tairiku, name)
        assert found.__name__.rpartition(".")[2] == name
        assert found.__doc__
        assert f"`{name}" in page, f"docs/python.md does not name {name}"
        assert name in dir(tairiku)


def test_importing_it_imports_nothing_heavy() -> None:
    code = "import json, sys, tairiku, tairiku.cli; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = set(json.loads(done.stdout))
    assert not loaded & {"numba", "numpy", "duckdb", "altair", "pandas", "pydantic", "jinja2"}


def test_an_unknown_name_says_what_there_is() -> None:
    with pytest.raises(AttributeError, match="simulate"):
        _ = tairiku.simulat
