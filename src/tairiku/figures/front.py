"""The line between the sides: smooth rings round a country and chains along its front."""

from collections.abc import Callable, Sequence

import numpy as np

from tairiku.base.hexes import Grid

Chain = tuple[np.ndarray, bool]  # points (n, 2) [km], and whether the last joins the first
BEYOND = -1  # what lies beyond the edge of the map


def edges(
    grid: Grid, kinds: Sequence[int] | np.ndarray, own: int, faces: Callable[[int], bool]
) -> list[tuple[tuple[int, int], tuple[int, int], tuple[float, float]]]:
    """Hexsides between hexes of one kind and those it faces: start, end and middle of each.

    A side runs with its own hex on the left.

    Parameters
    ----------
    kinds
        Kind of every hex. (hexes,)
    faces
        Whether a side towards a hex of this kind, or `BEYOND`, is wanted.
    """
    found = []
    for hex_id in range(len(grid)):
        if kinds[hex_id] != own:
            continue
        corners = None
        for side, other in enumerate(grid.neighbours(hex_id)):
            kind = BEYOND if other < 0 else int(kinds[other])
            if kind == own or not faces(kind):
                continue
            corners = corners or grid.corners(hex_id)
            (x_a, y_a), (x_b, y_b) = corners[side], corners[(side + 1) % 6]
            middle = ((x_a + x_b) / 2.0, (y_a + y_b) / 2.0)
            found.append((_key(grid, x_a, y_a), _key(grid, x_b, y_b), middle))
    return found


def _key(grid: Grid, x: float, y: float) -> tuple[int, int]:
    """A corner as whole numbers: half pitches east and half radii south of hex 0."""
    return (
        round((x - grid.origin_x_km) / (grid.pitch_km / 2.0)),
        round((grid.origin_y_km - y) / (grid.pitch_km / 12.0**0.5)),
    )


def chains(
    parts: Sequence[tuple[tuple[int, int], tuple[int, int], tuple[float, float]]],
) -> list[Chain]:
    """Join sides end to start, into open chains and rings."""
    begins = {start: i for i, (start, _, _) in enumerate(parts)}
    ends = {end for _, end, _ in parts}
    used = [False] * len(parts)
    found: list[Chain] = []

    def walk(first: int) -> None:
        points = []
        i: int | None = first
        while i is not None and not used[i]:
            used[i] = True
            points.append(parts[i][2])
            i = begins.get(parts[i][1])
        found.append((np.array(points), i == first))

    for i, (start, _, _) in enumerate(parts):
        if start not in ends:
            walk(i)
    for i in range(len(parts)):
        if not used[i]:
            walk(i)
    return found


def smooth(points: np.ndarray, closed: bool, times: int = 2) -> np.ndarray:
    """Cut the corners of a line (Chaikin 1974): each edge keeps its middle half. (m, 2)

    >>> smooth(np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0]]), closed=False, times=1).tolist()
    [[0.0, 0.0], [1.0, 0.0], [3.0, 0.0], [4.0, 1.0], [4.0, 3.0], [4.0, 4.0]]
    """
    for _ in range(times):
        if len(points) < 3:
            return points
        following = np.roll(points, -1, axis=0) if closed else points[1:]
        here = points if closed else points[:-1]
        cut = np.stack([0.75 * here + 0.25 * following, 0.25 * here + 0.75 * following], axis=1)
        cut = cut.reshape(-1, 2)
        points = cut if closed else np.vstack([points[:1], cut, points[-1:]])
    return points
