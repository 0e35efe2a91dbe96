"""The ledger's one thread: what many probes want written at the same moment is committed together."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, Self, TypeVar

from monitor.domain.ledger import Ledger

T = TypeVar("T")
_MOST = 200  # of one commit


class _Job(NamedTuple):
    what: Callable[[], Any]
    told: asyncio.Future[Any]


class Writer:
    """Calls the ledger in its thread; whoever waits here goes on when what he asked for has committed."""

    def __init__(self, ledger: Ledger, thread: ThreadPoolExecutor) -> None:
        self._ledger = ledger
        self._thread = thread
        self._waiting: list[_Job] = []
        self._writing = False
        self._written = asyncio.Event()
        self._written.set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.finished()

    async def write(self, what: Callable[[], T]) -> T:
        """Return what the ledger returns, or raise what it raises."""
        told: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Job(what, told))
        if not self._writing:
            self._begin()
        return await told

    def _begin(self) -> None:
        self._writing = bool(self._waiting)
        if not self._writing:
            self._written.set()
        else:
            self._written.clear()
            jobs, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            self._run(jobs if len(jobs) > 1 and self._ledger.groups else [], jobs)

    async def finished(self) -> None:
        """Wait until all is written; an answer that came is kept even if nobody waits for it any more."""
        await self._written.wait()

    def _run(self, together: list[_Job], jobs: list[_Job]) -> None:
        """Write a group at once, or the first of the jobs by itself."""
        work = [job.what for job in together] or [jobs[0].what]
        calls = asyncio.get_running_loop().run_in_executor(self._thread, self._write, work)
        calls.add_done_callback(lambda done: self._ended(done, together, jobs))

    def _write(self, work: list[Callable[[], Any]]) -> list[Any]:
        if len(work) == 1:
            return [work[0]()]
        with self._ledger.grouped():
            return [what() for what in work]

    def _ended(self, done: "asyncio.Future[list[Any]]", together: list[_Job], jobs: list[_Job]) -> None:
        error = None if done.cancelled() else done.exception()
        if error and together:  # nothing of the group was kept: each tries by itself, and learns what ails it
            self._run([], jobs)
            return
        for job, result in zip(together or jobs[:1], [error] if error else done.result(), strict=True):
            _tell(job.told, result, failed=error is not None)
        left = [] if together else jobs[1:]
        if left:
            self._run([], left)
        else:
            self._begin()


def _tell(told: asyncio.Future[Any], result: Any, *, failed: bool) -> None:
    if told.done():  # whoever asked has been cancelled meanwhile
        return
    if failed:
        told.set_exception(result)
    else:
        told.set_result(result)
