"""Campaigns of these tests are played compiled, in one process of their own.

One worker plays them all (tests/conftest.py), and the rules are compiled once.
"""

import multiprocessing
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest


def begin() -> bool:
    """First thing in the process of the campaigns: compile the rules; a warning is an error."""
    from tairiku.command.compiling import compile_rules

    warnings.simplefilter("error")
    compile_rules()
    return True


@pytest.fixture(scope="session")
def compiled() -> Iterator[Callable[..., Any]]:
    """``compiled(function, *arguments)``: its result, computed where the rules are compiled."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        assert pool.submit(begin).result()
        yield lambda function, *arguments: pool.submit(function, *arguments).result()
