"""The tool that makes the map, where the sources stand beside the checkout."""

import subprocess
import sys

import pytest

from tests.map.mapdata import ROOT

SHARED = ROOT.parent / "shared" / "geo"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared beside the checkout")
def test_committed_files_are_what_the_tool_makes() -> None:
    pytest.importorskip("pyproj")
    pytest.importorskip("shapely")
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools/build_map.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
