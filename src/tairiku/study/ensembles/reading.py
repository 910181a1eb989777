"""An ensemble as it lies in its folder: tables of all replicas, bands by day, a summary."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tairiku.base.errors import DataError, RequestError
from tairiku.replay import Coded, Table
from tairiku.scenario.load import Scenario, load_scenario
from tairiku.study.ensembles.folder import MANIFEST, read_manifest, write_json, write_tables
from tairiku.study.ensembles.tables import LEVELS, PARTS, WHOLE
from tairiku.study.ensembles.watching import FORCES
from tairiku.study.summary import LOSSES

if TYPE_CHECKING:
    import duckdb

QUANTITIES = ("men", "absent", "lost", *LOSSES, "hexes")
WINDOW = 200_000  # rows of the days table read at a time, whatever the number of replicas


class Ensemble:
    """Campaigns of many seeds, in the folder that `ensemble` made.

    Attributes
    ----------
    folder
        Where it lies.
    about
        What was asked for: ensemble.json.

    Raises
    ------
    RequestError
        There is no ensemble in the folder.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.about = read_manifest(self.folder)
        self._connection: duckdb.DuckDBPyConnection | None = None

    @property
    def n(self) -> int:
        """Replicas asked for."""
        return int(self.about["n"])

    @property
    def done(self) -> int:
        """Replicas whose results are on disk."""
        there = [name.split("-") for name in self._there()]
        return sum(int(words[2]) - int(words[1]) + 1 for words in there)

    @property
    def complete(self) -> bool:
        """Whether every replica has been played."""
        return len(self._there()) == len(self.about["parts"])

    @property
    def first_date(self) -> date:
        """Date of day 0."""
        return date.fromisoformat(self.about["first_date"])

    @property
    def days(self) -> int:
        """Days of each campaign."""
        return int(self.about["days"])

    def date_of(self, day: int) -> date:
        """The date of a campaign day."""
        return self.first_date + timedelta(days=int(day))

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario it is of, without variant and changes: for its map, names and objectives."""
        return load_scenario(self.about["scenario"])

    def _there(self) -> list[str]:
        return [name for name in self.about["parts"] if (self.folder / "parts" / name).is_dir()]

    def relation(self, table: str) -> "duckdb.DuckDBPyRelation":
        """One table of all replicas: a table of a part, ``bands`` or ``maps``."""
        if table not in (*PARTS, *WHOLE):
            names = ", ".join((*PARTS, *WHOLE))
            raise RequestError(f"no table '{table}' in an ensemble ({names})")
        return self.sql(f"SELECT * FROM {table}")

    def sql(self, query: str) -> "duckdb.DuckDBPyRelation":
        """The result of an SQL query over the ensemble's tables, as a DuckDB relation."""
        return self._con().sql(query)

    def numpy(self, query: str) -> dict[str, Any]:
        """The result of an SQL query as NumPy columns, masked where a cell is NULL."""
        found: dict[str, Any] = self.sql(query).fetchnumpy()
        return found

    def summary(self) -> dict[str, Any]:
        """Intervals of dates, losses, airfields and corridor, as in summary.json."""
        from tairiku.study.ensembles.summing import summarise_ensemble

        return summarise_ensemble(self)

    def _con(self) -> "duckdb.DuckDBPyConnection":
        if self._connection is None:
            import duckdb

            con = duckdb.connect(config={"threads": 1, "memory_limit": "512MB"})
            there = self._there()
            if not there:
                raise RequestError(f"'{self.folder}' has no results yet; go on with --resume")
            for table in PARTS:
                files = [str(self.folder / "parts" / name / f"{table}.parquet") for name in there]
                _view(con, table, files)
            for table in WHOLE:
                path = self.folder / f"{table}.parquet"
                if path.is_file():
                    _view(con, table, [str(path)])
            self._connection = con
        return self._connection


def _view(con: "duckdb.DuckDBPyConnection", name: str, files: Sequence[str]) -> None:
    import duckdb

    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in files)
    try:
        con.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{listed}])")
    except duckdb.Error as error:
        raise DataError([f"{name}: not readable ({str(error).splitlines()[0]})"]) from error


def finish(folder: Path) -> None:
    """Write what all replicas together say: bands, maps and summary.

    Raises
    ------
    RequestError
        The disk is full or closed to us; what is done stays.
    """
    found = Ensemble(folder)
    footer = {
        name: str(found.about[name])
        for name in ("schema_version", "scenario", "scenario_hash", "kernels", "first_seed", "n")
    }
    write_tables(folder, {"bands": bands(found), "maps": maps(found)}, footer, WHOLE)
    write_json(folder / "summary.json", Ensemble(folder).summary())


def quantiles(values: np.ndarray, levels: Sequence[int] = LEVELS) -> dict[str, Any]:
    """Median and central intervals of the values along axis 0; numbers that occurred, none between.

    A value of infinity stands for "never": an end of an interval that is infinite lies beyond the
    campaign.

    >>> quantiles(np.arange(1.0, 12.0), (50,))
    {'median': 6.0, 'low50': 3.0, 'high50': 9.0}
    """
    shares = [0.5]
    names = ["median"]
    for level in levels:
        tail = (100 - level) / 200
        shares += [tail, 1.0 - tail]
        names += [f"low{level}", f"high{level}"]
    rows = np.quantile(values, shares, axis=0, method="inverted_cdf")
    if rows.ndim == 1:
        return dict(zip(names, rows.tolist(), strict=True))
    return dict(zip(names, rows, strict=True))


def bands(found: Ensemble) -> Table:
    """Bands by day of what each force has, has lost and holds: the table ``bands``."""
    window = max(1, WINDOW // (len(FORCES) * found.n))
    lost = " + ".join(LOSSES)
    columns: dict[str, list[np.ndarray]] = {
        column.name: [] for column in WHOLE["bands"] if column.name not in ("force", "quantity")
    }
    force_codes: list[np.ndarray] = []
    quantity_codes: list[np.ndarray] = []
    for first in range(-1, found.days, window):
        last = min(first + window, found.days)
        rows = found.numpy(
            f"SELECT * EXCLUDE (seed), {lost} AS lost FROM days "
            f"WHERE day >= {first} AND day < {last} ORDER BY day, force, seed"
        )
        evenings, names = last - first, sorted(FORCES)
        for number, quantity in enumerate(QUANTITIES):
            cube = np.asarray(rows[quantity], float).reshape(evenings * len(names), -1).T
            told = {**quantiles(cube), "mean": cube.mean(axis=0)}
            for column, values in told.items():
                columns[column].append(values)
            columns["day"].append(np.repeat(np.arange(first, last), len(names)))
            force_codes.append(np.tile([FORCES.index(name) for name in names], evenings))
            quantity_codes.append(np.full(evenings * len(names), number))
    joined = {name: np.concatenate(values) for name, values in columns.items()}
    forces, kinds = np.concatenate(force_codes), np.concatenate(quantity_codes)
    order = np.lexsort((joined["day"], forces, kinds))
    return {
        **{name: values[order] for name, values in joined.items()},
        "force": Coded(forces[order].astype(np.int32), FORCES),
        "quantity": Coded(kinds[order].astype(np.int32), QUANTITIES),
    }


def maps(found: Ensemble) -> Table:
    """In how many replicas each hex has fallen by each day: the table ``maps``."""
    rows = found.numpy(
        "SELECT day, hex, sum(fallen)::INTEGER AS fallen FROM hexes GROUP BY ALL ORDER BY day, hex"
    )
    rows["replicas"] = np.full(len(rows["day"]), found.n)
    return {name: np.asarray(values) for name, values in rows.items()}


def is_ensemble(folder: Path) -> bool:
    """Whether a folder holds an ensemble."""
    return (folder / MANIFEST).is_file()
