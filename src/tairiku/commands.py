"""The bodies of the commands: each gathers what the library gives, and prints it."""

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

from tairiku.base.errors import RequestError
from tairiku.scenario.load import Scenario, load_scenario, parse_change

RUNS = Path("runs")


def _console() -> Console:
    return Console(highlight=False)


def _print_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1))


def _run_directory(asked: Path | None, force: bool, scenario: str, seed: int) -> Path:
    """Make the run directory: where -o says, or a new one under runs/.

    Raises
    ------
    RequestError
        If it is there already (without --force), or cannot be made or written.
    """
    if asked is None:
        base = RUNS / f"{scenario}-seed{seed}"
        asked, number = base, 2
        while asked.exists():
            asked, number = base.with_name(f"{base.name}-{number}"), number + 1
    elif asked.exists() and not force:
        raise RequestError(
            f"'{asked}' is there already; choose another folder with -o, or give --force"
        )
    try:
        asked.mkdir(parents=True, exist_ok=True)
        probe = asked / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise RequestError(
            f"cannot write to '{asked}' ({error.strerror}); choose another folder with -o"
        ) from error
    return asked


@contextmanager
def _progress(console: Console, quiet: bool) -> Iterator[Progress]:
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.fields[date]}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[news]}"),
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
    ) as progress:
        yield progress


def _compile(console: Console, quiet: bool, entry: str = "play_days") -> None:
    """Compile the rules if they are not on disk, saying so, with progress."""
    from tairiku.base.kernels import is_compiled

    if is_compiled(entry):
        return
    from tairiku.command.compiling import compile_rules

    if not quiet:
        console.print("Compiling the rules, once for this version (about a minute) ...")
    with Progress(
        TextColumn("  {task.completed} of {task.total} rules"),
        BarColumn(bar_width=24),
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
    ) as progress:
        task = progress.add_task("")
        compile_rules(lambda done, total: progress.update(task, completed=done, total=total), entry)


def run(
    *,
    scenario: str,
    seed: int,
    until: str | None,
    sources: str,
    variant: str | None,
    changes: list[str],
    without: list[str],
    output: Path | None,
    force: bool,
    report: bool,
    lang: str,
    as_json: bool,
) -> int:
    """`tairiku run`."""
    if seed < 0:
        raise RequestError(f"seed {seed} is negative; give 0 or a larger whole number")
    wanted = dict(parse_change(text) for text in changes)
    loaded = load_scenario(
        scenario, sources=sources, variant=variant, changes=wanted, without=without
    )
    # all that can be refused is refused before anything is written
    from tairiku.campaign import asked_date, last_day_of

    last = asked_date(until)
    days = last_day_of(loaded, last)
    folder = _run_directory(output, force, loaded.name, seed)
    console = _console()
    _compile(console, as_json)
    started = time.perf_counter()

    from tairiku.base.files import write_whole
    from tairiku.base.provenance import provenance
    from tairiku.campaign import Campaign, simulate
    from tairiku.study.headline import Names, headline
    from tairiku.study.summary import day_text, phase_names, summarise, write_summary
    from tairiku.study.telling import tell

    with _progress(console, as_json) as progress:
        task = progress.add_task("", total=days, date=day_text(loaded.first_day), news="")
        names: list[Names] = []

        def on_day(campaign: Campaign) -> None:
            from tairiku.sim.codes import EVENT_NAMES

            if not names:
                nodes = campaign.recorder.names["nodes"]
                names.append(Names.of(loaded, nodes, list(phase_names(loaded))))
            S = campaign.state
            news = headline(S.events[: int(S.n_events)], EVENT_NAMES, names[0])
            progress.update(task, advance=1, date=f"{day_text(campaign.date):>17}", news=news[:90])

        played = simulate(
            loaded,
            seed=seed,
            until=last,
            sources=sources,
            variant=variant,
            changes=wanted,
            without=without,
            on_day=None if progress.disable else on_day,
        )
    played.save(folder)
    summary = summarise(played)
    write_summary(folder, summary)
    sidecar = {
        **provenance(played.identity),
        "seconds": {
            "engine": round(played.seconds, 4),
            "all": round(time.perf_counter() - started, 3),
        },
    }
    text = json.dumps(sidecar, ensure_ascii=False, indent=1) + "\n"
    write_whole(folder / "provenance.json", text.encode())
    page: Path | None = None
    if report:
        from tairiku.report.report import write_report

        page = write_report(folder, loaded, lang=lang)
    if as_json:
        _print_json({**summary, "directory": str(folder)})
    else:
        tell(console, summary, loaded, played.seconds)
        console.print(f"Run directory: {folder}", soft_wrap=True)
        if page is not None:
            console.print(f"Report: {page}", soft_wrap=True)
    return 0 if played.complete else 130


def report(directory: Path, *, output: Path | None, force: bool) -> int:
    """`tairiku report`."""
    from tairiku import replay
    from tairiku.report.report import write_report

    replay.open_folder(directory).close()
    target = output or directory / "report.html"
    if output is not None and target.exists() and not force:
        raise RequestError(f"'{target}' is there already; choose another, or give --force")
    page = write_report(directory, output=target)
    _console().print(f"Report: {page}", soft_wrap=True)
    return 0


def diff(first: Path, second: Path, *, as_json: bool) -> int:
    """`tairiku diff`."""
    from tairiku.study.diff import compare

    found = compare(first, second)
    if as_json:
        _print_json(found)
        return 0
    console = _console()
    for key, (one, other) in found["identity"].items():
        console.print(f"{key}: {one or 'none'} / {other or 'none'}", soft_wrap=True)
    if found["first_day"] is None:
        console.print("The tables of the two runs are equal.")
        return 0
    console.print(f"They differ from day {found['first_day']} ({found['first_date']}) on.")
    table = Table(pad_edge=False)
    for name in ("table", "first differing day", "rows differing"):
        table.add_column(name, justify="left" if name == "table" else "right")
    for name, entry in found["tables"].items():
        day = entry["first_day"]
        table.add_row(name, "-" if day is None else str(day), f"{entry['rows_differing']:,}")
    console.print(table)
    for event in found["first_events"]:
        where = f" hex {event['hex']}" if event["hex"] is not None else ""
        who = f" {event['unit']}" if event["unit"] else ""
        numbers = ", ".join(f"{event[n]:g}" for n in "abcde" if event[n])
        which = "first" if event["run"] == 0 else "second"
        console.print(f"only in the {which}: {event['kind']}{who}{where} ({numbers})")
    for force, (one, other) in found["men"].items():
        console.print(f"men at the end, {force}: {one:,} / {other:,}")
    return 0


def scenario_list(*, as_json: bool) -> int:
    """`tairiku scenario list`."""
    from tairiku.scenario.load import list_scenarios, read_head, scenario_folder

    heads = [read_head(scenario_folder(name)) for name in list_scenarios()]
    if as_json:
        _print_json(json.loads(json.dumps(heads, default=str)))
        return 0
    table = Table(pad_edge=False)
    for name in ("scenario", "title", "from", "to"):
        table.add_column(name)
    for head in heads:
        table.add_row(head["name"], head["title"], str(head["first_day"]), str(head["last_day"]))
    _console().print(table)
    return 0


def _overview(loaded: Scenario) -> dict[str, Any]:
    forces: dict[str, dict[str, int]] = {}
    for unit in loaded.units:
        entry = forces.setdefault(unit.side, {"units": 0, "men": 0, "guns": 0, "tanks": 0})
        entry["units"] += 1
        entry["men"] += unit.men_best
        entry["guns"] += unit.guns_best
        entry["tanks"] += unit.tanks_best
    return {
        "name": loaded.name,
        "title": loaded.title,
        "first_day": loaded.first_day.isoformat(),
        "last_day": loaded.last_day.isoformat(),
        "days": loaded.days,
        "hexes": len(loaded.map.hexes),
        "places": len(loaded.map.places),
        "formations": len(loaded.formations),
        "depots": len(loaded.depots),
        "air_units": len(loaded.air_units),
        "parameters": len(loaded.parameters),
        "forces": forces,
        "digest": loaded.digest,
    }


def scenario_show(scenario: str, *, as_json: bool) -> int:
    """`tairiku scenario show`."""
    found = _overview(load_scenario(scenario))
    if as_json:
        _print_json(found)
        return 0
    console = _console()
    console.print(f"{found['title']} ({found['name']})")
    console.print(f"{found['first_day']} to {found['last_day']}, {found['days']} days")
    for name in ("hexes", "places", "formations", "depots", "air_units", "parameters"):
        console.print(f"{name.replace('_', ' ')}: {found[name]:,}")
    table = Table(pad_edge=False)
    for name in ("force", "units", "men", "guns", "tanks"):
        table.add_column(name, justify="left" if name == "force" else "right")
    for force, entry in found["forces"].items():
        table.add_row(force, *(f"{entry[n]:,}" for n in ("units", "men", "guns", "tanks")))
    console.print(table)
    return 0


def scenario_check(scenario: str, *, as_json: bool) -> int:
    """`tairiku scenario check`: 0 if there is nothing to mend, 2 if there is."""
    from tairiku.check import check_scenario

    problems = check_scenario(scenario)
    if as_json:
        _print_json(
            [
                {
                    "file": p.file,
                    "row": p.row,
                    "field": p.field,
                    "value": p.value,
                    "message": p.message,
                }
                for p in problems
            ]
        )
    elif problems:
        for problem in problems:
            print(problem, file=sys.stderr)
        count = len(problems)
        print(f"{count} problem{'s' if count != 1 else ''} in '{scenario}'.", file=sys.stderr)
    else:
        _console().print(f"Nothing to mend in '{scenario}'.")
    return 2 if problems else 0


def scenario_variants(scenario: str, *, as_json: bool) -> int:
    """`tairiku scenario variants`."""
    from tairiku.scenario.load import variants_of
    from tairiku.scenario.variants import load_variant

    loaded = load_scenario(scenario)
    folders = [folder for folder in (loaded.folder, loaded.parent) if folder is not None]
    found = [load_variant(folders, name) for name in variants_of(loaded)]
    if as_json:
        _print_json([variant.model_dump(mode="json") for variant in found])
        return 0
    table = Table(pad_edge=False)
    for name in ("variant", "question", "argued by"):
        table.add_column(name)
    for variant in found:
        table.add_row(variant.name, variant.question, variant.argued_by)
    _console().print(table)
    return 0


def doctor(*, clear: bool, as_json: bool) -> int:
    """`tairiku doctor`."""
    from tairiku.base import kernels
    from tairiku.base.provenance import software
    from tairiku.scenario.load import list_scenarios

    root = kernels.cache_root()
    if clear and root.exists():
        shutil.rmtree(root)
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    browsers = [shutil.which(name) for name in ("chromium", "google-chrome")]
    browser = next((path for path in browsers if path), None)
    found: dict[str, Any] = {
        "versions": software(),
        "cores": os.cpu_count(),
        "cache": str(root),
        "cache_bytes": size,
        "rules_compiled": kernels.is_compiled(),
        "scenarios": list_scenarios(),
        "browser_for_tests": browser,
        "missing": [name for name, number in software().items() if not number],
    }
    if as_json:
        _print_json(found)
        return 0
    console = _console()
    for name, number in found["versions"].items():
        console.print(f"{name:12} {number or 'missing'}")
    console.print(f"cores        {found['cores']}")
    console.print(f"cache        {root} ({size / 1e6:.1f} MB)", soft_wrap=True)
    compiled = "compiled" if found["rules_compiled"] else "not compiled yet (about a minute, once)"
    console.print(f"rules        {compiled}")
    console.print(f"scenarios    {', '.join(found['scenarios'])}")
    console.print(f"browser      {browser or 'none found: the browser tests will be skipped'}")
    if found["missing"]:
        console.print(f"missing      {', '.join(found['missing'])}; install them with: uv sync")
    return 0
