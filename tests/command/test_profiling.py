"""The profiled day is the day itself, with a clock between its rules."""

import ast
import inspect

from tairiku.command import play, profiling
from tairiku.command.setup import build_plans, new_minds, new_orders, new_view
from tairiku.scenario.load import load_scenario
from tairiku.sim import day, layout
from tairiku.sim.setup import build_map, build_parameters, build_state, new_work


def called(function: object) -> list[str]:
    """Names of the functions called in the body of a function, in order of the lines."""
    tree = ast.parse(inspect.getsource(getattr(function, "py_func", function)))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    calls.sort(key=lambda node: (node.lineno, node.col_offset))
    return [node.func.id for node in calls if isinstance(node.func, ast.Name)]


def test_the_laps_are_the_rules_of_the_day_in_order() -> None:
    rules = called(day.open_day) + called(day.close_day)
    laps = [name for name in profiling.LAPS if ":" not in name]
    assert laps == rules
    timed = [name for name in called(profiling.profile_days) if name in rules]
    assert timed == rules


def test_a_profiled_day_is_a_day_played() -> None:
    scenario = load_scenario("tiny")
    ends = []
    laps = profiling.new_laps()
    for entry, last in ((play.play_days, play.WHOLE_DAY), (profiling.profile_days, laps)):
        M = build_map(scenario)
        states, params = layout.new(layout.STATE, 1), layout.new(layout.PARAMETERS, 1)
        states[0] = build_state(scenario, 3, 0, M)
        params[0] = build_parameters(scenario, 3, 0)
        desk = (new_work(), new_view(), new_orders(), build_plans(scenario), new_minds(1))
        entry(states, M, params, *desk, 0, 2, last)
        ends.append(states.tobytes())
    assert ends[0] == ends[1]
    assert (laps > 0).all()
