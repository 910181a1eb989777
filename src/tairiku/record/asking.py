"""Questions in SQL: what may be asked, and what is said of a question that cannot be answered.

A connection for questions can neither read nor write files, nor change a table or a setting.
"""

import difflib
import re
from dataclasses import dataclass
from typing import Any

import duckdb

from tairiku.base.errors import RequestError
from tairiku.record.columns import TABLES

_LISTING = {"show", "tables", "information_schema", "duckdb_tables", "duckdb_columns"}


@dataclass(frozen=True)
class Answer:
    """What a question brought: names of the columns, and the rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def locked(connection: Any) -> Any:
    """Return the connection without access to files, its settings locked."""
    connection.execute("SET enable_external_access = false; SET lock_configuration = true")
    return connection


def check_question(sql: str) -> None:
    """Refuse what is not one question.

    Raises
    ------
    RequestError
        It is no SQL, more than one statement, or one that would change something.
    """
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise RequestError(_explained(error, sql)) from None
    kinds = {statement.type.name for statement in statements}
    if len(statements) == 1 and kinds <= {"SELECT", "EXPLAIN"}:
        return
    what = "nothing" if not statements else f"{len(statements)} statements"
    if len(statements) == 1:
        what = f"a statement that is no question ({kinds.pop().lower()})"
    raise RequestError(f"this is {what}; ask one question, beginning with SELECT or WITH")


def answer(connection: Any, sql: str) -> Answer:
    """Return the answer of a database to a checked question; the connection is closed.

    Raises
    ------
    RequestError
        The question names a table or a column that is not there, or the like; the message says
        what there is.
    """
    try:
        found = connection.execute(sql)
        columns = tuple(column[0] for column in found.description)
        return Answer(columns, found.fetchall())
    except duckdb.Error as error:
        raise RequestError(_explained(error, sql)) from None
    finally:
        connection.close()


def named_tables(sql: str) -> list[str]:
    """Return the tables whose name stands in a question; all of them if it asks which there are."""
    words = set(re.findall(r"\w+", sql.lower()))
    return list(TABLES) if words & _LISTING else [name for name in TABLES if name in words]


def _explained(error: Exception, sql: str) -> str:
    """The message of the database, and what there is: the tables, the nearest columns."""
    first = str(error).splitlines()[0]
    what = re.sub(r"^(?:[A-Z]\w+ )+Error: ", "", first).rstrip("!")
    lines = [f"the question cannot be answered: {what}"]
    where = str(error).partition("\n\nLINE")[2]
    lines += [f"  {line}" for line in f"LINE{where}".rstrip().splitlines() if where]
    missing = re.search(r'column(?: named)? "?(?:\w+"?\."?)?(\w+)"', what)
    if missing:
        lines.append(_near_columns(missing[1], sql))
    lines.append(f"tables: {', '.join(TABLES)}")
    return "\n".join(line for line in lines if line)


def _near_columns(name: str, sql: str) -> str:
    asked = [table for table in named_tables(sql) or TABLES if table in TABLES]
    known = {c.name: table for table in reversed(asked) for c in TABLES[table].columns}
    close = difflib.get_close_matches(name.lower(), known, 3, 0.5)
    if close:
        return f"near '{name}': {', '.join(f'{known[c]}.{c}' for c in close)}"
    return "\n".join(f"{t}: {', '.join(c.name for c in TABLES[t].columns)}" for t in asked[:3])
