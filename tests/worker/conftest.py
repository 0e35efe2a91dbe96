"""What the tests of workers stand on: see `tests.support.works`."""

import pytest

from tests.support import postgres
from tests.support import works as made


@pytest.fixture
def vendor():
    with made.vending() as server:
        yield server


@pytest.fixture(scope="session")
def database():
    with postgres.serving() as server:
        yield made.Database(server)


@pytest.fixture(scope="session")
def nursery():
    with made.new_nursery() as process:
        yield process


@pytest.fixture
def works(tmp_path, database, vendor, nursery):
    own = made.Works(tmp_path, database.empty(), vendor, nursery)
    yield own
    own.end()


@pytest.fixture
def until():
    return made.until
