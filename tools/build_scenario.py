"""Make the scenario: read ../shared/facts and the map, write ``data/scenarios/ichigo``.

    uv run python tools/build_scenario.py            write the files
    uv run python tools/build_scenario.py --check    fail if the files differ from what would be

With what the texts say of the first morning (tools/scenariomaking/source_rules.toml and the
record) it makes source_values.csv and source_cells.csv, which ``--sources`` lays on the rest.

Kept by hand in the folder and not touched: scenario.toml, parameters.toml, provinces.csv,
aircraft_types.csv, held_places.csv, cities.csv, route.csv, road_states.csv, objectives.csv,
variants/ and plans/; of mechanisms.csv only the column ``parameters`` is made.
"""

import argparse
import sys
from pathlib import Path

from scenariomaking import forces
from scenariomaking.control import control
from scenariomaking.selecting import Base
from scenariomaking.sources import source_files
from scenariomaking.switches import mechanisms
from scenariomaking.writing import differing, read_rows, write
from tairiku.base.errors import DataError, Problem
from tairiku.record.load import load_record
from tairiku.scenario.mapdata import read_map

ROOT = Path(__file__).resolve().parent.parent
MAP_TABLES = ("hexes", "river_sides", "rail_links", "road_links", "waterway_links", "airfields")


def build(shared: Path, out: Path, map_folder: Path) -> dict[str, bytes]:
    """Return every made file of the scenario by its name."""
    facts = {path.stem: read_rows(path) for path in sorted((shared / "facts").glob("*.csv"))}
    problems: list[Problem] = []
    world = read_map(map_folder, problems)
    if world is None:
        raise DataError(problems)
    files = {name: read_rows(map_folder / f"{name}.csv") for name in MAP_TABLES}
    files |= {name: facts[name] for name in ("units", "depots")}
    files["held_places"] = read_rows(out / "held_places.csv")
    made = {
        "formations.csv": forces.formations(facts["formations"]),
        "command.csv": forces.command(facts["command"]),
        "units.csv": forces.units(facts["units"]),
        "leaders.csv": forces.with_basis(
            facts["leaders"], forces.LEADERS, "leaders", "formation_id"
        ),
        "depots.csv": forces.with_basis(facts["depots"], forces.DEPOTS, "depots", "id"),
        "air_units.csv": forces.with_basis(facts["air_units"], forces.AIR_UNITS, "air_units", "id"),
        "weather.csv": forces.weather(facts["weather"]),
        "mechanisms.csv": mechanisms(read_rows(out / "mechanisms.csv"), out / "parameters.toml"),
        "control.csv": control(world.grid, files, world.place_hex),
    }
    return made | source_files(Base.of(out, map_folder, made), load_record())


def main(argv: list[str] | None = None) -> int:
    """Run the tool; returns 0, or 1 where --check finds a difference."""
    parser = argparse.ArgumentParser(description="Make the scenario from the order of battle.")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", metavar="DIR")
    parser.add_argument("--out", type=Path, default=ROOT / "src/tairiku/data/scenarios/ichigo")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(argv)
    files = build(options.shared, options.out, ROOT / "src/tairiku/data/map")
    if options.check:
        stale = differing(options.out, files)
        for name in stale:
            print(f"{options.out / name} differs; run tools/build_scenario.py", file=sys.stderr)
        return 1 if stale else 0
    write(options.out, files)
    for name, content in sorted(files.items()):
        print(f"{name}  {len(content) / 1000:,.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
