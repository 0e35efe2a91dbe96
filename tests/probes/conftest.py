"""A ledger in memory, and a server on loopback that fails in every way a vendor was seen to fail."""

# ruff: noqa: ARG002  -- the ledger's arguments are its protocol's

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from monitor.domain.brand import AssistantSettings, Prompt
from monitor.domain.ledger import Pause, Quota, Wait
from monitor.domain.rounds import Attempt, Miss, MissReason, Outcome, Probe
from probes.ask import ask_round
from probes.limits import Limits
from probes.prices import Prices

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class MemoryLedger:
    """Keeps what a store would keep; `left` is the number of reservations that the budget carries."""

    left: int = 10**9
    events: list[tuple[str, str]] = field(default_factory=list)  # (what, probe id)
    settled: dict[str, list[Outcome]] = field(default_factory=dict)
    skipped: dict[str, Miss] = field(default_factory=dict)
    pauses: dict[str, Pause] = field(default_factory=dict)
    charged: list[int] = field(default_factory=list)  # tokens beyond what was expected
    reserved: list[Decimal | None] = field(default_factory=list)
    fail_at: str = ""  # the kind of event that raises

    def _note(self, what: str, probe_id: str) -> None:
        self.events.append((what, probe_id))
        if what == self.fail_at:
            raise OSError("disk full")

    groups = True

    def grouped(self) -> AbstractContextManager[None]:
        return nullcontext()

    def reserve(
        self,
        probe: Probe,
        worst: Decimal | None,
        now: datetime,
        *,
        quota: Quota | None = None,
        tokens: int = 0,
        waited: datetime | None = None,
    ) -> Attempt | Miss | Wait:
        pause = self.pauses.get(quota.account) if quota else None
        if pause and now < pause.until != waited:
            return Wait(seconds=(pause.until - now).total_seconds(), until=pause.until)
        self._note("reserve", probe.id)
        if self.left <= 0:
            return Miss(reason=MissReason.BUDGET, detail="The month's budget is spent.")
        self.left -= 1
        self.reserved.append(worst)
        generation = sum(event == ("reserve", probe.id) for event in self.events)
        return Attempt(id=f"{probe.id}.{generation}", probe_id=probe.id, generation=generation, reserved=worst)

    def sent(self, attempt: Attempt, request_hash: str, now: datetime) -> None:
        self._note("sent", attempt.probe_id)

    def settle(self, attempt: Attempt, outcome: Outcome, now: datetime) -> None:
        self._note("settle", attempt.probe_id)
        self.settled.setdefault(attempt.probe_id, []).append(outcome)

    def skip(self, probe: Probe, miss: Miss, now: datetime) -> None:
        self._note("skip", probe.id)
        self.skipped[probe.id] = miss

    def block(
        self, account: str, until: datetime, why: str, *, reason: MissReason = MissReason.RATE_LIMITED, now: datetime
    ) -> None:
        before = self.pauses.get(account)
        if before is None or before.until < until or before.reason != reason:
            self.pauses[account] = Pause(account=account, until=until, why=why, reason=reason, since=now)

    def unblock(self, account: str) -> None:
        self.pauses.pop(account, None)

    def charge(self, account: str, tokens: int) -> None:
        self.charged.append(tokens)

    def paused(self, account: str) -> Pause | None:
        return self.pauses.get(account)

    @property
    def blocked(self) -> datetime:
        """The end of the one pause there is."""
        (pause,) = self.pauses.values()
        return pause.until


@dataclass
class Call:
    """One request as the server saw it."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class FaultServer:
    """Speaks just enough HTTP to be wrong about it. `answer` writes raw bytes to the connection."""

    answer: Callable[["FaultServer", Call, asyncio.StreamWriter], Awaitable[None]]
    calls: list[Call] = field(default_factory=list)
    times: list[float] = field(default_factory=list)  # seconds, when each call came
    url: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.split("\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)
            }
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            self.times.append(asyncio.get_running_loop().time())
            self.calls.append(Call(path=first.split()[1], headers=headers, body=body))
            await self.answer(self, self.calls[-1], writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()


def reply(body: bytes | str, status: int = 200, **headers: str) -> bytes:
    """A whole HTTP reply; header names are written with underscores."""
    content = body.encode() if isinstance(body, str) else body
    said = {"content_type": "application/json", "content_length": str(len(content)), "connection": "close"} | headers
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name.replace('_', '-')}: {value}" for name, value in said.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


@asynccontextmanager
async def serving(*replies: bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]) -> AsyncIterator[FaultServer]:
    """Serve the replies in order, the last one for ever."""

    async def answer(server: FaultServer, _call: Call, writer: asyncio.StreamWriter) -> None:
        chosen = replies[min(len(server.calls), len(replies)) - 1]
        if isinstance(chosen, bytes):
            writer.write(chosen)
            await writer.drain()
        else:
            await chosen(writer)

    server = FaultServer(answer=answer)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1"
    try:
        yield server
    finally:
        listening.close()
        await listening.wait_closed()


QUICK = Limits(first_pause=0.01, deadline=2.0, connect=1.0, patience=5.0, grace=0.2, rest=0.02, requests_per_minute=0)


@dataclass
class Round:
    """One asked round and everything that came of it."""

    ledger: MemoryLedger
    outcomes: dict[str, Outcome]

    @property
    def misses(self) -> dict[str, MissReason]:
        return {probe: outcome.miss.reason for probe, outcome in self.outcomes.items() if outcome.miss}


class Lab:
    """What the tests of this room ask with."""

    quick = QUICK
    noon = NOON
    reply = staticmethod(reply)
    serving = staticmethod(serving)

    def __init__(self) -> None:
        self.ledger = MemoryLedger()

    def limits(self, **given: Any) -> Limits:
        return replace(QUICK, **given)

    def settings(self, use: str = "openai", **given: Any) -> AssistantSettings:
        return replace(AssistantSettings(id="one", use=use, model="gpt-5"), **given)

    def probes(self, assistant: AssistantSettings, count: int = 1) -> list[Probe]:
        prompts = [Prompt(id=f"p{number}", text=f"Question {number}: which kettle is best?") for number in range(count)]
        return [
            Probe(id=f"{assistant.id}-{prompt.id}", round_id="r", prompt=prompt, assistant=assistant)
            for prompt in prompts
        ]

    async def ask(
        self,
        probes: list[Probe],
        *,
        limits: Limits = QUICK,
        stop: asyncio.Event | None = None,
        prices: Prices | None = None,
        env: dict[str, str] | None = None,
        insist: bool = False,
    ) -> Round:
        """Ask the probes over the real wire, with a clock that starts at noon and really runs."""
        loop = asyncio.get_running_loop()
        begin, outcomes = loop.time(), dict[str, Outcome]()
        await ask_round(
            probes,
            ledger=self.ledger,
            clock=lambda: NOON + timedelta(seconds=loop.time() - begin),
            rng=random.Random(7),  # noqa: S311  -- order, not secrets
            env={"OPENAI_API_KEY": "sk-test-0123456789abcdef"} if env is None else env,
            prices=prices or Prices(),
            limits=limits,
            on_settled=lambda probe, outcome: outcomes.__setitem__(probe.id, outcome),
            stop=stop or asyncio.Event(),
            insist=insist,
        )
        return Round(self.ledger, outcomes)


@pytest.fixture
def lab() -> Lab:
    return Lab()
