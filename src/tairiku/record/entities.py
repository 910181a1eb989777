"""The things that claims speak of: places, formations, people, events, plans, works.

Most of them come from the data files of the map and of the scenario, which are read here as plain
tables; those that only the documents name stand in the record's own files.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tairiku.base.errors import Problem
from tairiku.base.files import DATA, shown
from tairiku.record import models, scripts

SCENARIO = DATA / "scenarios" / "ichigo"
MAP = DATA / "map"

# the record's own files: rows of each, and the type of entity they hold
VOCABULARY: dict[str, tuple[type[models.Plain], str]] = {
    "subjects": (models.Subject, ""),
    "formations": (models.TextFormation, "formation"),
    "people": (models.TextPerson, "person"),
    "places": (models.TextPlace, "place"),
}


@dataclass(frozen=True)
class Entity:
    """One thing that claims speak of, with its names."""

    id: str
    type: str  # place, box, formation, person, event, plan, thing, side, group, work
    name: str
    name_de: str = ""
    name_zht: str = ""
    name_zhs: str = ""
    name_ja: str = ""
    alt_names: tuple[str, ...] = ()
    detail: dict[str, Any] = field(default_factory=dict)  # the other columns of its row

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, each once."""
        own = (self.name, self.name_de, self.name_zht, self.name_zhs, self.name_ja)
        return tuple(dict.fromkeys(name for name in (*own, *self.alt_names) if name))


def split_names(text: str) -> tuple[str, ...]:
    """Return the names of a cell that holds several."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _rows(path: Path) -> list[dict[str, str]]:
    """Rows of a data file that `tairiku scenario check` answers for."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def built_in() -> tuple[dict[str, Entity], list[models.Office]]:
    """Return the entities of the map and of the scenario, and who held which post when."""
    found: dict[str, Entity] = {}
    for row in _rows(MAP / "places.csv"):
        # the map gives how a Japanese reads the name; it is written in characters
        reading = row.pop("name_ja")
        if reading:
            row["reading_ja"] = reading
            row["alt_names"] = "; ".join(part for part in (row["alt_names"], reading) if part)
        _put(found, "place", row)
    for row in _rows(MAP / "airfields.csv"):  # those beyond the map; the others are places above
        row["alt_names"] = row.pop("aliases", "")
        row["kind"] = "airfield"
        _put(found, "place", row)
    for row in _rows(MAP / "boxes.csv"):
        _put(found, "box", row)
    made = {row["id"]: row for row in _optional(DATA / "record" / "formation_names.csv")}
    for name in ("formations", "air_units"):
        for row in _rows(SCENARIO / f"{name}.csv"):
            # the scenario's own name stands; the rule's name fills what it leaves empty
            rule = made.get(row["id"], {})
            for column in ("name_de", "name_zht", "name_zhs", "name_ja"):
                row[column] = row.get(column) or rule.get(column, "")
            _put(found, "formation", row)
    for row in _rows(SCENARIO / "depots.csv"):
        _put(found, "thing", row)
    return found, _people(found)


def _optional(path: Path) -> list[dict[str, str]]:
    return _rows(path) if path.is_file() else []


def _people(found: dict[str, Entity]) -> list[models.Office]:
    offices = []
    for row in _rows(SCENARIO / "leaders.csv"):
        person, formation = row["person_id"], found.get(row["formation_id"])
        side = formation.detail.get("side", "") if formation else ""
        local = row["name_local"]
        # the one local name is written as in the documents of the time
        names = {"name_ja": local} if side == "japan" else {"name_zht": local}
        _put(found, "person", {"id": person, **row, **names, "side": side})
        offices.append(
            models.Office(
                person=person,
                formation=row["formation_id"],
                post=row["post"],
                first=row["from_date"],
                last=row["to_date"],
                basis=row["basis"],
            )
        )
    return offices


def _written(name: str) -> bool:
    """Whether a Japanese name is written in Chinese characters alone."""
    return bool(name) and not any("\u3040" <= c <= "\u30ff" for c in name)


_NAMES = ("id", "name", "name_de", "name_zht", "name_zhs", "name_ja", "alt_names")


def _put(found: dict[str, Entity], kind: str, row: dict[str, str]) -> None:
    if row["id"] in found:
        return
    detail = {k: v for k, v in row.items() if k not in _NAMES and v}
    zht, zhs, ja = (row.get(f"name_{script}", "") for script in ("zht", "zhs", "ja"))
    found[row["id"]] = Entity(
        id=row["id"],
        type=kind,
        name=row["name"],
        name_de=row.get("name_de", ""),
        # a script that has no name of its own takes it from another, character by character
        name_zht=zht or scripts.traditional(ja if _written(ja) else zhs),
        name_zhs=zhs or scripts.simplified(zht or (ja if _written(ja) else "")),
        name_ja=ja or scripts.japanese(zht or scripts.traditional(zhs)),
        alt_names=split_names(row.get("alt_names", "")),
        detail=detail,
    )


def read_vocabulary(
    folder: Path, entities: dict[str, Entity], problems: list[Problem], required: bool
) -> None:
    """Add the entities of a folder's own files; an id that is taken is a fault."""
    from tairiku.record.rows import read_numbered

    for name, (model, kind) in VOCABULARY.items():
        path = folder / f"{name}.csv"
        if not path.is_file() and not required:
            continue
        for line, row in read_numbered(path, model, problems):
            data = {k: str(v) for k, v in row.as_dict().items()}
            type_ = kind or data.pop("type")
            taken = entities.get(data["id"])
            if taken is not None:
                what = f"is the id of a {taken.type} already ({taken.name}); choose another"
                problems.append(Problem(shown(path), line, "id", data["id"], what))
                continue
            _put(entities, type_, data)


def add_works(works: Iterable[models.Work], entities: dict[str, Entity]) -> None:
    """Add the works that documents cite."""
    for work in works:
        detail = work.as_dict(exclude=("id", "work"))
        entities[work.id] = Entity(work.id, "work", work.work, detail=detail)


def add_other_names(rows: Iterable[models.OtherName], entities: dict[str, Entity]) -> list[str]:
    """Add further names; returns the ids that are not known."""
    unknown = []
    for row in rows:
        entity = entities.get(row.id)
        if entity is None:
            unknown.append(row.id)
            continue
        names = (*entity.alt_names, row.name)
        entities[row.id] = Entity(**{**entity.__dict__, "alt_names": names})
    return unknown
