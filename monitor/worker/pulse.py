"""A file that is fresh as long as a worker reaches its database: what a container's health check looks at."""

import asyncio
import time
from contextlib import suppress
from pathlib import Path

from storage.errors import StoreError
from storage.store import Store

FRESH = 90.0  # seconds


async def beat(store: Store, file: Path, *, seconds: float) -> None:
    """Touch the file again and again while the database answers."""
    while True:
        await asyncio.to_thread(_show, store, file)
        await asyncio.sleep(seconds)


def _show(store: Store, file: Path) -> None:
    with suppress(StoreError), store.snapshot() as tx:
        tx.connection()
        file.touch()


def is_fresh(file: Path, *, now: float | None = None) -> bool:
    """Whether a worker of this machine beat lately; `now` in seconds since 1970."""
    try:
        return (now if now is not None else time.time()) - file.stat().st_mtime < FRESH
    except OSError:
        return False
