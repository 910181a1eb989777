"""summary.json of an ensemble: intervals of dates with the share that never fell, and losses."""

from typing import Any

import numpy as np

from tairiku.study.ensembles.reading import Ensemble, quantiles
from tairiku.study.ensembles.tables import ALL, LEVELS
from tairiku.study.summary import LOSSES, objectives_of, phase_rows

Figures = dict[str, Any]


def fall_days(found: Ensemble, table: str = "falls", name: str = "place") -> dict[str, np.ndarray]:
    """Day of fall by place (or field) in the order of the seeds, infinite where it never fell."""
    rows = found.numpy(f"SELECT {name}, day FROM {table} ORDER BY {name}, seed")
    ids = np.asarray(rows[name])
    days: np.ndarray = np.ma.filled(np.ma.asarray(rows["day"], float), np.inf)
    return {str(key): days[ids == key] for key in dict.fromkeys(ids.tolist())}


def share_interval(count: int, n: int) -> tuple[float, float]:
    """95 % interval of a share seen ``count`` times in ``n`` (Wilson 1927). [0-1]

    >>> [round(end, 3) for end in share_interval(5, 10)]
    [0.237, 0.763]
    """
    from scipy.stats import binomtest

    interval = binomtest(count, n).proportion_ci(0.95, method="wilson")
    return float(interval.low), float(interval.high)


def _dated(found: Ensemble, days: np.ndarray) -> Figures:
    """Share fallen, median and intervals of dates; None stands for "not within the campaign"."""
    fallen = int(np.isfinite(days).sum())
    low, high = share_interval(fallen, len(days))
    told = {
        name: found.date_of(int(value)).isoformat() if np.isfinite(value) else None
        for name, value in quantiles(days).items()
    }
    return {
        "fallen": fallen,
        "share": fallen / len(days),
        "share_low": round(low, 4),
        "share_high": round(high, 4),
        "never": len(days) - fallen,
        **told,
    }


def _counted(values: np.ndarray) -> Figures:
    whole = quantiles(np.asarray(values, float))
    return {"mean": round(float(np.mean(values)), 2), **{k: round(v, 4) for k, v in whole.items()}}


def places(found: Ensemble) -> list[Figures]:
    """Every scored place beside its sources, in the order of objectives.csv."""
    days = fall_days(found)
    told = []
    for objective in objectives_of(found.scenario):
        if objective.kind == "place" and objective.place_id in days:
            told.append(
                {
                    "id": objective.place_id,
                    "name": found.scenario.map.place[objective.place_id].name,
                    "phase": objective.phase,
                    **_dated(found, days[objective.place_id]),
                    "de": objective.de,
                    "zh": objective.zh,
                    "claims": objective.claims,
                }
            )
    return told


def phases(found: Ensemble) -> list[Figures]:
    """When each phase of the Japanese plan opened."""
    names = dict(phase_rows(found.scenario))
    days = fall_days(found, "phases", "phase")
    keys = [key for key in names if key in days]
    return [{"id": key, "name": names[key], **_dated(found, days[key])} for key in keys]


def losses(found: Ensemble) -> Figures:
    """Men lost by force, phase and cause: mean, median and intervals over the replicas.

    A phase counts the replicas in which it opened, and says how many they are.
    """
    columns = ", ".join(LOSSES)
    rows = found.numpy(
        f"SELECT force, phase, {columns}, {' + '.join(LOSSES)} AS lost FROM losses "
        "ORDER BY force, phase, seed"
    )
    force, phase = np.asarray(rows["force"]), np.asarray(rows["phase"])
    result: Figures = {}
    for name in dict.fromkeys(force.tolist()):
        mine = force == name
        if not np.asarray(rows["lost"])[mine].any():
            continue
        keys = [ALL, *(key for key, _ in phase_rows(found.scenario))]
        result[str(name)] = {
            key: {
                "replicas": int((mine & (phase == key)).sum()),
                **{
                    cause: _counted(np.asarray(rows[cause])[mine & (phase == key)])
                    for cause in (*LOSSES, "lost")
                },
            }
            for key in keys
            if (mine & (phase == key)).any()
        }
    return result


def airfields(found: Ensemble) -> Figures:
    """How many Chinese and American fields fell, and the share in which each did."""
    count = np.asarray(found.numpy("SELECT airfields_lost FROM replicas")["airfields_lost"])
    days = fall_days(found, "airfields", "field")
    known = {field.id: field.name for field in found.scenario.map.airfields}
    return {
        "lost": _counted(count),
        "fields": [
            {"id": key, "name": known.get(key, key), **_dated(found, when)}
            for key, when in days.items()
            if np.isfinite(when).any()
        ],
    }


def corridor(found: Ensemble) -> Figures:
    """The corridor's three answers on the last evening."""
    rows = found.numpy("SELECT * EXCLUDE (seed, state_hash) FROM replicas ORDER BY seed")
    told: Figures = {}
    for name in ("control", "rail"):
        values = np.asarray(rows[f"corridor_{name}"])
        count = int((values >= 1.0).sum())
        low, high = share_interval(count, len(values))
        told[name] = {
            "whole": count,
            "share_whole": count / len(values),
            "share_low": round(low, 4),
            "share_high": round(high, 4),
            **_counted(values),
        }
    told["tonnes_per_day"] = _counted(np.asarray(rows["corridor_tonnes"]))
    return told


def strength(found: Ensemble) -> list[Figures]:
    """Men present and hexes held at the dawn of the first day and on the last evening."""
    rows = found.sql(
        "SELECT force, quantity, day, low95, median, high95 FROM bands WHERE day IN (-1, "
        f"{found.days - 1}) AND quantity IN ('men', 'hexes') ORDER BY force, quantity, day"
    ).fetchall()
    names = ("force", "quantity", "day", "low95", "median", "high95")
    return [dict(zip(names, row, strict=True)) for row in rows if any(row[3:])]


def summarise_ensemble(found: Ensemble) -> Figures:
    """All of summary.json."""
    about = {name: value for name, value in found.about.items() if name != "parts"}
    return {
        **about,
        "replicas": found.done,
        "levels": list(LEVELS),
        "places": places(found),
        "phases": phases(found),
        "losses": losses(found),
        "airfields": airfields(found),
        "corridor": corridor(found),
        "strength": strength(found),
    }
