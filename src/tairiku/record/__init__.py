"""The record: what the sources say of the operation, claim by claim (docs/record.md).

The package can be called: ``tairiku.record()`` is the record, checked, and
``tairiku.record("my-source")`` the record with the further sources of a folder.
"""

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tairiku.record.load import Record


class _Front(ModuleType):
    """This package as a module that can be called, whichever of its parts was imported first."""

    def __call__(self, *extra: str | Path) -> "Record":
        """Return the record with every source, and those of further folders; see `load_record`."""
        from tairiku.record.load import load_record

        return load_record(extra=[Path(path) for path in extra])


sys.modules[__name__].__class__ = _Front
