"""Asking a round: shuffled, every assistant at its own pace, one failing never stopping the others."""

import asyncio
import hashlib
import json
import random
from collections import deque
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from monitor.domain.brand import AssistantSettings
from monitor.domain.ledger import Clock, Ledger
from monitor.domain.rounds import Attempt, Miss, MissReason, Outcome, Probe
from probes import assistants
from probes.call import put, recalled, unready
from probes.limits import Limits, Pace, pause
from probes.prices import Prices
from probes.wire import Wire, open_wire

T = TypeVar("T")
_UNRECORDED = {MissReason.TAKEN, MissReason.NOT_KEPT}  # the ledger has said so itself
_TRIPS = {MissReason.CONNECT, MissReason.TIMEOUT, MissReason.DROPPED, MissReason.SERVER_ERROR, MissReason.OVERLOADED}
_TRIPS |= {MissReason.NOT_AN_ANSWER, MissReason.BAD_REQUEST, MissReason.RATE_LIMITED}


async def ask_round(
    probes: Sequence[Probe],
    *,
    ledger: Ledger,
    clock: Clock,
    rng: random.Random,
    env: Mapping[str, str],
    prices: Prices,
    limits: Limits = Limits(),  # noqa: B008  -- frozen
    on_settled: Callable[[Probe, Outcome], None],
    stop: asyncio.Event,
) -> None:
    """Ask every probe once, in an order of chance, and settle each in the ledger.

    What the ledger raises ends the round: nobody pays for an answer that cannot be kept. Once `stop` is set, calls in
    flight are given a moment, the rest is skipped.
    """
    shuffled = rng.sample(probes, len(probes))
    lines: dict[str, list[Probe]] = {}
    for probe in shuffled:
        lines.setdefault(probe.assistant.id, []).append(probe)
    with ThreadPoolExecutor(1, thread_name_prefix="ledger") as writer:
        async with open_wire(clock, limits) as wire:
            asking = _Asking(
                ledger=ledger,
                writer=writer,
                wire=wire,
                clock=clock,
                rng=rng,
                env=env,
                prices=prices,
                limits=limits,
                on_settled=on_settled,
                stop=stop,
            )
            await _together([_Line(asking, line).ask() for line in lines.values()])


async def _together(work: Sequence[Coroutine[Any, Any, None]]) -> None:
    """Run all of it; the first error cancels the rest and is raised as itself."""
    try:
        async with asyncio.TaskGroup() as group:
            for part in work:
                group.create_task(part)
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None


@dataclass(frozen=True, kw_only=True)
class _Asking:
    """What all lines of a round share."""

    ledger: Ledger
    writer: ThreadPoolExecutor
    wire: Wire
    clock: Clock
    rng: random.Random
    env: Mapping[str, str]
    prices: Prices
    limits: Limits
    on_settled: Callable[[Probe, Outcome], None]
    stop: asyncio.Event

    async def write(self, what: Callable[..., T], *told: Any) -> T:
        """Call the ledger in its one thread."""
        return await asyncio.get_running_loop().run_in_executor(self.writer, what, *told)


class _Line:
    """The probes of a round that wait for one assistant."""

    def __init__(self, asking: _Asking, probes: Sequence[Probe]) -> None:
        self._asking = asking
        self._waiting = deque(probes)
        self._settings: AssistantSettings = probes[0].assistant
        self._limits = asking.limits.of(self._settings)
        self._pace = Pace(self._per_minute(), asyncio.get_running_loop().time)
        self._closed: Miss | None = None  # why nobody else in this line is asked
        self._failed = 0  # probes in a row

    def _per_minute(self) -> int:
        """Return how often it may be asked; 0, without a limit, for what answers from this machine."""
        known = assistants.ALL.get(self._settings.use)
        return 0 if known and known.recall else self._limits.requests_per_minute

    async def ask(self) -> None:
        self._closed = unready(self._settings, self._asking.env)
        await _together([self._work() for _ in range(self._limits.concurrency)])

    async def _work(self) -> None:
        while self._waiting:
            probe = self._waiting.popleft()
            outcome = await self._ask(probe)
            self._learn(outcome.miss)
            self._asking.on_settled(probe, outcome)

    def _learn(self, miss: Miss | None) -> None:
        """Close the line after a failure that the next probe would meet too, or after too many in a row."""
        self._failed = self._failed + 1 if miss and miss.reason in _TRIPS else 0
        if miss and miss.pauses:
            self._closed = self._closed or miss
        elif miss and self._failed >= self._limits.breaker:
            self._closed = replace(miss, detail=f"{self._failed} probes in a row failed. {miss.detail}", pauses=True)

    async def _ask(self, probe: Probe) -> Outcome:
        last: Outcome | None = None
        for number in range(self._limits.tries):
            attempt = await self._reserve(probe)
            if isinstance(attempt, Miss):
                return last or await self._skip(probe, attempt)
            last = await self._call(probe, attempt)
            if last.miss is None or not last.miss.retry:
                break
            await self._back_off(last.miss, number + 1)
        return last or await self._skip(probe, Miss(reason=MissReason.STOPPED, detail="No try was allowed."))

    async def _reserve(self, probe: Probe) -> Attempt | Miss:
        """Wait for this line's turn and write the attempt; a Miss says why it is not asked."""
        if miss := await self._turn():
            return miss
        worst = self._asking.prices.forecast(probe.assistant, probe.prompt.text).worst
        return await self._asking.write(self._asking.ledger.reserve, probe, worst, self._asking.clock())

    async def _turn(self) -> Miss | None:
        outwaited: datetime | None = None
        while not self._asking.stop.is_set() and self._closed is None:
            blocked = await self._asking.write(self._asking.ledger.blocked_until, self._settings.id)
            wait = self._wait(blocked) if blocked != outwaited else 0.0
            if self._closed:
                break
            wait = wait or self._pace.take()
            if not wait:
                return None
            outwaited = blocked
            await pause(wait, self._asking.stop)
        if self._closed:
            return replace(self._closed, retry=False, charged=False)
        return Miss(reason=MissReason.STOPPED, detail="The round was stopped before this probe's turn.")

    def _wait(self, until: datetime | None) -> float:
        """Return the seconds until a block ends; one that outlasts our patience closes the line."""
        wait = (until - self._asking.clock()).total_seconds() if until else 0.0
        if until and wait > self._limits.patience:
            detail = f"{self._settings.id} asks to be left alone until {until:%F %H:%M} UTC."
            self._closed = Miss(reason=MissReason.RATE_LIMITED, detail=detail, pauses=True)
        return max(wait, 0.0)

    async def _call(self, probe: Probe, attempt: Attempt) -> Outcome:
        asking, assistant = self._asking, assistants.ALL[probe.assistant.use]
        request = assistant.request(probe.assistant, probe.prompt.text)
        digest = hashlib.sha256(json.dumps(request.body, sort_keys=True).encode()).hexdigest()
        await asking.write(asking.ledger.sent, attempt, digest, asking.clock())
        if assistant.recall:
            outcome = recalled(assistant, probe, asking.clock)
        else:
            work = put(asking.wire, probe.assistant, probe.prompt.text, env=asking.env, limits=self._limits)
            outcome = await _unless_stopped(work, asking.stop, self._limits.grace)
        outcome = replace(outcome, cost=self._cost(probe, outcome))
        await asking.write(asking.ledger.settle, attempt, outcome, asking.clock())
        return outcome

    def _cost(self, probe: Probe, outcome: Outcome) -> Decimal | None:
        if outcome.reply:
            return self._asking.prices.cost(probe.assistant, outcome.reply)
        return Decimal(0) if outcome.miss and outcome.miss.charged is False else None

    async def _skip(self, probe: Probe, miss: Miss) -> Outcome:
        if miss.reason not in _UNRECORDED:
            await self._asking.write(self._asking.ledger.skip, probe, miss, self._asking.clock())
        return Outcome(miss=miss, cost=Decimal(0))

    async def _back_off(self, miss: Miss, failed: int) -> None:
        """Wait before the next try; a wait that the vendor asks for holds for everybody who asks that assistant."""
        asking = self._asking
        wait = self._limits.first_pause * 2 ** (failed - 1) * asking.rng.uniform(0.5, 1.5)
        if miss.reason is MissReason.RATE_LIMITED or miss.retry_after:
            until = asking.clock() + timedelta(seconds=max(wait, miss.retry_after or 0.0))
            await asking.write(asking.ledger.block, self._settings.id, until, miss.detail)
        elif failed < self._limits.tries:
            await pause(min(wait, self._limits.patience), asking.stop)


async def _unless_stopped(work: Coroutine[Any, Any, Outcome], stop: asyncio.Event, grace: float) -> Outcome:
    """Wait for a call; once the round is stopped only `grace` seconds more, then its outcome is unknown."""
    call, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({call, stopped}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({call}, timeout=grace)
        if call.done():
            return call.result()
        detail = "The round was stopped while the reply was awaited; it may have been charged."
        return Outcome(miss=Miss(reason=MissReason.TIMEOUT, detail=detail, charged=None))
    finally:
        stopped.cancel()
        call.cancel()
        await asyncio.wait({call, stopped})
