"""What no campaign may do, whatever the dice: walk through the enemy, over the sea, too fast."""

import numpy as np
import pytest

from tairiku.batch import Batch
from tairiku.scenario.load import load_scenario
from tairiku.sim import codes
from tairiku.sim.layout import NOWHERE

SEEDS = (1, 2, 3)
ON_FOOT = (codes.INFANTRY, codes.GARRISON, codes.MILITIA, codes.ARTILLERY, codes.DRAFT)


@pytest.fixture(scope="module")
def watched() -> dict[str, list[str]]:
    """Faults seen on any evening of a few whole campaigns, by kind."""
    scenario = load_scenario("ichigo")
    days = scenario.days
    batch = Batch.build(scenario, [(seed, 0) for seed in SEEDS])
    names = [unit.id for unit in scenario.units]
    M = batch.M
    faults: dict[str, list[str]] = {"enemy": [], "water": [], "pace": [], "hunger": []}
    hungry = np.zeros((len(SEEDS), len(batch.states[0].u_men)), int)
    for day in range(days):
        before = [s.u_hex.copy() for s in batch.states]
        batch.play(day, day + 1)
        for replica, S in enumerate(batch.states):
            on_map = (S.u_status == codes.ON_MAP) & (S.u_kind != codes.GUERRILLA)
            for u in np.flatnonzero(on_map):
                who = names[u] if u < len(names) else f"group {u}"
                h = int(S.u_hex[u])
                place = f"seed {SEEDS[replica]} day {day} {who} hex {h}"
                other = 1 - int(S.u_side[u])
                if h == NOWHERE or M.terrain[h] >= codes.SEA:
                    faults["water"].append(place)
                    continue
                if S.h_men[other, h] > 0:
                    faults["enemy"].append(place)
                came_from = int(before[replica][u])
                if came_from != NOWHERE and S.u_posture[u] != codes.P_RAIL:
                    km = np.hypot(M.x_km[h] - M.x_km[came_from], M.y_km[h] - M.y_km[came_from])
                    if S.u_kind[u] in ON_FOOT and km > 2.1 * M.pitch_km:
                        faults["pace"].append(f"{place} {km:.0f} km")
                fights = S.u_attacks[u] != NOWHERE or S.u_contact[u] > 0
                starving = S.u_fed[u] < 0.05 and fights
                hungry[replica, u] = hungry[replica, u] + 1 if starving else 0
                if hungry[replica, u] > 30:
                    faults["hunger"].append(place)
    return faults


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["enemy", "water", "pace", "hunger"])
def test_nobody_does_the_impossible(watched: dict[str, list[str]], kind: str) -> None:
    assert watched[kind][:5] == []
