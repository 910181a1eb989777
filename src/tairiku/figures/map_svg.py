"""One frame of the campaign as an SVG drawing: ground, country held, front, units, cities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from tairiku.figures.front import chains, edges, smooth
from tairiku.figures.ground import Ground, Outline
from tairiku.figures.palette import painted, palettes
from tairiku.figures.png import data_uri, png
from tairiku.figures.relief import relief
from tairiku.figures.symbols import symbol

JAPAN, CHINA, NOBODY = range(3)


@dataclass(frozen=True)
class Counter:
    """One counter of a frame.

    Attributes
    ----------
    x, y
        Where it stands. [km]
    strength
        Share of its full strength, 0-1.
    count
        Units it stands for.
    """

    x: float
    y: float
    force: str
    kind: str
    level: str
    strength: float
    count: int = 1


@dataclass(frozen=True)
class City:
    """A place with its name in a frame; ``size`` 1 to 5, x and y in km."""

    x: float
    y: float
    name: str
    size: int


@dataclass(frozen=True)
class Frame:
    """What a frame shows: holder of every hex, counters (weakest first), cities, a caption."""

    control: Sequence[int] | np.ndarray
    counters: Sequence[Counter]
    cities: Sequence[City]
    caption: str
    credit: str


def map_svg(
    ground: Ground,
    frame: Frame,
    *,
    bounds: tuple[float, float, float, float] | None = None,
    width: int = 900,
    theme: str = "light",
    counter_px: float = 24.0,
) -> str:
    """Draw a frame.

    Parameters
    ----------
    bounds
        West, south, east and north edge shown, the whole map where not given. [km]
    width
        Width of the drawing; its height follows. [pixels]
    """
    west, south, east, north = bounds or ground.bounds
    scale = width / (east - west)
    height = round((north - south) * scale)
    colours = palettes()[theme]
    plane = _Plane(west, north, scale)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" role="img">',
        f"<title>{escape(frame.caption)}</title>",
        f'<defs><clipPath id="sheet"><path d="M0 0H{width}V{height}H0Z"/></clipPath></defs>',
        '<g clip-path="url(#sheet)">',
        f'<path d="M0 0H{width}V{height}H0Z" fill="{colours["paper"]}"/>',
        *_relief(ground, (west, south, east, north), plane, theme),
        *_water(ground.outlines, plane, colours),
        *_held(ground, frame, plane, colours),
        *_lines(ground.outlines, plane, colours),
        *_front(ground, frame, plane, colours),
        *_dots(frame.cities, plane, colours),
        *(_counter(c, plane, colours, counter_px) for c in frame.counters),
        *_names(frame, plane, colours, counter_px, width),
        _caption(frame, width, height, colours),
        "</g></svg>",
    ]
    return "\n".join(out) + "\n"


@dataclass(frozen=True)
class _Plane:
    west: float
    north: float
    scale: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.west) * self.scale, (self.north - y) * self.scale

    def path(self, points: np.ndarray, closed: bool = False) -> str:
        px = (points[:, 0] - self.west) * self.scale
        py = (self.north - points[:, 1]) * self.scale
        pairs = [f"{x:.1f} {y:.1f}" for x, y in zip(px, py, strict=True)]
        return "M" + "L".join(pairs) + ("Z" if closed else "")


def _relief(
    ground: Ground, bounds: tuple[float, float, float, float], plane: _Plane, theme: str
) -> list[str]:
    if ground.heights is None:
        return []
    picture = relief(ground.heights, ground.albers, bounds, cell=max(2.5, 2.0 / plane.scale))
    rows, cols = picture.light.shape
    x, y = plane.at(picture.west, picture.north)
    size = picture.cell * plane.scale
    return [
        f'<image x="{x:.1f}" y="{y:.1f}" width="{cols * size:.1f}" height="{rows * size:.1f}" '
        f'preserveAspectRatio="none" href="{data_uri(png(painted(picture, theme)))}"/>'
    ]


def _water(outlines: Iterable[Outline], plane: _Plane, colours: dict[str, str]) -> list[str]:
    out = []
    for line in outlines:
        if line.kind in ("lake", "flood"):
            fill = colours["sea"] if line.kind == "lake" else colours["flood"]
            edge = f' stroke="{colours["water"]}" stroke-width=".5"' if line.kind == "lake" else ""
            opacity = "" if line.kind == "lake" else ' fill-opacity=".55"'
            out.append(f'<path d="{plane.path(line.points, True)}" fill="{fill}"{opacity}{edge}/>')
    return out


def _held(ground: Ground, frame: Frame, plane: _Plane, colours: dict[str, str]) -> list[str]:
    rings = chains(edges(ground.grid, frame.control, JAPAN, lambda kind: True))
    path = "".join(plane.path(smooth(points, closed), closed) for points, closed in rings)
    fill = colours["japan-fill"]
    return [f'<path d="{path}" fill="{fill}" fill-opacity=".26" fill-rule="evenodd"/>']


def _front(ground: Ground, frame: Frame, plane: _Plane, colours: dict[str, str]) -> list[str]:
    lines = chains(edges(ground.grid, frame.control, JAPAN, lambda kind: kind == CHINA))
    path = "".join(plane.path(smooth(points, closed), closed) for points, closed in lines)
    style = 'fill="none" stroke-linejoin="round"'
    return [
        f'<path d="{path}" {style} stroke="{colours["paper"]}" stroke-width="4" opacity=".65"/>',
        f'<path d="{path}" {style} stroke="{colours["japan"]}" stroke-width="1.8"/>',
    ]


def _lines(outlines: Iterable[Outline], plane: _Plane, colours: dict[str, str]) -> list[str]:
    out = []
    for line in outlines:
        path = plane.path(line.points, line.is_ring)
        if line.kind == "coast":
            out.append(_stroke(path, colours["water"], 0.8))
        elif line.kind == "river" and line.rank != "1":
            wide = 1.1 if line.rank == "2" else 1.9
            dash = ' stroke-dasharray="3 3"' if line.status == "dry bed" else ""
            out.append(_stroke(path, colours["water"], wide, dash))
    for line in outlines:
        if line.kind == "rail":
            path = plane.path(line.points)
            if line.status.startswith("operating"):
                out.append(_stroke(path, colours["rail"], 1.9))
                out.append(_stroke(path, colours["paper"], 0.8, ' stroke-dasharray="4 4"'))
            else:
                out.append(_stroke(path, colours["rail"], 0.9, ' stroke-dasharray="3 4"'))
    return out


def _stroke(path: str, colour: str, width: float, more: str = "") -> str:
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{more}/>'


def _dots(cities: Iterable[City], plane: _Plane, colours: dict[str, str]) -> list[str]:
    style = f'fill="{colours["paper"]}" stroke="{colours["ink"]}" stroke-width="1.1"'
    out = []
    for city in cities:
        x, y = plane.at(city.x, city.y)
        out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{1.2 + 0.5 * city.size:.1f}" {style}/>')
    return out


def _counter(counter: Counter, plane: _Plane, colours: dict[str, str], size: float) -> str:
    drawn = symbol(counter.force, counter.kind, counter.level)
    force = counter.force if f"{counter.force}-fill" in colours else "china"
    pale, fill = colours[f"{force}-pale"], colours[f"{force}-fill"]
    x, y = plane.at(counter.x, counter.y)
    k = size / 150.0
    strength = min(1.0, max(0.0, counter.strength))
    frame, left = _frame(drawn.diamond, strength)
    inner = drawn.svg[drawn.svg.index(">") + 1 : drawn.svg.rindex("</svg>")]
    badge = ""
    if counter.count > 1:
        top = 30 if drawn.diamond else 52
        badge = (
            f'<circle cx="176" cy="{top}" r="32" fill="{colours["ink"]}"/>'
            f'<text x="176" y="{top + 15}" font-size="44" font-weight="600" '
            f'text-anchor="middle" fill="{colours["paper"]}">{counter.count}</text>'
        )
    return (
        f'<g transform="translate({x - 100 * k:.1f} {y - 100 * k:.1f}) scale({k:.3f})">'
        f'<path d="{frame}" fill="{pale}"/><path d="{left}" fill="{fill}"/>{inner}{badge}</g>'
    )


def _frame(diamond: bool, strength: float) -> tuple[str, str]:
    """The frame of a symbol and the part of it that strength fills, from below, as paths."""
    if not diamond:
        return "M25 50H175V150H25Z", f"M25 150H175V{150 - 100 * strength:.0f}H25Z"
    level = 172 - 144 * strength
    half = 72 - abs(level - 100)
    body = f"M100 172L{100 - half:.0f} {level:.0f}H{100 + half:.0f}Z"
    if level < 100:
        body = f"M100 172L28 100L{100 - half:.0f} {level:.0f}H{100 + half:.0f}L172 100Z"
    return "M100 28L172 100L100 172L28 100Z", body


def _names(
    frame: Frame, plane: _Plane, colours: dict[str, str], size: float, width: int
) -> list[str]:
    """Names of cities, the larger first, each where it covers no counter and no other name."""
    taken = []
    for counter in frame.counters:
        x, y = plane.at(counter.x, counter.y)
        taken.append((x - size / 2, y - size / 2, x + size / 2, y + size / 2))
    out = []
    for city in sorted(frame.cities, key=lambda c: -c.size):
        x, y = plane.at(city.x, city.y)
        tall = 11.0 + (1.5 if city.size >= 4 else 0.0)
        wide = len(city.name) * tall * 0.56
        far = size / 2
        spots = (
            (x + 6, y + 4),
            (x - 6 - wide, y + 4),
            (x - wide / 2, y - 6),
            (x - wide / 2, y + 15),
            (x + far + 3, y + 4),
            (x - far - 3 - wide, y + 4),
            (x - wide / 2, y - far - 4),
            (x - wide / 2, y + far + 12),
        )
        for px, py in spots:
            box = (px, py - tall, px + wide, py + 2)
            if box[0] < 2 or box[2] > width - 2:
                continue
            if all(box[0] > t[2] or box[2] < t[0] or box[1] > t[3] or box[3] < t[1] for t in taken):
                taken.append(box)
                weight = ' font-weight="600"' if city.size >= 4 else ""
                out.append(
                    f'<text x="{px:.1f}" y="{py:.1f}" font-size="{tall:.1f}"{weight} '
                    f'paint-order="stroke" stroke="{colours["paper"]}" stroke-width="3" '
                    f'stroke-linejoin="round" fill="{colours["ink"]}">{escape(city.name)}</text>'
                )
                break
    return out


def _caption(frame: Frame, width: int, height: int, colours: dict[str, str]) -> str:
    ink, paper = colours["ink"], colours["paper"]
    return (
        f'<path d="M0 {height - 44}H{width}V{height}H0Z" fill="{paper}" fill-opacity=".9"/>'
        f'<text x="10" y="{height - 25}" font-size="14" font-weight="600" fill="{ink}">'
        f"{escape(frame.caption)}</text>"
        f'<text x="10" y="{height - 9}" font-size="9" fill="{colours["faint"]}">'
        f"{escape(frame.credit)}</text>"
    )
