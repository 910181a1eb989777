"""Files on disk: where the package's own data lies, and writing that leaves no half files."""

import os
from pathlib import Path

from tairiku.base.errors import RequestError

DATA = Path(__file__).parent.parent / "data"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader finds the old one or the new one, never a part of it.

    Raises
    ------
    RequestError
        The folder is missing or cannot be written to.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise RequestError(
            f"{path} cannot be written ({error.strerror}); choose another folder"
        ) from error


def shown(path: Path) -> str:
    """Return a short name of a file for messages: within the package's data, or as it is."""
    try:
        return path.resolve().relative_to(DATA.resolve()).as_posix()
    except ValueError:
        return path.as_posix()
