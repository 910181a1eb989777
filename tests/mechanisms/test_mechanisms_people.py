"""Troops' replacement, what is heard, money, hunger and anger, civilians, irregulars, politics."""

import pytest

from tairiku.sim import codes, layout, provisions, rest, sight
from tairiku.sim.air_strike import bomb_town
from tairiku.sim.arrivals import send_drafts
from tairiku.sim.irregulars import disarm, spread
from tairiku.sim.land import live, next_hostility
from tairiku.sim.politics import T_CONFIDENCE, govern
from tairiku.sim.score import corridor, reckon
from tests.mechanisms.switching import Changes, both
from tests.mechanisms.test_mechanisms_movement import losses
from tests.sim.air_world import contested
from tests.sim.supply_world import empty_world
from tests.sim.test_land import rails
from tests.sim.test_rest import world as quarters
from tests.sim.test_score import route
from tests.sim.test_sight import add_unit as put_unit
from tests.sim.test_sight import world as quiet
from tests.sim.world import add_unit, parameters


def months(changes: Changes, days: int, change=lambda S, M, day: None):
    """Money and politics alone for some days, a month of thirty: M, S, events of politics."""
    M, S = contested()
    M.month[:] = [4 + day // 30 for day in range(len(M.month))]
    P, W, said = parameters(**changes), layout.new(layout.WORK)[0], []
    for day in range(days):
        S.day, S.n_events = day, 0
        change(S, M, day)
        govern(S, M, P, W)
        said += [(int(e.a), float(e.b)) for e in S.events[: S.n_events]]
    return M, S, said


def test_m70_a_beaten_unit_refills_between_battles() -> None:
    def refilled(changes: Changes) -> int:
        S, M, _, W, u = quarters(men=4_000)
        P = parameters(rest_desertion=0.0, **changes)
        S.u_full[u], S.u_source[u] = 10_000, 3
        S.u_order[u], S.u_target[u] = codes.O_REFIT, 24
        for day in range(10):
            S.day = day
            rest.rest(S, M, P, W)
        return int(S.u_men[u]) - 4_000

    with_, without = both("M70", refilled)
    assert with_ > 500
    assert without == 0


def test_m72_replacements_come_in_part() -> None:
    def sent(changes: Changes) -> int:
        S, M, P, _ = empty_world(4, 1, **changes)
        u = add_unit(S, 1, codes.JAPAN, 6_000)
        S.u_full[u], S.h_way[2, 1] = 30_000, 500
        send_drafts(S, M, P)
        return int(S.u_draft[u])

    with_, without = both("M72", sent)
    assert 5_000 < with_ < 24_000
    assert without == 0


def test_m106_a_goal_reached_costs_the_attacker() -> None:
    with_, without = both("M106", lambda changes: losses(changes)[0])
    assert with_ > 20
    assert without == 0
    taken = both("M106", lambda changes: losses(changes)[1])
    assert taken[0] == taken[1] > 50


def heard(changes: Changes, hold: float = 0.0) -> int:
    """Days out of 120 on which China hears of Japanese troops far from its own."""
    S, M, P, W = quiet(sight_scout_chance=0.0, sight_wireless_chance=0.0, **changes)
    put_unit(S, 0, codes.JAPAN)
    put_unit(S, 48, codes.CHINA)
    S.h_guerrilla[0] = hold
    days = 0
    for day in range(120):
        S.day = day
        sight.see(S, M, P, W)
        days += S.h_seen[codes.CHINA, 0] == day
    return int(days)


def test_m75_agents_tell_the_plan() -> None:
    with_, without = both("M75", heard)
    assert with_ > 3
    assert without == 0


def test_m78_who_lives_among_the_people_hears_early() -> None:
    with_, without = both("M78", lambda changes: heard(changes, 1.0) - heard(changes))
    assert with_ > 2
    assert without == 0


def test_m80_prices_rise_month_by_month() -> None:
    def risen(changes: Changes) -> float:
        _, S, _ = months(changes, 100)
        return float(S.g_prices) - float(parameters().politics_prices_start)

    with_, without = both("M80", risen)
    assert with_ > 300.0
    assert without == 0.0


def test_m81_pay_buys_nothing_and_firmness_suffers() -> None:
    def shaken(changes: Changes) -> float:
        _, S, _ = months(changes, 100)
        return 0.7 - float(S.u_firmness[1])

    def walked_away(changes: Changes) -> float:
        P = parameters(**changes)
        return float(rest.desertion_rate(P, 0.5, 1.0, 0.5) - rest.desertion_rate(P, 0.5, 1.0, 1.0))

    for case in (shaken, walked_away):
        with_, without = both("M81", case)
        assert with_ > 0.0001
        assert without == 0.0


def test_m85_flood_and_famine_turn_people_against_the_army() -> None:
    def anger(changes: Changes) -> float:
        P = parameters(**changes)
        fed, hungry = (next_hostility(P, 0.2, 0.2, food, 0.0, 1e6) for food in (1.0, 0.5))
        return float(hungry - fed)

    def drowned(changes: Changes) -> float:
        S, M, P, _ = empty_world(2, 1, **changes)
        M.flood[1] = 1.0
        return float(provisions.forage_full(S, M, P, 0) - provisions.forage_full(S, M, P, 1))

    for case in (anger, drowned):
        with_, without = both("M85", case)
        assert with_ > 0.01
        assert without == 0.0


def test_m86_peasants_disarm_beaten_troops() -> None:
    def disarmed(changes: Changes) -> int:
        M, S = contested()
        S.p_hostility[0], S.u_posture[1] = 1.0, codes.P_ROUT
        S.u_stragglers[1] = 500
        S.g_men[codes.F_CHINA, codes.M_INITIAL] += 500
        disarm(S, M, parameters(**changes))
        return 8_500 - int(S.u_men[1]) - int(S.u_stragglers[1])

    with_, without = both("M86", disarmed)
    assert with_ > 300
    assert without == 0


def test_m87_civilians_die_in_sieges_on_the_roads_and_of_hunger() -> None:
    def dead(changes: Changes) -> int:
        M, S = contested()
        S.c_phase[0], S.p_food[0], M.pr_food[0] = codes.S_ASSAULT, 0.3, 0.3
        P, W = parameters(**changes), layout.new(layout.WORK)[0]
        for day in range(20):
            S.day, S.n_events = day, 0
            live(S, M, P, W)
        bomb_town(S, M, P, codes.JAPAN, int(M.c_hex[0]), 2, 50.0)
        return int(S.p_dead_low[0])

    with_, without = both("M87", dead)
    assert with_ > 1_500
    assert without == 0


def weeks(changes: Changes, men: int, number: int = 20, start: float = 0.2) -> float:
    """Strength of the bases after some weeks under so many Japanese troops."""
    M, S = contested()
    rails(M, S, 40)
    P, W = parameters(**changes), layout.new(layout.WORK)[0]
    S.u_men[0], S.p_guerrilla[0] = men, start
    for week in range(number):
        S.day = 7 * week
        spread(S, M, P, W)
    return float(S.p_guerrilla[0])


def test_m92_bases_grow_where_garrisons_go() -> None:
    with_, without = both("M92", lambda changes: weeks(changes, 0) - 0.2)
    assert with_ > 0.02
    assert without == pytest.approx(0.0, abs=1e-12)


def test_m94_sweeps_thin_the_bases_which_grow_again() -> None:
    def swept_and_grown(changes: Changes) -> tuple[float, float]:
        swept = weeks(changes, 200_000)
        return 0.2 - swept, weeks(changes, 0, start=swept) - swept

    with_, without = both("M94", swept_and_grown)
    assert min(with_) > 0.01
    assert without == pytest.approx((0.0, 0.0), abs=1e-12)


def lose_a_field(S, M, day: int) -> None:
    S.v_side[1], S.v_since[1] = codes.JAPAN, day


def test_m98_lost_fields_wear_out_the_alliance() -> None:
    def lost(changes: Changes) -> float:
        start = float(parameters().politics_confidence_start)
        _, S, _ = months(changes, 20, lose_a_field)
        return max(0.0, start - float(S.g_confidence))

    with_, without = both("M98", lost)
    assert with_ > 0.1
    assert without == 0.0


def test_m102_the_question_of_command_is_raised() -> None:
    def raised(changes: Changes) -> int:
        _, _, said = months(changes, 60, lose_a_field)
        return sum(what == T_CONFIDENCE for what, _ in said)

    assert both("M102", raised) == (1, 0)


def test_m101_a_cabinet_is_shaken() -> None:
    def shaken(changes: Changes) -> float:
        _, S, _ = months(changes, 100)
        return float(parameters().politics_cabinet_start) - float(S.g_cabinet)

    with_, without = both("M101", shaken)
    assert with_ > 0.3
    assert without == 0.0


def test_m104_bombers_find_other_bases() -> None:
    def replaced(changes: Changes) -> float:
        M, S = contested()
        P = parameters(**changes)
        S.day = int(P.score_marianas_day)
        reckon(S, M, P, layout.new(layout.WORK)[0])
        return float(S.g_japan_reach)

    with_, without = both("M104", replaced)
    assert with_ == 1.0
    assert without == 0.0


def test_m105_the_corridor_is_joined_and_carries_little() -> None:
    def short_of_a_railway(changes: Changes) -> float:
        M, S = route()
        S.h_control[: M.n_hexes] = codes.JAPAN
        P = parameters(**changes)
        corridor(S, M, P)
        assert S.g_corridor_control == 1.0
        return float(P.score_rail_tonnes) - float(S.g_corridor_tonnes)

    with_, without = both("M105", short_of_a_railway)
    assert with_ > 300.0
    assert without == 0.0
