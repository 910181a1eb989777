"""The tables that SQL over the record is asked of, column by column (docs/record-exports.md)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its name, DuckDB type and meaning."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, and its columns."""

    name: str
    row: str
    columns: tuple[Column, ...]


def _table(name: str, row: str, *columns: str) -> Table:
    parts = (tuple(part.strip() for part in column.split("|")) for column in columns)
    return Table(name, row, tuple(Column(*part) for part in parts))


_NAMES = (
    "name|VARCHAR|name in English",
    "name_de|VARCHAR|in German",
    "name_zht|VARCHAR|in traditional characters",
    "name_zhs|VARCHAR|in simplified characters",
    "name_ja|VARCHAR|in Japanese",
)

_TABLES = (
    _table(
        "claims",
        "a claim of one source, corrections applied",
        "id|VARCHAR|claim",
        "source|VARCHAR|its source",
        "standing|TINYINT|of the source, 1 is best",
        "locator|VARCHAR|passage, such as L6.3, or row, such as units#jp-37d",
        "kind|VARCHAR|kind of claim",
        "subject|VARCHAR|entity that it is about",
        "side|VARCHAR|whose men, guns, losses; who acted",
        "property|VARCHAR|what is said",
        "value|VARCHAR|as in the file: a number, date, entity, term, yes or no, time",
        "value_to|VARCHAR|upper end of a range",
        "bound|VARCHAR|exact, about, at-least, at-most, more-than, less-than, range",
        "unit|VARCHAR|unit of a number",
        "scope|VARCHAR|what the number is limited to",
        "low|DOUBLE|least number the claim allows, NULL if open or no number",
        "high|DOUBLE|greatest number it allows",
        "value_first_day|DATE|first day that a value which is a date allows",
        "value_last_day|DATE|last day that it allows",
        "date|VARCHAR|when it happened or held, in EDTF",
        "first_day|DATE|first day that the date allows",
        "last_day|DATE|last day that it allows",
        "approximate|BOOLEAN|the date is marked as about",
        "uncertain|BOOLEAN|the date is marked as uncertain",
        "reporter|VARCHAR|who the text says reports it, several joined by ;",
        "part_of|VARCHAR|claim of the total that this is a part of",
        "confidence|VARCHAR|of the editor in the reading",
        "statement|VARCHAR|the claim in the editor's words",
        "printed|VARCHAR|figures as printed, joined by a bar",
        "note|VARCHAR|editor's note",
    ),
    _table(
        "claim_places",
        "a place of a claim; a subject that is a place counts",
        "claim|VARCHAR|claim",
        "place|VARCHAR|place or box",
    ),
    _table(
        "claim_actors",
        "one who took part, beside the subject",
        "claim|VARCHAR|claim",
        "actor|VARCHAR|entity",
    ),
    _table(
        "claim_reporters",
        "one whom the text names as reporting a claim",
        "claim|VARCHAR|claim",
        "reporter|VARCHAR|work, person, formation, or reports of a side such as japanese-reports",
    ),
    _table(
        "claim_values",
        "an entity that a claim gives as its value",
        "claim|VARCHAR|claim",
        "entity|VARCHAR|entity",
    ),
    _table(
        "sources",
        "a source",
        "id|VARCHAR|source",
        "title|VARCHAR|title in English",
        "language|VARCHAR|its language",
        "kind|VARCHAR|text or compiled",
        "standing|TINYINT|1 is best",
        "licence|VARCHAR|licence",
        "document|VARCHAR|file name of the document",
        "sha256|VARCHAR|digest of the document",
        "lines|INTEGER|lines of the document",
        "claims|INTEGER|claims taken from it",
    ),
    _table(
        "entities",
        "a place, box, formation, person, event, plan, thing, side, group or work",
        "id|VARCHAR|entity",
        "type|VARCHAR|which of these it is",
        *_NAMES,
        "side|VARCHAR|side, where it has one",
        "level|VARCHAR|level of a formation, kind of a place",
        "province|VARCHAR|province of a place",
        "lon|DOUBLE|degrees east",
        "lat|DOUBLE|degrees north",
        "near_place|VARCHAR|place of the map near a place that only a text names",
        "part_of|VARCHAR|event that an event is a part of",
        "note|VARCHAR|note",
    ),
    _table(
        "names",
        "a name of an entity",
        "entity|VARCHAR|entity",
        "name|VARCHAR|name",
        "language|VARCHAR|en, de, zht, zhs, ja; NULL for other names",
        "folded|VARCHAR|as it is searched: no diacritics or hyphens, variants made one",
    ),
    _table(
        "offices",
        "a post held, from the scenario's list of leaders",
        "person|VARCHAR|person",
        "formation|VARCHAR|formation",
        "post|VARCHAR|post",
        "first|VARCHAR|first day",
        "last|VARCHAR|last day",
        "basis|VARCHAR|where it is from",
    ),
    _table(
        "properties",
        "something that can be said of a subject",
        "id|VARCHAR|property",
        "value_type|VARCHAR|number, date, entity, yes-no, term, time",
        "unit|VARCHAR|unit of a number",
        "single|BOOLEAN|a subject has only one at a time",
        "description|VARCHAR|meaning",
    ),
    _table(
        "works",
        "a work that a document cites",
        "id|VARCHAR|work",
        "document|VARCHAR|source that cites it",
        "locator|VARCHAR|where",
        "work|VARCHAR|author and title",
        "used_for|VARCHAR|for what",
    ),
    _table(
        "conflicts",
        "a set of claims that cannot all hold (record-conflicts.md)",
        "id|VARCHAR|conflict",
        "topic|VARCHAR|what it is about first of all",
        "nature|VARCHAR|disagreement, internal error or different scope",
        "rule|VARCHAR|the rule that found it",
        "subject|VARCHAR|entity",
        "property|VARCHAR|property",
        "scope|VARCHAR|scope",
        "why|VARCHAR|why the claims cannot all hold",
        "value|VARCHAR|the value that stands",
        "value_rule|VARCHAR|the rule, or the person, that chose it",
    ),
    _table(
        "conflict_topics",
        "a topic under which a conflict is found",
        "conflict|VARCHAR|conflict",
        "topic|VARCHAR|topic",
    ),
    _table(
        "conflict_sides",
        "a claim in a conflict",
        "conflict|VARCHAR|conflict",
        "side|TINYINT|1, 2 ...: claims on one side agree; NULL: too wide to tell the sides apart",
        "claim|VARCHAR|claim",
        "says|VARCHAR|what the side says",
        "stands|BOOLEAN|the value that stands rests on this claim",
    ),
    _table(
        "corrections",
        "a correction of a claim",
        "claim|VARCHAR|claim",
        "field|VARCHAR|field",
        "was|VARCHAR|before",
        "now|VARCHAR|after",
        "date|VARCHAR|when",
        "by|VARCHAR|by whom",
        "reason|VARCHAR|why",
    ),
    _table(
        "overrides",
        "a value that a person chose against the rule",
        "subject|VARCHAR|entity",
        "side|VARCHAR|side",
        "property|VARCHAR|property",
        "scope|VARCHAR|scope",
        "value|VARCHAR|chosen value",
        "claims|VARCHAR|claims it rests on",
        "reason|VARCHAR|why",
        "by|VARCHAR|by whom",
    ),
    _table(
        "scenario_basis",
        "a claim that a row of the scenario rests on",
        "file|VARCHAR|file of the scenario",
        "row|VARCHAR|id of the row",
        "kind|VARCHAR|claim, fact or estimate",
        "claim|VARCHAR|claim, NULL for an estimate",
        "basis|VARCHAR|this part of the basis as written",
    ),
)

TABLES = {table.name: table for table in _TABLES}
