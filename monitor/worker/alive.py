"""A file that is fresh as long as this machine's worker reaches its database: what a container's health check reads."""

import time
from pathlib import Path
from tempfile import gettempdir

FRESH = 90.0  # seconds
FILE = Path(gettempdir()) / "likeness-worker.alive"


def is_fresh(file: Path = FILE, *, now: float | None = None) -> bool:
    """Whether a worker of this machine reached its database lately; `now` in seconds since 1970."""
    try:
        age = (now if now is not None else time.time()) - file.stat().st_mtime
    except OSError:
        return False
    return abs(age) < FRESH  # one that is still to come was written before the clock was set back
