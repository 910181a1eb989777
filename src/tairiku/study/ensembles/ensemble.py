"""`ensemble`: many seeds of one scenario, played by any workers, kept so that it can be resumed."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from datetime import date
from pathlib import Path

from tairiku.base.errors import RequestError
from tairiku.scenario.load import Scenario
from tairiku.study.ensembles.folder import begin, write_part
from tairiku.study.ensembles.plan import SLICE, Part, Plan, make_plan
from tairiku.study.ensembles.playing import play
from tairiku.study.ensembles.reading import Ensemble, finish
from tairiku.study.ensembles.tables import tables_of
from tairiku.study.ensembles.watching import Outcomes
from tairiku.study.ensembles.workers import Crew, crew

Progress = Callable[[int, int], None]
RUNS = Path("runs")


def ensemble(
    scenario: str | Path = "ichigo",
    n: int = 100,
    *,
    seed: int = 1,
    until: date | str | None = None,
    sources: str = "reconciled",
    variant: str | None = None,
    changes: Mapping[str, float] | None = None,
    without: Sequence[str] = (),
    workers: int | None = None,
    processes: bool = False,
    cluster: str | None = None,
    folder: str | Path | None = None,
    resume: bool = False,
    on_progress: Progress | None = None,
) -> Ensemble:
    """Play one campaign from each of ``n`` seeds and keep what became of them in a folder.

    Parameters
    ----------
    scenario, until, sources, variant, changes, without
        As in `tairiku.simulate`; a variant may also be the path of a file, or several joined by
        ``+``.
    n
        How many campaigns; their seeds are ``seed``, ``seed`` + 1 ...
    workers, processes, cluster
        Who plays (`tairiku.study.ensembles.workers.crew`); the same bytes whoever does.
    folder
        Where results are kept; under ``runs/`` where not given.
    resume
        Go on with a folder that was interrupted, or make it larger.
    on_progress
        Called with campaigns done and campaigns in all.

    Returns
    -------
    The ensemble; not complete if it was stopped by Ctrl-C.

    Raises
    ------
    RequestError, DataError
        What was asked for cannot be, or the folder holds something else; nothing is lost.

    Examples
    --------
    >>> found = ensemble("tiny", 8)  # doctest: +SKIP
    >>> found.summary()["places"][0]["share"]  # doctest: +SKIP
    1.0
    """
    plan = make_plan(
        scenario,
        n,
        seed=seed,
        until=until,
        sources=sources,
        variant=variant,
        changes=changes,
        without=without,
    )
    home = Path(folder) if folder is not None else default_folder(plan, resume)
    missing = begin(home, plan, resume)
    with crew(workers, processes=processes, cluster=cluster) as hands:
        complete = play_parts(home, plan, missing, hands, on_progress)
    if complete:
        finish(home)
    return Ensemble(home)


def default_folder(plan: Plan, resume: bool) -> Path:
    """Where an ensemble goes that was not told: a new folder under runs/, or the one resumed."""
    scenario = Path(plan.asked.scenario).name
    variant = plan.scenario.variant
    name = f"ensemble-{scenario}-{variant.name if variant else plan.asked.sources}"
    return new_folder(RUNS / f"{name}-seed{plan.first_seed}", resume)


def new_folder(base: Path, resume: bool) -> Path:
    """``base``, or base-2, base-3 ... if it is there already and nothing is to be resumed."""
    folder, number = base, 2
    while folder.exists() and not resume:
        folder, number = base.with_name(f"{base.name}-{number}"), number + 1
    return folder


def play_parts(
    folder: Path,
    plan: Plan,
    missing: Sequence[Part],
    hands: Crew,
    on_progress: Progress | None = None,
) -> bool:
    """Play the missing parts and write each when it is whole; False if stopped by Ctrl-C.

    Only a few slices are under way at a time and only one part is being gathered, so that memory
    does not grow with n.
    """
    done = plan.n - sum(part.count for part in missing)
    if on_progress is not None:
        on_progress(done, plan.n)
    under_way: deque[tuple[Part, int, Future[Outcomes]]] = deque()
    gathered: list[Outcomes] = []
    tasks = slices(missing, plan.n, hands.width)
    try:
        while True:
            while len(under_way) < 2 * hands.width and (task := next(tasks, None)) is not None:
                part, first, count = task
                future = hands.executor.submit(play, plan.asked, first, count)
                under_way.append((part, count, future))
            if not under_way:
                return True
            part, count, future = under_way.popleft()
            gathered.append(future.result())
            done += count
            if sum(len(found.seeds) for found in gathered) == part.count:
                keep(folder, plan, part, gathered)
                gathered = []
            if on_progress is not None:
                on_progress(done, plan.n)
    except KeyboardInterrupt:
        for _, _, future in under_way:
            future.cancel()
        return False


def slices(missing: Sequence[Part], n: int, width: int) -> Iterator[tuple[Part, int, int]]:
    """Tasks in the order of the parts: part, first seed, how many.

    Small enough that every worker has several and none waits long for the last.
    """
    size = max(1, min(SLICE, n // (4 * width)))
    for part in missing:
        for start in range(0, part.count, size):
            yield part, part.first + start, min(size, part.count - start)


def keep(folder: Path, plan: Plan, part: Part, gathered: list[Outcomes]) -> None:
    """Write a part, after looking that its seeds are those it is named for."""
    found = Outcomes.joined(gathered)
    scenario: Scenario = plan.scenario
    if found.seeds.tolist() != list(range(part.first, part.first + part.count)):
        raise RequestError(f"a worker played other seeds than asked for ({part.name})")
    write_part(folder, plan, part, tables_of(scenario, found))
