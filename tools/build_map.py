"""Make the map: read the geographic sources and write ``src/tairiku/data/map``.

uv run python tools/build_map.py            write the files
uv run python tools/build_map.py --check    fail if the files differ from what would be written
uv run python tools/build_map.py --scale    print the table by which the hex pitch was chosen
"""

import argparse
import sys
import tomllib
from pathlib import Path

from mapmaking.crossings import bridge_table, by_pair, crossings
from mapmaking.edges import airfield_table, box_link_table, box_table
from mapmaking.figure import lines_table, relief_table
from mapmaking.ground import provinces, survey
from mapmaking.links import Field, links_of
from mapmaking.networks import rail_table, road_table, waterway_table
from mapmaking.people import hex_table, place_table
from mapmaking.rivers import lay_all, own_bank, river_sides, river_table
from mapmaking.scale import measure
from mapmaking.sheet import cone_of, read_sheet
from mapmaking.sources import Sources
from mapmaking.tables import differing, write

ROOT = Path(__file__).resolve().parent.parent


def build(src: Sources) -> dict[str, bytes]:
    """Return every file of the map by its name."""
    sheet = read_sheet(src.kept / "grid.toml", src.making["theatre"])
    ground = survey(src, sheet)
    chains = lay_all(src, sheet, ground)
    moved = own_bank(src, sheet, ground, chains)
    sides = river_sides(src, sheet, ground, chains)
    on = Field(src, sheet, ground, sides)
    lines = {kind: links_of(on, kind) for kind in ("rail", "road", "waterway")}
    bridges = crossings(on, lines["rail"], lines["road"])
    return {
        "river_sides.csv": river_table(sides),
        "rail_links.csv": rail_table(lines["rail"], by_pair(on, bridges, lines["rail"], rail=True)),
        "road_links.csv": road_table(
            on, lines["road"], by_pair(on, bridges, lines["road"], rail=False)
        ),
        "waterway_links.csv": waterway_table(lines["waterway"]),
        "bridges.csv": bridge_table(bridges),
        "airfields.csv": airfield_table(on),
        "boxes.csv": box_table(on),
        "box_links.csv": box_link_table(on, lines),
        "figures_lines.csv": lines_table(src),
        "relief.csv": relief_table(src),
        "hexes.csv": hex_table(src, sheet, ground),
        "places.csv": place_table(src, ground, provinces(src, sheet)[1], moved),
    }


def main(argv: list[str] | None = None) -> int:
    """Run the tool; returns 0, or 1 where --check finds a difference."""
    parser = argparse.ArgumentParser(description="Make the map from the geographic sources.")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", metavar="DIR")
    parser.add_argument("--out", type=Path, default=ROOT / "src/tairiku/data/map", metavar="DIR")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--scale", action="store_true", help="print the choice of scale")
    options = parser.parse_args(argv)
    src = Sources(options.shared, options.out)
    if options.scale:
        grid_file = tomllib.loads((options.out / "grid.toml").read_text(encoding="utf-8"))
        table, grid = measure(src, cone_of(grid_file["projection"]))
        print("\n".join(table))
        print(f"best position at 18 km: {grid}")
        return 0
    files = build(src)
    if options.check:
        stale = differing(options.out, files)
        for name in stale:
            print(f"{options.out / name} differs; run tools/build_map.py", file=sys.stderr)
        return 1 if stale else 0
    write(options.out, files)
    for name, content in sorted(files.items()):
        print(f"{name}  {len(content) / 1000:,.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
