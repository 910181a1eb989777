"""The one compiled entry: days of many campaigns, played by the plan commanders.

`play_days` runs the whole day (sim.day) with, between Sight and Command, the commanders of the
sides asked for; a person or an agent fills the order book instead, and asks for the two halves of
the day one at a time.
"""

from tairiku.base.kernels import use_cache

use_cache()

from typing import Any  # noqa: E402

from numba import njit  # noqa: E402

from tairiku.command.plan_commander import decide  # noqa: E402
from tairiku.command.views import look  # noqa: E402
from tairiku.sim.codes import CHINA, JAPAN  # noqa: E402
from tairiku.sim.day import close_day, open_day  # noqa: E402

# the parts of a day, to be added up
MORNING, JAPAN_DECIDES, CHINA_DECIDES, EVENING = 1, 2, 4, 8
WHOLE_DAY = MORNING | JAPAN_DECIDES | CHINA_DECIDES | EVENING


@njit(cache=True, nogil=True)
def play_days(states, M, params, work, view, orders, plans, minds, first, last, parts):
    """Play the days first .. last-1 of every replica, one replica after the other.

    Parameters
    ----------
    states, params, minds
        Records of each replica: STATE (n,), PARAMETERS (n,), MIND (n, 2).
    M, work, view
        One MAP, one WORK (scratch) and one VIEW record.
    orders
        Two ORDERS records, Japan's and China's.
    plans
        Two PLAN records.
    first, last
        Days, the second not included. [day]
    parts
        Which parts of the day: the sum of MORNING, JAPAN_DECIDES, CHINA_DECIDES, EVENING.

    Returns
    -------
    The number of replicas whose state holds an error.
    """
    wrong = 0
    for i in range(len(states)):
        S = states[i]
        P = params[i]
        for day in range(first, last):
            if parts & 1:
                open_day(S, M, P, work, day)
            if parts & 2:
                look(S, M, JAPAN, view)
                decide(view, M, P, plans[JAPAN], minds[i, JAPAN], orders[JAPAN])
            if parts & 4:
                look(S, M, CHINA, view)
                decide(view, M, P, plans[CHINA], minds[i, CHINA], orders[CHINA])
            if parts & 8:
                close_day(S, M, P, work, orders)
        if S.error != 0:
            wrong += 1
    return wrong


def _load_lightly(entry: Any) -> None:
    """Let the entry be read from disk without what Numba needs only to compile.

    Numba first fetches every implementation it knows, and SciPy's linear algebra with them, which
    takes longer than reading the entry.  Should a later Numba have no such place to take hold of,
    the plain way is taken, and only takes longer.
    """
    cache = getattr(entry, "_cache", None)
    if cache is None or not hasattr(cache, "_load_overload"):
        return  # nothing is compiled, or a Numba that we do not know

    def load_overload(signature: Any, context: Any) -> Any:
        from numba.core.runtime import rtsys

        rtsys.initialize(context)
        with cache._guard_against_spurious_io_errors():
            return cache._load_overload(signature, context)

    cache.load_overload = load_overload


_load_lightly(play_days)
