"""What the clock does for the store itself: it shows that it ticks, and forgets what was kept long enough."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog

from monitor import pipeline
from monitor.domain.answers import Surface
from monitor.domain.keeping import Forgotten, Kept
from monitor.domain.ledger import Clock
from monitor.pipeline import House
from monitor.service import build
from storage import beats, retention, slots
from storage.errors import StoreError
from storage.retention import Due
from storage.store import Store

log = structlog.get_logger(__name__)

BATCH = 200  # answers taken out in one transaction: others wait for no longer than that takes
LATELY = timedelta(minutes=3)  # for so long a write that failed is told
_PURPOSE = "forgetting"


def beat(store: Store, clock: Clock = build.utc_now, *, mistaken: bool = False) -> None:
    """Write down that the clock ticked, for whoever looks from outside; a store that is away is only logged.

    `mistaken`: a brand file has a mistake now, so that its brand is served as it was before, or not at all.
    """
    now = clock()
    try:
        with store.transaction() as tx:
            beats.beat(tx, beats.TICK, now)
            if mistaken:
                beats.beat(tx, beats.MISTAKE, now)
            if store.why_unwritten(within=LATELY):
                beats.beat(tx, beats.UNKEPT, now)
    except StoreError as error:
        log.error("tick not kept", why=str(error))  # noqa: TRY400 -- the sentence says it all; the next tick tries again


def once_a_day(house: House) -> list[Forgotten]:
    """Forget what is due, at the first call of a day in the brand's zone, whichever machine makes it."""
    keep = house.settings.keep
    if not (keep.days or keep.surfaces):
        return []
    day = house.today.isoformat()
    with house.store.transaction() as tx:
        first = slots.claim(tx, house.settings.brand, _PURPOSE, day, house.clock())
    return forget(house) if first else []


def forget(house: House) -> list[Forgotten]:
    """Take out what has been kept for as long as the brand file says; returns what that was."""
    now, keep = house.clock(), house.settings.keep
    times = [(what, surface, keep.of(surface, what)) for surface in Surface for what in Kept]
    found = [_forget(house, what, surface, now - timedelta(days=days), now) for what, surface, days in times if days]
    _empty_judgings(house, now)
    gone = [each for each in found if each.count]
    for each in gone:
        brand, before = house.settings.brand, house.day(each.before).isoformat()
        log.info("forgotten", brand=brand, what=each.what, surface=each.surface, before=before, count=each.count)
    return gone


def _forget(house: House, what: Kept, surface: Surface, before: datetime, now: datetime) -> Forgotten:
    settled = _settle(house, surface, before) if what is Kept.ANSWERS else []
    count = sum(_taken_out(house, what, batch) for batch in _batches(house, what, surface, before, settled))
    forgotten = Forgotten(what=what, surface=surface, before=before, count=count, at=now)
    if count:
        with house.store.transaction() as tx:
            retention.note(tx, house.settings.brand, forgotten)
    return forgotten


def _settle(house: House, surface: Surface, before: datetime) -> list[str]:
    """Read and sum up what was left: what is in the sums must not depend on when it is forgotten."""
    with house.store.snapshot() as tx:
        left = retention.unsettled(tx, house.settings.brand, surface, before)
    for round_id in left:
        pipeline.read(house, round_id)
        pipeline.measure(house, round_id)
    return left


def _batches(house: House, what: Kept, surface: Surface, before: datetime, settled: list[str]) -> Iterator[list[Due]]:
    after = None
    while True:
        with house.store.snapshot() as tx:
            brand = house.settings.brand
            found = retention.due(tx, brand, what, surface, before, after=after, limit=BATCH, settled=settled)
        if not found:
            return
        yield found
        after = found[-1]


def _taken_out(house: House, what: Kept, batch: list[Due]) -> int:
    """Take out a batch; what an alert that stands by now points to stays."""
    with house.store.transaction() as tx:
        spared = retention.spared(tx, house.settings.brand)
        return retention.forget(tx, what, [each for each in batch if each.answer_id not in spared])


def _empty_judgings(house: House, now: datetime) -> None:
    days = house.settings.keep.days.get(Kept.EXCHANGES)
    if days:
        with house.store.transaction() as tx:
            retention.forget_judgings(tx, house.settings.brand, now - timedelta(days=days))


def lately(store: Store, brand: str, now: datetime) -> list[Forgotten]:
    """Return what was forgotten in the last 30 days."""
    with store.snapshot() as tx:
        return retention.noted(tx, brand, now - timedelta(days=30))
