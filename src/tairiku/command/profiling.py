"""Where the time of a day goes: the day of sim.day with a clock between its rules.

`profile_days` is a compiled entry of its own; it is made only when `tairiku bench --profile` asks.
"""

from tairiku.base.kernels import use_cache

use_cache()

import time  # noqa: E402

import numpy as np  # noqa: E402
from numba import config, njit, types  # noqa: E402
from numba.extending import intrinsic  # noqa: E402

from tairiku.command.plan_commander import decide  # noqa: E402
from tairiku.command.views import look  # noqa: E402
from tairiku.sim.air import fly  # noqa: E402
from tairiku.sim.arrivals import arrive  # noqa: E402
from tairiku.sim.chain import transmit  # noqa: E402
from tairiku.sim.combat import fight  # noqa: E402
from tairiku.sim.connectivity import connect  # noqa: E402
from tairiku.sim.encirclement import encircle  # noqa: E402
from tairiku.sim.land import live  # noqa: E402
from tairiku.sim.medical import treat  # noqa: E402
from tairiku.sim.movement import march  # noqa: E402
from tairiku.sim.night import approach  # noqa: E402
from tairiku.sim.politics import govern  # noqa: E402
from tairiku.sim.pursuit import pursue  # noqa: E402
from tairiku.sim.railways import repair  # noqa: E402
from tairiku.sim.rest import rest  # noqa: E402
from tairiku.sim.score import reckon  # noqa: E402
from tairiku.sim.siege import besiege  # noqa: E402
from tairiku.sim.sight import see  # noqa: E402
from tairiku.sim.supply import supply  # noqa: E402
from tairiku.sim.weather import change_weather  # noqa: E402
from tairiku.sim.works import work  # noqa: E402

# the laps of a day, in order: rule or, for a commander, what he does
LAPS = (
    "change_weather",
    "arrive",
    "see",
    "look: japan",
    "decide: japan",
    "look: china",
    "decide: china",
    "transmit",
    "supply",
    "approach",
    "fly",
    "march",
    "fight",
    "pursue",
    "connect",
    "besiege",
    "encircle",
    "treat",
    "rest",
    "work",
    "repair",
    "live",
    "govern",
    "reckon",
)


def new_laps() -> np.ndarray:
    """Cycles of each lap so far, none. (LAPS,)"""
    return np.zeros(len(LAPS), np.uint64)


def _counter(typing):
    """The processor's cycle counter."""

    def code(context, builder, signature, arguments):
        from llvmlite import ir

        reading = ir.FunctionType(ir.IntType(64), [])
        counter = builder.module.declare_intrinsic("llvm.readcyclecounter", (), reading)
        return builder.call(counter, [])

    return types.uint64(), code


cycles = time.perf_counter_ns if config.DISABLE_JIT else intrinsic(_counter)


@njit
def _lap(laps, i: int, since):
    """Add the cycles since the last reading to lap i; the new reading."""
    now = np.uint64(cycles())
    laps[i] += now - since
    return now


@njit(cache=True, nogil=True)
def profile_days(states, M, params, W, view, orders, plans, minds, first, last, laps):
    """Play days as `play_days` does; the cycles of each rule are added to ``laps`` (LAPS,)."""
    for i in range(len(states)):
        S = states[i]
        P = params[i]
        for day in range(first, last):
            t = np.uint64(cycles())
            S.day = day
            S.n_events = 0
            S.events_lost = 0
            change_weather(S, M, P, W)
            t = _lap(laps, 0, t)
            arrive(S, M, P, W)
            t = _lap(laps, 1, t)
            see(S, M, P, W)
            t = _lap(laps, 2, t)
            for side in range(2):
                look(S, M, side, view)
                t = _lap(laps, 3 + 2 * side, t)
                decide(view, M, P, plans[side], minds[i, side], orders[side])
                t = _lap(laps, 4 + 2 * side, t)
            transmit(S, M, P, W, orders)
            t = _lap(laps, 7, t)
            supply(S, M, P, W)
            t = _lap(laps, 8, t)
            approach(S, M, P, W)
            t = _lap(laps, 9, t)
            fly(S, M, P, W)
            t = _lap(laps, 10, t)
            march(S, M, P, W)
            t = _lap(laps, 11, t)
            fight(S, M, P, W)
            t = _lap(laps, 12, t)
            pursue(S, M, P, W)
            t = _lap(laps, 13, t)
            connect(S, M, P, W)
            t = _lap(laps, 14, t)
            besiege(S, M, P, W)
            t = _lap(laps, 15, t)
            encircle(S, M, P, W)
            t = _lap(laps, 16, t)
            treat(S, M, P, W)
            t = _lap(laps, 17, t)
            rest(S, M, P, W)
            t = _lap(laps, 18, t)
            work(S, M, P, W)
            t = _lap(laps, 19, t)
            repair(S, M, P, W)
            t = _lap(laps, 20, t)
            live(S, M, P, W)
            t = _lap(laps, 21, t)
            govern(S, M, P, W)
            t = _lap(laps, 22, t)
            reckon(S, M, P, W)
            t = _lap(laps, 23, t)
    return 0
