"""Weather: the chain meets the normals, the ground wets and dries, the rivers follow."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import codes
from tairiku.sim.weather import change_weather, fallen, rain_chance, storm_chance
from tests.sim.supply_world import empty_world


@settings(deadline=None)
@given(st.floats(0.0, 28.0), st.floats(0.0, 0.9))
def test_the_chain_has_the_normals_for_its_long_run_share(days: float, r: float) -> None:
    wet, dry = rain_chance(days, True, r), rain_chance(days, False, r)
    q = days / 30.4
    assert q * wet + (1 - q) * dry == pytest.approx(q, abs=1e-12)
    assert wet - dry == pytest.approx(r)


def test_rain_of_a_month_meets_the_normal() -> None:
    _, _, P, _ = empty_world(2, 1)
    days, mm = 15.0, 180.0
    s = storm_chance(P, days, mm)
    grid = (np.arange(4000) + 0.5) / 4000
    mean = np.mean([(1 - s) * fallen(P, days, mm, s, False, u) for u in grid])
    mean += np.mean([s * fallen(P, days, mm, s, True, u) for u in grid])
    assert mean * days == pytest.approx(mm, rel=0.01)


def weather_of(rain_days: float, mm: float, days: int = 3000, **changes: float):
    S, M, P, W = empty_world(2, 1, **changes)
    M.wn_rain_days[0], M.wn_rain_mm[0], M.wn_temp_c[0] = rain_days, mm, 25.0
    skies, ground, stage = [], [], []
    for i in range(days):
        S.day, S.n_events = i % 238, 0
        P.key_replica = i // 238
        change_weather(S, M, P, W)
        skies.append(int(S.w_sky[0]))
        ground.append(int(S.w_ground[0]))
        stage.append(float(S.w_stage[0]))
    return np.array(skies), np.array(ground), np.array(stage)


def test_frequency_and_persistence_over_many_days() -> None:
    skies, ground, stage = weather_of(14.0, 200.0)
    wet = skies > 0
    assert wet.mean() == pytest.approx(14.0 / 30.4, abs=0.04)
    assert np.corrcoef(wet[1:], wet[:-1])[0, 1] == pytest.approx(0.35, abs=0.06)
    assert 0.03 < (skies == codes.STORM).mean() < 0.2
    assert {0, 1, 2} == set(ground.tolist())
    assert 0.2 < stage.mean() < 0.9


def test_a_dry_month_leaves_dry_ground_and_low_rivers() -> None:
    _, ground, stage = weather_of(3.0, 15.0, 1000)
    assert (ground == codes.GROUND_DRY).mean() > 0.9
    assert stage.mean() < 0.15


def test_without_mud_there_is_none() -> None:
    _, ground, _ = weather_of(20.0, 400.0, 500, weather_mud_mm=1000.0)
    assert not (ground == codes.GROUND_MUD).any()
