"""`tairiku explain`: names and help only; the body is in `explain_commands`."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

explain_app = App(
    name="explain",
    help_format="markdown",
    help="Say why: what happened to a unit, a place or on a day, with numbers and dice.",
)


@explain_app.default
def explain(
    directory: Annotated[Path, Parameter(help="Run directory of `tairiku run`.")],
    *,
    unit: Annotated[
        str | None, Parameter(help="A unit by its id or by any name in any language.")
    ] = None,
    place: Annotated[str | None, Parameter(help="A place, named likewise.")] = None,
    date: Annotated[
        str, Parameter(help="The day, such as 1944-07-02, or a span, 1944-06-23/1944-07-02.")
    ],
    lang: Annotated[
        Literal["en", "de", "zht", "zhs", "ja"], Parameter(help="Language of the words.")
    ] = "en",
    json_: Annotated[
        bool, Parameter(name="--json", help="Print figures as JSON.", negative=())
    ] = False,
) -> int:
    """Say why: what happened to a unit, a place or on a day, with numbers and dice.

    Of a unit: its order and who gave it, what stopped it, whom it met, what it lost, which depot
    fed it by which line and what cut it.  Of a place: who held it, its siege, when and why it fell.
    Without either: the day's chief events.

    Examples

    - `tairiku explain runs/ichigo-seed1 --unit jp-68d --date 1944-07-02`
    - `tairiku explain runs/ichigo-seed1 --place 衡陽 --date 1944-08-08 --lang de`
    - `tairiku explain runs/ichigo-seed1 --date 1944-05-25 --json`
    """
    from tairiku import explain_commands

    return explain_commands.explain(
        directory, unit=unit, place=place, date=date, lang=lang, as_json=json_
    )
