"""SQL over the record: what the tables hold, and what a question may not do."""

from datetime import date
from pathlib import Path

import pytest

from tairiku.base.errors import RequestError
from tairiku.record.columns import TABLES
from tairiku.record.load import Record
from tairiku.record.tables import ask, connect
from tests.record.small import small_record

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return small_record(tmp_path_factory.mktemp("record"))


def one(record: Record, sql: str) -> tuple[object, ...]:
    rows = ask(record, sql).rows
    assert len(rows) == 1
    return tuple(rows[0])


def test_numbers_and_their_bounds_are_parsed(record: Record) -> None:
    sql = "SELECT low, high, value FROM claims WHERE id = "
    assert one(record, f"{sql}'OLD-1'") == (5100.0, 6900.0, "6000")
    assert one(record, f"{sql}'OLD-4'") == (14000.0, None, "14000")
    assert one(record, f"{sql}'NEW-3'") == (12000.0, 18000.0, "12000")
    assert one(record, f"{sql}'OLD-2'") == (None, None, "1944-05-24")


def test_days_are_parsed_with_open_ends(record: Record) -> None:
    sql = "SELECT first_day, last_day, approximate, uncertain FROM claims WHERE id = "
    assert one(record, f"{sql}'OLD-1'") == (date(1944, 4, 17), date(1944, 4, 17), True, False)
    assert one(record, f"{sql}'OLD-4'") == (date(1944, 4, 17), None, False, False)
    assert one(record, f"{sql}'OLD-5'") == (date(1944, 1, 1), date(1944, 12, 31), False, True)
    assert one(record, f"{sql}'OLD-6'") == (None, date(1944, 4, 1), False, False)
    assert one(record, f"{sql}'NEW-3'") == (None, None, None, None)
    fell = "SELECT value_first_day, value_last_day FROM claims WHERE id = 'OLD-2'"
    assert one(record, fell) == (date(1944, 5, 24), date(1944, 5, 24))


def test_an_empty_cell_is_null_and_corrections_are_applied(record: Record) -> None:
    assert one(record, "SELECT scope, note FROM claims WHERE id = 'OLD-1'") == (None, None)
    assert one(record, "SELECT value, bound FROM claims WHERE id = 'NEW-1'") == ("1500", "exact")
    assert one(record, "SELECT count(*) FROM corrections WHERE claim = 'NEW-1'") == (2,)


def test_what_a_claim_names_is_joined(record: Record) -> None:
    places = ask(record, "SELECT place FROM claim_places WHERE claim = 'OLD-3'").rows
    assert places == [("luoyang",), ("longmen",)]
    # a subject that is a place is a place of the claim
    assert one(record, "SELECT place FROM claim_places WHERE claim = 'OLD-2'") == ("luoyang",)
    assert one(record, "SELECT actor FROM claim_actors") == ("jp-12a",)
    values = ask(record, "SELECT entity FROM claim_values WHERE claim = 'OLD-3'").rows
    assert values == [("cn-15c",), ("cn-14ga",)]


def test_two_sources_meet(record: Record) -> None:
    sql = """
        SELECT e.name, b.value_first_day - a.value_first_day
        FROM claims a JOIN claims b USING (subject, property) JOIN entities e ON e.id = subject
        WHERE a.source = 'old' AND b.source = 'new' AND property = 'fell'
    """
    assert one(record, sql) == ("Luoyang", 1)


def test_names_are_searched_folded(record: Record) -> None:
    sql = "SELECT DISTINCT entity FROM names WHERE folded = 'hengyang' ORDER BY 1"
    assert ("hengyang",) in ask(record, sql).rows


def test_sources_are_counted(record: Record) -> None:
    rows = ask(record, "SELECT id, standing, claims FROM sources ORDER BY id").rows
    assert rows == [("new", 1, 3), ("old", 1, 6), ("tables", 3, 1)]


def test_conflicts_are_asked_with_their_sides(record: Record) -> None:
    sql = """
        SELECT c.nature, s.side, s.claim, s.stands
        FROM conflicts c JOIN conflict_sides s ON s.conflict = c.id
        WHERE c.subject = 'campaign' AND c.property = 'guns' ORDER BY s.claim
    """
    rows = ask(record, sql).rows
    assert [(row[0], row[2]) for row in rows] == [
        ("disagreement", "NEW-1"),
        ("disagreement", "OLD-1"),
    ]
    assert {row[1] for row in rows} == {1, 2}
    topics = "SELECT t.topic FROM conflict_topics t JOIN conflicts c ON c.id = t.conflict"
    assert ("campaign",) in ask(record, f"{topics} WHERE c.subject = 'campaign'").rows
    fell = "SELECT count(*) FROM conflicts WHERE subject = 'luoyang' AND property = 'fell'"
    assert one(record, fell) == (1,)


def test_the_scenario_leads_to_claims(record: Record) -> None:
    sql = "SELECT claim, kind FROM scenario_basis WHERE file = 'units' AND \"row\" = 'jp-37d'"
    assert ("FACT-units-jp-37d-men", "fact") in ask(record, sql).rows
    assert (None, "estimate") in ask(record, sql).rows


def test_every_table_can_be_asked(record: Record) -> None:
    connection = connect(record)
    for table in TABLES.values():
        found = connection.execute(f'SELECT * FROM "{table.name}"')
        told = [(column[0], str(column[1])) for column in found.description]
        assert told == [(c.name, c.type) for c in table.columns]
    names = {row[0] for row in ask(record, "SHOW TABLES").rows}
    assert names == set(TABLES)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM '{file}'",
        "SELECT * FROM glob('{folder}/*')",
        "COPY claims TO '{folder}/out.csv'",
        "ATTACH '{folder}/out.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "DELETE FROM claims",
        "CREATE TABLE t AS SELECT 1",
        "SELECT 1; SELECT 2",
        "PRAGMA database_list",
        "",
    ],
)
def test_a_question_cannot_touch_files_or_tables(record: Record, tmp_path: Path, sql: str) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(RequestError):
        ask(record, sql.format(file=file.as_posix(), folder=tmp_path.as_posix()))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_python_s_own_variables_are_out_of_reach(record: Record) -> None:
    secret = {"a": [1]}  # noqa: F841  a name that a replacement scan would find
    with pytest.raises(RequestError, match="secret"):
        ask(record, "SELECT * FROM secret")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT * FROM claim", "tables: claims, claim_places"),
        ("SELECT valu FROM claims", "near 'valu': claims.value"),
        ("SELECT c.statment FROM claims c", "near 'statment': claims.statement"),
        ("SELECT xyzzy FROM works", "works: id, document, locator, work, used_for"),
        ("SELEC 1", "syntax error"),
        ("SELECT id + 1 FROM claims", "No function matches"),
        ("DROP TABLE claims", "no question \\(drop\\)"),
    ],
)
def test_a_wrong_question_is_told_what_there_is(record: Record, sql: str, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        ask(record, sql)


def test_the_page_tells_every_table_and_column() -> None:
    page = (ROOT / "docs" / "record-exports.md").read_text(encoding="utf-8")
    for table in TABLES.values():
        _, _, after = page.partition(f"### {table.name}\n")
        told = after.partition("\n### ")[0]
        assert after, f"{table.name} is not on the page"
        missing = [c.name for c in table.columns if f"`{c.name}`" not in told]
        assert missing == [], table.name
