"""Draw one evening of a run as docs/map.svg, the picture of the README.

uv run python tools/draw_map.py runs/ichigo-seed1 1944-06-18
"""

import argparse
from datetime import date
from pathlib import Path

from tairiku.report.picture import picture

ROOT = Path(__file__).parent.parent
# the theatre without the empty margins of the map: west, south, east, north [km]
THEATRE = (-440.0, -800.0, 560.0, 780.0)


def main() -> None:
    """Draw what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("run", type=Path, help="a run directory")
    parser.add_argument("day", type=date.fromisoformat, help="the date, such as 1944-06-18")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "map.svg")
    parser.add_argument("--width", type=int, default=680, help="in pixels")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    asked = parser.parse_args()
    drawn = picture(asked.run, asked.day, width=asked.width, bounds=THEATRE, theme=asked.theme)
    asked.output.write_text(drawn, encoding="utf-8")
    print(f"{asked.output}: {len(drawn) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
