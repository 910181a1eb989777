"""The record as it is used: loaded from its files, or from what was kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tairiku.base.errors import DataError, Problem, RequestError
from tairiku.base.files import DATA
from tairiku.base.hints import near
from tairiku.record import cache, models
from tairiku.record.entities import Entity
from tairiku.record.models import parts_of

FOLDER = DATA / "record"


@dataclass(frozen=True)
class Record:
    """What is claimed to have happened, by whom: claims, their sources, and what they speak of."""

    folder: Path
    sources: dict[str, models.Source]
    claims: dict[str, models.Claim]  # in the order of the files, corrections applied
    source_of: dict[str, str]  # claim id -> source id
    properties: dict[str, models.Property]
    entities: dict[str, Entity]
    works: dict[str, models.Work]
    offices: tuple[models.Office, ...]
    corrections: tuple[models.Correction, ...]
    overrides: tuple[models.Override, ...]

    def entity(self, id_: str) -> Entity:
        """Return an entity by its id.

        Raises
        ------
        RequestError
            There is none; the message names the nearest.
        """
        if id_ not in self.entities:
            raise RequestError(f"'{id_}' is no id of the record{near(id_, self.entities)}")
        return self.entities[id_]

    def about(self, id_: str) -> list[models.Claim]:
        """Return the claims that name an entity: as subject, actor, place, value or reporter."""
        return [self.claims[claim] for claim in self._index.get(id_, ())]

    def of(self, source: str) -> list[models.Claim]:
        """Return the claims of a source, in the order of its file."""
        return [c for c in self.claims.values() if self.source_of[c.id] == source]

    def corrections_of(self, claim: str) -> list[models.Correction]:
        """Return what was corrected in a claim, oldest first."""
        return [c for c in self.corrections if c.claim_id == claim]

    @cached_property
    def _index(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for claim in self.claims.values():
            named = [claim.subject, *claim.others, *claim.places, *claim.reporters]
            if self.properties[claim.property].value_type == "entity":
                named += parts_of(claim.value)
            for id_ in dict.fromkeys(named):
                found.setdefault(id_, []).append(claim.id)
        return found


def load_record(folder: Path | None = None, extra: Sequence[Path] = ()) -> Record:
    """Return the record with every source, checked.

    Parameters
    ----------
    folder
        Folder of a record; the one that comes with Tairiku if None.  Of the files that say what
        claims may speak of (properties, subjects, formations, people, places, works), those that
        the folder lacks are taken from the one that comes with Tairiku.
    extra
        Further sources: a folder, or the TOML file of one source.

    Raises
    ------
    DataError
        The files have faults; all of them are listed.
    """
    home = FOLDER if folder is None else folder
    place = cache.place_of([home, *extra])
    kept = cache.read(place)
    if isinstance(kept, Record):
        return kept
    problems: list[Problem] = []
    record = read_record_files(folder, extra, problems)
    if problems:
        raise DataError(problems)
    cache.write(place, record)
    return record


def read_record_files(
    folder: Path | None, extra: Sequence[Path], problems: list[Problem]
) -> Record:
    """Return the record as far as its files can be read; faults are added to ``problems``."""
    # what reads and checks files is not needed where the record was kept
    from tairiku.record.reading import read_record

    return read_record(FOLDER if folder is None else folder, extra, problems)
