"""A made-up run directory over a real scenario: units wander, hexes change hands, battles happen.

It has every table of the replay and exercises every branch of the page; it is no campaign.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from tairiku import replay
from tairiku.recording import _BOOK_COLUMNS, ANSWER_NAMES, BLOCKED_NAMES, MEANS_NAMES
from tairiku.replay import Coded, Table
from tairiku.scenario.load import Scenario
from tairiku.sim import codes

FORCES = codes.FORCE_NAMES


class Walk:
    """A season of a random walk."""

    def __init__(self, scenario: Scenario, days: int, seed: int = 1) -> None:
        self.scenario = scenario
        self.days = days
        self.random = np.random.default_rng(seed)
        world = scenario.map
        self.land = {h.hex for h in world.hexes if h.terrain not in ("sea", "outside", "lake")}
        self.grid = world.grid
        self.units = [*scenario.units]
        self.ids = [u.id for u in self.units]
        self.nodes = [*self.ids, f"{self.ids[0]}/1", *(f.id for f in scenario.higher)]
        self.hexes = [world.place_hex.get(u.place_id, -1) for u in self.units]
        self.box = [world.box_index.get(u.place_id, -1) for u in self.units]
        self.men = np.array([u.men_best for u in self.units], float)
        self.control = {c.hex: 0 if c.side == "japan" else 1 for c in scenario.control}
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in replay.TABLES}
        self.books = {force: np.zeros(len(_BOOK_COLUMNS)) for force in FORCES}

    def play(self) -> dict[str, Table]:
        for hex_id, side in self.control.items():
            self.rows["hexes"].append((-1, hex_id, side))
        self.evening(-1, np.zeros(len(self.units)), np.zeros(len(self.units), bool))
        for day in range(self.days):
            self.day(day)
        return self.tables()

    def day(self, day: int) -> None:
        n = len(self.units)
        lost = np.zeros(n)
        moved = np.zeros(n, bool)
        events: list[tuple[Any, ...]] = []
        for u in range(n):
            japan = self.units[u].side in ("japan", "puppet")
            if self.hexes[u] < 0 or self.random.random() > (0.35 if japan else 0.08):
                continue
            # Japan drifts to the south-west, China away from it
            sides = [4, 5, 3] if japan else [4, 3, 5, 2]
            there = self.grid.neighbour(self.hexes[u], int(self.random.choice(sides)))
            if there not in self.land:
                continue
            moved[u] = True
            enemy = [
                v
                for v in range(n)
                if self.hexes[v] == there
                and (self.units[v].side in ("japan", "puppet")) != japan
                and self.men[v] > 100
            ]
            if enemy:
                v = enemy[0]
                lost[u] = min(self.men[u] * 0.02, self.men[u])
                lost[v] = min(self.men[v] * 0.05, self.men[v])
                event = (there, u, v, self.men[u], self.men[v], lost[u], lost[v], 1)
                events.append(("battle", 0 if japan else 1, *event))
                events.append(("retreat", 1, there, v, -1, 0.05, 0, 0, 0, 0))
            else:
                self.hexes[u] = there
                side = 0 if japan else 1
                if self.control.get(there) != side:
                    self.control[there] = side
                    self.rows["hexes"].append((day, there, side))
        for u in np.flatnonzero(lost):
            self.books[self.units[u].side][0] += lost[u] * 0.3
            self.books[self.units[u].side][1] += lost[u] * 0.7
        self.men -= lost
        if day % 7 == 0:
            link = int(self.random.integers(max(1, len(self.scenario.map.rail_links))))
            events.append(("rail-open", 0, 400, -1, -1, link, 0, 0, 0, 0))
            events.append(("phase-opens", 0, 65535, -1, -1, (day // 60) % 4, 0, 0, 0, 0))
        if self.scenario.map.airfields:
            events.append(("airfield-lost", 0, 800, -1, -1, 0, 3, 0, 0, 0))
        for number, event in enumerate(events):
            kind, *rest = event
            self.rows["events"].append((day, number, codes.EVENT_NAMES.index(kind), *rest))
        self.evening(day, lost, moved)

    def evening(self, day: int, lost: np.ndarray, moved: np.ndarray) -> None:
        for u, unit in enumerate(self.units):
            status = codes.ON_MAP if self.hexes[u] >= 0 else codes.IN_BOX
            posture = codes.P_MARCH if moved[u] else codes.P_PREPARED
            force = FORCES.index(unit.side)
            numbers = {
                "day": day,
                "unit": u,
                "side": codes.FORCE_SIDE[force],
                "force": force,
                "hex": self.hexes[u],
                "box": self.box[u] if status == codes.IN_BOX else -1,
                "status": status,
                "posture": posture,
                "order_code": codes.O_HOLD,
                # every fifth is under way and finds the enemy before it
                "target": self.hexes[u] + (u % 5 == 1),
                "men": int(self.men[u]),
                "sick": int(self.men[u] * 0.05),
                "wounded": int(lost[u] * 0.3),
                "guns": unit.guns_best,
                "mortars": unit.mortars_best,
                "tanks": unit.tanks_best,
                "trucks": unit.trucks_best,
                "horses": unit.horses_best,
                "cohesion": 0.8,
                "fatigue": 0.2,
                "fed": 0.9,
                "rounds": 0.7,
                "fuelled": 1.0,
                "food_kg": int(self.men[u] * (1 + u % 9)),
                "ammunition_kg": 1000,
                "lost_today": int(lost[u]),
                "km_today": 18.0 * moved[u],
                "source_depot": 0 if self.scenario.depots else -1,
                "giver": u,
                "next_order": -1,
                "next_due": -1,
                "asked": -1,
                "answer": -1,
                "linked": 1.0,
                "blocked": u % 5 - 1,
                "step": -1,
                "attacks": -1,
                "need_kg": int(self.men[u] * 2),
                "got_kg": int(self.men[u]),
            }
            names = [column.name for column in replay.TABLES["units"]]
            self.rows["units"].append(tuple(numbers.get(name, 0) for name in names))
        if day == 0:
            self.rows["ways"] += [(day, side, 400, 401, 0, 0, 1) for side in range(2)]
        for f, force in enumerate(FORCES):
            men = sum(int(m) for m, u in zip(self.men, self.units, strict=True) if u.side == force)
            books = [int(x) for x in self.books[force]]
            held = sum(1 for side in self.control.values() if side == codes.FORCE_SIDE[f])
            when = np.datetime64(self.scenario.first_day, "us") + np.timedelta64(max(day, 0), "D")
            row = (day, when, f, men, men // 20, *books, 100, 10, 200, 3000)
            self.rows["days"].append((*row, 5e4 - 100 * day, 9e3, 4e3, 200, 0, held))
        for region in range(len(self.scenario.region_index)):
            sky = int(self.random.integers(3))
            self.rows["weather"].append((day, region, sky, sky, 0.3))
        for a in range(min(3, len(self.scenario.air_units))):
            self.rows["air"].append((day, a, 0, 20, 1, -1, 8, 0))

    def tables(self) -> dict[str, Table]:
        regions = list(self.scenario.region_index)
        fields = [f.id for f in self.scenario.map.airfields] or ["none"]
        labels: Mapping[tuple[str, str], Any] = {
            ("units", "unit"): self.nodes,
            ("units", "side"): codes.SIDE_NAMES,
            ("units", "force"): FORCES,
            ("units", "box"): [b.id for b in self.scenario.map.boxes] or ["none"],
            ("units", "status"): codes.STATUS_NAMES,
            ("units", "posture"): codes.POSTURE_NAMES,
            ("units", "order_code"): codes.ORDER_NAMES,
            ("units", "source_depot"): [d.id for d in self.scenario.depots] or ["none"],
            ("units", "giver"): self.nodes,
            ("units", "next_order"): codes.ORDER_NAMES,
            ("units", "answer"): ANSWER_NAMES,
            ("units", "blocked"): BLOCKED_NAMES,
            ("ways", "side"): codes.SIDE_NAMES,
            ("ways", "depot"): [d.id for d in self.scenario.depots] or ["none"],
            ("ways", "means"): MEANS_NAMES,
            ("hexes", "side"): codes.SIDE_NAMES,
            ("events", "kind"): codes.EVENT_NAMES,
            ("events", "side"): codes.SIDE_NAMES,
            ("events", "unit"): self.nodes,
            ("events", "other"): self.nodes,
            ("days", "force"): FORCES,
            ("air", "air_unit"): [a.id for a in self.scenario.air_units] or ["none"],
            ("air", "field"): fields,
            ("air", "mission"): codes.MISSION_NAMES,
            ("weather", "region"): regions or ["none"],
            ("weather", "sky"): ("dry", "rain", "storm"),
            ("weather", "ground"): ("dry", "wet", "mud"),
        }
        tables: dict[str, Table] = {}
        for name, columns in replay.TABLES.items():
            rows = self.rows[name]
            tables[name] = {}
            for i, column in enumerate(columns):
                values = np.array([row[i] for row in rows])
                label = labels.get((name, column.name))
                if label is not None:
                    tables[name][column.name] = Coded(values.astype(np.int32), label)
                elif column.type in ("DATE", "DOUBLE", "FLOAT"):
                    tables[name][column.name] = values
                else:
                    tables[name][column.name] = values.astype(np.int64)
        return tables


def summary_of(scenario: Scenario, days: int) -> dict[str, Any]:
    """A summary with two places beside history, one of them disputed."""
    found = [p for p in scenario.map.places if p.hex is not None and p.kind != "airfield"][:2]
    dates = [
        ("1944-05-24", "1944-05-25", "1944-05-24/1944-05-25", 0),
        ("1944-04-22", "", "1944-04-22", 4),
    ]
    places = [
        {
            "id": place.id,
            "name": place.name,
            "phase": "Ko-gō",
            "fell": "1944-04-26" if gap else None,
            "day": 9 if gap else None,
            "to": "japan" if gap else None,
            "de": de,
            "zh": zh,
            "low": de,
            "best": best,
            "high": zh or de,
            "gap_days": gap or None,
            "claims": "DE-001;ZH-002",
        }
        for place, (de, zh, best, gap) in zip(found, dates, strict=False)
    ]
    books = dict.fromkeys(
        ("killed", "wounded_out", "captured", "missing", "deserted", "disease"), 12
    )
    entry = {
        "men_first": 9,
        "men_last": 8,
        "absent_last": 1,
        "total": books,
        "phases": {"Ko-gō": books},
    }
    return {
        "schema_version": 1,
        "program": "tairiku test",
        "scenario": scenario.name,
        "scenario_hash": "0" * 64,
        "seed": 1,
        "sources": "reconciled",
        "variant": None,
        "changes": "",
        "without": [],
        "first_date": scenario.first_day.isoformat(),
        "last_date": scenario.date_of(days - 1).isoformat(),
        "days": days,
        "complete": False,
        "places": places,
        "phases": [],
        "losses": {"japan": entry, "china": entry},
        "airfields": {"lost": [], "count": 0},
        "corridor": {"control": False, "rail": False, "tonnes_per_day": 0.0},
        "state_hash": "0" * 64,
    }


def write_run(folder: Path, scenario: Scenario, days: int = 30, seed: int = 1) -> Path:
    """Write a made-up run directory and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    identity = {"scenario": scenario.name, "seed": str(seed), "sources": "reconciled"}
    replay.write(folder, Walk(scenario, days, seed).play(), identity)
    text = json.dumps(summary_of(scenario, days), ensure_ascii=False)
    (folder / "summary.json").write_text(text, encoding="utf-8")
    (folder / "provenance.json").write_text('{"environment": {"libraries": {}}}', "utf-8")
    return folder
