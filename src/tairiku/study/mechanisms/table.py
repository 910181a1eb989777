"""The table of mechanisms: what became of each, and the values that switch it off."""

from collections.abc import Sequence

from tairiku.base.errors import DataError, Problem, RequestError
from tairiku.base.tables import near, read_table
from tairiku.scenario.load import Scenario, switched_off
from tairiku.scenario.models import Mechanism

TABLE = "mechanisms.csv"


def read_mechanisms(scenario: Scenario) -> list[Mechanism]:
    """Return the rows of a scenario's mechanisms.csv, or of its parent's, in their order.

    Raises
    ------
    RequestError
        Neither has such a table.
    DataError
        The table has faults; all of them are listed.
    """
    path = scenario.file(TABLE)
    if path is None:
        raise RequestError(f"scenario '{scenario.name}' has no {TABLE}; take one that has, ichigo")
    problems: list[Problem] = []
    rows = read_table(path, Mechanism, problems)
    if problems:
        raise DataError(problems)
    return list(rows)


def chosen(scenario: Scenario, only: Sequence[str] = ()) -> list[Mechanism]:
    """Return the simulated mechanisms, or those of them that are asked for, in their order.

    Raises
    ------
    RequestError
        One asked for is not in the table, or not simulated; the message says what it is.
    """
    rows = read_mechanisms(scenario)
    by_id = {row.id: row for row in rows}
    for name in only:
        if name not in by_id:
            raise RequestError(f"mechanism '{name}' is not in {TABLE}{near(name, by_id)}")
        row = by_id[name]
        if row.status != "simulated":
            raise RequestError(f"mechanism {name} is not simulated ({row.status}): {row.reason}")
    return [row for row in rows if row.status == "simulated" and (not only or row.id in only)]


def switch(scenario: Scenario, mechanism: str) -> dict[str, float]:
    """Return the values that switch a mechanism off; a value set by hand goes before."""
    off = switched_off(scenario, mechanism)
    return {name: value for name, value in off.items() if name not in scenario.changes}


def named(scenario: Scenario, ids: Sequence[str]) -> list[str]:
    """Return mechanisms as ``M57 Aircraft stop the traffic by day``; bare ids without a table."""
    if not ids or scenario.file(TABLE) is None:
        return list(ids)
    statement = {row.id: row.statement for row in read_mechanisms(scenario)}
    return [f"{name} {statement[name]}" if name in statement else name for name in ids]
