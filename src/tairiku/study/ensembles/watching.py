"""What a study keeps of a campaign, read from its state each evening without recording it whole.

A replay of 300 units a day costs as much as playing; a study needs the strength and the losses of
each force, who holds which hex, when phases opened, and the corridor on the last evening.
"""

import hashlib
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from tairiku.sim import codes
from tairiku.study.summary import LOSSES

FORCES = codes.FORCE_NAMES
BOOKS = {
    "killed": codes.M_KILLED,
    "wounded_out": codes.M_WOUNDED,
    "captured": codes.M_CAPTURED,
    "missing": codes.M_MISSING,
    "deserted": codes.M_DESERTED,
    "disease": codes.M_DISEASE,
}
_PHASE_OPENS = codes.EVENT_NAMES.index("phase-opens")
_NONE = codes.SIDE_NAMES.index("none")
NEVER = -1


@dataclass
class Outcomes:
    """What became of some replicas; row r of every array is replica r.

    Attributes
    ----------
    seeds
        Key of each. (r,)
    hashes
        SHA-256 of each last state. (r,) text
    first, fell, to
        Who held each hex at dawn, the day it fell (-1 never) and to whom. (r, hexes)
    men, absent
        Present for duty, and away to return, on day -1 (dawn), 0, 1 ... (r, days + 1, forces) [men]
    books
        Lost since the first day, by cause of `LOSSES`. (r, days + 1, forces, 6) [men]
    held
        Land hexes held by Japan and by China. (r, days + 1, 2)
    opened
        Day on which each Japanese phase opened, -1 never. (r, phases)
    corridor
        On the last evening: share held, share with trains, t a day. (r, 3)
    """

    seeds: np.ndarray
    hashes: np.ndarray
    first: np.ndarray
    fell: np.ndarray
    to: np.ndarray
    men: np.ndarray
    absent: np.ndarray
    books: np.ndarray
    held: np.ndarray
    opened: np.ndarray
    corridor: np.ndarray

    @classmethod
    def blank(cls, replicas: int, hexes: int, days: int, phases: int) -> "Outcomes":
        """Outcomes with nothing in them yet."""
        daily = (replicas, days + 1, len(FORCES))
        return cls(
            seeds=np.zeros(replicas, np.int64),
            hashes=np.zeros(replicas, "U64"),
            first=np.zeros((replicas, hexes), np.int8),
            fell=np.full((replicas, hexes), NEVER, np.int16),
            to=np.full((replicas, hexes), NEVER, np.int8),
            men=np.zeros(daily, np.int32),
            absent=np.zeros(daily, np.int32),
            books=np.zeros((*daily, len(LOSSES)), np.int32),
            held=np.zeros((replicas, days + 1, 2), np.int16),
            opened=np.full((replicas, phases), NEVER, np.int16),
            corridor=np.zeros((replicas, 3)),
        )

    @classmethod
    def joined(cls, parts: list["Outcomes"]) -> "Outcomes":
        """Outcomes of several parts, one after the other."""
        names = [field.name for field in fields(cls)]
        return cls(**{n: np.concatenate([getattr(part, n) for part in parts]) for n in names})


class Watch:
    """Reads one replica's state every evening into its row of the outcomes.

    Parameters
    ----------
    states
        The STATE record of the replica. (1,)
    M
        The MAP.
    """

    def __init__(self, states: Any, M: Any, found: Outcomes, row: int, seed: int) -> None:
        n = int(M.n_hexes)
        plain = states.view(np.ndarray)
        self._states = plain
        self._one = {name: plain[name][0] for name in plain.dtype.names}
        self._land = np.asarray(M.terrain[:n]) < codes.SEA
        self._control = self._one["h_control"][:n]
        self._found, self._row = found, row
        found.seeds[row] = seed
        found.first[row] = self._control
        self._before = self._control.copy()
        self._evening(-1)

    def evening(self, day: int) -> None:
        """Read the evening of a day."""
        found, row = self._found, self._row
        now = self._control
        # the first holder's enemy has held it on two evenings running (tairiku.study.falls)
        fallen = (now == self._before) & (now != found.first[row]) & (now != _NONE)
        fallen &= self._land & (found.fell[row] == NEVER)
        if fallen.any():
            found.fell[row, fallen] = day - 1
            found.to[row, fallen] = now[fallen]
        self._before = now.copy()
        self._phases(day)
        self._evening(day)

    def _phases(self, day: int) -> None:
        events = self._one["events"][: int(self._states["n_events"][0])]
        opens = (events["kind"] == _PHASE_OPENS) & (events["side"] == codes.JAPAN)
        for number in events["a"][opens]:
            index = int(number)
            if index < self._found.opened.shape[1] and self._found.opened[self._row, index] < 0:
                self._found.opened[self._row, index] = day

    def _evening(self, day: int) -> None:
        one, found, row, at = self._one, self._found, self._row, day + 1
        alive = one["u_status"] != codes.EMPTY
        force = one["u_force"][alive]
        away = one["u_sick"] + one["u_wounded"] + one["u_stragglers"]
        kinds = len(FORCES)
        found.men[row, at] = np.bincount(force, weights=one["u_men"][alive], minlength=kinds)
        found.absent[row, at] = np.bincount(force, weights=away[alive], minlength=kinds)
        found.books[row, at] = one["g_men"][:, [BOOKS[cause] for cause in LOSSES]]
        found.held[row, at] = np.bincount(self._control[self._land], minlength=3)[:2]

    def end(self) -> None:
        """Read the last evening: the corridor, and the hash of the state."""
        found, row = self._found, self._row
        names = ("g_corridor_control", "g_corridor_rail", "g_corridor_tonnes")
        found.corridor[row] = [float(self._states[name][0]) for name in names]
        found.hashes[row] = hashlib.sha256(self._states.tobytes()).hexdigest()
