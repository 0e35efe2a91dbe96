"""Programs that ask one round are killed at random, over and over; then everything is counted.

A vendor on loopback writes down each call that it is paid for. What must hold: every probe has one answer or is
visibly `unknown`, no probe is lost or doubled, paid calls are at most probes + kills, each extra one has an `unknown`
attempt, and the database is whole. `make kill` plays it with 2,000 probes and 200 kills.
"""

import asyncio
import contextlib
import itertools
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import func, select

from monitor.domain.brand import AssistantSettings, Budget, Entity, FactSheet, Prompt, Settings
from monitor.domain.rounds import AttemptState, Probe, Round, RoundKind
from probes.ask import ask_round
from probes.limits import Limits
from probes.prices import Prices
from storage import brands, rounds
from storage.ledger import StoreLedger
from storage.store import Store
from storage.tables import AnswerRow, AttemptRow, table
from tests.support.postgres import making, serving

FORK = multiprocessing.get_context("fork")
BRAND = "Corvane"
BODY = json.dumps(
    {"model": "m", "choices": [{"finish_reason": "stop", "message": {"content": "Corvane bags last. " * 30}}],
     "usage": {"prompt_tokens": 5, "completion_tokens": 5}}
).encode()  # fmt: skip
LIMITS = Limits(requests_per_minute=0, deadline=20.0, first_pause=0.05, rest=0.05, grace=0.5)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a play came to."""

    wrong: list[str]  # what does not hold; empty: all of it holds
    paid: int
    kills: int
    answered: int
    unknown: int
    seconds: float


def play(address: str, folder: Path, *, probes: int, kills: int, programs: int, seed: int) -> Told:
    """Ask a round with so many programs at once, and kill one of them so many times.

    Each program has one call out at a time and asks again what is `unknown`, as `asking: {retry_unknown: true}` wants:
    so a kill may cost one call more, and every probe ends with an answer.
    """
    begin, rng, paid = time.monotonic(), random.Random(seed), folder / "paid"  # noqa: S311
    paid.touch()
    url, vendor = _serve(paid)
    _plan(address, probes, url)
    running = [_start(address, seed + n) for n in range(programs)]
    killed, numbers, progress = 0, itertools.count(seed + programs), 0
    try:
        while any(program.is_alive() for program in running) or killed < kills:
            # kills are spread over the work that is left, so that they meet programs that work
            step = max((probes - progress) // max(kills - killed, 1), 1)
            _await(paid, progress + rng.randint(0, step), running)
            progress = max(_lines(paid), progress + 1)
            alive = [n for n, program in enumerate(running) if program.is_alive()]
            if killed < kills and alive:
                time.sleep(rng.uniform(0, 0.02))
                killed += _kill(running, rng.choice(alive))
            for n, program in enumerate(running):
                if not program.is_alive() and program.exitcode:
                    running[n] = _start(address, next(numbers))
            if not any(program.is_alive() for program in running):
                break
        last = _start(address, next(numbers))  # as an operator would: what was left open is finished
        last.join(120)
    finally:
        for program in [*running, vendor]:
            program.kill()
            program.join()
    return _count(address, paid, probes=probes, kills=killed, seconds=time.monotonic() - begin)


def _await(paid: Path, calls: int, running) -> None:
    """Wait until so many calls were paid for, or nobody works any more."""
    end = time.monotonic() + 5
    while _lines(paid) < calls and any(program.is_alive() for program in running) and time.monotonic() < end:
        time.sleep(0.002)


def _kill(running, number: int) -> int:
    program = running[number]
    with contextlib.suppress(ProcessLookupError):
        os.kill(program.pid, signal.SIGKILL)
    program.join()
    return int(program.exitcode == -signal.SIGKILL)


def _lines(paid: Path) -> int:
    return paid.stat().st_size // 8  # every line has seven digits


def _serve(paid: Path):
    port = FORK.SimpleQueue()
    vendor = FORK.Process(target=_vendor, args=(paid, port), daemon=True)
    vendor.start()
    return f"http://127.0.0.1:{port.get()}/v1", vendor


def _vendor(paid: Path, port) -> None:
    """Answer every call after a moment, and write down the probe's number before: from then on it is charged."""

    async def one(reader, writer) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
                asked = json.loads(await reader.readexactly(length))["messages"][0]["content"]
                with paid.open("a") as book:
                    book.write(f"{int(asked.split()[1]):07}\n")
                await asyncio.sleep(0.01)
                head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
                writer.write(head % len(BODY) + BODY)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(one, "127.0.0.1", 0, backlog=500)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def _plan(address: str, probes: int, url: str) -> None:
    """Open the round; done in another program, so that no connection is inherited."""

    def work() -> None:
        store, now = Store.open(address), datetime.now(UTC)
        assistant = AssistantSettings(
            id="one", use="openai_compatible", model="m", base_url=url, options={"concurrency": "1"}
        )
        planned = [
            Probe(id=f"p{n:07}", round_id="r", prompt=Prompt(id=f"q{n}", text=f"Question {n} ?"), assistant=assistant)
            for n in range(probes)
        ]
        with store.transaction() as tx:
            sheet = FactSheet(brand=Entity(name=BRAND))
            brands.use_settings(tx, Settings(sheet=sheet, source="s", version="v"), now)
            round_ = Round(id="r", brand=BRAND, kind=RoundKind.MANUAL, key="k", opened_at=now)
            rounds.open_round(tx, round=round_, probes=planned)
        store.close()

    program = FORK.Process(target=work)
    program.start()
    program.join()


def _start(address: str, seed: int):
    program = FORK.Process(target=_ask, args=(address, seed))
    program.start()
    return program


def _ask(address: str, seed: int) -> None:
    """What `likeness run --resume` does with the round: settle what the dead left, ask the rest."""
    store, numbers = Store.open(address), itertools.count()
    ledger = StoreLedger(
        store,
        brand=BRAND,
        budget=Budget(per_month=Decimal(10**6)),
        month_start=lambda now: now.replace(day=1, hour=0, minute=0, second=0, microsecond=0),
        new_id=lambda: f"{os.getpid()}-{seed}-{next(numbers)}",
    )
    with store.transaction() as tx:
        rounds.recover(tx, datetime.now(UTC))
        waiting = rounds.unasked(tx, "r", unknown=True)
    asyncio.run(
        ask_round(
            waiting,
            ledger=ledger,
            clock=lambda: datetime.now(UTC),
            rng=random.Random(seed),  # noqa: S311  -- an order
            env={},
            prices=Prices(),
            limits=LIMITS,
            on_settled=lambda *_: None,
            stop=asyncio.Event(),
        )
    )
    store.close()


def _count(address: str, paid: Path, *, probes: int, kills: int, seconds: float) -> Told:
    calls = Counter(int(line) for line in paid.read_text().split())
    store = Store.open(address)
    attempts, answers = table(AttemptRow), table(AnswerRow)
    with store.transaction() as tx:
        rounds.recover(tx, datetime.now(UTC))
        states = rounds.tally_states(tx, "r")
        left = len(rounds.unasked(tx, "r", failed=True, unknown=True))
        rows = tx.connection().execute(select(attempts.c.probe_id, attempts.c.state, attempts.c.newest)).all()
        newest = tx.connection().execute(select(func.count()).where(attempts.c.newest)).scalar_one()
        kept = tx.connection().execute(select(func.count()).select_from(answers)).scalar_one()
        whole = store.name.startswith("postgresql") or (
            tx.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        )
    store.close()
    answered, unknown = states.get(AttemptState.ANSWERED, 0), sum(state == "unknown" for _, state, _ in rows)
    lost = Counter(int(probe[1:]) for probe, state, _ in rows if state == "unknown")
    extra = {probe: count - 1 for probe, count in calls.items() if count > 1}
    unseen = [probe for probe, count in extra.items() if lost[probe] < count]
    dry = [probe for probe in range(probes) if not calls[probe] and not lost[probe]]
    holds = {
        f"{left} probes are left": left == 0,
        f"{answered} of {probes} probes have their answer": answered == probes,
        f"{newest} newest attempts of {probes} probes": newest == probes,
        f"{kept} answers kept, {answered} probes answered": kept == answered,
        f"{sum(calls.values())} paid calls of {probes} probes and {kills} kills": sum(calls.values()) <= probes + kills,
        f"paid twice without a trace: {unseen}": not unseen,
        f"ended without a call: {dry}": not dry,
        "the database is damaged": whole,
    }
    return Told(
        wrong=[words for words, right in holds.items() if not right],
        paid=sum(calls.values()),
        kills=kills,
        answered=answered,
        unknown=unknown,
        seconds=seconds,
    )


def main() -> int:
    """Play the whole: SQLite and PostgreSQL, one program and six."""
    probes, kills = (int(given) for given in (*sys.argv[1:3], *("2000", "200")[len(sys.argv[1:3]) :]))
    failed = 0
    with serving() as server:
        empty = making(server)
        for number, (kind, programs) in enumerate(itertools.product(("sqlite", "postgresql"), (1, 6))):
            with tempfile.TemporaryDirectory() as name:
                address = f"sqlite:///{name}/l.db" if kind == "sqlite" else empty()
                told = play(address, Path(name), probes=probes, kills=kills, programs=programs, seed=number)
            failed += bool(told.wrong)
            verdict = "; ".join(told.wrong) or "nothing lost, nothing doubled, every extra call seen, database whole"
            print(
                f"{kind}, {programs} at once: {probes} probes, {told.kills} kills, {told.paid} paid calls,"
                f" {told.answered} answered, {told.unknown} unknown, {told.seconds:.0f} s: {verdict}",
                flush=True,
            )
    return failed


if __name__ == "__main__":
    sys.exit(main())
