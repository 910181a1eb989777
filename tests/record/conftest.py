"""The documents beside the checkout, for the tests that hold the record against them."""

from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2].parent / "shared" / "sources"


@pytest.fixture(scope="session")
def documents_folder() -> Path:
    """The folder with the two documents; a test that needs it is skipped where it is not."""
    if not SOURCES.is_dir():
        pytest.skip("the documents are not beside the checkout (../shared/sources)")
    return SOURCES
