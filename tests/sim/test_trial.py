"""Battles by the campaign's own law: against the plain twin, by hand, and with addressed dice."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tairiku.sim import codes, firepower, trial
from tairiku.sim.exchange import cover, exchange
from tests.oracles import engagement as plain
from tests.sim.world import parameters

POSTURE = {
    "hasty_defence": codes.P_HASTY,
    "prepared_defence": codes.P_PREPARED,
    "fortified_defence": codes.P_FORTIFIED,
    "delay": codes.P_DELAY,
    "withdrawal": codes.P_WITHDRAW,
}
# lethality 1 for everybody, no armour, no air: the bare law
BARE = {
    "combat_lethality": 1.0,
    "combat_gun_weight": 0.0,
    "combat_armour_kill": 0.0,
    "combat_contact_ratio": 1.0e9,
}

men = st.floats(200, 300_000)


def sides(a, d, **arms):
    """Sums of two sides of average men, arms such as tanks=(50, 0)."""
    sums = np.zeros((2, 16))
    for part, n in enumerate((a, d)):
        for k in (
            firepower.X_MEN,
            firepower.X_WORTH,
            firepower.X_TRAINING,
            firepower.X_ARMS,
            firepower.X_ROUNDS,
        ):
            sums[part, k] = n
        for name, values in arms.items():
            sums[part, getattr(firepower, f"X_{name.upper()}")] = values[part]
    return sums


def fought(P, start, days=3, posture=codes.P_HASTY, e=(1.0, 1.0)):
    """A battle on dry plain ground."""
    return trial.battle(P, start, np.zeros((2, 16)), days, posture, False, 1.0, *e)


@settings(deadline=None)
@given(men, men, st.integers(1, 20), st.sampled_from(sorted(POSTURE)), st.booleans())
def test_battle_equals_the_plain_twin(a, d, days, posture, wet):
    start = sides(a, d, tanks=(50.0, 0.0))
    got = trial.battle(
        parameters(**BARE),
        start,
        np.zeros((2, 16)),
        days,
        POSTURE[posture],
        wet,
        1.0,
        1.1,
        0.9,
    )
    m_a, m_d = plain.modifiers(posture, wet, 50.0 / a * 1000)
    want = plain.battle(plain.Law(), a, d, days, m_a * 1.1, m_d * 0.9)
    assert got == pytest.approx(want, rel=1e-8)


def test_first_day_by_hand_with_arms():
    """20,000 against 20,000: guns raise the enemy's losses, sorties too, as printed."""
    P = parameters(**{**BARE, "combat_gun_weight": 0.1, "combat_air_support": 0.04})
    start = sides(20_000, 20_000, guns=(80.0, 20.0), support=(100.0, 0.0))
    f_a, f_d = fought(P, start, days=1)
    assert f_a == pytest.approx(0.041 * (1 + 0.1 * 1), rel=1e-9)
    assert f_d == pytest.approx(0.032 * (1 + 0.1 * 4) * (1 + 0.04 * 5), rel=1e-9)


@settings(deadline=None)
@given(st.floats(0, 200), st.floats(0, 300), st.floats(0, 0.5), st.floats(0, 0.5))
def test_cover_equals_the_plain_twin(tanks, sorties, t, s):
    P = parameters(combat_tank_power_d=t, combat_air_power_d=s)
    sums = sides(5_000, 2_000, tanks=(0.0, tanks), support=(0.0, sorties))
    want = plain.cover(tanks / 2, sorties / 5, t, s)
    assert cover(P, sums, 5_000.0, 1.0) == pytest.approx(want, rel=1e-9)


def test_the_scenario_uses_no_cover():
    """With both powers at 0 the factor is exactly 1, whatever the arms."""
    sums = sides(5_000, 2_000, tanks=(0.0, 321.0), support=(0.0, 77.0))
    assert cover(parameters(), sums, 5_000.0, 0.7) == 1.0


def test_the_defenders_own_arms_spare_him_alone():
    P = parameters(**BARE, combat_tank_power_d=0.2, combat_air_power_d=0.2)
    poor = fought(P, sides(9_000, 6_000))
    rich = fought(P, sides(9_000, 6_000, tanks=(0.0, 60.0), support=(0.0, 40.0)))
    assert rich[1] < 0.8 * poor[1]
    assert rich[0] > 0.5 * poor[0]


def test_at_most_so_many_times_the_enemy_are_in_contact():
    P = parameters(**{**BARE, "combat_contact_ratio": 4.0})
    f_a, f_d, share_a, share_d, _ = exchange(
        P, sides(10_000, 1_000), 1, codes.P_HASTY, False, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0
    )
    assert (share_a, share_d) == (0.4, 1.0)
    assert (f_a, f_d) == pytest.approx(
        plain.day(plain.Law(), 4_000, 1_000, 4_000, 1_000, 1, 1.0, 1.0), rel=1e-9
    )


def test_nobody_to_fight():
    assert fought(parameters(), sides(0, 100)) == (0.0, 0.0)


def test_who_wins_follows_the_losses():
    """By hand: hazards h0 F/F50 of both, the battle over on the last day."""
    P = parameters()
    a = 1 - np.exp(-P.combat_h0_a * 0.05 / P.combat_f50_attack)
    d = 1 - np.exp(-P.combat_h0_d * 0.10 / P.combat_f50_hold)
    want = d * (1 - a / 2) / (1 - (1 - a) * (1 - d))
    assert trial.win_chance(P, 0.05, 0.10, codes.P_HASTY) == pytest.approx(want, rel=1e-7)
    chances = [trial.win_chance(P, 0.05, f, codes.P_HASTY) for f in (0.01, 0.05, 0.2, 0.6)]
    assert chances == sorted(chances)
    assert trial.win_chance(P, 0.05, 0.1, codes.P_DELAY) > chances[1]


def fight_all(P, places, first, runs):
    """Two battles of the same forces, with dice at the given addresses."""
    n = len(places)
    start = np.stack([sides(9_000, 6_000)] * n)
    lost, wins = np.zeros((n, 2, runs)), np.zeros((n, runs))
    trial.fight_battles(
        P,
        start,
        np.full(n, 2),
        np.full(n, codes.P_HASTY),
        np.zeros(n, dtype=bool),
        np.zeros(n, dtype=np.int64),
        np.full(n, 1944.0),
        np.array(places),
        first,
        runs,
        lost,
        wins,
    )
    return lost, wins


def test_dice_are_addressed_by_battle_and_run():
    P = parameters(**BARE)
    lost, _ = fight_all(P, [11, 12], 0, 6)
    assert np.unique(lost[:, 0]).size == 12
    alone, _ = fight_all(P, [12], 0, 6)
    later, _ = fight_all(P, [12], 4, 2)
    assert (alone[0] == lost[1]).all()
    assert (later[0] == alone[0, :, 4:]).all()


def test_without_fortune_is_the_middle_of_many_runs():
    P = parameters(**BARE)
    even, _ = fight_all(P, [5], -1, 1)
    many, _ = fight_all(P, [5], 0, 400)
    assert np.median(many[0, 0]) == pytest.approx(even[0, 0, 0], rel=0.12)
    assert np.median(many[0, 1]) == pytest.approx(even[0, 1, 0], rel=0.14)
