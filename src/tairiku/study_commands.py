"""The bodies of the commands that study many campaigns."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tairiku.base.errors import RequestError
from tairiku.commands import _compile, _console, _print_json
from tairiku.scenario.load import parse_change

STOPPED = 130


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar with campaigns done, their rate and the time that remains."""
    console = _console()
    with Progress(
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("campaigns"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
    ) as progress:
        task = progress.add_task("", total=None, rate="")

        def on_progress(done: int, total: int) -> None:
            if progress.tasks[0].total is None:  # what an earlier call played counts for no rate
                progress.update(task, total=total, completed=done)
                progress.reset(task, total=total, completed=done)
            speed = progress.tasks[0].speed
            rate = f"{speed:,.1f} a second" if speed else ""
            progress.update(task, completed=done, rate=rate)

        yield on_progress


def ensemble(
    scenario: str,
    *,
    n: int,
    changes: list[str],
    output: Path | None,
    report: bool,
    as_json: bool,
    resume: bool,
    **choices: Any,
) -> int:
    """`tairiku ensemble`."""
    from tairiku.study.ensembles.ensemble import ensemble as play
    from tairiku.study.ensembles.telling import tell

    wanted = dict(parse_change(text) for text in changes)
    _compile(_console(), as_json)
    with _progress(as_json) as on_progress:
        found = play(
            scenario,
            n,
            changes=wanted,
            folder=output,
            resume=resume,
            on_progress=on_progress,
            **choices,
        )
    if not found.complete:
        return _stopped(found.folder, found.done, found.n)
    summary = found.summary()
    page = _report(found.folder) if report else None
    if as_json:
        _print_json({**summary, "directory": str(found.folder)})
        return 0
    console = _console()
    tell(console, summary)
    console.print(f"Folder: {found.folder}", soft_wrap=True)
    if page is not None:
        console.print(f"Report: {page}", soft_wrap=True)
    return 0


def _stopped(folder: Path, done: int, n: int) -> int:
    import sys

    print(
        f"tairiku: stopped with {done:,} of {n:,} campaigns kept in {folder}; "
        "go on by the same command with --resume",
        file=sys.stderr,
    )
    return STOPPED


def _report(folder: Path, output: Path | None = None) -> Path:
    from tairiku.report.studies import write_study_report

    return write_study_report(folder, output=output)


def report(directory: Path, *, output: Path | None, force: bool) -> int:
    """`tairiku report`: of a run, an ensemble or a what-if."""
    from tairiku.study.ensembles.reading import is_ensemble
    from tairiku.study.whatifs.reading import is_whatif

    if not (is_ensemble(directory) or is_whatif(directory)):
        from tairiku.commands import report as report_of_run

        return report_of_run(directory, output=output, force=force)
    if output is not None and output.exists() and not force:
        raise RequestError(f"'{output}' is there already; choose another, or give --force")
    _console().print(f"Report: {_report(directory, output)}", soft_wrap=True)
    return 0


def whatif(
    variants: list[str],
    *,
    n: int,
    changes: list[str],
    output: Path | None,
    report: bool,
    as_json: bool,
    resume: bool,
    **choices: Any,
) -> int:
    """`tairiku whatif`."""
    from tairiku.study.whatifs.telling import tell
    from tairiku.study.whatifs.whatif import whatif as play

    wanted = dict(parse_change(text) for text in changes)
    _compile(_console(), as_json)
    with _progress(as_json) as on_progress:
        found = play(
            *variants,
            n=n,
            changes=wanted,
            folder=output,
            resume=resume,
            on_progress=on_progress,
            **choices,
        )
    if not found.complete:
        return _stopped(found.folder, found.done, found.campaigns)
    effects = found.effects()
    page = _report(found.folder) if report else None
    if as_json:
        _print_json({**effects, "directory": str(found.folder)})
        return 0
    console = _console()
    tell(console, effects)
    console.print(f"Folder: {found.folder}", soft_wrap=True)
    if page is not None:
        console.print(f"Report: {page}", soft_wrap=True)
    return 0
