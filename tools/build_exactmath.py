"""Write data/exactmath: tables of 2^(i/256) and log2(1+(i+0.5)/256), correctly rounded."""

import csv
import sys
from pathlib import Path

import mpmath

FOLDER = Path(__file__).parent.parent / "src" / "tairiku" / "data" / "exactmath"
STEPS = 256


def tables() -> dict[str, list[str]]:
    """The two tables as hexadecimal doubles, from 60-digit arithmetic."""
    with mpmath.workdps(60):
        exp2 = [float(mpmath.mpf(2) ** (mpmath.mpf(i) / STEPS)).hex() for i in range(STEPS)]
        log2 = [float(mpmath.log(1 + (mpmath.mpf(i) + 0.5) / STEPS, 2)).hex() for i in range(STEPS)]
    return {"exp2": exp2, "log2": log2}


def main() -> int:
    """Write the tables; with --check, say whether the files are what would be written."""
    stale = 0
    for name, values in tables().items():
        path = FOLDER / f"{name}.csv"
        lines = [["i", "value"], *([str(i), v] for i, v in enumerate(values))]
        text = "".join(",".join(line) + "\n" for line in lines)
        if "--check" in sys.argv:
            rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
            stale += rows != lines
        else:
            path.write_text(text, encoding="utf-8")
    return int(stale > 0)


if __name__ == "__main__":
    sys.exit(main())
