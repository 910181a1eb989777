"""A commander follows his plan: calls, lags, ends, alarms, halts, phases, own targets."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.base.errors import DataError
from tairiku.command import conditions
from tairiku.command.commander import PlanCommander, Silent, empty_book
from tairiku.command.views import VIEW, look
from tairiku.sim import codes, layout
from tairiku.sim.layout import NOWHERE, UNITS
from tests.command.plans import plan
from tests.oracles import expressions as plain
from tests.sim.world import add_unit, bare_map, bare_state, parameters


def world(**changes):
    """A Chinese corps of two divisions in the middle, its node above them."""
    M = bare_map()
    S = bare_state(M)
    a = add_unit(S, 24, codes.CHINA, 8000)
    b = add_unit(S, 25, codes.CHINA, 8000)
    S.n_side[UNITS], S.n_level[UNITS], S.n_hex[UNITS] = codes.CHINA, 1, 24
    S.n_superior[a] = S.n_superior[b] = UNITS
    return S, M, parameters(**changes), {"a": a, "b": b, "corps": UNITS}


def orders(commander, S, M, day, side=codes.CHINA):
    """The order book of a day."""
    S.day = day
    view = layout.new(VIEW)[0]
    look(S, M, side, view)
    return commander.orders(view)


def test_the_first_task_is_ordered_on_the_first_morning():
    S, M, P, nodes = world()
    L = plan(nodes, [{"who": "corps", "step": "one", "order": "delay", "place": "h10"}])
    book = orders(PlanCommander(L, P, M), S, M, 0)
    assert (book.order[UNITS], book.target[UNITS]) == (codes.O_DELAY, 10)
    assert np.count_nonzero(book.order >= 0) == 1


def test_a_task_waits_for_its_condition_and_its_lag():
    S, M, P, nodes = world()
    rows = [
        {"who": "corps", "step": "wait", "order": "hold"},
        {"who": "corps", "step": "go", "order": "attack", "place": "h10", "start": "lost:h30",
         "lag": "3"},
    ]  # fmt: skip
    commander = PlanCommander(plan(nodes, rows), P, M)
    assert orders(commander, S, M, 0).order[UNITS] == codes.O_HOLD
    S.h_control[30] = codes.JAPAN
    for day in (1, 2, 3):
        assert orders(commander, S, M, day).order[UNITS] == codes.O_HOLD
    assert orders(commander, S, M, 4).order[UNITS] == codes.O_ATTACK


def test_a_line_is_given_up_after_the_days_the_parameter_allows():
    S, M, P, nodes = world(commander_delay_days=2.0)
    rows = [
        {"who": "corps", "step": "line", "order": "delay", "end": "fought>=delay_days"},
        {"who": "corps", "step": "aside", "order": "refit", "place": "h44"},
    ]
    commander = PlanCommander(plan(nodes, rows), P, M)
    orders(commander, S, M, 0)
    S.u_contact[:2] = 1
    assert orders(commander, S, M, 1).order[UNITS] == codes.O_DELAY
    assert orders(commander, S, M, 2).order[UNITS] == codes.O_REFIT


def test_losses_count_from_the_beginning_of_the_task():
    S, M, P, nodes = world()
    rows = [
        {"who": "corps", "step": "line", "order": "hold", "end": "loss>=0.1"},
        {"who": "corps", "step": "next", "order": "hold", "place": "h30", "end": "loss>=0.1"},
        {"who": "corps", "step": "last", "order": "hold", "place": "h40"},
    ]
    commander = PlanCommander(plan(nodes, rows), P, M)
    orders(commander, S, M, 0)
    S.u_men[:2] = 5000  # sickness is no battle
    assert orders(commander, S, M, 1).target[UNITS] == NOWHERE
    S.u_loss_today[:2] = 810
    assert orders(commander, S, M, 1).target[UNITS] == 30
    S.u_loss_today[:2] = 0
    assert orders(commander, S, M, 2).target[UNITS] == 30
    S.u_loss_today[:2] = 510
    assert orders(commander, S, M, 3).target[UNITS] == 40


def alarm_rows(alarm):
    return [
        {"who": "corps", "step": "wait", "order": "hold"},
        {"who": "corps", "step": "call", "order": "relieve", "place": "h10", "rank": 2,
         "start": "besieged:h10>=1", "end": "days>=3", "then": "wait", "alarm": alarm},
    ]  # fmt: skip


@pytest.mark.parametrize(("alarm", "again"), [(1, True), (2, False)])
def test_an_alarm_breaks_in_and_may_recur_or_not(alarm, again):
    S, M, P, nodes = world()
    M.n_cities, M.city[10], M.c_hex[0] = 1, 0, 10
    commander = PlanCommander(plan(nodes, alarm_rows(alarm)), P, M)
    assert orders(commander, S, M, 0).order[UNITS] == codes.O_HOLD
    S.c_phase[0], S.c_invested[0] = codes.S_INVESTED, 2
    seen = [int(orders(commander, S, M, day).order[UNITS]) for day in range(1, 12)]
    assert seen[:3] == [codes.O_RELIEVE] * 3
    assert (codes.O_RELIEVE in seen[5:]) is again


def test_who_does_not_obey_is_told_again_later():
    S, M, P, nodes = world(commander_relief_obeys=0.4)
    M.n_cities, M.city[10], M.c_hex[0] = 1, 0, 10
    S.c_phase[0], S.c_invested[0] = codes.S_INVESTED, 2
    rows = alarm_rows(2)
    rows[1]["chance"] = "relief_obeys"
    starts = []
    for seed in range(25):
        P.key_seed = seed
        commander = PlanCommander(plan(nodes, rows), P, M)
        for day in range(0, 40, 2):
            if orders(commander, S, M, day).order[UNITS] == codes.O_RELIEVE:
                starts.append(day)
                break
    assert 0.2 < sum(day <= 2 for day in starts) / 25 < 0.6
    assert len(starts) > 20


def test_an_offensive_halts_without_ammunition_and_goes_on_with_it():
    S, M, P, nodes = world()
    rows = [{"who": "corps", "step": "go", "order": "attack", "place": "h10"}]
    S.h_control[10] = codes.JAPAN
    commander = PlanCommander(plan(nodes, rows), P, M)
    assert orders(commander, S, M, 0).order[UNITS] == codes.O_ATTACK
    S.u_rounds[:2] = 0.05
    assert orders(commander, S, M, 1).order[UNITS] == codes.O_HOLD
    S.u_rounds[:2] = 0.3
    assert orders(commander, S, M, 2).order[UNITS] == codes.O_HOLD
    S.u_rounds[:2] = 0.6
    assert orders(commander, S, M, 3).order[UNITS] == codes.O_ATTACK


def test_phases_open_on_conditions():
    S, M, P, nodes = world()
    rows = [
        {"who": "corps", "step": "wait", "order": "hold"},
        {"who": "corps", "step": "go", "order": "attack", "place": "h10", "start": "since:two>=2"},
    ]
    phases = [
        {"id": "one", "name": "first", "start": "always"},
        {"id": "two", "name": "second", "start": "since:one>=5 and held:h24"},
    ]
    S.h_control[10] = codes.JAPAN
    commander = PlanCommander(plan(nodes, rows, phases), P, M)
    days = [int(orders(commander, S, M, day).order[UNITS]) for day in range(9)]
    assert days == [codes.O_HOLD] * 7 + [codes.O_ATTACK] * 2
    assert commander.mind.ph_opened[:2].tolist() == [0, 5]


def test_unopposed_tanks_choose_a_target_of_their_own():
    S, M, P, nodes = world()
    t = add_unit(S, 23, codes.CHINA, 900, kind=codes.TANK)
    S.u_initiative[t] = 1.0
    for h in (9, 16):
        S.h_control[h] = codes.JAPAN
    rows = [
        {"who": "tanks", "step": "go", "order": "attack", "place": "h16", "phase": "p"},
        {"who": "tanks", "step": "next", "order": "attack", "place": "h9", "start": "not always",
         "phase": "p"},
    ]  # fmt: skip
    phases = [{"id": "p", "name": "p", "start": "always"}]
    commander = PlanCommander(plan({**nodes, "tanks": t}, rows, phases), P, M)
    assert orders(commander, S, M, 0).target[t] == 16
    S.h_control[16] = codes.CHINA
    assert orders(commander, S, M, 1).order[t] == codes.O_HOLD
    chosen = [int(orders(commander, S, M, day).target[t]) for day in range(2, 6)]
    assert 9 in chosen
    # and with the mechanism off, never
    P.commander_free_reach_km = 0.0
    S.h_control[16] = codes.JAPAN
    commander = PlanCommander(plan({**nodes, "tanks": t}, rows, phases), P, M)
    orders(commander, S, M, 0)
    S.h_control[16] = codes.CHINA
    assert all(orders(commander, S, M, day).target[t] != 9 for day in range(1, 8))


def test_who_expects_a_raid_makes_less_of_the_enemy():
    S, M, P, nodes = world()
    S.h_belief[codes.CHINA, 23], S.h_seen[codes.CHINA, 23] = 10_000, 0
    rows = [{"who": "corps", "step": "wait", "order": "hold"}]
    view = layout.new(VIEW)[0]
    look(S, M, codes.CHINA, view)
    found = []
    for expects in (False, True):
        commander = PlanCommander(plan(nodes, rows, expects_raid=expects), P, M)
        commander.orders(view)
        found.append(conditions.threat(view, M, P, commander.plan, commander.mind, 24, 40.0))
    assert found[0] == 10_000
    assert found[1] == pytest.approx(10_000 * (1 - P.commander_raid_discount))


ATOMS = ("held:h24", "held:h30", "days>=2", "fill>=0.9", "loss>=0.1", "ringed", "always")


@given(st.lists(st.lists(st.tuples(st.booleans(), st.sampled_from(ATOMS)), min_size=1,
       max_size=3), min_size=1, max_size=3))  # fmt: skip
@settings(max_examples=10, deadline=None)
def test_expressions_are_true_as_in_plain_logic(shape):
    S, M, P, nodes = world()
    S.h_control[30] = codes.JAPAN
    text = " or ".join(
        " and ".join(("not " if negated else "") + atom for negated, atom in clause)
        for clause in shape
    )
    rows = [
        {"who": "corps", "step": "wait", "order": "hold"},
        {"who": "corps", "step": "go", "order": "move", "place": "h0", "start": text},
    ]
    commander = PlanCommander(plan(nodes, rows), P, M)
    S.u_full[:2] = 10_000
    moved = [int(orders(commander, S, M, day).order[UNITS]) == codes.O_MOVE for day in range(4)]
    numbers = {"held:h24": 1, "held:h30": 0, "fill": 0.8, "loss": 0, "ringed": 0, "always": 1}
    truth = [plain.true(text, numbers | {"days": day}, {}) for day in range(4)]
    # the first task begins on day 0, the next may from day 1 on
    first = next((day for day in range(1, 4) if truth[day]), 4)
    assert moved == [day >= first for day in range(4)]


def test_tasks_that_wait_for_each_other_are_refused():
    _, _, _, nodes = world()
    rows = [
        {"who": "a", "step": "x", "order": "hold", "start": "done:b/y"},
        {"who": "b", "step": "y", "order": "hold", "start": "begun:a/x"},
    ]
    with pytest.raises(DataError, match="waits, through others, for its own end"):
        plan(nodes, rows)


def test_every_unknown_name_is_reported_at_once():
    _, _, _, nodes = world()
    rows = [
        {"who": "nobody", "step": "x", "order": "hold"},
        {"who": "a", "step": "x", "order": "hold", "place": "h99", "start": "held:h88"},
        {"who": "a", "step": "y", "order": "hold", "then": "z", "chance": "often"},
    ]
    with pytest.raises(DataError) as caught:
        plan(nodes, rows)
    text = str(caught.value)
    for word in ("nobody", "h99", "h88", "a/z", "often"):
        assert word in text


def test_silence_gives_no_orders():
    assert np.all(Silent().orders(layout.new(VIEW)[0]).order == -1)
    assert np.all(empty_book().order == -1)
