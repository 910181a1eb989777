"""A what-if as it lies in its folder: an ensemble without and one with each change, and effects."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from tairiku.base.errors import TairikuError
from tairiku.replay import Coded, Table, columns_of
from tairiku.study.ensembles.folder import read_manifest, write_json, write_tables
from tairiku.study.ensembles.reading import Ensemble
from tairiku.study.whatifs.pairs import HINT, LEVEL, NONE, REAL, RESAMPLES, SAME, effects
from tairiku.study.whatifs.quantities import gain_by_day, paired

MANIFEST = "whatif.json"
BASE = "base"
EFFECTS_VERSION = 1  # of effects.json; another one is worked out afresh from the parts
GROUPS = ("dates", "chances", "losses", "airfields", "corridor")
_NUMBERS = ("base", "changed", "effect", "low", "high", "p", "q")

EFFECTS = {
    "effects": columns_of(
        "variant|VARCHAR|name|what was changed",
        "group|VARCHAR|name|dates, chances, losses, airfields, corridor",
        "id|VARCHAR|id|the quantity within the group",
        "label|VARCHAR|name|for a reader",
        "unit|VARCHAR|unit|of base, changed, effect, low, high",
        "base|DOUBLE|-|mean without the change",
        "changed|DOUBLE|-|mean with the change",
        "effect|DOUBLE|-|mean of the paired differences",
        "low|DOUBLE|-|lower end of its 95 % interval",
        "high|DOUBLE|-|upper end",
        "p|DOUBLE|0-1|chance of as large a difference if the change did nothing",
        "q|DOUBLE|0-1|the same with regard to the number of quantities",
        "pairs|INTEGER|pairs|pairs of campaigns",
        "differing|INTEGER|pairs|in which the quantity differs",
        "gain|DOUBLE|1|gain of pairing; NaN where no pair differs",
        "verdict|VARCHAR|name|effect, hint, none, same",
    )
}


class WhatIf:
    """Campaigns in pairs, in the folder that `whatif` made.

    Raises
    ------
    RequestError
        There is no what-if in the folder.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.about = read_manifest(self.folder, MANIFEST)

    @property
    def base(self) -> Ensemble:
        """The campaigns without a change."""
        return Ensemble(self.folder / BASE)

    @property
    def labels(self) -> list[str]:
        """The changes, as they were asked for."""
        return list(self.about["variants"])

    def changed(self, label: str) -> Ensemble:
        """The campaigns with a change."""
        return Ensemble(self.folder / label)

    @property
    def campaigns(self) -> int:
        """Campaigns in all, pairs times two for one change."""
        return int(self.about["n"]) * (1 + len(self.labels))

    @property
    def done(self) -> int:
        """Campaigns whose results are on disk."""
        homes = [self.folder / name for name in (BASE, *self.labels)]
        return sum(Ensemble(home).done for home in homes if (home / "ensemble.json").is_file())

    @property
    def complete(self) -> bool:
        """Whether all of them have been played."""
        return self.done == self.campaigns

    def effects(self) -> dict[str, Any]:
        """The effects, as in effects.json; worked out where they are not yet written."""
        path = self.folder / "effects.json"
        if path.is_file():
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if found.get("effects_version") == EFFECTS_VERSION:
                return found
        return work_out(self)


def is_whatif(folder: Path) -> bool:
    """Whether a folder holds a what-if."""
    return (folder / MANIFEST).is_file()


def work_out(found: WhatIf) -> dict[str, Any]:
    """The effects of each change on every quantity, with who argued it and from which claims."""
    base = found.base
    variants = []
    for label in found.labels:
        changed = found.changed(label)
        names, values, horizon = paired(base, changed)
        rows = [
            {**asdict(name), **_rounded(asdict(effect))}
            for name, effect in zip(names, effects(values), strict=True)
        ]
        argument = changed.about["argument"]
        variants.append(
            {
                **argument,
                "label": label,
                "claims": claims_of(argument["claims"]),
                "scenario_hash": changed.about["scenario_hash"],
                "horizon_days": horizon,
                "gain": _gains(rows),
                "gain_by_day": gain_by_day(base, changed),
                "verdicts": {
                    v: sum(r["verdict"] == v for r in rows) for v in (REAL, HINT, NONE, SAME)
                },
                "effects": rows,
            }
        )
    kept = {name: value for name, value in base.about.items() if name not in ("parts", "argument")}
    return {
        **kept,
        "kind": "whatif",
        "effects_version": EFFECTS_VERSION,
        "pairs": base.done,
        "level": LEVEL,
        "resamples": RESAMPLES,
        "variants": variants,
    }


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    """The last digits of a mean depend on the order of addition; they are no figure of ours."""
    for name in (*_NUMBERS, "gain"):
        if row[name] is not None:
            row[name] = float(f"{row[name]:.7g}")
    return row


def _gains(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Median gain of pairing by group, over the quantities that differ in some pair."""
    found: dict[str, Any] = {}
    for group in GROUPS:
        gains = [r["gain"] for r in rows if r["group"] == group and r["gain"] is not None]
        found[group] = float(f"{np.median(gains):.4g}") if gains else None
    return found


def claims_of(ids: list[str]) -> list[dict[str, str]]:
    """What the record says under each claim of a variant; nothing where it has no such claim."""
    from tairiku.record.load import load_record

    try:
        record = load_record()
    except TairikuError:  # the figures do not hang on it
        return [{"id": key, "source": "", "locator": "", "statement": ""} for key in ids]
    told = []
    for key in ids:
        claim = record.claims.get(key)
        told.append(
            {
                "id": key,
                "source": record.source_of.get(key, ""),
                "locator": claim.locator if claim else "",
                "statement": claim.statement if claim else "",
            }
        )
    return told


def finish(folder: Path) -> dict[str, Any]:
    """Write effects.json and effects.parquet; the effects."""
    found = WhatIf(folder)
    told = work_out(found)
    rows = [(v["label"], row) for v in told["variants"] for row in v["effects"]]
    table: Table = {}
    for column in EFFECTS["effects"]:
        values = [label if column.name == "variant" else row[column.name] for label, row in rows]
        if column.type == "VARCHAR":
            names = list(dict.fromkeys(values))
            at = np.array([names.index(value) for value in values], np.int32)
            table[column.name] = Coded(at, names)
        else:
            table[column.name] = np.array([np.nan if v is None else v for v in values], float)
    footer = {name: str(told[name]) for name in ("scenario", "scenario_hash", "kernels", "pairs")}
    write_tables(folder, {"effects": table}, {**footer, "schema_version": "1"}, EFFECTS)
    write_json(folder / "effects.json", told)
    return told
