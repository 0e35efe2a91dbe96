"""The judge's bench: questions that wait for one judge, and what it costs to put them."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from monitor import calendar
from monitor.analysis import judge, rulings
from monitor.analysis.judge import Batch
from monitor.domain.brand import AssistantSettings, JudgeSettings, Settings
from monitor.domain.errors import Mistake
from monitor.domain.opinions import Opinion
from monitor.domain.rounds import Miss, MissReason, Outcome
from monitor.pipeline import House
from probes.call import ask_once, unready
from probes.waiting import unless_stopped
from storage import judgings, opinions
from storage.judgings import Judging

_BREAKER = 3  # calls without a reply in a row after which the judge is left alone
_DEADLINE = 90.0  # seconds for one call: a round does not wait long for a second opinion
_MOST_TOKENS = 4096  # of one reply, reasoning included
_STOPPED = Miss(
    reason=MissReason.STOPPED,
    detail="The round was stopped while the judge was awaited; the call may have been charged.",
    charged=None,
)


def assistant_of(by: JudgeSettings, settings: Settings) -> AssistantSettings:
    """Return how the judge is asked: as an assistant of the brand file that has the same address, if there is one."""
    same = (one for one in settings.assistants if (one.use, one.base_url) == (by.use, by.base_url))
    key = by.key_env or next((one.key_env for one in same if one.key_env), "")
    return AssistantSettings(
        id="judge", use=by.use, model=by.model, base_url=by.base_url, key_env=key, max_tokens=_MOST_TOKENS
    )


class Bench:
    """Questions that wait for one judge."""

    def __init__(
        self, house: House, by: JudgeSettings, waiting: Sequence[Batch], *, round_id: str, stop: asyncio.Event
    ) -> None:
        self.given: list[Opinion] = []
        self.closed = ""  # why nothing more is asked
        self._house = house
        self._assistant = assistant_of(by, house.settings)
        self._waiting = deque(waiting)
        self._round_id = round_id
        self._stop = stop
        self._failed = 0  # calls in a row
        self._lost = 0  # questions whose call brought no reply
        if waiting and (miss := unready(self._assistant, house.environment)):
            self.closed = miss.detail

    @property
    def left(self) -> int:
        return self._lost + sum(len(batch.questions) for batch in self._waiting)

    async def work(self) -> None:
        """Ask until nothing waits, or until there is a reason to stop."""
        while self._waiting and not self.closed:
            if self._stop.is_set():
                self.closed = "The round was stopped."
                return
            await self._ask(self._waiting.popleft())

    async def _ask(self, batch: Batch) -> None:
        text = judge.ask(batch, self._house.settings.sheet, mark=self._house.new_id())
        judging = self._judging()
        if miss := self._reserve(judging, text):
            self._lost += len(batch.questions)
            self.closed = self.closed or miss.detail
            return
        outcome = await self._call(text)
        try:
            self._keep(batch, judging, outcome)
        except Mistake as mistake:  # the store would not take it; the worst case stays set aside
            self.closed = self.closed or str(mistake)
        self._learn(outcome.miss)
        self._lost += len(batch.questions) if outcome.miss else 0

    def _judging(self) -> Judging:
        settings, now = self._house.settings, self._house.clock()
        return Judging(
            id=self._house.new_id(),
            brand=settings.brand,
            model=self._assistant.model,
            month=calendar.month_start(now, settings.zone),
            round_id=self._round_id,
        )

    def _reserve(self, judging: Judging, text: str) -> Miss | None:
        house = self._house
        worst = house.prices.forecast(self._assistant, text).worst
        try:
            with house.store.transaction() as tx:
                return judgings.reserve(tx, judging, worst, house.settings.budget, house.clock())
        except Mistake as mistake:
            return Miss(reason=MissReason.NOT_KEPT, detail=str(mistake))

    async def _call(self, text: str) -> Outcome:
        house = self._house
        limits = replace(house.limits, deadline=min(house.limits.deadline, _DEADLINE))
        work = ask_once(self._assistant, text, env=house.environment, clock=house.clock, limits=limits)
        outcome = await unless_stopped(work, self._stop, limits.grace) or Outcome(miss=_STOPPED)
        cost = house.prices.cost(self._assistant, outcome.reply) if outcome.reply else None
        return replace(outcome, cost=cost)

    def _keep(self, batch: Batch, judging: Judging, outcome: Outcome) -> None:
        house, now, reply = self._house, self._house.clock(), outcome.reply
        given = rulings.parse(batch, reply.text, model=judging.model, cost=outcome.cost, asked_at=now) if reply else ()
        with house.store.transaction() as tx:
            judgings.settle(tx, judging, outcome, now)
            opinions.save(tx, house.settings.brand, given, judging_id=judging.id)
        self.given += given

    def _learn(self, miss: Miss | None) -> None:
        self._failed = self._failed + 1 if miss else 0
        if miss and (miss.pauses or self._failed >= _BREAKER):
            self.closed = self.closed or miss.detail
