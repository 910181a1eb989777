"""Keeping a record that was read and found sound, so that the next command need not read it again.

It is kept under a name made of every file it was read from, with size and time of change, and of
this program's own files: whatever changes, the record is read anew.  A file that cannot be read
or written costs time and nothing else.
"""

import gc
import hashlib
import os
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tairiku.base.files import DATA

# where entities of the scenario and the map are read from
_ALSO = (DATA / "scenarios" / "ichigo", DATA / "map", DATA / "record")
_KEPT = 4


def place_of(folders: Sequence[Path]) -> Path:
    """Return the file in which the record of these folders and files is kept, if it is."""
    from tairiku.base.kernels import cache_root

    name = hashlib.sha256()
    for path in dict.fromkeys([*_ALSO, *folders]):
        name.update(f"{path.resolve()}\n".encode())
        for file in _files(path):
            stat = file.stat()
            name.update(f"{file} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        stat = file.stat()
        name.update(f"{file.name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return cache_root() / "record" / f"{name.hexdigest()[:32]}.pickle"


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        for folder in (path, path / "sources"):
            for entry in (
                sorted(os.scandir(folder), key=lambda e: e.name) if folder.is_dir() else ()
            ):
                if entry.name.endswith((".csv", ".toml")):
                    yield Path(entry.path)
    else:
        yield from (p for p in (path.with_suffix(".toml"), path.with_suffix(".csv")) if p.is_file())


def read(place: Path) -> Any:
    """Return what is kept there, None if nothing is or it cannot be used."""
    try:
        content = place.read_bytes()
    except OSError:
        return None
    collecting = gc.isenabled()
    gc.disable()  # thousands of small objects, none of which is garbage
    try:
        return pickle.loads(content)
    except Exception:  # whatever is wrong with it, the files themselves can be read
        return None
    finally:
        if collecting:
            gc.enable()


def write(place: Path, record: Any) -> None:
    """Keep a record; the oldest of more than a few is dropped."""
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(pickle.dumps(record, protocol=pickle.HIGHEST_PROTOCOL))
        part.replace(place)
        kept = sorted(place.parent.glob("*.pickle"), key=lambda p: p.stat().st_mtime)
        for old in kept[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        part.unlink(missing_ok=True) if part.exists() else None
