"""What all tests share."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

# The same examples in every run, so that a change is judged by what it changed; LIKENESS_EXPLORE=1 draws new ones.
settings.register_profile("same", derandomize=True)
settings.load_profile("default" if os.environ.get("LIKENESS_EXPLORE") else "same")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _logs_as_they_come() -> Iterator[None]:
    """A command that ran in this process before wrote its logs to a stream that is closed by now.

    What a test began beside itself ends with it: its last words are not those of the next test.
    """
    structlog.reset_defaults()
    yield
    for thread in threading.enumerate():
        if thread.name == "beside":
            thread.join(10)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The recorded data beside the checkout."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the recorded data (../shared/data) is not beside this checkout")
    return folder
