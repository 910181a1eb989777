"""What a reader names: a unit, a formation or a place, by id or by any name in any language."""

from collections.abc import Iterable, Mapping
from typing import Any

from tairiku.base.errors import RequestError
from tairiku.base.hints import near
from tairiku.record.names import fold
from tairiku.study.explaining.replayed import Replayed

_COLUMNS = ("name", "name_de", "name_zht", "name_zhs", "name_ja")


def names_in(row: Any) -> list[str]:
    """Every name of a formation or a place."""
    named = [getattr(row, column, "") for column in _COLUMNS]
    named += getattr(row, "alt_names", "").split(";")
    return [name.strip() for name in named if name.strip()]


def find_unit(run: Replayed, text: str) -> str:
    """The id of the unit that a text names; a detached group is named by its id.

    Raises
    ------
    RequestError
        No unit of the run has that name, or several have it; a headquarters is named.
    """
    known = {str(row["unit"]) for row in run.rows("SELECT DISTINCT unit FROM units")}
    if text in known:
        return text
    rows = {f.id: names_in(f) for f in run.scenario.formations}
    found = _pick("unit", text, rows)
    if found in known:
        return found
    below = sorted(
        f for f, above in run.scenario.superior_on(run.date(0)).items() if above == found
    )
    some = f"; under it at first: {', '.join(below[:12])}" if below else ""
    raise RequestError(f"'{text}' is {found}, of which the replay has no rows{some}; name a unit")


def find_place(run: Replayed, text: str) -> str:
    """The id of the place that a text names.

    Raises
    ------
    RequestError
        No place of the map has that name, or several have it.
    """
    rows = {p.id: names_in(p) for p in run.scenario.map.places if p.hex is not None}
    return _pick("place", text, rows)


def _pick(kind: str, text: str, rows: Mapping[str, Iterable[str]]) -> str:
    if text in rows:
        return text
    wanted = fold(text)
    whole, part = [], []
    for id_, names in rows.items():
        folded = {fold(name) for name in names}
        if wanted and wanted in folded:
            whole.append(id_)
        elif len(wanted) > 1 and any(wanted in name for name in folded):
            part.append(id_)
    found = whole or part
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(f"{id_} ({next(iter(rows[id_]), id_)})" for id_ in found[:8])
        more = f" and {len(found) - 8} more" if len(found) > 8 else ""
        raise RequestError(f"{kind} '{text}' may be {some}{more}; name one by its id")
    every = [*rows, *(name for names in rows.values() for name in names)]
    raise RequestError(f"{kind} '{text}' is not known{near(text, every)}")
