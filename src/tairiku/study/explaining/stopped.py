"""What kept each unit from going on, every evening: one SQL query over the tables of a run.

The causes are asked for in the order in which the rules would let them stop a march
(docs/rules/movement.md).  ``goes-on`` says that nothing stopped the unit, ``waits`` that the replay
names no cause; ``days`` is how many days more it lasts.  A run of schema 1 has no causes: NULL.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

CAUSES = (
    "goes-on",
    "off-map",
    "attack-broken-off",
    "retreat",
    "rout",
    "routed",
    "paralysed",
    "static",
    "fighting",
    "no-supply",
    "holds",
    "arrived",
    "no-order",
    "siege-watched",
    "blocked-enemy",
    "blocked-river",
    "blocked-stacking",
    "blocked-no-way",
    "rests",
    "fought",
    "post-taken",
    "waits",
)

# the sieges by their events: phase of each place from a day on
_SIEGES = """
CREATE OR REPLACE TEMP TABLE sieges AS
SELECT hex, day AS first, coalesce(lead(day) OVER (PARTITION BY hex ORDER BY day, number), 32767)
    AS last, CASE kind WHEN 'siege-begins' THEN 'invested' WHEN 'assault-begins' THEN 'assault'
    WHEN 'assault-ends' THEN 'rebuild' END AS phase
FROM events
WHERE kind IN ('siege-begins', 'assault-begins', 'assault-ends', 'city-taken', 'relieved')
"""

_STOPPED = """
CREATE OR REPLACE TEMP TABLE stopped AS
WITH mine AS (
    SELECT day, unit, bool_or(kind = 'attack-broken-off') AS broke_off,
        bool_or(kind = 'retreat') AS retreated, bool_or(kind = 'rout') AS was_routed,
        bool_or(kind = 'halt') AS halted
    FROM events WHERE kind IN ('attack-broken-off', 'retreat', 'rout', 'halt') AND unit IS NOT NULL
    GROUP BY day, unit),
watched AS (
    SELECT u.day, u.unit FROM units u JOIN sieges s
    ON s.hex = u.target AND u.day >= s.first AND u.day < s.last
        AND s.phase IN ('invested', 'rebuild')
    WHERE u.order_code = 'assault' GROUP BY u.day, u.unit),
stands AS (SELECT DISTINCT day, hex, side FROM units WHERE hex IS NOT NULL AND men > 0)
SELECT u.day, u.unit, CASE
    WHEN u.static IS NULL THEN NULL
    WHEN u.status <> 'on-map' THEN 'off-map'
    WHEN m.broke_off THEN 'attack-broken-off'
    WHEN m.retreated THEN 'retreat'
    WHEN m.was_routed THEN 'rout'
    WHEN u.rout_days > 0 THEN 'routed'
    WHEN u.paralysed > 0 THEN 'paralysed'
    WHEN u.static = 1 THEN 'static'
    WHEN u.attacks IS NOT NULL THEN 'fighting'
    WHEN m.halted THEN 'no-supply'
    WHEN u.hex = u.target AND u.order_code IN ('hold', 'fortress', 'delay', 'screen', 'refit')
        THEN 'holds'
    WHEN u.hex = u.target THEN 'arrived'
    WHEN u.order_code = 'none' THEN 'no-order'
    WHEN (u.blocked IS NOT NULL OR u.halt_days > 0) AND w.unit IS NOT NULL THEN 'siege-watched'
    WHEN u.blocked IS NOT NULL THEN 'blocked-' || u.blocked
    WHEN u.halt_days > 0 THEN 'rests'
    WHEN u.km_today > 0 THEN 'goes-on'
    WHEN u.posture IN ('attack', 'assault') THEN 'fought'
    WHEN u.order_code IN ('hold', 'fortress', 'delay') AND e.hex IS NOT NULL THEN 'post-taken'
    ELSE 'waits' END AS cause,
    CASE WHEN u.rout_days > 0 THEN u.rout_days WHEN u.paralysed > 0 THEN u.paralysed
    ELSE u.halt_days END AS days
FROM units u LEFT JOIN mine m USING (day, unit) LEFT JOIN watched w USING (day, unit)
LEFT JOIN stands e ON e.day = u.day AND e.hex = u.target AND e.side <> u.side
"""


def find_causes(con: "duckdb.DuckDBPyConnection") -> None:
    """Make ``stopped`` (day, unit, cause, days) and ``sieges`` (hex, first, last, phase)."""
    con.execute(_SIEGES)
    con.execute(_STOPPED)
