"""The date a place fell: the first day on which the enemy holds its hex for two days running."""

import numpy as np

from tairiku.replay import Coded, Table


class ControlHistory:
    """Who held each hex on each evening, from the ``hexes`` table of a run.

    Parameters
    ----------
    hexes
        The table: day, hex, side; a row for each land hex on day -1, then one for each change.
    days
        Days played; a hex taken on the very last evening has not yet been held for two.
    """

    def __init__(self, hexes: Table, days: int) -> None:
        side = hexes["side"]
        names = np.asarray(side.values() if isinstance(side, Coded) else side)
        self.days = days
        self._changes: dict[int, list[tuple[int, str]]] = {}
        rows = zip(np.asarray(hexes["day"]), np.asarray(hexes["hex"]), names, strict=True)
        for day, hex_id, holder in rows:
            self._changes.setdefault(int(hex_id), []).append((int(day), str(holder)))

    def holder(self, hex_id: int, day: int) -> str | None:
        """Who holds the hex on the evening of a day; None if it is no land hex."""
        found = None
        for when, side in self._changes.get(hex_id, ()):
            if when > day:
                break
            found = side
        return found

    def first_holder(self, hex_id: int) -> str | None:
        """Who holds the hex at the first dawn."""
        changes = self._changes.get(hex_id)
        return changes[0][1] if changes else None

    def fell(self, hex_id: int) -> tuple[int, str] | None:
        """The day on which the hex fell and to whom, or None if it did not.

        Its first holder's enemy must hold it on that evening and the next.

        Examples
        --------
        >>> table = {
        ...     "day": np.array([-1, 4, 5, 8]),
        ...     "hex": np.array([7, 7, 7, 7]),
        ...     "side": np.array(["china", "japan", "china", "japan"]),
        ... }
        >>> ControlHistory(table, days=20).fell(7)
        (8, 'japan')
        """
        changes = self._changes.get(hex_id, [])
        for index, (day, side) in enumerate(changes[1:], start=1):
            if side in (changes[0][1], "none"):
                continue
            until = changes[index + 1][0] if index + 1 < len(changes) else self.days
            if until - day >= 2:
                return day, side
        return None
