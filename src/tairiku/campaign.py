"""One campaign with any commanders: the world is built, played day by day, and recorded."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tairiku import replay
from tairiku.base.dates import parse_date
from tairiku.base.errors import ProgramError, RequestError
from tairiku.recording import Recorder, names_of
from tairiku.replay import Table
from tairiku.scenario.load import Scenario, load_scenario

if TYPE_CHECKING:
    import duckdb
    import pandas as pd


@dataclass
class Run:
    """A campaign that was played: its tables, who it was, and the state it ended in.

    Attributes
    ----------
    tables
        The replay, by table name (see `tairiku.replay.TABLES`), as NumPy columns.
    identity
        What identifies the run: scenario and its hash, seed, sources, variant, changes.
    days
        Days played.
    complete
        False if it was stopped before its last day.
    state_hash
        SHA-256 of the last state's bytes.
    seconds
        Time the engine took. [s]
    """

    scenario: Scenario
    identity: dict[str, str]
    tables: dict[str, Table]
    days: int
    complete: bool
    state_hash: str
    seconds: float
    corridor: dict[str, Any] = field(default_factory=dict)
    _connection: "duckdb.DuckDBPyConnection | None" = field(default=None, repr=False)

    def relation(self, table: str) -> "duckdb.DuckDBPyRelation":
        """One table as a DuckDB relation; `tairiku.replay.TABLES` names them."""
        if table not in replay.TABLES:
            raise RequestError(f"no table '{table}' in a replay ({', '.join(replay.TABLES)})")
        return self.sql(f"SELECT * FROM {table}")

    def sql(self, query: str) -> "duckdb.DuckDBPyRelation":
        """The result of an SQL query over the run's tables, as a DuckDB relation."""
        if self._connection is None:
            self._connection = replay.connection(self.tables)
        return self._connection.sql(query)

    def numpy(self, table: str) -> dict[str, np.ndarray]:
        """One table as NumPy columns, names spelt out."""
        result: dict[str, np.ndarray] = self.relation(table).fetchnumpy()
        return result

    def pandas(self, table: str) -> "pd.DataFrame":
        """One table as a pandas frame (needs the extra ``tairiku[pandas]``)."""
        try:
            import pandas  # noqa: F401
        except ImportError as error:
            raise RequestError(
                "pandas is not installed; install it with: pip install 'tairiku[pandas]'"
            ) from error
        frame: pd.DataFrame = self.relation(table).df()
        return frame

    def save(self, folder: Path) -> None:
        """Write the tables into an existing folder."""
        replay.write(folder, self.tables, self.identity)


@dataclass(frozen=True)
class Choices:
    """What a run is asked to be; together with the scenario's hash it is the run's identity."""

    seed: int = 1
    replica: int = 0
    until: date | None = None
    sources: str = "reconciled"
    variant: str | None = None
    changes: dict[str, float] = field(default_factory=dict)
    without: tuple[str, ...] = ()


def asked_date(until: date | str | None) -> date | None:
    """The date of ``1944-06-18``, or None.

    Raises
    ------
    RequestError
        If the text is no date.
    """
    if not isinstance(until, str):
        return until
    try:
        return parse_date(until)
    except ValueError as error:
        raise RequestError(f"--until {error}") from error


def last_day_of(scenario: Scenario, until: date | None) -> int:
    """The number of days to play for a last date asked for.

    Raises
    ------
    RequestError
        If the date lies outside the campaign.
    """
    if until is None:
        return scenario.days
    if not scenario.first_day <= until <= scenario.last_day:
        raise RequestError(
            f"the date {until} lies outside the campaign '{scenario.name}' "
            f"({scenario.first_day} to {scenario.last_day})"
        )
    return scenario.day_of(until) + 1


class Campaign:
    """A world in play: state, day and log.

    Parameters
    ----------
    scenario
        What is assumed.
    choices
        Seed and the rest; sources, variant and changes must be those the scenario was loaded with.
    """

    def __init__(self, scenario: Scenario, choices: Choices) -> None:
        # the rules are compiled when first needed; nothing above imports Numba
        from tairiku.command.compiling import compile_rules

        compile_rules()
        from tairiku.command.setup import build_plans, new_minds, new_orders, new_view
        from tairiku.sim import layout
        from tairiku.sim.setup import build_map, build_parameters, build_state, new_work

        self.scenario = scenario
        self.choices = choices
        self.plans = build_plans(scenario)
        self.params = layout.new(layout.PARAMETERS)
        self.params[0] = build_parameters(scenario, choices.seed, choices.replica)
        self.M = build_map(scenario, self.params[0])
        self.states = layout.new(layout.STATE)
        self.states[0] = build_state(scenario, choices.seed, choices.replica, self.M)
        self.work = new_work()
        self.view = new_view()
        self.orders = new_orders()
        self.minds = new_minds(1)
        self.recorder = Recorder(names_of(scenario))
        self.day = 0
        self.seconds = 0.0

    @property
    def state(self) -> Any:
        """The STATE record now."""
        return self.states[0]

    @property
    def date(self) -> date:
        """The date of the next day to be played."""
        return self.scenario.date_of(self.day)

    def step(self) -> None:
        """Play one whole day with the plan commanders, and record its evening."""
        from tairiku.command.play import WHOLE_DAY

        self.play_parts(WHOLE_DAY)
        self.finish_day()

    def play_parts(self, parts: int) -> None:
        """Play some parts of the day (`tairiku.command.play`), for commanders other than the plan.

        Raises
        ------
        ProgramError
            If a rule met an impossibility.
        """
        from tairiku.command.play import play_days

        started = time.perf_counter()
        wrong = play_days(
            self.states,
            self.M,
            self.params,
            self.work,
            self.view,
            self.orders,
            self.plans,
            self.minds,
            self.day,
            self.day + 1,
            parts,
        )
        self.seconds += time.perf_counter() - started
        if wrong:
            raise ProgramError(
                f"a rule met an impossibility (code {int(self.state.error)}) on {self.date}, "
                f"seed {self.choices.seed}; please report it with the command you gave"
            )

    def finish_day(self) -> None:
        """Record the evening and turn to the next day."""
        self.recorder.evening(self.state, self.M)
        self.day += 1

    def run(self, complete: bool) -> Run:
        """The run as it stands now."""
        S = self.state
        return Run(
            scenario=self.scenario,
            identity=identity(self.scenario, self.choices, self.day),
            tables=self.recorder.tables(np.datetime64(self.scenario.first_day)),
            days=self.day,
            complete=complete,
            state_hash=hashlib.sha256(self.states.tobytes()).hexdigest(),
            seconds=self.seconds,
            corridor={
                "control": bool(S.g_corridor_control >= 1.0),
                "control_share": round(float(S.g_corridor_control), 4),
                "rail": bool(S.g_corridor_rail >= 1.0),
                "rail_share": round(float(S.g_corridor_rail), 4),
                "tonnes_per_day": float(S.g_corridor_tonnes),
            },
        )


def identity(scenario: Scenario, choices: Choices, days: int) -> dict[str, str]:
    """What identifies a run, as the text pairs of a Parquet footer."""
    changes = ";".join(f"{key}={value!r}" for key, value in sorted(choices.changes.items()))
    return {
        "scenario": scenario.name,
        "scenario_hash": scenario.digest,
        "seed": str(choices.seed),
        "replica": str(choices.replica),
        "sources": choices.sources,
        "variant": choices.variant or "",
        "changes": changes,
        "without": ";".join(sorted(choices.without)),
        "days": str(days),
    }


def simulate(
    scenario: Scenario | str = "ichigo",
    *,
    seed: int = 1,
    until: date | str | None = None,
    sources: str = "reconciled",
    variant: str | None = None,
    changes: dict[str, float] | None = None,
    without: tuple[str, ...] | list[str] = (),
    on_day: Callable[[Campaign], None] | None = None,
) -> Run:
    """Play one campaign with the plan commanders of both sides.

    Parameters
    ----------
    scenario
        A loaded scenario, or the name of one to be loaded with the other choices.
    seed
        Key of the dice.
    until
        Last day; the scenario's own if not given.
    sources, variant, changes, without
        As in `load_scenario`.
    on_day
        Called after each day with the campaign; for progress.

    Returns
    -------
    The run.  Stopped by Ctrl-C, the days played so far, marked as not complete.

    Examples
    --------
    >>> run = simulate("tiny", seed=1)  # doctest: +SKIP
    >>> run.days  # doctest: +SKIP
    30
    """
    last = asked_date(until)
    choices = Choices(
        seed=seed,
        until=last,
        sources=sources,
        variant=variant,
        changes=dict(changes or {}),
        without=tuple(without),
    )
    if isinstance(scenario, str):
        scenario = load_scenario(
            scenario, sources=sources, variant=variant, changes=changes or {}, without=without
        )
    days = last_day_of(scenario, last)
    campaign = Campaign(scenario, choices)
    campaign.recorder.dawn(campaign.state, campaign.M)
    complete = True
    try:
        while campaign.day < days:
            campaign.step()
            if on_day is not None:
                on_day(campaign)
    except KeyboardInterrupt:
        complete = False
    return campaign.run(complete)
