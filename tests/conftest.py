"""Settings of every test: rules run as plain Python, Hypothesis waits and repeats itself.

Tests of one rule at a time would wait minutes for the compiler, so in the test process itself
Numba compiles nothing.  That compiled and interpreted rules give the same bytes is tested in
tests/campaign, whose campaigns are played in processes of their own, compiled once.
"""

from typing import Any

import numba
import pytest
from hypothesis import HealthCheck, settings

numba.config.DISABLE_JIT = 1

settings.register_profile(
    "tairiku",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tairiku")

# what stays together on one worker of pytest-xdist, by the beginning of its name
TOGETHER = {
    "tests/campaign/": "compiled",  # the rules are compiled once,
    "tests/test_cli.py": "compiled",  # by whoever of these comes first
    "tests/browser/": "browser",  # each test goes on from the page the last one left
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share out single tests, but keep together what belongs together."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            for beginning, group in TOGETHER.items():
                if nodeid.startswith(beginning):
                    return group
            return nodeid

    return Scheduling(config, log)
