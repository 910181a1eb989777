"""How a result was made: digests of the files it rests on and versions of the software."""

import hashlib
import platform
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = ("tairiku", "numpy", "numba", "llvmlite", "duckdb", "pydantic")


def digest_of(files: Mapping[str, Path], also: Iterable[str] = ()) -> str:
    """Return 64 hex digits over names and bytes of files, and over any further lines of text.

    Line ends count as LF, so that a checkout on another system has the same digest.
    """
    total = hashlib.sha256()
    for name in sorted(files):
        content = files[name].read_bytes().replace(b"\r\n", b"\n")
        total.update(f"{name} {len(content)}\n".encode())
        total.update(content)
    for line in also:
        total.update(f"{line}\n".encode())
    return total.hexdigest()


def software() -> dict[str, str]:
    """Return the versions that a result depends on, by package; "" where one is not installed."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def provenance(parameters: Mapping[str, str]) -> dict[str, Any]:
    """Return software, parameters and environment of a run, after tskit's provenance schema.

    It describes the machine and the moment, and is kept beside a run, never inside its tables.
    """
    return {
        "schema_version": "1.0.0",
        "software": {"name": "tairiku", "version": version("tairiku")},
        "parameters": dict(parameters),
        "environment": {
            "os": {"system": platform.system(), "machine": platform.machine()},
            "libraries": software(),
        },
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
    }
