"""Setting up a campaign: from a scenario to the records that the rules run on.

`build_parameters`, `build_map`, `build_state` and `new_work` make one record each; a state is a
function of the scenario, the seed and the replica alone.  Nothing here is compiled.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from tairiku.base.errors import DataError, Problem
from tairiku.scenario.load import Scenario
from tairiku.sim import codes, layout
from tairiku.sim.layout import NOWHERE
from tairiku.sim.parameters import NAMES
from tairiku.sim.setup_map import build_map as build_map
from tairiku.sim.setup_map import node_index as node_index
from tairiku.sim.setup_stocks import (
    open_books,
    set_air,
    set_cities,
    set_control,
    set_depots,
    set_fields,
    set_land,
    set_links,
)
from tairiku.sim.setup_units import set_beliefs, set_units

# what an unused field holds where that is not 0
_NONE = (
    "h_first u_mate u_box u_due_box u_pocket u_source h_source u_due_day u_leaves_day u_until "
    "u_next_until u_next_due u_asked u_answer_due u_giver u_next_giver n_superior n_until d_field "
    "d_box a_field a_leaves_day v_since v_depot h_seen u_draft_day n_moved z_depot"
).split()
_NOWHERE = (
    "u_hex u_due_hex u_target u_via u_from u_step u_attacks u_next_target u_next_via n_hex "
    "n_target n_via d_hex h_back a_target g_air_target z_hex"
).split()


def build_parameters(scenario: Scenario, seed: int = 1, replica: int = 0) -> Any:
    """Return the PARAMETERS record: the scenario's values with the changes asked for.

    Raises
    ------
    DataError
        A parameter that a rule reads is not in the file, or the file has one that no rule reads.
    """
    problems = parameter_names(scenario)
    if problems:
        raise DataError(problems)
    P = layout.new(layout.PARAMETERS)[0]
    for name, parameter in scenario.parameters.items():
        P[layout.field_name(name)] = scenario.changes.get(name, parameter.value)
    P.key_seed, P.key_replica = np.uint64(seed), np.uint64(replica)
    return P


def parameter_names(scenario: Scenario) -> list[Problem]:
    """Parameters that rules read and the file lacks, and those it has and no rule reads."""
    file = f"{scenario.files['parameters.toml'].parent.name}/parameters.toml"
    read, given = set(NAMES), set(scenario.parameters)
    lacking = [
        Problem(file, None, "parameter", name, "is missing; add its table, a rule reads it")
        for name in sorted(read - given)
    ]
    idle = [
        Problem(file, None, "parameter", name, "is read by no rule; remove it or mend its name")
        for name in sorted(given - read)
    ]
    return [*lacking, *idle]


def empty_state(M: Any) -> Any:
    """Return a STATE record with nobody in it: nothing known, nothing held, nothing moving."""
    S = layout.new(layout.STATE)[0]
    for name in _NONE:
        S[name][:] = -1
    for name in _NOWHERE:
        S[name][:] = NOWHERE
    for name in ("n_side", "d_side", "a_side", "r_owner"):
        S[name][:] = codes.NO_SIDE
    S.u_contact_day[:] = -9
    S.u_success_day[:] = -9
    S.h_way[:] = 2**30
    S.z_cost[:] = 2**30
    return S


def build_state(scenario: Scenario, seed: int = 1, replica: int = 0, M: Any = None) -> Any:
    """Return the STATE record at dawn of the first day.

    Parameters
    ----------
    scenario
        What `load_scenario` gives; with sources "sampled" every figure is drawn in its range.
    seed, replica
        Key of the dice.
    M
        The scenario's MAP record where it is at hand; else it is made.
    """
    P = build_parameters(scenario, seed, replica)
    if M is None:
        M = build_map(scenario, P)
    record = empty_state(M)
    S, M, P = layout.ByField(record), layout.ByField(M), layout.ByField(P)
    set_control(S, scenario)
    set_links(S, scenario)
    set_units(S, M, P, scenario)
    set_fields(S, P, scenario)
    set_depots(S, M, P, scenario)
    set_air(S, P, scenario)
    set_cities(S, M, P, scenario)
    set_land(S, M, P, scenario)
    set_beliefs(S, P, scenario)
    open_books(S)
    return record


def build_states(
    scenario: Scenario, seed: int, replicas: Sequence[int], M: Any = None
) -> tuple[Any, Any]:
    """Return STATE and PARAMETERS records of many replicas, as `build_state` would one by one.

    Where the scenario's figures are not drawn, replicas differ by what the staffs believe alone,
    so that the rest is set up once.

    Returns
    -------
    states, params
        Records of shape (len(replicas),).
    """
    states = layout.new(layout.STATE, len(replicas))
    params = layout.new(layout.PARAMETERS, len(replicas))
    if M is None and len(replicas):
        M = build_map(scenario, build_parameters(scenario, seed, replicas[0]))
    for i, replica in enumerate(replicas):
        params[i] = build_parameters(scenario, seed, replica)
        if i == 0 or scenario.sources == "sampled":
            states[i] = build_state(scenario, seed, replica, M)
        else:
            states[i] = states[0]
            states[i].h_belief[:] = 0
            states[i].h_seen[:] = -1
            set_beliefs(states[i], params[i], scenario)
    return states, params


def new_work() -> Any:
    """Return one WORK record: the scratch of one worker thread."""
    return layout.new(layout.WORK)[0]
