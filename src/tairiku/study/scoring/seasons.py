"""Campaigns played for scoring, and what is kept of each: a few figures of every evening."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from tairiku.base.errors import ProgramError
from tairiku.batch import CHUNK, Batch
from tairiku.scenario.load import Scenario
from tairiku.sim import codes
from tairiku.study.summary import phase_rows

NOT_YET = -1


@dataclass
class Seasons:
    """What was kept of n campaigns over d days.

    Attributes
    ----------
    seeds
        Key of the dice of each. (n,)
    hexes
        The hexes watched. (h,)
    control
        Code of the side that held each at the first dawn and on each evening. (n, d + 1, h)
    men
        Books of men of each force, the first dawn first. (n, d + 1, forces, columns) [men]
    pieces
        Guns, mortars and anti-tank guns destroyed or captured, by force. (n, d + 1, forces)
    aircraft
        Aircraft lost by every cause, by force. (n, d + 1, forces)
    opened
        Day on which each phase of the Japanese plan opened, -1 if it did not. (n, phases)
    ringed
        Day on which each hex was first invested, by campaign. (n,) of {hex: day}
    taken
        Men captured in pockets and guns lost, by campaign and hex. (n,) of {hex: [men, guns]}
    corridor
        Share of the corridor in Japanese hands at the end, share open to trains, t a day. (n, 3)
    """

    scenario: Scenario
    seeds: np.ndarray
    hexes: np.ndarray
    control: np.ndarray
    men: np.ndarray
    pieces: np.ndarray
    aircraft: np.ndarray
    opened: np.ndarray
    ringed: list[dict[int, int]]
    taken: list[dict[int, list[float]]]
    corridor: np.ndarray

    @property
    def days(self) -> int:
        """Days of the campaign."""
        return self.scenario.days

    def falls(self, hex_id: int) -> list[int | None]:
        """Day on which a watched hex fell in each campaign, None where it did not. (n,)"""
        at = int(np.flatnonzero(self.hexes == hex_id)[0])
        return [None if day < 0 else int(day) for day in fall_days(self.control[:, :, at])]


def fall_days(control: np.ndarray) -> np.ndarray:
    """The day a hex fell in each campaign, -1 where it did not. (n,)

    It fell on the first day on which the enemy of its first holder holds it on that evening
    and on the next.

    Parameters
    ----------
    control
        Code of its holder at the first dawn and on each evening. (n, d + 1)
    """
    first = control[:, :1]
    now, following = control[:, 1:-1], control[:, 2:]
    fell = (now != first) & (now != codes.NO_SIDE) & (now == following)
    fell = np.pad(fell, ((0, 0), (0, 1)))  # a campaign of one day has no next evening
    days: np.ndarray = np.where(fell.any(axis=1), fell.argmax(axis=1), NOT_YET)
    return days


_PIECES = (codes.GUNS, codes.MORTARS, codes.AT_GUNS)
_PIECES_OUT = (codes.B_LOST, codes.B_CAPTURED)
_CRAFT_OUT = (codes.A_SHOT_DOWN, codes.A_ON_GROUND, codes.A_WORN)
_KINDS = {name: i for i, name in enumerate(codes.EVENT_NAMES)}
_WATCHED = tuple(_KINDS[k] for k in ("phase-opens", "siege-begins", "pocket", "capture-material"))


def play(
    scenario: Scenario,
    seeds: Sequence[int],
    hexes: Sequence[int],
    *,
    threads: int = 1,
    on_day: Callable[[int], None] | None = None,
) -> Seasons:
    """Play one campaign for each seed and keep what scoring needs.

    Parameters
    ----------
    seeds
        Keys of the dice; the campaign of a seed is the one that `tairiku run --seed` plays.
    hexes
        Hexes whose holder is watched.
    threads
        How many threads play; the results do not depend on it.
    on_day
        Called with the number of campaign days played since the last call; for progress.

    Raises
    ------
    ProgramError
        A rule met an impossibility.
    """
    watched = np.array(sorted(set(hexes)), np.int64)
    parts = [
        _play_part(scenario, seeds[at : at + CHUNK], watched, threads, on_day)
        for at in range(0, len(seeds), CHUNK)
    ]
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in ("seeds", "control", "men", "pieces", "aircraft", "opened", "corridor")
    }
    joined |= {name: [e for p in parts for e in getattr(p, name)] for name in ("ringed", "taken")}
    return Seasons(scenario=scenario, hexes=watched, **joined)


def _play_part(
    scenario: Scenario,
    seeds: Sequence[int],
    hexes: np.ndarray,
    threads: int,
    on_day: Callable[[int], None] | None,
) -> Seasons:
    whole = Batch.build(scenario, [(int(seed), 0) for seed in seeds])
    n, days, forces = len(seeds), scenario.days, len(codes.FORCE_NAMES)
    columns = len(codes.MEN_BOOK_NAMES)
    found = Seasons(
        scenario=scenario,
        seeds=np.array(seeds, np.int64),
        hexes=hexes,
        control=np.zeros((n, days + 1, len(hexes)), np.int8),
        men=np.zeros((n, days + 1, forces, columns), np.int32),
        pieces=np.zeros((n, days + 1, forces), np.int32),
        aircraft=np.zeros((n, days + 1, forces), np.int32),
        opened=np.full((n, max(1, len(phase_rows(scenario)))), NOT_YET, np.int64),
        ringed=[{} for _ in seeds],
        taken=[{} for _ in seeds],
        corridor=np.zeros((n, 3)),
    )

    def campaign(replica: int) -> None:
        # a batch of its own has a desk of its own, which keeps the fields of ways over the days
        one = slice(replica, replica + 1)
        batch = Batch(
            scenario=scenario,
            keys=whole.keys[one],
            M=whole.M,
            plans=whole.plans,
            states=whole.states[one],
            params=whole.params[one],
            minds=whole.minds[one],
        )
        _keep(found, batch.states[0], replica, 0)
        for day in range(days):
            batch.play(day, day + 1)
            _keep(found, batch.states[0], replica, day + 1)
            _events(found, batch.states[0], replica, day)
            if on_day is not None:
                on_day(1)

    with ThreadPoolExecutor(max(1, threads)) as pool:
        try:
            for done in [pool.submit(campaign, replica) for replica in range(n)]:
                done.result()
        except BaseException:  # whoever stops waits for the campaigns in play, not for the rest
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    broken = np.flatnonzero(whole.states["error"])
    if len(broken):
        at = int(broken[0])
        raise ProgramError(
            f"a rule met an impossibility (code {int(whole.states['error'][at])}) with seed "
            f"{int(found.seeds[at])}; please report it with the command you gave"
        )
    for at, name in enumerate(("g_corridor_control", "g_corridor_rail", "g_corridor_tonnes")):
        found.corridor[:, at] = whole.states[name]
    return found


def _keep(found: Seasons, S: Any, replica: int, row: int) -> None:
    """The figures of an evening, or of the first dawn (row 0)."""
    found.control[replica, row] = S["h_control"][found.hexes]
    found.men[replica, row] = S["g_men"]
    material = S["g_material"]
    found.pieces[replica, row] = sum(material[:, k, c] for k in _PIECES for c in _PIECES_OUT)
    found.aircraft[replica, row] = S["g_aircraft"][:, list(_CRAFT_OUT)].sum(axis=1)


def _events(found: Seasons, S: Any, replica: int, day: int) -> None:
    """What the day's log tells of phases, sieges and pockets."""
    events = np.asarray(S["events"])[: int(S["n_events"])]
    for event in events[np.isin(events["kind"], _WATCHED)]:
        kind, hex_id = codes.EVENT_NAMES[int(event["kind"])], int(event["hex"])
        if kind == "phase-opens":
            index = int(event["a"])
            if int(event["side"]) == codes.JAPAN and found.opened[replica, index] == NOT_YET:
                found.opened[replica, index] = day
        elif kind == "siege-begins":
            found.ringed[replica].setdefault(hex_id, day)
        elif int(event["side"]) == codes.CHINA:
            tally = found.taken[replica].setdefault(hex_id, [0.0, 0.0])
            if kind == "pocket":
                tally[0] += float(event["d"])
            else:
                tally[1] += float(event["a"])
