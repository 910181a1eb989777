"""The tables of the lines: rail_links.csv, road_links.csv, waterway_links.csv."""

from mapmaking.links import Field, Link, grouped
from mapmaking.sources import Row, Sources, read_rows
from mapmaking.tables import number, table

STATUS_RANK = ("operating_japanese", "operating_chinese", "under_construction", "torn_up")


def status_of(link: Link) -> str:
    """Return the status of a railway link on 17 April 1944."""
    return str(link.feature.properties["status"]).lower().replace(" ", "_")


def rail_table(links: list[Link], bridges: dict[tuple[int, int], str]) -> bytes:
    """Return rail_links.csv; lines that share two hexes share a row, with the better status."""
    rows = []
    for (a, b), group in grouped(links).items():
        best = min(group, key=lambda link: STATUS_RANK.index(status_of(link)))
        kind = str(best.feature.properties.get("link") or "track").replace(" ", "_")
        rows.append(
            [
                f"rail-{a}-{b}",
                a,
                b,
                names(group),
                status_of(best),
                int(best.feature.properties["gauge_mm"]),
                kind,
                number(best.length_km, 1),
                bridges.get((a, b), ""),
                best.feature.properties["confidence"],
            ]
        )
    header = "id,hex_a,hex_b,line,status,gauge_mm,link_kind,length_km,bridge_id,confidence"
    return table(header, rows)


def names(group: list[Link]) -> str:
    """Return the names of the lines of a group, each once, in the order of the sources."""
    return "; ".join(dict.fromkeys(str(link.feature.properties["name"]) for link in group))


def road_rules(src: Sources) -> dict[str, Row]:
    """Return roads.csv by the name of the road.

    Raises
    ------
    ValueError
        A road of the sources has no row, or a row names no road.
    """
    rows = {row["name"]: row for row in read_rows(src.kept / "roads.csv")}
    roads = {f.properties["name"] for f in src.lines if f.properties["kind"] == "road"}
    if rows.keys() != roads:
        odd = ", ".join(sorted(rows.keys() ^ roads))
        raise ValueError(
            f"roads.csv and the roads of lines.geojson differ: {odd}; add or drop them"
        )
    return rows


def road_state(on: Field, link: Link, rule: Row) -> str:
    """Return good, ploughed or mountain for a road link.

    ``from_id`` and ``to_id`` of roads.csv limit the ploughed stretch; a good road between two
    mountain hexes is a mountain road.
    """
    ids: list[str] = link.feature.properties["station_ids"]
    first = ids.index(rule["from_id"]) if rule["from_id"] else 0
    last = ids.index(rule["to_id"]) if rule["to_id"] else len(ids) - 1
    if rule["state"] != "good" and first <= ids.index(link.leg[0]) < last:
        return rule["state"]
    steep = all("mountains" in on.ground.terrain[h] for h in link.pair)
    return "mountain" if steep else "good"


def road_table(on: Field, links: list[Link], bridges: dict[tuple[int, int], str]) -> bytes:
    """Return road_links.csv; roads that share two hexes share a row, with the better state."""
    rules = road_rules(on.src)
    rows = []
    for (a, b), group in grouped(links).items():
        found = [(rules[str(k.feature.properties["name"])], k) for k in group]
        found.sort(key=lambda f: (f[0]["class"] != "trunk", road_state(on, f[1], f[0]) != "good"))
        rule, best = found[0]
        rows.append(
            [
                f"road-{a}-{b}",
                a,
                b,
                names(group),
                rule["class"],
                road_state(on, best, rule),
                best.feature.properties["control_april_1944"],
                number(best.length_km, 1),
                bridges.get((a, b), ""),
                best.feature.properties["confidence"],
                rule["basis"],
            ]
        )
    header = (
        "id,hex_a,hex_b,name,class,state,control_april_1944,length_km,bridge_id,confidence,basis"
    )
    return table(header, rows)


def waterway_table(links: list[Link]) -> bytes:
    """Return waterway_links.csv; the first waterway names a shared row."""
    rows = []
    for (a, b), group in grouped(links).items():
        p = group[0].feature.properties
        row = [f"water-{a}-{b}", a, b, names(group), p["vessels"], p["control_april_1944"]]
        rows.append([*row, number(group[0].length_km, 1), p["confidence"]])
    header = "id,hex_a,hex_b,name,vessels,control_april_1944,length_km,confidence"
    return table(header, rows)
