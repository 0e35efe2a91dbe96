"""What all tests share."""

from pathlib import Path

import pytest
import structlog

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _logs_as_they_come() -> None:
    """A command that ran in this process before wrote its logs to a stream that is closed by now."""
    structlog.reset_defaults()


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
