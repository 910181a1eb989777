"""Little records for one rule at a time: a few claims in a few words."""

from pathlib import Path

from tairiku.record.conflicts import Conflict, find_conflicts
from tairiku.record.load import Record, load_record
from tests.record.small import OTHER, TABLES, TEXT, write_source

HEADS = {"old": TEXT, "new": OTHER, "tables": TABLES}
# the columns of a claim in short: id, subject, property, value, then others by name
Row = dict[str, str]


def claim(id_: str, subject: str, property_: str, value: str, **others: str) -> Row:
    """One claim; OLD- and NEW- are of two texts, FACT- of compiled tables."""
    tables = id_.startswith("FACT")
    given = {
        "id": id_,
        "locator": "units#x" if tables else "L1.1",
        "kind": "combat",
        "subject": subject,
        "property": property_,
        "value": value,
        "statement": "So it is told.",
    }
    return given | others


def record_of(folder: Path, *rows: Row, overrides: str = "") -> Record:
    """A record of these claims alone."""
    sources: dict[str, list[Row]] = {"old": [], "new": [], "tables": []}
    for row in rows:
        name = {"OLD": "old", "NEW": "new", "FACT": "tables"}[row["id"].split("-")[0]]
        sources[name].append(row)
    for name, head in HEADS.items():
        write_source(folder / "sources", head, sources[name])
    if overrides:
        text = f"subject,side,property,scope,value,claims,reason,by\n{overrides}\n"
        (folder / "overrides.csv").write_text(text, encoding="utf-8")
    return load_record(folder)


def conflicts_of(folder: Path, *rows: Row, rule: str = "", overrides: str = "") -> list[Conflict]:
    """What the rules, or one of them, find between these claims."""
    found = find_conflicts(record_of(folder, *rows, overrides=overrides))
    return [c for c in found if rule in ("", c.rule)]


def sides(conflict: Conflict) -> list[list[str]]:
    """The claims of each side in order."""
    return sorted(sorted(side.claims) for side in conflict.sides)
