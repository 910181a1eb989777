"""The commands that score the model: names and help only (see `tairiku.cli`)."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

validate_app = App(name="validate", help_format="markdown")

Scenario = Annotated[str, Parameter(help="Name of a scenario, or a folder with one.")]
Json = Annotated[bool, Parameter(name="--json", help="Print figures as JSON.", negative=())]
Force = Annotated[bool, Parameter(help="Write into a folder that is there already.", negative=())]


@validate_app.default
def validate(
    scenario: Annotated[
        str, Parameter(help="Name of a scenario, or a folder with one.")
    ] = "ichigo",
    *,
    campaigns: Annotated[int, Parameter(name=["--campaigns", "-n"], help="How many to play.")] = 20,
    seed: Annotated[int, Parameter(help="Key of the dice of the first; the others follow.")] = 1,
    truth: Annotated[
        Path | None,
        Parameter(help="Score against a file with the columns place, date (EDTF), source."),
    ] = None,
    phase: Annotated[
        list[str] | None,
        Parameter(help="Look at this phase only; may be given several times.", negative=()),
    ] = None,
    sources: Annotated[
        Literal["de", "zh", "reconciled", "sampled"],
        Parameter(help="Whose figures the campaigns start from."),
    ] = "reconciled",
    variant: Annotated[str | None, Parameter(help="A what-if by its name.")] = None,
    set_: Annotated[
        list[str] | None,
        Parameter(name="--set", help="KEY=VALUE: a parameter set by hand.", negative=()),
    ] = None,
    without: Annotated[
        list[str] | None, Parameter(help="A mechanism switched off, e.g. M57.", negative=())
    ] = None,
    threads: Annotated[
        int | None, Parameter(help="Threads that play; the result does not depend on it.")
    ] = None,
    output: Annotated[
        Path | None,
        Parameter(name=["--output", "-o"], help="Folder to make: JSON, CSV, Parquet, report."),
    ] = None,
    force: Force = False,
    log: Annotated[
        str | None, Parameter(help="Enter this look into the log of looks, as made by LOG.")
    ] = None,
    looks: Annotated[
        Path | None, Parameter(help="The log of looks; docs/looks.csv if not given.")
    ] = None,
    json_: Json = False,
) -> int:
    """Play an ensemble and score it beside the record, and naive rivals by the same rule.

    Every look at a phase that was held out belongs into docs/looks.csv: `--log` enters it,
    `--phase ko-go` looks at the calibration phase alone.

    Examples

    - `tairiku validate -n 200 -o validation`
    - `tairiku validate --phase ko-go`
    - `tairiku validate --truth my-dates.csv --json`
    """
    from tairiku import validate_campaign_commands

    return validate_campaign_commands.validate(
        scenario,
        campaigns=campaigns,
        seed=seed,
        truth=truth,
        phases=phase or [],
        sources=sources,
        variant=variant,
        changes=set_ or [],
        without=without or [],
        threads=threads,
        output=output,
        force=force,
        log=log,
        looks_file=looks,
        as_json=json_,
    )


@validate_app.command
def combat(
    *,
    battles: Annotated[
        Path, Parameter(help="Battles, one a row: strengths, arms, posture, ground, days (CSV).")
    ],
    output: Annotated[
        Path, Parameter(name=["--output", "-o"], help="File of predictions to write (CSV).")
    ],
    runs: Annotated[int, Parameter(help="How often each battle is fought.")] = 200,
    seed: Annotated[int, Parameter(help="Key of the dice.")] = 1,
    cross_validated: Annotated[
        bool,
        Parameter(help="Fight each battle by constants fitted without its campaign.", negative=()),
    ] = False,
    force: Annotated[bool, Parameter(help="Write over what is there.", negative=())] = False,
    json_: Json = False,
) -> int:
    """Fight real battles by the engine's own law and predict both sides' losses.

    Only what was known before a battle and how long it lasted is read; outcomes, if the file has
    them, are for the scores that are printed.

    Example: `tairiku validate combat --battles battles.csv -o predictions.csv`
    """
    from tairiku import validate_commands

    return validate_commands.combat(
        battles,
        output=output,
        runs=runs,
        seed=seed,
        crossed=cross_validated,
        force=force,
        as_json=json_,
    )
