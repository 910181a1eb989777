"""The check of parameters and variants: names, ranges, bases, what a variant may touch."""

import re
from typing import Any

from tairiku.base.tables import near
from tairiku.check.reading import Files
from tairiku.scenario import models
from tairiku.scenario.variants import Change, Variant, columns_of, read_variant, variant_files
from tairiku.sim.parameters import NAMES

_MECHANISM = re.compile(r"M\d{2,3}")
_CHANGED = {"units": models.Unit, "depots": models.Depot, "air": models.AirUnit}


def check_figures(files: Files) -> None:
    """Add what is wrong with parameters.toml and the files in ``variants``."""
    for name, parameter in files.parameters.items():
        _parameter(files, name, parameter)
    if "parameters" not in files.faulty:
        _names(files)
    for path in variant_files(files.folder).values():
        files.paths[path.stem] = path
        variant = read_variant(path, files.problems)
        if variant is not None:
            _variant(files, path.stem, variant)


def _parameter(files: Files, name: str, parameter: models.Parameter) -> None:
    low, high = parameter.range
    if low > high:
        files.say("parameters", None, f"{name}.range", f"[{low:g}, {high:g}]", "is upside down")
    elif not low <= parameter.value <= high:
        what = f"is outside its own range [{low:g}, {high:g}]"
        files.say("parameters", None, f"{name}.value", f"{parameter.value:g}", what)
    files.basis("parameters", None, parameter.basis, f"{name}.basis")
    for mechanism in parameter.mechanisms:
        if not _MECHANISM.fullmatch(mechanism):
            what = "is no mechanism; write M01 ... M112"
            files.say("parameters", None, f"{name}.mechanisms", mechanism, what)


def _names(files: Files) -> None:
    for name in sorted(set(NAMES) - set(files.parameters)):
        files.say("parameters", None, "", name, "is missing; a rule reads it, add its table")
    for name in sorted(set(files.parameters) - set(NAMES)):
        hint = near(name, NAMES)
        files.say("parameters", None, "", name, f"is read by no rule{hint or '; remove it'}")


def _variant(files: Files, table: str, variant: Variant) -> None:
    files.basis(table, None, variant.basis)
    if "parameters" not in files.faulty:
        for name in variant.set:
            if name not in files.parameters:
                what = f"is no parameter{near(name, files.parameters)}"
                files.say(table, None, "set", name, what)
    bridges = files.ids("bridges")
    for name in variant.bridges:
        if bridges is not None and name not in bridges:
            files.say(table, None, "bridges", name, f"is no bridge{near(name, bridges)}")
    for key, model in _CHANGED.items():
        ids = files.ids("air_units" if key == "air" else key)
        for change in getattr(variant, key):
            _change(files, table, key, change, model, ids)


def _change(
    files: Files, table: str, key: str, change: Change, model: Any, ids: dict[str, Any] | None
) -> None:
    for name in change.ids:
        if ids is not None and name not in ids:
            files.say(table, None, f"{key}.ids", name, f"is none of them{near(name, ids)}")
    formations = files.ids("formations")
    if change.under and formations is not None and change.under not in formations:
        what = f"is no formation{near(change.under, formations)}"
        files.say(table, None, f"{key}.under", change.under, what)
    for name, factor in change.multiply.items():
        if not columns_of(model, name):
            files.say(table, None, f"{key}.multiply", name, "is no column of its file")
        if factor < 0:
            files.say(table, None, f"{key}.multiply", f"{factor:g}", "is negative")
    for name in change.put:
        if name not in model.model_fields:
            files.say(table, None, f"{key}.put", name, "is no column of its file")
