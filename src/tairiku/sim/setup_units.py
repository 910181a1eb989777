"""Units and headquarters on the first morning: where they stand, with how much, under whom."""

from types import FunctionType
from typing import Any

import numpy as np

from tairiku.scenario.load import Scenario
from tairiku.scenario.models import Unit
from tairiku.sim import codes
from tairiku.sim.dice import D_SETUP, normal, u01
from tairiku.sim.exactmath import exp
from tairiku.sim.layout import NOWHERE, UNITS
from tairiku.sim.placement import cast_zone, zone_men
from tairiku.sim.setup_map import node_index

LEVELS = {
    "high-command": 4,
    "general-army": 4,
    "area-army": 3,
    "war-zone": 3,
    "air-force": 3,
    "fleet": 3,
    "army": 2,
    "group-army": 2,
    "army-troops": 2,
    "air-wing": 2,
}  # every other headquarters is a corps or a division split into its parts: 1

# what a sampled figure is drawn for: index of the die
(DIE_MEN, DIE_GUNS, DIE_TANKS, DIE_TRUCKS, DIE_HORSES) = range(5)


def plain(rule: Any) -> Any:
    """The Python of a compiled rule and of all that it calls, so that set-up compiles nothing."""
    if not hasattr(rule, "py_func"):
        return rule
    python = rule.py_func
    names = dict(python.__globals__)
    for name in python.__code__.co_names:
        if hasattr(names.get(name), "py_func"):
            names[name] = plain(names[name])
    return FunctionType(python.__code__, names, python.__name__, python.__defaults__)


_u01, _normal, _exp = plain(u01), plain(normal), plain(exp)
_cast_zone, _zone_men = plain(cast_zone), plain(zone_men)


def between(low: float, best: float, high: float, u: float) -> float:
    """Inverse of the triangular distribution on low, best, high at u in (0, 1)."""
    if high <= low:
        return best
    peak = (best - low) / (high - low)
    if u < peak:
        return low + float(np.sqrt(u * (high - low) * (best - low)))
    return high - float(np.sqrt((1.0 - u) * (high - low) * (high - best)))


class Figures:
    """The scenario's figures for one replica: best values, or drawn within their ranges."""

    def __init__(self, scenario: Scenario, P: Any) -> None:
        self.sampled = scenario.sources == "sampled"
        self.common = scenario.common_dice
        self.P = P

    def draw(self, row: Any, name: str, entity: int, die: int) -> float:
        """Return the figure ``name`` of a row, at the address (entity, die) where it is drawn.

        Figures among which one disputed total is shared out are drawn by one die.
        """
        best = float(getattr(row, f"{name}_best"))
        if not self.sampled:
            return best
        low, high = float(getattr(row, f"{name}_low")), float(getattr(row, f"{name}_high"))
        if (row.id, name) in self.common:
            # common dice begin behind those of air units
            entity, die = 300_000 + self.common[row.id, name], 0
        u = _u01(self.P, 0, D_SETUP, entity, die)
        return between(low, best, high, float(u))

    def whole(self, row: Any, name: str, entity: int, die: int) -> int:
        """The same figure as a whole number, halves upwards."""
        return int(self.draw(row, name, entity, die) + 0.5)


def force_of(side: str) -> int:
    """Force whose books a row's side is kept in."""
    return codes.FORCE_NAMES.index(side)


def set_units(S: Any, M: Any, P: Any, scenario: Scenario) -> None:
    """Fill the unit fields and put the units on the map, in boxes or on their way."""
    figures = Figures(scenario, P)
    leaders = traits(scenario)
    nodes = node_index(scenario)
    S.n_units = len(scenario.units)
    for u, unit in enumerate(scenario.units):
        _who(S, u, unit, leaders)
        _strength(S, P, figures, u, unit)
        _where(S, scenario, u, unit)
    _headquarters(S, scenario, nodes)
    _orders(S, P, scenario)
    for u in range(len(scenario.units)):
        if S.u_status[u] == codes.ON_MAP:
            _list(S, u)
    _zones(S, M, P)


def _who(S: Any, u: int, unit: Unit, leaders: dict[str, tuple[float, float]]) -> None:
    force = force_of(unit.side)
    S.u_side[u] = S.n_side[u] = codes.FORCE_SIDE[force]
    S.u_force[u] = force
    S.u_kind[u] = codes.KIND_NAMES.index(unit.type)
    S.u_static[u] = unit.static
    S.u_training[u], S.u_equipment[u] = unit.training / 10.0, unit.equipment / 10.0
    S.u_firmness[u] = S.u_cohesion[u] = unit.cohesion / 10.0
    S.u_infantry[u], S.u_officers[u] = unit.infantry_share, 1.0
    S.u_initiative[u], S.u_caution[u] = leaders[unit.id]


def _strength(S: Any, P: Any, figures: Figures, u: int, unit: Unit) -> None:
    men = figures.whole(unit, "men", u, DIE_MEN)
    S.u_men[u] = S.u_full[u] = S.u_start_men[u] = men
    pieces = S.u_material[u]
    pieces[codes.GUNS] = figures.whole(unit, "guns", u, DIE_GUNS)
    pieces[codes.MORTARS], pieces[codes.AT_GUNS] = unit.mortars_best, unit.at_guns_best
    pieces[codes.TANKS] = figures.whole(unit, "tanks", u, DIE_TANKS)
    pieces[codes.TRUCKS] = figures.whole(unit, "trucks", u, DIE_TRUCKS)
    pieces[codes.HORSES] = figures.whole(unit, "horses", u, DIE_HORSES)
    rounds = P.setup_rounds_man * men * unit.infantry_share * unit.equipment / 10.0
    rounds += P.setup_rounds_gun * pieces[codes.GUNS]
    rounds += P.setup_rounds_mortar * (pieces[codes.MORTARS] + pieces[codes.AT_GUNS])
    stores = S.u_store[u]
    stores[codes.FOOD] = int(P.setup_food_days * P.setup_food_man * men)
    stores[codes.FODDER] = int(P.setup_fodder_days * P.setup_fodder_horse * pieces[codes.HORSES])
    stores[codes.AMMUNITION] = int(rounds + P.setup_rounds_tank * pieces[codes.TANKS])
    fuel = P.setup_fuel_truck * pieces[codes.TRUCKS] + P.setup_fuel_tank * pieces[codes.TANKS]
    stores[codes.MOTOR_FUEL] = int(fuel)
    S.u_fed[u] = S.u_rounds[u] = S.u_fuelled[u] = S.u_linked[u] = 1.0


def _where(S: Any, scenario: Scenario, u: int, unit: Unit) -> None:
    world = scenario.map
    box = world.box_index.get(unit.place_id, -1)
    due = -1 if unit.arrives is None else scenario.day_of(unit.arrives)
    if unit.departs is not None:
        S.u_leaves_day[u] = max(0, scenario.day_of(unit.departs))
    if unit.arrives is not None and due > 0:
        S.u_status[u] = codes.TRANSIT
        S.u_due_day[u] = due
        S.u_due_hex[u] = world.place_hex[unit.enters_place_id or unit.place_id]
        return
    if unit.arrives is not None:
        box = -1
    if box >= 0:
        S.u_status[u], S.u_box[u] = codes.IN_BOX, box
    else:
        S.u_status[u] = codes.ON_MAP
        S.u_hex[u] = world.place_hex[unit.enters_place_id or unit.place_id]


def _list(S: Any, u: int) -> None:
    """Put a unit into the list of its hex, behind those of lower number (placement.place_unit)."""
    h = int(S.u_hex[u])
    if S.h_first[h] < 0:
        S.h_first[h] = u
    else:
        last = int(S.h_first[h])
        while S.u_mate[last] >= 0:
            last = int(S.u_mate[last])
        S.u_mate[last] = u
    if S.u_kind[u] != codes.GUERRILLA:
        S.h_men[S.u_side[u], h] += S.u_men[u]


def _zones(S: Any, M: Any, P: Any) -> None:
    for u in range(int(S.n_units)):
        if S.u_status[u] == codes.ON_MAP and S.u_kind[u] != codes.GUERRILLA:
            h, side = int(S.u_hex[u]), int(S.u_side[u])
            _cast_zone(S, M, h, side, _zone_men(S, P, u))


def traits(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """Initiative and caution (0-1) of whoever commands each unit: its own leader or the next above.

    A leader whose appointment followed from the campaign (``event_driven``) does not count yet.
    """
    day = scenario.first_day
    own: dict[str, tuple[float, float]] = {}
    for leader in scenario.leaders:
        begun = leader.from_date is None or leader.from_date <= day
        if begun and (leader.to_date is None or day <= leader.to_date):
            own.setdefault(leader.formation_id, (leader.initiative / 10.0, leader.caution / 10.0))
    above = scenario.superior_on(day)
    found: dict[str, tuple[float, float]] = {}
    for unit in scenario.units:
        seen, steps = unit.id, 0
        while seen not in own and seen in above and steps < len(above):
            seen, steps = above[seen], steps + 1
        found[unit.id] = own.get(seen, (0.5, 0.5))
    return found


def _headquarters(S: Any, scenario: Scenario, nodes: dict[str, int]) -> None:
    for formation in scenario.higher:
        node = nodes[formation.id]
        S.n_side[node] = codes.FORCE_SIDE[force_of(formation.side)]
        S.n_level[node] = LEVELS.get(formation.level, 1)
    for below, superior in scenario.superior_on(scenario.first_day).items():
        if below in nodes and superior in nodes:
            S.n_superior[nodes[below]] = nodes[superior]
    for u in range(len(scenario.units)):
        S.n_hex[u] = S.u_hex[u]
        node, steps = int(S.n_superior[u]), 0
        while S.u_status[u] == codes.ON_MAP and node >= UNITS and steps < len(nodes):
            if S.n_hex[node] == NOWHERE:
                S.n_hex[node] = S.u_hex[u]
            node, steps = int(S.n_superior[node]), steps + 1


def _orders(S: Any, P: Any, scenario: Scenario) -> None:
    """Everybody holds where he stands; who is in the line has dug there."""
    for u, unit in enumerate(scenario.units):
        S.u_giver[u] = S.n_superior[u]
        if S.u_status[u] != codes.ON_MAP:
            continue
        S.u_order[u], S.u_target[u] = codes.O_HOLD, S.u_hex[u]
        S.u_from[u] = S.u_hex[u]
        S.u_posture[u] = codes.P_REST
        if not unit.in_reserve and not unit.on_plan_roll and unit.type != "guerrilla":
            S.u_posture[u] = codes.P_PREPARED
            S.u_dug[u] = P.setup_dug_days


def set_beliefs(S: Any, P: Any, scenario: Scenario) -> None:
    """What each side's staff believed on the eve: where the other stood, strengths in error.

    The logarithm of a believed strength errs by ``setup.belief_error``; assembled offensive troops
    of the plan's roll were seen only by the share ``setup.belief_assembly`` of their men.
    """
    for u, unit in enumerate(scenario.units):
        if S.u_status[u] != codes.ON_MAP or S.u_kind[u] == codes.GUERRILLA:
            continue
        z = _normal(P, 0, D_SETUP, u, 9)
        men = float(S.u_men[u]) * float(_exp(P.setup_belief_error * z))
        if unit.on_plan_roll:
            men *= P.setup_belief_assembly
        watcher, h = 1 - int(S.u_side[u]), int(S.u_hex[u])
        S.h_belief[watcher, h] += int(men)
        S.h_seen[watcher, h] = 0
