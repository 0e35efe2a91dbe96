"""The clock: one tick a minute finds what is due; the slots in the store say what was done already."""

import asyncio
from datetime import datetime, timedelta

import structlog

from monitor import calendar, pipeline
from monitor.domain.brand import Schedule
from monitor.domain.rounds import Round, RoundKind
from monitor.pipeline import House
from monitor.service import documents, keeping, runs, watching
from storage import beats, brands, rounds, slots
from storage.store import Transaction

log = structlog.get_logger(__name__)

# A slot older than this is history even where `catch_up: all` is set: it is written down and not run.
OLDEST = timedelta(days=7)
SKIPPED = "skipped round"
_NAMED = 20  # in one line of the log


async def tick(house: House, *, stop: asyncio.Event) -> None:
    """Do all that is due now. A second tick at the same time, here or elsewhere, finds nothing left to do.

    What waits for a mail server or draws a report does it in a thread: the calls of other brands are out meanwhile, and
    an answer that nobody can take in time is lost.
    """
    for slot in due(house):
        await runs.run(house, kind=RoundKind.SCHEDULED, key=slot.key, stop=stop, goes_on=True)
        if stop.is_set():  # what else is due is due after the next start
            return
    await watching.tick(house, stop=stop)
    await asyncio.to_thread(documents.send_due, house)
    await asyncio.to_thread(pipeline.tell, house)
    await asyncio.to_thread(keeping.once_a_day, house)


def due(house: House) -> list[calendar.Slot]:
    """Return the due slots; those that the catch-up policy leaves out are written down: a gap is no zero."""
    schedule, now, brand = house.settings.schedule, house.clock(), house.settings.brand
    if schedule is None:
        return []
    with house.store.transaction() as tx:
        brands.keep(tx, house.settings, now)
        since = _known_since(tx, brand, now)
        ran = {round_.key for round_ in rounds.rounds(tx, brand, now - 2 * OLDEST, now + OLDEST)}
        known = ran | set(slots.claimed(tx, brand, SKIPPED, now - 2 * OLDEST))
        run, skipped = calendar.due(schedule, now, known=known, oldest=OLDEST, since=since)
        gone = [slot.key for slot in skipped] + _before_that(tx, brand, schedule, now)
        left_out = [key for key in gone if slots.claim(tx, brand, SKIPPED, key, now)]
    if left_out:
        log.warning("rounds left out", brand=brand, **_ends(left_out), why=f"catch_up: {schedule.catch_up}")
    return run


def _ends(keys: list[str]) -> dict[str, object]:
    return {"slots": keys} if len(keys) <= _NAMED else {"first": min(keys), "last": max(keys), "slots": len(keys)}


def _known_since(tx: Transaction, brand: str, now: datetime) -> datetime | None:
    """Return from when on slots are due. A beginning that is still to come was written by a clock that went wrong."""
    since = brands.first_used(tx, brand)
    return now - calendar.GRACE if since and since > now else since


def _before_that(tx: Transaction, brand: str, schedule: Schedule, now: datetime) -> list[str]:
    """Return in one line the slots since the last tick that are history already; the first tick knows of none."""
    last = beats.last(tx, beats.looked(brand))
    beats.beat(tx, beats.looked(brand), now)
    found = calendar.too_old(schedule, now, oldest=OLDEST, after=last) if last else None
    return [f"{found.first} to {found.last} ({found.count} rounds)"] if found else []


def count_of(left_out: str) -> int:
    """Return how many rounds a line names that says what was left out.

    >>> count_of("2026-11-02T06:00"), count_of("2026-11-02T06:00 to 2026-11-25T06:00 (24 rounds)")
    (1, 24)
    """
    _, _, count = left_out.partition("(")
    return int(count.split()[0]) if count else 1


def goes_on(house: House, left: Round) -> bool:
    """Whether the rest of a round that was stopped is still asked, by what the schedule says of late rounds."""
    schedule, now = house.settings.schedule, house.clock()
    if left.kind is not RoundKind.SCHEDULED or schedule is None:
        return True
    with house.store.snapshot() as tx:
        idle = now - rounds.last_call(tx, left)
    return calendar.goes_on(schedule, left.key, now, idle=idle, oldest=OLDEST)
