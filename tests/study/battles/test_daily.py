"""A campaign day by day: the same routine, begun anew when the attack passes over."""

import numpy as np
import pytest

from tairiku.base.errors import DataError
from tairiku.study.battles import daily
from tests.oracles import engagement as plain

HEAD = "date,attacker,allied_combat_manpower,german_combat_manpower,allied_combat_losses,"
HEAD += "german_combat_losses,allied_tanks,german_tanks,allied_guns,german_guns,"
HEAD += "allied_air_sorties,german_air_sorties,day\n"
DAYS = (
    "1944-12-15,german,20000,0,90,0,0,0,0,0,0,0,0\n"
    "1944-12-16,german,20000,30000,400,600,0,0,0,0,0,0,1\n"
    "1944-12-17,german,20000,30000,300,300,0,0,0,0,0,0,2\n"
    "1944-12-18,allied,20000,30000,200,300,0,0,0,0,0,0,3\n"
)
BARE = {
    "combat.lethality": 1.0,
    "combat.gun_weight": 0.0,
    "combat.armour_kill": 0.0,
    "combat.air_support": 0.0,
}


@pytest.fixture
def days(tmp_path):
    """Three days on which both sides stood in the field, one before."""
    path = tmp_path / "daily.csv"
    path.write_text(HEAD + DAYS, encoding="utf-8")
    return daily.read_days(path)


def test_rates_equal_the_plain_twin(days):
    rates = daily.rates(days, BARE, 0)
    law = plain.Law()
    german = [plain.day(law, 30000, 20000, 30000, 20000, n, 1, 1) for n in (1, 2)]
    allied = plain.day(law, 20000, 30000, 20000, 30000, 1, 1, 1)
    assert len(days) == 3
    assert rates.said[0, :2, 1] == pytest.approx([a for a, _ in german], rel=1e-8)
    assert rates.said[0, :2, 0] == pytest.approx([d for _, d in german], rel=1e-8)
    assert rates.said[0, 2] == pytest.approx(allied, rel=1e-8)
    assert rates.seen[0] == pytest.approx([0.02, 0.02])
    through = daily.rates(days, BARE, 0, counted_through=True)
    assert through.said[0, 2, 0] < rates.said[0, 2, 0]


def test_fortune_is_one_for_the_days_of_an_engagement(days):
    rates = daily.rates(days, BARE, 3)
    luck = rates.said[1:] / rates.said[0]
    assert luck[:, 0] == pytest.approx(luck[:, 1])
    assert not np.allclose(luck[:, 1], luck[:, 2])


def test_spread_by_hand():
    assert daily.spread_of(np.array([0.01, 0.1, 0.0])) == pytest.approx(0.5)
    assert daily.change_of(np.array([0.01, 0.1, 0.1])) == pytest.approx(0.5)


def test_faults_are_named(tmp_path):
    path = tmp_path / "daily.csv"
    path.write_text(HEAD + DAYS.replace("18,allied", "18,french"), encoding="utf-8")
    with pytest.raises(DataError, match="french"):
        daily.read_days(path)
