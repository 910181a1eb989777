"""The day's log: every loss, retreat, refusal and halt is an event with its numbers."""

from numba import njit

from tairiku.sim.layout import EVENTS


@njit
def log_event(S, kind, side, hex_id, unit, other, a, b, c, d, e) -> None:
    """Append one event to today's log; one that finds no room is counted as lost."""
    i = S.n_events
    if i >= EVENTS:
        S.events_lost += 1
        return
    ev = S.events[i]
    ev.kind = kind
    ev.side = side
    ev.hex = hex_id
    ev.unit = unit
    ev.other = other
    ev.a = a
    ev.b = b
    ev.c = c
    ev.d = d
    ev.e = e
    S.n_events = i + 1
