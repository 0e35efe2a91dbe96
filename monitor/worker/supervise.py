"""Keeps a worker going: through restarts of the database, until it is told to stop."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import procrastinate
import structlog
from procrastinate.schema import SchemaManager

from monitor.service.brandfiles import BrandFiles
from monitor.service.environment import Environment
from monitor.service.stopping import on_signal
from monitor.worker import beside, pulse, tasks
from monitor.worker.alive import FILE
from monitor.worker.rhythm import Rhythm
from monitor.worker.rooms import OF_GRACE, Plot, Rooms
from storage import queueing
from storage.connecting import for_the_driver
from storage.errors import StoreError
from storage.patience import Patience
from storage.store import Store

log = structlog.get_logger(__name__)

_STEP = 90.0  # seconds by which a clock must be set before the work begins again
_DESK_JOBS = 2  # at once, beside the asking


@dataclass(frozen=True, kw_only=True)
class Size:
    asking: int = 4  # shares of rounds that are asked at once
    reading: int = 1  # processes that read


async def run(
    plot: Plot, environment: Environment, *, size: Size, draw: Callable[[str], bytes], alive: Path = FILE
) -> None:
    """Work until SIGTERM or SIGINT. Calls in flight are finished then; what was not begun goes to others."""
    beside.hush()
    address = for_the_driver(environment.database_url.get_secret_value())
    stop, patience = asyncio.Event(), Patience()
    asyncio.get_running_loop().set_exception_handler(_noted)
    on_signal(stop, patience, grace=plot.rhythm.grace * OF_GRACE)
    files = BrandFiles(plot.places)
    files.checked()
    store = await _opened(environment, plot, stop)
    if store is None:
        return
    rooms = Rooms(store=store, environment=environment, plot=plot, draw=draw, files=files, patience=patience)
    beating = asyncio.create_task(pulse.beat(store, alive, seconds=plot.rhythm.heartbeat))
    log.info("working", database=store.name, asking=size.asking, reading=size.reading)
    await _through_restarts(rooms, address, size, stop)
    beating.cancel()
    await asyncio.to_thread(alive.unlink, missing_ok=True)
    store.close()
    log.info("stopped")


def _noted(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Say in a line what nobody waits for any more, such as the end of a job that others took over meanwhile."""
    log.warning("late", what=context.get("message", ""), why=repr(context.get("exception", "")))


async def _opened(environment: Environment, plot: Plot, stop: asyncio.Event) -> Store | None:
    """Return the store with the queue's tables, however late the database comes up; None if stopped before."""
    while not stop.is_set():
        try:
            return await asyncio.to_thread(_open, environment, plot.rhythm)
        except StoreError as error:
            if not error.retry:
                raise
            log.warning("waiting for the database", why=str(error))
            await _pause(plot.rhythm.again, stop)
    return None


def _open(environment: Environment, rhythm: Rhythm) -> Store:
    store = Store.open(environment.database_url.get_secret_value(), abandoned=timedelta(seconds=rhythm.abandoned))
    folder = Path(SchemaManager.get_migrations_path())
    steps = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.sql")}
    queueing.prepare(store, SchemaManager.get_schema(), steps)
    return store


async def _through_restarts(rooms: Rooms, address: str, size: Size, stop: asyncio.Event) -> None:
    """Work, and begin again whenever the work ends by itself."""
    while not stop.is_set():
        try:
            await _work(rooms, address, size, stop)
        except Exception as error:  # noqa: BLE001  -- the outermost loop: whatever it was, others' jobs wait
            log.warning("the worker begins again", why=_why(error))
        await _pause(rooms.plot.rhythm.again, stop)


def _why(error: BaseException) -> str:
    """Return what went wrong in one line; the queue's own words name no cause, the driver's beneath them do."""
    while error.__cause__ is not None:
        error = error.__cause__
    return " ".join(str(error).split()) or repr(error)


async def _work(rooms: Rooms, address: str, size: Size, stop: asyncio.Event) -> None:
    """Take jobs until the worker is stopped, or the database or a process beside it is lost."""
    rhythm, ending, lost = rooms.plot.rhythm, asyncio.Event(), asyncio.Event()
    connector = procrastinate.PsycopgConnector(conninfo=address, min_size=1, max_size=4, timeout=10.0)
    async with _readers(rooms.plot, size) as pool:
        app = tasks.application(connector, tasks.Hands(rooms=rooms, pool=pool, stop=ending, lost=lost))
        async with app.open_async():
            await tasks.take_up_stalled(app, rhythm)
            queues = ((queueing.ASKING, size.asking), (queueing.DESK, _DESK_JOBS + size.reading))
            working = [_queue(app, rooms, name, count) for name, count in queues]
            await _until_one_ends([*working, asyncio.create_task(_told(lost))], stop, ending)


async def _told(lost: asyncio.Event) -> None:
    """Return once a process beside the worker was killed: its pool takes no job any more, a new one does."""
    await lost.wait()
    log.warning("a process beside the worker was killed")


@asynccontextmanager
async def _readers(plot: Plot, size: Size) -> AsyncIterator[Executor]:
    pool = beside.pool(plot, processes=size.reading)
    try:
        yield pool
    finally:
        await asyncio.to_thread(pool.shutdown, cancel_futures=True)


def _queue(app: procrastinate.App, rooms: Rooms, name: str, jobs: int) -> asyncio.Task[None]:
    rhythm = rooms.plot.rhythm
    working = app.run_worker_async(
        queues=[name],
        concurrency=jobs,
        install_signal_handlers=False,
        update_heartbeat_interval=rhythm.heartbeat,
        stalled_worker_timeout=rhythm.stalled,
        fetch_job_polling_interval=rhythm.poll,
        shutdown_graceful_timeout=rhythm.grace,
    )
    return asyncio.create_task(working)


async def _until_one_ends(queues: list[asyncio.Task[None]], stop: asyncio.Event, ending: asyncio.Event) -> None:
    """Wait for a stop, a clock that is set, or a queue that ends by itself; then all end what they have in flight."""
    waited_for = [*queues, asyncio.create_task(stop.wait()), asyncio.create_task(clock_set())]
    try:
        done, _ = await asyncio.wait(waited_for, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ending.set()  # calls that are out are awaited, no further ones are made
        for task in waited_for:
            task.cancel()
        await asyncio.wait(waited_for)
    for task in done:
        task.result()


async def clock_set(
    *, look: float = 5.0, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic
) -> None:
    """Return once the machine's clock was set: the queue's own clock remembers the last tick and would wait for it.

    `look` is the seconds between two looks; small steps are no matter, for a tick comes every minute.
    """
    ahead = wall() - steady()
    while abs(wall() - steady() - ahead) < _STEP:
        ahead = wall() - steady()
        await asyncio.sleep(look)
    log.warning("the clock was set", seconds=round(wall() - steady() - ahead))


async def _pause(seconds: float, stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
