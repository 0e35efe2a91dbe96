"""One round from plan to mail, and the rounds that a crash left open."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from monitor import pipeline
from monitor.domain.alerts import Change, Notice
from monitor.domain.rounds import Round, RoundKind
from monitor.pipeline import House, Settled
from storage import rounds

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Ran:
    """A round that has ended, and what it said."""

    round: Round
    changes: tuple[Change, ...]
    notices: tuple[Notice, ...]


def ignore(*_: object) -> None:
    """Take no interest in progress."""


async def run(house: House, *, kind: RoundKind, key: str, stop: asyncio.Event, on_settled: Settled = ignore) -> Ran | None:
    """Plan and run a round; None where that slot was run before."""
    planned = pipeline.plan(house, kind=kind, key=key)
    return await finish(house, planned, stop=stop, on_settled=on_settled) if planned else None


async def finish(house: House, planned: Round, *, stop: asyncio.Event, on_settled: Settled = ignore) -> Ran:
    """Take a round from wherever it stands to its end."""
    await pipeline.ask(house, planned, on_settled=on_settled, stop=stop)
    pipeline.read(house, planned.id)
    pipeline.measure(house, planned.id)
    changes = pipeline.decide(house, planned)
    closed = pipeline.close(house, planned, stopped=stop.is_set())
    notices = pipeline.tell(house)
    log.info("round", brand=closed.brand, key=closed.key, state=closed.state, why=closed.why, alerts=len(changes))
    return Ran(round=closed, changes=tuple(changes), notices=tuple(notices))


async def resume(house: House, *, stop: asyncio.Event) -> list[Ran]:
    """Finish what a crash left: attempts that may have been charged become `unknown`, the rest is asked."""
    with house.store.transaction() as tx:
        rounds.recover(tx, house.clock())
        left = rounds.open_rounds(tx, house.settings.brand)
    return [await finish(house, round_, stop=stop) for round_ in left if round_.kind is not RoundKind.IMPORTED]


def spent_since(house: House, start: datetime) -> str:
    """US dollars since `start`, in words."""
    with house.store.transaction() as tx:
        spent = rounds.spent(tx, house.settings.brand, start, house.clock() + timedelta(seconds=1))
    return f"${spent:.2f}"
