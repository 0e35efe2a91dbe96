"""Shows from outside that a worker reaches its database."""

import asyncio
from contextlib import suppress
from pathlib import Path

from storage.errors import StoreError
from storage.store import Store


async def beat(store: Store, file: Path, *, seconds: float) -> None:
    """Touch the file again and again while the database answers."""
    while True:
        await asyncio.to_thread(_show, store, file)
        await asyncio.sleep(seconds)


def _show(store: Store, file: Path) -> None:
    with suppress(StoreError), store.snapshot() as tx:
        tx.connection()
        file.touch()
