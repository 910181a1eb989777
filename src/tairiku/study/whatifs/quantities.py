"""What a what-if compares: a number for each campaign, by quantity."""

from dataclasses import dataclass

import numpy as np

from tairiku.study.ensembles.reading import Ensemble
from tairiku.study.ensembles.summing import fall_days
from tairiku.study.ensembles.tables import ALL
from tairiku.study.summary import LOSSES, objectives_of
from tairiku.study.whatifs.pairs import gain_of_pairing

CAUSES = {
    "killed": "killed",
    "wounded_out": "wounded",
    "captured": "captured",
    "missing": "missing",
    "deserted": "deserted",
    "disease": "disease",
    "lost": "all losses",
}

SIDES = {
    "japan": "Japan",
    "china": "China",
    "communist": "Communists",
    "puppet": "Puppets",
    "allied-air": "14th Air Force",
}


@dataclass(frozen=True)
class Quantity:
    """One thing that is compared.

    Attributes
    ----------
    group
        ``dates``, ``chances`` (of a place falling), ``losses``, ``airfields`` or ``corridor``.
    id
        Short name within the group.
    label
        For a reader.
    unit
        Of its values.
    """

    group: str
    id: str
    label: str
    unit: str


def values_of(found: Ensemble, base: Ensemble, horizon: int) -> dict[Quantity, np.ndarray]:
    """Each quantity's value in every campaign, in the order of the seeds. (n,)

    Parameters
    ----------
    base
        The ensemble without the change; days are counted from its first.
    horizon
        Days within which a fall counts, the same for both: a place that has not fallen by then
        counts as that many days, so that the mean is the restricted mean time to the fall
        (Royston and Parmar 2013).
    """
    shift = (found.first_date - base.first_date).days
    told: dict[Quantity, np.ndarray] = {}
    days = fall_days(found)
    places = found.scenario.map.place
    for objective in objectives_of(found.scenario):
        if objective.kind == "place" and objective.place_id in days:
            key, name = objective.place_id, places[objective.place_id].name
            when = days[key] + shift
            told[Quantity("dates", key, name, "days")] = np.minimum(when, float(horizon))
            told[Quantity("chances", key, name, "0-1")] = (when < horizon).astype(float)
    told.update(_losses(found))
    told.update(_airfields(found, shift, horizon))
    told.update(_corridor(found))
    return told


def _losses(found: Ensemble) -> dict[Quantity, np.ndarray]:
    columns = ", ".join(LOSSES)
    rows = found.numpy(
        f"SELECT force, {columns}, {' + '.join(LOSSES)} AS lost FROM losses "
        f"WHERE phase = '{ALL}' ORDER BY force, seed"
    )
    force = np.asarray(rows["force"])
    told = {}
    for name in dict.fromkeys(force.tolist()):
        for cause, words in CAUSES.items():
            values = np.asarray(rows[cause], float)[force == name]
            told[Quantity("losses", f"{name}:{cause}", f"{SIDES[name]}, {words}", "men")] = values
    return told


def _airfields(found: Ensemble, shift: int, horizon: int) -> dict[Quantity, np.ndarray]:
    rows = found.numpy("SELECT airfields_lost FROM replicas ORDER BY seed")
    told = {
        Quantity("airfields", "lost", "Airfields lost to Japan", "fields"): np.asarray(
            rows["airfields_lost"], float
        )
    }
    known = {field.id: field.name for field in found.scenario.map.airfields}
    for key, days in fall_days(found, "airfields", "field").items():
        quantity = Quantity("airfields", key, known.get(key, key), "0-1")
        told[quantity] = (days + shift < horizon).astype(float)
    return told


def _corridor(found: Ensemble) -> dict[Quantity, np.ndarray]:
    rows = found.numpy("SELECT * EXCLUDE (seed, state_hash) FROM replicas ORDER BY seed")
    held = np.asarray(rows["corridor_control"], float)
    trains = np.asarray(rows["corridor_rail"], float)
    return {
        Quantity("corridor", "control", "Corridor held (share)", "0-1"): held,
        Quantity("corridor", "whole", "Held from end to end", "0-1"): (held >= 1.0).astype(float),
        Quantity("corridor", "rail", "Trains run on (share)", "0-1"): trains,
        Quantity("corridor", "tonnes", "Weakest link", "t/day"): np.asarray(
            rows["corridor_tonnes"], float
        ),
    }


def paired(
    base: Ensemble, changed: Ensemble
) -> tuple[list[Quantity], list[tuple[np.ndarray, np.ndarray]], int]:
    """The quantities of both, their values seed by seed, and the horizon. [days]

    A quantity that is nought in every campaign of both is left out: nobody was there to be lost.
    """
    shift = (changed.first_date - base.first_date).days
    horizon = min(base.days, changed.days + shift)
    one, other = values_of(base, base, horizon), values_of(changed, base, horizon)
    names = [
        key
        for key in one
        if key in other
        and (key.group in ("dates", "chances") or one[key].any() or other[key].any())
    ]
    return names, [(one[key], other[key]) for key in names], horizon


def gain_by_day(
    base: Ensemble, changed: Ensemble, every: int = 28
) -> dict[str, list[tuple[str, float | None]]]:
    """How the gain of pairing wears off: of all men lost so far, by side and date.

    Date by date rather than day by day, so that partners of unlike first days are compared on the
    same date; None where no pair differs yet.
    """
    lost = " + ".join(LOSSES)
    shift = (changed.first_date - base.first_date).days
    found: dict[str, list[tuple[str, float | None]]] = {"japan": [], "china": []}
    for day in range(every - 1 + max(shift, 0), base.days, every):
        for force, rows in found.items():
            one, other = (
                np.asarray(
                    e.numpy(
                        f"SELECT {lost} AS lost FROM days WHERE force = '{force}' "
                        f"AND day = {when} ORDER BY seed"
                    )["lost"],
                    float,
                )
                for e, when in ((base, day), (changed, day - shift))
            )
            gain = gain_of_pairing(one, other) if len(one) == len(other) else None
            value = None if gain is None else float(f"{gain:.4g}")
            rows.append((base.date_of(day).isoformat(), value))
    return found
