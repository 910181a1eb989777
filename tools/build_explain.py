"""Fill the examples of docs/explain.md with what the commands print.

`uv run python tools/build_explain.py` plays `ichigo` with seed 1 into a folder of its own and runs
every command of the page on it.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "explain.md"
SHOWN = "runs/ichigo-seed1"  # how the page calls the folder
BLOCK = re.compile(r"```\n\$ tairiku (explain [^\n]+)\n.*?```", re.DOTALL)


def tairiku(*words: str) -> str:
    """What a command prints."""
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, "-m", "tairiku", *words],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())


def filled(page: str, folder: str) -> str:
    """The page with every block as the command prints it now."""

    def block(found: re.Match[str]) -> str:
        words = found[1].replace(SHOWN, folder).split()
        return f"```\n$ tairiku {found[1]}\n{tairiku(*words).strip()}\n```"

    return BLOCK.sub(block, page)


def main() -> None:
    """Write the page."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = f"{scratch}/run"
        tairiku("run", "ichigo", "--seed", "1", "--no-report", "--json", "-o", folder)
        page = filled(PAGE.read_text(encoding="utf-8"), folder)
    PAGE.write_text(page, encoding="utf-8")
    print(f"written: {PAGE.name}")


if __name__ == "__main__":
    main()
