"""The command line: names and help only; every body is imported when its command is called."""

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, CycloptsError, Parameter

from tairiku import __version__, cli_studies
from tairiku.cli_explain import explain_app
from tairiku.cli_mechanisms import mechanisms_app
from tairiku.cli_record import record_app
from tairiku.cli_validate import validate_app

app = App(
    name="tairiku",
    version=__version__,
    help="""The open campaign simulator of Operation Ichi-Gō, China, April-December 1944.

    Start with `tairiku run`: the whole campaign, day by day, and a report with a map that plays.
    """,
    help_format="plaintext",  # Markdown takes a tenth of a second; the commands' own help has it
)
scenario_app = App(
    name="scenario", help_format="markdown", help="Look at scenarios and check their data files."
)
app.command(scenario_app)
app.command(record_app)
app.command(mechanisms_app)
app.command(explain_app)
app.command(cli_studies.ensemble)
app.command(cli_studies.whatif)
app.command(validate_app)

Scenario = Annotated[str, Parameter(help="Name of a scenario, or a folder with one.")]
Seed = Annotated[int, Parameter(help="Key of the dice: the same seed gives the same campaign.")]
Sources = Annotated[
    Literal["de", "zh", "reconciled", "sampled"],
    Parameter(help="Whose word: a text's, reconciled, or drawn in each figure's range by dice."),
]
Variant = Annotated[
    str | None, Parameter(help="A what-if by its name (`tairiku scenario variants`).")
]
Changes = Annotated[
    list[str] | None,
    Parameter(name="--set", help="KEY=VALUE: a parameter set by hand, e.g. combat.ka=0.05."),
]
Without = Annotated[
    list[str] | None,
    Parameter(help="A mechanism switched off, e.g. M57; may be given several times."),
]
Force = Annotated[bool, Parameter(help="Write into a folder that is there already.", negative=())]
Json = Annotated[bool, Parameter(name="--json", help="Print figures as JSON.", negative=())]
Language = Annotated[Literal["en", "de", "zht", "zhs", "ja"], Parameter(help="Language of names.")]


@app.command(help_format="markdown")
def run(
    scenario: Scenario = "ichigo",
    *,
    seed: Seed = 1,
    until: Annotated[str | None, Parameter(help="Last day, such as 1944-06-18.")] = None,
    sources: Sources = "reconciled",
    variant: Variant = None,
    set_: Changes = None,
    without: Without = None,
    output: Annotated[
        Path | None, Parameter(name=["--output", "-o"], help="Run directory to make.")
    ] = None,
    force: Force = False,
    report: Annotated[bool, Parameter(help="Write report.html as well.")] = True,
    lang: Language = "en",
    json_: Json = False,
) -> int:
    """Play one campaign and set it beside history.

    Writes a run directory (tables, summary.json, report.html) under `runs/`, or where -o says.

    Examples

    - `tairiku run`
    - `tairiku run --seed 7 --until 1944-06-18 -o runs/henan`
    - `tairiku run tiny --set combat.ka=0.05 --json`
    """
    from tairiku import commands

    return commands.run(
        scenario=scenario,
        seed=seed,
        until=until,
        sources=sources,
        variant=variant,
        changes=set_ or [],
        without=without or [],
        output=output,
        force=force,
        report=report,
        lang=lang,
        as_json=json_,
    )


@app.command(help_format="markdown")
def report(
    directory: Annotated[
        Path, Parameter(help="Folder of `tairiku run`, `tairiku ensemble` or `tairiku whatif`.")
    ],
    *,
    output: Annotated[
        Path | None, Parameter(name=["--output", "-o"], help="HTML file to write.")
    ] = None,
    force: Force = False,
) -> int:
    """Write the report of a run or a study as one HTML file that works from disk.

    Example: `tairiku report runs/ichigo-seed1`
    """
    from tairiku import study_commands

    return study_commands.report(directory, output=output, force=force)


@app.command(help_format="markdown")
def diff(
    first: Annotated[Path, Parameter(help="A run directory.")],
    second: Annotated[Path, Parameter(help="Another run directory.")],
    *,
    json_: Json = False,
) -> int:
    """Say what differs between two runs, from which day on, and why.

    Example: `tairiku diff runs/ichigo-seed1 runs/ichigo-seed2`
    """
    from tairiku import commands

    return commands.diff(first, second, as_json=json_)


@scenario_app.command(name="list")
def scenario_list(*, json_: Json = False) -> int:
    """List the scenarios that come with Tairiku.

    Example: `tairiku scenario list`
    """
    from tairiku import commands

    return commands.scenario_list(as_json=json_)


@scenario_app.command(name="show")
def scenario_show(scenario: Scenario = "ichigo", *, json_: Json = False) -> int:
    """Show what a scenario holds: dates, units, men, depots, plans.

    Example: `tairiku scenario show ichigo`
    """
    from tairiku import commands

    return commands.scenario_show(scenario, as_json=json_)


@scenario_app.command(name="check")
def scenario_check(scenario: Scenario = "ichigo", *, json_: Json = False) -> int:
    """Read every file of a scenario and report all its problems in one pass.

    Example: `tairiku scenario check ichigo`
    """
    from tairiku import commands

    return commands.scenario_check(scenario, as_json=json_)


@scenario_app.command(name="variants")
def scenario_variants(scenario: Scenario = "ichigo", *, json_: Json = False) -> int:
    """List the what-ifs of a scenario, with the question each one asks.

    Example: `tairiku scenario variants`
    """
    from tairiku import commands

    return commands.scenario_variants(scenario, as_json=json_)


@scenario_app.command(name="export")
def scenario_export(
    scenario: Scenario = "ichigo",
    *,
    sources: Sources = "de",
    output: Annotated[
        Path | None, Parameter(name=["--output", "-o"], help="Folder to write two tables into.")
    ] = None,
    force: Force = False,
    json_: Json = False,
) -> int:
    """Show what differs from the reconciled scenario when a text has its way, and write it.

    Examples

    - `tairiku scenario export --sources de`
    - `tairiku scenario export --sources zh -o zh-differs --json`
    """
    from tairiku import source_commands

    return source_commands.scenario_export(
        scenario, sources=sources, output=output, force=force, as_json=json_
    )


@app.command(help_format="markdown")
def doctor(
    *,
    clear: Annotated[bool, Parameter(help="Empty the caches.", negative=())] = False,
    json_: Json = False,
) -> int:
    """Say which versions are installed, what is cached and what is missing.

    Example: `tairiku doctor`
    """
    from tairiku import commands

    return commands.doctor(clear=clear, as_json=json_)


@app.command(help_format="markdown")
def bench(
    scenario: Scenario = "ichigo",
    *,
    campaigns: Annotated[int, Parameter(name=["--campaigns", "-n"], help="How many to time.")] = 16,
    profile: Annotated[
        bool, Parameter(help="The share of each rule in the time of a day instead.", negative=())
    ] = False,
    json_: Json = False,
) -> int:
    """Measure the speed figures of the README on this machine.

    Examples

    - `tairiku bench -n 32`
    - `tairiku bench --profile`
    """
    from tairiku import speed_commands

    return speed_commands.bench(scenario, campaigns=campaigns, profile=profile, as_json=json_)


def main(arguments: list[str] | None = None) -> None:
    """Run one command; ends with 0, 1 (asked-for check found problems), 2 (mistake) or 130."""
    from tairiku.base.errors import ProgramError, TairikuError

    try:
        code = app(arguments, exit_on_error=False, print_error=True, result_action="return_value")
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except CycloptsError:
        sys.exit(2)
    except TairikuError as error:
        print(f"tairiku: {error}", file=sys.stderr)
        sys.exit(3 if isinstance(error, ProgramError) else 2)
    except BrokenPipeError:  # whoever read the output has had enough, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        print("tairiku: stopped", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
