"""Being told to end: by a signal, once, for all that a program does."""

import asyncio
import signal
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from storage.patience import Patience

GRACE = 30.0  # seconds for which a store that cannot write is still waited for


def nothing_else() -> None:
    """Do nothing more where a program is told to end."""


def on_signal(
    stop: asyncio.Event, patience: Patience, *, grace: float = GRACE, also: Callable[[], None] = nothing_else
) -> None:
    """Set `stop` at SIGTERM or SIGINT; what was paid for and is not kept yet has `grace` seconds from then on."""

    def told() -> None:
        stop.set()
        patience.end_in(grace)
        also()

    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, told)


Stoppable = Callable[[asyncio.Event], Coroutine[Any, Any, None]]  # ends what it is at once the event is set


class Threads:
    """Work in threads beside a program, each in a loop of its own; it ends before the program does."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._lock = threading.RLock()  # a signal's handler may meet its own thread here
        self._threads: list[threading.Thread] = []
        self._stops: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}
        self._told = False

    def start(self, work: Stoppable) -> None:
        """Begin `work` without waiting for it."""
        thread = threading.Thread(target=lambda: asyncio.run(self._run(work)), name="beside", daemon=True)
        with self._lock:
            self._threads = [each for each in self._threads if each.is_alive()]
            thread.start()
            self._threads.append(thread)

    async def _run(self, work: Stoppable) -> None:
        stop = asyncio.Event()
        with self._lock:
            self._stops[stop] = asyncio.get_running_loop()
            if self._told:
                stop.set()
        try:
            await work(stop)
        finally:
            with self._lock:
                del self._stops[stop]

    def tell(self) -> None:
        """Tell all that runs here to end, and what may be started yet."""
        with self._lock:
            self._told = True
            self._patience.end_in(GRACE)
            for stop, loop in self._stops.items():
                loop.call_soon_threadsafe(stop.set)

    def end(self) -> None:
        """Tell all that runs here to end, and wait for it."""
        self.tell()
        for thread in list(self._threads):
            thread.join()
