"""The committed scenario is what tools/build_scenario.py makes of the order of battle."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "facts").is_dir(), reason="../shared is not beside the checkout")
def test_the_files_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "tools/build_scenario.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
