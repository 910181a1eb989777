"""Dice cast again, many at a time, without the compiler: the twin of `tairiku.sim.dice.u01`.

Philox4x32-10 (J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11), key
(seed, replica), counter (day, purpose, entity, index).  NumPy's own Philox is the 4x64 kind.
tests/study/test_explaining_dice.py holds it against the rules' own function.
"""

import numpy as np

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = 0x9E3779B9, 0xBB67AE85
_LOW, _32 = np.uint64(0xFFFFFFFF), np.uint64(32)
_ROUNDS = 10


def cast(key: tuple[int, int], counters: np.ndarray) -> np.ndarray:
    """Return the uniform numbers in (0, 1) at some addresses. (n,) [1]

    Parameters
    ----------
    key
        Seed and replica of the run.
    counters
        Day, purpose, entity and index of each die. (n, 4)
    """
    x0, x1, x2, x3 = (column & _LOW for column in counters.astype(np.int64).view(np.uint64).T)
    k0, k1 = key[0] & 0xFFFFFFFF, key[1] & 0xFFFFFFFF
    for _ in range(_ROUNDS):
        p0, p1 = _M0 * x0, _M1 * x2
        x0, x1, x2, x3 = (
            (p1 >> _32) ^ x1 ^ np.uint64(k0),
            p1 & _LOW,
            (p0 >> _32) ^ x3 ^ np.uint64(k1),
            p0 & _LOW,
        )
        k0, k1 = (k0 + _W0) & 0xFFFFFFFF, (k1 + _W1) & 0xFFFFFFFF
    bits = (x0 >> np.uint64(5)) * np.uint64(67108864) + (x1 >> np.uint64(6))
    values: np.ndarray = (bits.astype(np.float64) + 0.5) * (1.0 / 9007199254740992.0)
    return values
