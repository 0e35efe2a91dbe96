"""The probes' view of the store: every attempt is a row before it is a call."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session

from monitor.domain.brand import Budget
from monitor.domain.ledger import GivenUpError, Pause, Quota, Wait
from monitor.domain.rounds import Attempt, AttemptState, Miss, MissReason, Outcome, Probe
from storage import attempts, buckets, pauses
from storage.errors import StoreError
from storage.received import keep
from storage.spending import Account, hold
from storage.store import Store

_TAKEN = Miss(reason=MissReason.TAKEN, detail="This probe is being asked by somebody else, or has its answer.")
_SETTLED = frozenset({AttemptState.ANSWERED, AttemptState.REFUSED})

# Three patiences of the store: somebody's lock of a minute costs no answer.
_TRIES = 3
_PAUSE = 0.25  # seconds between two further tries


class ReservationGoneError(GivenUpError, StoreError):
    """A recovery has given the reservation back."""


class StoreLedger:
    """Budget, attempts and limits of one brand as rows; used by one thread at a time."""

    _done = _SETTLED | attempts.UNSETTLED  # a probe that stands so is not asked (again)

    def __init__(
        self,
        store: Store,
        *,
        brand: str,
        budget: Budget,
        month_start: Callable[[datetime], datetime],
        new_id: Callable[[], str],
        patience: float = 0.0,
        on_wait: Callable[[StoreError], None] = lambda _: None,
    ) -> None:
        """Wait up to `patience` seconds for a store that will not take what was paid for; `on_wait` hears of it."""
        self._store = store
        self._patience = patience
        self._on_wait = on_wait
        self._waits_until: float | None = None  # on the monotonic clock; None: the store took what came last
        self._brand = brand
        self._budget = budget
        self._month_start = month_start  # moment -> start of its budget month, aware
        self._new_id = new_id
        self._unwritten: list[tuple[Attempt, Outcome, datetime]] = []  # paid for, and the store would not take them
        self._group: Session | None = None

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
        try:
            self.write_out()
            with self._transaction() as tx:
                wait = _turn(tx, quota, tokens, now, waited) if quota else None
                return wait or self._reserve(tx, probe, worst, now)
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
        with self._transaction() as tx:
            if not attempts.mark_sent(tx, attempt, request_hash, now):
                raise ReservationGoneError("This call was given up by a recovery before it went out; it is not made.")

    def settle(self, attempt: Attempt, outcome: Outcome, now: datetime) -> None:
        """Commit the raw exchange with the answer or the miss.

        StoreError where the store will not take it; the ledger keeps it then and writes it before anything else.
        """
        self._unwritten.append((attempt, outcome, now))
        tries = 0
        while True:
            try:
                self.write_out()
            except StoreError as error:
                tries += 1
                if tries >= _TRIES and not self._may_wait(error):
                    raise
            else:
                self._waits_until = None
                return

    def _may_wait(self, error: StoreError) -> bool:
        """Wait a moment; False where that will not help, or has not helped for long enough."""
        if not error.retry or self._group is not None or not self._patience:
            return False
        if self._waits_until is None:
            self._waits_until = time.monotonic() + self._patience
            self._on_wait(error)
        time.sleep(_PAUSE)
        return time.monotonic() < self._waits_until

    @property
    def unkept(self) -> int:
        """How many outcomes the store has not taken yet."""
        return len(self._unwritten)

    def write_out(self) -> None:
        """Write what the store would not take before; StoreError where it still will not."""
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
        if miss.reason in {MissReason.TAKEN, MissReason.NOT_KEPT}:
            return
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
        with self._transaction() as tx:
            pauses.pause(tx, account, until, why, reason=reason, now=now)

    def unblock(self, account: str) -> None:
        """A call succeeded: whatever kept the account from being asked is over."""
        with self._transaction() as tx:
            pauses.end(tx, account)

    def charge(self, account: str, tokens: int) -> None:
        """A call took so many tokens more than was expected."""
        with self._transaction() as tx:
            buckets.charge(tx, account, tokens)

    def paused(self, account: str) -> Pause | None:
        """Return the account's pause, even if it has passed; None where there is none."""
        with self._store.snapshot() as tx:
            return pauses.of_account(tx, account)


def _turn(tx: Session, quota: Quota, tokens: int, now: datetime, waited: datetime | None) -> Wait | None:
    """Return how long the account is to be left alone; None, and its turn taken, where it may be asked."""
    pause = pauses.of_account(tx, quota.account)
    if pause and pause.until > now and pause.until != waited:
        return Wait(seconds=(pause.until - now).total_seconds(), until=pause.until)
    seconds = buckets.take(tx, quota, tokens)
    return Wait(seconds=seconds) if seconds else None
