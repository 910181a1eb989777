"""Powers, logarithms and the normal quantile from our own tables: the same bits on every machine.

libm differs between platforms in the last bit; these use only +, -, *, / and sqrt, which IEEE 754
fixes, and tables shipped as data (data/exactmath, made by tools/build_exactmath.py).
"""

import csv
from importlib.resources import files

import numpy as np
from numba import njit

_STEPS = 256


def _column(name: str) -> np.ndarray:
    text = files("tairiku.data.exactmath").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return np.array([float.fromhex(row["value"]) for row in csv.DictReader(text.splitlines())])


_EXP2 = _column("exp2")  # 2^(i/256), i = 0..255
_LOG2 = _column("log2")  # log2(1 + (i+0.5)/256), i = 0..255
_LN2 = float.fromhex("0x1.62e42fefa39efp-1")
_LOG2_E = float.fromhex("0x1.71547652b82fep+0")


@njit
def _scale(x: float, k: int) -> float:
    """x * 2^k by exact doublings, |k| <= 1100."""
    f = 2.0
    n = k
    if k < 0:
        f = 0.5
        n = -k
    while n > 0:
        if n & 1:
            x = x * f
        f = f * f
        n >>= 1
    return x


@njit
def exp2(x: float) -> float:
    """2 to the power x; 0 below -1000, clipped above 1000. [1]"""
    if x < -1000.0:
        return 0.0
    if x > 1000.0:
        x = 1000.0
    k = np.int64(np.floor(x))
    t = (x - np.float64(k)) * 256.0
    i = np.int64(t)
    if i > 255:
        i = np.int64(255)
    r = (t - np.float64(i)) * (1.0 / 256.0) * _LN2
    p = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0)))))
    return _scale(_EXP2[i] * p, k)


@njit
def log2(x: float) -> float:
    """Logarithm to base 2 of x; -1100 where x is not positive. [1]"""
    if x <= 0.0:
        return -1100.0
    k = np.int64(0)
    # bring x into [1, 2) by exact scaling
    if x >= 2.0:
        step = np.int64(512)
        while step > 0:
            f = _scale(1.0, step)
            if x >= f:
                x = x * _scale(1.0, -step)
                k += step
            step >>= 1
    elif x < 1.0:
        step = np.int64(512)
        while step > 0:
            f = _scale(1.0, 1 - step)
            if x < f:
                x = x * _scale(1.0, step)
                k -= step
            step >>= 1
    i = np.int64((x - 1.0) * 256.0)
    if i > 255:
        i = np.int64(255)
    centre = 1.0 + (np.float64(i) + 0.5) * (1.0 / 256.0)
    r = (x - centre) / (x + centre)
    r2 = r * r
    ln = 2.0 * r * (1.0 + r2 * (1.0 / 3.0 + r2 * (1.0 / 5.0 + r2 * (1.0 / 7.0))))
    return np.float64(k) + _LOG2[i] + ln * _LOG2_E


@njit
def exp(x: float) -> float:
    """e to the power x. [1]"""
    return exp2(x * _LOG2_E)


@njit
def log(x: float) -> float:
    """Natural logarithm of x. [1]"""
    return log2(x) * _LN2


@njit
def power(x: float, y: float) -> float:
    """x to the power y for x >= 0; 0 where x is 0. [1]"""
    if x <= 0.0:
        return 0.0
    return exp2(y * log2(x))


@njit
def hazard(h: float) -> float:
    """The chance 1 - exp(-h) of an event with hazard h >= 0 over one day. [1]"""
    if h <= 0.0:
        return 0.0
    return 1.0 - exp(-h)


@njit
def normal_quantile(p: float) -> float:
    """The standard normal quantile of p in (0, 1).

    Wichura's algorithm AS 241, PPND16 (Applied Statistics 37 (1988) 477-484).
    """
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        num = (
            (
                (
                    (
                        (
                            (2509.0809287301226727 * r + 33430.575583588128105) * r
                            + 67265.770927008700853
                        )
                        * r
                        + 45921.953931549871457
                    )
                    * r
                    + 13731.693765509461125
                )
                * r
                + 1971.5909503065514427
            )
            * r
            + 133.14166789178437745
        ) * r + 3.387132872796366608
        den = (
            (
                (
                    (
                        (
                            (5226.495278852545925 * r + 28729.085735721942674) * r
                            + 39307.89580009271061
                        )
                        * r
                        + 21213.794301586595867
                    )
                    * r
                    + 5394.1960214247511077
                )
                * r
                + 687.1870074920579083
            )
            * r
            + 42.313330701600911252
        ) * r + 1.0
        return q * num / den
    r = p if q < 0.0 else 1.0 - p
    r = np.sqrt(-log(r))
    if r <= 5.0:
        r -= 1.6
        num = (
            (
                (
                    (
                        (
                            (7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r
                            + 0.24178072517745061177
                        )
                        * r
                        + 1.27045825245236838258
                    )
                    * r
                    + 3.64784832476320460504
                )
                * r
                + 5.7694972214606914055
            )
            * r
            + 4.6303378461565452959
        ) * r + 1.42343711074968357734
        den = (
            (
                (
                    (
                        (
                            (1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r
                            + 0.0151986665636164571966
                        )
                        * r
                        + 0.14810397642748007459
                    )
                    * r
                    + 0.68976733498510000455
                )
                * r
                + 1.6763848301838038494
            )
            * r
            + 2.05319162663775882187
        ) * r + 1.0
    else:
        r -= 5.0
        num = (
            (
                (
                    (
                        (
                            (2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
                            + 0.0012426609473880784386
                        )
                        * r
                        + 0.026532189526576123093
                    )
                    * r
                    + 0.29656057182850489123
                )
                * r
                + 1.7848265399172913358
            )
            * r
            + 5.4637849111641143699
        ) * r + 6.6579046435011037772
        den = (
            (
                (
                    (
                        (
                            (2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r
                            + 1.8463183175100546818e-5
                        )
                        * r
                        + 7.868691311456132591e-4
                    )
                    * r
                    + 0.0148753612908506148525
                )
                * r
                + 0.13692988092273580531
            )
            * r
            + 0.59983220655588793769
        ) * r + 1.0
    x = num / den
    return -x if q < 0.0 else x
