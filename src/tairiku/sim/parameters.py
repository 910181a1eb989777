"""The names of every parameter the rules read; values, units, ranges, reasons are the scenario's.

A name ``rule.quantity`` is the key in parameters.toml and, with the dot as an underscore, the field
of the parameter record.  Scenario setup refuses a file that lacks one or has one more.
"""

# one tuple for each rule of the day; a rule adds its names to its own tuple
WEATHER: tuple[str, ...] = ()
ARRIVALS: tuple[str, ...] = ()
SIGHT: tuple[str, ...] = ()
ORDERS: tuple[str, ...] = ()
SUPPLY: tuple[str, ...] = ()
WORKS: tuple[str, ...] = ()
AIR: tuple[str, ...] = ()
MOVEMENT: tuple[str, ...] = ()
COMBAT: tuple[str, ...] = ()
SIEGE: tuple[str, ...] = ()
ENCIRCLEMENT: tuple[str, ...] = ()
REST: tuple[str, ...] = ()
LAND: tuple[str, ...] = ()
COMMANDER: tuple[str, ...] = ()

NAMES: tuple[str, ...] = (
    *WEATHER,
    *ARRIVALS,
    *SIGHT,
    *ORDERS,
    *SUPPLY,
    *WORKS,
    *AIR,
    *MOVEMENT,
    *COMBAT,
    *SIEGE,
    *ENCIRCLEMENT,
    *REST,
    *LAND,
    *COMMANDER,
)
