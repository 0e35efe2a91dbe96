"""Rounds that a page or a program starts: planned at once, run beside it, watched through the store."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import structlog

from monitor import brandfile, calendar, pipeline
from monitor.domain.errors import Mistake
from monitor.domain.rounds import Round, RoundKind
from monitor.pipeline import House
from monitor.service import costing, runs
from monitor.service.stopping import Stoppable
from reports import words, zoned
from storage import rounds, spending

log = structlog.get_logger(__name__)

LEFT = timedelta(minutes=15)  # without a call: whoever ran a round that is open ran into its end


@dataclass(frozen=True, kw_only=True)
class Money:
    """What the month has taken, US dollars."""

    spent: Decimal
    held: Decimal  # worst cases of calls under way, or whose cost is not known
    limit: Decimal | None


def money(house: House) -> Money:
    with house.store.snapshot() as tx:
        taken = spending.of_month(tx, house.settings.brand, calendar.month_start(house.clock(), house.settings.zone))
    return Money(spent=taken.spent, held=taken.held, limit=house.settings.budget.per_month)


def now(house: House) -> Round | None:
    """Return the round that is open, if one is."""
    with house.store.snapshot() as tx:
        return next(iter(rounds.open_rounds(tx, house.settings.brand)), None)


def start(house: House, *, beside: Callable[[Stoppable], None]) -> str:
    """Open a round and run it beside the caller; returns its id. Mistake where one is running or nothing can be asked.

    `beside` runs what it is given without waiting for it, until it is told to end: the round is `partial` then, as one
    of `likeness run`. A round that a killed program left open is finished instead of a new one.
    """
    brandfile.require(house.settings, "prompts", "assistants")
    costing.somebody_ready(house)
    planned = _planned(house)
    beside(lambda stop: _run(house, planned, stop))
    return planned.id


# Two clicks at the same moment would both find nothing running, pay twice, and share one ledger.
_ONE_AT_A_TIME = threading.Lock()


def _planned(house: House) -> Round:
    with _ONE_AT_A_TIME:
        running = now(house)
        if running is not None:
            if _left(house, running):
                return running
            since = words.moment(zoned.at(running.opened_at, house.settings.zone))
            raise Mistake(f"A round is running since {since}; wait for its end.")
        key = house.clock().isoformat(timespec="milliseconds")
        planned = pipeline.plan(house, kind=RoundKind.MANUAL, key=key)
    if planned is None:
        raise Mistake("A round was started at this very moment; look at the list of rounds.")
    return planned


def _left(house: House, running: Round) -> bool:
    """Whether nobody is at a round any more; what its program had out when it ended is settled then."""
    now = house.clock()
    with house.store.transaction() as tx:
        if running.kind is not RoundKind.MANUAL or abs(now - rounds.last_call(tx, running)) < LEFT:
            return False
        rounds.recover(tx, now)
    return True


async def _run(house: House, planned: Round, stop: asyncio.Event) -> None:
    try:
        await runs.finish(house, planned, stop=stop)
    except Mistake as mistake:  # the round stays open: the next start finishes it
        log.error("round failed", brand=planned.brand, key=planned.key, why=str(mistake))  # noqa: TRY400 -- the sentence says it all
