"""What each side believes: contact, patrols, agents, fading; errors by a factor."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import codes, layout, sight
from tairiku.sim.layout import NOWHERE
from tests.sim.world import add_unit as put_unit
from tests.sim.world import bare_map, bare_state, parameters

QUIET = {
    "sight_scout_chance": 0.0,
    "sight_agents_chance": 0.0,
    "sight_wireless_chance": 0.0,
}


def add_unit(S, hex_id, side, men=10_000):
    """Put a unit on the map with its zone about it, as placement.py keeps it."""
    u = put_unit(S, hex_id, side, men)
    for n in (hex_id, *bare_map().next[hex_id]):
        if n != NOWHERE:
            S.h_zone[side, n] += men
    return u


def world(**changes):
    M = bare_map()
    return bare_state(M), M, parameters(**changes), layout.new(layout.WORK)[0]


def test_in_contact_both_see_each_other_to_within_a_factor():
    S, M, P, W = world(**QUIET)
    add_unit(S, 24, codes.JAPAN, 14_000)
    add_unit(S, 25, codes.CHINA, 7_000)
    sight.see(S, M, P, W)
    for side, h, men in ((codes.CHINA, 24, 14_000), (codes.JAPAN, 25, 7_000)):
        assert S.h_seen[side, h] == S.day
        assert abs(math.log(int(S.h_belief[side, h]) / men)) < 5 * P.sight_contact_error


def test_far_away_nothing_is_seen_without_agents():
    S, M, P, W = world(**QUIET)
    add_unit(S, 0, codes.JAPAN)
    add_unit(S, 48, codes.CHINA)
    sight.see(S, M, P, W)
    assert S.h_belief[codes.CHINA, 0] == 0
    assert S.h_seen[codes.CHINA, 0] == -1


def test_patrols_look_one_hex_further():
    S, M, P, W = world(**(QUIET | {"sight_scout_chance": 1.0}))
    add_unit(S, 24, codes.JAPAN)
    add_unit(S, 26, codes.CHINA)
    sight.see(S, M, P, W)
    assert S.h_belief[codes.CHINA, 24] > 0
    assert S.h_belief[codes.JAPAN, 26] > 0


def test_an_empty_neighbour_is_known_to_be_empty():
    S, M, P, W = world(**QUIET)
    add_unit(S, 24, codes.JAPAN)
    S.h_belief[codes.JAPAN, 25] = 9000
    S.h_belief[codes.JAPAN, 48] = 9000
    sight.see(S, M, P, W)
    assert S.h_belief[codes.JAPAN, 25] == 0
    assert S.h_belief[codes.JAPAN, 48] == 9000


@given(st.integers(1, 60_000), st.integers(1, 60))
@settings(max_examples=12, deadline=None)
def test_an_old_belief_only_fades_and_ends_at_nothing(men, days):
    S, M, P, W = world(**QUIET)
    S.h_belief[0, 30], S.h_seen[0, 30] = men, 0
    last = men
    for day in range(days):
        S.day = day
        sight.see(S, M, P, W)
        now = int(S.h_belief[0, 30])
        assert 0 <= now <= last
        if day <= P.sight_keep_days:
            assert now == men
        last = now
    S.day = 400
    for _ in range(200):
        sight.fade(S, M, P)
    assert S.h_belief[0, 30] == 0


def test_errors_of_a_report_have_the_declared_spread():
    S, _, P, _ = world(**QUIET)
    add_unit(S, 24, codes.JAPAN, 10_000)
    logs = []
    for day in range(400):
        S.day = day
        sight.report(S, P, codes.CHINA, 24, 0.4)
        logs.append(math.log(int(S.h_belief[codes.CHINA, 24]) / 10_000))
    assert abs(np.mean(logs)) < 0.1
    assert 0.34 < np.std(logs) < 0.46
