"""What the campaign tests ask of whole campaigns, called where the rules are compiled."""

from datetime import timedelta
from typing import Any

import numpy as np

from tairiku.batch import Batch
from tairiku.campaign import simulate
from tairiku.recording import Recorder, names_of
from tairiku.scenario.load import load_scenario
from tairiku.sim import codes
from tairiku.sim.audit import imbalances
from tairiku.sim.layout import NOWHERE
from tairiku.study.falls import ControlHistory
from tairiku.study.summary import objectives_of, summarise

ON_FOOT = (codes.INFANTRY, codes.GARRISON, codes.MILITIA, codes.ARTILLERY, codes.DRAFT)


def campaign_hash(name: str, seed: int, days: int) -> str:
    """State hash of one campaign after some days."""
    scenario = load_scenario(name)
    until = scenario.first_day + timedelta(days=days - 1)
    return simulate(scenario, seed=seed, until=until).state_hash


def batch_hashes(
    name: str, keys: list[tuple[int, int]], days: int, chunk: int, threads: int = 1
) -> list[str]:
    """State hash of each replica of a batch after some days."""
    batch = Batch.build(load_scenario(name), keys)
    return batch.play(0, days, chunk=chunk, threads=threads).hashes()


def wrong_books(seeds: list[int]) -> list[str]:
    """What does not balance, errors and lost events, on any evening of whole campaigns."""
    scenario = load_scenario("ichigo")
    batch = Batch.build(scenario, [(seed, 0) for seed in seeds])
    found: list[str] = []
    for day in range(scenario.days + 1):
        for seed, state in zip(seeds, batch.states, strict=True):
            where = f"seed {seed} after {day} days"
            found += [f"{where}: {text}" for text in imbalances(state)]
            if state.error:
                found.append(f"{where}: error {int(state.error)}")
            if state.events_lost:
                found.append(f"{where}: {int(state.events_lost)} events lost")
        if day < scenario.days:
            batch.play(day, day + 1)
    return found


def faults(seeds: list[int]) -> dict[str, list[str]]:
    """Impossible things seen on any evening of whole campaigns, by kind."""
    scenario = load_scenario("ichigo")
    batch = Batch.build(scenario, [(seed, 0) for seed in seeds])
    names = [unit.id for unit in scenario.units]
    M = batch.M
    found: dict[str, list[str]] = {"enemy": [], "water": [], "pace": [], "hunger": []}
    hungry = np.zeros((len(seeds), len(batch.states[0].u_men)), int)
    for day in range(scenario.days):
        before = [s.u_hex.copy() for s in batch.states]
        batch.play(day, day + 1)
        for replica, S in enumerate(batch.states):
            on_map = (S.u_status == codes.ON_MAP) & (S.u_kind != codes.GUERRILLA)
            for u in np.flatnonzero(on_map):
                who = names[u] if u < len(names) else f"group {u}"
                h = int(S.u_hex[u])
                place = f"seed {seeds[replica]} day {day} {who} hex {h}"
                other = 1 - int(S.u_side[u])
                if h == NOWHERE or M.terrain[h] >= codes.SEA:
                    found["water"].append(place)
                    continue
                if S.h_men[other, h] > 0:
                    found["enemy"].append(place)
                came_from = int(before[replica][u])
                if came_from != NOWHERE and S.u_posture[u] != codes.P_RAIL:
                    km = np.hypot(M.x_km[h] - M.x_km[came_from], M.y_km[h] - M.y_km[came_from])
                    if S.u_kind[u] in ON_FOOT and km > 2.1 * M.pitch_km:
                        found["pace"].append(f"{place} {km:.0f} km")
                fights = S.u_attacks[u] != NOWHERE or S.u_contact[u] > 0
                starving = S.u_fed[u] < 0.05 and fights
                hungry[replica, u] = hungry[replica, u] + 1 if starving else 0
                if hungry[replica, u] > 30:
                    found["hunger"].append(place)
    return found


def fall_days(variant: str | None, seeds: list[int]) -> dict[str, list[float]]:
    """Day of fall of each scored place by seed, from 17 April; the day after the last if none."""
    base = load_scenario("ichigo")
    scenario = load_scenario("ichigo", variant=variant)
    shift = (scenario.first_day - base.first_day).days
    batch = Batch.build(scenario, [(seed, 0) for seed in seeds])
    recorders = [Recorder(names_of(scenario)) for _ in seeds]
    for recorder, state in zip(recorders, batch.states, strict=True):
        recorder.dawn(state, batch.M)
    for day in range(scenario.days):
        batch.play(day, day + 1)
        for recorder, state in zip(recorders, batch.states, strict=True):
            recorder.evening(state, batch.M)
    found: dict[str, list[float]] = {}
    for recorder in recorders:
        tables = recorder.tables(np.datetime64(scenario.first_day))
        history = ControlHistory(tables["hexes"], scenario.days)
        for objective in objectives_of(scenario):
            if objective.kind != "place":
                continue
            hex_id = scenario.map.place_hex.get(objective.place_id)
            fall = None if hex_id is None else history.fell(hex_id)
            day = scenario.days + shift if fall is None else fall[0] + shift
            found.setdefault(objective.place_id, []).append(day)
    return found


def summary_by(sources: str, until: str) -> dict[str, Any]:
    """Summary of a short campaign by some sources."""
    return summarise(simulate("ichigo", seed=1, sources=sources, until=until))


def wrong_books_by(sources: str, days: int) -> list[str]:
    """What does not balance on any evening of a short campaign by some sources."""
    batch = Batch.build(load_scenario("ichigo", sources=sources), [(1, 0), (2, 0)])
    found: list[str] = []
    for day in range(days):
        batch.play(day, day + 1)
        for state in batch.states:
            found += [f"{sources}, day {day}: {text}" for text in imbalances(state)]
            if state.error:
                found.append(f"{sources}, day {day}: error {int(state.error)}")
    return found
