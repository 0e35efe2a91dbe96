"""One round from plan to mail, and the rounds that a crash left open."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import structlog

from monitor import pipeline
from monitor.domain.alerts import Change, Notice
from monitor.domain.rounds import AttemptState, MissReason, Observation, Round, RoundKind
from monitor.pipeline import House, Outlook, Settled
from monitor.service import confirming, round_line, steps
from monitor.service.steps import ignore
from reports.delivery import Delivered
from storage import answers, rounds

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One assistant's part in a round."""

    label: str
    answered: int
    refused: int
    missed: int
    why: str  # reasons of the misses with their counts
    cost: Decimal | None  # US dollars; None: not known


@dataclass(frozen=True, kw_only=True)
class Ran:
    """A round that has ended, and what it said."""

    round: Round
    changes: tuple[Change, ...]
    told: tuple[tuple[Notice, Delivered], ...]
    summary: tuple[Asked, ...]


async def run(
    house: House,
    *,
    kind: RoundKind,
    key: str,
    stop: asyncio.Event,
    on_settled: Settled = ignore,
    on_outlook: Callable[[Outlook], None] = ignore,
    goes_on: bool = False,
) -> Ran | None:
    """Plan and run a round; None where that slot was run before. What it will take is told before it starts."""
    planned = pipeline.plan(house, kind=kind, key=key)
    if planned is None:
        return None
    return await finish(house, planned, stop=stop, on_settled=on_settled, on_outlook=on_outlook, goes_on=goes_on)


async def finish(
    house: House,
    planned: Round,
    *,
    stop: asyncio.Event,
    on_settled: Settled = ignore,
    on_outlook: Callable[[Outlook], None] = ignore,
    again: bool = False,
    goes_on: bool = False,
) -> Ran:
    """Take a round from wherever it stands to its end; `again` asks those too that failed and cost nothing.

    `goes_on`: one that is stopped before all was asked stays open, and the rest is asked after the next start.
    """
    on_outlook(pipeline.outlook(house, planned, pipeline.to_ask(house, planned, again=again)))
    await steps.ask(house, planned.id, on_settled=on_settled, stop=stop, again=again)
    if goes_on and stop.is_set() and (left := pipeline.to_ask(house, planned)):
        log.info("round waits for the next start", brand=planned.brand, key=planned.key, unasked=len(left))
        return Ran(round=planned, changes=(), told=(), summary=_summary(house, planned))
    return await _ended(house, planned, stop=stop)


async def _ended(house: House, planned: Round, *, stop: asyncio.Event, stopped: bool = False) -> Ran:
    """Take a round to its end whose asking is over."""
    steps.read(house, planned.id)
    await steps.judge(house, planned.id, stop=stop)
    steps.measure(house, planned.id)
    changes = steps.decide(house, planned.id)
    closed = steps.close(house, planned.id, stopped=stopped or stop.is_set())
    changes += await confirming.follow(house, planned, stop=stop)
    told = await asyncio.to_thread(steps.tell, house)  # a slow mail server holds up no other brand's calls
    said = round_line.of(house, closed, changes)
    log.info("round", said=said, brand=closed.brand, key=closed.key, state=closed.state, why=closed.why)
    return Ran(round=closed, changes=tuple(changes), told=tuple(told), summary=_summary(house, closed))


def _summary(house: House, held: Round) -> tuple[Asked, ...]:
    with house.store.snapshot() as tx:
        seen = answers.observations(tx, held.brand, round_id=held.id, label=pipeline.naming(house.settings))
    by_assistant = groupby(sorted(seen, key=_assistant), key=_assistant)
    return tuple(_asked(label, list(group)) for (_, label), group in by_assistant)


def _assistant(one: Observation) -> tuple[str, str]:
    return one.assistant_id, one.assistant_label or one.assistant_id


def _asked(label: str, seen: Iterable[Observation]) -> Asked:
    seen = list(seen)
    states = Counter(one.state for one in seen)
    misses = Counter(str(one.miss) for one in seen if one.miss)
    empty = sum(one.state is AttemptState.ANSWERED and not one.text.strip() for one in seen)
    misses["empty"] += empty
    misses["answer lost"] += sum(one.state is AttemptState.UNKNOWN and not one.miss for one in seen)
    paid = [one.cost for one in seen if one.miss is not MissReason.STOPPED]
    known = [cost for cost in paid if cost is not None]
    return Asked(
        label=label,
        answered=states[AttemptState.ANSWERED] - empty,
        refused=states[AttemptState.REFUSED],
        missed=states[AttemptState.MISSED] + states[AttemptState.UNKNOWN] + empty,
        why=", ".join(f"{reason.replace('_', ' ')} {count}" for reason, count in misses.most_common() if count),
        cost=sum(known, Decimal(0)) if len(known) == len(paid) else None,
    )


async def resume(house: House, *, stop: asyncio.Event, again: bool = False) -> list[Ran]:
    """Finish what a crash left: attempts that may have been charged become `unknown`, the rest is asked.

    `again` asks the failed part of the last round too: what surely was not charged, and what may have been where the
    brand file says so.
    """
    return [await finish(house, each, stop=stop, again=again) for each in _left(house, again=again)]


def _left(house: House, *, again: bool = False) -> list[Round]:
    with house.store.transaction() as tx:
        rounds.recover(tx, house.clock())
        if again and (last := rounds.last_asked(tx, house.settings.brand)):
            rounds.reopen(tx, last.id, unknown=house.settings.asking.retry_unknown)
        left = rounds.open_rounds(tx, house.settings.brand)
    return [round_ for round_ in left if round_.kind not in {RoundKind.IMPORTED, RoundKind.WATCH}]


async def take_up(house: House, *, stop: asyncio.Event, worth: Callable[[Round], bool]) -> None:
    """Finish what a crash or a stop left, until the next stop; a round that is not `worth` asking on ends as it is."""
    for left in _left(house):
        if stop.is_set():
            return
        if worth(left):
            await finish(house, left, stop=stop, goes_on=True)
        else:
            log.warning("the rest of a round is left out", brand=left.brand, key=left.key)
            await _ended(house, left, stop=stop, stopped=True)


def measure_all(house: House) -> int:
    """Measure every round again, from the newest readings; returns how many."""
    with house.store.snapshot() as tx:
        held = rounds.rounds(tx, house.settings.brand, pipeline.BEGINNING, house.clock())
    for round_ in held:
        pipeline.measure(house, round_.id)
    return len(held)
