"""Names in five languages: which one to show, and finding a thing by any of them.

A name is shown in the language asked for; where that has none, the next of
`tairiku.base.names.COLUMNS` stands in.  For search, what differs between ways of writing one name
is folded away: diacritics (Hengyō, Hengyo), hyphens, spaces and apostrophes (Heng-yang, Heng yang),
capitals, traditional, simplified and Japanese forms of a character (衡陽, 衡阳), numerals of an
ordinal (第十軍, 第10軍).
"""

import unicodedata

from tairiku.base.errors import RequestError
from tairiku.base.hints import near
from tairiku.base.names import name_in
from tairiku.record.entities import Entity
from tairiku.record.load import Record
from tairiku.record.numerals import arabic_ordinals
from tairiku.record.scripts import one_form

# of things with the same name, which is meant first
ORDER = ("place", "box", "formation", "person", "event", "plan", "thing", "side", "group", "work")

_DROPPED = str.maketrans("", "", "-‐‑–—'’‘ʻʼ`´ .,·・\u3000")


def fold(text: str) -> str:
    """Return what all ways of writing a name have in common.

    >>> fold("Heng-yang") == fold("Hengyang"), fold("衡陽") == fold("衡阳")
    (True, True)
    """
    plain = unicodedata.normalize("NFKD", arabic_ordinals(text))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = unicodedata.normalize("NFC", plain)
    return one_form(plain.casefold().translate(_DROPPED))


def name_of(record: Record, id_: str, language: str = "en") -> str:
    """Return the name of an entity in a language; what is no id is returned as it is."""
    entity = record.entities.get(id_)
    return id_ if entity is None else name_in(entity, language)


def find(record: Record, text: str, language: str | None = None) -> list[Entity]:
    """Return the entities a text may mean, the likeliest first.

    Those whose id or whole name it is go before those whose name begins with it, and these before
    those whose name holds it.

    Parameters
    ----------
    record
        The record to look in.
    text
        An id, or a name or part of one, in any language.
    language
        Look at the names of one language only; all of them if None.
    """
    wanted = fold(text)
    if not wanted:
        return []
    found: list[tuple[int, int, int, str, Entity]] = []
    for entity in record.entities.values():
        if entity.id == text:
            found.append((0, 0, 0, entity.id, entity))
            continue
        names = entity.names if language is None else (name_in(entity, language),)
        best = min((_rank(fold(name), wanted) for name in names), default=9)
        if best < 9:
            said = -len(record.about(entity.id))
            found.append((best, ORDER.index(entity.type), said, entity.id, entity))
    return [entry[-1] for entry in sorted(found, key=lambda entry: entry[:-1])]


def _rank(name: str, wanted: str) -> int:
    if name == wanted:
        return 1
    if name.startswith(wanted):
        return 2
    # one letter, or one character that is part of many names, says too little
    return 3 if len(wanted) > 1 and wanted in name else 9


def one(record: Record, text: str) -> Entity:
    """Return the entity that a text names.

    Of several with that very name, the first in `ORDER` is meant.

    Raises
    ------
    RequestError
        Nothing has that name, or several have it as a part of theirs; the message lists them.
    """
    found = find(record, text)
    if not found:
        names = [entity.name for entity in record.entities.values()]
        raise RequestError(f"'{text}' is not known by any name{near(text, names)}")
    if found[0].id == text or fold(text) in {fold(name) for name in found[0].names}:
        return found[0]
    if len(found) == 1:
        return found[0]
    some = ", ".join(f"{entity.id} ({entity.name})" for entity in found[:8])
    more = f" and {len(found) - 8} more" if len(found) > 8 else ""
    raise RequestError(f"'{text}' is part of several names: {some}{more}; name one by its id")
