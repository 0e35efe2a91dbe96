"""The process beside a worker: reads and concludes, so that what computes never holds up a heartbeat."""

import logging
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import connection, get_context, parent_process

from monitor.domain.jobs import Job
from monitor.service import logs
from monitor.service.brandfiles import BrandFiles
from monitor.service.environment import Environment
from monitor.worker import work
from monitor.worker.rooms import Plot, Rooms
from storage.store import Store

_plots: list[Plot] = []  # of this process; empty in the worker itself


def pool(plot: Plot, *, processes: int) -> ProcessPoolExecutor:
    """Return processes that take jobs and end with the worker, however that ends."""
    context = get_context(plot.birth)
    made = ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(plot,))
    for _ in range(processes):
        made.submit(os.getpid)  # it imports what it needs before the first job comes
    return made


def _begin(plot: Plot) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)  # the worker ends what is in flight, and then this process
    threading.Thread(target=_end_with_parent, daemon=True).start()
    logs.configure(json=True)
    hush()
    _plots.append(plot)


@cache
def _rooms() -> Rooms:
    """Return this process's rooms, opened by the first job: one that finds the database away is tried again."""
    environment, plot = Environment(), _plots[0]
    store = Store.open(environment.database_url.get_secret_value())
    return Rooms(store=store, environment=environment, plot=plot, files=BrandFiles(plot.places))


def hush() -> None:
    """Let libraries log what broke only where we do not: of a database that is away we say it in a line ourselves."""
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)
    for name in ("psycopg", "psycopg.pool"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def do(job: Job) -> None:
    """Take a job's step in this process."""
    work.BESIDE[job.step](_rooms(), job)
