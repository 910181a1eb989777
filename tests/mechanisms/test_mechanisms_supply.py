"""Supply: railways, bridges, stocks, columns, fuel, rounds, trains, granaries, sabotage, reach."""

from tairiku.sim import codes, layout, provisions
from tairiku.sim.air_rear import hit_bridge
from tairiku.sim.delivery import deliver
from tairiku.sim.firepower import condition
from tairiku.sim.irregulars import spread
from tairiku.sim.medical import treat
from tairiku.sim.rest import rest
from tairiku.sim.supply import supply
from tairiku.sim.supply_field import update_fields
from tests.mechanisms.switching import Changes, both
from tests.mechanisms.test_mechanisms_movement import blown, losses
from tests.sim.air_world import contested
from tests.sim.land_world import join
from tests.sim.supply_world import add_depot, empty_world, lay_rail
from tests.sim.test_land import rails
from tests.sim.test_movement import day as march_day
from tests.sim.test_movement import order
from tests.sim.test_movement import world as plain
from tests.sim.test_railways import days_to_open, line
from tests.sim.world import add_unit, parameters


def fed_over(
    changes: Changes,
    cols: int = 4,
    men: int = 2_000,
    rail: bool = False,
    hold: float = 0.0,
    ground: int = codes.GROUND_DRY,
) -> int:
    """Food that reaches a unit at the end of a row from the depot at its beginning. [kg]"""
    S, M, P, W = empty_world(cols, 1, **changes)
    S.w_ground[0] = ground
    S.h_control[:cols] = codes.JAPAN
    add_depot(S, M, 0, codes.JAPAN)
    if rail:
        for h in range(cols - 1):
            lay_rail(S, M, h, 0)
    S.h_guerrilla[:cols] = hold
    u = add_unit(S, cols - 1, codes.JAPAN, men)
    S.u_store[u, codes.AMMUNITION] = 10**6
    S.g_store[0, codes.AMMUNITION, codes.B_INITIAL] += 10**6
    update_fields(S, M, P, W)
    deliver(S, M, P, W, codes.JAPAN)
    return int(S.u_got[u, codes.FOOD])


def test_m44_the_railway_feeds_a_whole_district() -> None:
    def hungry_without_it(changes: Changes) -> int:
        return fed_over(changes, men=200_000, rail=True) - fed_over(changes, men=200_000)

    with_, without = both("M44", hungry_without_it, supply_loss_100km=0.0)
    assert with_ > 100_000
    assert without == 0


def test_m45_the_railway_is_opened_behind_the_army() -> None:
    def opened(changes: Changes) -> int:
        S, M, P, W = line(**changes)
        add_unit(S, 0, codes.JAPAN, 9_500, codes.RAILWAY)
        return days_to_open(S, M, P, W, 1, 60)

    with_, without = both("M45", opened)
    assert with_ < 20
    assert without == 60


def test_m46_the_great_bridge_decides() -> None:
    def hit_days(changes: Changes) -> int:
        M, S = contested()
        P, hits = parameters(**changes), 0
        for day in range(60):
            S.day, S.n_events, S.x_state[0] = day, 0, 1000
            hit_bridge(S, M, P, codes.CHINA, 0, 30.0)
            hits += S.x_state[0] == 0
        return int(hits)

    for case in (hit_days, blown):
        with_, without = both("M46", case)
        assert with_ > 5
        assert without == 0


def test_m47_stocks_are_worth_what_can_be_brought_forward() -> None:
    def not_brought(changes: Changes) -> int:
        return 4_000 - fed_over(changes, cols=9)

    with_, without = both("M47", not_brought, supply_loss_100km=0.0)
    assert with_ > 2_000
    assert without == 0


def test_m48_tanks_without_fuel_halt() -> None:
    def stopped(changes: Changes) -> float:
        km = []
        for kg in (200_000, 0):
            S, M, P, W = plain(**changes)
            t = add_unit(S, 36, codes.JAPAN, 2_000, kind=codes.TANK)
            for kind in (codes.TANKS, codes.TRUCKS):
                S.u_material[t, kind] = 100
            S.u_store[t, codes.MOTOR_FUEL] = kg
            provisions.eat(S, M, P, t)
            order(S, t, codes.O_MOVE, 44)
            march_day(S, M, P, W)
            km.append(float(S.u_km_today[t]))
        return km[0] - km[1]

    with_, without = both("M48", stopped)
    assert with_ > 15.0
    assert without == 0.0


def test_m49_an_assault_ends_with_its_rounds() -> None:
    def halted(changes: Changes) -> int:
        S, M, P, W = plain(**changes)
        u, v = add_unit(S, 39, codes.JAPAN), add_unit(S, 40, codes.CHINA)
        order(S, u, codes.O_ATTACK, 40)
        order(S, v, codes.O_HOLD, 40)
        S.u_rounds[u] = 0.0
        march_day(S, M, P, W)
        return int(S.u_attacks[u] != 40)

    assert both("M49", halted) == (1, 0)

    def weaker(changes: Changes) -> int:
        def empty(S, M, j, c) -> None:
            S.u_rounds[j] = 0.0

        return losses(changes)[1] - losses(changes, empty)[1]

    with_, without = both("M49", weaker)
    assert with_ > 20
    assert without == 0


def test_m54_a_defender_short_of_rounds_costs_the_attacker_less() -> None:
    def spared(changes: Changes) -> int:
        def empty(S, M, j, c) -> None:
            S.u_rounds[c] = 0.0

        return losses(changes)[0] - losses(changes, empty)[0]

    with_, without = both("M54", spared)
    assert with_ > 20
    assert without == 0


def test_m50_troops_go_by_train() -> None:
    def ahead(changes: Changes) -> int:
        S, M, P, W = plain(**changes)
        for col in range(8):
            M.n_rails = col + 1
            join(M, 36 + col, 0, "rail", col)
            S.r_owner[col], S.r_state[col] = codes.JAPAN, 1000
        S.h_control[:81] = codes.JAPAN
        u, foot = add_unit(S, 36, codes.JAPAN, 8000), add_unit(S, 54, codes.JAPAN, 8000)
        order(S, u, codes.O_RAIL, 44)
        order(S, foot, codes.O_MOVE, 62)
        for _ in range(3):
            march_day(S, M, P, W)
        return (int(S.u_hex[u]) - 36) - (int(S.u_hex[foot]) - 54)

    with_, without = both("M50", ahead)
    assert with_ > 3
    assert without == 0


def test_m74_too_few_to_hold_and_too_far_to_feed() -> None:
    def needed(changes: Changes) -> float:
        M, S = contested()
        rails(M, S, 50)
        S.h_control[:7] = codes.JAPAN
        S.w_sky[:] = 0
        spread(S, M, parameters(**changes), layout.new(layout.WORK)[0])
        return round(float(S.p_garrison_need[0]), 2)

    with_, without = both("M74", needed)
    assert with_ > 30.0
    assert without == 0.0

    def halted(changes: Changes) -> int:
        S, M, P, W = plain(**changes)
        u, v = add_unit(S, 39, codes.JAPAN), add_unit(S, 40, codes.CHINA)
        order(S, u, codes.O_ATTACK, 40)
        order(S, v, codes.O_HOLD, 40)
        S.u_fed[u] = 0.1
        march_day(S, M, P, W)
        return int(S.u_attacks[u] != 40)

    assert both("M74", halted) == (1, 0)


def test_m83_a_lost_granary_feeds_nobody() -> None:
    def found(changes: Changes) -> int:
        S, M, P, _ = empty_world(3, 1, **changes)
        S.h_forage[1] = 600
        u = add_unit(S, 1, codes.CHINA, 8_000)
        provisions.forage(S, M, P, u)
        return int(S.u_foraged[u])

    with_, without = both("M83", found)
    assert with_ > 3_000
    assert without == 0

    def harvest(changes: Changes) -> int:
        S, M, P, _ = empty_world(2, 1, **changes)
        M.month[40] = 7
        S.day = 40
        provisions.grow(S, M, P)
        return int(S.h_forage[0]) - int(P.forage_plain)

    with_, without = both("M83", harvest)
    assert with_ > 600
    assert without == 0


def test_m95_the_line_is_cut_by_night() -> None:
    def cut(changes: Changes) -> int:
        M, S = contested()
        rails(M, S)
        S.p_guerrilla[0] = 0.8
        spread(S, M, parameters(**changes), layout.new(layout.WORK)[0])
        return int((S.r_state[:200] < 1000).sum())

    def robbed(changes: Changes) -> int:
        return fed_over(changes, cols=5) - fed_over(changes, cols=5, hold=0.8)

    for case in (cut, robbed):
        with_, without = both("M95", case)
        assert with_ > 2
        assert without == 0


def test_m107_victory_spends_the_victor() -> None:
    """A division far ahead of its depot in high summer, marching: sick, tired, short of rounds."""

    def spent(changes: Changes) -> tuple[float, float, float]:
        S, M, P, W = empty_world(9, 1, **changes)
        M.month[:] = 8
        S.h_control[:9] = codes.JAPAN
        S.h_since[:] = 0
        add_depot(S, M, 0, codes.JAPAN, tonnes=20_000)
        u = add_unit(S, 8, codes.JAPAN, 15_000)
        for day in range(1, 40):
            S.day, S.n_events = day, 0
            supply(S, M, P, W)
            S.u_km_today[u] = 15.0
            treat(S, M, P, W)
            rest(S, M, P, W)
        sick = 1.0 - float(S.u_men[u]) / 15_000
        S.u_fed[u] = S.u_rounds[u] = S.u_officers[u] = 1.0
        tired = 1.0 - float(condition(S, P, u))
        supplied = float(S.u_got[u, codes.FOOD]) / max(1.0, float(S.u_need[u, codes.FOOD]))
        return sick, tired, 1.0 - supplied

    with_, without = both("M107", spent, rest_desertion=0.0)
    assert with_[0] > 0.05
    assert with_[1] > 0.3
    assert with_[2] > 0.4
    assert max(without) < 0.01
