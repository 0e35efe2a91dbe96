"""The probes of a round that wait for one assistant: their turns, their failures, and when to leave it alone."""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from monitor.domain.brand import AssistantSettings
from monitor.domain.ledger import NEED_HELP, Clock, Ledger, Pause, Wait
from monitor.domain.rounds import Attempt, Miss, MissReason, Outcome, Probe
from probes import remaining
from probes.accounts import account, quota
from probes.call import unready
from probes.calling import Caller, Flight
from probes.limits import Limits
from probes.prices import Prices
from probes.waiting import pause, together
from probes.writing import Writer

_UNRECORDED = {MissReason.TAKEN, MissReason.NOT_KEPT}  # the ledger has said so itself
_TRIPS = {MissReason.CONNECT, MissReason.TIMEOUT, MissReason.DROPPED, MissReason.SERVER_ERROR, MissReason.OVERLOADED}
_TRIPS |= {MissReason.NOT_AN_ANSWER, MissReason.BAD_REQUEST, MissReason.RATE_LIMITED}


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What all lines of a round share."""

    ledger: Ledger
    writer: Writer
    caller: Caller
    clock: Clock
    rng: random.Random
    env: Mapping[str, str]
    prices: Prices
    limits: Limits
    on_settled: Callable[[Probe, Outcome], None]
    stop: asyncio.Event
    insist: bool  # a person asks: what waits for a person's help is tried at once
    flight: Flight = field(default_factory=Flight)


class Line:
    """The probes of a round that wait for one assistant."""

    def __init__(self, asking: Asking, probes: Sequence[Probe]) -> None:
        self._asking = asking
        self._write = asking.writer.write
        self._waiting = deque(probes)
        self._settings: AssistantSettings = probes[0].assistant
        self._limits = asking.limits.of(self._settings)
        self._account = account(self._settings)
        self._quota = quota(self._settings, self._limits)
        self._closed: Miss | None = None  # why nobody else in this line is asked
        self._failed = 0  # probes in a row
        self._rests = 0  # since the last answer
        self._pause: Pause | None = None  # that waits for a person's help
        self._waited: datetime | None = None  # the end of the pause that was waited for
        self._turns = asyncio.Lock()  # held by the one who waits for a turn
        self._trial = asyncio.Lock()  # held by the one who tries whether the assistant is back

    async def ask(self) -> None:
        """Ask all of them; one goes first where the assistant was last left in need of help."""
        self._closed = unready(self._settings, self._asking.env)
        if self._quota and not self._closed:
            self._pause = await self._help_needed()
        if self._pause and self._waiting:
            await self._next()
        await together([self._work() for _ in range(min(self._limits.concurrency, len(self._waiting)))])

    async def _help_needed(self) -> Pause | None:
        found = await self._write(partial(self._asking.ledger.paused, self._account))
        if found is None or not found.needs_help:
            return None
        if found.holds(self._asking.clock()) and not self._asking.insist:
            detail = f"{self._settings.id} waits for help since {found.since:%F %H:%M} UTC: {found.why}"
            self._closed = Miss(reason=found.reason, detail=detail, pauses=True)
        self._waited = found.until
        return found

    async def _work(self) -> None:
        while self._waiting:
            await self._next()

    async def _next(self) -> None:
        probe = self._waiting.popleft()
        if self._rests:
            async with self._trial:  # the assistant failed lately: one at a time until it answers
                outcome = await self._ask(probe)
        else:
            outcome = await self._ask(probe)
        self._asking.on_settled(probe, outcome)

    async def _ask(self, probe: Probe) -> Outcome:
        last: Outcome | None = None
        for number in range(self._limits.tries):
            attempt = await self._reserve(probe)
            if isinstance(attempt, Miss):
                return last or await self._skip(probe, attempt)
            rests = self._rests
            async with self._asking.flight:
                last = await self._asking.caller.call(probe, attempt, self._limits)
            await self._learn(last, final=not _again(last) or number + 1 == self._limits.tries, rests=rests)
            if not _again(last):
                break
            await self._back_off(last.miss, number + 1)
        return last or await self._skip(probe, Miss(reason=MissReason.STOPPED, detail="No try was allowed."))

    async def _reserve(self, probe: Probe) -> Attempt | Miss:
        """Wait for this line's turn and write the attempt; a Miss says why it is not asked.

        Calls that are out hold their worst case: where the budget is full, what they give back may be enough.
        """
        flight = self._asking.flight
        while True:
            landings = flight.landings
            found = await self._in_turn(probe)
            is_full = isinstance(found, Miss) and found.reason is MissReason.BUDGET
            if not is_full or not await flight.landed_since(landings):
                return found

    async def _in_turn(self, probe: Probe) -> Attempt | Miss:
        found = await self._try_reserve(probe)
        while isinstance(found, Wait):
            others_wait = self._turns.locked()
            async with self._turns:  # one waits for all: his turn comes, then the next one's
                if not others_wait:
                    await self._outwait(found)
                found = await self._try_reserve(probe)
        return found

    async def _try_reserve(self, probe: Probe) -> Attempt | Miss | Wait:
        if self._closed:
            return replace(self._closed, retry=False, charged=False)
        if self._asking.stop.is_set():
            return Miss(reason=MissReason.STOPPED, detail="The round was stopped before this question's turn.")
        prices, text = self._asking.prices, probe.prompt.text
        return await self._write(
            partial(
                self._asking.ledger.reserve,
                probe,
                prices.forecast(probe.assistant, text).worst,
                self._asking.clock(),
                quota=self._quota,
                tokens=prices.tokens(probe.assistant, text) if self._limits.tokens_per_minute else 0,
                waited=self._waited,
            )
        )

    async def _outwait(self, wait: Wait) -> None:
        """Wait for the turn; a pause that outlasts our patience closes the line."""
        if wait.until and wait.seconds > self._limits.patience:
            detail = f"{self._settings.id} asks to be left alone until {wait.until:%F %H:%M} UTC."
            self._closed = Miss(reason=MissReason.RATE_LIMITED, detail=detail, pauses=True)
            return
        await pause(wait.seconds, self._asking.stop)
        self._waited = wait.until or self._waited

    async def _learn(self, outcome: Outcome, *, final: bool, rests: int) -> None:
        """Close the line after a failure that the next probe would meet too, or rest after too many in a row."""
        miss = outcome.miss
        if miss is None:
            await self._answered(outcome)
        elif miss.pauses:
            await self._needs_help(miss)
        elif not final or rests != self._rests:  # asked before the rest began: it says nothing new
            return
        elif miss.reason in _TRIPS:
            self._failed += 1
            if self._failed >= self._limits.breaker:
                await self._rest(miss)
        else:
            self._failed = 0

    async def _answered(self, outcome: Outcome) -> None:
        self._failed = self._rests = 0
        ledger, now = self._asking.ledger, self._asking.clock()
        if self._pause:
            self._pause = None
            await self._write(partial(ledger.unblock, self._account))
        headers = outcome.exchanges[-1].headers if outcome.exchanges else {}
        if self._quota and (left_alone := remaining.rest(headers, now)):
            until = now + timedelta(seconds=left_alone)
            why = f"{self._settings.id} says that nothing is left of its limit."
            await self._write(partial(ledger.block, self._account, until, why, now=now))

    async def _needs_help(self, miss: Miss) -> None:
        already, self._closed = self._closed, self._closed or miss
        if miss.reason in NEED_HELP and not already and self._quota:
            now = self._asking.clock()
            until = now + timedelta(seconds=self._limits.sparing)
            ledger = self._asking.ledger
            await self._write(partial(ledger.block, self._account, until, miss.detail, reason=miss.reason, now=now))

    async def _rest(self, miss: Miss) -> None:
        """Leave the assistant alone for a while, everybody; after some such rests for the whole round."""
        self._rests += 1
        if self._rests > self._limits.rests:
            detail = f"{self._failed} questions in a row failed. {miss.detail}"
            self._closed = replace(miss, detail=detail, pauses=True)
            return
        now, jitter = self._asking.clock(), self._asking.rng.uniform(0.5, 1.5)
        until = now + timedelta(seconds=self._limits.rest * 2 ** (self._rests - 1) * jitter)
        why = f"{self._failed} questions in a row failed: {miss.detail}"
        await self._write(partial(self._asking.ledger.block, self._account, until, why, now=now))

    async def _skip(self, probe: Probe, miss: Miss) -> Outcome:
        if miss.reason not in _UNRECORDED:
            await self._write(partial(self._asking.ledger.skip, probe, miss, self._asking.clock()))
        return Outcome(miss=miss)

    async def _back_off(self, miss: Miss | None, failed: int) -> None:
        """Wait before the next try; a wait that the vendor asks for holds for everybody who asks that account."""
        asking = self._asking
        wait = self._limits.first_pause * 2 ** (failed - 1) * asking.rng.uniform(0.5, 1.5)
        if miss and (miss.reason is MissReason.RATE_LIMITED or miss.retry_after):
            now = asking.clock()
            until = now + timedelta(seconds=max(wait, miss.retry_after or 0.0))
            await self._write(partial(asking.ledger.block, self._account, until, miss.detail, now=now))
        elif failed < self._limits.tries:
            await pause(min(wait, self._limits.patience), asking.stop)


def _again(outcome: Outcome) -> bool:
    return outcome.miss is not None and outcome.miss.retry
