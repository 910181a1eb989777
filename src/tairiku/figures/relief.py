"""Shaded relief: a raster of light and height in the plane of the map.

The light follows the analytical hill shading of B. K. P. Horn, "Hill shading and the reflectance
map", Proceedings of the IEEE 69 (1981), 14-47: the cosine between the surface and the sun.
Three suns are mixed so that ridges along the main light do not vanish.
"""

from dataclasses import dataclass

import numpy as np

from tairiku.base.projection import Albers
from tairiku.figures.ground import Heights

SUNS = ((315.0, 0.6), (270.0, 0.25), (0.0, 0.15))  # azimuth [degrees], weight
SUN_HEIGHT = 45.0  # above the horizon [degrees]
EXAGGERATION = 6.0  # heights are drawn this much steeper than they are
SHADES = 48  # steps of light kept; more are not seen and make the file larger
CEILING = 3000.0  # height of the last tint [m]


@dataclass(frozen=True)
class Relief:
    """Light and height, row 0 in the north.

    Attributes
    ----------
    west, north
        Upper left corner. [km]
    cell
        Side of a pixel. [km]
    light
        128 on flat ground, more on the sunny side. (rows, cols) uint8
    tint
        0 sea, then 1 to 255 by the square root of height up to 3,000 m. (rows, cols) uint8
    """

    west: float
    north: float
    cell: float
    light: np.ndarray
    tint: np.ndarray


def inverse(albers: Albers, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Longitude and latitude of points in the plane, as `Albers.inverse` for arrays. [degrees]"""
    sign = np.copysign(1.0, albers.n)
    rho = np.hypot(x, albers.rho_0 - y)
    theta = np.arctan2(sign * x, sign * (albers.rho_0 - y))
    sine = (albers.c - (rho * albers.n / albers.radius_km) ** 2) / (2.0 * albers.n)
    return albers.lon_0 + np.degrees(theta / albers.n), np.degrees(np.arcsin(sine))


def relief(
    heights: Heights, albers: Albers, bounds: tuple[float, float, float, float], cell: float = 2.5
) -> Relief:
    """Shade the heights on a raster of square cells over the bounds (west, south, east, north).

    Beyond the heights their outermost value goes on.
    """
    west, south, east, north = bounds
    cols, rows = int(np.ceil((east - west) / cell)), int(np.ceil((north - south) / cell))
    x, y = np.meshgrid(
        west + (np.arange(cols) + 0.5) * cell, north - (np.arange(rows) + 0.5) * cell
    )
    lon, lat = inverse(albers, x, y)
    row = (heights.lats[0] - lat) / (heights.lats[0] - heights.lats[-1]) * (len(heights.lats) - 1)
    col = (lon - heights.lons[0]) / (heights.lons[-1] - heights.lons[0]) * (len(heights.lons) - 1)
    metres = _cubic(heights.metres, row, col)
    wet = _linear((heights.metres <= 0.0).astype(float), row, col) > 0.5
    light = _light(np.maximum(metres, 0.0), cell)
    step = 256.0 / SHADES
    quantised = np.clip(np.round(light * 255.0 / step) * step, 0, 255).astype(np.uint8)
    quantised[wet] = 128
    root = np.sqrt(np.clip(metres, 0.0, CEILING) / CEILING)
    tint = np.clip(np.round(root * 84.0) * 3.0 + 3.0, 1, 255).astype(np.uint8)
    tint[wet] = 0
    return Relief(west, north, cell, quantised, tint)


def _light(metres: np.ndarray, cell: float) -> np.ndarray:
    """Brightness 0-1, one half on flat ground. (rows, cols)"""
    d_south, d_east = np.gradient(metres / 1000.0 * EXAGGERATION, cell)
    high = np.radians(SUN_HEIGHT)
    length = np.sqrt(1.0 + d_east**2 + d_south**2)
    total = np.zeros_like(metres)
    for azimuth, weight in SUNS:
        turn = np.radians(azimuth)
        slope = -d_east * np.sin(turn) + d_south * np.cos(turn)
        total += weight * (np.sin(high) + np.cos(high) * slope) / length
    light: np.ndarray = np.clip(0.5 + (total - np.sin(high)) * 0.75, 0.05, 0.98)
    return light


def _linear(values: np.ndarray, row: np.ndarray, col: np.ndarray) -> np.ndarray:
    rows, cols = values.shape
    row, col = np.clip(row, 0, rows - 1.001), np.clip(col, 0, cols - 1.001)
    i, j = row.astype(int), col.astype(int)
    u, v = row - i, col - j
    top = values[i, j] * (1 - v) + values[i, j + 1] * v
    bottom = values[i + 1, j] * (1 - v) + values[i + 1, j + 1] * v
    mixed: np.ndarray = top * (1 - u) + bottom * u
    return mixed


def _cubic(values: np.ndarray, row: np.ndarray, col: np.ndarray) -> np.ndarray:
    """Cubic convolution (Keys 1981, a = -0.5) of a table at fractional rows and columns."""
    rows, cols = values.shape
    row, col = np.clip(row, 0, rows - 1.001), np.clip(col, 0, cols - 1.001)
    i, j = row.astype(int), col.astype(int)
    down, across = _weights(row - i), _weights(col - j)
    total = np.zeros_like(row)
    for k, w_row in enumerate(down):
        ii = np.clip(i + k - 1, 0, rows - 1)
        for m, w_col in enumerate(across):
            total += w_row * w_col * values[ii, np.clip(j + m - 1, 0, cols - 1)]
    return total


def _weights(t: np.ndarray) -> tuple[np.ndarray, ...]:
    return (
        ((-0.5 * t + 1.0) * t - 0.5) * t,
        (1.5 * t - 2.5) * t * t + 1.0,
        ((-1.5 * t + 2.0) * t + 0.5) * t,
        (0.5 * t - 0.5) * t * t,
    )
