"""What is compared with a mechanism and without: the named outcomes of one campaign."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tairiku.scenario.load import Scenario
from tairiku.sim import codes
from tairiku.study.summary import LOSSES, objectives_of, phase_rows

_LOSS_COLUMNS = {
    "killed": codes.M_KILLED,
    "wounded_out": codes.M_WOUNDED,
    "captured": codes.M_CAPTURED,
    "missing": codes.M_MISSING,
    "deserted": codes.M_DESERTED,
    "disease": codes.M_DISEASE,
}
_FORCES = {"japan": codes.F_JAPAN, "china": codes.F_CHINA}
_GONE = (codes.B_LOST, codes.B_CAPTURED)
_FIRED = (codes.AMMUNITION, codes.B_CONSUMED)


@dataclass(frozen=True)
class Outcome:
    """A figure of a campaign: ``fall.luoyang`` in days, ``losses.china.captured`` in men ..."""

    name: str
    unit: str
    meaning: str


def outcomes_of(scenario: Scenario) -> list[Outcome]:
    """Return the outcomes that are read from every campaign of a scenario, in their order."""
    days = scenario.days
    found = [
        Outcome(
            f"fall.{place}",
            "day",
            f"day on which it fell; {days}, the campaign's end, if it did not",
        )
        for place, _ in scored_hexes(scenario)
    ]
    for force in _FORCES:
        found += [
            Outcome(f"losses.{force}.{kind}", "men", "since the first day") for kind in LOSSES
        ]
        found += [
            Outcome(f"sick.{force}", "men", "sick with the units, mean of all evenings"),
            Outcome(f"men.{force}", "men", "present for duty on the last evening"),
            Outcome(f"guns_lost.{force}", "guns", "destroyed, left or captured"),
            Outcome(f"trucks_lost.{force}", "trucks", "destroyed, left, captured or worn out"),
            Outcome(f"stores_lost.{force}", "t", "burnt, lost on the way or captured"),
            Outcome(f"rounds_fired.{force}", "t", "ammunition fired"),
            Outcome(f"units_ended.{force}", "units", "destroyed or dissolved"),
        ]
    found += [
        Outcome("tanks.japan", "tanks", "fit on the last evening"),
        Outcome("shut_in.china", "man-days", "men in a ring, summed over the evenings"),
        Outcome("aircraft_lost.japan", "aircraft", "shot down or destroyed on the ground"),
        Outcome("aircraft_lost.allied", "aircraft", "shot down or destroyed on the ground"),
    ]
    for name, _ in phase_rows(scenario):
        found.append(
            Outcome(
                f"hexes.{name}",
                "hexes",
                "held by Japan on the eve of the next phase, or at the end",
            )
        )
    return [
        *found,
        Outcome("airfields.lost", "airfields", "of China's side, in Japanese hands at the end"),
        Outcome("corridor.control", "0-1", "share of the corridor in Japanese hands"),
        Outcome("corridor.rail", "0-1", "share of it over which trains run"),
        Outcome("corridor.tonnes", "t/day", "what its weakest step carries"),
        Outcome("reach", "0-1", "Allied bombers' reach to Japan, mean of all evenings"),
        Outcome("civilians", "persons", "civilian deaths, low estimate"),
        Outcome("bases", "0-1", "strength of the irregulars' bases, mean of the provinces"),
        Outcome("prices", "index", "prices in Free China, 1941 = 100"),
        Outcome("pay", "0-1", "real pay of a soldier, April 1944 = 1"),
        Outcome("confidence", "0-1", "between Chungking and Washington"),
        Outcome("cabinet", "0-1", "standing of the cabinet in Tokyo"),
    ]


def scored_hexes(scenario: Scenario) -> list[tuple[str, int]]:
    """Return the scored places on the map, each with its hex, in the order of objectives.csv."""
    hexes = scenario.map.place_hex
    return [
        (objective.place_id, hexes[objective.place_id])
        for objective in objectives_of(scenario)
        if objective.kind == "place" and objective.place_id in hexes
    ]


class Observer:
    """Reads one replica's state every evening and gives its outcomes after the last.

    Parameters
    ----------
    states
        The STATE record of the replica. (1,)
    M
        The MAP.
    """

    def __init__(self, scenario: Scenario, states: Any, M: Any) -> None:
        plain = states.view(np.ndarray)
        self._one = {name: plain[name][0] for name in plain.dtype.names}
        self._g = plain
        self._scenario = scenario
        self._hexes = np.array([h for _, h in scored_hexes(scenario)], dtype=np.int64)
        self._land = np.asarray(M.terrain[: int(M.n_hexes)]) < codes.SEA
        self._fields = int(M.n_fields)
        self._provinces = int(M.n_provinces)
        self._first = self._one["h_control"][self._hexes].copy()
        self._field_first = self._one["v_side"][: self._fields].copy()
        self._holders: list[np.ndarray] = []
        self._japan: list[int] = []
        self._sick = np.zeros(len(codes.FORCE_NAMES))
        self._shut_in = 0.0
        self._reach = 0.0

    def evening(self) -> None:
        """Read the evening of a day."""
        one = self._one
        self._holders.append(one["h_control"][self._hexes].copy())
        held = one["h_control"][: len(self._land)][self._land]
        self._japan.append(int(np.count_nonzero(held == codes.JAPAN)))
        alive = one["u_status"] != codes.EMPTY
        self._sick += np.bincount(
            one["u_force"][alive], weights=one["u_sick"][alive], minlength=len(self._sick)
        )
        ringed = (one["u_ringed"] > 0) & (one["u_force"] == codes.F_CHINA)
        ringed &= one["u_status"] == codes.ON_MAP
        self._shut_in += float(one["u_men"][ringed].sum())
        self._reach += float(self._g["g_japan_reach"][0])

    def values(self, opened: Sequence[int]) -> list[float]:
        """Return the outcomes in the order of `outcomes_of`.

        Parameters
        ----------
        opened
            Day on which each Japanese phase opened, -1 never.
        """
        found = [float(day) for day in falls(np.array(self._holders), self._first)]
        for force in _FORCES.values():
            found += self._of_force(force)
        one = self._one
        japan = (one["u_force"] == codes.F_JAPAN) & (one["u_status"] == codes.ON_MAP)
        found.append(float(one["u_material"][japan, codes.TANKS].sum()))
        found.append(self._shut_in)
        for force in (codes.F_JAPAN, codes.F_ALLIED_AIR):
            book = one["g_aircraft"][force]
            found.append(float(book[codes.A_SHOT_DOWN] + book[codes.A_ON_GROUND]))
        found += self._held(opened)
        sides = one["v_side"][: self._fields]
        lost = (self._field_first == codes.CHINA) & (sides == codes.JAPAN)
        found.append(float(np.count_nonzero(lost)))
        p = self._provinces
        scalars = ("g_corridor_control", "g_corridor_rail", "g_corridor_tonnes")
        found += [float(self._g[name][0]) for name in scalars]
        found.append(self._reach / max(1, len(self._japan)))
        found.append(float(one["p_dead_low"][:p].sum()))
        found.append(float(one["p_guerrilla"][:p].mean()) if p else 0.0)
        money = ("g_prices", "g_real_pay", "g_confidence", "g_cabinet")
        return [*found, *(float(self._g[name][0]) for name in money)]

    def _of_force(self, force: int) -> list[float]:
        one = self._one
        men, material, store = one["g_men"][force], one["g_material"][force], one["g_store"][force]
        own = one["u_force"] == force
        ended = own & np.isin(one["u_status"], (codes.DESTROYED, codes.DISSOLVED))
        found = [float(men[_LOSS_COLUMNS[kind]]) for kind in LOSSES]
        return [
            *found,
            float(self._sick[force]) / max(1, len(self._japan)),
            float(one["u_men"][own].sum()),
            float(sum(material[codes.GUNS, column] for column in _GONE)),
            float(sum(material[codes.TRUCKS, column] for column in (*_GONE, codes.B_CONSUMED))),
            float(sum(store[:, column].sum() for column in _GONE)) / 1000.0,
            float(store[_FIRED]) / 1000.0,
            float(np.count_nonzero(ended)),
        ]

    def _held(self, opened: Sequence[int]) -> list[float]:
        """Hexes in Japanese hands on the eve of the phase that opens next after each."""
        found = []
        for day in opened:
            later = [other for other in opened if other > day >= 0]
            eve = min(later) - 1 if later else len(self._japan) - 1
            found.append(float(self._japan[eve]))
        return found


def falls(holders: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Day each place fell, the number of days where it did not (`tairiku.study.falls`).

    Parameters
    ----------
    holders
        Who held each place on each evening. (days, places)
    first
        Who held it at the first dawn. (places,)

    Examples
    --------
    >>> falls(np.array([[1, 1], [0, 1], [1, 1], [0, 1], [0, 0]]), np.array([1, 1]))
    array([3, 5])
    """
    days = len(holders)
    enemy = (holders != first) & (holders != codes.NO_SIDE)
    twice = enemy[:-1] & (holders[1:] == holders[:-1])
    return np.where(twice.any(axis=0), twice.argmax(axis=0), days)
