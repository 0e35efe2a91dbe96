"""Waiting: for a time, for all, and for a call while somebody may say stop."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from monitor.domain.rounds import Outcome


async def pause(seconds: float, stop: asyncio.Event) -> None:
    """Wait, but no longer than until the round is stopped."""
    if seconds > 0:
        try:
            async with asyncio.timeout(seconds):
                await stop.wait()
        except TimeoutError:
            return


async def together(work: Sequence[Coroutine[Any, Any, None]]) -> None:
    """Run all of it; the first error cancels the rest and is raised as itself."""
    try:
        async with asyncio.TaskGroup() as group:
            for part in work:
                group.create_task(part)
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None


async def unless_stopped(work: Coroutine[Any, Any, Outcome], stop: asyncio.Event, grace: float) -> Outcome | None:
    """Wait for a call; once the round is stopped only `grace` seconds more, then None: its outcome is not known."""
    call, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({call, stopped}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({call}, timeout=grace)
        return call.result() if call.done() else None
    finally:
        stopped.cancel()
        call.cancel()
        await asyncio.wait({call, stopped})
