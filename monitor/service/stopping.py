"""Being told to end: by a signal, once, for all that a program does."""

import asyncio
import signal

from storage.patience import Patience

GRACE = 30.0  # seconds for which a store that cannot write is still waited for


def on_signal(stop: asyncio.Event, patience: Patience, *, grace: float = GRACE) -> None:
    """Set `stop` at SIGTERM or SIGINT; what was paid for and is not kept yet has `grace` seconds from then on."""

    def told() -> None:
        stop.set()
        patience.end_in(grace)

    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, told)
