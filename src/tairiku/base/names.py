"""Names by language, with what to fall back on where a language has none."""

from typing import Any

LANGUAGES = ("en", "de", "zht", "zhs", "ja")

# the column of each language and the columns tried after it
COLUMNS = {
    "en": ("name",),
    "de": ("name_de", "name"),
    "zht": ("name_zht", "name_zhs", "name_ja", "name"),
    "zhs": ("name_zhs", "name_zht", "name_ja", "name"),
    "ja": ("name_ja", "name_zht", "name"),
}


def name_in(row: Any, language: str) -> str:
    """Return the name of a row (attributes ``name``, ``name_de`` ...) in a language.

    Raises
    ------
    KeyError
        The language is none of `LANGUAGES`.
    """
    for column in COLUMNS[language]:
        name = getattr(row, column, "")
        if name:
            return str(name)
    return str(getattr(row, "id", ""))
