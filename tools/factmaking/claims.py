"""Claims out of the compiled tables: one for each figure, place, post and command of a row.

A figure with a lower and an upper bound becomes a claim with that range; its best value, the basis
that the table itself gives, and what else qualifies it stand in the note.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from scenariomaking.writing import Row
from tairiku.record.compiled import FIRST_DAY, present, under
from tairiku.record.models import Claim, columns_of

HEADER = [*columns_of(Claim)]

# column of units.csv: property, unit
STRENGTHS = {
    "men": ("men", "men"),
    "guns": ("guns", "guns"),
    "tanks": ("tanks", "tanks"),
    "trucks": ("vehicles", "vehicles"),
    "horses": ("horses", "horses"),
}
STOCKS = {
    "food_t": ("supplies", "tonnes", "food"),
    "fodder_t": ("supplies", "tonnes", "fodder"),
    "ammunition_t": ("supplies", "tonnes", "ammunition"),
    "motor_fuel_kl": ("fuel", "kilolitres", "motor-fuel"),
    "aviation_fuel_kl": ("fuel", "kilolitres", "aviation-fuel"),
}
COMMANDS = ("Commander", "Commander in chief", "Acting commander", "Commanding general")

Names = Mapping[str, str]


def slug(text: str) -> str:
    """Return a text as small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _side(side: str, id_: str) -> str:
    if side != "allied-air":
        return side
    return "china" if id_.startswith("cn-") else "united-states" if "us" in id_[:4] else "allied"


def claim(row: Row, **cells: str) -> Row:
    """Return a claim with the confidence and the basis of its row; other cells are empty."""
    basis = _plain(row.get("basis") or row.get("source") or "")
    note = [cells.pop("note", ""), f"basis: {basis}" if basis else ""]
    found = dict.fromkeys(HEADER, "") | {"confidence": row["confidence"]} | cells
    return found | {"note": "; ".join(["compiled", *(part for part in note if part)])}


def _range(low: str, best: str, high: str) -> dict[str, str]:
    """Cells of a figure with its range; the best value goes into the note."""
    if low == high or not (low and high):
        return {"value": best, "bound": "exact" if low == high else "about", "printed": best}
    return {
        "value": low,
        "value_to": high,
        "bound": "range",
        "printed": "|".join(dict.fromkeys((low, best, high))),
        "note": f"best {best}",
    }


def _said(low: str, best: str, high: str, what: str) -> str:
    about = f"{float(best):,g} {what}"
    return about if low == high or not low else f"{about} ({float(low):,g} to {float(high):,g})"


def _since(first: str, last: str) -> str:
    """Days from a first to a last, either of which may be empty; a day 01 is no exact day."""
    if first == "1943-01-01":
        first = "1943~"
    elif first.endswith("-01"):
        first = f"{first[:7]}~"
    if not (first or last):
        first = FIRST_DAY
    return f"{first or '..'}/{last or '..'}"


def units(rows: Sequence[Row], names: Names) -> Iterator[Row]:
    """Strength and place of every unit, and what those on the roll of the plan come to."""
    for row in rows:
        id_, name = row["id"], names[row["id"]]
        day = max(FIRST_DAY, row["arrives"], row["raised_on"])
        head = {"locator": f"units#{id_}", "subject": id_, "side": row["side"], "date": day}
        for column, (property_, unit) in STRENGTHS.items():
            low, best, high = (row[f"{column}_{end}"] for end in ("low", "best", "high"))
            if high == "0":
                continue
            yield claim(
                row,
                id=f"FACT-units-{id_}-{property_}",
                kind="strength",
                property=property_,
                unit=unit,
                place=row["place_id"],
                statement=f"{name} had {_said(low, best, high, unit)} on {day}.",
                **head,
                **_range(low, best, high),
            )
        yield claim(
            row,
            id=f"FACT-units-{id_}-location",
            kind="unit",
            property="location",
            value=row["place_id"],
            statement=f"{name} stood at {row['place_id']} on {day}.",
            printed=row["place_id"],
            **{**head, "date": FIRST_DAY, "place": row["place_id"]},
        )
    yield from _roll([row for row in rows if row["on_plan_roll"] == "yes"])


def _roll(rows: Sequence[Row]) -> Iterator[Row]:
    head = {
        "locator": "units#on_plan_roll=yes",
        "subject": "campaign",
        "side": "japan",
        "date": f"{FIRST_DAY}/1944-12-10",
    }
    for property_, cells, said in _sums(rows):
        statement = f"The {len(rows)} units on the roll of the plan had {said}."
        yield _sum(
            rows, id=f"FACT-units-plan-roll-{property_}", statement=statement, **head, **cells
        )


def higher(
    rows: Sequence[Row], command: Sequence[Row], names: Names, sides: Names
) -> Iterator[Row]:
    """Strength of every formation that has units under it, the sum of theirs on the first day."""
    own = {row["id"] for row in rows}
    for id_, name in names.items():
        known = set() if id_ in own else under(id_, command)
        units_below = [row for row in rows if row["id"] in known and present(row)]
        if not units_below:
            continue
        head = {
            "locator": f"units#under={id_}",
            "subject": id_,
            "side": _side(sides[id_], id_),
            "date": FIRST_DAY,
        }
        for property_, cells, said in _sums(units_below):
            statement = f"The units under {name} had {said} on {FIRST_DAY}."
            claim_id = f"FACT-units-under-{id_}-{property_}"
            yield _sum(units_below, id=claim_id, statement=statement, **head, **cells)


def _sums(rows: Sequence[Row]) -> Iterator[tuple[str, dict[str, str], str]]:
    """Property, cells and words of every figure that rows come to."""
    for column, (property_, unit) in STRENGTHS.items():
        low, best, high = (
            str(sum(int(row[f"{column}_{end}"]) for row in rows)) for end in ("low", "best", "high")
        )
        if high != "0":
            cells = {"property": property_, "unit": unit, **_range(low, best, high)}
            yield property_, cells, _said(low, best, high, unit)


def _sum(rows: Sequence[Row], **cells: str) -> Row:
    basis = f"sum of {len(rows)} row{'s' if len(rows) > 1 else ''} of the table"
    least = max((row["confidence"] for row in rows), key=("high", "medium", "low").index)
    return claim({"confidence": least, "basis": basis}, kind="strength", **cells)


def leaders(rows: Sequence[Row], names: Names, sides: Names) -> Iterator[Row]:
    """Who commanded what from when to when, and other posts."""
    for row in rows:
        formation, person = row["formation_id"], row["person_id"]
        commands = re.split(r"[;,]", row["post"])[0] in COMMANDS
        days = _since(row["from_date"], row["to_date"])
        ends = [end for end in (row["from_date"], row["to_date"]) if end]
        name = names.get(formation, formation)
        cells = {
            "locator": f"leaders#{formation}@{person}",
            "kind": "commander",
            "side": _side(sides.get(formation, ""), formation),
            "date": days,
            "printed": "|".join([person, *ends]),
            "statement": f"{row['name']} held the post of {row['post'].lower()}, {name}.",
        }
        if row["event_driven"] == "yes":
            cells["note"] = "the appointment followed from events of the campaign"
        if commands:
            cells |= {"subject": formation, "property": "commander", "value": person}
        else:
            cells |= {"subject": person, "property": "post", "value": slug(row["post"])}
            cells |= {"scope": formation, "actors": formation}
        yield claim(row, id=f"FACT-leaders-{formation}-{person}-{cells['property']}", **cells)


def command(rows: Sequence[Row], names: Names, sides: Names) -> Iterator[Row]:
    """Which formation stood under which, from when to when."""
    for row in rows:
        id_, over, first = row["formation_id"], row["superior_id"], row["from_date"]
        yield claim(
            row,
            id="-".join(part for part in ("FACT-command", id_, first, "superior") if part),
            locator=f"command#{id_}@{first}" if first else f"command#{id_}",
            kind="unit",
            subject=id_,
            side=_side(sides.get(id_, ""), id_),
            property="superior",
            value=over,
            date=_since(first, row["to_date"]),
            statement=f"{names.get(id_, id_)} stood under {names.get(over, over)}.",
            printed="|".join(part for part in (over, first, row["to_date"]) if part),
            note=row["kind"],
        )


def air_units(rows: Sequence[Row]) -> Iterator[Row]:
    """Aircraft on hand and bases of every air unit."""
    for row in rows:
        id_, name, day = row["id"], row["name"], max(FIRST_DAY, row["available_from"])
        head = {"locator": f"air_units#{id_}", "subject": id_, "side": _side(row["side"], id_)}
        low, best, high = (row[f"aircraft_{end}"] for end in ("low", "best", "high"))
        yield claim(
            row,
            id=f"FACT-air_units-{id_}-aircraft",
            kind="air",
            property="aircraft",
            unit="aircraft",
            date=day,
            place=row["base_id"],
            statement=f"{name} had {_said(low, best, high, row['aircraft_type'])} on {day}.",
            **head,
            **_range(low, best, high),
        )
        stays = [(day, row["base_id"], ""), *_moves(row["rebasings"])]
        for since, base, tail in stays:
            yield claim(
                row,
                id=f"FACT-air_units-{id_}-location{tail}",
                kind="air",
                property="location",
                value=base,
                date=since,
                place=base,
                statement=f"{name} was based at {base} from {since}.",
                printed=base,
                **head,
            )


def _moves(text: str) -> Iterator[tuple[str, str, str]]:
    for move in text.split(";"):
        if move:
            day, base = move.split(":")
            yield day, base, f"-{day}"


def airfields(rows: Sequence[Row]) -> Iterator[Row]:
    """Length of the runway of every airfield."""
    for row in rows:
        if not row["runway_ft"] or row["runway_ft"] == "0":
            continue
        yield claim(
            row,
            id=f"FACT-airfields-{row['id']}-distance",
            locator=f"airfields#{row['id']}",
            kind="air",
            subject=row["id"],
            property="distance",
            value=row["runway_ft"],
            bound="about",
            unit="feet",
            scope="runway-length",
            date=FIRST_DAY,
            place=row["id"],
            statement=f"{row['name']} had a runway of about {row['runway_ft']} feet.",
            printed=row["runway_ft"],
            note=f"operated by {row['operator_1944_04_17']}",
        )


def depots(rows: Sequence[Row]) -> Iterator[Row]:
    """Stocks of every depot."""
    for row in rows:
        for column, (property_, unit, scope) in STOCKS.items():
            low, best, high = (row[f"{column}_{end}"] for end in ("low", "best", "high"))
            if high == "0":
                continue
            said = _said(low, best, high, f"{unit} of {scope.replace('-', ' ')}")
            yield claim(
                row,
                id=f"FACT-depots-{row['id']}-{scope}",
                locator=f"depots#{row['id']}",
                kind="logistics",
                subject=row["id"],
                side=_side(row["side"], "us-" if row["side"] == "allied-air" else ""),
                property=property_,
                unit=unit,
                scope=scope,
                date=FIRST_DAY,
                place=row["place_id"],
                statement=f"The depot {row['name']} held {said} on {FIRST_DAY}.",
                **_range(low, best, high),
            )


# rows of logistics.csv that speak of what the documents speak of: subject, property, unit, scope
ALIKE = {
    "J03": ("campaign", "fuel", "kilolitres", "motor-fuel"),
    "J04": ("campaign", "fuel", "kilolitres", "aviation-fuel"),
    "J05": ("campaign", "boats", "boats", "crossing-boats"),  # the text counts junks
    "J07": ("ko-go", "vehicles", "vehicles", ""),
    "J08": ("to-go", "vehicles", "vehicles", ""),
    "J09": ("campaign", "vehicles", "vehicles", ""),
    "J10": ("campaign", "horses", "horses", ""),
    "J13": ("japan", "reinforcement-men", "men", "supplementary-manpower"),
    "C05": ("china", "price-index", "index", "1941"),
}
SIDES = {"JP": ("japan", "japan"), "CN": ("china", "china"), "AL": ("allies", "allied")}


def logistics(rows: Sequence[Row]) -> Iterator[Row]:
    """Every dated figure on supply, movement and ways; those without a figure are left out."""
    for row in rows:
        if not row["value"] or not re.fullmatch(r"[\d.]+", row["value"]):
            continue
        subject, side = SIDES[row["side"]]
        own = slug(f"{row['topic']} {row['place_or_line']}")
        alike = ALIKE.get(row["id"], (subject, "count", slug(row["unit"]) or "count", own))
        low, high = row["value_low"], row["value_high"]
        cells = _range(low or row["value"], row["value"], high or row["value"])
        if cells["bound"] == "exact":
            cells["bound"] = "about" if row["confidence"] == "low" else "exact"
        more = [part for part in (cells.pop("note", ""), row["note"]) if part]
        yield claim(
            row,
            id=f"FACT-logistics-{row['id']}-{alike[1]}",
            locator=f"logistics#{row['id']}",
            kind="logistics",
            subject=alike[0],
            side=side,
            property=alike[1],
            unit=alike[2],
            scope=alike[3],
            date=f"{row['date_from']}/{row['date_to']}",
            statement=_sentence(f"{row['topic']}, {row['place_or_line']}: {row['statement']}"),
            note="; ".join(_plain(part) for part in more),
            **cells,
        )


def _sentence(text: str) -> str:
    text = _plain(text)
    return text[0].upper() + text[1:].rstrip(".") + "."


def facts(tables: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Return the claims of all tables, in the order of tables and rows."""
    names = {row["id"]: row["name"] for row in tables["formations"]}
    sides = {row["id"]: row["side"] for row in tables["formations"]}
    return [
        *units(tables["units"], names),
        *higher(tables["units"], tables["command"], names, sides),
        *command(tables["command"], names, sides),
        *leaders(tables["leaders"], names, sides),
        *air_units(tables["air_units"]),
        *airfields(tables["airfields"]),
        *depots(tables["depots"]),
        *logistics(tables["logistics"]),
    ]
