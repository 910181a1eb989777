"""The same seed gives the same bytes: two processes, compiled or not, any batch, any threads."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from . import plays

DAYS = 12

CODE = """
import sys
from pathlib import Path
from tairiku.campaign import simulate
from tairiku.scenario.load import load_scenario
s = load_scenario('tiny')
from datetime import timedelta
run = simulate(s, seed=int(sys.argv[2]), until=s.first_day + timedelta(days=int(sys.argv[3]) - 1))
folder = Path(sys.argv[1]); folder.mkdir()
run.save(folder)
print(run.state_hash)
"""


def play_in_a_process(
    folder: Path, seed: int, days: int, **environment: str
) -> tuple[str, dict[str, str]]:
    """State hash and the digest of each table, of a campaign played in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(folder), str(seed), str(days)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    tables = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*.parquet"))
    }
    return done.stdout.split()[-1], tables


@pytest.mark.usefixtures("compiled")
def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    first = play_in_a_process(tmp_path / "a", 3, 30)
    second = play_in_a_process(tmp_path / "b", 3, 30)
    assert len(first[1]) == 7
    assert first == second


@pytest.mark.slow
@pytest.mark.usefixtures("compiled")
def test_interpreted_equals_compiled(tmp_path: Path) -> None:
    compiled = play_in_a_process(tmp_path / "a", 2, DAYS)
    interpreted = play_in_a_process(tmp_path / "b", 2, DAYS, NUMBA_DISABLE_JIT="1")
    assert interpreted == compiled


def test_another_seed_is_another_campaign(compiled: Callable[..., Any]) -> None:
    first, second = (compiled(plays.campaign_hash, "tiny", seed, 30) for seed in (1, 2))
    assert first != second


def test_batches_and_threads_do_not_matter(compiled: Callable[..., Any]) -> None:
    keys = [(seed, 0) for seed in range(1, 65)]
    one_by_one = compiled(plays.batch_hashes, "tiny", keys, DAYS, 1)
    assert len(set(one_by_one)) == len(keys)
    for chunk, threads in ((7, 1), (64, 1), (7, 2)):
        assert compiled(plays.batch_hashes, "tiny", keys, DAYS, chunk, threads) == one_by_one


def test_a_batch_is_the_single_campaign(compiled: Callable[..., Any]) -> None:
    hashes = compiled(plays.batch_hashes, "ichigo", [(5, 0), (6, 0), (7, 0)], 8, 2, 2)
    assert compiled(plays.campaign_hash, "ichigo", 6, 8) == hashes[1]


def test_replicas_of_one_seed_differ(compiled: Callable[..., Any]) -> None:
    hashes = compiled(plays.batch_hashes, "tiny", [(1, 0), (1, 1)], DAYS, 64)
    assert hashes[0] != hashes[1]
