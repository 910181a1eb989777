"""Reading the files of the record: claims, corrections, what they speak of; all faults at once."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from tairiku.base.errors import Problem
from tairiku.base.files import shown
from tairiku.base.hints import near
from tairiku.record import models
from tairiku.record.checking import Checking, check_claim, check_parts
from tairiku.record.entities import (
    Entity,
    add_other_names,
    add_works,
    built_in,
    read_vocabulary,
)
from tairiku.record.load import FOLDER, Record
from tairiku.record.models import Plain, parts_of
from tairiku.record.rows import checked, read_head, read_numbered, read_table

R = TypeVar("R", bound=Plain)


def read_record(home: Path, extra: Sequence[Path], problems: list[Problem]) -> Record:
    """Return the record of a folder with further sources, as far as its files can be read.

    Faults are added to ``problems``.
    """
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
        source = read_head(head, problems)
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

        if field == "id" or field not in models.columns_of(models.Claim):
            names = [name for name in models.columns_of(models.Claim) if name != "id"]
            say("field", field, f"is no field of a claim that can be corrected{near(field, names)}")
            continue
        stands = getattr(claim, field)
        if stands != correction.was:
            say("was", correction.was, f"does not stand there; {claim.id} has '{stands}'")
            continue
        try:
            claim = checked(models.Claim, claim.as_dict() | {field: correction.now})
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
