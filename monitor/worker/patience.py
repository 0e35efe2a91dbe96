"""A ledger that waits for a database that restarts, instead of giving up calls that are in flight."""

import time
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from monitor.domain.ledger import Pause, Quota, Wait
from monitor.domain.rounds import Attempt, AttemptState, Miss, MissReason, Probe
from storage.errors import StoreError
from storage.ledger import StoreLedger

T = TypeVar("T")
_PAUSE = 0.25  # seconds between two tries


class PatientLedger(StoreLedger):
    """Tries again for `patience` seconds what may pass by itself; called from one thread, which may wait."""

    def __init__(self, *told: Any, patience: float, retry_unknown: bool, **named: Any) -> None:
        super().__init__(*told, patience=patience, **named)
        if not retry_unknown:  # one who planned to ask a probe may have been overtaken by one whose call was lost
            self._done |= {AttemptState.UNKNOWN}

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
        ends = time.monotonic() + self._patience
        while True:
            found = super().reserve(probe, worst, now, quota=quota, tokens=tokens, waited=waited)
            passing = isinstance(found, Miss) and found.reason is MissReason.NOT_KEPT and found.retry
            if not passing or time.monotonic() > ends:
                return found
            time.sleep(_PAUSE)

    def sent(self, attempt: Attempt, request_hash: str, now: datetime) -> None:
        self._until_kept(lambda: StoreLedger.sent(self, attempt, request_hash, now))

    def skip(self, probe: Probe, miss: Miss, now: datetime) -> None:
        self._until_kept(lambda: StoreLedger.skip(self, probe, miss, now))

    def block(
        self, account: str, until: datetime, why: str, *, reason: MissReason = MissReason.RATE_LIMITED, now: datetime
    ) -> None:
        self._until_kept(lambda: StoreLedger.block(self, account, until, why, reason=reason, now=now))

    def unblock(self, account: str) -> None:
        self._until_kept(lambda: StoreLedger.unblock(self, account))

    def charge(self, account: str, tokens: int) -> None:
        self._until_kept(lambda: StoreLedger.charge(self, account, tokens))

    def paused(self, account: str) -> Pause | None:
        return self._until_kept(lambda: StoreLedger.paused(self, account))

    def _until_kept(self, write: Callable[[], T]) -> T:
        ends = time.monotonic() + self._patience
        while True:
            try:
                return write()
            except StoreError as error:
                if not error.retry or time.monotonic() > ends:
                    raise
            time.sleep(_PAUSE)
