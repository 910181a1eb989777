"""The commands on mechanisms: names and help only (see `tairiku.cli`)."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

mechanisms_app = App(
    name="mechanisms",
    help_format="markdown",
    help="The mechanisms of cause and effect that the documents describe.",
)

Scenario = Annotated[str, Parameter(help="Name of a scenario, or a folder with one.")]
Json = Annotated[bool, Parameter(name="--json", help="Print figures as JSON.", negative=())]


@mechanisms_app.command(name="list")
def list_(
    scenario: Scenario = "ichigo",
    *,
    status: Annotated[
        Literal["simulated", "scenario-data", "event", "record-only"] | None,
        Parameter(help="Those of this status alone."),
    ] = None,
    json_: Json = False,
) -> int:
    """List the mechanisms: status, what carries each, the reason where it is not simulated.

    Example: `tairiku mechanisms list --status record-only`
    """
    from tairiku import mechanism_commands

    return mechanism_commands.list_mechanisms(scenario, status=status, as_json=json_)


@mechanisms_app.command
def effects(
    scenario: Scenario = "ichigo",
    *,
    campaigns: Annotated[
        int, Parameter(name=["--campaigns", "-n"], help="Pairs of campaigns for each mechanism.")
    ] = 12,
    seed: Annotated[int, Parameter(help="Key of the dice of the first; the others follow.")] = 1,
    only: Annotated[
        list[str] | None,
        Parameter(help="Measure this mechanism alone; may be given several times.", negative=()),
    ] = None,
    sources: Annotated[
        Literal["de", "zh", "reconciled", "sampled"],
        Parameter(help="Whose figures the campaigns start from."),
    ] = "reconciled",
    threads: Annotated[
        int | None, Parameter(help="Campaigns at a time; the result does not depend on it.")
    ] = None,
    output: Annotated[
        Path | None,
        Parameter(
            name=["--output", "-o"],
            help="CSV file to write; given again after an interruption, the study goes on.",
        ),
    ] = None,
    json_: Json = False,
) -> int:
    """Measure what switching off each simulated mechanism changes, over paired seeds.

    Each campaign is played with the mechanism and without it from the same seed.
    An effect that cannot be told from chance is printed as such.

    Examples

    - `tairiku mechanisms effects -n 12 -o effects.csv`
    - `tairiku mechanisms effects --only M57 --only M66 -n 40`
    """
    from tairiku import mechanism_commands

    return mechanism_commands.effects(
        scenario,
        campaigns=campaigns,
        seed=seed,
        only=only or [],
        sources=sources,
        threads=threads,
        output=output,
        as_json=json_,
    )
