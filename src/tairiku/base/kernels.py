"""Where the compiled rules are kept: a cache folder named by a hash of every source they come from.

Numba's own key is the entry file alone, not its callees; a changed rule would run stale.  So the
folder's name is a digest of all rule and commander sources, the exact tables and the versions of
Numba, llvmlite and NumPy.  Call `use_cache` before the first `@njit(cache=True)` is met.
"""

import hashlib
import os
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).parent.parent
SOURCES = ("sim/*.py", "command/*.py", "batch.py", "data/exactmath/*.csv")


@cache
def sources_digest() -> str:
    """16 hex digits over the kernel sources and the compiler's versions."""
    digest = hashlib.sha256()
    for name in ("numba", "llvmlite", "numpy"):
        digest.update(f"{name}=={version(name)}\n".encode())
    for pattern in SOURCES:
        for path in sorted(PACKAGE.glob(pattern)):
            digest.update(path.relative_to(PACKAGE).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_root() -> Path:
    """The folder of all our caches; TAIRIKU_CACHE overrides the platform's own place."""
    chosen = os.environ.get("TAIRIKU_CACHE")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("tairiku"))


def cache_folder() -> Path:
    """The folder of this version's compiled rules, in this place: Numba keeps them by path too."""
    place = hashlib.sha256(str(PACKAGE).encode()).hexdigest()[:8]
    return cache_root() / "kernels" / sources_digest() / place


def is_compiled(entry: str = "play_days") -> bool:
    """True if the compiled entry of exactly these sources is on disk, or compiling is off."""
    if os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0"):
        return True
    if "numba" in sys.modules and sys.modules["numba"].config.DISABLE_JIT:
        return True
    return any(cache_folder().rglob(f"*.{entry}-*.nbc"))


def use_cache() -> Path:
    """Point Numba's cache at our folder; the folder."""
    import numba

    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    numba.config.CACHE_DIR = str(folder)
    return folder
