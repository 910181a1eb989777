"""Settings of every test: rules run as plain Python, Hypothesis waits and repeats itself.

Tests of one rule at a time would wait minutes for the compiler, so in the test process itself
Numba compiles nothing.  That compiled and interpreted rules give the same bytes is tested in
tests/campaign, whose campaigns are played in processes of their own, compiled once.
"""

import numba
from hypothesis import HealthCheck, settings

numba.config.DISABLE_JIT = 1

settings.register_profile(
    "tairiku",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tairiku")
