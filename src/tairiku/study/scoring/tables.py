"""A validation as plain tables, for JSON, CSV and Parquet."""

from typing import Any

from tairiku import __version__
from tairiku.study.scoring.answer import answers
from tairiku.study.scoring.looks import read_looks
from tairiku.study.scoring.rules import LEVELS
from tairiku.study.scoring.validate import MODEL, PlaceScore, Validation

SCHEMA_VERSION = 1
Rows = list[dict[str, Any]]


def _date(found: Validation, day: int) -> str | None:
    """The date of a campaign day, None for the censored one."""
    return None if day >= found.seasons.days else found.scenario.date_of(day).isoformat()


def _level(level: float) -> str:
    return f"{100.0 * level:g}"


def place_row(found: Validation, row: PlaceScore) -> dict[str, Any]:
    """One forecast of one place: the sources, the forecast, the score."""
    place, end = row.place, found.seasons.days
    date_of = found.scenario.date_of
    out: dict[str, Any] = {
        "forecaster": row.forecaster,
        "place": place.id,
        "name": place.name,
        "phase": place.phase,
        "held_out": found.setting.held_out(place.phase),
        "sources": "; ".join(f"{s.source} {s.text}" for s in place.said),
        "history_first": date_of(place.first).isoformat(),
        "history_best": date_of(place.best).isoformat() if place.best < end else None,
        "history_last": date_of(place.last).isoformat(),
        "median": _date(found, row.median),
        "never_share": round(row.never, 4),
        "off_days": row.off,
        "error_days": row.error,
        "censored": row.censored,
        "crps_days": round(row.crps, 4),
    }
    for i in row.intervals:
        name = _level(i.level)
        out[f"low_{name}"] = _date(found, i.low)
        out[f"high_{name}"] = _date(found, i.high)
        out[f"width_{name}"] = i.width
        out[f"reached_{name}"] = round(i.reached, 4)
        out[f"covers_{name}"] = i.covers(min(place.best, end))
        out[f"touches_{name}"] = i.touches(min(place.first, end), min(place.last, end))
    return {**out, "claims": ";".join(place.claims)}


def place_rows(found: Validation) -> Rows:
    """Every forecast of every place; the model's first, the worst of them first."""
    rivals = [row for row in found.places if row.forecaster != MODEL]
    return [place_row(found, row) for row in (*found.worst_first, *rivals)]


def source_rows(found: Validation) -> Rows:
    """Each source's interval beside the model's, and the model's CRPS by that source alone."""
    out = []
    end = found.seasons.days
    for row in found.worst_first:
        eighty = row.interval(0.8)
        for said in row.place.said:
            out.append(
                {
                    "place": row.place.id,
                    "source": said.source,
                    "text": said.text,
                    "first": found.scenario.date_of(said.first).isoformat(),
                    "last": found.scenario.date_of(said.last).isoformat(),
                    "model_low_80": _date(found, eighty.low),
                    "model_high_80": _date(found, eighty.high),
                    "touches_80": eighty.touches(min(said.first, end), min(said.last, end)),
                    "crps_days": round(row.by_source[said.source], 4),
                }
            )
    return out


def score_rows(found: Validation) -> Rows:
    """The score of each forecaster over each phase."""
    out = []
    for p in found.phases:
        row: dict[str, Any] = {
            "forecaster": p.forecaster,
            "phase": p.phase,
            "places": p.places,
            "crps_days": round(p.crps, 4),
            "mean_error_days": round(p.mean_error, 3),
            "median_error_days": round(p.median_error, 3),
            "medians_never": p.never,
        }
        for level in LEVELS:
            name, covered = _level(level), p.covered[level]
            row[f"covered_{name}"] = covered.hits
            row[f"covered_{name}_low"] = round(covered.low, 4)
            row[f"covered_{name}_high"] = round(covered.high, 4)
            row[f"touched_{name}"] = p.touched[level].hits
            row[f"width_{name}"] = round(p.width[level], 2)
            row[f"open_{name}"] = p.open_ended[level]
        out.append(row)
    return out


def figure_rows(found: Validation) -> Rows:
    """Every figure of the sources beside the campaigns."""
    return [
        {
            "id": row.id,
            "phase": row.phase,
            "figure": row.figure,
            "unit": row.unit,
            "de": row.de,
            "zh": row.zh,
            "source_low": row.low,
            "source_best": row.best,
            "source_high": row.high,
            "median": row.median,
            "low_80": row.bottom,
            "high_80": row.top,
            "campaigns": row.counted,
            "within_range": row.within_range,
            "within_factor": row.within_factor,
            "good": row.good,
            "claims": ";".join(row.claims),
            "note": row.note,
        }
        for row in found.figures
    ]


def loss_table(found: Validation) -> Rows:
    """Men lost by force, phase and cause in the campaigns."""
    return [
        {
            "force": row.force,
            "phase": row.phase,
            "what": row.what,
            "median": row.median,
            "low_80": row.bottom,
            "high_80": row.top,
            "campaigns": row.counted,
        }
        for row in found.losses
    ]


def draw_rows(found: Validation) -> Rows:
    """The day of fall of every place in every campaign; empty where it did not fall."""
    out = []
    for row in found.of(MODEL):
        days = found.seasons.falls(row.place.hex)
        for seed, day in zip(found.seasons.seeds.tolist(), days, strict=True):
            date = None if day is None else found.scenario.date_of(day).isoformat()
            out.append({"place": row.place.id, "seed": seed, "day": day, "date": date})
    return out


def tables_of(found: Validation) -> dict[str, Rows]:
    """Every table by its name."""
    return {
        "places": place_rows(found),
        "sources": source_rows(found),
        "scores": score_rows(found),
        "figures": figure_rows(found),
        "losses": loss_table(found),
        "draws": draw_rows(found),
    }


def identity_of(found: Validation) -> dict[str, str]:
    """What identifies a validation: scenario, choices, seeds, truth, model."""
    scenario, seeds = found.scenario, found.seasons.seeds
    changes = ";".join(f"{key}={value!r}" for key, value in sorted(scenario.changes.items()))
    return {
        "schema_version": str(SCHEMA_VERSION),
        "program": f"tairiku {__version__}",
        "model": found.model,
        "scenario": scenario.name,
        "scenario_hash": scenario.digest,
        "sources": scenario.sources,
        "variant": scenario.variant.name if scenario.variant else "",
        "changes": changes,
        "seeds": f"{int(seeds[0])}-{int(seeds[-1])}",
        "truth": found.truth,
    }


def as_dict(found: Validation) -> dict[str, Any]:
    """The whole validation for JSON; the draws are left to the files."""
    tables = tables_of(found)
    del tables["draws"]
    return {
        **identity_of(found),
        "campaigns": len(found.seasons.seeds),
        "calibration": list(found.setting.calibration),
        "answers": answers(found),
        "rivals": [{"name": r.name, "told": r.told} for r in found.rivals],
        **tables,
        "looks": {"path": str(found.looks), "count": len(read_looks(found.looks))},
    }
