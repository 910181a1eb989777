"""Arrivals: who enters, waits, leaves, is drafted; and the books of every man."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import audit, codes
from tairiku.sim.arrivals import arrive, send_drafts, send_from_box, send_into_box
from tairiku.sim.layout import NOWHERE, UNITS
from tests.sim.supply_world import empty_world
from tests.sim.world import add_unit


def boxed(S, side=codes.JAPAN, men=10_000):
    """A unit in box 3."""
    u = add_unit(S, 0, side, men)
    S.h_first[0], S.h_men[side, 0], S.u_mate[u] = -1, 0, -1
    S.u_hex[u], S.u_status[u], S.u_box[u] = NOWHERE, codes.IN_BOX, 3
    S.h_control[0] = codes.CHINA
    return u


def link(M, hex_id, days=2.0):
    M.n_box_links = 1
    M.bl_box[0], M.bl_hex[0], M.bl_to[0], M.bl_days[0] = 3, hex_id, -1, days


def test_a_unit_sent_from_its_box_enters_after_the_days_of_the_way() -> None:
    S, M, P, W = empty_world(4, 2)
    link(M, 5, 1.2)
    u = boxed(S)
    S.h_control[5] = codes.JAPAN
    send_from_box(S, M, u, 0)
    assert S.u_status[u] == codes.TRANSIT
    S.day = 1
    arrive(S, M, P, W)
    assert S.u_status[u] == codes.TRANSIT
    S.day = 2
    arrive(S, M, P, W)
    assert S.u_status[u] == codes.ON_MAP
    assert S.u_hex[u] == 5
    assert S.h_men[codes.JAPAN, 5] == 10_000
    assert S.events[0].kind == codes.E_ARRIVAL


def test_it_enters_beside_an_enemy_and_waits_where_all_is_barred() -> None:
    S, M, P, W = empty_world(4, 1)
    link(M, 0)
    u = boxed(S)
    send_from_box(S, M, u, 0)
    S.day = 5
    arrive(S, M, P, W)
    assert S.u_status[u] == codes.TRANSIT, "the Chinese hold everything"
    S.h_control[1] = codes.JAPAN
    arrive(S, M, P, W)
    assert S.u_hex[u] == 1


def test_into_a_box_and_out_again() -> None:
    S, M, P, W = empty_world(4, 1)
    link(M, 2)
    S.h_control[2] = codes.JAPAN
    u = add_unit(S, 2, codes.JAPAN)
    send_into_box(S, M, u, 0)
    assert S.h_first[2] == -1
    S.day = 2
    arrive(S, M, P, W)
    assert S.u_status[u] == codes.IN_BOX
    assert S.u_box[u] == 3


def test_a_departure_closes_its_books_but_not_from_a_battle() -> None:
    S, M, P, W = empty_world(4, 1)
    u = add_unit(S, 1, codes.JAPAN)
    S.u_leaves_day[u], S.u_contact[u] = 3, 2
    S.day = 3
    arrive(S, M, P, W)
    assert S.u_status[u] == codes.ON_MAP
    S.u_contact[u], S.day = 0, 4
    arrive(S, M, P, W)
    assert S.u_status[u] == codes.DEPARTED
    assert S.g_men[codes.F_JAPAN, codes.M_LEFT] == 10_000
    assert audit.imbalances(S) == []


def test_plan_transfers_bind_and_others_only_off_the_map() -> None:
    S, M, P, W = empty_world(4, 1)
    u = add_unit(S, 1, codes.CHINA)
    M.n_transfers = 2
    M.f_day[:2], M.f_node[:2], M.f_superior[:2] = 6, u, (UNITS + 1, UNITS + 2)
    M.f_plan[:2] = (1, 0)
    S.day = 6
    arrive(S, M, P, W)
    assert S.n_superior[u] == UNITS + 1


def test_a_draft_from_wuchang_to_hengyang_marches_thirty_days_and_a_fifth_falls_out() -> None:
    S, M, P, W = empty_world(4, 1, arrivals_draft_out=0.2)
    u = add_unit(S, 1, codes.JAPAN)
    S.u_full[u] = 11_000
    S.h_way[2, 1] = 19_000  # 140 km of railway, then 300 km of broken road
    S.u_draft_day[:] = -1
    send_drafts(S, M, P)
    assert S.u_draft[u] == 1000
    assert 30 <= S.u_draft_day[u] <= 38
    S.day = S.u_draft_day[u]
    arrive(S, M, P, W)
    assert S.u_draft[u] == 0
    event = S.events[0]
    assert event.kind == codes.E_REPLACEMENTS
    assert event.a + event.b == 1000
    assert event.b == pytest.approx(200, abs=1)
    assert audit.imbalances(S) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 12_000)), min_size=1, max_size=8))
def test_no_more_drafts_than_the_month_brings(units: list[tuple[int, int]]) -> None:
    S, M, P, W = empty_world(4, 2)
    S.u_draft_day[:] = -1
    S.h_way[2, :8] = 1000
    for i, (men, full) in enumerate(units):
        u = add_unit(S, i, codes.JAPAN, men + 1)
        S.u_full[u] = full
    send_drafts(S, M, P)
    assert S.u_draft.sum() <= P.arrivals_draft_month + len(units)
    S.day = 200
    arrive(S, M, P, W)
    assert S.u_draft.sum() == 0
    assert audit.imbalances(S) == []
