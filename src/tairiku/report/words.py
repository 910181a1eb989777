"""Words of the page in five languages, from strings.toml and its two further files."""

import tomllib
from functools import lru_cache
from pathlib import Path

from tairiku.base.names import LANGUAGES


@lru_cache(maxsize=1)
def words() -> dict[str, list[str]]:
    """Every word and pattern by its key: five texts in the order of `LANGUAGES`.

    Those of section ``word`` have their plain key, the others ``section.key``.
    """
    found: dict[str, list[str]] = {}
    for name in ("strings.toml", "strings_events.toml", "strings_explain.toml"):
        text = Path(__file__).with_name(name).read_text(encoding="utf-8")
        for section, table in tomllib.loads(text).items():
            for key, texts in table.items():
                found[key if section == "word" else f"{section}.{key}"] = texts
    return found


def word(key: str, language: str) -> str:
    """The word of a key in a language; the key itself where there is none."""
    texts = words().get(key)
    return texts[LANGUAGES.index(language)] if texts else key
