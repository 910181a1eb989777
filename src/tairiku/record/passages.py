"""The passages of a document: its lines, the sentences of each line, and the heading above it.

A locator names a passage without quoting it: ``L6.3`` is the third sentence of the sixth line of a
document's file, ``L6`` the whole line.  Sentences are cut by a fixed rule, so that a locator means
the same on every copy of the same text.
"""

import re
from dataclasses import dataclass
from pathlib import Path

# German writes 19. April, 12. Korps, 68. und 116. Division: a stop after one to three digits,
# after Roman numerals or after these short forms ends no sentence
_NO_END = re.compile(
    r"(?:\b\d{1,3}|\b[IVX]+|\b(?:mot|jap|dt|bzw|ca|vgl|Nr|Dr|Gen|Lt|usw|etc|ISBN))\.$"
)
_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„‚(\d])|(?<=[。！？])(?![」』”’）)<\]])")
_HEADING = re.compile(r"^(={2,5})\s*(.+?)\s*\1\s*$")
_LOCATOR = re.compile(r"L(\d+)(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a document: line and number in the line (both from 1), heading, text."""

    line: int
    sentence: int
    heading: str
    text: str

    @property
    def locator(self) -> str:
        return f"L{self.line}.{self.sentence}"


def sentences(line: str) -> list[str]:
    """Return the sentences of one line, in order; an empty line has none.

    >>> sentences("Am 19. April begann es. Es regnete.")
    ['Am 19. April begann es.', 'Es regnete.']
    """
    found: list[str] = []
    start = 0
    for stop in _STOP.finditer(line):
        piece = line[start : stop.start()].strip()
        if _NO_END.search(piece):
            continue
        if piece:
            found.append(piece)
        start = stop.end()
    rest = line[start:].strip()
    if rest:
        found.append(rest)
    return found


def passages(text: str) -> list[Passage]:
    """Return every sentence of a document with the headings (outer / inner) it stands under."""
    found: list[Passage] = []
    headings: dict[int, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        heading = _HEADING.match(line.strip())
        if heading:
            level = len(heading[1])
            headings = {k: v for k, v in headings.items() if k < level} | {level: heading[2]}
        above = " / ".join(headings[k] for k in sorted(headings))
        found.extend(Passage(number, n, above, s) for n, s in enumerate(sentences(line), 1))
    return found


def read_passages(path: Path) -> list[Passage]:
    """Return the passages of a document's file (UTF-8)."""
    return passages(path.read_text(encoding="utf-8"))


def locators(text: str) -> list[tuple[int, int | None]]:
    """Return the (line, sentence or None) of a locator field such as ``L6.3;L6.4``.

    Raises
    ------
    ValueError
        A part is no locator.
    """
    found = []
    for part in text.split(";"):
        match = _LOCATOR.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"'{part}' is not a locator; write L6.3 (line 6, sentence 3) or L6")
        found.append((int(match[1]), int(match[2]) if match[2] else None))
    return found
