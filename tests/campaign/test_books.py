"""Men, guns, tanks, trucks, horses, tonnes and aircraft balance to the unit on every day."""

from collections.abc import Callable
from typing import Any

import pytest

from tairiku.batch import Batch
from tairiku.scenario.load import load_scenario
from tairiku.sim.audit import imbalances, on_hand

from . import plays


@pytest.mark.slow
def test_ichigo_balances_every_day_of_ten_seeds(compiled: Callable[..., Any]) -> None:
    assert compiled(plays.wrong_books, list(range(1, 11)))[:5] == []


def test_the_auditor_sees_one_missing_man() -> None:
    batch = Batch.build(load_scenario("tiny"), [(1, 0)])
    state = batch.states[0]
    assert imbalances(state) == []
    state.u_men[0] -= 1
    assert len(imbalances(state)) == 1
    state.u_men[0] += 1
    state.d_store[0, 0] += 1
    assert len(imbalances(state)) == 1


def test_what_is_on_hand_is_the_order_of_battle() -> None:
    scenario = load_scenario("tiny")
    state = Batch.build(scenario, [(1, 0)]).states[0]
    assert on_hand(state)["men"].sum() == sum(unit.men_best for unit in scenario.units)
