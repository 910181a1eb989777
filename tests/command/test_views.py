"""A view holds nothing of the enemy: change any hidden field of his, and nothing is different."""

import numpy as np
import pytest

from tairiku.command.commander import PlanCommander
from tairiku.command.views import VIEW, look
from tairiku.sim import codes, layout
from tairiku.sim.layout import UNITS
from tests.command.plans import plan
from tests.sim.world import add_unit, bare_map, bare_state, parameters

# what is known to everybody (control, cities, airfields, weather, date) or is the viewer's belief
OPEN = {
    "h_control", "h_belief", "h_seen", "c_phase", "c_invested", "v_side", "w_sky", "w_ground",
    "day", "n_units", "x_state",
}  # fmt: skip


def world():
    """One unit, node, depot and squadron a side."""
    M = bare_map()
    S = bare_state(M)
    M.n_depots, M.n_air, M.n_cities, M.n_bridges = 2, 2, 1, 1
    M.c_hex[0], M.city[10] = 10, 0
    M.x_a[0], M.x_b[0] = 24, 25
    for k, side in enumerate((codes.JAPAN, codes.CHINA)):
        add_unit(S, 24 + 2 * k, side)
        S.n_side[UNITS + k] = S.d_side[k] = S.a_side[k] = side
        S.n_superior[k] = UNITS + k
        S.d_hex[k] = 24 + 2 * k
        S.a_status[k], S.a_craft[k] = codes.ON_MAP, 20
    return S, M


def seen(S, M, side):
    view = layout.new(VIEW)[0]
    look(S, M, side, view)
    return view


@pytest.mark.parametrize("side", [codes.JAPAN, codes.CHINA])
def test_hidden_fields_of_the_enemy_do_not_show(side):
    S, M = world()
    other = 1 - side
    before = seen(S, M, side).tobytes()
    rows = {"u": [other], "n": [other, UNITS + other], "d": [other], "a": [other]}
    changed = 0
    for name in S.dtype.names:
        kind = name.split("_")[0]
        value = np.asarray(S[name])
        if name in OPEN or kind not in rows or value.ndim == 0:
            continue
        if name in ("u_side", "n_side", "d_side", "a_side", "u_mate"):
            continue
        keep = value[rows[kind]].copy()
        value[rows[kind]] = 3
        assert seen(S, M, side).tobytes() == before, name
        value[rows[kind]] = keep
        changed += 1
    assert changed > 90


def test_the_enemys_beliefs_and_cells_of_his_own_do_not_show():
    S, M = world()
    before = seen(S, M, codes.JAPAN).tobytes()
    for name in ("h_belief", "h_seen", "h_interdict", "h_way"):
        S[name][codes.CHINA] = 7
    S.h_works[:] = 50
    S.h_men[codes.CHINA] = 5000
    assert seen(S, M, codes.JAPAN).tobytes() == before


def test_a_view_used_for_one_side_keeps_nothing_for_the_other():
    S, M = world()
    view = layout.new(VIEW)[0]
    look(S, M, codes.JAPAN, view)
    look(S, M, codes.CHINA, view)
    assert view.tobytes() == seen(S, M, codes.CHINA).tobytes()


def test_orders_do_not_depend_on_the_hidden_enemy():
    S, M = world()
    P = parameters()
    nodes = {"ours": codes.CHINA}
    rows = [
        {"who": "ours", "step": "wait", "order": "hold"},
        {"who": "ours", "step": "go", "order": "attack", "place": "h10",
         "start": "threat:h24:60>=5000"},
    ]  # fmt: skip
    books = []
    for men in (14_000, 3):
        S.u_men[codes.JAPAN] = men
        S.h_men[codes.JAPAN, 24] = men
        commander = PlanCommander(plan(nodes, rows), P, M)
        days = []
        for day in range(4):
            S.day = day
            days.append(commander.orders(seen(S, M, codes.CHINA)).tobytes())
        books.append(days)
    assert books[0] == books[1]


def test_own_rows_are_those_of_the_state():
    S, M = world()
    view = seen(S, M, codes.CHINA)
    u = codes.CHINA
    for name in VIEW.names:
        if name.startswith("u_") and name in S.dtype.names:
            assert view[name][u] == S[name][u], name
    assert view.u_guns[u] == S.u_material[u, codes.GUNS]
    assert np.all(view.u_men[view.u_status == codes.EMPTY] == 0)
