"""A thousand probes at a server that thinks for 200 ms, a hundred in flight, against bare httpx in the same run."""

import asyncio
import itertools
import json
import multiprocessing
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx

from monitor.domain.brand import AssistantSettings, Budget, Prompt
from monitor.domain.rounds import AttemptState, Probe, Round, RoundKind
from probes.ask import ask_round
from probes.limits import Limits
from probes.prices import Prices
from storage import rounds
from storage.ledger import StoreLedger
from storage.store import Store

PROBES, AT_ONCE, THINKS, TIMES = 1_000, 100, 0.2, 3
QUEUED = 5_000
_BODY = json.dumps(
    {
        "id": "c",
        "model": "m",
        "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "Take the kettle. " * 60}}],
        "usage": {"prompt_tokens": 5, "completion_tokens": 5},
    }
).encode()


def rows() -> Iterator[tuple[str, str]]:
    ideal = PROBES / AT_ONCE * THINKS
    with _vendor(THINKS) as url:
        pairs = [(_bare(url), _ours(url, PROBES)) for _ in range(TIMES)]
    bare, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = min(own / other for other, own in pairs)
    yield f"{PROBES} probes, {AT_ONCE} in flight, ideal {ideal:.1f} s: bare httpx", f"{bare:.2f} s"
    yield "the same, reserved, sent and settled in SQLite", f"{ours:.2f} s"
    yield "best ratio to httpx in one pair (at most 1.25)", f"{ratio:.2f}"
    yield "ratio to the ideal (at most 2)", f"{ours / ideal:.2f}"
    yield f"memory with {QUEUED:,} queued probes (below 150 MB)", f"{_memory():.0f} MB"


@contextmanager
def _vendor(thinks: float) -> Iterator[str]:
    port = multiprocessing.SimpleQueue()
    server = multiprocessing.Process(target=_serve, args=(port, thinks), daemon=True)
    server.start()
    try:
        yield f"http://127.0.0.1:{port.get()}/v1"
    finally:
        server.kill()
        server.join()


def _serve(port: "multiprocessing.SimpleQueue[int]", thinks: float) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
                await asyncio.sleep(thinks)
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(_BODY) + _BODY)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=500)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def _bare(url: str) -> float:
    """The seconds that httpx needs at its quickest: five clients of twenty connections each."""

    async def scene() -> float:
        limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=20)
        clients = [httpx.AsyncClient(timeout=60, limits=limits) for _ in range(AT_ONCE // 20)]
        places, begin = asyncio.Semaphore(AT_ONCE), time.perf_counter()

        async def one(client: httpx.AsyncClient, number: int) -> None:
            async with places:
                question = {"model": "m", "messages": [{"role": "user", "content": f"Question {number}?"}]}
                json.loads((await client.post(f"{url}/chat/completions", json=question)).content)

        await asyncio.gather(*(one(clients[n % len(clients)], n) for n in range(PROBES)))
        seconds = time.perf_counter() - begin
        for client in clients:
            await client.aclose()
        return seconds

    return asyncio.run(scene())


def _ours(url: str, count: int) -> float:
    """The seconds that a round takes, everything kept."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/likeness.db")
        options = {"concurrency": str(AT_ONCE)}
        one = AssistantSettings(id="one", use="openai_compatible", model="m", base_url=url, options=options)
        probes = [
            Probe(id=f"p{n}", round_id="r", prompt=Prompt(id=f"q{n}", text=f"Question {n}?"), assistant=one)
            for n in range(count)
        ]
        with store.transaction() as tx:
            round_ = Round(id="r", brand="B", kind=RoundKind.MANUAL, key="k", opened_at=datetime.now(UTC))
            rounds.open_round(tx, round=round_, probes=probes)
        begin = time.perf_counter()
        asyncio.run(_asked(store, probes))
        seconds = time.perf_counter() - begin
        with store.snapshot() as tx:
            assert rounds.tally_states(tx, "r") == {AttemptState.ANSWERED: count}
        store.close()
    return seconds


async def _asked(store: Store, probes: list[Probe]) -> None:
    numbers = itertools.count()
    await ask_round(
        probes,
        ledger=StoreLedger(
            store,
            brand="B",
            budget=Budget(),
            month_start=lambda now: now.replace(day=1, hour=0, minute=0, second=0, microsecond=0),
            new_id=lambda: f"id{next(numbers)}",
        ),
        clock=lambda: datetime.now(UTC),
        rng=random.Random(1),  # noqa: S311  -- an order
        env={},
        prices=Prices(),
        limits=Limits(requests_per_minute=0),
        on_settled=lambda *_: None,
        stop=asyncio.Event(),
    )


def _memory() -> float:
    """The most megabytes that a program of its own takes with so many probes queued; its imports are in it."""
    with _vendor(0.0) as url:
        told = subprocess.run([sys.executable, __file__, url], capture_output=True, text=True, check=True)
    return float(told.stdout)


if __name__ == "__main__":
    _ours(sys.argv[1], QUEUED)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
