"""Money, alliance, cabinet."""

import pytest

from tairiku.sim import codes, layout
from tairiku.sim.politics import govern
from tests.oracles.land import real_pay
from tests.sim.air_world import contested
from tests.sim.world import parameters


def test_prices_rise_by_the_month_and_pay_lags_as_the_oracle_says() -> None:
    M, S = contested()
    M.month[:30], M.month[30:60], M.month[60:] = 4, 5, 6
    P, W = parameters(), layout.new(layout.WORK)[0]
    firmness = float(S.u_firmness[1])
    for day in range(80):
        S.day, S.n_events = day, 0
        govern(S, M, P, W)
    assert S.g_prices == pytest.approx(P.politics_prices_start * (1 + P.politics_inflation) ** 2)
    told = real_pay(P.politics_inflation, P.politics_pay_follows, 2)
    assert S.g_real_pay == pytest.approx(told)
    assert 0.9 * firmness < S.u_firmness[1] < firmness
    assert S.u_firmness[0] == firmness


def test_pay_that_follows_prices_costs_nothing() -> None:
    M, S = contested()
    M.month[5:] = 5
    P, W = parameters(politics_pay_follows=1.0), layout.new(layout.WORK)[0]
    before = float(S.u_firmness[1])
    for day in range(10):
        S.day = day
        govern(S, M, P, W)
    assert S.g_real_pay == 1.0
    assert S.u_firmness[1] == before


def test_lost_bases_cost_confidence_until_the_question_is_raised() -> None:
    M, S = contested()
    P, W = parameters(politics_base_cost=0.1), layout.new(layout.WORK)[0]
    raised = []
    for day in range(6):
        S.day, S.n_events = day, 0
        S.v_side[1], S.v_since[1] = codes.JAPAN, day
        govern(S, M, P, W)
        raised += [float(e.b) for e in S.events[: S.n_events] if e.a == 1]
    assert len(raised) == 1
    assert raised[0] < P.politics_crisis
    assert S.g_confidence == 0.0


def test_the_marianas_shake_the_cabinet_and_a_town_taken_helps_it() -> None:
    M, S = contested()
    P, W = parameters(), layout.new(layout.WORK)[0]
    standing = []
    for day in range(90):
        S.day, S.n_events = day, 0
        if day == 40:
            S.h_control[M.c_hex[0]], S.h_since[M.c_hex[0]] = codes.JAPAN, day
        govern(S, M, P, W)
        standing.append(float(S.g_cabinet))
    assert standing[40] > standing[39]
    shock = int(P.politics_marianas_day)
    assert standing[shock - 1] - standing[shock] > 0.9 * P.politics_marianas_shock
