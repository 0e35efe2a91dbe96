"""What the probes need of the store: budget, attempts and limits are rows."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from monitor.domain.brand import Budget
from monitor.domain.errors import Mistake
from monitor.domain.rounds import Attempt, Miss, MissReason, Outcome, Probe

Clock = Callable[[], datetime]  # aware, UTC


class LedgerError(Mistake):
    """The store could not write; its text is one sentence for the user. No call may go out on it."""


class GivenUpError(LedgerError):
    """Somebody took this program for dead and gave its reservation back: this one call is not made."""


@dataclass(frozen=True, kw_only=True)
class Quota:
    """How often an account may be asked, by all programs together."""

    account: str  # whom a vendor counts: its address, the key's name and the model
    calls: int = 0  # a minute; 0: no limit
    tokens: int = 0  # a minute, prompt and answer; 0: no limit


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Not now: the account's turn has not come."""

    seconds: float  # until it may have come
    until: datetime | None = None  # everybody waits until then, as the account asked for it


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Nobody asks an account for a while."""

    account: str
    until: datetime
    why: str
    reason: MissReason = MissReason.RATE_LIMITED
    since: datetime
    trials: int = 0  # calls that met the same reason

    @property
    def needs_help(self) -> bool:
        """Whether a person must do something; until a call succeeds it is tried sparingly, one call at a time."""
        return self.reason in NEED_HELP

    def holds(self, now: datetime) -> bool:
        """Whether the account must be left alone: not if the pause was written by a clock that has been set back."""
        return now < self.until <= now + LONGEST_PAUSE + CLOCKS_APART and self.since <= now + CLOCKS_APART


# No pause is written for longer: a vendor that asks for more is asked again in an hour.
LONGEST_PAUSE = timedelta(hours=1)
CLOCKS_APART = timedelta(minutes=2)  # machines' clocks differ a little

# A key refused, an account without money, a model that is gone: waiting does not mend them.
NEED_HELP = frozenset({MissReason.KEY_REFUSED, MissReason.QUOTA, MissReason.MODEL_GONE})


class Ledger(Protocol):
    """Synchronous; called from one writer thread. Every call has committed when it returns, or raises LedgerError.

    `reserve` does not raise: a store that cannot write is a Miss NOT_KEPT there.
    """

    @property
    def unkept(self) -> int:
        """How many outcomes could not be written yet."""
        ...

    @property
    def groups(self) -> bool:
        """Whether calls can be grouped at all; else each has committed by itself, whatever becomes of the next."""
        ...

    def grouped(self) -> AbstractContextManager[None]:
        """What is called inside has committed when the block ends, and nothing of it where the block raises."""
        ...

    def reserve(
        self,
        probe: Probe,
        worst: Decimal | None,
        now: datetime,
        *,
        quota: Quota | None = None,
        tokens: int = 0,
        waited: datetime | None = None,
    ) -> Attempt | Miss | Wait:
        """Write the attempt before its call; a Miss where the budget cannot carry `worst`, a Wait out of turn.

        `tokens` are those that the call is expected to take, `waited` the end of a pause that was waited for.
        """
        ...

    def sent(self, attempt: Attempt, request_hash: str, now: datetime) -> None:
        """Mark that the call goes out now: from here on a crash leaves it `unknown`."""
        ...

    def settle(self, attempt: Attempt, outcome: Outcome, now: datetime) -> None:
        """Commit the raw exchange, the answer or the miss, and the actual cost."""
        ...

    def within(self, budget: Budget) -> "Ledger":
        """Return the same ledger with another budget, and with nothing that waits to be kept."""
        ...

    def write_out(self) -> None:
        """Commit what could not be written before, if there is something."""
        ...

    def skip(self, probe: Probe, miss: Miss, now: datetime) -> None:
        """Record a probe that was never attempted, and why."""
        ...

    def block(
        self, account: str, until: datetime, why: str, *, reason: MissReason = MissReason.RATE_LIMITED, now: datetime
    ) -> None:
        """Nobody asks this account before `until`; of two pauses the longer one counts."""
        ...

    def unblock(self, account: str) -> None:
        """A call succeeded: whatever kept the account from being asked is over."""
        ...

    def charge(self, account: str, tokens: int) -> None:
        """A call took so many tokens more than was expected."""
        ...

    def paused(self, account: str) -> Pause | None:
        """Return the account's pause, even if it has passed; None where there is none."""
        ...
