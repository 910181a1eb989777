"""From an order book to an order in force: whose order binds, how long it takes, who gets leave."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.command.commander import empty_book
from tairiku.sim import chain, codes, layout, permission
from tairiku.sim.layout import NOWHERE, UNITS
from tests.oracles import orders as plain
from tests.sim.world import add_unit, bare_map, bare_state, parameters

CORPS, ARMY = UNITS, UNITS + 1


def world(**changes):
    """Two Chinese divisions of one corps of one army, its headquarters with the first."""
    M = bare_map()
    S = bare_state(M)
    P = parameters(**changes)
    W = layout.new(layout.WORK)[0]
    a = add_unit(S, 24, codes.CHINA, 8000)
    b = add_unit(S, 26, codes.CHINA, 8000)
    for node, level in ((CORPS, 1), (ARMY, 2)):
        S.n_side[node], S.n_level[node], S.n_hex[node] = codes.CHINA, level, 24
    S.n_superior[a] = S.n_superior[b] = CORPS
    S.n_superior[CORPS] = ARMY
    return S, M, P, W, a, b


def books():
    """Two order books that say nothing."""
    pair = layout.new(layout.ORDERS, 2)
    pair[0] = pair[1] = empty_book()
    return pair


def give(pair, node, order, target, side=codes.CHINA, via=NOWHERE, until=-1):
    """Write one order."""
    book = pair[side]
    book.order[node], book.target[node] = order, target
    book.via[node], book.until[node] = via, until


def test_the_most_specific_order_binds():
    S, M, P, W, a, b = world()
    pair = books()
    give(pair, ARMY, codes.O_MOVE, 40)
    give(pair, CORPS, codes.O_ATTACK, 10)
    give(pair, a, codes.O_HOLD, 24)
    chain.transmit(S, M, P, W, pair)
    assert (S.u_order[a], S.u_target[a]) == (codes.O_HOLD, 24)
    assert (S.u_order[b], S.u_target[b], S.u_giver[b]) == (codes.O_ATTACK, 10, CORPS)
    # taken back, the corps's order falls to the army's
    S.day = 1
    pair = books()
    give(pair, CORPS, codes.O_NONE, NOWHERE)
    for day in range(1, 9):
        S.day = day
        chain.transmit(S, M, P, W, pair)
    assert (S.u_order[b], S.u_target[b], S.u_giver[b]) == (codes.O_MOVE, 40, ARMY)


def test_no_news_leaves_the_last_order_standing():
    S, M, P, W, a, b = world()
    pair = books()
    give(pair, CORPS, codes.O_ATTACK, 10)
    chain.transmit(S, M, P, W, pair)
    for day in range(1, 30):
        S.day = day
        chain.transmit(S, M, P, W, books())
    assert S.u_order[a] == S.u_order[b] == codes.O_ATTACK
    assert S.u_since[a] == 0


def test_an_order_lapses_after_its_last_day():
    S, M, P, W, a, _ = world()
    pair = books()
    give(pair, ARMY, codes.O_HOLD, 24)
    give(pair, CORPS, codes.O_ATTACK, 10, until=3)
    chain.transmit(S, M, P, W, pair)
    for day in range(1, 12):
        S.day = day
        chain.transmit(S, M, P, W, books())
        if day <= 3:
            assert S.u_order[a] == codes.O_ATTACK
    assert S.u_order[a] == codes.O_HOLD


def test_a_line_is_spread_over_neighbouring_hexes():
    S, M, P, W, a, b = world()
    pair = books()
    give(pair, CORPS, codes.O_DELAY, 24)
    chain.transmit(S, M, P, W, pair)
    assert S.u_target[a] == 24
    assert S.u_target[b] in set(M.next[24].tolist())


def test_here_means_where_each_unit_stands():
    S, M, P, W, a, b = world()
    pair = books()
    give(pair, CORPS, codes.O_DELAY, NOWHERE)
    chain.transmit(S, M, P, W, pair)
    assert (S.u_target[a], S.u_target[b]) == (24, 26)


def test_an_order_of_the_other_side_is_not_heard():
    S, M, P, W, a, _ = world()
    pair = books()
    give(pair, CORPS, codes.O_ATTACK, 10, side=codes.JAPAN)
    chain.transmit(S, M, P, W, pair)
    assert S.n_order[CORPS] == codes.O_NONE
    assert S.u_order[a] == codes.O_NONE


@given(st.floats(0, 1), st.integers(0, 48), st.floats(0, 1), st.floats(0.1, 1), st.integers(1, 200))
@settings(max_examples=25, deadline=None)
def test_delay_is_the_law_rounded_by_a_die(equipment, place, busy, link, day):
    S, M, P, _, a, _ = world()
    S.day, S.u_equipment[a], S.u_linked[a] = day, equipment, link
    S.n_hex[CORPS], S.n_busy[CORPS] = place, busy
    km = plain.distance((M.x_km[place], M.y_km[place]), (M.x_km[24], M.y_km[24]))
    want = plain.days(
        P.orders_staff_hours, P.orders_equipment_relief, equipment, km, P.orders_km_per_hour,
        busy, link,
    )  # fmt: skip
    got = int(chain.delay_days(S, M, P, a, CORPS))
    assert got in (int(want), int(want) + 1)


@given(st.lists(st.integers(0, 2), min_size=4, max_size=4))
@settings(max_examples=25, deadline=None)
def test_giver_is_that_of_the_plain_twin(given_orders):
    S, _, _, _, a, b = world()
    nodes = (a, b, CORPS, ARMY)
    for node, order in zip(nodes, given_orders, strict=True):
        S.n_order[node] = order
    orders = dict(zip(nodes, given_orders, strict=True))
    superior = {a: CORPS, b: CORPS, CORPS: ARMY}
    for u in (a, b):
        assert int(chain.giver(S, u)) == plain.giver(u, orders, superior)


def test_a_cut_and_ringed_unit_hears_nothing_until_a_rider_gets_through():
    S, M, P, W, a, b = world()
    S.day = 5
    S.u_ringed[a], S.n_cut_days[a] = 2, 30
    pair = books()
    give(pair, CORPS, codes.O_ATTACK, 10)
    for day in range(5, 25):
        S.day = day
        chain.transmit(S, M, P, W, pair)
    assert S.u_order[b] == codes.O_ATTACK
    assert S.u_order[a] == codes.O_NONE


def test_contrary_orders_come_to_a_corps_in_crisis_only():
    S, M, P, W, a, b = world(orders_contrary_chance=1.0)
    chain.transmit(S, M, P, W, books())
    assert S.u_paralysed[a] == 0
    S.u_ringed[a] = 1
    chain.transmit(S, M, P, W, books())
    assert S.u_paralysed[a] in (1, 2)
    assert S.u_paralysed[b] == S.u_paralysed[a]
    S2, M, P2, W, a, b = world(orders_contrary_chance=0.0)
    S2.u_ringed[a] = 1
    chain.transmit(S2, M, P2, W, books())
    assert S2.u_paralysed[a] == 0


def in_fortress(**changes):
    """The corps holds hex 24 under a hold order and is ringed."""
    S, M, P, W, a, b = world(**changes)
    pair = books()
    give(pair, CORPS, codes.O_FORTRESS, 24, via=8)
    chain.transmit(S, M, P, W, pair)
    S.u_ringed[a] = S.u_ringed[b] = 1
    S.u_caution[a] = S.u_caution[b] = 1.0
    return S, M, P, W, a, b


def play(S, M, P, W, days):
    """Let days pass with no new orders."""
    for day in range(1, days):
        S.day = day
        chain.transmit(S, M, P, W, books())


def test_leave_always_refused_holds_them_to_the_end():
    S, M, P, W, a, b = in_fortress(
        orders_refuse_first=1.0, orders_refuse_later=1.0, orders_ask_chance=1.0
    )
    play(S, M, P, W, 60)
    assert S.u_order[a] == S.u_order[b] == codes.O_FORTRESS
    assert S.u_asked[a] > 0


def test_leave_never_refused_lets_all_go_together():
    S, M, P, W, a, b = in_fortress(
        orders_refuse_first=0.0, orders_refuse_later=0.0, orders_ask_chance=1.0,
        orders_ringed_link=1.0,
    )  # fmt: skip
    play(S, M, P, W, 12)
    assert S.u_order[a] == S.u_order[b] == codes.O_WITHDRAW
    assert S.u_target[a] == S.u_target[b] == 8
    assert S.u_since[a] == S.u_since[b]


def test_silence_is_taken_for_a_refusal():
    S, M, P, W, a, _ = in_fortress(
        orders_refuse_first=0.0, orders_refuse_later=0.0, orders_ask_chance=1.0,
        orders_ringed_link=0.0,
    )  # fmt: skip
    heard = set()
    for day in range(1, 20):
        S.day = day
        chain.transmit(S, M, P, W, books())
        heard.add(int(S.u_answer[a]))
    assert S.u_order[a] == codes.O_FORTRESS
    assert heard == {0, permission.SILENCE}


@given(st.floats(0, 1), st.floats(0, 1), st.floats(1, 20), st.floats(0, 60))
@settings(max_examples=25, deadline=None)
def test_refusal_falls_as_in_the_plain_twin(first, later, span, danger):
    P = parameters(orders_refuse_first=first, orders_refuse_later=later, orders_refuse_days=span)
    got = float(permission.refusal(P, danger))
    assert got == pytest.approx(plain.refusal(first, later, span, danger), abs=1e-12)


def test_a_unit_in_a_box_comes_onto_the_map_by_the_nearest_way():
    S, M, P, W, a, _ = world()
    S.u_status[a], S.u_box[a], S.u_hex[a] = codes.IN_BOX, 3, NOWHERE
    M.n_box_links = 2
    M.bl_box[:2], M.bl_hex[:2], M.bl_to[:2] = 3, (0, 47), -1
    M.bl_days[:2], M.bl_mode[:2], M.bl_side[:2] = 4.0, codes.BOX_ROAD, codes.CHINA
    pair = books()
    give(pair, a, codes.O_MOVE, 48)
    chain.transmit(S, M, P, W, pair)
    assert S.u_status[a] == codes.TRANSIT
    assert (S.u_due_hex[a], S.u_due_day[a]) == (47, 4)
    assert np.count_nonzero(S.u_order[a] == codes.O_MOVE)
