import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

_TESTS = Path(__file__).resolve().parents[1]


def _load(path: Path) -> ModuleType:
    """Load a file that tests share; importlib mode keeps it from being imported by name."""
    name = f"likeness_tests_{path.stem}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """Observations made in one line each."""
    return _load(_TESTS / "support" / "observations.py")


@pytest.fixture(scope="session")
def streams() -> ModuleType:
    """The simulator of streams."""
    return _load(_TESTS / "bench" / "streams.py")
