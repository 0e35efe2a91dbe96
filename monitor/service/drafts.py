"""What people fill in while they start a brand: remembered for a day, each for whoever typed it, never in the store."""

import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.domain.ledger import Clock
from monitor.service.draft import Draft

KEPT = timedelta(days=1)
_MOST = 40  # drafts at a time; the one that was not touched for longest goes first
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A brand that somebody begins to fill in."""

    draft: Draft
    step: str = ""  # the one that was sent last
    why: str = ""  # what was wrong with it; empty: nothing
    at: datetime  # when it was touched last


class Drafts:
    """The drafts of everybody; threads may share it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._begun: OrderedDict[tuple[str, str], Begun] = OrderedDict()
        self._turn = threading.Lock()

    def find(self, person: str, key: str) -> Begun | None:
        """Return what a person filled in under a key; None where nothing is remembered."""
        with self._turn:
            found = self._begun.get((person, key))
        return found if found and self._clock() - found.at < KEPT else None

    def keep(self, person: str, key: str, draft: Draft, *, step: str = "", why: str = "") -> None:
        """Remember what a person filled in; what is no key of ours is not remembered."""
        if not _KEY.fullmatch(key):
            return
        with self._turn:
            self._begun[person, key] = Begun(draft=draft, step=step, why=why, at=self._clock())
            self._begun.move_to_end((person, key))
            while len(self._begun) > _MOST:
                self._begun.popitem(last=False)

    def forget(self, person: str, key: str) -> None:
        """Forget what became a brand."""
        with self._turn:
            self._begun.pop((person, key), None)
