"""A beat that no step of the wall clock can hold up."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from monitor.domain.errors import Mistake

log = structlog.get_logger(__name__)


async def every(seconds: float, do: Callable[[], Awaitable[None]], *, stop: asyncio.Event) -> None:
    """Do something at once and then again and again until `stop`: so many seconds after it was done, by no wall clock.

    The seconds are the loop's own, which only go forward: whoever sets the machine's clock changes what time a beat
    finds, and never whether it comes.
    """
    while not stop.is_set():
        try:
            await do()
        except Mistake as mistake:
            log.error("tick failed", why=str(mistake))  # noqa: TRY400 -- the sentence says it all; the next one tries again
        except Exception:  # the outermost loop: whatever it was, one beat's fault must not be the last beat
            log.exception("tick failed")
        await paused(seconds, stop)


async def paused(seconds: float, stop: asyncio.Event) -> None:
    """Return after so many seconds, or as soon as `stop` is set."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()
