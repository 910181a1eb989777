"""Command: leave refused, silence, links cut, divided command, contrary orders, own initiative."""

import pytest

from tairiku.command import conditions
from tairiku.command.commander import PlanCommander
from tairiku.command.views import VIEW, look
from tairiku.sim import chain, codes, encirclement, layout
from tairiku.sim import combat as battle
from tairiku.sim.air import fly
from tairiku.sim.layout import UNITS
from tests.command.plans import plan
from tests.command.test_plan_commander import alarm_rows, orders
from tests.command.test_plan_commander import world as staff
from tests.mechanisms.switching import Changes, both
from tests.sim.air_world import contested
from tests.sim.test_chain import CORPS, books, give, in_fortress, play
from tests.sim.test_chain import world as corps
from tests.sim.test_combat import CALM, EAST, attack, field
from tests.sim.world import add_unit, parameters

ASKS = {"orders_ask_chance": 1.0, "orders_ringed_link": 1.0}


def test_m01_leave_to_go_is_refused() -> None:
    def leave_after(changes: Changes) -> list[int]:
        days = []
        for seed in range(8):
            S, M, P, W, a, _ = in_fortress(**changes)
            P.key_seed = seed
            for day in range(1, 30):
                S.day = day
                chain.transmit(S, M, P, W, books())
                if S.u_order[a] == codes.O_WITHDRAW:
                    break
            days.append(day)
        return days

    refused, granted = both("M01", leave_after, **ASKS)
    assert max(granted) <= 6
    assert sum(refused) > 2 * sum(granted)


def test_m02_a_city_that_must_be_held_shuts_its_garrison_in() -> None:
    def tied(changes: Changes) -> int:
        shut_in = 0
        for seed in range(8):
            S, M, P, W, a, _ = in_fortress(**changes)
            P.key_seed = seed
            play(S, M, P, W, 8)
            shut_in += not encirclement.may_leave(S, a)
        return shut_in

    held, free = both("M02", tied, **ASKS)
    assert held >= 6
    assert free == 0


def test_m03_no_answer_and_the_last_order_stands() -> None:
    def silences(changes: Changes) -> int:
        heard = 0
        for seed in range(20):
            S, M, P, W, *_ = in_fortress(**changes)
            P.key_seed, S.n_events = seed, 0
            play(S, M, P, W, 6)
            heard += codes.E_SILENCE in S.events["kind"][: S.n_events]
        return heard

    with_, without = both(
        "M03", silences, orders_ask_chance=1.0, orders_refuse_first=0.0, orders_refuse_later=0.0
    )
    assert with_ >= 4
    assert without == 0


def test_m04_bombed_headquarters_order_late() -> None:
    def lateness(changes: Changes) -> int:
        late = 0
        for cut in (0, 60):
            S, M, P, _, a, _ = corps(**changes)
            S.n_cut_days[CORPS] = cut
            days = 0
            for day in range(1, 50):
                S.day = day
                chain.links(S, P)
                days += int(chain.delay_days(S, M, P, a, CORPS))
            late += days if cut else -days
        return late

    with_, without = both("M04", lateness)
    assert with_ > 20
    assert without == 0

    def bombed(changes: Changes) -> int:
        M, S = contested()
        node = UNITS + 1
        M.n_nodes, S.n_hex[node], S.n_side[node] = node + 1, int(M.c_hex[0]), codes.CHINA
        cuts, W, P = 0, layout.new(layout.WORK)[0], parameters(**changes)
        for day in range(40):
            S.day, S.n_events = day, 0
            fly(S, M, P, W)
            cuts += S.n_cut_days[node] > 0
            S.n_cut_days[node] = 0
        return cuts

    with_, without = both("M04", bombed)
    assert with_ > 0
    assert without == 0


def test_m05_divisions_of_two_commands_fight_apart() -> None:
    def gain_of_one_command(changes: Changes) -> int:
        losses = []
        for superior in (500, 501):
            S, M, P, W, j, c = field(**(CALM | changes))
            k = add_unit(S, EAST, codes.JAPAN, 15_000)
            attack(S, k)
            S.n_superior[j], S.n_superior[k] = 500, superior
            battle.fight(S, M, P, W)
            losses.append(int(S.u_loss_today[c]))
        return losses[0] - losses[1]

    with_, without = both("M05", gain_of_one_command)
    assert with_ > 0
    assert without == 0


def first_obedience(chance: str, changes: Changes) -> list[int]:
    """Day on which a corps that is called first obeys, by seed; 40 not at all."""
    days = []
    for seed in range(25):
        S, M, P, nodes = staff(**changes)
        P.key_seed = seed
        M.n_cities, M.city[10], M.c_hex[0] = 1, 0, 10
        S.c_phase[0], S.c_invested[0] = codes.S_INVESTED, 2
        rows = alarm_rows(2)
        rows[1]["chance"] = chance
        commander = PlanCommander(plan(nodes, rows), P, M)
        day = 0
        while day < 40 and orders(commander, S, M, day).order[UNITS] != codes.O_RELIEVE:
            day += 2
        days.append(day)
    return days


def test_m08_another_war_zone_gives_its_corps_up_or_not() -> None:
    with_, without = both("M08", lambda changes: first_obedience("transfer_obeys", changes))
    assert sum(day > 2 for day in with_) > 8
    assert max(without) <= 2


def test_m33_relief_comes_when_each_corps_sees_fit() -> None:
    with_, without = both("M33", lambda changes: first_obedience("relief_obeys", changes))
    assert sum(day > 2 for day in with_) > 8
    assert max(without) <= 2


def test_m10_orders_past_the_chain_lame_a_corps() -> None:
    def lamed(changes: Changes) -> int:
        S, M, P, W, a, _ = corps(**changes)
        S.u_ringed[a] = 1
        days = 0
        for day in range(1, 60):
            S.day = day
            chain.transmit(S, M, P, W, books())
            days += S.u_paralysed[a] > 0
        return days

    with_, without = both("M10", lamed)
    assert with_ > 4
    assert without == 0


@pytest.mark.parametrize("mechanism", ["M11", "M77"])
def test_m11_m77_who_expects_a_raid_makes_less_of_the_enemy(mechanism: str) -> None:
    def overlooked(changes: Changes) -> float:
        S, M, P, nodes = staff(**changes)
        S.h_belief[codes.CHINA, 23], S.h_seen[codes.CHINA, 23] = 10_000, 0
        view = layout.new(VIEW)[0]
        look(S, M, codes.CHINA, view)
        rows = [{"who": "corps", "step": "wait", "order": "hold"}]
        commander = PlanCommander(plan(nodes, rows, expects_raid=True), P, M)
        commander.orders(view)
        seen = conditions.threat(view, M, P, commander.plan, commander.mind, 24, 40.0)
        return 10_000 - float(seen)

    with_, without = both(mechanism, overlooked)
    assert with_ > 1_000
    assert without == 0


def test_m12_tanks_that_meet_nobody_choose_their_own_goal() -> None:
    def chosen(changes: Changes) -> bool:
        S, M, P, nodes = staff(**changes)
        t = add_unit(S, 23, codes.CHINA, 900, kind=codes.TANK)
        S.u_initiative[t] = 1.0
        S.h_control[9] = S.h_control[16] = codes.JAPAN
        rows = [
            {"who": "tanks", "step": "go", "order": "attack", "place": "h16", "phase": "p"},
            {"who": "tanks", "step": "next", "order": "attack", "place": "h9",
             "start": "not always", "phase": "p"},
        ]  # fmt: skip
        phases = [{"id": "p", "name": "p", "start": "always"}]
        commander = PlanCommander(plan({**nodes, "tanks": t}, rows, phases), P, M)
        orders(commander, S, M, 0)
        S.h_control[16] = codes.CHINA
        return 9 in [int(orders(commander, S, M, day).target[t]) for day in range(1, 8)]

    assert both("M12", chosen) == (True, False)


def test_m06_a_reserve_comes_after_its_lag_and_the_front_is_gone() -> None:
    def strikes_on(lag: str) -> int:
        S, M, P, nodes = staff()
        rows = [
            {"who": "corps", "step": "wait", "order": "hold"},
            {"who": "corps", "step": "strike", "order": "attack", "place": "h10",
             "start": "lost:h10", "lag": lag},
        ]  # fmt: skip
        commander = PlanCommander(plan(nodes, rows), P, M)
        orders(commander, S, M, 0)
        S.h_control[10] = codes.JAPAN
        return next(
            day
            for day in range(1, 30)
            if orders(commander, S, M, day).order[UNITS] == codes.O_ATTACK
        )

    assert strikes_on("0") == 1
    assert strikes_on("5") == 6


def test_an_order_reaches_a_unit_with_its_links_whole() -> None:
    """What M03 and M04 disturb: the same order, undisturbed, is in force within two days."""
    S, M, P, W, a, _ = corps()
    S.day = 5
    pair = books()
    give(pair, CORPS, codes.O_ATTACK, 10)
    for day in range(5, 8):
        S.day = day
        chain.transmit(S, M, P, W, pair)
    assert S.u_order[a] == codes.O_ATTACK
