"""Tairiku: the open campaign simulator of Operation Ichi-Gō, China, April-December 1944.

The names of `__all__` are the Python front (docs/python.md).  Each is imported when it is first
used, so that ``import tairiku`` itself costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tairiku import record
    from tairiku.campaign import Run, simulate
    from tairiku.record.load import Record
    from tairiku.report.report import write_report
    from tairiku.report.studies import write_study_report
    from tairiku.scenario.load import Scenario, list_scenarios, load_scenario
    from tairiku.study.ensembles.ensemble import ensemble
    from tairiku.study.ensembles.reading import Ensemble
    from tairiku.study.summary import summarise, write_summary
    from tairiku.study.whatifs.reading import WhatIf
    from tairiku.study.whatifs.whatif import whatif

__version__ = "0.1.0"

__all__ = [
    "Ensemble",
    "Record",
    "Run",
    "Scenario",
    "WhatIf",
    "ensemble",
    "list_scenarios",
    "load_scenario",
    "record",
    "simulate",
    "summarise",
    "whatif",
    "write_report",
    "write_study_report",
    "write_summary",
]

_HOMES = {
    "Ensemble": "tairiku.study.ensembles.reading",
    "Record": "tairiku.record.load",
    "Run": "tairiku.campaign",
    "Scenario": "tairiku.scenario.load",
    "WhatIf": "tairiku.study.whatifs.reading",
    "ensemble": "tairiku.study.ensembles.ensemble",
    "list_scenarios": "tairiku.scenario.load",
    "load_scenario": "tairiku.scenario.load",
    "simulate": "tairiku.campaign",
    "summarise": "tairiku.study.summary",
    "whatif": "tairiku.study.whatifs.whatif",
    "write_report": "tairiku.report.report",
    "write_study_report": "tairiku.report.studies",
    "write_summary": "tairiku.study.summary",
}


def __getattr__(name: str) -> Any:
    if name == "record":  # a package that can be called
        return import_module("tairiku.record")
    if name not in _HOMES:
        raise AttributeError(f"module 'tairiku' has no '{name}' ({', '.join(__all__)})")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
