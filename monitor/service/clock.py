"""The clock: one tick a minute finds what is due; the slots in the store say what was done already."""

import asyncio
from datetime import timedelta

import structlog

from monitor import calendar, pipeline
from monitor.domain.rounds import RoundKind
from monitor.pipeline import House
from monitor.service import documents, keeping, runs, watching
from storage import brands, rounds, slots

log = structlog.get_logger(__name__)

# A slot older than this is history even where `catch_up: all` is set.
OLDEST = timedelta(days=7)
SKIPPED = "skipped round"


async def tick(house: House, *, stop: asyncio.Event) -> None:
    """Do all that is due now. A second tick at the same time, here or elsewhere, finds nothing left to do."""
    for slot in due(house):
        await runs.run(house, kind=RoundKind.SCHEDULED, key=slot.key, stop=stop)
    await watching.tick(house, stop=stop)
    documents.send_due(house)
    pipeline.tell(house)
    await asyncio.to_thread(keeping.once_a_day, house)


def due(house: House) -> list[calendar.Slot]:
    """Return the due slots; those that the catch-up policy leaves out are written down: a gap is no zero."""
    schedule, now, brand = house.settings.schedule, house.clock(), house.settings.brand
    if schedule is None:
        return []
    with house.store.transaction() as tx:
        brands.keep(tx, house.settings, now)
        since = brands.first_used(tx, brand)
        ran = {round_.key for round_ in rounds.rounds(tx, brand, now - 2 * OLDEST, now + OLDEST)}
        known = ran | set(slots.claimed(tx, brand, SKIPPED, now - 2 * OLDEST))
        run, skipped = calendar.due(schedule, now, known=known, oldest=OLDEST, since=since)
        left_out = [slot.key for slot in skipped if slots.claim(tx, brand, SKIPPED, slot.key, now)]
    if left_out:
        log.warning("rounds left out", brand=brand, slots=left_out, why=f"catch_up: {schedule.catch_up}")
    return run
