"""The hex geometry against its definition, by brute force and by property."""

import math
from collections import deque
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tairiku.base.hexes import EAST, SIDE_NAMES, Grid, cube, offset, opposite

GRID = Grid(cols=11, rows=9, pitch_km=18.0, origin_x_km=-40.0, origin_y_km=25.0)
hexes = st.integers(0, len(GRID) - 1)


def steps_by_walking(grid: Grid, start: int) -> dict[int, int]:
    """Distances found by breadth-first walking, the slow twin of `Grid.distance`."""
    found = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in grid.neighbours(here):
            if there >= 0 and there not in found:
                found[there] = found[here] + 1
                queue.append(there)
    return found


def test_small_grid_by_hand() -> None:
    grid = Grid(3, 3)
    assert grid.neighbours(4) == (5, 2, 1, 3, 7, 8)
    assert grid.neighbours(0) == (1, -1, -1, -1, -1, 3)
    assert grid.neighbours(8) == (-1, 5, 4, 7, -1, -1)
    assert grid.side_between(4, 7) == SIDE_NAMES.index("SW")
    assert grid.side_between(0, 8) == -1
    assert grid.line(3, 5) == [3, 4, 5]


@given(hexes, st.integers(0, 5))
def test_sides_are_mutual_and_face_their_angle(hex_id: int, side: int) -> None:
    other = GRID.neighbour(hex_id, side)
    if other < 0:
        return
    assert GRID.neighbour(other, opposite(side)) == hex_id
    assert GRID.side_between(hex_id, other) == side
    (x_a, y_a), (x_b, y_b) = GRID.centre(hex_id), GRID.centre(other)
    assert math.hypot(x_b - x_a, y_b - y_a) == pytest.approx(GRID.pitch_km)
    turn = math.degrees(math.atan2(y_b - y_a, x_b - x_a)) - 60.0 * side
    assert abs((turn + 180.0) % 360.0 - 180.0) < 1e-9


@given(hexes, st.integers(0, 5))
def test_side_lies_between_its_corners(hex_id: int, side: int) -> None:
    other = GRID.neighbour(hex_id, side)
    if other < 0:
        return
    mine, theirs = GRID.corners(hex_id), GRID.corners(other)
    assert mine[side] == pytest.approx(theirs[(opposite(side) + 1) % 6])
    assert mine[(side + 1) % 6] == pytest.approx(theirs[opposite(side)])


@given(hexes)
def test_distance_and_rings_agree_with_walking(hex_id: int) -> None:
    walked = steps_by_walking(GRID, hex_id)
    assert {other: GRID.distance(hex_id, other) for other in range(len(GRID))} == walked
    for radius in range(5):
        ring = GRID.ring(hex_id, radius)
        assert sorted(ring) == sorted(other for other, d in walked.items() if d == radius)
        assert len(set(ring)) == len(ring)
    assert sorted(GRID.within(hex_id, 3)) == sorted(o for o, d in walked.items() if d <= 3)


@given(hexes, hexes)
def test_line_is_a_shortest_chain(hex_a: int, hex_b: int) -> None:
    line = GRID.line(hex_a, hex_b)
    assert (line[0], line[-1]) == (hex_a, hex_b)
    assert len(line) == GRID.distance(hex_a, hex_b) + 1
    assert all(GRID.distance(a, b) == 1 for a, b in pairwise(line))


@given(hexes, st.floats(0.0, 2.0 * math.pi), st.floats(0.0, 0.999))
def test_point_inside_a_hex_finds_it(hex_id: int, angle: float, share: float) -> None:
    x, y = GRID.centre(hex_id)
    inner = share * GRID.pitch_km / 2.0  # the inscribed circle
    assert GRID.hex_at(x + inner * math.cos(angle), y + inner * math.sin(angle)) == hex_id


@given(st.integers(-50, 50), st.integers(-50, 50))
def test_cube_and_offset_are_inverse(col: int, row: int) -> None:
    assert offset(*cube(col, row)) == (col, row)


def test_outside_is_minus_one_or_an_error() -> None:
    assert GRID.hex_at(1e4, 0.0) == -1
    assert GRID.hex(-1, 0) == -1
    assert GRID.neighbour(GRID.hex(10, 0), EAST) == -1
    with pytest.raises(IndexError, match="ids run from 0 to 98"):
        GRID.centre(99)
