"""Write the generated pages of docs/: command line, state, replay, parameters, mechanisms.

`uv run python tools/build_docs.py` writes them; `--check` fails if one would change.
"""

import csv
import os
import subprocess
import sys
import tomllib
from pathlib import Path

from tairiku.cli_record import record_app

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
DATA = ROOT / "src" / "tairiku" / "data"
EFFECTS = DOCS / "mechanisms-effects.csv"
RECORD = (("record",), *(("record", name) for name in record_app if not name.startswith("-")))
COMMANDS = (
    (),
    ("run",),
    ("ensemble",),
    ("whatif",),
    ("report",),
    ("explain",),
    ("diff",),
    ("scenario",),
    ("scenario", "list"),
    ("scenario", "show"),
    ("scenario", "check"),
    ("scenario", "variants"),
    *RECORD,
    ("mechanisms",),
    ("mechanisms", "list"),
    ("mechanisms", "effects"),
    ("validate",),
    ("validate", "combat"),
    ("doctor",),
    ("bench",),
)


def cli_page() -> str:
    """Every command's own help."""
    parts = ["# The command line", "", "Generated from the commands' own help.", ""]
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    for words in COMMANDS:
        text = subprocess.run(
            [sys.executable, "-m", "tairiku", *words, "--help"],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        ).stdout
        text = "\n".join(line.rstrip() for line in text.splitlines())
        parts += [f"## {' '.join(('tairiku', *words))}", "", "```", text.strip("\n"), "```", ""]
    return "\n".join(parts)


def state_page() -> str:
    """The arrays of state, map and scratch."""
    from tairiku.sim import layout

    parts = ["# State, map and scratch", "", "Generated from `tairiku.sim.layout`.", ""]
    for title, lines, dtype in (
        ("State of one replica", layout.STATE_LINES, layout.STATE),
        ("Map, shared by all replicas", layout.MAP_LINES, layout.MAP),
        ("Scratch of one worker", layout.WORK_LINES, layout.WORK),
    ):
        parts += [f"## {title}", "", f"{dtype.itemsize:,} bytes.", ""]
        parts += ["| array | type | shape | unit | meaning |", "|---|---|---|---|---|"]
        for name, kind, shape, unit, meaning in lines:
            size = " x ".join(str(n) for n in shape) or "one"
            parts.append(f"| `{name}` | {kind} | {size} | {unit} | {meaning} |")
        parts.append("")
    return "\n".join(parts)


def replay_page() -> str:
    """The tables of a run directory and the kinds of event."""
    from tairiku import replay
    from tairiku.sim import codes

    kinds: list[str] = []
    inside = False
    for line in Path(codes.__file__).read_text(encoding="utf-8").splitlines():
        text = line.strip()
        inside = text.startswith("EVENT_NAMES") or (inside and text != ")")
        if inside and text.startswith('"') and "#" in text:
            kinds.append(f"| `{text.split(chr(34))[1]}` | {text.split('#', 1)[1].strip()} |")
        elif inside and text.startswith("#") and kinds:  # a comment that goes on
            kinds[-1] = f"{kinds[-1][:-2]} {text.lstrip('# ')} |"
    return "\n".join(
        [
            "# The run directory",
            "",
            "Generated from `tairiku.replay` and `tairiku.sim.codes`.",
            "Each table is one Parquet file; its footer holds what identifies the run.",
            "`provenance.json` describes the machine; `summary.json` is described in summary.md.",
            "",
            replay.documentation(),
            "### Kinds of event that carry numbers",
            "",
            "| kind | numbers |",
            "|---|---|",
            *kinds,
            "",
        ]
    )


def ensemble_page() -> str:
    """The tables of an ensemble and of a what-if."""
    from tairiku import replay
    from tairiku.study.ensembles.tables import PARTS, WHOLE
    from tairiku.study.whatifs.reading import EFFECTS

    return "\n".join(
        [
            "# The folders of studies",
            "",
            "Generated from `tairiku.study.ensembles.tables` and `tairiku.study.whatifs.reading`.",
            "studies.md tells how they are made.",
            "`tairiku.Ensemble(folder).sql(query)` reads all parts as one.",
            "",
            "## Each part of an ensemble: parts/NAME",
            "",
            replay.documentation(PARTS),
            "## All parts together",
            "",
            replay.documentation(WHOLE),
            "## A what-if",
            "",
            "`base` and a folder for each change are ensembles; effects.json has the same as the "
            "table.",
            "",
            replay.documentation(EFFECTS),
        ]
    )


def parameters_page() -> str:
    """Every parameter with value, unit, range, basis and reason."""
    path = DATA / "scenarios" / "ichigo" / "parameters.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = ["# Parameters of `ichigo`", "", "Generated from parameters.toml.", ""]
    for rule, entries in table.items():
        parts += [f"## {rule}", "", "| name | value | range | unit | reason | basis |"]
        parts.append("|---|---|---|---|---|---|")
        for name, entry in entries.items():
            low, high = entry["range"]
            cells = [
                f"`{rule}.{name}`",
                f"{entry['value']:g}",
                f"{low:g} - {high:g}",
                entry["unit"],
                entry["reason"],
                entry["basis"],
            ]
            parts.append("| " + " | ".join(c.replace("|", "/") for c in cells) + " |")
        parts.append("")
    return "\n".join(parts)


def mechanisms_page() -> str:
    """All 112 mechanisms: status, what carries each, its switch, its test, its largest effect."""
    path = DATA / "scenarios" / "ichigo" / "mechanisms.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    largest = largest_effects()
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["status"]] = counts.get(row["status"], 0) + 1
    listing = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    parts = [
        "# Mechanisms",
        "",
        "Generated from mechanisms.csv and mechanisms-effects.csv.",
        f"{len(rows)} rows: {listing}.",
        "",
        "- *simulated*: the rules named carry it; `tairiku run --without ID` gives its parameters "
        "their neutral values, and the test named shows its effect with it and none without.",
        "- *scenario-data*: a state of the first morning, or a decision taken before it.",
        "- *record-only*: in the record with its claims; nothing of it is simulated.",
        "",
        "`uv run pytest -k mechanisms` runs every demonstration.",
        "The effect shown is the largest on the campaign; [mechanisms-effects.md]"
        "(mechanisms-effects.md) has more of each, and how they were measured.",
        "",
    ]
    group = ""
    for row in rows:
        if row["group"] != group:
            group = row["group"]
            head = ("id", "statement", "status", "carried by", "switched off by, or why not")
            parts += ["", f"## {group}", ""]
            parts.append(f"| {' | '.join(head)} | test | largest effect of switching it off |")
            parts.append("|---|---|---|---|---|---|---|")
        file, _, test = row["test"].partition("::")
        off = "; ".join(f"`{name}`" for name in row["parameters"].split("; ") if name)
        note = f" ({row['note']})" if row["note"] else ""
        cells = [row["id"], row["statement"], row["status"], row["carried_by"]]
        cells += [f"{off or row['reason']}{note}", f"[{test}](../{file})"]
        cells.append(largest.get(row["id"], ""))
        parts.append("| " + " | ".join(c.replace("|", "/") for c in cells) + " |")
    parts.append("")
    return "\n".join(parts)


def largest_effects() -> dict[str, str]:
    """The largest effect of each simulated mechanism in words, by its id."""
    from tairiku.study.mechanisms.files import read_effects
    from tairiku.study.mechanisms.telling import null_words, words

    found, _ = read_effects(EFFECTS)
    return {m.mechanism: words(m.largest[0]) if m.largest else null_words(m) for m in found}


def effects_page() -> str:
    """The effect of each simulated mechanism on the campaign, measured once and kept."""
    from tairiku.scenario.load import load_scenario
    from tairiku.study.mechanisms import telling
    from tairiku.study.mechanisms.files import read_effects
    from tairiku.study.mechanisms.table import read_mechanisms

    found, basis = read_effects(EFFECTS)
    return telling.effects_page(read_mechanisms(load_scenario("ichigo")), found, basis)


PAGES = {
    "cli.md": cli_page,
    "state.md": state_page,
    "replay.md": replay_page,
    "ensemble.md": ensemble_page,
    "parameters.md": parameters_page,
    "mechanisms.md": mechanisms_page,
    "mechanisms-effects.md": effects_page,
}


def main() -> int:
    """Write the pages, or with --check name those that are stale."""
    stale = []
    for name, page in PAGES.items():
        text = page().rstrip("\n") + "\n"
        path = DOCS / name
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"docs/{name} is stale; run: uv run python tools/build_docs.py")
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
