"""How hard an assistant is asked: at once, per minute, how long, how often again."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from monitor.domain.brand import AssistantSettings


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The same for every assistant, unless its `options` in brand.yaml say otherwise."""

    concurrency: int = 4  # calls in flight per assistant
    requests_per_minute: int = 60  # per assistant; 0: no limit
    deadline: float = 180.0  # seconds for one call, from connecting to the last byte
    connect: float = 10.0  # seconds until connected, TLS included
    tries: int = 3  # calls per probe at most; only such that were surely not charged are repeated
    first_pause: float = 2.0  # seconds before the second try; doubles, with jitter
    patience: float = 120.0  # the longest wait in a round; a vendor that asks for more is not asked again in it
    breaker: int = 5  # failed probes in a row after which an assistant is left alone for the round
    turns: int = 4  # calls that one probe's paused turn may take in all
    grace: float = 8.0  # seconds that calls in flight are given once the round is stopped

    def of(self, settings: AssistantSettings) -> "Limits":
        """Return the limits of one assistant; an option that is no positive number is ignored."""
        whole = {name: _positive(settings.options.get(name, "")) for name in ("concurrency", "requests_per_minute")}
        known = {name: int(number) for name, number in whole.items() if number}
        deadline = _positive(settings.options.get("deadline", "")) or self.deadline
        return replace(self, deadline=deadline, **known)


def _positive(stated: str) -> float:
    return float(stated) if stated.isdecimal() else 0.0


class Pace:
    """Lets through at most `per_minute` calls in any 60 seconds."""

    def __init__(self, per_minute: int, seconds: Callable[[], float]) -> None:
        self._per_minute = per_minute
        self._seconds = seconds
        self._taken = deque[float]()

    def take(self) -> float:
        """Take a place and return 0, or return the seconds until one is free.

        >>> now = 0.0
        >>> pace = Pace(2, lambda: now)
        >>> pace.take(), pace.take(), pace.take()
        (0.0, 0.0, 60.0)
        """
        now = self._seconds()
        while self._taken and self._taken[0] <= now - 60:
            self._taken.popleft()
        if self._per_minute and len(self._taken) >= self._per_minute:
            return self._taken[0] + 60 - now
        self._taken.append(now)
        return 0.0


async def pause(seconds: float, stop: asyncio.Event) -> None:
    """Wait, but no longer than until the round is stopped."""
    if seconds > 0:
        try:
            async with asyncio.timeout(seconds):
                await stop.wait()
        except TimeoutError:
            return
