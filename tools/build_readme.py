"""Put real output into README.md: a run, the speed figures, and the map picture of that run.

`uv run --group bench python tools/build_readme.py`
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PICTURE_DAY = "1944-06-18"


def output(*words: str, folder: Path = ROOT) -> str:
    """What a command prints on a terminal of 80 columns, line ends trimmed."""
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, *words],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")


def put(text: str, name: str, content: str) -> str:
    """The README with the block between the markers of a name replaced."""
    pattern = re.compile(rf"(<!-- {name}: [^>]*-->\n).*?(<!-- end -->)", re.S)
    if not pattern.search(text):
        raise SystemExit(f"README.md has no block '{name}'")
    return pattern.sub(lambda found: f"{found[1]}\n```\n{content}\n```\n\n{found[2]}", text)


def main() -> None:
    """Run, measure, draw, write."""
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        text = put(text, "run", output("-m", "tairiku", "run", folder=Path(folder)))
        run = next(Path(folder, "runs").iterdir())
        output("tools/draw_map.py", str(run), PICTURE_DAY)
    bench = output("-m", "tairiku", "bench", "-n", "16")
    peers = output("benchmarks/reduced_rules.py")
    text = put(text, "bench", f"{bench}\n\nThe same reduced rules in one run:\n{peers}")
    readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
