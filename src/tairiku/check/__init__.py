"""Every fault of a scenario's files in one pass: `check_scenario`.

First each file is read by itself (types, ranges, empty cells), then what it names is looked up in
the others.  A file that could not be read is not blamed for what others name of it.
"""

from pathlib import Path

from tairiku.base.errors import DataError, Problem
from tairiku.check.bases import check_bases
from tairiku.check.figures import check_figures
from tairiku.check.forces import check_forces
from tairiku.check.ground import check_ground
from tairiku.check.reading import Files, read_files
from tairiku.check.sources import check_sources
from tairiku.check.stories import check_stories
from tairiku.scenario.load import read_scenario, scenario_folder
from tairiku.scenario.sources import CELLS_FILE, TEXTS, as_told


def check_scenario(name: str | Path = "ichigo") -> list[Problem]:
    """Return everything that is wrong with a scenario, in the order of its files; [] if nothing is.

    Raises
    ------
    RequestError
        There is no such scenario.
    """
    folder = scenario_folder(name)
    files = read_files(folder)
    checks = (
        check_ground,
        check_forces,
        check_figures,
        check_stories,
        check_sources,
        check_bases,
    )
    for check in checks:
        check(files)
    problems = files.problems or _plans(folder)
    return list(dict.fromkeys(problems))


def _plans(folder: Path) -> list[Problem]:
    """Faults of the plans, which are laid out on a scenario that is sound."""
    from tairiku.command.setup import build_plans
    from tairiku.sim.setup_map import room

    problems: list[Problem] = []
    scenario = read_scenario(folder, problems)
    if scenario is None:
        return problems
    texts = TEXTS if (folder / CELLS_FILE).is_file() else ()
    for text in ("", *texts):
        try:
            build_plans(as_told(scenario, text) if text else scenario)
        except DataError as error:
            problems.extend(p for p in error.problems if isinstance(p, Problem))
    return [*room(scenario), *problems]


__all__ = ["Files", "check_scenario"]
