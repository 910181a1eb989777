"""Symbols of units after APP-6, drawn once for each kind by the milsymbol library.

The library takes most of a second to open its tables, so drawings are kept in the cache folder,
under its version.
"""

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from tairiku.base.errors import RequestError
from tairiku.base.files import write_whole
from tairiku.base.kernels import cache_root

_FILL = re.compile(r'fill="rgb\([^)]*\)"')
_BOX = re.compile(r'viewBox="([-\d. ]+)"')


@dataclass(frozen=True)
class Drawn:
    """A symbol as SVG, its frame not filled.

    Attributes
    ----------
    svg
        Complete drawing, lines in black.
    box
        Its view box: left, top, width, height, in units in which a frame is about 150 wide.
    diamond
        Whether the frame is the diamond; otherwise it is the rectangle.
    """

    svg: str
    box: tuple[float, float, float, float]
    diamond: bool


@lru_cache(maxsize=1)
def _codes() -> dict[str, dict[str, str]]:
    path = Path(__file__).with_name("symbols.toml")
    codes: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return codes


def code(force: str, kind: str, level: str) -> str:
    """Return the 20 digits for a unit's force, kind and level of command.

    A kind or level that symbols.toml does not name has a plain frame or no mark of size.

    >>> code("china", "infantry", "division")
    '10031000211211000000'
    """
    codes = _codes()
    frame = codes["frame"].get(force, "1")
    echelon = codes["echelon"].get(level, "00")
    return f"100{frame}1000{echelon}{codes['icon'].get(kind, '000000')}0000"


@lru_cache(maxsize=256)
def symbol(force: str, kind: str, level: str) -> Drawn:
    """Return the symbol of a kind of unit."""
    return symbols([(force, kind, level)])[f"{force}/{kind}/{level}"]


def _clear(digits: str, svg: str) -> Drawn:
    """The drawing of a code with its frame not filled."""
    found = _BOX.search(svg)
    left, top, width, height = (float(part) for part in (found[1] if found else "").split())
    clear = _FILL.sub('fill="none"', svg, count=1)
    return Drawn(clear, (left, top, width, height), digits[3] in "56")


def _kept() -> Path:
    return cache_root() / "symbols" / f"milsymbol-{version('milsymbol')}.json"


def _drawings(wanted: Iterable[str]) -> dict[str, str]:
    """SVG of each 20-digit code, from the cache; what it lacks is drawn and added to it."""
    try:
        drawings: dict[str, str] = json.loads(_kept().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        drawings = {}
    missing = sorted(set(wanted) - drawings.keys())
    if missing:
        from milsymbol import Symbol

        drawings |= {digits: Symbol(digits, size=100).as_svg() for digits in missing}
        try:
            _kept().parent.mkdir(parents=True, exist_ok=True)
            write_whole(_kept(), json.dumps(drawings).encode())
        except (OSError, RequestError):
            pass  # a cache that cannot be written only costs time
    return drawings


def symbols(kinds: Iterable[tuple[str, str, str]]) -> dict[str, Drawn]:
    """Return the symbols of (force, kind, level), each once, by the three joined with a slash."""
    digits = {"/".join(kind): code(*kind) for kind in sorted(set(kinds))}
    drawings = _drawings(digits.values())
    return {name: _clear(number, drawings[number]) for name, number in digits.items()}
