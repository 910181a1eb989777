"""Writing a name in another script: traditional, simplified and Japanese characters.

Each character is exchanged for its form in data/record/variants.csv.  That is right for names of
places, formations and people with rare exceptions; a name that a table gives is never exchanged.
"""

import csv
from functools import cache

from tairiku.base.files import DATA

_COLUMNS = ("traditional", "simplified", "japanese", "folded")


@cache
def _forms() -> dict[str, dict[int, str]]:
    """For each column, the form of every character that has another one there."""
    found: dict[str, dict[int, str]] = {column: {} for column in _COLUMNS}
    with (DATA / "record" / "variants.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = ord(row["character"])
            for column in _COLUMNS:
                if row[column]:
                    found[column][code] = row[column]
    return found


def traditional(name: str) -> str:
    """Return a name in traditional characters.

    >>> traditional("第37師団")
    '第37師團'
    """
    return name.translate(_forms()["traditional"])


def simplified(name: str) -> str:
    """Return a name in simplified characters.

    >>> simplified("衡陽")
    '衡阳'
    """
    return name.translate(_forms()["simplified"])


def japanese(name: str) -> str:
    """Return a name in the characters of modern Japanese.

    >>> japanese("廣西")
    '広西'
    """
    return name.translate(_forms()["japanese"])


def one_form(name: str) -> str:
    """Return a name with one and the same form for all variants of a character, for search."""
    return name.translate(_forms()["folded"])
