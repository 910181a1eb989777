"""Formations, command, units, leaders, depots and air units of the scenario."""

from collections.abc import Iterable

from scenariomaking.basis import grammar
from scenariomaking.writing import Cell, Row, table

FIRST_DAY = "1944-04-17"

# a change of command after the first day stands where a plan or an order from outside the fighting
# made it; the others followed from the campaign and are left to the commanders
PLANNED = (
    "plan of 10 March 1944",
    "Army Order",
    "11th Army roll for To-go",
    "set up in the 11th Army plan",
    "raised from the Wuhan Defence Army",
    "headquarters",
    "withdrawn from China by Imperial General Headquarters",
    "New 6th Corps order of battle",
    "raised August 1944",
)

# where a unit that comes from a box sets foot on the map
ENTRY = {
    "box-beiping": ("anyang", "by rail from Beiping"),
    "box-manchuria": ("anqing", "by rail to Nanjing and up the Yangtze to the 11th Army"),
    "box-nanjing-shanghai": ("anqing", "up the Yangtze to the 11th Army"),
    "box-canton-rear": ("guangzhou", "by sea to Guangzhou"),
}

UNIT_COLUMNS = [
    "id",
    "side",
    "type",
    "men_low",
    "men_best",
    "men_high",
    "infantry_share",
    "guns_low",
    "guns_best",
    "guns_high",
    "mortars_best",
    "at_guns_best",
    "tanks_low",
    "tanks_best",
    "tanks_high",
    "trucks_low",
    "trucks_best",
    "trucks_high",
    "horses_low",
    "horses_best",
    "horses_high",
    "training",
    "cohesion",
    "equipment",
    "quality_reason",
    "place_id",
    "enters_place_id",
    "raised_on",
    "arrives",
    "departs",
    "readiness",
    "in_reserve",
    "on_plan_roll",
    "static",
    "basis",
    "confidence",
]


def formations(rows: Iterable[Row]) -> bytes:
    """formations.csv: the fact file with the columns in our order."""
    columns = [
        "id",
        "side",
        "name",
        "name_ja",
        "name_zht",
        "name_zhs",
        "level",
        "nationality_faction",
    ]
    return table(columns, ([row[c] for c in columns] for row in rows))


def command(rows: Iterable[Row]) -> bytes:
    """command.csv: each row says whether a plan made it that a simulator may follow unasked."""
    columns = [
        "formation_id",
        "superior_id",
        "from_date",
        "to_date",
        "kind",
        "plan",
        "basis",
        "confidence",
    ]
    out: list[list[Cell]] = []
    for row in rows:
        later = row["from_date"] > FIRST_DAY
        plan = "yes" if later and any(words in row["basis"] for words in PLANNED) else "no"
        basis = grammar(row["basis"], f"command#{row['formation_id']}")
        head: list[Cell] = [row[c] for c in columns[:5]]
        out.append([*head, plan, basis, row["confidence"]])
    return table(columns, out)


def units(rows: Iterable[Row]) -> bytes:
    """units.csv: the fact file, with where a unit enters the map and which stay at their post."""
    out: list[list[Cell]] = []
    for row in rows:
        entry, why = "", ""
        if row["arrives"]:
            entry, way = ENTRY.get(row["place_id"], (row["place_id"], "raised there"))
            why = f", enters {way}"
        posted = (
            row["side"] in ("puppet", "communist")
            or row["type"] in ("garrison", "militia")
            or row["on_plan_roll"] == "no"
        )
        given: dict[str, Cell] = {
            **row,
            "enters_place_id": entry,
            "in_reserve": row["divisions_in_reserve"],
            "on_plan_roll": row["on_plan_roll"] or "no",
            "static": "yes" if posted else "no",
            "basis": grammar(row["basis"] + why, f"units#{row['id']}"),
        }
        out.append([given[c] for c in UNIT_COLUMNS])
    return table(UNIT_COLUMNS, out)


def with_basis(rows: Iterable[Row], columns: str, file: str, key: str) -> bytes:
    """Any of the other files: the columns as they are, the basis in our grammar."""
    names = columns.split()
    out: list[list[Cell]] = []
    for row in rows:
        given = {**row, "basis": grammar(row["basis"], f"{file}#{row[key]}")}
        out.append([given[c] for c in names])
    return table(names, out)


LEADERS = (
    "person_id name name_local name_de formation_id post from_date to_date style initiative "
    "caution event_driven basis confidence"
)
_STOCKS = ("food_t", "fodder_t", "ammunition_t", "motor_fuel_kl", "aviation_fuel_kl")
DEPOTS = " ".join(
    [
        "id side name place_id kind",
        *(f"{stock}_{mark}" for stock in _STOCKS for mark in ("low", "best", "high")),
        *(f"inflow_month_{stock}" for stock in _STOCKS),
        "basis confidence",
    ]
)
AIR_UNITS = (
    "id side name parent_id type aircraft_type aircraft_low aircraft_best aircraft_high "
    "serviceability base_id available_from available_to rebasings basis confidence"
)


def weather(rows: Iterable[Row]) -> bytes:
    """weather.csv: the monthly normals; the dated remarks of 1944 are for the record only."""
    columns = ["region", "place_id", "month", "temp_mean_c", "precip_mm", "rain_days", "basis"]
    out: list[list[Cell]] = []
    for row in rows:
        if row["kind"] == "normal":
            place = row["place"].lower().replace(" ", "-").replace("'", "-")
            month = int(row["date_or_month"])
            basis = grammar(row["source"].partition(" http")[0], f"weather#{place}")
            numbers = [row[c] for c in columns[3:6]]
            out.append([row["place"], place, month, *numbers, basis])
    return table(columns, out)
