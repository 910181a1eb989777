"""What each text says of the first morning, as the overlay that ``--sources`` lays on the scenario.

`source_rules.toml` says of every value which claims of which text it rests on, which rows it
concerns and how a total is shared out; here the figures are taken from the record.  Two files come
of it: source_values.csv, one row a value, and source_cells.csv, one row a cell of the scenario.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenariomaking.selecting import Base, chosen
from scenariomaking.writing import Cell, table
from tairiku.record.load import Record

RULES = Path(__file__).with_name("source_rules.toml")
TEXTS = ("de", "zh")
PERSON = ("person_id", "name", "name_local", "name_de", "style", "initiative", "caution")
LANGUAGES = ("what", "what_de", "what_zht", "what_zhs", "what_ja")
VALUES = (
    "id",
    "kind",
    *LANGUAGES,
    "unit",
    *TEXTS,
    "reconciled",
    "low",
    "high",
    "de_claims",
    "zh_claims",
    "basis",
    "note",
)
CELLS = ("value", "file", "row", "field", *TEXTS, "reconciled", "low", "high", "basis")
Key = tuple[str, str, str]  # file, row, field


@dataclass
class Told:
    """One cell: what each text makes of it, which values say so, on which claims."""

    values: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    claims: list[str] = field(default_factory=list)
    how: str = ""


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """Return whole numbers in the proportions of ``weights`` that sum exactly to ``total``.

    The largest remainders get the units left over, earlier ones first among equals.

    Examples
    --------
    >>> shares(10, [1.0, 1.0, 1.0])
    [4, 3, 3]
    """
    whole = sum(weights)
    if whole <= 0:
        if total:
            raise ValueError(f"{total} cannot be shared out: nobody has any of it")
        return [0] * len(weights)
    exact = [total * weight / whole for weight in weights]
    found = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda i: (found[i] - exact[i], i))
    for i in order[: total - sum(found)]:
        found[i] += 1
    return found


def source_files(base: Base, record: Record, rules: Path = RULES) -> dict[str, bytes]:
    """Return source_values.csv and source_cells.csv.

    Parameters
    ----------
    base
        The scenario's reconciled tables, as text.
    record
        The claims.

    Raises
    ------
    ValueError
        A rule names a claim, row or column that is not there, or a total that cannot be shared.
    """
    cells: dict[Key, Told] = {}
    values: list[list[Cell]] = []
    for rule in tomllib.loads(rules.read_text(encoding="utf-8"))["value"]:
        try:
            values.append(_value(rule, base, record, cells))
        except (KeyError, ValueError) as error:
            raise ValueError(f"source_rules.toml, value '{rule.get('id')}': {error}") from error
    by_id = {str(row[0]): row for row in values}
    return {
        "source_values.csv": table(VALUES, values),
        "source_cells.csv": table(CELLS, list(_cell_rows(cells, base, by_id))),
    }


def _value(rule: dict[str, Any], base: Base, record: Record, cells: dict[Key, Told]) -> list[Cell]:
    claims = {text: list(rule.get(text, {}).get("claims", ())) for text in TEXTS}
    cited = [*claims["de"], *claims["zh"], *rule.get("others", ())]
    for claim in cited:
        if claim not in record.claims:
            raise ValueError(f"'{claim}' is no claim of the record")
    if "spread" in rule:
        shown, reconciled = _spread(rule, base, record, cells, claims)
        printed = [float(record.claims[c].value) for c in rule.get("others", ())]
        numbers = [float(x) for x in (*shown.values(), reconciled)] + printed
        low, high = f"{min(numbers):.0f}", f"{max(numbers):.0f}"
        kind = "sum"
    else:
        shown = {t: rule[t]["shown"] for t in TEXTS if t in rule}
        reconciled = rule.get("reconciled", "") or _put_before(rule, base)
        low = high = ""
        kind = "set"
        _put(rule, base, cells, claims)
    basis = [f"claim:{claim}" for claim in dict.fromkeys(cited)]
    basis.append(f"estimate: {rule['how'].replace(';', ',')}")
    return [
        rule["id"],
        kind,
        *rule["what"],
        rule["unit"],
        shown.get("de", ""),
        shown.get("zh", ""),
        reconciled,
        low,
        high,
        ";".join(claims["de"]),
        ";".join(claims["zh"]),
        ";".join(basis),
        "",
    ]


def _spread(
    rule: dict[str, Any],
    base: Base,
    record: Record,
    cells: dict[Key, Told],
    claims: Mapping[str, Sequence[str]],
) -> tuple[dict[str, str], str]:
    """Share the totals of the texts out; what is shown of each, and the reconciled total."""
    select = rule["spread"]
    file, stem = select["file"], select["field"]
    rows = chosen(base, select)
    if not rows:
        raise ValueError("selects no row")
    keys = [(file, base.name(file, row), stem) for row in rows]
    before = [float(base.best(file, row, stem)) for row in rows]
    shown: dict[str, str] = {}
    for text in TEXTS:
        if text not in rule:
            continue
        total = _total(rule[text], record, rows)
        shown[text] = str(total)
        fixed = [
            cells[k].texts[text] if k in cells and text in cells[k].texts else "" for k in keys
        ]
        free = [i for i, have in enumerate(fixed) if not have]
        left = total - sum(int(have) for have in fixed if have)
        if left < 0:
            raise ValueError(f"{total} is less than earlier values have given its rows")
        for i, share in zip(free, shares(left, [before[i] for i in free]), strict=True):
            told = cells.setdefault(keys[i], Told(how=rule["how"]))
            told.texts[text] = str(share)
            told.claims += [c for c in claims[text] if c not in told.claims]
    for key in keys:
        cells.setdefault(key, Told(how=rule["how"])).values.append(rule["id"])
    return shown, f"{sum(before):.0f}"


def _total(said: Mapping[str, Any], record: Record, rows: Sequence[Mapping[str, str]]) -> int:
    if "value" in said:
        return int(said["value"])
    if "months" in said:
        return int(0.5 + said["months"] * sum(float(row[said["inflow"]]) for row in rows))
    return round(float(record.claims[said["claims"][0]].value))


def _put(
    rule: dict[str, Any], base: Base, cells: dict[Key, Told], claims: Mapping[str, Sequence[str]]
) -> None:
    for entry in _entries(rule, base):
        key = (entry["file"], entry["row"], entry["field"])
        base.cell(*key)  # refuses a row or column that is not there
        if key in cells:
            raise ValueError(f"{key[0]}#{key[1]}.{key[2]} has a value already")
        told = cells[key] = Told(values=[rule["id"]], how=rule["how"])
        for text in TEXTS:
            if text in entry:
                told.texts[text] = entry[text]
                told.claims += [c for c in claims[text] if c not in told.claims]


def _entries(rule: dict[str, Any], base: Base) -> Iterator[dict[str, str]]:
    for entry in rule["put"]:
        if "person" not in entry:
            yield entry
            continue
        for column in PERSON:
            said = {t: base.cell("leaders", entry[t], column) for t in TEXTS if t in entry}
            yield {"file": "leaders", "row": entry["person"], "field": column, **said}


def _put_before(rule: dict[str, Any], base: Base) -> str:
    first = next(_entries(rule, base))
    return base.cell(first["file"], first["row"], first["field"])


def _cell_rows(
    cells: Mapping[Key, Told], base: Base, values: Mapping[str, Sequence[Cell]]
) -> Iterator[list[Cell]]:
    for (file, row, name), told in cells.items():
        if not told.texts:
            continue
        best = base.value(file, row, name)
        low, high = _range(file, row, name, told, base, values[told.values[0]])
        basis = [f"claim:{claim}" for claim in told.claims]
        basis.append(f"estimate: {told.how.replace(';', ',')}")
        texts = [told.texts.get(text, "") for text in TEXTS]
        yield [";".join(told.values), file, row, name, *texts, best, low, high, ";".join(basis)]


def _range(
    file: str, row: str, name: str, told: Told, base: Base, value: Sequence[Cell]
) -> tuple[str, str]:
    """The range that a run by sampled sources draws a figure in; ("", "") where none is drawn."""
    before = base.range(file, row, name)
    if before is None:
        return "", ""
    low, best, high = before
    said = [float(text) for text in told.texts.values()]
    whole, least, most = (float(str(value[VALUES.index(c)])) for c in ("reconciled", "low", "high"))
    if whole > 0:  # what other claims of the texts would give the row
        said += [best * least / whole, best * most / whole]
    return f"{min(low, *said):.0f}", f"{max(high, *said):.0f}"
