"""From the state of each evening to the columns of the replay."""

from typing import Any

import numpy as np

from tairiku import replay
from tairiku.replay import Coded, Table
from tairiku.scenario.load import Scenario
from tairiku.sim import codes
from tairiku.sim.layout import DEPOTS, NOWHERE, UNITS

FAR = 1 << 30  # cost of a hex that no supply reaches, as in sim.haul

_UNIT_NUMBERS = {
    "target": "u_target",
    "men": "u_men",
    "sick": "u_sick",
    "wounded": "u_wounded",
    "stragglers": "u_stragglers",
    "cohesion": "u_cohesion",
    "fatigue": "u_fatigue",
    "fed": "u_fed",
    "rounds": "u_rounds",
    "fuelled": "u_fuelled",
    "cut": "u_cut",
    "ringed": "u_ringed",
    "contact": "u_contact",
    "lost_today": "u_loss_today",
    "km_today": "u_km_today",
    "since": "u_since",
    "next_due": "u_next_due",
    "asked": "u_asked",
    "linked": "u_linked",
    "step": "u_step",
    "attacks": "u_attacks",
    "halt_days": "u_halt_days",
    "paralysed": "u_paralysed",
    "rout_days": "u_rout_days",
    "static": "u_static",
    "outflanked": "u_outflanked",
    "lost_share": "u_lost",
    "hungry": "u_hungry",
    "foraged_kg": "u_foraged",
    "air_support": "u_air_support",
    "air_hit": "u_air_hit",
}
_UNIT_CODES: dict[str, tuple[str, tuple[str, ...]]] = {
    "side": ("u_side", codes.SIDE_NAMES),
    "force": ("u_force", codes.FORCE_NAMES),
    "status": ("u_status", codes.STATUS_NAMES),
    "posture": ("u_posture", codes.POSTURE_NAMES),
    "order_code": ("u_order", codes.ORDER_NAMES),
}
BLOCKED_NAMES = ("enemy", "river", "stacking", "no-way")  # codes 1 to 4 of u_blocked
ANSWER_NAMES = ("refused", "permitted", "silence")  # codes 1 to 3 of u_answer
MEANS_NAMES = ("rail", "water", "road", "track", "box")
_RAIL, _WATER, _ROAD, _TRACK, _BOX = range(5)
# of these kinds the rules' own ``other`` numbers a bridge, an airfield or a pocket, no unit
_OTHER_NO_NODE = (codes.E_AIR_STRIKE, codes.E_POCKET)
_BOOK_COLUMNS = {
    "killed": codes.M_KILLED,
    "wounded_out": codes.M_WOUNDED,
    "captured": codes.M_CAPTURED,
    "missing": codes.M_MISSING,
    "deserted": codes.M_DESERTED,
    "disease": codes.M_DISEASE,
    "raised": codes.M_RAISED,
}
_MATERIAL = {
    "guns": codes.GUNS,
    "mortars": codes.MORTARS,
    "at_guns": codes.AT_GUNS,
    "tanks": codes.TANKS,
    "trucks": codes.TRUCKS,
    "horses": codes.HORSES,
}
_LOST_AIRCRAFT = (codes.A_SHOT_DOWN, codes.A_ON_GROUND, codes.A_WORN)


def names_of(scenario: Scenario) -> dict[str, list[str]]:
    """Ids by index for the columns of names.

    Detached groups are called group-1, group-2 ..., depots set up on the way branch-1, branch-2 ...
    """
    groups = UNITS - len(scenario.units)
    return {
        "nodes": [
            *(unit.id for unit in scenario.units),
            *(f"group-{i + 1}" for i in range(groups)),
            *(formation.id for formation in scenario.higher),
        ],
        "boxes": [box.id for box in scenario.map.boxes],
        "depots": [
            *(depot.id for depot in scenario.depots),
            *(f"branch-{i + 1}" for i in range(DEPOTS - len(scenario.depots))),
        ],
        "fields": [field.id for field in scenario.map.airfields],
        "air_units": [unit.id for unit in scenario.air_units],
        "regions": list(scenario.region_index),
    }


def _ways_of(S: Any, M: Any, side: int, n: int) -> np.ndarray:
    """Next hex, depot, means and passage of every hex for a side's supply. (4, n)

    The means is that of the cheapest kind there, in the order of `sim.haul.link_cost`: a line that
    runs, water, a road of which something is left, a track; at the depot's own hex none, where a
    way from off the map enters ``box``.
    """
    far = S.h_way[side, :n] >= FAR
    back = np.where(far, NOWHERE, S.h_back[side, :n]).astype(np.int32)
    depot = np.where(far, -1, S.h_source[side, :n]).astype(np.int32)
    means = np.full(n, -1, np.int32)
    h = np.flatnonzero(back != NOWHERE)
    k = (M.next[h] == back[h, None]).argmax(axis=1)
    rail, road, water = M.rail[h, k], M.road[h, k], M.water[h, k] != 0
    runs = (rail >= 0) & (S.r_runs[rail] == side + 1)
    made = (road >= 0) & (S.k_grade[road] > 0)
    means[h] = np.select([runs, water, made], [_RAIL, _WATER, _ROAD], _TRACK)
    root = S.h_root[side, :n].astype(np.int64) - 1
    means[~far & (back == NOWHERE) & (root >= DEPOTS)] = _BOX
    return np.stack([back, depot, means, S.h_pass[side, :n].astype(np.int32)])


class Recorder:
    """Collects one campaign's tables, an evening at a time.

    Parameters
    ----------
    names
        Ids by index: ``nodes`` (units first), ``boxes``, ``depots``, ``fields``, ``air_units``,
        ``regions``.
    """

    def __init__(self, names: dict[str, list[str]]) -> None:
        self.names = names
        self._rows: dict[str, list[dict[str, np.ndarray]]] = {table: [] for table in replay.TABLES}
        self._control: np.ndarray | None = None
        self._ways: np.ndarray | None = None

    def dawn(self, S: Any, M: Any) -> None:
        """Record the state of the first dawn as day -1."""
        self._control = None
        self._ways = None
        self._evening(S, M, -1)
        self._events(S, -1, 0)

    def evening(self, S: Any, M: Any) -> None:
        """Record the evening of the state's own day, its events included."""
        self._evening(S, M, int(S.day))
        self._events(S, int(S.day), int(S.n_events))

    def _evening(self, S: Any, M: Any, day: int) -> None:
        self._units(S, day)
        self._hexes(S, M, day)
        self._supply_ways(S, M, day)
        self._days(S, M, day)
        self._air(S, M, day)
        n = int(M.n_regions)
        region = np.arange(n, dtype=np.int32)
        self._rows["weather"].append(
            {
                "day": np.full(n, day, np.int16),
                "region": region,
                "sky": S.w_sky[:n].astype(np.int32),
                "ground": S.w_ground[:n].astype(np.int32),
                "stage": S.w_stage[:n].astype(np.float32),
            }
        )

    def _units(self, S: Any, day: int) -> None:
        # a unit that has ended is recorded on the day of its end and no more
        status = S.u_status
        ended = (status >= codes.DESTROYED) & (self._ended_before(S))
        u = np.flatnonzero((status != codes.EMPTY) & ~ended)
        columns: dict[str, np.ndarray] = {
            "day": np.full(len(u), day, np.int16),
            "unit": u.astype(np.int32),
            "hex": np.where(status[u] == codes.ON_MAP, S.u_hex[u], NOWHERE).astype(np.int32),
            "box": np.where(status[u] == codes.IN_BOX, S.u_box[u], -1).astype(np.int32),
            "source_depot": S.u_source[u].astype(np.int32),
            "food_kg": S.u_store[u, codes.FOOD].astype(np.int32),
            "ammunition_kg": S.u_store[u, codes.AMMUNITION].astype(np.int32),
            "fuel_kg": S.u_store[u, codes.MOTOR_FUEL].astype(np.int32),
            "giver": S.u_giver[u].astype(np.int32),
            "next_order": np.where(S.u_next_due[u] >= 0, S.u_next_order[u], -1).astype(np.int32),
            "blocked": S.u_blocked[u].astype(np.int32) - 1,
            "answer": S.u_answer[u].astype(np.int32) - 1,
            "need_kg": S.u_need[u, :4].sum(axis=1).astype(np.int32),
            "got_kg": S.u_got[u, :4].sum(axis=1).astype(np.int32),
        }
        for name, field in _UNIT_NUMBERS.items():
            values = S[field][u]
            columns[name] = values.astype(np.float32 if values.dtype == np.float64 else np.int32)
        for name, (field, _) in _UNIT_CODES.items():
            columns[name] = S[field][u].astype(np.int32)
        for name, kind in _MATERIAL.items():
            columns[name] = S.u_material[u, kind].astype(np.int32)
        self._rows["units"].append(columns)

    def _ended_before(self, S: Any) -> np.ndarray:
        now = S.u_status >= codes.DESTROYED
        before = getattr(self, "_ended", np.zeros(len(now), bool))
        self._ended = now.copy()
        return before

    def _hexes(self, S: Any, M: Any, day: int) -> None:
        n = int(M.n_hexes)
        control = S.h_control[:n].copy()
        if self._control is None:
            changed = np.flatnonzero(M.terrain[:n] < codes.SEA)
        else:
            changed = np.flatnonzero(control != self._control)
        self._control = control
        self._rows["hexes"].append(
            {
                "day": np.full(len(changed), day, np.int16),
                "hex": changed.astype(np.int32),
                "side": control[changed].astype(np.int32),
            }
        )

    def _supply_ways(self, S: Any, M: Any, day: int) -> None:
        """What changed in the ways from the depots, as the day's supply went."""
        n = int(M.n_hexes)
        now = np.empty((2, 4, n), np.int32)
        for side in (codes.JAPAN, codes.CHINA):
            now[side] = _ways_of(S, M, side, n)
        if day < 0 or self._ways is None:  # nothing is carried before the first day
            self._ways = np.tile(np.array([NOWHERE, -1, -1, 0], np.int32)[:, None], (2, 1, n))
        if day >= 0:
            changed = (now != self._ways).any(axis=1)
            self._ways = now
        else:
            changed = np.zeros((2, n), bool)
        whose, at = np.nonzero(changed)
        rows: dict[str, np.ndarray] = {"hex": at.astype(np.int32)}
        rows |= {"day": np.full(len(at), day, np.int16), "side": whose.astype(np.int32)}
        for i, name in enumerate(("next", "depot", "means", "passes")):
            rows[name] = now[whose, i, at]
        self._rows["ways"].append(rows)

    def _days(self, S: Any, M: Any, day: int) -> None:
        forces = len(codes.FORCE_NAMES)
        alive = S.u_status != codes.EMPTY
        n = int(M.n_hexes)
        held = np.bincount(S.h_control[:n][M.terrain[:n] < codes.SEA], minlength=3)

        def by_force(values: np.ndarray, who: np.ndarray, mask: np.ndarray) -> np.ndarray:
            totals: np.ndarray = np.zeros(forces, np.int64)
            np.add.at(totals, who[mask], values[mask])
            return totals

        def stores(kind: int) -> np.ndarray:
            kg = by_force(S.u_store[:, kind], S.u_force, alive)
            held_by = S.d_side != codes.NO_SIDE
            kg += by_force(S.d_store[:, kind], S.d_force, held_by)
            result: np.ndarray = kg / 1000.0
            return result

        columns: dict[str, np.ndarray] = {
            "day": np.full(forces, day, np.int16),
            "force": np.arange(forces, dtype=np.int32),
            "men": by_force(S.u_men, S.u_force, alive),
            "absent": by_force(S.u_sick + S.u_wounded + S.u_stragglers, S.u_force, alive),
            "food_t": stores(codes.FOOD),
            "ammunition_t": stores(codes.AMMUNITION),
            "motor_fuel_t": stores(codes.MOTOR_FUEL),
            "aircraft": by_force(S.a_craft, S.a_force, S.a_side != codes.NO_SIDE),
            "aircraft_lost": S.g_aircraft[:, list(_LOST_AIRCRAFT)].sum(axis=1),
            "hexes": held[list(codes.FORCE_SIDE)],
        }
        for name, column in _BOOK_COLUMNS.items():
            columns[name] = S.g_men[:, column].copy()
        for name in ("guns", "tanks", "trucks", "horses"):
            kind = _MATERIAL[name]
            whole = S.u_material[:, kind] + S.u_down[:, kind]
            columns[name] = by_force(whole, S.u_force, alive)
        self._rows["days"].append(columns)

    def _air(self, S: Any, M: Any, day: int) -> None:
        a = np.flatnonzero((S.a_side != codes.NO_SIDE) & (S.a_status != codes.EMPTY))
        self._rows["air"].append(
            {
                "day": np.full(len(a), day, np.int16),
                "air_unit": a.astype(np.int32),
                "field": S.a_field[a].astype(np.int32),
                "craft": S.a_craft[a].astype(np.int16),
                "mission": S.a_mission[a].astype(np.int32),
                "target": S.a_target[a].astype(np.int32),
                "sorties": S.a_sorties[a].astype(np.int16),
                "lost": S.a_lost[a].astype(np.int16),
            }
        )

    def _events(self, S: Any, day: int, n: int) -> None:
        events = np.asarray(S.events)[:n]
        rows: dict[str, np.ndarray] = {
            "day": np.full(n, day, np.int16),
            "number": np.arange(n, dtype=np.int16),
            **{
                name: events[name].astype(np.int32)
                for name in ("kind", "side", "hex", "unit", "other")
            },
            **{name: events[name].copy() for name in "abcde"},
        }
        rows["other"][np.isin(rows["kind"], _OTHER_NO_NODE)] = -1
        self._rows["events"].append(rows)

    def tables(self, first_date: np.datetime64) -> dict[str, Table]:
        """Every table so far, names coded; readable at any moment of the run."""
        nodes = self.names["nodes"]
        labels: dict[tuple[str, str], tuple[str, ...] | list[str]] = {
            ("units", "unit"): nodes,
            ("units", "box"): self.names["boxes"],
            ("units", "source_depot"): self.names["depots"],
            ("units", "giver"): nodes,
            ("units", "next_order"): codes.ORDER_NAMES,
            ("units", "blocked"): BLOCKED_NAMES,
            ("units", "answer"): ANSWER_NAMES,
            **{("units", name): label for name, (_, label) in _UNIT_CODES.items()},
            ("ways", "side"): codes.SIDE_NAMES,
            ("ways", "depot"): self.names["depots"],
            ("ways", "means"): MEANS_NAMES,
            ("hexes", "side"): codes.SIDE_NAMES,
            ("events", "kind"): codes.EVENT_NAMES,
            ("events", "side"): codes.SIDE_NAMES,
            ("events", "unit"): nodes,
            ("events", "other"): nodes,
            ("days", "force"): codes.FORCE_NAMES,
            ("air", "air_unit"): self.names["air_units"],
            ("air", "field"): self.names["fields"],
            ("air", "mission"): codes.MISSION_NAMES,
            ("weather", "region"): self.names["regions"],
            ("weather", "sky"): ("dry", "rain", "storm"),
            ("weather", "ground"): ("dry", "wet", "mud"),
        }
        tables: dict[str, Table] = {}
        for table, rows in self._rows.items():
            columns: Table = {}
            for name in rows[0] if rows else ():
                joined = np.concatenate([row[name] for row in rows])
                label = labels.get((table, name))
                columns[name] = joined if label is None else Coded(joined, label)
            tables[table] = columns
        # DuckDB reads moments, not days, from NumPy; the column is cast to DATE when it is written
        days = np.asarray(tables["days"]["day"]).astype("timedelta64[D]")
        tables["days"]["date"] = (first_date + days).astype("datetime64[us]")
        return tables
