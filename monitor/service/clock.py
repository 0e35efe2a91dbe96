"""The clock: one tick a minute finds what is due; the slots in the store say what was done already."""

import asyncio
import signal
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor import calendar, pipeline
from monitor.domain.errors import Mistake
from monitor.domain.rounds import RoundKind
from monitor.pipeline import House
from monitor.service import documents, runs
from storage import brands, rounds, slots

log = structlog.get_logger(__name__)

# A slot older than this is history even where `catch_up: all` is set.
OLDEST = timedelta(days=7)
SKIPPED = "skipped round"


async def tick(house: House, *, stop: asyncio.Event) -> None:
    """Do all that is due now. A second tick at the same time, here or elsewhere, finds nothing left to do."""
    for slot in _due(house):
        await runs.run(house, kind=RoundKind.SCHEDULED, key=slot.key, stop=stop)
    documents.send_due(house)
    pipeline.tell(house)


def _due(house: House) -> list[calendar.Slot]:
    """The due slots; what the catch-up policy leaves out is written down, so that a gap can be told from a zero."""
    schedule, now, brand = house.settings.schedule, house.clock(), house.settings.brand
    if schedule is None:
        return []
    with house.store.transaction() as tx:
        brands.use_settings(tx, house.settings, now)
        since = brands.first_used(tx, brand)
        ran = {round_.key for round_ in rounds.rounds(tx, brand, now - 2 * OLDEST, now + OLDEST)}
        known = ran | set(slots.claimed(tx, brand, SKIPPED, now - 2 * OLDEST))
        due, skipped = calendar.due(schedule, now, known=known, oldest=OLDEST, since=since)
        for slot in skipped:
            slots.claim(tx, brand, SKIPPED, slot.key, now)
    return due


async def serve(house: House) -> None:
    """Run until SIGTERM or SIGINT; calls in flight are finished, the rest of a round is asked after the next start."""
    stop, ticking = asyncio.Event(), asyncio.Lock()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await runs.resume(house, stop=stop)
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        _guarded_tick,
        "interval",
        args=[house, stop, ticking],
        minutes=1,
        next_run_time=datetime.now(UTC),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.start()
    log.info("serving", brand=house.settings.brand)
    await stop.wait()
    scheduler.pause()
    async with ticking:  # the tick that is running ends what it has in flight
        scheduler.shutdown(wait=False)
    log.info("stopped", brand=house.settings.brand)


async def _guarded_tick(house: House, stop: asyncio.Event, ticking: asyncio.Lock) -> None:
    async with ticking:
        try:
            await tick(house, stop=stop)
        except Mistake as mistake:
            log.error("tick failed", why=str(mistake))  # noqa: TRY400 -- the sentence says it all; the next tick tries again
