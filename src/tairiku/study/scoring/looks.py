"""The log of looks: who saw the phases that were held out, and what was changed after.

A score on phases that were looked at before is worth less, and a reader must be able to tell.
`tairiku validate` names the log; it writes a line only if told to (``--log``).
"""

import csv
import subprocess
from datetime import date
from pathlib import Path

from tairiku import __version__
from tairiku.base.errors import RequestError
from tairiku.base.kernels import PACKAGE, sources_digest

COLUMNS = ("date", "who", "model", "looked_at", "changed_after")


def looks_path() -> Path:
    """docs/looks.csv of the checkout this program runs from, else looks.csv in this folder."""
    docs = PACKAGE.parent.parent / "docs"
    return docs / "looks.csv" if docs.is_dir() else Path("looks.csv")


def read_looks(path: Path) -> list[dict[str, str]]:
    """The looks so far, oldest first; none where there is no log."""
    if not path.is_file():
        return []
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def append_look(path: Path, *, who: str, model: str, looked_at: str, changed_after: str) -> None:
    """Add a line to the log, with today's date.

    Raises
    ------
    RequestError
        The log cannot be written.
    """
    try:
        new = not path.is_file()
        with path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            if new:
                writer.writerow(COLUMNS)
            writer.writerow([date.today().isoformat(), who, model, looked_at, changed_after])
    except OSError as error:
        raise RequestError(f"cannot write to the log '{path}' ({error.strerror})") from error


def model_tag() -> str:
    """The model as it is: git's tag and commit if this is a checkout, version and kernel digest.

    ``-dirty`` means that files differ from the commit.
    """
    kernels = f"version {__version__}, kernels {sources_digest()}"
    try:
        said = subprocess.run(
            ["git", "describe", "--tags", "--always", "--dirty"],
            cwd=PACKAGE,
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
        # a copy of the package inside somebody else's repository is not that repository's model
        top = subprocess.run(
            ["git", "ls-files", "--error-unmatch", "__init__.py"],
            cwd=PACKAGE,
            capture_output=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return kernels
    if said.returncode or top.returncode:
        return kernels
    return f"{said.stdout.strip()} ({kernels})"
