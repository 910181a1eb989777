"""Write data/record/formation_names.csv: names of formations that the scenario leaves empty.

`uv run python tools/build_record_names.py` writes it; `--check` fails if it would change.

A formation with a number is named by the rule of each language: "37th Division" is "37. Division",
第37師團, 第37师团 and 第37師団.  Others are translated in `formation_names_by_hand.csv`.  From the
one local name the other scripts follow character by character (data/record/variants.csv).
"""

import csv
import re
import sys
from pathlib import Path

import writing
from tairiku.record.scripts import japanese, simplified, traditional

TOOLS = Path(__file__).parent
DATA = TOOLS.parent / "src" / "tairiku" / "data"
HEADER = ("id", "name_de", "name_zht", "name_zhs", "name_ja", "basis")
RULE = "estimate: naming rule"
BY_HAND = "estimate: translated by hand"

_NUMBERED = re.compile(
    r"(?:(?P<raised>New|Provisional|Reserve) )?(?P<number>\d+)(?:st|nd|rd|th) (?P<kind>[^(]+?)"
    r"(?P<provisional> \(Provisional\))?"
)
# how a formation of each kind is called: German, then Chinese and Japanese with # for the number
KINDS = {
    "Group Army": ("#. Gruppenarmee", "", ""),
    "War Zone": ("#. Kriegszone", "", ""),
    "Area Army": ("#. Regionalarmee", "", ""),
    "Army": ("#. Armee", "", ""),
    "Air Army": ("#. Luftarmee", "", ""),
    "Corps": ("#. Korps", "", ""),
    "Cavalry Corps": ("#. Kavalleriekorps", "", ""),
    "Division": ("#. Division", "", ""),
    "Tank Division": ("#. Panzerdivision", "", ""),
    "Cavalry Division": ("#. Kavalleriedivision", "", ""),
    "Independent Mixed Brigade": ("#. Selbständige Gemischte Brigade", "", ""),
    "Independent Infantry Brigade": ("#. Selbständige Infanteriebrigade", "", ""),
    "Cavalry Brigade": ("#. Kavalleriebrigade", "", ""),
    "Air Brigade": ("#. Fliegerbrigade", "", ""),
    "Tank Regiment": ("#. Panzerregiment", "", ""),
    "Mechanised Infantry Regiment": ("#. Mechanisiertes Infanterieregiment", "", ""),
    "Sentai": ("#. Fliegerregiment (Sentai)", "飛行第#戰隊", "飛行第#戦隊"),
    "Independent Chutai": ("#. Selbständige Staffel", "獨立飛行第#中隊", "独立飛行第#中隊"),
    "Fighter Squadron": ("#. Jagdstaffel", "第#戰鬥機中隊", "第#戦闘飛行隊"),
    "Bombardment Squadron": ("#. Bomberstaffel", "第#轟炸機中隊", "第#爆撃飛行隊"),
    "Bombardment Group": ("#. Bombergruppe", "第#轟炸機大隊", "第#爆撃航空群"),
    "Tactical Reconnaissance Squadron": (
        "#. Taktische Aufklärungsstaffel",
        "第#戰術偵察機中隊",
        "第#戦術偵察飛行隊",
    ),
    "Photographic Reconnaissance Squadron": (
        "#. Fotoaufklärungsstaffel",
        "第#照相偵察機中隊",
        "第#写真偵察飛行隊",
    ),
    "Troop Carrier Squadron": ("#. Transportstaffel", "第#運輸機中隊", "第#輸送飛行隊"),
}
# "59th, 60th Fighter Squadrons" are several; the rule of their kind names them all
_SEVERAL = re.compile(r"(?P<numbers>\d.*\d(?:st|nd|rd|th)) Fighter Squadrons(?: \(.+\))?")
_RAISED = {"New": "Neue{s} {}", "Provisional": "Provisorische{s} {}", "Reserve": "{}"}
_NEUTER = ("Korps", "regiment")


def by_rule(name: str) -> tuple[str, str, str]:
    """Return German, Chinese and Japanese name of a numbered formation, "" where no rule fits."""
    several = _SEVERAL.fullmatch(name)
    if several:
        numbers = re.findall(r"\d+", several["numbers"])
        german = ", ".join(f"{n}." for n in numbers[:-1]) + f" und {numbers[-1]}. Jagdstaffel"
        chinese = "、".join(f"第{n}" for n in numbers) + "戰鬥機中隊"
        return german, chinese, "・".join(f"第{n}" for n in numbers) + "戦闘飛行隊"
    found = _NUMBERED.fullmatch(name)
    if found is None or found["kind"] not in KINDS:
        return "", "", ""
    german, chinese, nippon = (form.replace("#", found["number"]) for form in KINDS[found["kind"]])
    if found["raised"] == "Reserve":
        german = german.replace(". Division", ". Reservedivision")
    elif found["raised"]:
        ending = "s" if german.endswith(_NEUTER) else ""
        german = _RAISED[found["raised"]].format(german, s=ending)
    if found["provisional"]:
        german += " (provisorisch)"
    return german, chinese, nippon


def names_of(row: dict[str, str], by_hand: dict[str, str]) -> tuple[str, ...]:
    """Return the row of a formation: its names, the scenario's own first, and their basis."""
    german, chinese, nippon = by_rule(row["name"])
    chinese = by_hand.get("name_zht") or row.get("name_zht") or chinese
    nippon = by_hand.get("name_ja") or row.get("name_ja") or nippon or japanese(chinese)
    chinese = chinese or traditional(nippon).replace("連隊", "聯隊")
    german = by_hand.get("name_de") or german
    basis = BY_HAND if by_hand else RULE
    return row["id"], german, chinese, row.get("name_zhs") or simplified(chinese), nippon, basis


def main() -> int:
    """Write the table, or with --check say whether it would change."""
    with (TOOLS / "formation_names_by_hand.csv").open(encoding="utf-8") as file:
        hands = {row["id"]: row for row in csv.DictReader(file)}
    rows = []
    for name in ("formations", "air_units"):
        with (DATA / "scenarios" / "ichigo" / f"{name}.csv").open(encoding="utf-8") as file:
            rows += [names_of(row, hands.get(row["id"], {})) for row in csv.DictReader(file)]
    files = {"formation_names.csv": writing.table(HEADER, rows)}
    if "--check" in sys.argv[1:]:
        changed = writing.differing(DATA / "record", files)
        print("\n".join(f"{name} would change" for name in changed))
        return 1 if changed else 0
    writing.write(DATA / "record", files)
    return 0


if __name__ == "__main__":
    sys.exit(main())
