"""Rule 10: the pieces of a siege by hand, against the plain twin, and whole sieges played out."""

from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tairiku.sim import assault, codes, layout, siege, siege_city, siege_forces
from tairiku.sim.audit import imbalances
from tests.oracles import siege as plain
from tests.sim.siege_world import (
    CITY,
    add_besiegers,
    add_garrison,
    arm,
    city_map,
    city_state,
    play,
    ring_by_zones,
)
from tests.sim.world import add_unit, parameters

share = st.floats(0.0, 1.0)


@pytest.fixture(name="P")
def ichigo_parameters() -> np.record:
    return parameters()


IN_FORCE = parameters()


def as_numbers(P: np.record) -> dict[str, float]:
    return {name: float(P[name]) for name in P.dtype.names}


@given(
    st.floats(-2, 2), st.floats(0.1, 20), st.floats(0, 5), st.floats(0, 100), share, share, share
)
def test_ground_taken_as_in_the_plain_law(
    v: float, odds: float, density: float, works: float, teams: float, inner: float, will: float
) -> None:
    P = IN_FORCE
    got = assault.zones_a_day(P, v, odds, density, works, teams, inner, will)
    want = plain.zones_a_day(as_numbers(P), v, odds, density, works, teams, inner, will)
    assert got == pytest.approx(want, rel=1e-9)


@given(share, share, share, share, share, share)
def test_will_as_in_the_plain_law(
    firm: float, lost: float, fed: float, rounds: float, alone: float, heights: float
) -> None:
    P = IN_FORCE
    got = siege_city.will_to_hold(P, firm, lost, fed, rounds, alone, heights)
    want = plain.will_to_hold(as_numbers(P), firm, lost, fed, rounds, alone, heights)
    assert got == pytest.approx(want, rel=1e-12)


def test_no_ground_without_odds_and_more_against_less(P: np.record) -> None:
    def pace(**changes: float) -> float:
        case = {
            "v": -0.5, "odds": 2.0, "density": 1.0, "works": 50.0, "teams": 0.0, "inner": 0.0,
            "will": 0.7,
        }  # fmt: skip
        return float(assault.zones_a_day(P, *(case | changes).values()))

    assert pace(odds=4.0) > pace()
    assert pace(works=90.0) < pace() < pace(works=0.0)
    assert pace(density=3.0) < pace() < pace(density=0.3)
    assert pace(teams=0.2) > pace()  # flamethrowers, M25
    assert pace(inner=0.8) < pace()  # house to house, M26
    assert pace(will=0.2) > pace()


def test_ring_counts_men_zones_and_own_neighbours(P: np.record) -> None:
    M = city_map()
    S = city_state(M)
    assert siege_forces.ring_around(S, M, P, CITY, codes.JAPAN) == 0.0
    units = add_besiegers(S, M, 2)
    assert siege_forces.ring_around(S, M, P, CITY, codes.JAPAN) == pytest.approx(2 / 6)
    ring_by_zones(S, M)
    assert siege_forces.ring_around(S, M, P, CITY, codes.JAPAN) == pytest.approx((2 + 4 * 0.5) / 6)
    add_unit(S, int(M.next[CITY, 5]), codes.CHINA)  # an own corps beside the city keeps a way open
    assert siege_forces.ring_around(S, M, P, CITY, codes.JAPAN) == pytest.approx((2 + 3 * 0.5) / 6)
    M.terrain[M.next[CITY, 4]] = codes.LAKE  # nobody walks out over a lake
    assert siege_forces.ring_around(S, M, P, CITY, codes.JAPAN) == pytest.approx((2 + 2 * 0.5) / 5)
    assert len(units) == 2


def test_worth_by_hand(P: np.record) -> None:
    M = city_map()
    S = city_state(M)
    u = add_unit(S, CITY, codes.CHINA, 10_000)
    assert siege_forces.fighting_worth(S, P, u) == pytest.approx(10_000 * 0.7 * 0.6)
    S.u_rounds[u] = 0.0
    assert siege_forces.fighting_worth(S, P, u) == pytest.approx(4200 * P.siege_bare_rounds)


def test_each_depot_is_counted_once(P: np.record) -> None:
    M = city_map()
    S = city_state(M)
    W = layout.new(layout.WORK)[0]
    units = add_besiegers(S, M, 3)
    S.d_store[4, codes.AMMUNITION] = 100_000
    S.u_source[units[0]] = S.u_source[units[1]] = 4
    count = siege_forces.list_besiegers(S, M, W, CITY, codes.JAPAN)
    assert count == 3
    kg = siege_forces.ammunition_at_hand(S, P, W, count)
    assert kg == pytest.approx(3 * 60_000 + P.siege_depot_share * 100_000)


def test_assault_waits_for_ammunition_odds_and_reinforcement(P: np.record) -> None:
    M = city_map()
    S = city_state(M, works=100.0)
    need = P.siege_begin_days * P.siege_assault_kg * 1000.0
    enough = P.siege_odds * (1.0 + P.siege_odds_works) * 500.0 + 1.0
    assert assault.can_begin(S, P, 0, 1000.0, enough, 500.0, need, 0)
    assert not assault.can_begin(S, P, 0, 1000.0, enough, 500.0, need - 1.0, 0)
    assert not assault.can_begin(S, P, 0, 1000.0, enough - 2.0, 500.0, need, 0)
    S.c_repeats[0], S.c_assault_worth[0] = 1, enough
    rebuilt, patience = int(P.siege_rebuild_days), int(P.siege_patience_days)
    grown = enough * (P.siege_growth + 0.01)
    assert not assault.can_begin(S, P, 0, 1000.0, enough, 500.0, need, rebuilt + 1)
    assert assault.can_begin(S, P, 0, 1000.0, grown, 500.0, need, rebuilt + 1)
    assert not assault.can_begin(S, P, 0, 1000.0, grown, 500.0, need, rebuilt - 1)
    assert assault.can_begin(S, P, 0, 1000.0, enough, 500.0, need, patience)


@pytest.mark.parametrize(
    ("day", "zone_day", "lost", "kg", "attacking", "cause"),
    [
        (3, 2, 100, 1e6, 2.0, assault.STOP_NONE),
        (3, 2, 100, 10.0, 2.0, assault.STOP_AMMUNITION),
        (3, 2, 900, 1e6, 2.0, assault.STOP_LOSSES),
        (5, 0, 100, 1e6, 2.0, assault.STOP_NO_ZONE),
        (10, 9, 100, 1e6, 2.0, assault.STOP_SPENT),
        (3, 2, 100, 1e6, 0.0, assault.STOP_NOBODY),
    ],
)
def test_why_an_assault_stops(
    P: np.record, day: int, zone_day: int, lost: int, kg: float, attacking: float, cause: int
) -> None:
    M = city_map()
    S = city_state(M, works=50.0)
    S.day, S.c_zone_day[0], S.c_assault_men[0], S.c_assault_lost[0] = day, zone_day, 10_000, lost
    assert assault.why_stop(S, P, 0, 9_000.0, attacking, kg) == cause


def test_besiegers_rest_unless_the_assault_is_on(P: np.record) -> None:
    M = city_map()
    S = city_state(M, works=80.0)
    W = layout.new(layout.WORK)[0]
    add_garrison(S, 15_000)
    units = add_besiegers(S, M, 3)
    for u in units:
        S.u_store[u, codes.AMMUNITION] = 1000
        S.u_attacks[u] = CITY
    S.day = 5
    siege.besiege(S, M, P, W)
    assert S.c_phase[0] == codes.S_INVESTED
    assert not siege.assault_today(S, M, CITY)
    assert siege.assault_today(S, M, CITY + 1)
    assert all(S.u_halt_days[u] == 2 for u in units)
    kinds = [int(S.events[i].kind) for i in range(S.n_events)]
    assert codes.E_SIEGE in kinds
    assert codes.E_ASSAULT_BEGINS not in kinds


def test_works_grow_towards_a_hundred_under_a_hold_order_only(P: np.record) -> None:
    M = city_map()
    S = city_state(M)
    u = add_garrison(S, 17_000)
    for _ in range(30):
        siege_city.build_works(S, M, P, 0, CITY, codes.CHINA, 17_000.0)
    assert 40.0 < S.c_works[0] < 90.0
    assert S.h_works[CITY] == int(S.c_works[0])
    before = float(S.c_works[0])
    S.u_order[u] = codes.O_MOVE
    siege_city.build_works(S, M, P, 0, CITY, codes.CHINA, 17_000.0)
    assert S.c_works[0] == before


def test_city_food_feeds_the_garrison_and_the_books_balance(P: np.record) -> None:
    M = city_map()
    S = city_state(M, food=20_000)
    u = add_unit(S, CITY, codes.CHINA, 10_000)
    siege_city.eat_inside(S, M, P, 0, CITY, codes.CHINA)
    people = int(200_000 * P.siege_people_stay * P.siege_people_kg)
    assert S.u_store[u, codes.FOOD] == 7500
    assert S.c_food[0] == 20_000 - people - 7500
    siege_city.eat_inside(S, M, P, 0, CITY, codes.CHINA)
    assert S.c_food[0] == 0
    assert imbalances(S) == []


def test_losing_the_heights_halves_the_will(P: np.record) -> None:
    M = city_map(heights=0.5)
    S = city_state(M)
    assert siege_city.heights_lost(S, M, 0) == 0.0
    S.c_zones[0] = 4.0
    assert siege_city.heights_lost(S, M, 0) == 0.5


def test_hope_of_relief_by_distance(P: np.record) -> None:
    M = city_map()
    S = city_state(M)
    assert siege_city.relief_hope(S, M, P, CITY, codes.CHINA) == 0.0
    u = add_unit(S, CITY + 1, codes.CHINA)
    assert siege_city.relief_hope(S, M, P, CITY, codes.CHINA) == 0.0
    S.u_order[u], S.u_target[u] = codes.O_RELIEVE, CITY
    hope = siege_city.relief_hope(S, M, P, CITY, codes.CHINA)
    assert hope == pytest.approx(1.0 - 18.0 / P.siege_relief_km)


def test_zone_line_moves_and_is_logged(P: np.record) -> None:
    M = city_map()
    S = city_state(M)
    S.day = 9
    assault.take_ground(S, M, P, 0, CITY, codes.JAPAN, 40.0, 0.0)
    assert 0.0 <= S.c_zones[0] < 5.0
    assert S.c_zone_day[0] == 9
    assert S.events[0].kind == codes.E_ZONE
    S.c_zones[0] = 2.5
    assault.take_ground(S, M, P, 0, CITY, codes.JAPAN, 40.0, 1.0)  # a sure counter-attack (M27)
    assert S.c_zones[0] == 3.5


def test_a_garrison_without_will_leaves_by_an_open_ring(P: np.record) -> None:
    M = city_map()
    S = city_state(M)
    S.c_will[0], S.c_ring[0] = 0.05, 0.3
    days = 0
    for day in range(200):
        S.day = day
        days += siege.crumbles(S, P, 0, CITY)
    assert 50 < days < 190
    S.c_will[0] = 0.5
    assert not siege.crumbles(S, P, 0, CITY)


def test_a_city_is_logged_when_it_changes_hands(P: np.record) -> None:
    M = city_map()
    S = city_state(M)
    W = layout.new(layout.WORK)[0]
    S.day = 12
    S.h_control[CITY], S.h_since[CITY] = codes.JAPAN, 12
    siege.besiege(S, M, P, W)
    assert S.events[0].kind == codes.E_CITY
    assert S.events[0].side == codes.JAPAN


def played(garrison: list[int], seed: int, **case: float) -> tuple[int, np.record, np.record]:
    """One siege: (day it ends, state, map)."""
    P = parameters(key_seed=seed)
    M = city_map(heights=case.get("heights", 0.0))
    S = city_state(M, works=case.get("works", 0.0))
    for men in garrison:
        add_garrison(S, men, case.get("firmness", 0.7))
    add_besiegers(S, M, int(case.get("divisions", 3)))
    day = play(S, M, P, 80, case.get("tonnes", 100.0), ring=bool(case.get("ring", 1)))
    assert imbalances(S) == []
    return day, S, M


@pytest.mark.slow
def test_one_rule_gives_a_quick_fall_and_a_siege_of_weeks() -> None:
    quick = [
        played([6000], seed, works=10.0, firmness=0.5, divisions=3)[0] for seed in range(1, 31)
    ]
    long = [
        played([7400, 5000, 4600], seed, works=70.0, firmness=0.8, divisions=4)[0]
        for seed in range(1, 31)
    ]
    assert 1 <= median(quick) <= 5
    assert 20 <= median(long) <= 65
    assert sorted(quick)[-4] < median(long)  # nine in ten


def test_the_same_garrison_falls_sooner_with_heights_lost_and_a_way_out() -> None:
    held = [played([5000, 5000], s, works=60.0, firmness=0.7)[0] for s in range(1, 16)]
    lost = [
        played([5000, 5000], s, works=60.0, firmness=0.7, heights=0.6, ring=0.0)[0]
        for s in range(1, 16)
    ]
    assert median(lost) < median(held)


def test_no_ammunition_no_assault() -> None:
    day, S, _ = played([15_000], 1, works=70.0, firmness=0.9, divisions=3, tonnes=0.5)
    assert S.c_repeats[0] <= 1
    assert day > 20


def test_neutral_fear_and_services(P: np.record) -> None:
    M = city_map()
    S = city_state(M)
    u = add_garrison(S, 10_000)
    assert siege_city.call_services(S, M, P, 0, u) == int(200_000 * P.siege_services)
    P.siege_services = 0.0
    assert siege_city.call_services(S, M, P, 0, u) == 0
    arm(S, u, 0, 10, 10)
    assert imbalances(S) == []
