"""The report of an ensemble or a what-if: one HTML file, question and answer in words first."""

from pathlib import Path
from typing import Any

import jinja2

from tairiku.base.errors import RequestError
from tairiku.base.files import write_whole
from tairiku.report import study_figures
from tairiku.report.report import FOLDER, credits
from tairiku.report.study_figures import Figure
from tairiku.study.ensembles.folder import kept, write_safely
from tairiku.study.ensembles.reading import Ensemble, is_ensemble
from tairiku.study.ensembles.tables import ALL
from tairiku.study.whatifs.quantities import SIDES
from tairiku.study.whatifs.reading import WhatIf
from tairiku.study.whatifs.telling import answer, gain

CAVEATS = (
    "The intervals show what chance does within the model, under its plans and parameters as they "
    "are. They do not show how far the model itself may be wrong; docs/validation.md does.",
    "A place fell on the first day on which the enemy held its hex on two evenings running. A date "
    "that did not come within the campaign counts as later than every date, so that an interval "
    "may end in never.",
)
PAIRING = (
    "Pair i plays the same seed with the change and without it. The dice are addressed by day, "
    "purpose and unit, so that the two campaigns differ only through what the change changed.",
    "An effect is the mean of the paired differences; its interval is a bootstrap over pairs "
    "(bias-corrected and accelerated, 4,999 resamples, scipy.stats.bootstrap).",
    "A place that did not fall within the campaign counts as falling when it ends: the mean is the "
    "restricted mean time to the fall. Its chance of falling is given beside it.",
    "An effect is called real where its interval is off nought and it survives the control of "
    "false discoveries over all quantities of the change (Benjamini and Hochberg, 5 %; the chance "
    "of each is from exchanging partners at random, scipy.stats.permutation_test). A hint has an "
    "interval off nought, but among so many quantities that may be chance. No detectable effect "
    "does not mean none: the interval says how large it may be.",
    "The gain of pairing is the variance of the difference of two campaigns of unlike seeds, over "
    "that of a pair: so many times fewer campaigns give the same interval. About 1 says that "
    "chance had carried the two apart before the quantity was settled.",
)


def write_study_report(folder: str | Path, *, output: Path | None = None) -> Path:
    """Write the report of a study and its figures as files; the path of the report.

    Parameters
    ----------
    folder
        A folder of `tairiku.ensemble` or `tairiku.whatif`, complete.
    output
        The file to write; ``report.html`` in the folder where not given.

    Raises
    ------
    RequestError
        There is no study in the folder, or it cannot be written to.
    """
    folder = Path(folder)
    found = Ensemble(folder) if is_ensemble(folder) else WhatIf(folder)
    if not found.complete:
        raise RequestError(
            f"'{folder}' is not finished; go on with it by the command that made it and --resume"
        )
    told = _ensemble(found) if isinstance(found, Ensemble) else _whatif(found)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    text = environment.get_template("study.html").render(
        **told,
        style=(FOLDER / "templates" / "study.css").read_text(encoding="utf-8"),
        script=(FOLDER / "templates" / "study.js").read_text(encoding="utf-8"),
    )
    path = output or folder / "report.html"
    write_whole(path, text.encode())
    figures = [figure for part in told["parts"] for figure in part["figures"]]
    with kept(folder):
        (folder / "figures").mkdir(exist_ok=True)
        for figure in figures:
            write_safely(folder / "figures" / f"{figure.key}.svg", figure.svg.encode())
            write_safely(folder / "figures" / f"{figure.key}.csv", figure.csv().encode("utf-8-sig"))
    return path


def _facts(about: dict[str, Any]) -> list[tuple[str, str]]:
    names = ["program", "scenario", "sources", "variant", "first_date", "last_date", "first_seed"]
    names += ["n", "scenario_hash", "objectives_hash", "kernels", "schema_version"]
    found = [(name, str(about[name])) for name in names if about.get(name) not in (None, "")]
    if about["changes"]:
        listed = ", ".join(f"{key} = {value:g}" for key, value in about["changes"].items())
        found.append(("changes", listed))
    if about["without"]:
        found.append(("without", ", ".join(about["without"])))
    return found


def _command(about: dict[str, Any], words: str) -> str:
    parts = [f"tairiku {words}", f"-n {about['n']}", f"--seed {about['first_seed']}"]
    if about["sources"] != "reconciled":
        parts.append(f"--sources {about['sources']}")
    parts += [f"--set {key}={value:g}" for key, value in about["changes"].items()]
    parts += [f"--without {name}" for name in about["without"]]
    parts.append(f"--until {about['last_date']}")
    return " ".join(parts)


def _part(title: str, figures: list[Figure], **more: Any) -> dict[str, Any]:
    blank: dict[str, Any] = {"words": [], "tables": [], "claims": [], "key": title}
    return {**blank, "title": title, "figures": figures, **more}


def _ensemble(found: Ensemble) -> dict[str, Any]:
    summary = found.summary()
    columns, rows = study_figures.losses_table(summary)
    fields = [
        [f["name"], f"{f['share']:.3f}", study_figures.day_words(f["median"])]
        for f in summary["airfields"]["fields"]
    ]
    corridor = summary["corridor"]
    answers = [
        ["held from end to end (share of campaigns)", f"{corridor['control']['share_whole']:.3f}"],
        ["share of the way held, median", f"{corridor['control']['median']:.3f}"],
        ["trains run through (share of campaigns)", f"{corridor['rail']['share_whole']:.3f}"],
        ["share of the way with trains, median", f"{corridor['rail']['median']:.3f}"],
        ["t a day at the weakest link, median", f"{corridor['tonnes_per_day']['median']:.1f}"],
    ]
    variant = f" --variant {found.about['variant']}" if found.about["variant"] else ""
    argument = found.about["argument"]
    return {
        "title": f"{summary['n']:,} campaigns of {found.scenario.title}",
        "question": argument["question"]
        if argument
        else "If only the dice differ, how differently can this campaign go?",
        "answers": ensemble_answers(summary),
        "parts": [
            _part(
                "Dates", [study_figures.falls(found, summary), study_figures.phases(found, summary)]
            ),
            _part("Maps", study_figures.maps(found), wide=False),
            _part("Day by day", study_figures.bands(found), wide=False),
            _part(
                "Losses",
                [],
                tables=[("losses", "Men lost: median and 80 % interval", columns, rows)],
            ),
            _part(
                "Airfields and corridor",
                [],
                tables=[
                    ("airfields", "Airfields lost to Japan", ["field", "share", "median"], fields),
                    ("corridor", "The corridor on the last evening", ["answer", "value"], answers),
                ],
            ),
        ],
        "methods": list(CAVEATS),
        "facts": _facts(found.about),
        "command": _command(found.about, f"ensemble {found.about['scenario']}{variant}"),
        "credits": credits(found.scenario.map.folder),
    }


def ensemble_answers(summary: dict[str, Any]) -> list[str]:
    """The answer of an ensemble in a few sentences."""
    places = summary["places"]
    sure = [p["name"] for p in places if p["share"] >= 0.95]
    open_ = [p["name"] for p in places if 0.05 < p["share"] < 0.95]
    rare = [p["name"] for p in places if p["share"] <= 0.05]
    told = [
        f"{len(sure)} of {len(places)} places fell in at least 95 % of the campaigns"
        f"{': ' + ', '.join(sure) if sure else ''}."
    ]
    if open_:
        told.append(f"Open between falling and holding: {', '.join(open_)}.")
    if rare:
        told.append(f"Fell in at most 5 %: {', '.join(rare)}.")
    for force, phases in summary["losses"].items():
        if force in ("japan", "china"):
            lost = phases[ALL]["lost"]
            told.append(
                f"{SIDES[force]} lost {lost['median']:,.0f} men (80 % of the campaigns: "
                f"{lost['low80']:,.0f} to {lost['high80']:,.0f}), sick and deserted included."
            )
    control = summary["corridor"]["control"]
    told.append(
        f"The corridor was held from end to end on the last evening in "
        f"{control['share_whole']:.0%} of the campaigns (95 % interval "
        f"{control['share_low']:.0%} to {control['share_high']:.0%})."
    )
    return told


def _wearing_off(variant: dict[str, Any]) -> tuple[str, str, list[str], list[list[str]]]:
    """How the gain of pairing wears off with the date, as a table of the page."""
    by_force = variant["gain_by_day"]
    rows = [
        [date, *(gain(dict(by_force[force])[date]) for force in by_force)]
        for date, _ in next(iter(by_force.values()))
    ]
    caption = "Gain of pairing by date, of all men lost so far"
    columns = ["date", *(SIDES[force] for force in by_force)]
    return f"{variant['label']}-gain", caption, columns, rows


def _whatif(found: WhatIf) -> dict[str, Any]:
    told = found.effects()
    scenario = found.base.scenario
    parts = []
    for variant in told["variants"]:
        words = [f"Argued by {variant['argued_by']}.", answer(variant, told["pairs"])]
        parts.append(
            _part(
                variant["title"],
                study_figures.effects(variant),
                key=variant["label"],
                question=variant["question"],
                words=words,
                claims=variant["claims"],
                basis=variant["basis"],
                tables=[_wearing_off(variant)],
            )
        )
    shared = {**told, "n": found.about["n"]}
    labels = " ".join(found.labels)
    one = len(parts) == 1
    return {
        "title": f"What if: {', '.join(v['title'] for v in told['variants'])}",
        "question": parts[0]["question"] if one else "What would these changes have done?",
        "answers": [
            part["words"][1] if one else f"{part['title']}: {part['words'][1]}" for part in parts
        ],
        "parts": parts,
        "methods": [*PAIRING, *CAVEATS],
        "facts": [*_facts(shared), ("variants", labels), ("pairs", str(told["pairs"]))],
        "command": _command(shared, f"whatif {labels} --scenario {told['scenario']}"),
        "credits": credits(scenario.map.folder),
    }
