"""Extra samples: a round that brought a serious new finding is followed at once by the round that asks for it again."""

import asyncio

import structlog

from monitor.domain.alerts import Change
from monitor.domain.rounds import Round, RoundKind, RoundState
from monitor.pipeline import House
from monitor.service import steps
from storage import rounds

log = structlog.get_logger(__name__)


async def follow(house: House, cause: Round, *, stop: asyncio.Event) -> list[Change]:
    """Ask again what a round wants confirmed, and decide on it; nothing where it wants nothing.

    Stopped half-way, the confirming round stays open and is finished after the next start.
    """
    with house.store.snapshot() as tx:
        extra = rounds.find_by_key(tx, cause.brand, RoundKind.CONFIRMING, cause.id)
    if extra is None or extra.state is not RoundState.OPEN or stop.is_set():
        return []
    await steps.ask(house, extra.id, stop=stop)
    if stop.is_set():
        return []
    steps.read(house, extra.id)
    await steps.judge(house, extra.id, stop=stop)
    changes = steps.decide(house, extra.id)
    closed = steps.close(house, extra.id)
    log.info("confirmed", brand=closed.brand, round=cause.key, state=closed.state, why=closed.why, alerts=len(changes))
    return changes
