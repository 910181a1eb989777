"""The body of `tairiku validate`: play an ensemble, score it beside the record, tell and write."""

import os
from pathlib import Path

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

from tairiku.base.errors import RequestError
from tairiku.commands import _compile, _console, _print_json
from tairiku.scenario.load import load_scenario, parse_change


def validate(
    scenario: str,
    *,
    campaigns: int,
    seed: int,
    truth: Path | None,
    phases: list[str],
    sources: str,
    variant: str | None,
    changes: list[str],
    without: list[str],
    threads: int | None,
    output: Path | None,
    force: bool,
    log: str | None,
    looks_file: Path | None,
    as_json: bool,
) -> int:
    """`tairiku validate`."""
    if threads is not None and threads < 1:
        raise RequestError(f"{threads} threads cannot play; give 1 or more with --threads")
    loaded = load_scenario(
        scenario,
        sources=sources,
        variant=variant,
        changes=dict(parse_change(text) for text in changes),
        without=without,
    )
    from tairiku.study.scoring import looks
    from tairiku.study.scoring.setting import read_setting
    from tairiku.study.scoring.truth import scored_places
    from tairiku.study.scoring.validate import check_request

    # all that can be refused is refused before anything is played
    check_request(campaigns, seed, phases, read_setting(loaded), scored_places(loaded, truth))
    folder = _folder(output, force)
    console = _console()
    _compile(console, as_json)

    from tairiku.study.scoring.tables import as_dict
    from tairiku.study.scoring.telling import tell
    from tairiku.study.scoring.validate import validate as play_and_score

    with Progress(
        SpinnerColumn(),
        TextColumn("campaigns"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=as_json or not console.is_terminal,
        transient=True,
    ) as progress:
        task = progress.add_task("", total=campaigns)
        found = play_and_score(
            loaded,
            campaigns=campaigns,
            seed=seed,
            truth=truth,
            only=phases,
            looks=looks_file,
            threads=threads or os.cpu_count() or 1,
            on_day=lambda days: progress.update(task, advance=days / loaded.days),
        )
    if log is not None:
        looked = f"{campaigns} campaigns of {loaded.name}, seeds from {seed}, {found.truth}, "
        looked += f"phases {', '.join(dict.fromkeys(row.place.phase for row in found.places))}"
        looks.append_look(
            found.looks, who=log, model=found.model, looked_at=looked, changed_after=""
        )
    page: Path | None = None
    if folder is not None:
        from tairiku.report.validation import write_validation_report
        from tairiku.study.scoring.files import write_validation

        write_validation(folder, found)
        page = write_validation_report(folder / "report.html", found)
    if as_json:
        _print_json({**as_dict(found), "directory": None if folder is None else str(folder)})
        return 0
    tell(console, found)
    if folder is not None:
        console.print(f"Directory: {folder}", soft_wrap=True)
        console.print(f"Report: {page}", soft_wrap=True)
    return 0


def _folder(asked: Path | None, force: bool) -> Path | None:
    """The folder of -o, made and tried; None if none was asked for.

    Raises
    ------
    RequestError
        If it is there already (without --force), or cannot be made or written.
    """
    if asked is None:
        return None
    if asked.exists() and not force:
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
