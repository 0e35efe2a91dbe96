"""Rounds that a page or a program starts: planned at once, run beside it, watched through the store."""

import asyncio
import threading
from dataclasses import dataclass
from decimal import Decimal

import structlog

from monitor import brandfile, calendar, pipeline
from monitor.domain.errors import Mistake
from monitor.domain.rounds import Round, RoundKind
from monitor.pipeline import House
from monitor.service import costing, runs
from monitor.service.beside import Beside, in_a_thread
from storage import rounds, spending

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Money:
    """What the month has taken, US dollars."""

    spent: Decimal
    held: Decimal  # worst cases of calls under way, or whose cost is not known
    limit: Decimal | None


def money(house: House) -> Money:
    zone = house.settings.schedule.timezone if house.settings.schedule else "UTC"
    with house.store.snapshot() as tx:
        taken = spending.of_month(tx, house.settings.brand, calendar.month_start(house.clock(), zone))
    return Money(spent=taken.spent, held=taken.held, limit=house.settings.budget.per_month)


def now(house: House) -> Round | None:
    """Return the round that is open, if one is."""
    with house.store.snapshot() as tx:
        return next(iter(rounds.open_rounds(tx, house.settings.brand)), None)


def start(house: House, *, beside: Beside = in_a_thread) -> str:
    """Open a round and run it beside the caller; returns its id. Mistake where one is running or nothing can be asked.

    `beside` runs what it is given without waiting for it; by default in a thread of its own.
    """
    brandfile.require(house.settings, "prompts", "assistants")
    costing.somebody_ready(house)
    planned = _planned(house)
    beside(lambda: _run(house, planned))
    return planned.id


# Two clicks at the same moment would both find nothing running, pay twice, and share one ledger.
_ONE_AT_A_TIME = threading.Lock()


def _planned(house: House) -> Round:
    with _ONE_AT_A_TIME:
        running = now(house)
        if running is not None:
            raise Mistake(f"A round is running since {running.opened_at:%H:%M} UTC; wait for its end.")
        key = house.clock().isoformat(timespec="milliseconds")
        planned = pipeline.plan(house, kind=RoundKind.MANUAL, key=key)
    if planned is None:
        raise Mistake("A round was started at this very moment; look at the list of rounds.")
    return planned


def _run(house: House, planned: Round) -> None:
    try:
        asyncio.run(runs.finish(house, planned, stop=asyncio.Event()))
    except Mistake as mistake:  # the round stays open: the next start finishes it
        log.error("round failed", brand=planned.brand, key=planned.key, why=str(mistake))  # noqa: TRY400 -- the sentence says it all
