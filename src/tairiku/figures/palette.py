"""The colours of palette.toml."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from tairiku.figures.relief import Relief


@lru_cache(maxsize=1)
def palettes() -> dict[str, dict[str, Any]]:
    """The palettes ``light`` and ``dark``: colours by name, ``tints`` from low to high ground."""
    path = Path(__file__).with_name("palette.toml")
    found: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of ``#rrggbb``. (3,) 0-255

    >>> rgb("#9c3d21")
    (156, 61, 33)
    """
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def painted(relief: Relief, theme: str = "light") -> np.ndarray:
    """The shaded relief in colour; the page paints it by the same rule. (rows, cols, 3) uint8

    The tint is read linearly from the palette and multiplied with 0.62 + 0.76 * light.
    """
    palette = palettes()[theme]
    tints = np.array([rgb(colour) for colour in palette["tints"]], float)
    at = np.linspace(1.0, 255.0, len(tints))
    table = np.stack([np.interp(np.arange(256), at, tints[:, band]) for band in range(3)], axis=1)
    light = 0.62 + 0.76 * relief.light.astype(float) / 255.0
    colours = table[relief.tint] * light[..., None]
    colours[relief.tint == 0] = rgb(palette["sea"])
    pixels: np.ndarray = np.clip(colours, 0, 255).astype(np.uint8)
    return pixels
