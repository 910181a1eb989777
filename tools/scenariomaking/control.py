"""Who holds each hex on the first morning: spread from what is known to be held.

From every unit, operating railway, airfield, controlled road, bridge and known place a claim
spreads over the land, dearer in rough country and over great rivers and the flood.
Each hex goes to the side whose claim reaches it more cheaply; the Japanese claim reaches only so
far from its posts, for what no army held in April 1944 was not Japanese country.
"""

import heapq
from collections.abc import Iterator

from scenariomaking.writing import Cell, Row, table
from tairiku.base.hexes import Grid

ROUGH = {
    "plain": 1.0,
    "paddy": 1.0,
    "hills": 1.5,
    "low_mountains": 2.5,
    "high_mountains": 4.0,
}
GREAT_RIVER = 6.0  # class 3, and the flood of the Yellow River where half the hex or more lay in it
RIVER = 1.0  # class 2
REACH = 4.0  # of a Japanese post, in hexes of open plain
LAND = tuple(ROUGH)


class Ground:
    """The land of the map and what it costs to spread over it."""

    def __init__(self, grid: Grid, hexes: list[Row], rivers: list[Row]) -> None:
        self.grid = grid
        self.land = {int(h["hex"]): h for h in hexes if h["terrain"] in LAND}
        self.river: dict[tuple[int, int], int] = {}
        for side in rivers:
            here, k = int(side["hex"]), int(side["side"])
            there = grid.neighbour(here, k)
            self.river[here, there] = self.river[there, here] = int(side["class"])

    def neighbours(self, here: int) -> Iterator[tuple[int, float]]:
        """Yield the land hexes beside a hex and the cost of spreading there."""
        for there in self.grid.neighbours(here):
            if there in self.land:
                row = self.land[there]
                cost = ROUGH[row["terrain"]]
                river = self.river.get((here, there), 0)
                if river == 3 or float(row["flood_zone_share"]) >= 0.5:
                    cost += GREAT_RIVER
                elif river == 2:
                    cost += RIVER
                yield there, cost

    def spread(self, seeds: dict[int, float], barred: set[int]) -> dict[int, float]:
        """Return the cost of the cheapest way from a seed to every land hex it can reach."""
        best = {h: start for h, start in seeds.items() if h in self.land}
        heap = [(start, h) for h, start in best.items()]
        heapq.heapify(heap)
        while heap:
            cost, here = heapq.heappop(heap)
            if cost > best[here]:
                continue
            for there, step in self.neighbours(here):
                if there not in barred and cost + step < best.get(there, 1e9):
                    best[there] = cost + step
                    heapq.heappush(heap, (cost + step, there))
        return best


def seeds_of(files: dict[str, list[Row]], place_hex: dict[str, int]) -> dict[int, tuple[str, str]]:
    """Return what is known: hex -> (side, basis); units go before places, these before the rest."""
    found: dict[int, tuple[str, str]] = {}
    japanese = ("japan", "puppet")
    for unit in files["units"]:
        at = place_hex.get(unit["place_id"])
        if at is not None and unit["type"] != "guerrilla" and not unit["arrives"]:
            side = "japan" if unit["side"] in japanese else "china"
            found.setdefault(at, (side, f"fact:units#{unit['id']}"))
    for place in files["held_places"]:
        found.setdefault(place_hex[place["place_id"]], (place["side"], place["basis"]))
    for link in files["rail_links"]:
        if link["status"].startswith("operating"):
            side = "japan" if link["status"] == "operating_japanese" else "china"
            basis = f"estimate: on the railway {link['line']} that ran under this side"
            for end in ("hex_a", "hex_b"):
                found.setdefault(int(link[end]), (side, basis.replace(";", ",")))
    for field in files["airfields"]:
        if field["hex"] and field["operator"] != "disused":
            side = "japan" if field["operator"] in ("IJAAF", "IJN") else "china"
            found.setdefault(int(field["hex"]), (side, f"fact:airfields#{field['id']}"))
    for road in files["road_links"]:
        if road["control_april_1944"] in ("Japanese", "Chinese"):
            side = "japan" if road["control_april_1944"] == "Japanese" else "china"
            basis = f"estimate: on the road {road['name']} under this side"
            for end in ("hex_a", "hex_b"):
                found.setdefault(int(road[end]), (side, basis))
    for reach in files["waterway_links"]:
        if reach["control_april_1944"] == "Japanese":
            basis = f"estimate: on the waterway {reach['name']} that Japanese boats used"
            for end in ("hex_a", "hex_b"):
                found.setdefault(int(reach[end]), ("japan", basis))
    for depot in files["depots"]:
        at = place_hex.get(depot["place_id"])
        if at is not None:
            side = "japan" if depot["side"] == "japan" else "china"
            found.setdefault(at, (side, f"fact:depots#{depot['id']}"))
    return found


def control(grid: Grid, files: dict[str, list[Row]], place_hex: dict[str, int]) -> bytes:
    """control.csv: every land hex of the theatre with its holder."""
    ground = Ground(grid, files["hexes"], files["river_sides"])
    seeds = seeds_of(files, place_hex)
    held: dict[str, dict[int, float]] = {}
    for side in ("japan", "china"):
        own = {h: 0.0 for h, (who, _) in seeds.items() if who == side}
        other = {h for h, (who, _) in seeds.items() if who != side}
        held[side] = ground.spread(own, other)
    rows: list[list[Cell]] = []
    for h in sorted(ground.land):
        if h in seeds:
            side, basis = seeds[h]
        else:
            japan = held["japan"].get(h, 1e9)
            side = "japan" if japan <= REACH and japan < held["china"].get(h, 1e9) else "china"
            if ground.land[h]["province"] == "Indochina":
                side = "japan"
            basis = "estimate: nearest known holder"
        rows.append([h, side, basis])
    return table(("hex", "side", "basis"), rows)
