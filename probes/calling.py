"""One call of a round: marked as sent, put, paid for, settled."""

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from monitor.domain.ledger import Clock, GivenUpError, Ledger
from monitor.domain.rounds import Attempt, Miss, MissReason, Outcome, Probe
from probes import assistants
from probes.accounts import account
from probes.call import put, recalled
from probes.limits import Limits
from probes.prices import Prices
from probes.waiting import unless_stopped
from probes.wire import Wire
from probes.writing import Writer

_STOPPED = Miss(
    reason=MissReason.TIMEOUT,
    detail="The round was stopped while the reply was awaited; it may have been charged.",
    charged=None,
)


class Flight:
    """The calls that are out; each holds its worst case until it lands."""

    def __init__(self) -> None:
        self.landings = 0
        self._out = 0
        self._landed = asyncio.Event()

    async def __aenter__(self) -> None:
        self._out += 1

    async def __aexit__(self, *_: object) -> None:
        self._out -= 1
        self.landings += 1
        self._landed.set()
        self._landed = asyncio.Event()

    async def landed_since(self, landings: int) -> bool:
        """Wait until a call has landed since that count; False where none has and none is out."""
        if self.landings == landings and self._out:
            await self._landed.wait()
        return self.landings != landings


@dataclass(frozen=True, kw_only=True)
class Caller:
    """What it takes to make a call and to keep what came of it."""

    ledger: Ledger
    writer: Writer
    wire: Wire
    clock: Clock
    env: Mapping[str, str]
    prices: Prices
    stop: asyncio.Event

    async def call(self, probe: Probe, attempt: Attempt, limits: Limits) -> Outcome:
        """Make the call of an attempt that was written before; it is settled when this returns."""
        assistant = assistants.ALL[probe.assistant.use]
        request = assistant.request(probe.assistant, probe.prompt.text)
        digest = hashlib.sha256(json.dumps(request.body, sort_keys=True).encode()).hexdigest()
        try:
            await self.writer.write(partial(self.ledger.sent, attempt, digest, self.clock()))
        except GivenUpError as taken:  # the calls that are out are not: their answers are kept as they come
            return Outcome(miss=Miss(reason=MissReason.TAKEN, detail=str(taken)), cost=Decimal(0))
        if assistant.recall:
            outcome = recalled(assistant, probe, self.clock)
        else:
            work = put(self.wire, probe.assistant, probe.prompt.text, env=self.env, limits=limits)
            outcome = await unless_stopped(work, self.stop, limits.grace) or Outcome(miss=_STOPPED)
        outcome = replace(outcome, cost=self._cost(probe, outcome))
        await self.writer.write(partial(self.ledger.settle, attempt, outcome, self.clock()))
        if limits.tokens_per_minute:
            await self._charge(probe, outcome)
        return outcome

    def _cost(self, probe: Probe, outcome: Outcome) -> Decimal | None:
        if outcome.reply:
            return self.prices.cost(probe.assistant, outcome.reply)
        return Decimal(0) if outcome.miss and outcome.miss.charged is False else None

    async def _charge(self, probe: Probe, outcome: Outcome) -> None:
        """Tell what a call took beyond what was expected of it."""
        usage = outcome.reply.usage if outcome.reply else None
        if usage is None or usage.input_tokens is None or usage.output_tokens is None:
            return
        expected = self.prices.tokens(probe.assistant, probe.prompt.text)
        more = usage.input_tokens + usage.output_tokens - expected
        await self.writer.write(partial(self.ledger.charge, account(probe.assistant), more))
