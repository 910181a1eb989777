"""Rule 12a: rates by hand and against the plain twin, half back in thirty days, books."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tairiku.sim import codes, layout, medical
from tairiku.sim.audit import imbalances
from tests.oracles import siege as plain
from tests.sim.world import add_unit, bare_map, bare_state, parameters

IN_FORCE = parameters()


def as_numbers(P: np.record) -> dict[str, float]:
    return {name: float(P[name]) for name in P.dtype.names}


@given(
    st.floats(0, 0.01), st.floats(0, 1), st.floats(0, 40), st.booleans(), st.booleans(),
    st.booleans(),
)  # fmt: skip
def test_rate_as_in_the_plain_law(
    season: float, fed: float, km: float, wet: bool, paddy: bool, cold: bool
) -> None:
    P = IN_FORCE
    got = medical.sick_rate(P, season, fed, km, wet, paddy, cold)
    want = plain.sick_rate(as_numbers(P), season, fed, km, wet, paddy, cold)
    assert got == pytest.approx(want, rel=1e-9, abs=1e-15)


def test_seasons() -> None:
    P = parameters()
    assert medical.season_rate(P, 5) == P.medical_spring
    assert medical.season_rate(P, 8) == P.medical_summer
    assert medical.season_rate(P, 11) == P.medical_autumn


def world() -> tuple[np.record, np.record, np.record, np.record, int]:
    M = bare_map()
    S = bare_state(M)
    u = add_unit(S, 24, codes.JAPAN, 20_000)
    return S, M, parameters(), layout.new(layout.WORK)[0], u


def test_a_division_loses_the_law_s_share_in_two_summer_months() -> None:
    S, M, P, W, u = world()
    M.month[:] = 8
    P.medical_half_days = 1e9
    P.medical_dies = 0.0
    for day in range(60):
        S.day = day
        medical.treat(S, M, P, W)
    away = S.u_sick[u] + S.g_men[codes.F_JAPAN, codes.M_DISEASE]
    expected = 20_000 * (1.0 - (1.0 - P.medical_summer) ** 60)
    assert away == pytest.approx(expected, rel=0.05)
    assert S.g_men[codes.F_JAPAN, codes.M_DISEASE] == pytest.approx(away * P.medical_lost, rel=0.15)
    assert imbalances(S) == []


def test_half_of_the_sick_are_back_in_thirty_days() -> None:
    S, M, P, W, u = world()
    P.medical_spring = 0.0
    P.medical_dies = 0.0
    S.u_sick[u] = S.u_wounded[u] = 4000
    S.g_men[codes.F_JAPAN, codes.M_INITIAL] += 8000
    for day in range(30):
        S.day = day
        medical.treat(S, M, P, W)
    assert S.u_sick[u] == pytest.approx(2000, abs=40)
    assert S.u_wounded[u] == pytest.approx(2000, abs=40)
    assert imbalances(S) == []


def test_cold_mountains_double_and_hunger_multiplies() -> None:
    P = parameters()
    plain_rate = medical.sick_rate(P, 0.001, 1.0, 0.0, False, False, False)
    assert medical.sick_rate(P, 0.001, 1.0, 0.0, False, False, True) == pytest.approx(
        plain_rate * (1.0 + P.medical_cold)
    )
    hungry = medical.sick_rate(P, 0.001, 0.5, 0.0, False, False, False)
    assert hungry == pytest.approx(plain_rate * 0.5**-P.medical_food_power)


def test_sickness_is_told_once_a_week() -> None:
    S, M, P, W, _ = world()
    told = []
    for day in range(15):
        S.day, S.n_events = day, 0
        medical.treat(S, M, P, W)
        told.append(int(S.n_events))
    assert [d for d, n in enumerate(told) if n] == [0, 7, 14]
