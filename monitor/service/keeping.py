"""What the clock does for the store itself: it shows that it ticks."""

import structlog

from monitor.domain.ledger import Clock
from monitor.service import build
from storage import beats
from storage.errors import StoreError
from storage.store import Store

log = structlog.get_logger(__name__)


def beat(store: Store, clock: Clock = build.utc_now) -> None:
    """Write down that the clock ticked, for whoever looks from outside; a store that is away is only logged."""
    try:
        with store.transaction() as tx:
            beats.beat(tx, beats.TICK, clock())
    except StoreError as error:
        log.error("tick not kept", why=str(error))  # noqa: TRY400 -- the sentence says it all; the next tick tries again
