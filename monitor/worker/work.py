"""What each job does: the steps of a round, and which job they make due."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType

import structlog

from monitor import pipeline
from monitor.domain.errors import Mistake
from monitor.domain.jobs import Job, Step, asking
from monitor.domain.rounds import Round, RoundKind, RoundState
from monitor.pipeline import House
from monitor.service import clock, documents, keeping, round_line, steps, warm, watching
from monitor.worker.rooms import Rooms
from storage import outbox, queueing, rounds, shares
from storage.store import Transaction

log = structlog.get_logger(__name__)

# A store that was away in the middle leaves reservations behind; the second pass asks those.
_PASSES = 3
_OLDEST = timedelta(days=2)  # an open round that nothing could end by then is left alone


class Unfinished(Mistake):
    """A job could not be finished here and now; another try takes it up where it stands."""


async def ask(rooms: Rooms, job: Job, stop: asyncio.Event) -> None:
    """Put a share's probes. What its former holder left open is settled first: one job of a share runs at a time.

    A round that somebody else has ended is left as it is.
    """
    house = rooms.house(job.brand)
    for _ in range(_PASSES):
        if not _fenced(house, job) or stop.is_set():
            break
        paying = watching.paying(house, steps.find(house, job.round_id))
        await steps.ask(paying, job.round_id, share=job.share, stop=stop)
    with house.store.transaction() as tx:
        if not _is_open(tx, job.round_id):
            return
        left = rounds.unasked(tx, job.round_id, share=job.share)
        if not left:
            queueing.enqueue(tx, [Job(step=Step.READ, brand=job.brand, round_id=job.round_id, share=job.share)])
    if left:
        raise Unfinished(f"{len(left)} probes of a share wait to be asked.")


def _fenced(house: House, job: Job) -> bool:
    """Settle what nobody holds any more; whether something is left to ask in a round that is open."""
    with house.store.transaction() as tx:
        if not _is_open(tx, job.round_id):
            return False
        shares.fence(tx, job.round_id, job.share, house.clock())
        return bool(rounds.unasked(tx, job.round_id, share=job.share))


def _is_open(tx: Transaction, round_id: str) -> bool:
    found = rounds.find(tx, round_id)
    return found is not None and found.state is RoundState.OPEN


def read(rooms: Rooms, job: Job) -> None:
    """Read a share's answers; the last share makes the round's end due."""
    house = rooms.house(job.brand)
    steps.read(house, job.round_id, share=job.share)
    with house.store.transaction() as tx:
        if queueing.asks_wait(tx, job.round_id):
            return  # the last of them will be here again
        version = {"analyzer": house.reader.version, "sheet": house.settings.version}
        if shares.ready(tx, job.round_id, **version):
            queueing.enqueue_once(tx, [Job(step=Step.CONCLUDE, brand=job.brand, round_id=job.round_id)])


async def judge(rooms: Rooms, job: Job, stop: asyncio.Event) -> None:
    """Ask for the second opinion, where the brand file wants one."""
    house = rooms.house(job.brand)
    if steps.find(house, job.round_id).state is RoundState.OPEN:
        await steps.judge(house, job.round_id, stop=stop)


def conclude(rooms: Rooms, job: Job) -> None:
    """Measure, decide and close; a round that is closed stays as it is."""
    house = rooms.house(job.brand)
    held = steps.find(house, job.round_id)
    if held.state is not RoundState.OPEN:
        return
    if held.kind.in_series:
        steps.measure(house, held.id)
    changes = steps.decide(house, held.id)
    closed = steps.close(house, held.id)
    said = round_line.of(house, closed, changes)
    log.info("round", said=said, brand=closed.brand, key=closed.key, state=closed.state, why=closed.why)
    warm.warm(house)


def tell(rooms: Rooms, job: Job) -> None:
    steps.tell(rooms.house(job.brand))


def report(rooms: Rooms, job: Job) -> None:
    documents.send_due(rooms.house(job.brand))


def plan(rooms: Rooms, job: Job) -> None:
    """Open the brand's rounds that are due, by the file as it lies there now."""
    for house in rooms.served():
        if house.settings.brand == job.brand:
            for slot in clock.due(house):
                pipeline.plan(house, kind=RoundKind.SCHEDULED, key=slot.key)


def tick(rooms: Rooms) -> None:
    """Find what is due, brand by brand; one brand's mistake is no other's."""
    served = rooms.served()
    keeping.beat(rooms.store, mistaken=bool(rooms.files.wrong()))
    for house in served:
        try:
            _tick(rooms, house)
        except Mistake as mistake:
            log.error("tick failed", brand=house.settings.brand, why=str(mistake))  # noqa: TRY400 -- the sentence says it all


def _tick(rooms: Rooms, house: House) -> None:
    brand, now = house.settings.brand, house.clock()
    watching.plan(house)
    watching.tell(house)
    due = [Step.PLAN] if clock.due(house) else []
    due += [Step.REPORT] if house.settings.reports else []
    with house.store.transaction() as tx:
        due += [Step.TELL] if outbox.waiting(tx, now, brand=brand) else []
        queueing.enqueue_once(tx, [Job(step=step, brand=brand) for step in due])
        for left in _left(tx, rooms, house):
            log.warning("round is taken up again", brand=brand, key=left.key)
            assistants = len(house.settings.assistants)
            queueing.enqueue(tx, asking(brand, left.id, shares.size(tx, left.id), a_prompt=assistants))


def _left(tx: Transaction, rooms: Rooms, house: House) -> list[Round]:
    """Return the open rounds on which nothing works: their program ended, or their job failed for good.

    Whether a call is still out of a program elsewhere nobody can see: only where none is, little patience is enough.
    """
    now, rhythm = house.clock(), rooms.plot.rhythm
    still = shares.quiet(tx, house.settings.brand, now, still=rhythm.settled, oldest=_OLDEST)
    idle = [each for each in still if not queueing.has_jobs(tx, each.id)]
    silent = {each.id for each in shares.quiet(tx, house.settings.brand, now, still=rhythm.quiet, oldest=_OLDEST)}
    return [each for each in idle if each.id in silent or _only_to_end(tx, each)]


def _only_to_end(tx: Transaction, left: Round) -> bool:
    return queueing.had_jobs(tx, left.id) and shares.all_in(tx, left.id)


# What computes is done in a process of its own, so that the worker's heartbeat is never held up.
BESIDE: Mapping[Step, Callable[[Rooms, Job], None]] = MappingProxyType({Step.READ: read, Step.CONCLUDE: conclude})
HERE: Mapping[Step, Callable[[Rooms, Job], None]] = MappingProxyType(
    {Step.PLAN: plan, Step.TELL: tell, Step.REPORT: report}
)
