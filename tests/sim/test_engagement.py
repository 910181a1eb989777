"""The law of an engagement: by hand and against the plain twin."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import engagement as law
from tests.oracles import engagement as plain
from tests.sim.world import parameters

P = parameters()

men = st.floats(200, 300_000)
share = st.floats(0.2, 1.0)


def test_first_day_by_hand():
    """Equal forces of 20,000: all powers are 1 and the rates are kA and kD."""
    f_a, f_d = law.loss_fractions(P, 20000.0, 20000.0, 20000.0, 20000.0, 1, 1.0, 1.0)
    assert f_a == pytest.approx(0.041, rel=1e-9)
    assert f_d == pytest.approx(0.032, rel=1e-9)


def test_second_day_by_hand():
    """16,000 against 4,000, S = 0.4: written out with a pocket calculator."""
    f_a, f_d = law.loss_fractions(P, 16000.0, 4000.0, 16000.0, 4000.0, 2, 1.0, 1.0)
    g = 2**0.62 - 1  # 0.536875
    assert g == pytest.approx(0.536875, abs=1e-6)
    assert f_a == pytest.approx(0.041 * 0.7071068 * 1.1578982 * g, rel=1e-5)
    assert f_d == pytest.approx(0.032 * 1.6245048 * 1.0760569 * g, rel=1e-5)


def test_nobody_to_fight():
    assert law.loss_fractions(P, 0.0, 100.0, 0.0, 100.0, 1, 1.0, 1.0) == (0.0, 0.0)


@settings(deadline=None)
@given(men, men, share, share, st.integers(1, 60), st.floats(0.05, 8), st.floats(0.05, 8))
def test_day_equals_the_plain_twin(a, d, qa, qd, n, by_a, by_d):
    got = law.loss_fractions(P, a, d, a * qa, d * qd, n, by_a, by_d)
    want = plain.day(plain.Law(), a, d, a * qa, d * qd, n, by_a, by_d)
    assert got == pytest.approx(want, rel=1e-9)


@settings(deadline=None)
@given(men, men, st.floats(1.01, 3.0), st.integers(1, 10))
def test_more_worth_means_fewer_own_and_more_enemy_losses(a, d, gain, n):
    before = law.loss_fractions(P, a, d, a, d, n, 1.0, 1.0)
    after = law.loss_fractions(P, a, d, a * gain, d, n, 1.0, 1.0)
    assert after[0] <= before[0]
    assert after[1] >= before[1]


@settings(deadline=None)
@given(men, men, st.integers(1, 30))
def test_losses_fall_day_by_day_and_stay_under_the_caps(a, d, n):
    one = law.loss_fractions(P, a, d, a, d, n, 3.0, 3.0)
    two = law.loss_fractions(P, a, d, a, d, n + 1, 3.0, 3.0)
    assert two[0] <= one[0] <= P.combat_cap_a
    assert two[1] <= one[1] <= P.combat_cap_d


@settings(deadline=None)
@given(st.floats(0.001, 0.99), st.floats(0.001, 0.99))
def test_advantage(f_a, f_d):
    v = law.advantage(f_a, f_d)
    assert v == pytest.approx(plain.advantage(f_a, f_d), abs=1e-9)
    assert v == pytest.approx(-law.advantage(f_d, f_a), abs=1e-9)


@settings(deadline=None)
@given(st.floats(0.1, 1.0), st.floats(0.0, 1.0), st.floats(0.03, 0.9), st.floats(-2, 2))
def test_break_off(cohesion, lost, f50, w):
    chance = law.break_chance(law.break_hazard(P, 0.3, cohesion, lost, f50, w))
    want = plain.break_chance(
        0.3,
        cohesion / P.combat_cohesion_ref,
        lost,
        f50,
        w,
        P.combat_break_power,
        P.combat_break_slope,
    )
    assert chance == pytest.approx(want, rel=1e-7, abs=1e-12)
    firmer = law.break_hazard(P, 0.3, min(1.0, cohesion * 1.1), lost, f50, w)
    assert firmer <= law.break_hazard(P, 0.3, cohesion, lost, f50, w)


def test_fortune_has_the_spread_it_is_given():
    draws = [law.spread(P, day, hex_id) for day in range(40) for hex_id in range(50)]
    xs = [math.log10(e) for e, _ in draws]
    ys = [math.log10(e) for _, e in draws]
    n = len(draws)
    mx, my = sum(xs) / n, sum(ys) / n
    sx = math.sqrt(sum((x - mx) ** 2 for x in xs) / n)
    sy = math.sqrt(sum((y - my) ** 2 for y in ys) / n)
    link = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / n / sx / sy
    assert abs(mx) < 0.03
    assert abs(my) < 0.03
    assert sx == pytest.approx(0.32, abs=0.02)
    assert sy == pytest.approx(0.38, abs=0.02)
    assert link == pytest.approx(0.2, abs=0.06)


def test_era():
    a, d = law.era_factors(P, 1934.0)
    assert a == pytest.approx(10**0.125)
    assert d == pytest.approx(10**0.095)
