"""Loading the record: every file read and checked, corrections applied, all faults at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from tairiku.base.errors import DataError, Problem, RequestError
from tairiku.base.files import DATA, shown
from tairiku.base.tables import Row, near, read_numbered, read_record, read_table, read_toml
from tairiku.record import models
from tairiku.record.checking import Checking, check_claim, check_parts
from tairiku.record.entities import (
    Entity,
    add_other_names,
    add_works,
    built_in,
    read_vocabulary,
)
from tairiku.record.models import parts_of

FOLDER = DATA / "record"
R = TypeVar("R", bound=Row)


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
    problems: list[Problem] = []
    record = read_record_files(folder, extra, problems)
    if problems:
        raise DataError(problems)
    return record


def read_record_files(
    folder: Path | None, extra: Sequence[Path], problems: list[Problem]
) -> Record:
    """Return the record as far as its files can be read; faults are added to ``problems``."""
    home = FOLDER if folder is None else folder
    for path in extra:
        if not path.exists():
            problems.append(Problem(path.as_posix(), None, "", "", "is not there; name a folder"))
    folders = [home, *(p for p in extra if p.is_dir())]
    entities, offices = built_in()
    works: dict[str, models.Work] = {}
    for place in dict.fromkeys([*([FOLDER] if home != FOLDER else []), *folders]):
        read_vocabulary(place, entities, problems, required=place == FOLDER)
        if (place / "works.csv").is_file():
            for work in read_table(place / "works.csv", models.Work, problems):
                works[work.id] = work
        _other_names(place / "other_names.csv", entities, problems)
    add_works(works.values(), entities)
    own = home / "properties.csv"
    path = own if own.is_file() else FOLDER / "properties.csv"
    properties = {p.id: p for p in read_table(path, models.Property, problems)}
    corrections = _gather(folders, "corrections.csv", models.Correction, problems)
    checking = Checking(properties, entities, problems)
    sources = _sources(home, extra, checking, corrections)
    check_parts(checking)
    overrides = _gather(folders, "overrides.csv", models.Override, problems)
    for place, line, override in overrides:
        _check_override(override, place / "overrides.csv", line, checking)
    return Record(
        folder=home,
        sources=sources,
        claims={id_: found.claim for id_, found in checking.claims.items()},
        source_of={id_: found.source.id for id_, found in checking.claims.items()},
        properties=properties,
        entities=entities,
        works=works,
        offices=tuple(offices),
        corrections=tuple(c for _, _, c in corrections),
        overrides=tuple(o for _, _, o in overrides),
    )


def _other_names(path: Path, entities: dict[str, Entity], problems: list[Problem]) -> None:
    if not path.is_file():
        return
    for line, row in read_numbered(path, models.OtherName, problems):
        if add_other_names([row], entities):
            what = f"is no id of the record{near(row.id, entities)}"
            problems.append(Problem(shown(path), line, "id", row.id, what))


def _gather(
    folders: Sequence[Path], name: str, model: type[R], problems: list[Problem]
) -> list[tuple[Path, int, R]]:
    found = []
    for folder in folders:
        if (folder / name).is_file():
            rows = read_numbered(folder / name, model, problems)
            found += [(folder, line, row) for line, row in rows]
    return found


def _sources(
    home: Path,
    extra: Sequence[Path],
    checking: Checking,
    corrections: list[tuple[Path, int, models.Correction]],
) -> dict[str, models.Source]:
    """Read every source and its claims; corrections are applied before the claims are checked."""
    problems = checking.problems
    sources: dict[str, models.Source] = {}
    waiting: dict[str, list[tuple[Path, int, models.Correction]]] = {}
    for entry in corrections:
        waiting.setdefault(entry[2].claim_id, []).append(entry)
    for head in _heads(home, extra):
        source = read_record(head, read_toml(head, problems), models.Source, "", problems)
        if source is None:
            continue
        if source.id in sources:
            what = "is the id of another source already; choose another"
            problems.append(Problem(shown(head), None, "id", source.id, what))
            continue
        sources[source.id] = source
        path = head.with_suffix(".csv")
        file = shown(path)
        for line, row in read_numbered(path, models.Claim, problems):
            claim = _corrected(row, waiting.pop(row.id, []), checking)
            check_claim(claim, source, file, line, checking)
    for claim_id, entries in waiting.items():
        for folder, line, _ in entries:
            what = f"is no claim of the record{near(claim_id, checking.claims)}"
            file = shown(folder / "corrections.csv")
            problems.append(Problem(file, line, "claim_id", claim_id, what))
    return sources


def _heads(home: Path, extra: Sequence[Path]) -> list[Path]:
    """The TOML files of all sources, each once, in a fixed order: our own first."""
    found = sorted((home / "sources").glob("*.toml"))
    for path in extra:
        if path.is_dir():
            found += sorted({*path.glob("*.toml"), *(path / "sources").glob("*.toml")})
        elif path.is_file():
            found.append(path.with_suffix(".toml"))
    return list({path.resolve(): path for path in found}.values())


def _corrected(
    claim: models.Claim,
    entries: Sequence[tuple[Path, int, models.Correction]],
    checking: Checking,
) -> models.Claim:
    """The claim with its corrections; one that does not fit what is there is a fault."""
    for folder, line, correction in entries:
        file, field = shown(folder / "corrections.csv"), correction.field

        def say(name: str, value: str, what: str, file: str = file, line: int = line) -> None:
            checking.problems.append(Problem(file, line, name, value, what))

        if field == "id" or field not in models.Claim.model_fields:
            names = [name for name in models.Claim.model_fields if name != "id"]
            say("field", field, f"is no field of a claim that can be corrected{near(field, names)}")
            continue
        stands = getattr(claim, field)
        if stands != correction.was:
            say("was", correction.was, f"does not stand there; {claim.id} has '{stands}'")
            continue
        try:
            data = claim.model_dump() | {field: correction.now}
            claim = models.Claim.model_validate(data)
        except ValueError as error:
            say("now", correction.now, f"cannot stand there: {error.__class__.__name__}")
    return claim


def _check_override(override: models.Override, path: Path, line: int, checking: Checking) -> None:
    """An override names what there is, and a value of the property's type."""
    file = shown(path)
    checking.known(file, line, "subject", override.subject, checking.entities, "id of the record")
    for claim in parts_of(override.claims):
        checking.known(file, line, "claims", claim, checking.claims, "claim of the record")
    what = "property of properties.csv"
    if checking.known(file, line, "property", override.property, checking.properties, what):
        checking.value(file, line, "value", override.value, override.property)
