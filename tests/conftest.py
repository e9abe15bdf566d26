"""What all tests share: where the project is, and a real Chromium or a plain answer why not."""

import os
import shutil
from pathlib import Path

import pytest

REQUIRED = "CASEBOOK_REQUIRE_CHROMIUM"


@pytest.fixture(scope="session")
def root():
    """The project folder."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def chromium():
    """Path of Debian's Chromium. Without it browser tests are skipped on a newcomer's machine and fail in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None and os.environ.get(REQUIRED):
        pytest.fail("browser tests need Chromium: apt-get install chromium")
    if found is None:
        pytest.skip("no Chromium on this machine: install it to run the browser tests (they must run in CI)")
    return found
