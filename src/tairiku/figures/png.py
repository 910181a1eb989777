"""PNG files of 8-bit RGB, written without an imaging library (PNG specification, ISO 15948)."""

import base64
import struct
import zlib

import numpy as np


def png(pixels: np.ndarray) -> bytes:
    """Return a PNG of an image. (rows, cols, 3) uint8

    Each row is stored as differences to the row above (filter 2), which suits smooth pictures.
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8:
        raise ValueError(f"pixels are {pixels.shape} {pixels.dtype}; give (rows, cols, 3) uint8")
    rows, cols, _ = pixels.shape
    flat = pixels.reshape(rows, cols * 3)
    above = np.vstack([np.zeros((1, cols * 3), np.uint8), flat[:-1]])
    body = np.hstack([np.full((rows, 1), 2, np.uint8), flat - above]).tobytes()
    head = struct.pack(">IIBBBBB", cols, rows, 8, 2, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", head),
            _chunk(b"IDAT", zlib.compress(body, 9)),
            _chunk(b"IEND", b""),
        )
    )


def data_uri(image: bytes) -> str:
    """Return a PNG as a URI that stands in a page or a drawing."""
    return "data:image/png;base64," + base64.b64encode(image).decode("ascii")


def _chunk(name: bytes, body: bytes) -> bytes:
    checked = name + body
    return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))
