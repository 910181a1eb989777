"""Turning the free text of the fact files into the grammar of ``basis``."""

import re

_MARKED = re.compile(r"(claim|fact|estimate):")


def grammar(text: str, fact: str = "") -> str:
    """Return a basis in the grammar ``claim:ID | fact:FILE#ID | estimate: why``, joined by ``;``.

    ``fact`` names the row of the fact files it was taken from; free text becomes an estimate
    that says so, or stays what the row gives as its source.
    """
    parts = [f"fact:{fact}"] if fact else []
    words = re.sub(r"\s+", " ", text.replace(";", ",")).strip(" ,")
    if words:
        words = re.sub(r"^estimate:?\s*", "", words)
        parts.append(f"estimate: {words}" if words else "estimate: rule of the fact files")
    return ";".join(parts)


def well_formed(basis: str) -> bool:
    """Tell whether every part of a basis follows the grammar."""
    return all(_MARKED.match(part.strip()) for part in basis.split(";"))
