"""The folder of a study: parts that are there whole or not at all, whenever the program is killed.

::

    DIR/ensemble.json        what was asked for; follows from the request alone
    DIR/parts/NAME/*.parquet one part: tables of up to 64 replicas; NAME is its content's name
    DIR/bands.parquet        by day, over all replicas
    DIR/maps.parquet         in how many replicas each hex has fallen
    DIR/summary.json         intervals of dates and losses

A part is written into a folder whose name begins with a full stop, every file is brought to the
disk (fsync), and the folder is then renamed.
"""

import errno
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tairiku import replay
from tairiku.base.errors import DataError, RequestError
from tairiku.replay import Column, Table
from tairiku.study.ensembles.plan import Part, Plan
from tairiku.study.ensembles.tables import PARTS

MANIFEST = "ensemble.json"
# what may differ between a folder and a request that goes on with it
UNLIKE = {"program", "n", "parts"}


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """Turn a disk that is full or closed to us into a clear word; what is done stays."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        why = "the disk is full" if full else (error.strerror or str(error))
        raise RequestError(
            f"cannot write to '{folder}' ({why}); what is done is kept: "
            "make room, then go on with --resume"
        ) from error


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_safely(path: Path, content: bytes) -> None:
    """Write a file so that after any interruption it is the old one or the new one, on disk."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _to_disk(path.parent)


def write_json(path: Path, data: Any) -> None:
    """Write figures as JSON, safely."""
    write_safely(path, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())


def _write_into(
    folder: Path,
    tables: Mapping[str, Table],
    footer: Mapping[str, str],
    schema: Mapping[str, Sequence[Column]],
) -> None:
    try:
        replay.write(folder, tables, footer, schema)
    except RequestError as error:
        raise OSError(None, str(error.__cause__ or error).splitlines()[0]) from error
    for name in tables:
        _to_disk(folder / f"{name}.parquet")
    _to_disk(folder)


def write_part(folder: Path, plan: Plan, part: Part, tables: Mapping[str, Table]) -> None:
    """Write a part, whole or not at all.

    Raises
    ------
    RequestError
        The disk is full or closed to us; what is done stays.
    """
    home = folder / "parts"
    making = home / f".{part.name}.{os.getpid()}"
    with kept(folder):
        making.mkdir(parents=True, exist_ok=True)
        try:
            _write_into(making, tables, plan.footer(part), PARTS)
            making.replace(home / part.name)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
        _to_disk(home)


def write_tables(
    folder: Path,
    tables: Mapping[str, Table],
    footer: Mapping[str, str],
    schema: Mapping[str, Sequence[Column]],
) -> None:
    """Write tables of a finished study beside its parts, each whole or not at all."""
    making = folder / f".tables.{os.getpid()}"
    with kept(folder):
        making.mkdir(exist_ok=True)
        try:
            _write_into(making, tables, footer, schema)
            for name in tables:
                (making / f"{name}.parquet").replace(folder / f"{name}.parquet")
        finally:
            shutil.rmtree(making, ignore_errors=True)
        _to_disk(folder)


def read_manifest(folder: Path, name: str = MANIFEST) -> dict[str, Any]:
    """What a folder was asked to hold.

    Raises
    ------
    RequestError
        There is no such study in the folder.
    DataError
        Its file cannot be read.
    """
    path = folder / name
    if not path.is_file():
        raise RequestError(
            f"there is no {path.stem} in '{folder}' (no {name}); `tairiku {path.stem}` makes one"
        )
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError([f"{path}: cannot be read as JSON ({error})"]) from error
    return found


def clean(folder: Path) -> None:
    """Remove what an interrupted program left half made."""
    for home in (folder, folder / "parts"):
        for path in home.glob(".*") if home.is_dir() else ():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def begin(folder: Path, plan: Plan, resume: bool) -> list[Part]:
    """Make the folder, or go on with it; the parts that are still to be played.

    Raises
    ------
    RequestError
        The folder is there already (without ``resume``), holds another ensemble or a larger one,
        or cannot be written.
    DataError
        Parts that are there cannot be read: all of them are named.
    """
    if folder.exists() and not resume:
        raise RequestError(
            f"'{folder}' is there already; go on with it by --resume, or choose another with -o"
        )
    if (folder / MANIFEST).is_file():
        _check_same(folder, plan)
    elif folder.is_dir() and any(path.name[0] != "." for path in folder.iterdir()):
        raise RequestError(f"'{folder}' holds no ensemble; choose another folder with -o")
    with kept(folder):
        folder.mkdir(parents=True, exist_ok=True)
        clean(folder)
        write_json(folder / MANIFEST, plan.manifest())  # first of all: by it the folder is known
        (folder / "parts").mkdir(exist_ok=True)
    parts = plan.parts()
    _remove_superseded(folder, {part.name for part in parts})
    there = [part for part in parts if (folder / "parts" / part.name).is_dir()]
    problems = [text for part in there for text in faults(folder, plan, part)]
    if problems:
        raise DataError([*problems, "remove the folders named, then go on with --resume"])
    missing = [part for part in parts if part not in there]
    if missing:  # what all replicas together said, they say no longer
        for name in ("bands.parquet", "maps.parquet", "summary.json", "report.html"):
            (folder / name).unlink(missing_ok=True)
    return missing


def _check_same(folder: Path, plan: Plan) -> None:
    before, now = read_manifest(folder), plan.manifest()
    different = [
        f"{name} was {before.get(name)!r}, now {now[name]!r}"
        for name in now
        if name not in UNLIKE and before.get(name) != now[name]
    ]
    if different:
        raise RequestError(f"'{folder}' holds another ensemble: {'; '.join(different)}")
    if before["n"] > plan.n:
        raise RequestError(
            f"'{folder}' holds {before['n']} replicas, more than {plan.n}; "
            "give that number or a larger one with -n, or choose another folder with -o"
        )


def _remove_superseded(folder: Path, names: set[str]) -> None:
    """A last part that was short is played again as a whole one when the ensemble grows."""
    for path in (folder / "parts").iterdir():
        if path.name not in names:
            shutil.rmtree(path)


def faults(folder: Path, plan: Plan, part: Part) -> list[str]:
    """What is wrong with a part that is there; nothing if all is well."""
    import duckdb

    home = folder / "parts" / part.name
    wrong = []
    with duckdb.connect(config={"threads": 1}) as con:
        for name in PARTS:
            path = home / f"{name}.parquet"
            try:
                rows = con.execute(
                    "SELECT key, value FROM parquet_kv_metadata(?)", [str(path)]
                ).fetchall()
                footer = {bytes(key).decode(): bytes(value).decode() for key, value in rows}
                if footer != plan.footer(part):
                    wrong.append(f"{path}: is of another ensemble")
            except duckdb.Error as error:
                wrong.append(f"{path}: not a readable Parquet file ({str(error).splitlines()[0]})")
    return wrong
