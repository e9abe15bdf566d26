"""What all tests share: where the project is, and a real Chromium and real database servers or a plain answer why not."""

import os
import shutil
from pathlib import Path

import pytest

from tests.intake import servers

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


@pytest.fixture(scope="session")
def postgresql_server():
    """A PostgreSQL of this worker's own, ended with the session."""
    with servers.postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def mariadb_server():
    """A MariaDB of this worker's own, ended with the session."""
    with servers.mariadb() as server:
        yield server


@pytest.fixture
def postgresql(postgresql_server):
    """PostgreSQL with an empty database `civil`."""
    return servers.emptied(postgresql_server)


@pytest.fixture
def mariadb(mariadb_server):
    """MariaDB with an empty database `civil`."""
    return servers.emptied(mariadb_server)
