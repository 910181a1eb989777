"""The hex grid: pure geometry of the map, without terrain.

Hexes stand on a point ("pointy-top") in offset rows, layout "odd-r": every odd row is shifted
half a hex to the east.
Rows are counted from the north, so row 0 is the northernmost; columns from the west.
A hex id is ``row * cols + col``.
The plane is that of the map projection: x to the east, y to the north, both in km::

    row 0    / 0 \\ / 1 \\ / 2 \\            north
            |     |     |     |              ^
    row 1    \\   / \\   / \\   / \\             |
              | 3  |  4  |  5  |      west <-+-> east
    row 2    /   \\ /   \\ /   \\ /             |
            |  6  |  7  |  8  |              v
             \\   / \\   / \\   /             south

Sides and corners of a hex; side k runs from corner k to corner k + 1::

                 2
         (2) _.-' '-._ (1)           side 0 east        3 west
          3 |         | 1                 1 north-east  4 south-west
        (3) |    +    | (0)               2 north-west  5 south-east
          4 |_       _| 0
         (4)  '-._.-'  (5)           corner k lies at the angle 60 k - 30 degrees
                 5                   side   k faces the angle 60 k degrees

The arithmetic of offset, cube and rounding is standard hex-grid geometry.
"""

import math
from dataclasses import dataclass

EAST, NORTH_EAST, NORTH_WEST, WEST, SOUTH_WEST, SOUTH_EAST = range(6)
SIDE_NAMES = ("E", "NE", "NW", "W", "SW", "SE")

# change of (column, row) across each side, for even and for odd rows
STEPS = (
    ((1, 0), (0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1)),
    ((1, 0), (1, -1), (0, -1), (-1, 0), (0, 1), (1, 1)),
)
ROW_PITCH = math.sqrt(3.0) / 2.0  # distance of two rows, in pitches


def opposite(side: int) -> int:
    """Return the same hexside as the neighbour across it counts it.

    >>> opposite(NORTH_EAST) == SOUTH_WEST
    True
    """
    return (side + 3) % 6


def cube(col: int, row: int) -> tuple[int, int]:
    """Return the axial coordinates (q, r) of the hex at ``(col, row)``; s is ``-q - r``."""
    return col - (row - (row & 1)) // 2, row


def offset(q: int, r: int) -> tuple[int, int]:
    """Return ``(col, row)`` of the axial coordinates (q, r); the inverse of `cube`."""
    return q + (r - (r & 1)) // 2, r


def round_cube(q: float, r: float) -> tuple[int, int]:
    """Return the axial coordinates of the hex that holds the fractional point (q, r)."""
    s = -q - r
    whole_q, whole_r, whole_s = math.floor(q + 0.5), math.floor(r + 0.5), math.floor(s + 0.5)
    off_q, off_r, off_s = abs(whole_q - q), abs(whole_r - r), abs(whole_s - s)
    if off_q > off_r and off_q > off_s:
        whole_q = -whole_r - whole_s
    elif off_r > off_s:
        whole_r = -whole_q - whole_s
    return whole_q, whole_r


@dataclass(frozen=True, slots=True)
class Grid:
    """A rectangle of hexes.

    Parameters
    ----------
    cols, rows
        Number of columns and rows. [1]
    pitch_km
        Distance of the centres of two neighbours. [km]
    origin_x_km, origin_y_km
        Centre of hex 0, the north-west one, in the plane of the projection. [km]

    Examples
    --------
    >>> grid = Grid(cols=7, rows=7, pitch_km=18.0)
    >>> grid.neighbours(24)
    (25, 18, 17, 23, 31, 32)
    >>> grid.distance(0, 48)
    9
    """

    cols: int
    rows: int
    pitch_km: float = 1.0
    origin_x_km: float = 0.0
    origin_y_km: float = 0.0

    def __len__(self) -> int:
        return self.cols * self.rows

    def hex(self, col: int, row: int) -> int:
        """Return the id of the hex in this column and row, or -1 outside the grid."""
        if 0 <= col < self.cols and 0 <= row < self.rows:
            return row * self.cols + col
        return -1

    def col_row(self, hex_id: int) -> tuple[int, int]:
        """Return column and row of a hex.

        Raises
        ------
        IndexError
            The id is not of this grid.
        """
        if not 0 <= hex_id < len(self):
            raise IndexError(f"hex {hex_id} is outside the grid; ids run from 0 to {len(self) - 1}")
        return hex_id % self.cols, hex_id // self.cols

    def neighbour(self, hex_id: int, side: int) -> int:
        """Return the hex across a side, or -1 where the grid ends."""
        col, row = self.col_row(hex_id)
        d_col, d_row = STEPS[row & 1][side]
        return self.hex(col + d_col, row + d_row)

    def neighbours(self, hex_id: int) -> tuple[int, ...]:
        """Return the hexes across sides 0 to 5, -1 where the grid ends. (6,)"""
        return tuple(self.neighbour(hex_id, side) for side in range(6))

    def side_between(self, hex_a: int, hex_b: int) -> int:
        """Return the side of ``hex_a`` shared with ``hex_b``, or -1 if they do not touch."""
        col_a, row_a = self.col_row(hex_a)
        col_b, row_b = self.col_row(hex_b)
        step = (col_b - col_a, row_b - row_a)
        steps = STEPS[row_a & 1]
        return steps.index(step) if step in steps else -1

    def distance(self, hex_a: int, hex_b: int) -> int:
        """Return the number of steps from one hex to another over an empty map. [hexes]"""
        q_a, r_a = cube(*self.col_row(hex_a))
        q_b, r_b = cube(*self.col_row(hex_b))
        d_q, d_r = q_b - q_a, r_b - r_a
        return max(abs(d_q), abs(d_r), abs(d_q + d_r))

    def centre(self, hex_id: int) -> tuple[float, float]:
        """Return x and y of the centre of a hex. [km]"""
        col, row = self.col_row(hex_id)
        return (
            self.origin_x_km + (col + 0.5 * (row & 1)) * self.pitch_km,
            self.origin_y_km - row * ROW_PITCH * self.pitch_km,
        )

    def corners(self, hex_id: int) -> tuple[tuple[float, float], ...]:
        """Return the six corners, counted as in the drawing above. (6, 2) [km]"""
        x, y = self.centre(hex_id)
        radius = self.pitch_km / math.sqrt(3.0)
        angles = (math.radians(60 * k - 30) for k in range(6))
        return tuple((x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles)

    def hex_at(self, x_km: float, y_km: float) -> int:
        """Return the hex that holds a point of the plane, or -1 outside the grid."""
        x = (x_km - self.origin_x_km) / self.pitch_km
        r = (self.origin_y_km - y_km) / (ROW_PITCH * self.pitch_km)
        return self.hex(*offset(*round_cube(x - r / 2.0, r)))

    def ring(self, hex_id: int, radius: int) -> list[int]:
        """Return the hexes at exactly this distance that lie on the grid.

        In order round the centre from due south-west, counted like the sides; the hex itself
        for radius 0.
        """
        if radius == 0:
            self.col_row(hex_id)
            return [hex_id]
        q, r = cube(*self.col_row(hex_id))
        q, r = q - radius, r + radius
        found = []
        for d_q, d_r in ((1, 0), (1, -1), (0, -1), (-1, 0), (-1, 1), (0, 1)):
            for _ in range(radius):
                found.append(self.hex(*offset(q, r)))
                q, r = q + d_q, r + d_r
        return [hex_id for hex_id in found if hex_id >= 0]

    def within(self, hex_id: int, radius: int) -> list[int]:
        """Return the hexes at this distance or less, nearest first."""
        return [other for d in range(radius + 1) for other in self.ring(hex_id, d)]

    def line(self, hex_a: int, hex_b: int) -> list[int]:
        """Return a straight chain of neighbouring hexes from ``hex_a`` to ``hex_b``, both included.

        It has ``distance + 1`` members; where the straight line runs along a hexside the eastern
        hex is taken, or the western one where the grid ends, so that the chain is always the same.
        """
        steps = self.distance(hex_a, hex_b)
        q_a, r_a = cube(*self.col_row(hex_a))
        q_b, r_b = cube(*self.col_row(hex_b))
        chain = []
        for k in range(steps + 1):
            t = k / steps if steps else 0.0
            q, r = q_a + (q_b - q_a) * t, r_a + (r_b - r_a) * t
            east = self.hex(*offset(*round_cube(q + 1e-6, r + 1e-7)))
            west = self.hex(*offset(*round_cube(q - 1e-6, r - 1e-7)))
            chain.append(east if east >= 0 else west)
        return chain
