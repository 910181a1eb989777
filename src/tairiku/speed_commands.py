"""The body of `tairiku bench`: how fast, and where the time goes."""

from rich.table import Table

from tairiku.base.errors import RequestError
from tairiku.commands import _compile, _console, _print_json


def bench(scenario: str, *, campaigns: int, profile: bool, as_json: bool) -> int:
    """`tairiku bench`."""
    from tairiku.study.speed import MEANING, measure

    if campaigns < 1:
        raise RequestError(f"cannot time {campaigns} campaigns; give 1 or more with -n")
    if profile:
        return _profile(scenario, campaigns, as_json)
    console = _console()
    _compile(console, as_json)
    found = measure(scenario, campaigns)
    if as_json:
        _print_json(found)
        return 0
    table = Table(pad_edge=False)
    table.add_column("figure")
    table.add_column("value", justify="right")
    table.add_column("meaning")
    for name, value in found.items():
        shown = f"{value:,.2f}" if isinstance(value, float) else f"{value}"
        table.add_row(name, shown, MEANING.get(name, "scenario"))
    console.print(table)
    return 0


def _profile(scenario: str, campaigns: int, as_json: bool) -> int:
    """The share of each rule in the time of a day."""
    from tairiku.command.compiling import PROFILE
    from tairiku.study.speed import shares

    console = _console()
    _compile(console, as_json, PROFILE)
    found = shares(scenario, campaigns)
    if as_json:
        _print_json(found)
        return 0
    table = Table(pad_edge=False)
    for column in ("rule", "µs a day", "share"):
        table.add_column(column, justify="left" if column == "rule" else "right")
    for row in found["rules"]:
        table.add_row(row["rule"], f"{row['us_per_day']:,.1f}", f"{100 * row['share']:.1f} %")
    table.add_row("all", f"{found['us_per_day']:,.1f}", "")
    console.print(table)
    return 0
