"""`write_report`: a run directory becomes one HTML file that works from disk."""

import re
from html import escape
from pathlib import Path
from typing import Any

import jinja2
import numpy as np

from tairiku.base.files import DATA, write_whole
from tairiku.base.names import LANGUAGES
from tairiku.figures.ground import Ground, read_ground
from tairiku.figures.palette import palettes
from tairiku.figures.symbols import symbols
from tairiku.replay import identity_of
from tairiku.report import content
from tairiku.report.charts import ChartPart, chart_parts
from tairiku.report.drawing import pack_ground, pack_hexes
from tairiku.report.pack import Pack
from tairiku.report.player import modules
from tairiku.report.reasons import pack_reasons
from tairiku.report.sourced import Sourced, sourced
from tairiku.report.tables import (
    EVENT_NUMBERS,
    Season,
    read_provenance,
    read_season,
    read_summary,
)
from tairiku.report.words import word, words
from tairiku.scenario.load import Scenario
from tairiku.sim.codes import POSTURE_NAMES
from tairiku.study.explaining import replayed
from tairiku.study.mechanisms.table import named
from tairiku.study.summary import LOSSES, phase_names

FOLDER = Path(__file__).parent
RELIEF_CELL = 2.5  # side of a pixel of the shaded relief [km]
ORDERS = [
    "none",
    "hold",
    "fortress",
    "delay",
    "move",
    "attack",
    "assault",
    "screen",
    "withdraw",
    "refit",
    "relieve",
    "rail-move",
]
MISSIONS = [
    "idle",
    "superiority",
    "support",
    "interdiction",
    "airfield-attack",
    "supply",
    "reconnaissance",
    "strategic",
]
FACTS = ("scenario", "seed", "sources", "variant", "program", "scenario_hash", "state_hash")


def write_report(
    folder: Path, scenario: Scenario | None = None, *, output: Path | None = None, lang: str = "en"
) -> Path:
    """Write the report of a run and return its path.

    Parameters
    ----------
    folder
        A run directory: the tables of `tairiku.replay`, summary.json, provenance.json.
    scenario
        What the run started from; loaded by the run's own identity where not given.
    output
        The file to write; ``report.html`` in the folder where not given.
    lang
        Language the page opens in, one of `LANGUAGES`; the reader can change it.

    Raises
    ------
    RequestError
        There is no run in the folder, its scenario is not known, or the file cannot be written.
    DataError
        A file of the run cannot be read; all of them are named.
    """
    path = output or folder / "report.html"
    write_whole(path, page(folder, scenario, lang).encode())
    return path


def page(folder: Path, scenario: Scenario | None = None, lang: str = "en") -> str:
    """The report of a run as text; parameters as `write_report`."""
    loaded = scenario if scenario is not None else scenario_of(folder)
    season = read_season(folder, loaded.first_day)
    summary = read_summary(folder)
    ground = read_ground(loaded.map.folder)
    charts = chart_parts(season)
    told = content.beside(summary["places"], season.first)
    source = sourced(summary, loaded)
    at = LANGUAGES.index(lang)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("report.html").render(
        lang=lang,
        languages=LANGUAGES,
        w=lambda key: source.words[key][at] if key in source.words else word(key, lang),
        source=source,
        title=loaded.title,
        summary=summary,
        without=named(loaded, summary["without"]),
        facts=[(key, summary[key]) for key in FACTS if summary.get(key) not in (None, "")],
        beside=told,
        misses=[p for p in told if p["gap_days"] is None or p["gap_days"] != 0],
        losses=LOSSES,
        charts=charts,
        provenance=read_provenance(folder),
        credits=credits(loaded.map.folder),
        basis=loaded.notes.strip(),
        style=(FOLDER / "templates" / "report.css").read_text(encoding="utf-8"),
        modules=modules(FOLDER / "player"),
        payload=payload(folder, loaded, season, ground, summary, told, charts, lang, source),
    )


def scenario_of(folder: Path) -> Scenario:
    """Load the scenario that a run directory says it was played with."""
    return replayed.scenario_of(identity_of(folder))


def payload(
    folder: Path,
    scenario: Scenario,
    season: Season,
    ground: Ground,
    summary: dict[str, Any],
    told: list[dict[str, Any]],
    charts: list[ChartPart],
    lang: str,
    source: Sourced,
) -> str:
    """All that the map player reads, as deflated base64 text (`tairiku.report.pack`)."""
    pack = Pack()
    lines = pack_ground(pack, ground, scenario.map)
    hexes = pack_hexes(pack, scenario.map)
    _pack_season(pack, season)
    reasons = pack_reasons(pack, folder, scenario)
    formations = content.formations(scenario, season)
    kinds = {(f["force"], f["kind"] or "infantry", f["level"]) for f in formations}
    kinds |= {(f["force"], "infantry", f["level"]) for f in formations}
    drawn = symbols(kinds)
    parameters = scenario.parameters
    ration = {
        side: float(parameters[f"supply.ration_{side}"].value)
        if f"supply.ration_{side}" in parameters
        else 1.0
        for side in ("japan", "china")
    }
    names = content.names_by_id(scenario)
    return pack.text(
        {
            **hexes,
            **reasons,
            "language": lang,
            "words": {**words(), **source.words},
            "first_date": season.first.isoformat(),
            "evenings": season.evenings,
            "unit_count": len(season.units),
            "bounds": list(ground.bounds),
            "relief_cell": RELIEF_CELL,
            "palettes": palettes(),
            "lines": lines,
            "places": content.places(scenario.map),
            "fields": content.fields(scenario.map),
            "boxes": content.boxes(scenario.map),
            "formations": formations,
            "command": content.command(scenario),
            "leaders": content.leaders(scenario),
            "labels": season.labels,
            "symbols": {
                key: {"svg": s.svg, "box": s.box, "diamond": s.diamond} for key, s in drawn.items()
            },
            "orders": list(ORDERS),
            "postures": list(POSTURE_NAMES),
            "missions": list(MISSIONS),
            "phase_names": list(phase_names(scenario)),
            "region_names": list(scenario.region_index),
            "province_names": list(scenario.province_index),
            "depots": [{"id": key, **told_} for key, told_ in names["depots"].items()],
            "air_units": [{"id": key, **told_} for key, told_ in names["air_units"].items()],
            "regions": _regions(scenario, season),
            "ration": ration,
            "beside": told,
            "scored": [place["id"] for place in told],
            "figures": {chart.key: chart.daily for chart in charts},
        }
    )


def _regions(scenario: Scenario, season: Season) -> list[dict[str, Any]]:
    """The weather regions in the order packed, each at the place of its station."""
    albers = content.albers_of(scenario.map)
    station = {row.region: row.place_id for row in scenario.weather}
    found = []
    for region in season.weather:
        place = scenario.map.place.get(station.get(region, ""))
        x, y = albers.forward(place.lon, place.lat) if place is not None else (0.0, 0.0)
        found.append({"name": region, "x": round(x), "y": round(y)})
    return found


def _pack_season(pack: Pack, season: Season) -> None:
    for name, values in season.columns.items():
        if values.any():
            pack.add(f"u_{name}", values, delta=True)
        else:
            pack.add(f"u_{name}", values.astype(np.uint8))
    for name in ("day", "hex", "side"):
        pack.add(f"c_{name}", season.control[name], delta=True)
    for name in ("day", "kind", "side", "hex", "unit", "other"):
        pack.add(f"e_{name}", season.events[name], delta=name == "day")
    for name in EVENT_NUMBERS:
        pack.add(f"e_{name}", season.events[name])
    for name in ("day", "air_unit", "field", "craft", "sorties"):
        pack.add(f"a_{name}", season.air[name], delta=name in ("day", "air_unit"))
    for name in ("sky", "ground"):
        rows = [series[name] for series in season.weather.values()]
        pack.add(f"w_{name}", np.array(rows, np.int32).reshape(len(rows), season.evenings))


def credits(folder: Path) -> str:
    """The credits and licences of the map's SOURCES.md, as HTML; empty if it has none."""
    path = folder / "SOURCES.md"
    if not path.is_file():
        path = DATA / "map" / "SOURCES.md"
    return _plain_markdown(path.read_text(encoding="utf-8"))


def _plain_markdown(text: str) -> str:
    """Headings, lists, tables and paragraphs of a Markdown text as HTML; no other marks."""
    out: list[str] = []
    table: list[list[str]] = []

    def mark(line: str) -> str:
        return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(line, quote=False))

    def flush() -> None:
        if table:
            body = "".join(
                "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table
            )
            out.append(f"<div class='scroll'><table>{body}</table></div>")
            table.clear()

    for block in re.split(r"\n(?=[#\n|-])|\n\n", text):
        line = block.strip()
        if line.startswith("|"):
            cells = [mark(cell.strip()) for cell in line.strip("|").split("|")]
            if not set("".join(cells)) <= set("- "):
                table.append(cells)
            continue
        flush()
        if line.startswith("#"):
            level = min(6, line.count("#", 0, 4) + 2)
            out.append(f"<h{level}>{mark(line.lstrip('# '))}</h{level}>")
        elif line.startswith("- "):
            out.append(f"<p class='item'>{mark(line[2:])}</p>")
        elif line:
            out.append(f"<p>{mark(line)}</p>")
    flush()
    return "\n".join(out)
