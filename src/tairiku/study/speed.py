"""The speed of the engine, measured here: what `tairiku bench` prints."""

import os
import subprocess
import sys
import time
from typing import Any

from tairiku.scenario.load import load_scenario


def warm_start_seconds() -> float:
    """Time of a fresh process from its start to its first day played, rules compiled. [s]"""
    code = (
        "from tairiku.campaign import simulate; "
        "from tairiku.scenario.load import load_scenario; s = load_scenario('ichigo'); "
        "simulate(s, until=s.first_day)"
    )
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    return time.perf_counter() - started


def help_seconds(runs: int = 5) -> float:
    """Shortest of a few times of `tairiku --help` as a process. [s]"""
    best = float("inf")
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "tairiku", "--help"], check=True, capture_output=True)
        best = min(best, time.perf_counter() - started)
    return best


def measure(name: str, campaigns: int) -> dict[str, Any]:
    """Play ``campaigns`` campaigns on one thread and on all; speeds, with what each means.

    Parameters
    ----------
    name
        Scenario.
    campaigns
        How many; each has its own seed, so that no branch predictor learns the day.
    """
    from tairiku.batch import Batch
    from tairiku.sim.layout import STATE

    scenario = load_scenario(name)
    days = scenario.days
    started = time.perf_counter()
    first = Batch.build(scenario, [(1, 0)]).play(0, 1)
    cold = time.perf_counter() - started
    del first

    keys = [(seed, 0) for seed in range(1, campaigns + 1)]
    batch = Batch.build(scenario, keys)
    units = int((batch.states[0].u_status != 0).sum())
    started = time.perf_counter()
    batch.play(0, days)
    one = time.perf_counter() - started

    cores = os.cpu_count() or 1
    batch = Batch.build(scenario, keys)
    started = time.perf_counter()
    batch.play(0, days, threads=cores, chunk=max(1, campaigns // (2 * cores)))
    many = time.perf_counter() - started
    return {
        "scenario": name,
        "days": days,
        "units": units,
        "campaigns": campaigns,
        "cores": cores,
        "compile_or_load_s": cold,
        "campaign_ms_one_core": 1000.0 * one / campaigns,
        "campaigns_per_s_one_core": campaigns / one,
        "campaigns_per_s_all_cores": campaigns / many,
        "unit_days_per_s_one_core": units * days * campaigns / one,
        "warm_start_s": warm_start_seconds(),
        "help_s": help_seconds(),
        "state_bytes": STATE.itemsize,
    }


MEANING = {
    "days": "days of the campaign",
    "units": "units on the first morning, on the map and on their way",
    "campaigns": "campaigns played for these figures",
    "cores": "cores of this machine",
    "compile_or_load_s": "building the world and one day, the rules compiled or loaded",
    "campaign_ms_one_core": "one whole campaign on one core [ms]",
    "campaigns_per_s_one_core": "whole campaigns a second, one core",
    "campaigns_per_s_all_cores": "whole campaigns a second, all cores",
    "unit_days_per_s_one_core": "units times days a second, one core",
    "warm_start_s": "a fresh process to its first day played, rules already compiled [s]",
    "help_s": "tairiku --help as a process [s]",
    "state_bytes": "bytes of one campaign's state",
}


def shares(name: str, campaigns: int) -> dict[str, Any]:
    """Time of each rule a day, over ``campaigns`` campaigns after one that warms the fields up.

    The clock between the rules is the processor's cycle counter, scaled to the time of the whole.

    Returns
    -------
    scenario, campaigns, us_per_day, and ``rules``: rule, us_per_day, share, the dearest first.
    """
    from tairiku.batch import Batch
    from tairiku.command.profiling import LAPS, new_laps, profile_days
    from tairiku.command.setup import new_orders, new_view
    from tairiku.sim.setup import new_work

    scenario = load_scenario(name)
    batch = Batch.build(scenario, [(seed, 0) for seed in range(1, campaigns + 2)])
    desk = (new_work(), new_view(), new_orders(), batch.plans)
    laps = new_laps()
    for part in (slice(0, 1), slice(1, None)):
        laps[:] = 0
        started = time.perf_counter()
        states, params, minds = batch.states[part], batch.params[part], batch.minds[part]
        profile_days(states, batch.M, params, *desk, minds, 0, scenario.days, laps)
        seconds = time.perf_counter() - started
    day = 1e6 * seconds / (campaigns * scenario.days)
    parts = [float(lap) / float(laps.sum()) for lap in laps]
    rules = [
        {"rule": rule, "us_per_day": day * part, "share": part}
        for part, rule in sorted(zip(parts, LAPS, strict=True), reverse=True)
    ]
    return {"scenario": name, "campaigns": campaigns, "us_per_day": day, "rules": rules}
