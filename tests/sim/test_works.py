"""Field works: dug, inherited, left to fall in."""

from tairiku.sim import codes
from tairiku.sim.works import work
from tests.sim.supply_world import empty_world
from tests.sim.world import add_unit


def dig(days, posture=codes.P_PREPARED, people=0, men=10_000, **changes):
    S, M, P, W = empty_world(3, 1, **changes)
    M.people[1] = people
    u = add_unit(S, 1, codes.CHINA, men)
    S.u_posture[u] = posture
    for day in range(days):
        S.day = day
        work(S, M, P, W)
    return S, M, P, W, u


def test_a_corps_digs_half_a_fortress_in_six_or_seven_weeks() -> None:
    S, *_ = dig(45)
    assert 35 <= S.h_works[1] <= 60
    assert 0 < S.u_dug.max() <= 30


def test_the_people_of_a_town_help() -> None:
    assert dig(20, people=20_000)[0].h_works[1] > dig(20)[0].h_works[1]


def test_who_marches_or_rests_digs_nothing_for_others() -> None:
    S, M, P, W, u = dig(10, posture=codes.P_REST)
    assert S.h_works[1] == 0
    assert S.u_dug[u] == 5.0
    S.u_km_today[u] = 12.0
    work(S, M, P, W)
    assert S.u_dug[u] == 0.0


def test_works_turn_with_the_hex_and_decay_empty() -> None:
    S, M, P, W, _ = dig(1)
    S.h_works[1], S.h_since[1], S.day = 50, 9, 9
    work(S, M, P, W)
    assert 18 <= S.h_works[1] <= 22
    S.h_works[2] = 50
    for day in range(10, 110):
        S.day = day
        work(S, M, P, W)
    assert 10 <= S.h_works[2] <= 28
