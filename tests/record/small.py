"""A record of a dozen claims with something of everything, for tests of tables and exports."""

import csv
from pathlib import Path

from tairiku.record.load import Record, load_record
from tairiku.record.models import Claim, columns_of

HEADER = list(columns_of(Claim))

TEXT = """id = "old"
title = "An old book"
language = "en"
standing = 1
licence = "public domain"
lines = 9
"""
OTHER = TEXT.replace("An old", "A new").replace("old", "new")
TABLES = """id = "tables"
title = "Compiled tables"
language = "en"
kind = "compiled"
standing = 3
"""

OLD = [
    {"id": "OLD-1", "locator": "L1.1", "kind": "strength", "subject": "campaign", "side": "japan"}
    | {"property": "guns", "value": "6000", "bound": "about", "unit": "guns"}
    | {"date": "1944-04-17~", "statement": "About 6,000 guns.", "printed": "6.000"},
    {"id": "OLD-2", "locator": "L2.1;L2.2", "kind": "date", "subject": "luoyang", "side": "japan"}
    | {"property": "fell", "value": "1944-05-24", "date": "1944-05-24", "reporter": "S13"}
    | {"statement": "Luoyang fell on 24 May.", "printed": "24 May", "actors": "jp-12a"},
    {"id": "OLD-3", "locator": "L3", "kind": "combat", "subject": "battle-of-luoyang"}
    | {"property": "defender", "value": "cn-15c;cn-14ga", "date": "1944-05-05/1944-05-25"}
    | {"place": "luoyang;longmen", "statement": "Two forces held Luoyang and Longmen."},
    {"id": "OLD-4", "locator": "L4.1", "kind": "unit", "subject": "jp-37d", "side": "japan"}
    | {"property": "men", "value": "14000", "bound": "at-least", "unit": "men"}
    | {"date": "1944-04-17/..", "place": "luo-river", "statement": "It had 14,000 men or more."},
    {"id": "OLD-5", "locator": "L5.1", "kind": "politics", "subject": "chiang"}
    | {"property": "aim", "value": "hold-the-south", "place": "north-china", "date": "1944?"}
    | {"statement": 'He meant to hold the south; a "quoted", comma\'d sentence.'},
    {"id": "OLD-6", "locator": "L6.1", "kind": "unit", "subject": "jp-37d", "side": "japan"}
    | {"property": "location", "value": "box-beiping", "date": "../1944-04-01"}
    | {"place": "box-beiping", "statement": "It was in Hebei before April."},
]
NEW = [
    {"id": "NEW-1", "locator": "L1.1", "kind": "strength", "subject": "campaign", "side": "japan"}
    | {"property": "guns", "value": "1500", "bound": "exact", "unit": "guns"}
    | {"date": "1944-04-17", "statement": "1,500 guns.", "printed": "1,500"},
    {"id": "NEW-2", "locator": "L2.1", "kind": "date", "subject": "luoyang", "side": "japan"}
    | {"property": "fell", "value": "1944-05-25", "date": "1944-05-25"}
    | {"statement": "Luoyang fell on 25 May."},
    {"id": "NEW-3", "locator": "L3.1", "kind": "strength", "subject": "battle-of-luoyang"}
    | {"side": "china", "property": "garrison-men", "value": "12000", "value_to": "18000"}
    | {"bound": "range", "unit": "men", "place": "luoyang"}
    | {"statement": "Between 12,000 and 18,000 men.", "printed": "12,000|18,000"},
]
ROWS = [
    {"id": "FACT-units-jp-37d-men", "locator": "units#jp-37d", "kind": "strength"}
    | {"subject": "jp-37d", "side": "japan", "property": "men", "value": "12300"}
    | {"value_to": "15700", "bound": "range", "unit": "men", "date": "1944-04-17"}
    | {"place": "kaifeng", "statement": "It had 14,000 men.", "printed": "12300|14000|15700"},
]
CORRECTIONS = """claim_id,field,was,now,date,by,reason
NEW-1,value,1505,1500,2026-01-02,A. Reader,misread
NEW-1,bound,about,exact,2026-01-03,B. Reader,the text says no about
"""


def write_source(folder: Path, head: str, rows: list[dict[str, str]]) -> None:
    """Write one source as a TOML head and a CSV of claims."""
    folder.mkdir(parents=True, exist_ok=True)
    name = head.split('"')[1]
    (folder / f"{name}.toml").write_text(head, encoding="utf-8")
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({"confidence": "high"} | row for row in rows)


def small_record(folder: Path) -> Record:
    """Write the files of the record into a folder and load it."""
    first = {**NEW[0], "value": "1505", "bound": "about"}
    write_source(folder / "sources", TEXT, OLD)
    write_source(folder / "sources", OTHER, [first, *NEW[1:]])
    write_source(folder / "sources", TABLES, ROWS)
    (folder / "corrections.csv").write_text(CORRECTIONS, encoding="utf-8")
    return load_record(folder)
