"""A watch over a crisis: started on a page, asked by the clock every hour, told to its own readers, ended by itself."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation

import structlog

from monitor import pipeline
from monitor.domain.brand import Prompt
from monitor.domain.errors import Mistake
from monitor.domain.rounds import Round, RoundKind, RoundState, Wanted
from monitor.domain.watches import HOUR, LONGEST, Watch
from monitor.pipeline import House
from monitor.service import build, costing, pasting, steps
from monitor.service.costing import Cost
from monitor.service.desk import brand_key
from monitor.service.watch_hours import Hour, Said, hours
from reports import watch_mail
from reports.watch_mail import Told
from storage import rounds, slots, spending, watches

log = structlog.get_logger(__name__)

_TOLD = "watch mail"  # the purpose of the slots that say which hour was told
_MOST_PROMPTS = 30


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody chose for a watch, as it was typed."""

    prompts: Sequence[str] = ()  # ids of the panel's
    leading: str = ""  # prompts of its own, one a line; they may lead
    assistants: Sequence[str] = ()  # ids; none: all
    hours: str = "24"
    budget: str = "10"  # US dollars
    to: str = ""  # mail addresses, with commas


def start(house: House, asked: Asked, *, by: str) -> Watch:
    """Keep a new watch; the clock asks it from its next tick on. Mistake where it cannot be."""
    watch = _drafted(house, asked, by=by)
    _check(house, watch)
    with house.store.transaction() as tx:
        if watches.running(tx, house.settings.brand):
            raise Mistake("A watch is running already; stop it before another one begins.")
        watches.add(tx, watch)
    return watch


def _drafted(house: House, asked: Asked, *, by: str = "") -> Watch:
    settings, now = house.settings, house.clock()
    known = {each.id for each in settings.assistants}
    return Watch(
        id=house.new_id(),
        brand=settings.brand,
        prompts=tuple(_prompts(house, asked)),
        assistants=tuple(each for each in asked.assistants if each in known) or tuple(sorted(known)),
        budget=_amount(asked.budget),
        to=tuple(part.strip() for part in asked.to.split(",") if part.strip()),
        started_by=by,
        started_at=now,
        ends_at=now + _hours(asked.hours),
    )


def _check(house: House, watch: Watch) -> None:
    if not watch.prompts or len(watch.prompts) > _MOST_PROMPTS:
        raise Mistake(f"Choose or write between one and {_MOST_PROMPTS} prompts.")
    if not watch.assistants:
        raise Mistake("The brand file has no assistants; nobody could be asked.")
    for recipient in watch.to:
        if "@" not in recipient.strip("@"):
            raise Mistake(f"{recipient!r} is no mail address; write one such as press@example.com.")
        _mail(house, watch, recipient, 1, [])


def _prompts(house: House, asked: Asked) -> Iterator[Prompt]:
    taken = {each.id for each in house.settings.prompts}
    if unknown := set(asked.prompts) - taken:
        raise Mistake(f"No prompt is called {', '.join(sorted(unknown))}; there are {', '.join(sorted(taken))}.")
    yield from (each for each in house.settings.prompts if each.id in set(asked.prompts))
    for line in dict.fromkeys(" ".join(each.split()) for each in asked.leading.splitlines() if each.strip()):
        prompt_id = pasting.free_id(f"watch {line}", taken)
        taken.add(prompt_id)
        yield Prompt(id=prompt_id, text=line, topic="watch", intent="watch", leading=True)


def _amount(typed: str) -> Decimal:
    try:
        amount = Decimal(typed.strip())
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or amount <= 0:
        raise Mistake(f"{typed!r} is no budget; write an amount of US dollars above 0, such as 10.")
    return amount


def _hours(typed: str) -> timedelta:
    if not typed.strip().isascii() or not typed.strip().isdigit() or not 1 <= int(typed) <= LONGEST:
        raise Mistake(f"A watch lasts between 1 and {LONGEST} hours.")
    return int(typed) * HOUR


def stop(house: House, watch: Watch, *, by: str) -> None:
    """End a watch now; the hour that is being asked is finished."""
    with house.store.transaction() as tx:
        watches.end(tx, watch.id, house.clock(), why=f"{by} stopped it")


def plan(house: House) -> list[Round]:
    """Open the round of the hour for each watch that runs, once; end those whose time or money is over."""
    with house.store.snapshot() as tx:
        running = watches.running(tx, house.settings.brand)
    return [round_ for watch in running if (round_ := _planned(house, watch))]


def _planned(house: House, watch: Watch) -> Round | None:
    now = house.clock()
    over = now >= watch.ends_at
    if over or spent(house, watch) >= watch.budget:
        with house.store.transaction() as tx:
            watches.end(tx, watch.id, now, why="" if over else f"its budget of ${watch.budget} is spent")
        return None
    asked = [each for each in house.settings.assistants if each.id in watch.assistants]
    wanted = [Wanted(prompt=prompt, assistant=assistant) for prompt in watch.prompts for assistant in asked]
    return pipeline.plan_probes(house, kind=RoundKind.WATCH, key=watch.key(watch.hour(now)), wanted=wanted)


def spent(house: House, watch: Watch) -> Decimal:
    """Return what a watch has taken so far, US dollars, worst cases of lost calls included."""
    with house.store.snapshot() as tx:
        each = [spending.of_round(tx, watch.brand, id_).taken for id_ in watches.round_ids(tx, watch).values()]
    return sum(each, Decimal(0))


async def tick(house: House, *, stop: asyncio.Event) -> None:
    """Ask the hour of each watch that is due, and what a crash left of one; tell what is new."""
    plan(house)
    with house.store.snapshot() as tx:
        left = [each for each in rounds.open_rounds(tx, house.settings.brand) if each.kind is RoundKind.WATCH]
    for round_ in left:
        await _ask(house, round_, stop=stop)
    await asyncio.to_thread(tell, house)


def paying(house: House, round_: Round) -> House:
    """Return the house with what a round may take: the hour of a watch no more than the watch has left for it."""
    if round_.kind is not RoundKind.WATCH:
        return house
    with house.store.snapshot() as tx:
        watch = watches.one(tx, round_.brand, round_.key.partition(":")[0])
        own = spending.of_round(tx, round_.brand, round_.id).taken
    room = watch.budget - spent(house, watch) + own if watch else Decimal(0)
    return build.limited(house, max(room, Decimal(0)))


async def _ask(house: House, round_: Round, *, stop: asyncio.Event) -> None:
    await steps.ask(paying(house, round_), round_.id, stop=stop)
    if stop.is_set():
        return
    steps.read(house, round_.id)
    closed = steps.close(house, round_.id)
    log.info("watch", brand=closed.brand, key=closed.key, state=closed.state, why=closed.why)


def tell(house: House) -> None:
    """Mail what ended hours brought that is new, each hour once."""
    since = house.clock() - LONGEST * HOUR - HOUR
    with house.store.snapshot() as tx:
        recent = [each for each in watches.watches(tx, house.settings.brand) if each.started_at >= since]
        told = set(slots.claimed(tx, house.settings.brand, _TOLD, since))
    for watch in recent:
        if _untold(house, watch, told):
            for hour in hours(house, watch):
                _tell(house, watch, hour, told)


def _untold(house: House, watch: Watch, told: set[str]) -> bool:
    with house.store.snapshot() as tx:
        return not watches.round_ids(tx, watch).keys() <= told


def _tell(house: House, watch: Watch, hour: Hour, told: set[str]) -> None:
    held = hour.standing.round
    if held.key in told or held.state is RoundState.OPEN:
        return
    with house.store.transaction() as tx:
        if not slots.claim(tx, watch.brand, _TOLD, held.key, house.clock()):
            return
    new = [each for each in hour.said if each.new]
    for recipient in watch.to if new else ():
        _mail(house, watch, recipient, hour.number, new, send=True)


def _mail(house: House, watch: Watch, recipient: str, hour: int, new: Sequence[Said], *, send: bool = False) -> None:
    settings = house.settings
    page = f"/b/{brand_key(watch.brand)}/watch/{watch.id}#hour-{hour}"
    link = f"{settings.site.rstrip('/')}{page}" if settings.site else ""
    told = [
        Told(what=f"{each.what}{' (prompted)' if each.prompted else ''}", quote=each.quote, truth=each.truth)
        for each in new
    ]
    sender = settings.alerts.sender if settings.alerts else "likeness@localhost"
    message = watch_mail.compose(
        recipient,
        watch.brand,
        hour=hour,
        told=told,
        link=link,
        sender=sender,
        at=house.clock(),
        zone=settings.zone,
    )
    if send:
        delivered = house.post.send(message)
        log.info("watch mail", brand=watch.brand, state=delivered.state, why=delivered.detail)


def cost(house: House, asked: Asked) -> tuple[Cost, Cost]:
    """Return what an hour of a watch costs, and all its hours; Mistake where what was typed makes no watch."""
    watch = _drafted(house, asked)
    _check(house, watch)
    hour = costing.hour_of(house, watch.prompts, watch.assistants)
    return hour, hour.times(watch.hours)
