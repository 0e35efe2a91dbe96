"""How long a program holds what was paid for while its store will not take it."""

import math
import time

_PAUSE = 0.5  # seconds between two tries


class Patience:
    """One for all that a program asks: it lasts until the program is told to end, and a moment longer.

    Threads may share it.
    """

    def __init__(self, seconds: float = math.inf) -> None:
        """Last for so many seconds from now: 0 is for whoever would rather hear at once what is wrong."""
        self._ends = time.monotonic() + seconds

    def end_in(self, seconds: float) -> None:
        """The program was told to end: what cannot be kept by then is given up, and nothing new is waited for."""
        self._ends = min(self._ends, time.monotonic() + seconds)

    @property
    def ending(self) -> bool:
        return self._ends < math.inf

    def pause(self) -> bool:
        """Wait a moment before the next try; False, and at once, where there is no time left."""
        left = self._ends - time.monotonic()
        if left <= 0:
            return False
        time.sleep(min(_PAUSE, left))
        return True
