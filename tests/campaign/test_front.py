"""The Python front: what docs/python.md shows is what happens."""

import doctest
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


def run_examples(page: str, folder: str) -> tuple[int, int]:
    """Failures and examples of a page, run in a folder."""
    os.chdir(folder)
    result = doctest.testfile(
        page,
        module_relative=False,
        optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL,
    )
    return result.failed, result.attempted


def test_the_examples_of_the_page(compiled: Callable[..., Any], tmp_path: Path) -> None:
    failed, attempted = compiled(run_examples, str(PAGE), str(tmp_path))
    assert failed == 0
    assert attempted > 15
    assert (tmp_path / "tiny-seed3" / "report.html").stat().st_size > 10_000
