"""A map of chances: the share of campaigns in which each hex has fallen, in five lightnesses."""

from collections.abc import Sequence
from html import escape

import numpy as np

from tairiku.figures.ground import Ground
from tairiku.figures.map_svg import City

CLASSES = (0.05, 0.25, 0.5, 0.75, 0.95)
# from pale to dark, each darker than the last in print too
SHADES = ("#efe3d6", "#dcbfa5", "#bd8a6a", "#8f5638", "#552c18")
PAPER, INK, WATER, RAIL = "#f7f5ef", "#2b2a27", "#7ea4b8", "#77726a"


def class_of(share: float) -> int:
    """Class of a share: 0 below 5 %, then 1 to 5.

    >>> [class_of(share) for share in (0.01, 0.05, 0.6, 1.0)]
    [0, 1, 3, 5]
    """
    return int(np.searchsorted(CLASSES, share, side="right"))


def legend() -> list[tuple[str, str]]:
    """The classes as (shade, words)."""
    ends = [*CLASSES[1:], 1.0]
    return [
        (shade, f"{low:.0%} - {high:.0%}")
        for shade, low, high in zip(SHADES, CLASSES, ends, strict=True)
    ]


def chance_map(
    ground: Ground,
    shares: dict[int, float],
    cities: Sequence[City],
    caption: str,
    *,
    width: int = 420,
) -> str:
    """Draw the share of campaigns in which each hex has fallen.

    Parameters
    ----------
    shares
        Share by hex; a hex that is absent has never fallen. [0-1]
    """
    west, south, east, north = ground.bounds
    scale = width / (east - west)
    height = round((north - south) * scale)
    grid = ground.grid

    def path(hexes: list[int]) -> str:
        out = []
        for hex_id in hexes:
            corners = [((x - west) * scale, (north - y) * scale) for x, y in grid.corners(hex_id)]
            out.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z")
        return "".join(out)

    by_class: dict[int, list[int]] = {}
    for hex_id, share in sorted(shares.items()):
        if class_of(share) > 0:
            by_class.setdefault(class_of(share), []).append(hex_id)
    parts = [f'<path d="M0 0H{width}V{height}H0Z" fill="{PAPER}"/>']
    for number, hexes in sorted(by_class.items()):
        parts.append(f'<path d="{path(hexes)}" fill="{SHADES[number - 1]}"/>')
    for line in ground.outlines:
        if line.kind in ("coast", "rail") or (line.kind == "river" and line.rank == "3"):
            px = np.rint((line.points[:, 0] - west) * scale).astype(int)
            py = np.rint((north - line.points[:, 1]) * scale).astype(int)
            # the first of the points that fall on one pixel
            new = np.append(True, (np.diff(px) != 0) | (np.diff(py) != 0))
            points = "L".join(f"{x} {y}" for x, y in zip(px[new], py[new], strict=True))
            dash = ' stroke-dasharray="4 2"' if line.kind == "rail" else ""
            stroke = RAIL if line.kind == "rail" else WATER
            parts.append(f'<path d="M{points}" fill="none" stroke="{stroke}"{dash}/>')
    taken: list[tuple[float, float, float, float]] = []
    for city in sorted(cities, key=lambda c: -c.size):
        x, y = (city.x - west) * scale, (north - city.y) * scale
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="{PAPER}" stroke="{INK}"/>')
        wide = 5.4 * len(city.name)
        box = (x + 4, y - 8, x + 4 + wide, y + 4)
        if box[2] > width or any(
            box[0] < t[2] and box[2] > t[0] and box[1] < t[3] and box[3] > t[1] for t in taken
        ):
            continue
        taken.append(box)
        parts.append(
            f'<text x="{x + 4:.1f}" y="{y + 3:.1f}" font-size="9.5" fill="{INK}" '
            f'paint-order="stroke" stroke="{PAPER}" stroke-width="2.4">{escape(city.name)}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="sans-serif"><title>{escape(caption)}</title>'
        f"{''.join(parts)}</svg>"
    )
