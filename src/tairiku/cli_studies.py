"""The command line of studies over many campaigns: names and help; bodies in study_commands."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

Scenario = Annotated[str, Parameter(help="Name of a scenario, or a folder with one.")]
Count = Annotated[int, Parameter(name=["--campaigns", "-n"], help="How many campaigns.")]
Pairs = Annotated[int, Parameter(name=["--campaigns", "-n"], help="How many pairs of campaigns.")]
Seed = Annotated[int, Parameter(help="Key of the first campaign's dice; the next have the next.")]
Sources = Annotated[
    Literal["de", "zh", "reconciled", "sampled"],
    Parameter(help="Whose figures: reconciled, or sampled from each figure's range by the dice."),
]
Variant = Annotated[
    str | None,
    Parameter(help="A what-if by its name or its file's path; several joined by +."),
]
Changes = Annotated[
    list[str] | None,
    Parameter(name="--set", help="KEY=VALUE: a parameter set by hand, e.g. combat.ka=0.05."),
]
Without = Annotated[
    list[str] | None,
    Parameter(help="A mechanism switched off, e.g. M57; may be given several times."),
]
Until = Annotated[str | None, Parameter(help="Last day, such as 1944-06-18.")]
Workers = Annotated[int | None, Parameter(help="How many play at a time; all cores if not given.")]
Processes = Annotated[
    bool, Parameter(help="Processes of this machine in place of threads.", negative=())
]
Cluster = Annotated[
    str | None,
    Parameter(help="Address of a dask scheduler (tcp://host:8786), or local to start one here."),
]
Resume = Annotated[
    bool,
    Parameter(help="Go on with a folder that was interrupted, or make it larger.", negative=()),
]
Output = Annotated[Path | None, Parameter(name=["--output", "-o"], help="Folder to make.")]
Report = Annotated[bool, Parameter(help="Write report.html and figures/ as well.")]
Json = Annotated[bool, Parameter(name="--json", help="Print figures as JSON.", negative=())]


def ensemble(
    scenario: Scenario = "ichigo",
    *,
    campaigns: Count = 100,
    seed: Seed = 1,
    until: Until = None,
    sources: Sources = "reconciled",
    variant: Variant = None,
    set_: Changes = None,
    without: Without = None,
    workers: Workers = None,
    processes: Processes = False,
    cluster: Cluster = None,
    resume: Resume = False,
    output: Output = None,
    report: Report = True,
    json_: Json = False,
) -> int:
    """Play many campaigns, one from each seed, and say how likely each outcome is.

    Writes a folder (Parquet parts, bands by day, maps, summary.json, report.html) under `runs/`,
    or where -o says.
    Whoever plays, and however often it is interrupted, the folder holds the same bytes.

    Examples

    - `tairiku ensemble -n 200`
    - `tairiku ensemble -n 1000 --workers 8 -o runs/thousand`
    - `tairiku ensemble -n 1000 -o runs/thousand --resume`
    - `tairiku ensemble tiny -n 20 --cluster local --json`
    """
    from tairiku import study_commands

    return study_commands.ensemble(
        scenario,
        n=campaigns,
        seed=seed,
        until=until,
        sources=sources,
        variant=variant,
        changes=set_ or [],
        without=without or [],
        workers=workers,
        processes=processes,
        cluster=cluster,
        resume=resume,
        output=output,
        report=report,
        as_json=json_,
    )


def whatif(
    *variants: Annotated[
        str, Parameter(help="Names of what-ifs, paths of .toml files, or several joined by +.")
    ],
    scenario: Scenario = "ichigo",
    campaigns: Pairs = 100,
    seed: Seed = 1,
    until: Until = None,
    sources: Sources = "reconciled",
    set_: Changes = None,
    without: Without = None,
    workers: Workers = None,
    processes: Processes = False,
    cluster: Cluster = None,
    resume: Resume = False,
    output: Output = None,
    report: Report = True,
    json_: Json = False,
) -> int:
    """Ask what a change would have done: the same dice with it and without it, in pairs.

    Says for dates, losses, airfields and the corridor how much the change moved them, with an
    interval, or that no effect can be told.

    Examples

    - `tairiku whatif relief-under-one-command -n 100`
    - `tairiku whatif guilin-given-up japanese-supply-ample -n 200 -o runs/two-questions`
    - `tairiku whatif warning-heeded+relief-under-one-command`
    - `tairiku whatif my-question.toml -n 50 --json`
    """
    from tairiku import study_commands

    return study_commands.whatif(
        list(variants),
        scenario=scenario,
        n=campaigns,
        seed=seed,
        until=until,
        sources=sources,
        changes=set_ or [],
        without=without or [],
        workers=workers,
        processes=processes,
        cluster=cluster,
        resume=resume,
        output=output,
        report=report,
        as_json=json_,
    )
