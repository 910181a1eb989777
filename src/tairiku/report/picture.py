"""One evening of a run as a drawing: the picture of the README, or any other."""

from datetime import date
from pathlib import Path

import numpy as np

from tairiku.figures.ground import read_ground
from tairiku.figures.map_svg import NOBODY, City, Counter, Frame, map_svg
from tairiku.report import content
from tairiku.report.report import scenario_of
from tairiku.report.tables import ABSENT, Season, read_season
from tairiku.scenario.load import Scenario

CREDIT = (
    "Map data: GeoNames (CC BY 4.0), Natural Earth, SRTM30 (NASA/NGA/USGS), GSHHG and DCW (LGPL-3+)"
)
SHARE_APART = 0.8  # counters nearer than this share of their width become a stack


def picture(
    folder: Path,
    day: date,
    scenario: Scenario | None = None,
    *,
    width: int = 900,
    bounds: tuple[float, float, float, float] | None = None,
    theme: str = "light",
) -> str:
    """Return an evening of a run as SVG; parameters as `tairiku.figures.map_svg.map_svg`.

    Raises
    ------
    RequestError, DataError
        As `tairiku.report.report.write_report`.
    """
    loaded = scenario if scenario is not None else scenario_of(folder)
    season = read_season(folder, loaded.first_day)
    ground = read_ground(loaded.map.folder)
    evening = min(season.evenings - 1, max(0, loaded.day_of(day) + 1))
    shown = bounds or ground.bounds
    counter_px = 24.0
    apart = counter_px * SHARE_APART * (shown[2] - shown[0]) / width
    frame = Frame(
        control=control_on(season, evening, len(loaded.map.grid)),
        counters=counters(loaded, season, evening, apart),
        cities=[
            City(p["x"], p["y"], p["names"][0], p["size"])
            for p in content.places(loaded.map)
            if p["size"] >= 4
        ],
        caption=f"{loaded.title}: a simulated evening, {day.day} {day:%B} {day.year}",
        credit=CREDIT,
    )
    return map_svg(ground, frame, bounds=shown, width=width, theme=theme, counter_px=counter_px)


def control_on(season: Season, evening: int, hexes: int) -> np.ndarray:
    """Who holds each hex on an evening: 0 Japan, 1 China, 2 nobody. (hexes,)"""
    control = np.full(hexes, NOBODY)
    until = season.control["day"] < evening
    control[season.control["hex"][until]] = season.control["side"][until]
    return control


def counters(scenario: Scenario, season: Season, evening: int, apart: float) -> list[Counter]:
    """The units of an evening on the map, merged where nearer than ``apart`` [km].

    Weakest first, so that the strongest are drawn on top; each stack stands where its strongest
    unit stands.
    """
    formations = content.formations(scenario, season)
    men, hexes = season.columns["men"][:, evening], season.columns["hex"][:, evening]
    full = np.maximum(season.columns["men"].max(axis=1), 1)
    stacks: list[dict[str, float]] = []
    for u in sorted(np.flatnonzero((hexes != ABSENT) & (men > 0)), key=lambda u: -int(men[u])):
        x, y = scenario.map.grid.centre(int(hexes[u]))
        side = float(season.side[u] == "japan")
        home = next(
            (s for s in stacks if s["side"] == side and np.hypot(s["x"] - x, s["y"] - y) < apart),
            None,
        )
        if home is None:
            home = {"x": x, "y": y, "side": side, "unit": float(u), "men": 0, "full": 0, "n": 0}
            stacks.append(home)
        home["men"] += float(men[u])
        home["full"] += float(full[u])
        home["n"] += 1
    found = []
    for stack in reversed(stacks):
        told = formations[int(stack["unit"])]
        found.append(
            Counter(
                stack["x"],
                stack["y"],
                told["force"],
                told["kind"],
                told["level"],
                stack["men"] / stack["full"],
                int(stack["n"]),
            )
        )
    return found
