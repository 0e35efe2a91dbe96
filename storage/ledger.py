"""The probes' view of the store: every attempt is a row before it is a call."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import TypeVar

from sqlmodel import Session

from monitor.domain.brand import Budget
from monitor.domain.ledger import GivenUpError, Pause, Quota, Wait
from monitor.domain.rounds import Attempt, AttemptState, Miss, MissReason, Outcome, Probe
from storage import attempts, buckets, pauses
from storage.errors import StoreError
from storage.patience import Patience
from storage.received import keep
from storage.spending import Account, hold
from storage.store import Store

_TAKEN = Miss(reason=MissReason.TAKEN, detail="This probe is being asked by somebody else, or has its answer.")
_SETTLED = frozenset({AttemptState.ANSWERED, AttemptState.REFUSED})

T = TypeVar("T")

# Three patiences of the store: somebody's lock of a minute costs no answer, also of those who have none of their own.
_TRIES = 3
_SAID_AGAIN = 300.0  # seconds after which it is said once more that something waits to be kept


class ReservationGoneError(GivenUpError, StoreError):
    """A recovery has given the reservation back."""


class StoreLedger:
    """Budget, attempts and limits of one brand as rows; used by one thread at a time."""

    def __init__(
        self,
        store: Store,
        *,
        brand: str,
        budget: Budget,
        month_start: Callable[[datetime], datetime],
        new_id: Callable[[], str],
        patience: Patience | None = None,
        on_wait: Callable[[StoreError], None] = lambda _: None,
        unknown_again: bool = True,
    ) -> None:
        """Wait for a store that cannot write now but may later, as long as there is `patience`; `on_wait` hears of it.

        Not `unknown_again`: whoever planned to ask a probe may have been overtaken by one whose call was lost.
        """
        self._store = store
        self._patience = patience or Patience(0)
        self._on_wait = on_wait
        self._said: float | None = None  # when it was said that something waits, monotonic; None: nothing does
        self._unknown_again = unknown_again
        self._done = _SETTLED | attempts.UNSETTLED | (frozenset() if unknown_again else {AttemptState.UNKNOWN})
        self._brand = brand
        self._budget = budget
        self._month_start = month_start  # moment -> start of its budget month, aware
        self._new_id = new_id
        self._unwritten: list[tuple[Attempt, Outcome, datetime]] = []  # paid for, and the store would not take them
        self._group: Session | None = None

    def within(self, budget: Budget) -> "StoreLedger":
        """Return the same ledger with another budget, and with nothing that waits to be kept."""
        return StoreLedger(
            self._store,
            brand=self._brand,
            budget=budget,
            month_start=self._month_start,
            new_id=self._new_id,
            patience=self._patience,
            on_wait=self._on_wait,
            unknown_again=self._unknown_again,
        )

    @property
    def groups(self) -> bool:
        """On PostgreSQL each call commits by itself: there, transactions that hold many rows would wait in circles."""
        return self._store.writes_alone

    @contextmanager
    def grouped(self) -> Iterator[None]:
        """Commit once for all that is called inside, where one writer holds everybody up anyway."""
        if not self.groups:
            yield
            return
        unwritten = list(self._unwritten)
        try:
            with self._store.transaction() as tx:
                self._group = tx
                yield
        except BaseException:  # whatever ended it rolled all of it back: what it had written is to be written again
            self._unwritten = unwritten
            raise
        finally:
            self._group = None

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        if self._group is not None:
            yield self._group
            return
        with self._store.transaction() as tx:
            yield tx

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
        """Write the attempt before its call. A Miss BUDGET is recorded here too; TAKEN and NOT_KEPT are not."""

        def written() -> Attempt | Miss | Wait:
            self.write_out()
            with self._transaction() as tx:
                wait = _turn(tx, quota, tokens, now, waited) if quota else None
                return wait or self._reserve(tx, probe, worst, now)

        try:
            return self._until_kept(written, paid=False)
        except StoreError as error:
            return Miss(reason=MissReason.NOT_KEPT, detail=str(error), retry=error.retry)

    def _reserve(self, tx: Session, probe: Probe, worst: Decimal | None, now: datetime) -> Attempt | Miss:
        before = attempts.newest_of(tx, probe.id)
        if before and before.state in self._done:
            return _TAKEN
        account = self._account(probe, now)
        miss = hold(tx, self._budget, worst, account)
        if miss:
            self._record(tx, probe, before, miss, now)
            return miss
        attempt = self._next(probe, before, worst)
        attempts.write(tx, attempt, account, AttemptState.RESERVED, now=now)
        return attempt

    def sent(self, attempt: Attempt, request_hash: str, now: datetime) -> None:
        """Mark that the call goes out now. StoreError where that cannot be written: then it must not go out."""
        self._until_kept(partial(self._sent, attempt, request_hash, now))

    def _sent(self, attempt: Attempt, request_hash: str, now: datetime) -> None:
        with self._transaction() as tx:
            if not attempts.mark_sent(tx, attempt, request_hash, now):
                raise ReservationGoneError("This call was given up by a recovery before it went out; it is not made.")

    def settle(self, attempt: Attempt, outcome: Outcome, now: datetime) -> None:
        """Commit the raw exchange with the answer or the miss.

        StoreError where the store will not take it; the ledger keeps it then and writes it before anything else.
        """
        self._unwritten.append((attempt, outcome, now))
        self._until_kept(self.write_out, tries=_TRIES)

    def _until_kept(self, write: Callable[[], T], *, tries: int = 1, paid: bool = True) -> T:
        """Try until the store takes it; StoreError where waiting cannot help, or patience ends.

        What was not `paid` for is not waited for once the program has been told to end.
        """
        while True:
            try:
                kept = write()
            except StoreError as error:
                tries -= 1
                if not error.retry or self._group is not None or not (tries > 0 or self._waits(error, paid=paid)):
                    raise
            else:
                self._said = None
                return kept

    def _waits(self, error: StoreError, *, paid: bool) -> bool:
        """Wait a moment; False where there is no patience for it."""
        if self._patience.ending and not paid:
            return False
        if self._said is None or time.monotonic() - self._said > _SAID_AGAIN:
            self._said = time.monotonic()
            self._on_wait(error)
        return self._patience.pause()

    @property
    def unkept(self) -> int:
        """How many outcomes the store has not taken yet."""
        return len(self._unwritten)

    def write_out(self) -> None:
        """Write what the store would not take before; LedgerError where it still will not."""
        while self._unwritten:
            with self._transaction() as tx:
                self._settle(tx, *self._unwritten[0])
            del self._unwritten[0]

    def _settle(self, tx: Session, attempt: Attempt, outcome: Outcome, now: datetime) -> None:
        before = attempts.standing(tx, attempt.id)
        if before is None:
            raise StoreError(f"The attempt {attempt.id} is not in {self._store.name}; was another database opened?")
        kept_as = attempts.end(tx, before, outcome, now, new_id=self._new_id())
        keep(tx, kept_as, self._brand, outcome, new_id=self._new_id)

    def skip(self, probe: Probe, miss: Miss, now: datetime) -> None:
        """Record a probe that was never attempted; once, however often it is said."""
        if miss.reason not in {MissReason.TAKEN, MissReason.NOT_KEPT}:
            self._until_kept(partial(self._skip, probe, miss, now))

    def _skip(self, probe: Probe, miss: Miss, now: datetime) -> None:
        with self._transaction() as tx:
            before = attempts.newest_of(tx, probe.id)
            if before is None or before.state not in _SETTLED | attempts.UNSETTLED:
                self._record(tx, probe, before, miss, now)

    def _record(self, tx: Session, probe: Probe, before: attempts.Standing | None, miss: Miss, now: datetime) -> None:
        if before and (before.sent_at is not None or before.miss == miss.reason):
            return  # what became of a call that went out says more than why none followed it
        attempt = self._next(probe, before, Decimal(0))
        attempts.write(tx, attempt, self._account(probe, now), AttemptState.MISSED, now=now, miss=miss)

    def _next(self, probe: Probe, before: attempts.Standing | None, worst: Decimal | None) -> Attempt:
        generation = before.generation + 1 if before else 1
        return Attempt(id=self._new_id(), probe_id=probe.id, generation=generation, reserved=worst)

    def _account(self, probe: Probe, now: datetime) -> Account:
        return Account(brand=self._brand, month=self._month_start(now), round_id=probe.round_id)

    def block(
        self, account: str, until: datetime, why: str, *, reason: MissReason = MissReason.RATE_LIMITED, now: datetime
    ) -> None:
        """Nobody asks this account before `until`; of two pauses the longer one counts."""
        self._write(lambda tx: pauses.pause(tx, account, until, why, reason=reason, now=now))

    def unblock(self, account: str) -> None:
        """A call succeeded: whatever kept the account from being asked is over."""
        self._write(lambda tx: pauses.end(tx, account))

    def charge(self, account: str, tokens: int) -> None:
        """A call took so many tokens more than was expected."""
        self._write(lambda tx: buckets.charge(tx, account, tokens))

    def _write(self, what: Callable[[Session], None]) -> None:
        def written() -> None:
            with self._transaction() as tx:
                what(tx)

        self._until_kept(written)

    def paused(self, account: str) -> Pause | None:
        """Return the account's pause, even if it has passed; None where there is none."""

        def found() -> Pause | None:
            with self._store.snapshot() as tx:
                return pauses.of_account(tx, account)

        return self._until_kept(found)


def _turn(tx: Session, quota: Quota, tokens: int, now: datetime, waited: datetime | None) -> Wait | None:
    """Return how long the account is to be left alone; None, and its turn taken, where it may be asked."""
    pause = pauses.of_account(tx, quota.account)
    if pause and pause.holds(now) and pause.until != waited:
        return Wait(seconds=(pause.until - now).total_seconds(), until=pause.until)
    seconds = buckets.take(tx, quota, tokens)
    return Wait(seconds=seconds) if seconds else None
