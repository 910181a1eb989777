"""docs/record.md is run from top to bottom: its files are written, its commands give its output."""

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "record.md"
_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sessions(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with the output shown after it."""
    for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = piece.partition("\n")
        yield command, output


def test_the_page_shows_what_happens(tmp_path: Path) -> None:
    compare = doctest.OutputChecker()
    run = 0
    for language, name, block in _BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if name:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(block, encoding="utf-8")
        elif language == "console":
            for command, expected in sessions(block):
                words = shlex.split(command)
                assert words[0] == "tairiku"
                done = subprocess.run(
                    [sys.executable, "-m", *words],
                    cwd=tmp_path,
                    capture_output=True,
                    text=True,
                    env={**os.environ, "COLUMNS": "100"},
                )
                said = done.stdout + done.stderr
                assert compare.check_output(expected, said, doctest.ELLIPSIS), (
                    f"{command}\nthe page shows\n{expected}\nit says\n{said}"
                )
                run += 1
    assert run > 8
