"""What a conflict is about: a place, an event, a formation or a person, as a slug.

Battles and their parts go to the place they were fought for, airfields and buildings to their
city; ``topics.csv`` of the record says what else belongs where.
"""

import csv
from collections.abc import Iterable

from tairiku.base.errors import DataError, Problem
from tairiku.base.files import shown
from tairiku.record.load import FOLDER, Record
from tairiku.record.models import Claim

_WIDER = ("side", "group")


class Topics:
    """The topics of a record's entities."""

    def __init__(self, record: Record) -> None:
        self.record = record
        own = record.folder / "topics.csv"
        path = own if own.is_file() else FOLDER / "topics.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        faults = [
            Problem(shown(path), line, "id", str(row.get("id", "")), "is no id of the record")
            for line, row in enumerate(rows, 2)
            if row.get("id") not in record.entities or not row.get("topic")
        ]
        if faults:
            raise DataError(faults)
        self.told = {row["id"]: row["topic"] for row in rows}

    def of(self, id_: str) -> str:
        """The topic of an entity."""
        if id_ not in self.told:
            self.told[id_] = self._made(id_)
        return self.told[id_]

    def _made(self, id_: str) -> str:
        entity = self.record.entities.get(id_)
        if entity is None:
            return id_
        if entity.type == "place":
            near = str(entity.detail.get("near_place_id", ""))
            whole = entity.detail.get("kind") in ("airfield", "building", "station")
            return near if near and whole else (self._beginning(id_) if whole else id_)
        if entity.type == "event":
            name = id_.removeprefix("battle-of-")
            if self._is_place(name):
                return name
            start = self._beginning(name)
            return start if start != name else id_
        return id_

    def _is_place(self, id_: str) -> bool:
        entity = self.record.entities.get(id_)
        return entity is not None and entity.type == "place"

    def _beginning(self, id_: str) -> str:
        """The longest beginning of an id that is a place."""
        words = id_.split("-")
        for i in range(len(words) - 1, 0, -1):
            if self._is_place("-".join(words[:i])):
                return "-".join(words[:i])
        return id_

    def main(self, subject: str, claims: Iterable[Claim]) -> str:
        """The one topic of a conflict: of its subject, or where that is a side, of its place."""
        entity = self.record.entities.get(subject)
        if entity is not None and entity.type in _WIDER:
            for claim in claims:
                if claim.places:
                    return self.of(claim.places[0])
        return self.of(subject)

    def all(self, subject: str, claims: Iterable[Claim], about: Iterable[str]) -> tuple[str, ...]:
        """Every topic under which a conflict is found."""
        found = [subject]
        for claim in claims:
            found.append(claim.subject)
            if len(claim.places) <= 4:
                found += claim.places
            if len(claim.others) <= 3:
                found += claim.others
        found += about
        return tuple(dict.fromkeys(topic for id_ in found for topic in (self.of(id_), id_)))
