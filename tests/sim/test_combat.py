"""A day of battle on a flat map: who loses what, who goes, who takes the ground."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import audit, codes, layout
from tairiku.sim import combat as rule
from tairiku.sim.layout import NOWHERE
from tairiku.sim.pursuit import pursue
from tests.oracles import engagement as plain
from tests.sim.world import add_unit, bare_map, bare_state, parameters

KINDS = (codes.INFANTRY, codes.TANK, codes.CAVALRY, codes.ARTILLERY)
TARGET, WEST, EAST = 24, 23, 25  # the middle of 7 x 7 and its neighbours


def give(S, u, kind, n):
    """Put n pieces into a unit and the books."""
    S.u_material[u, kind] += n
    S.g_material[S.u_force[u], kind, codes.B_INITIAL] += n


def stock(S, u, store, kg):
    """Put stores into a unit and the books."""
    S.u_store[u, store] += kg
    S.g_store[S.u_force[u], store, codes.B_INITIAL] += kg


def attack(S, u, hex_id=TARGET, posture=codes.P_ATTACK):
    """Order unit u to attack a hex today."""
    S.u_attacks[u], S.u_posture[u], S.u_order[u] = hex_id, posture, codes.O_ATTACK
    S.u_target[u] = hex_id


def field(seed=1, **changes):
    """A Japanese division of 15,000 in the west before a Chinese one of 8,000."""
    M = bare_map()
    S = bare_state(M)
    P = parameters(key_seed=seed, **changes)
    W = layout.new(layout.WORK)[0]
    j = add_unit(S, WEST, codes.JAPAN, 15_000)
    c = add_unit(S, TARGET, codes.CHINA, 8_000)
    S.u_order[c], S.u_target[c], S.u_posture[c] = codes.O_HOLD, TARGET, codes.P_HASTY
    S.u_training[j], S.u_equipment[j], S.u_training[c], S.u_equipment[c] = 0.75, 0.63, 0.5, 0.4
    S.u_from[c] = EAST
    for u, guns, trucks, horses in ((j, 60, 200, 3000), (c, 12, 20, 300)):
        give(S, u, codes.GUNS, guns)
        give(S, u, codes.TRUCKS, trucks)
        give(S, u, codes.HORSES, horses)
        for store in range(3):
            stock(S, u, store, 60_000)
    attack(S, j)
    return S, M, P, W, j, c


def events(S, kind):
    """Today's events of a kind."""
    return [S.events[i] for i in range(S.n_events) if S.events[i].kind == kind]


def day(S, M, P, W):
    """Combat and pursuit of one more day."""
    S.n_events = 0
    rule.fight(S, M, P, W)
    pursue(S, M, P, W)
    S.day += 1


CALM = {f"combat_{name}": 0.0 for name in ("sd_a", "sd_d", "h0_a", "h0_d", "spare")}


def test_one_day_by_hand():
    """Losses of the first day from the printed formulas, all modifiers typed in by hand."""
    S, M, P, W, j, c = field(**CALM, combat_staff_rate=0.0)
    rule.fight(S, M, P, W)
    w_j = 1.38 * 0.75**1.3 * (0.63 + 0.154 * 4.0)
    w_c = 1.38 * 0.5**1.3 * (0.4 + 0.154 * 1.5)
    assert w_j == pytest.approx(1.18, abs=0.02)  # a Japanese field division
    assert w_c == pytest.approx(0.35, abs=0.02)  # a Chinese one
    f_a, f_d = plain.day(plain.Law(), 15_000, 8_000, 15_000, 8_000, 1, w_c, w_j)
    battle = events(S, codes.E_BATTLE)[0]
    assert (battle.a, battle.b, battle.e) == (15_000, 8_000, 1)
    assert battle.c == pytest.approx(0.7 * f_a * 15_000, abs=1)
    assert battle.d == pytest.approx(0.7 * f_d * 8_000, abs=1)
    assert S.u_loss_today[j] == battle.c == 15_000 - S.u_men[j]
    assert S.u_loss_today[c] == battle.d == 8_000 - S.u_men[c]
    assert S.u_contact[j] == S.u_contact[c] == 1
    assert audit.imbalances(S) == []


def test_later_days_cost_less_and_contact_ends():
    S, M, P, W, j, c = field(**CALM)
    day(S, M, P, W)
    first = int(S.u_loss_today[c])
    day(S, M, P, W)
    assert S.u_contact[c] == 2
    assert int(S.u_loss_today[c]) < 0.7 * first
    S.u_attacks[j] = NOWHERE
    for _ in range(4):
        day(S, M, P, W)
    assert S.u_contact[c] == 0
    assert S.u_loss_today[c] == 0


def test_an_assault_begins_a_new_engagement():
    S, M, P, W, j, c = field(**CALM)
    day(S, M, P, W)
    day(S, M, P, W)
    attack(S, j, posture=codes.P_ASSAULT)
    day(S, M, P, W)
    assert S.u_contact[c] == 1


def test_the_beaten_go_and_the_winner_follows():
    S, M, P, W, j, c = field(combat_h0_d=1e6, combat_h0_a=0.0, combat_follow_km=50.0)
    day(S, M, P, W)
    assert S.u_hex[c] not in (TARGET, WEST, NOWHERE)
    assert S.u_posture[c] in (codes.P_WITHDRAW, codes.P_ROUT)
    assert S.u_hex[j] == TARGET
    assert S.h_control[TARGET] == codes.JAPAN
    assert S.u_success_day[j] == 0
    assert len(events(S, codes.E_CONTROL)) == 1
    assert audit.imbalances(S) == []


def test_a_repulsed_attacker_halts():
    S, M, P, W, j, c = field(combat_h0_a=1e6, combat_h0_d=0.0)
    day(S, M, P, W)
    assert S.u_attacks[j] == NOWHERE
    assert S.u_halt_days[j] == 3
    assert len(events(S, codes.E_BROKEN_OFF)) == 1
    assert S.u_hex[c] == TARGET


def test_a_rout_leaves_guns_that_the_enemy_takes():
    S, M, P, W, j, c = field(combat_h0_d=1e6, combat_h0_a=0.0, combat_rout_base=1.0)
    before = int(S.u_material[j, codes.GUNS])
    day(S, M, P, W)
    assert S.u_posture[c] == codes.P_ROUT
    assert S.u_stragglers[c] > 300
    assert S.u_material[c, codes.GUNS] < 8
    assert S.u_material[j, codes.GUNS] > before - 2
    assert events(S, codes.E_ROUT)[0].b > 3
    assert S.g_material[codes.F_JAPAN, codes.GUNS, codes.B_TAKEN] > 0
    assert audit.imbalances(S) == []


def test_a_garrison_under_a_hold_order_stays():
    S, M, P, W, _j, c = field(combat_h0_d=1e6, combat_h0_a=0.0)
    M.n_cities, M.city[TARGET], M.c_hex[0], M.c_zone_count[0] = 1, 0, TARGET, 4.0
    S.c_zones[0] = 4.0
    S.u_order[c] = codes.O_FORTRESS
    day(S, M, P, W)
    assert S.u_hex[c] == TARGET
    S.u_answer[c] = 2  # permitted
    day(S, M, P, W)
    assert S.u_hex[c] != TARGET


def test_no_way_out_no_retreat():
    S, M, P, W, _j, c = field(combat_h0_d=1e6, combat_h0_a=0.0)
    for n in M.next[TARGET]:
        if n not in (WEST, NOWHERE):
            add_unit(S, int(n), codes.JAPAN, 5_000)
    day(S, M, P, W)
    assert S.u_hex[c] == TARGET
    assert S.u_men[c] > 7_000


def test_two_that_meet_fight_once():
    S, M, P, W, _j, c = field(**CALM)
    attack(S, c, hex_id=WEST)
    day(S, M, P, W)
    assert len(events(S, codes.E_BATTLE)) == 1
    assert S.u_attacks[c] == NOWHERE


def mean_losses(change, n=20, **changes):
    """Mean losses of the first day over seeds after ``change(S, M, j, c)``."""
    total = np.zeros(2)
    for seed in range(n):
        S, M, P, W, j, c = field(seed=seed, **(CALM | changes))
        change(S, M, j, c)
        rule.fight(S, M, P, W)
        total += (S.u_loss_today[j], S.u_loss_today[c])
    return total / n


def nothing(S, M, j, c):
    """No change."""


def test_material_causes_all_pull_the_right_way():
    base = mean_losses(nothing)

    def hungry(S, M, j, c):
        S.u_fed[c], S.u_rounds[c] = 0.3, 0.2

    def armour(S, M, j, c):
        give(S, j, codes.TANKS, 150)

    def armour_and_guns(S, M, j, c):
        give(S, j, codes.TANKS, 150)
        give(S, c, codes.AT_GUNS, 60)

    def works(S, M, j, c):
        S.u_posture[c] = codes.P_FORTIFIED
        S.h_works[TARGET] = 90

    def works_and_shells(S, M, j, c):
        works(S, M, j, c)
        give(S, j, codes.GUNS, 60)

    def support(S, M, j, c):
        S.u_air_support[j] = 60.0

    def river(S, M, j, c):
        M.river[WEST, list(M.next[WEST]).index(TARGET)] = 3

    def mud(S, M, j, c):
        S.w_ground[:] = codes.GROUND_MUD

    def delay(S, M, j, c):
        S.u_posture[c] = codes.P_DELAY

    got = {f.__name__: mean_losses(f) for f in (hungry, armour, works, support, river, mud, delay)}
    assert got["hungry"][0] < base[0]
    assert got["hungry"][1] > base[1]
    assert got["armour"][0] < base[0]
    assert got["armour"][1] > base[1]
    assert mean_losses(armour_and_guns)[1] < got["armour"][1]
    assert got["works"][1] < base[1]
    assert mean_losses(works_and_shells)[1] > got["works"][1]
    assert got["support"][1] > base[1]
    assert got["river"][0] > base[0]
    assert (got["mud"] < base).all()
    assert (got["delay"] < 0.5 * base).all()


def test_another_command_attacks_apart():
    def second(S, M, j, c, superior):
        k = add_unit(S, EAST, codes.JAPAN, 15_000)
        attack(S, k)
        S.n_superior[j], S.n_superior[k] = 500, superior

    together = mean_losses(lambda *x: second(*x, 500))
    apart = mean_losses(lambda *x: second(*x, 501))
    assert apart[1] < together[1]
    assert apart[0] > together[0]


def test_tanks_are_lost_to_anti_tank_guns():
    S, M, P, W, j, c = field(**CALM)
    give(S, j, codes.TANKS, 70)
    give(S, c, codes.AT_GUNS, 12)
    day(S, M, P, W)
    assert 0 < 70 - S.u_material[j, codes.TANKS] <= 14
    assert audit.imbalances(S) == []


def test_ammunition_of_a_division_in_a_day():
    """9-10 t in an ordinary fight of a full division, about 30 t in an assault (model)."""
    S, M, P, W, j, _c = field(**CALM)
    S.u_men[j], S.g_men[codes.F_JAPAN, 0] = 17_000, 17_000
    day(S, M, P, W)
    assert 8_000 < 60_000 - S.u_store[j, codes.AMMUNITION] < 11_000
    before = int(S.u_store[j, codes.AMMUNITION])
    attack(S, j, posture=codes.P_ASSAULT)
    day(S, M, P, W)
    assert 25_000 < before - S.u_store[j, codes.AMMUNITION] < 32_000


def test_pursuers_catch_the_routed():
    S, M, P, W, j, c = field()
    S.u_attacks[j] = NOWHERE
    S.u_posture[c], S.u_rout_days[c] = codes.P_ROUT, 3
    before = int(S.u_men[c])
    pursue(S, M, P, W)
    foot = before - int(S.u_men[c])
    assert 0.02 * before < foot < 0.13 * before
    assert events(S, codes.E_PURSUIT)[0].other == j
    S2, M2, P2, W2, j2, c2 = field()
    S2.u_kind[j2], S2.u_men[j2], S2.g_men[codes.F_JAPAN, 0] = codes.TANK, 2_500, 2_500
    S2.u_posture[c2], S2.u_attacks[j2] = codes.P_ROUT, NOWHERE
    pursue(S2, M2, P2, W2)
    assert before - int(S2.u_men[c2]) > 0.9 * foot  # a sixth of the men, in tanks
    S2.u_posture[c2], S2.u_contact_day[c2] = codes.P_WITHDRAW, 0
    before = int(S2.u_men[c2])
    pursue(S2, M2, P2, W2)
    assert before - int(S2.u_men[c2]) < 0.05 * before
    assert audit.imbalances(S) == []


def test_a_spent_unit_is_dissolved():
    S, M, P, W, _j, c = field(**CALM)
    S.u_men[c], S.g_men[codes.F_CHINA, 0] = 300, 300
    for _ in range(12):
        day(S, M, P, W)
    assert S.u_status[c] == codes.DISSOLVED
    assert S.u_hex[c] == NOWHERE
    assert S.u_men[c] == 0
    assert audit.imbalances(S) == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.data())
def test_books_and_bounds_on_random_fields(seed, data):
    """Ten units thrown on the map attack what is beside them for six days; nothing leaks."""
    M = bare_map()
    S = bare_state(M)
    P = parameters(key_seed=seed)
    W = layout.new(layout.WORK)[0]
    sides: dict[int, int] = {}
    for _ in range(10):
        h = data.draw(st.integers(8, 40))
        side = sides.setdefault(h, data.draw(st.integers(0, 1)))
        kind = data.draw(
            st.sampled_from((codes.INFANTRY, codes.TANK, codes.CAVALRY, codes.ARTILLERY))
        )
        u = add_unit(S, h, side, data.draw(st.integers(100, 20_000)), kind)
        S.u_order[u] = data.draw(st.integers(0, 11))
        S.u_posture[u] = data.draw(st.integers(0, 10))
        S.u_cohesion[u] = data.draw(st.floats(0.1, 1))
        S.u_rounds[u] = data.draw(st.floats(0, 1))
        S.u_outflanked[u] = data.draw(st.integers(0, 1))
        for kind in range(6):
            give(S, u, kind, data.draw(st.integers(0, 60)))
        stock(S, u, codes.AMMUNITION, data.draw(st.integers(0, 30_000)))
    for _ in range(6):
        for u in range(S.n_units):
            S.u_attacks[u] = NOWHERE
            if S.u_status[u] != codes.ON_MAP:
                continue
            for n in M.next[S.u_hex[u]]:
                if n != NOWHERE and S.h_men[1 - S.u_side[u], n] > 0:
                    S.u_attacks[u] = n
        day(S, M, P, W)
        assert audit.imbalances(S) == []
        assert (S.u_men[: S.n_units] >= 0).all()
        assert (S.u_cohesion[: S.n_units] > 0).all()
        for u in range(S.n_units):
            assert S.u_lost[u] <= 1.0
            if S.u_status[u] == codes.ON_MAP:
                assert S.h_men[1 - S.u_side[u], S.u_hex[u]] == 0
