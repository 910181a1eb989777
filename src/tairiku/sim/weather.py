"""Step 1, weather: sky, ground and rivers of each region (docs/rules/weather.md)."""

import numpy as np
from numba import njit

from tairiku.sim.codes import (
    DRY,
    E_WEATHER,
    GROUND_DRY,
    GROUND_MUD,
    GROUND_WET,
    NO_SIDE,
    RAIN,
    STORM,
)
from tairiku.sim.dice import D_GROUND, D_WEATHER, u01
from tairiku.sim.exactmath import log
from tairiku.sim.journal import log_event

_DAYS_OF_MONTH = 30.4


@njit
def rain_chance(days: float, was_wet: bool, persistence: float) -> float:
    """Chance of rain today from the month's normal of rain days and yesterday. [1]

    Eq. (1.1): p = (1 - r) q + r [wet yesterday], q = rain days / 30.4: the two-state Markov chain
    whose long-run share of wet days is q and whose correlation from day to day is r.
    """
    q = min(0.95, days / _DAYS_OF_MONTH)
    p = (1.0 - persistence) * q
    if was_wet:
        p += persistence
    return p


@njit
def storm_chance(P, days: float, mm: float) -> float:
    """Chance that a rain day is one of storm, growing with the rain of a mean rain day. [1]

    Eq. (1.2): s = storm share * (mm a rain day / mm of an ordinary one), up to a greatest share.
    """
    if days <= 0.0:
        return 0.0
    return min(P.weather_storm_most, P.weather_storm_share * mm / days / P.weather_storm_mm)


@njit
def fallen(P, days: float, mm: float, storm: float, is_storm: bool, u: float) -> float:
    """Rain of a wet day, exponential, storms k times heavier; its mean meets the normals. [mm]

    Eq. (1.3): mean = (mm / days) / (1 + s (k - 1)), times k in a storm.
    """
    if days <= 0.0:
        return 0.0
    mean = mm / days / (1.0 + storm * (P.weather_storm_weight - 1.0))
    if is_storm:
        mean *= P.weather_storm_weight
    return -mean * log(u)


@njit
def change_weather(S, M, P, W) -> None:
    """Sky by a Markov chain on the monthly normals, then ground and stage of the rivers.

    Eq. (1.4): wet <- wet + mm - (a + b T); ground wet or mud above two marks of standing water.
    Eq. (1.5): stage <- stage + (mm / mm of flood rain - stage) / lag, in 0-1.
    Source: normals of facts/weather.csv; persistence, storms and drying are estimates.
    """
    month = M.month[S.day]
    for r in range(M.n_regions):
        days = M.wn_rain_days[r, month]
        mm = M.wn_rain_mm[r, month]
        was_wet = S.w_sky[r] != DRY
        sky = np.int64(DRY)
        rain = 0.0
        if u01(P, S.day, D_WEATHER, r, 0) < rain_chance(days, was_wet, P.weather_persistence):
            storm = storm_chance(P, days, mm)
            sky = np.int64(RAIN)
            if u01(P, S.day, D_WEATHER, r, 1) < storm:
                sky = np.int64(STORM)
            rain = fallen(P, days, mm, storm, sky == STORM, u01(P, S.day, D_GROUND, r, 0))
        drying = P.weather_drying + P.weather_drying_heat * max(0.0, M.wn_temp_c[r, month])
        wet = min(P.weather_wet_most, S.w_wet[r] + rain)
        wet = max(0.0, wet - drying)
        ground = np.int64(GROUND_DRY)
        if wet >= P.weather_mud_mm:
            ground = np.int64(GROUND_MUD)
        elif wet >= P.weather_wet_mm:
            ground = np.int64(GROUND_WET)
        if ground != S.w_ground[r]:
            log_event(
                S,
                E_WEATHER,
                NO_SIDE,
                -1,
                -1,
                -1,
                np.float64(r),
                np.float64(sky),
                np.float64(ground),
                rain,
                wet,
            )
        S.w_sky[r] = sky
        S.w_wet[r] = wet
        S.w_ground[r] = ground
        stage = S.w_stage[r]
        stage += (rain / P.weather_flood_mm - stage) / P.weather_stage_days
        S.w_stage[r] = max(0.0, min(1.0, stage))
