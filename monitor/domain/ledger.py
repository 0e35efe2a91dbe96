"""What the probes need of the store: budget, attempts and limits are rows."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from monitor.domain.errors import Mistake
from monitor.domain.rounds import Attempt, Miss, Outcome, Probe

Clock = Callable[[], datetime]  # aware, UTC


class LedgerError(Mistake):
    """The store could not write; its text is one sentence for the user. No call may go out on it."""


class Ledger(Protocol):
    """Synchronous; called from one writer thread. Every call has committed when it returns, or raises LedgerError.

    `reserve` does not raise: a store that cannot write is a Miss NOT_KEPT there.
    """

    def reserve(self, probe: Probe, worst: Decimal | None, now: datetime) -> Attempt | Miss:
        """Write the attempt before its call; a Miss where the budget cannot carry `worst`."""
        ...

    def sent(self, attempt: Attempt, request_hash: str, now: datetime) -> None:
        """Mark that the call goes out now: from here on a crash leaves it `unknown`."""
        ...

    def settle(self, attempt: Attempt, outcome: Outcome, now: datetime) -> None:
        """Commit the raw exchange, the answer or the miss, and the actual cost."""
        ...

    def skip(self, probe: Probe, miss: Miss, now: datetime) -> None:
        """Record a probe that was never attempted, and why."""
        ...

    def block(self, assistant_id: str, until: datetime, why: str) -> None:
        """Nobody asks this assistant before `until`."""
        ...

    def blocked_until(self, assistant_id: str) -> datetime | None: ...
