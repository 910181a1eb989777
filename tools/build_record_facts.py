"""Make the compiled source: ../shared/facts becomes ``data/record/sources/facts.toml`` and .csv.

uv run python tools/build_record_facts.py            write the files
uv run python tools/build_record_facts.py --check    fail if they differ from what would be
"""

import argparse
import sys
from pathlib import Path

from factmaking.claims import HEADER, facts
from scenariomaking.writing import differing, read_rows, table, write
from tairiku.record.compiled import unproven
from tairiku.record.models import Claim
from tairiku.record.rows import checked

ROOT = Path(__file__).resolve().parent.parent
TABLES = (
    "air_units",
    "airfields",
    "command",
    "depots",
    "formations",
    "leaders",
    "logistics",
    "units",
)

HEAD = '''id = "facts"
title = "Compiled tables: order of battle, commanders, depots, air units, logistics"
title_de = "Zusammengestellte Tabellen: Gliederung, Führer, Lager, Fliegerverbände, Versorgung"
title_zht = "編製表：序列、將領、倉庫、航空部隊、補給"
title_zhs = "编制表：序列、将领、仓库、航空部队、补给"
title_ja = "編成表：戦闘序列、指揮官、補給廠、航空部隊、兵站"
language = "en"
kind = "compiled"
standing = 3
licence = "CC BY 4.0"
note = """
Made by tools/build_record_facts.py.
Most rows are estimates by a stated rule, not statements of a document: each claim's note gives
its own basis, and where a text speaks, the text goes before it.
"""
'''


def build(folder: Path) -> dict[str, bytes]:
    """Return the files of the source by name.

    Raises
    ------
    ValueError
        A figure does not stand in the row that its claim names.
    """
    rows = facts({name: read_rows(folder / f"{name}.csv") for name in TABLES})
    claims = [checked(Claim, {k: v for k, v in row.items() if v}) for row in rows]
    wrong = unproven(claims, folder)
    if wrong:
        raise ValueError("\n".join(f"{claim.id}: {what}" for claim, what in wrong))
    content = table(HEADER, ([row[name] for name in HEADER] for row in rows))
    return {"facts.toml": HEAD.encode(), "facts.csv": content}


def main(argv: list[str] | None = None) -> int:
    """Run the tool; returns 0, or 1 where --check finds a difference."""
    parser = argparse.ArgumentParser(description="Make the compiled source of the record.")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", metavar="DIR")
    parser.add_argument("--out", type=Path, default=ROOT / "src/tairiku/data/record/sources")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(argv)
    files = build(options.shared / "facts")
    if options.check:
        stale = differing(options.out, files)
        for name in stale:
            print(f"{options.out / name} differs; run tools/build_record_facts.py", file=sys.stderr)
        return 1 if stale else 0
    write(options.out, files)
    for name, content in sorted(files.items()):
        print(f"{name}  {len(content) / 1000:,.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
