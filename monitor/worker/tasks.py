"""Procrastinate's view of the steps: which task does what, what is tried again when, what comes by the clock."""

import asyncio
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import procrastinate
import structlog
from procrastinate import jobs, retry

from monitor.domain.errors import Mistake
from monitor.domain.jobs import Job, Step
from monitor.service import keeping
from monitor.worker import beside, work
from monitor.worker.rhythm import Rhythm
from monitor.worker.rooms import Rooms
from storage import queueing
from storage.errors import StoreError

log = structlog.get_logger(__name__)

_TRIES = 8
_LONGEST, _DOUBLED = timedelta(minutes=10), 9  # between two tries; how often it is doubled until then


@dataclass(frozen=True, kw_only=True)
class Hands:
    """What the tasks of one worker work with."""

    rooms: Rooms
    pool: Executor  # the processes beside the worker
    stop: asyncio.Event
    lost: asyncio.Event  # set when one of these processes was killed: the pool takes no job after that

    async def do(self, step: Step, args: dict[str, Any]) -> None:
        job = queueing.job_of(step, args)
        try:
            if step is Step.ASK:
                await work.ask(self.rooms, job, self.stop)
                return
            if step is Step.CONCLUDE:
                await work.judge(self.rooms, job, self.stop)
            if step in work.BESIDE:
                await self._beside(job)
            else:
                await asyncio.to_thread(work.HERE[step], self.rooms, job)
        except Mistake as mistake:
            log.warning("job waits for another try", step=step, brand=job.brand, why=str(mistake))
            raise

    async def _beside(self, job: Job) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(self.pool, beside.do, job)
        except BrokenProcessPool:
            self.lost.set()
            raise


class Again(retry.BaseRetryStrategy):
    """At once what a worker left because it was stopped or lost the process beside it; the rest after ever longer."""

    def get_retry_decision(self, *, exception: BaseException, job: jobs.Job) -> retry.RetryDecision | None:
        if isinstance(exception, work.Unfinished | BrokenProcessPool | asyncio.CancelledError):
            return retry.RetryDecision(retry_in={"seconds": 1})
        passing = isinstance(exception, StoreError) and exception.retry  # a full disk, however late
        if job.attempts >= _TRIES and not passing:
            log.error("job is given up", task=job.task_name, why=repr(exception))
            return None
        wait = min(timedelta(seconds=2) * 2 ** min(job.attempts, _DOUBLED), _LONGEST)
        return retry.RetryDecision(retry_at=datetime.now(UTC) + wait)


def application(connector: procrastinate.PsycopgConnector, hands: Hands) -> procrastinate.App:
    """Return the application of one worker."""
    app = procrastinate.App(connector=connector)
    for step in Step:
        registered = app.task(name=queueing.task_of(step), queue=queueing.DESK, retry=Again())
        registered(_doing(hands, step))
    _by_the_clock(app, hands)
    return app


def _doing(hands: Hands, step: Step) -> Any:
    async def do(**args: Any) -> None:
        await hands.do(step, args)

    return do


def _by_the_clock(app: procrastinate.App, hands: Hands) -> None:
    """Register what comes once at its time, however many workers there are."""
    rhythm = hands.rooms.plot.rhythm

    @app.periodic(cron=rhythm.tick)
    @app.task(name="likeness.tick", queue=queueing.DESK, priority=100)
    async def tick(timestamp: int) -> None:  # noqa: ARG001  -- procrastinate's signature
        await asyncio.to_thread(work.tick, hands.rooms)

    @app.periodic(cron=rhythm.tick)
    @app.task(name="likeness.revive", queue=queueing.DESK, priority=100)  # no lock: it frees those of others
    async def revive(timestamp: int) -> None:  # noqa: ARG001
        await take_up_stalled(app, rhythm)
        await asyncio.to_thread(_hasten, hands.rooms)

    @app.periodic(cron=rhythm.tidy)
    @app.task(name="likeness.tidy", queue=queueing.DESK)
    async def tidy(timestamp: int) -> None:  # noqa: ARG001
        await asyncio.to_thread(_tidy, hands.rooms)


async def take_up_stalled(app: procrastinate.App, rhythm: Rhythm) -> int:
    """Give the jobs of workers that no longer show a heartbeat to others; returns how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=rhythm.stalled))
    for job in stalled:
        log.warning("job of a silent worker is taken up", task=job.task_name)
        await app.job_manager.retry_job(job)
    return len(stalled)


def _hasten(rooms: Rooms) -> None:
    with rooms.store.transaction() as tx:
        queueing.hasten(tx, 2 * _LONGEST)


def _tidy(rooms: Rooms) -> None:
    with rooms.store.transaction() as tx:
        gone = queueing.forget(tx, rooms.plot.rhythm.kept)
    log.info("ended jobs are deleted", jobs=gone)
    for house in rooms.served():
        keeping.once_a_day(house)
