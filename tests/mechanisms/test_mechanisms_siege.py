"""Sieges: fire, flames, houses, works, repeated assaults, hunger, will, fear, the people's help."""

import numpy as np

from tairiku.sim import assault, codes, collapse, encirclement, layout, siege, siege_city
from tairiku.sim import combat as battle
from tairiku.sim.firepower import works_left
from tairiku.sim.layout import NOWHERE
from tairiku.sim.siege_forces import besiegers, engineer_share, list_besiegers
from tests.mechanisms.switching import Changes, both
from tests.mechanisms.test_mechanisms_movement import losses
from tests.sim.siege_world import (
    CITY,
    add_besiegers,
    add_garrison,
    city_map,
    city_state,
    ring_by_zones,
)
from tests.sim.test_combat import CALM, TARGET, events, field
from tests.sim.test_combat import give as equip
from tests.sim.test_encirclement import ringed
from tests.sim.test_works import dig
from tests.sim.world import parameters


def pace(changes: Changes, **case: float) -> float:
    """Zones a day of an assault at fair odds."""
    usual = {
        "v": -0.5, "odds": 2.0, "density": 1.0, "works": 0.0, "teams": 0.0, "inner": 0.0,
        "will": 0.7,
    }  # fmt: skip
    return float(assault.zones_a_day(parameters(**changes), *(usual | case).values()))


def city(changes: Changes, divisions: int = 3, works: float = 80.0):
    """A garrison of 10,000 in works, besieged: S, M, P, W, garrison, besiegers."""
    P, M = parameters(**changes), city_map()
    S = city_state(M, works=works)
    u = add_garrison(S, 10_000)
    units = add_besiegers(S, M, divisions)
    ring_by_zones(S, M)
    return S, M, P, layout.new(layout.WORK)[0], u, units


def test_m24_shelling_wears_works_down() -> None:
    def worn(changes: Changes) -> float:
        S, _, P, _, _, _ = city(changes)
        for _ in range(5):
            assault.wear_works(S, P, 0, 120.0)
        return 80.0 - float(S.c_works[0])

    def opened(changes: Changes) -> float:
        P = parameters(**changes)
        return round(float(works_left(P, 90.0, 0.0) - works_left(P, 90.0, 12.0)), 6)

    for case, least in ((worn, 10.0), (opened, 0.5)):
        with_, without = both("M24", case)
        assert with_ > least
        assert without == 0


def test_m25_flamethrowers_take_what_guns_could_not() -> None:
    def gain(changes: Changes) -> float:
        S, M, P, W, _, _ = city(changes)
        teams = engineer_share(S, P, W, list_besiegers(S, M, W, CITY, codes.JAPAN))
        return pace(changes, teams=float(teams)) - pace(changes)

    with_, without = both("M25", gain)
    assert with_ > 0.0
    assert without == 0.0


def test_m26_house_fighting_is_slow_and_dear() -> None:
    def slowed(changes: Changes) -> float:
        return pace(changes) - pace(changes, inner=0.8)

    def dear(changes: Changes) -> int:
        S, M, P, W, _, units = city(changes)
        for u in units:
            S.u_attacks[u], S.u_loss_today[u] = CITY, 500
        count = list_besiegers(S, M, W, CITY, codes.JAPAN)
        return int(assault.house_losses(S, P, W, count, CITY, 0.8))

    for case in (slowed, dear):
        with_, without = both("M26", case)
        assert with_ > 0.0
        assert without == 0.0


def test_m27_a_quarter_changes_hands_again() -> None:
    def won_back(changes: Changes) -> int:
        S, M, P, W, _, units = city(changes)
        for u in units:
            S.u_attacks[u] = CITY
        count = list_besiegers(S, M, W, CITY, codes.JAPAN)
        S.c_will[0], times = 0.8, 0
        for day in range(100):
            S.day, S.n_events, S.c_zones[0] = day, 0, 2.0
            siege.storm(S, M, P, W, 0, CITY, count, 0.0, 6_000.0, 4_000.0)
            times += S.c_zones[0] > 2.0
        return times

    with_, without = both("M27", won_back)
    assert with_ > 4
    assert without == 0


def test_m29_what_was_taken_is_made_fast() -> None:
    with_, without = both("M29", lambda changes: int(dig(20, **changes)[0].h_works[1]))
    assert with_ > 10
    assert without == 0


def test_m30_a_first_assault_fails_on_works() -> None:
    def held_up(changes: Changes) -> float:
        return pace(changes) - pace(changes, works=90.0)

    def dearer(changes: Changes) -> int:
        def works(S, M, j, c) -> None:
            S.u_posture[c], S.h_works[TARGET] = codes.P_FORTIFIED, 90

        a, d = losses(changes)
        in_a, in_d = losses(changes, works)
        return abs(in_a - a) + abs(in_d - d)

    def must_wait(changes: Changes) -> bool:
        S, _, P, _, _, _ = city(changes)
        return not assault.can_begin(S, P, 0, 1000.0, 1300.0, 1000.0, 100.0, 0)

    for case in (held_up, dearer, must_wait):
        with_, without = both("M30", case)
        assert with_ > 0
        assert without == 0


def test_m31_a_repeat_waits_for_more_battalions() -> None:
    def must_wait(changes: Changes) -> bool:
        S, _, P, _, _, _ = city(changes)
        S.c_repeats[0], S.c_assault_worth[0] = 1, 5_000.0
        return not assault.can_begin(S, P, 0, 1000.0, 5_000.0, 2_000.0, 1e6, 8)

    assert both("M31", must_wait) == (True, False)


def test_m32_a_commander_who_spares_nobody_fights_harder() -> None:
    def reckless(S, M, j, c) -> None:
        S.u_initiative[j], S.u_caution[j] = 1.0, 0.0

    def excess(changes: Changes) -> int:
        return sum(losses(changes, reckless)) - sum(losses(changes))

    with_, without = both("M32", excess)
    assert with_ > 20
    assert without == 0


def test_m34_fire_finds_a_staff() -> None:
    def staffs_hit(changes: Changes) -> int:
        S, _, P, _, _j, c = field(**(CALM | changes))
        hit = 0
        for day in range(400):
            S.day, S.n_events = day, 0
            battle.lose_staff(S, P, c, 0.03)
            hit += len(events(S, codes.E_LEADER))
        return hit

    with_, without = both("M34", staffs_hit)
    assert with_ > 2
    assert without == 0


def test_m35_a_garrison_melts() -> None:
    def more_likely_to_fall(changes: Changes) -> float:
        P = parameters(**changes)
        return float(
            encirclement.collapse_hazard(P, True, 20.0, 0.6, 0.5, 1.0)
            - encirclement.collapse_hazard(P, True, 20.0, 0.0, 0.5, 1.0)
        )

    def will_lost(changes: Changes) -> float:
        P = parameters(**changes)
        will = [siege_city.will_to_hold(P, 0.7, lost, 1.0, 1.0, 0.0, 0.0) for lost in (0.0, 0.6)]
        return float(will[0] - will[1])

    def thinner(changes: Changes) -> float:
        return pace(changes, density=0.3) - pace(changes, density=1.0)

    for case in (more_likely_to_fall, will_lost, thinner):
        with_, without = both("M35", case)
        assert with_ > 0.0
        assert without == 0.0


def test_m36_a_garrison_without_food_rounds_or_hope_surrenders() -> None:
    def given_up(changes: Changes) -> int:
        fallen = 0
        for seed in range(6):
            S, M, P, W, u, _ = city({**changes, "key_seed": seed}, divisions=6)
            S.c_food[0], S.c_garrison[0], S.c_will[0] = 0, 20_000, 0.15
            S.u_ringed[u] = 20
            for day in range(20, 50):
                S.day, S.n_events, S.u_hungry[u] = day, 0, day
                encirclement.encircle(S, M, P, W)
                if S.u_hex[u] == NOWHERE:
                    fallen += 1
                    break
        return fallen

    assert both("M36", given_up) == (6, 0)

    def disheartened(changes: Changes) -> float:
        P = parameters(**changes)
        whole = siege_city.will_to_hold(P, 0.7, 0.0, 1.0, 1.0, 0.0, 0.0)
        return float(whole - siege_city.will_to_hold(P, 0.7, 0.0, 0.2, 0.1, 0.0, 0.0))

    with_, without = both("M36", disheartened)
    assert with_ > 0.1
    assert without == 0.0


def test_m37_officers_who_will_not_leave_are_lost() -> None:
    def officers_lost(changes: Changes) -> float:
        lost = 0.0
        for seed in range(1, 13):
            S, M, _, u = ringed(seed, 10_000, 0, 0, 0.4)
            P = parameters(key_seed=seed, **changes)
            collapse.give_up_in_works(S, M, P, u, 0.4)
            lost += 1.0 - float(S.u_officers[u])
        return lost

    with_, without = both("M37", officers_lost)
    assert with_ > 1.0
    assert without == 0.0


def test_m38_from_a_lost_city_some_get_out() -> None:
    def days_of_flight(changes: Changes) -> int:
        S, _, P, _, _, _ = city(changes)
        S.c_will[0], S.c_ring[0], days = 0.05, 0.3, 0
        for day in range(200):
            S.day = day
            days += bool(siege.crumbles(S, P, 0, CITY))
        return days

    with_, without = both("M38", days_of_flight)
    assert with_ > 50
    assert without == 0


def test_m39_massed_guns_decide() -> None:
    def worth_of_guns(changes: Changes) -> float:
        worth = []
        for more in (0, 200):
            S, M, P, W, _, units = city(changes)
            equip(S, units[0], codes.GUNS, more)
            count = list_besiegers(S, M, W, CITY, codes.JAPAN)
            worth.append(besiegers(S, P, W, count, CITY)[1])
        return float(worth[1] - worth[0])

    with_, without = both("M39", worth_of_guns)
    assert with_ > 1_000.0
    assert without == 0.0


def test_m89_fear_of_captivity_prolongs_the_fight() -> None:
    def hazard(changes: Changes) -> float:
        P = parameters(**changes)
        return float(encirclement.collapse_hazard(P, True, 2.0, 0.5, 0.3, 1.0))

    with_, without = both("M89", hazard)
    assert 0.0 < with_ < 0.95 * without
    assert np.isclose(with_, (1.0 - parameters().encirclement_fear) * without)


def test_m91_townspeople_dig_and_fight() -> None:
    def called(changes: Changes) -> int:
        S, M, P, _, u, _ = city(changes)
        return int(siege_city.call_services(S, M, P, 0, u))

    def dug(changes: Changes) -> float:
        S, M, P, _, _, _ = city(changes, works=0.0)
        for _ in range(20):
            siege_city.build_works(S, M, P, 0, CITY, codes.CHINA, 0.0)
        return float(S.c_works[0])

    def helped(changes: Changes) -> int:
        works = [int(dig(20, people=people, **changes)[0].h_works[1]) for people in (0, 20_000)]
        return works[1] - works[0]

    for case, least in ((called, 100), (dug, 5.0), (helped, 3)):
        with_, without = both("M91", case)
        assert with_ > least
        assert without == 0
