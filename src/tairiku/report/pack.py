"""The run as one block of text inside the page: a table of contents and typed arrays, deflated.

Layout before compression (zlib, RFC 1950), little-endian::

    uint32   length of the table of contents in bytes
    bytes    table of contents, JSON in UTF-8, filled with spaces to a multiple of 8
    bytes    arrays, each beginning at a multiple of 4

The contents' key ``arrays`` tells of each its type, shape and offset.  An array marked ``delta``
holds, along its last axis, the first value and then the differences, which deflate well.
"""

import base64
import json
import struct
import zlib
from typing import Any

import numpy as np

_TYPES = {"int8": "i8", "uint8": "u8", "int16": "i16", "int32": "i32", "float32": "f32"}


def smallest(values: np.ndarray) -> np.ndarray:
    """Return whole numbers in the smallest of int8, int16 and int32 that holds them."""
    if values.dtype.kind == "f":
        return values.astype(np.float32)
    low, high = (int(values.min()), int(values.max())) if values.size else (0, 0)
    for kind in (np.int8, np.int16, np.int32):
        limits = np.iinfo(kind)
        if limits.min <= low and high <= limits.max:
            return values.astype(kind)
    raise ValueError(f"values {low} to {high} do not fit 32 bits")


class Pack:
    """Collects arrays for the page."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._arrays: dict[str, dict[str, Any]] = {}
        self._size = 0

    def add(self, name: str, values: np.ndarray, *, delta: bool = False) -> None:
        """Add an array under a name, whole numbers in the smallest type that holds them.

        Parameters
        ----------
        delta
            Store differences along the last axis; for whole numbers that change slowly.
        """
        stored = np.asarray(values)
        if stored.dtype != np.uint8:
            wide = stored if stored.dtype.kind == "f" else stored.astype(np.int64)
            stored = smallest(np.diff(wide, axis=-1, prepend=0) if delta else wide)
        body = np.ascontiguousarray(stored).tobytes()
        self._arrays[name] = {
            "type": _TYPES[stored.dtype.name],
            "shape": list(stored.shape),
            "offset": self._size,
            "delta": delta,
        }
        body += bytes(-len(body) % 4)
        self._parts.append(body)
        self._size += len(body)

    def text(self, contents: dict[str, Any]) -> str:
        """Return all arrays and the contents as deflated base64 text."""
        head = json.dumps(
            {**contents, "arrays": self._arrays}, ensure_ascii=False, separators=(",", ":")
        ).encode()
        head += b" " * (-(len(head) + 4) % 8)
        whole = struct.pack("<I", len(head)) + head + b"".join(self._parts)
        return base64.b64encode(zlib.compress(whole, 6)).decode("ascii")
