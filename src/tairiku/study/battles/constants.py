"""The constants battles are fought with: the scenario's, over them the set fitted on battles."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from tairiku.base.errors import DataError, Problem
from tairiku.scenario.load import read_parameters
from tairiku.scenario.models import Parameter
from tairiku.sim import layout

DATA = Path(str(files("tairiku.data")))
FITTED = DATA / "validation" / "combat.toml"
SCENARIO = DATA / "scenarios" / "ichigo" / "parameters.toml"
OWN = "battles"  # what the law does not read: unknown figures, the winner


@cache
def parameters(path: Path) -> Mapping[str, Parameter]:
    """The parameters of a file by their dotted names.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    problems: list[Problem] = []
    found = read_parameters(path, problems)
    if problems:
        raise DataError(problems)
    return found


def scenario_constants() -> dict[str, float]:
    """The parameters of the scenario `ichigo` by their dotted names."""
    return {name: p.value for name, p in parameters(SCENARIO).items()}


def fitted_constants() -> dict[str, float]:
    """The set fitted on all calibration battles, by dotted names."""
    return {name: p.value for name, p in parameters(FITTED).items()}


def record(constants: Mapping[str, float], seed: int = 1) -> Any:
    """The parameter record of the rules: the scenario's with ``constants`` over them."""
    P = layout.new(layout.PARAMETERS)[0]
    for name, value in {**scenario_constants(), **constants}.items():
        if not name.startswith(f"{OWN}."):
            P[layout.field_name(name)] = value
    P.key_seed, P.key_replica = np.uint64(seed), np.uint64(0)
    return P
