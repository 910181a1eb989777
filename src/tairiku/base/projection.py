"""The map projection: Albers' equal-area conic on a sphere.

Source of the equations: J. P. Snyder, *Map Projections: A Working Manual*, U.S. Geological Survey
Professional Paper 1395 (1987), pp. 98-103, equations (14-1) to (14-11).
Latitudes are taken as if they were those of a sphere; over the theatre distances are then wrong by
less than one part in a hundred, far less than a hex.
"""

import math
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Albers:
    """Albers' equal-area conic projection on a sphere.

    Parameters
    ----------
    lat_1, lat_2
        Standard parallels, on which distances are true. [degrees north]
    lat_0, lon_0
        Origin of the plane. [degrees north, east]
    radius_km
        Radius of the sphere. [km]

    Raises
    ------
    ValueError
        The standard parallels are mirror images, so that the cone has no apex.
    """

    lat_1: float
    lat_2: float
    lat_0: float
    lon_0: float
    radius_km: float
    n: float = field(init=False, repr=False)
    c: float = field(init=False, repr=False)
    rho_0: float = field(init=False, repr=False)

    def __post_init__(self) -> None:
        sin_1, sin_2 = math.sin(math.radians(self.lat_1)), math.sin(math.radians(self.lat_2))
        n = (sin_1 + sin_2) / 2.0
        if abs(n) < 1e-9:
            raise ValueError(
                f"lat_1 {self.lat_1} and lat_2 {self.lat_2} are mirror images; "
                "choose standard parallels on one side of the equator"
            )
        c = math.cos(math.radians(self.lat_1)) ** 2 + 2.0 * n * sin_1
        object.__setattr__(self, "n", n)
        object.__setattr__(self, "c", c)
        object.__setattr__(self, "rho_0", self._rho(self.lat_0, n, c))

    def _rho(self, lat: float, n: float, c: float) -> float:
        return self.radius_km * math.sqrt(c - 2.0 * n * math.sin(math.radians(lat))) / n

    def forward(self, lon: float, lat: float) -> tuple[float, float]:
        """Return x and y [km] of a longitude and latitude [degrees]; eq. (14-1) to (14-4)."""
        rho = self._rho(lat, self.n, self.c)
        theta = self.n * math.radians(lon - self.lon_0)
        return rho * math.sin(theta), self.rho_0 - rho * math.cos(theta)

    def inverse(self, x_km: float, y_km: float) -> tuple[float, float]:
        """Return longitude and latitude [degrees] of a point [km]; eq. (14-8) to (14-11)."""
        sign = math.copysign(1.0, self.n)
        rho = math.hypot(x_km, self.rho_0 - y_km)
        theta = math.atan2(sign * x_km, sign * (self.rho_0 - y_km))
        lat = math.asin((self.c - (rho * self.n / self.radius_km) ** 2) / (2.0 * self.n))
        return self.lon_0 + math.degrees(theta / self.n), math.degrees(lat)


def great_circle(lon_a: float, lat_a: float, lon_b: float, lat_b: float, radius_km: float) -> float:
    """Return the distance of two points along a great circle, by the haversine. [km]

    >>> round(great_circle(0.0, 0.0, 90.0, 0.0, 2.0), 6)
    3.141593
    """
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half = math.sin((phi_b - phi_a) / 2.0) ** 2
    half += math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2.0) ** 2
    return 2.0 * radius_km * math.asin(min(1.0, math.sqrt(half)))
