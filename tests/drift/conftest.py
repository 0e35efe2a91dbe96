from types import ModuleType

import pytest

from tests.bench import streams as simulated
from tests.support import observations


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """Observations made in one line each."""
    return observations


@pytest.fixture(scope="session")
def streams() -> ModuleType:
    """The simulator of streams."""
    return simulated
