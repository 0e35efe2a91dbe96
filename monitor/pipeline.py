"""ask -> read -> measure -> decide -> tell: the verbs in order, nothing else.

Storage is met only between the steps; each can be killed and run again without losing or doubling anything.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from monitor.alerts import checked, dismissals, life, rules
from monitor.analysis.reader import Reader
from monitor.domain.alerts import Change, Notice, NoticeState
from monitor.domain.brand import AssistantSettings, Settings
from monitor.domain.ledger import Clock, Ledger
from monitor.domain.opinions import Opinion
from monitor.domain.portrait import Portrait
from monitor.domain.reviews import Decision
from monitor.domain.rounds import AttemptState, Outcome, Probe, Round, RoundKind, RoundState
from monitor.domain.views import RoundView
from monitor.domain.wording import Wording
from monitor.drift import detect, intervals, measures
from monitor.drift.portrait import portrait
from monitor.drift.reviewed import reviewed
from probes.ask import ask_round
from probes.assistants import label
from probes.limits import Limits
from probes.prices import Prices
from reports import mail
from reports.delivery import Courier, Delivered
from storage import alerts as alert_rows
from storage import answers, brands, opinions, readings, reviews, rounds, tallies
from storage.store import Store

# What the rules look back on for "first seen" and "last seen clean".
LOOK_BACK = timedelta(days=35)
# What the detectors start from; older rounds no longer describe the baseline.
HISTORY = timedelta(days=120)
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)

Settled = Callable[[Probe, Outcome], None]


@dataclass(frozen=True, kw_only=True)
class House:
    """The rooms, built by the service."""

    store: Store
    settings: Settings
    reader: Reader
    ledger: Ledger
    prices: Prices
    limits: Limits
    post: Courier
    draw: Callable[[str], bytes]  # HTML to PDF
    environment: Mapping[str, str]  # where the keys are
    clock: Clock
    rng: random.Random
    new_id: Callable[[], str]


def plan(house: House, *, kind: RoundKind, key: str) -> Round | None:
    """Open a round with all its probes; None where that slot was opened before."""
    settings, now = house.settings, house.clock()
    round_ = Round(
        id=house.new_id(), brand=settings.brand, kind=kind, key=key, opened_at=now, settings=settings.version
    )
    probes = _probes(house, round_)
    with house.store.transaction() as tx:
        brands.use_settings(tx, settings, now)
        return round_ if rounds.open_round(tx, round=round_, probes=probes) else None


def _probes(house: House, round_: Round) -> list[Probe]:
    samples = house.settings.schedule.samples if house.settings.schedule else 1
    return [
        Probe(id=house.new_id(), round_id=round_.id, prompt=prompt, assistant=assistant, sample=sample)
        for prompt in house.settings.prompts
        for assistant in house.settings.assistants
        for sample in range(samples)
    ]


async def ask(house: House, round_: Round, *, on_settled: Settled, stop: asyncio.Event) -> None:
    """Put every probe of the round that has no answer yet."""
    with house.store.snapshot() as tx:
        waiting = rounds.unasked(tx, round_.id)
    await ask_round(
        waiting,
        ledger=house.ledger,
        clock=house.clock,
        rng=house.rng,
        env=house.environment,
        prices=house.prices,
        limits=house.limits,
        on_settled=on_settled,
        stop=stop,
    )


def read(house: House, round_id: str | None = None, *, on_read: Callable[[int, int], None] | None = None) -> int:
    """Read every answer that this analyzer has not read against this sheet; returns how many."""
    settings = house.settings
    with house.store.snapshot() as tx:
        unread = answers.unread(
            tx, settings.brand, analyzer=house.reader.version, sheet=settings.version, round_id=round_id
        )
    for done in range(0, len(unread), _BATCH):
        batch = [house.reader.read(answer) for answer in unread[done : done + _BATCH]]
        with house.store.transaction() as tx:
            readings.save(tx, batch, house.clock())
        if on_read:
            on_read(done + len(batch), len(unread))
    return len(unread)


# Few enough that a kill loses seconds of work, many enough that the commit does not count.
_BATCH = 100


def measure(house: House, round_id: str) -> None:
    """Turn the round's readings into tallies."""
    with house.store.transaction() as tx:
        seen = answers.observations(tx, house.settings.brand, round_id=round_id)
        found = measures.tallies(seen, house.settings.sheet, settings_version=house.settings.version)
        tallies.save(tx, house.settings.brand, found)


def decide(house: House, round_: Round) -> list[Change]:
    """Hold the round against what came before; alerts and their notices are written in one transaction."""
    now, brand = house.clock(), house.settings.brand
    view = _view(house, round_, now)
    if view.first_round and not any(one.answer_id for one in view.observations):
        return []  # nobody could be asked yet: the opening balance waits for the first answers
    signals = [signal for rule in rules.ALL.values() for signal in rule.find(view)]
    with house.store.transaction() as tx:
        found = life.decide(view, signals, alert_rows.open_alerts(tx, brand), new_id=house.new_id)
        changes = _checked(found, opinions.of_answers(tx, brand, _quoted(found)), reviews.decided(tx, brand))
        alert_rows.apply(tx, changes, _notices(house, changes, now, first_round=view.first_round), now)
    return changes


def withdraw(house: House) -> list[Change]:
    """Close the alerts whose every quote a person dismissed; those who were told of them are told."""
    now, brand = house.clock(), house.settings.brand
    with house.store.transaction() as tx:
        dismissed = reviews.dismissed(tx, brand)
        standing = [a for a in alert_rows.open_alerts(tx, brand) if dismissals.is_dismissed(a, dismissed)]
        changes = [dismissals.closed(alert, now) for alert in standing]
        alert_rows.apply(tx, changes, _notices(house, changes, now), now)
    return changes


def _quoted(changes: Sequence[Change]) -> set[str]:
    """The answers that changes speak of."""
    return {quote.answer_id for change in changes for quote in change.alert.signal.quotes}


def _checked(changes: Sequence[Change], said: Sequence[Opinion], decided: Mapping[Wording, Decision]) -> list[Change]:
    return [checked.told(change, said, decided) for change in changes]


def _notices(house: House, changes: Sequence[Change], now: datetime, *, first_round: bool = False) -> list[Notice]:
    return life.notices(
        changes,
        house.settings.alerts.to if house.settings.alerts else (),
        brand=house.settings.brand,
        first_round=first_round,
        now=now,
        new_id=house.new_id,
        domain=mail_domain(house.settings),
    )


def _view(house: House, round_: Round, now: datetime) -> RoundView:
    brand = house.settings.brand
    with house.store.snapshot() as tx:
        dismissed = reviews.dismissed(tx, brand)
        asked = answers.observations(tx, brand, round_.opened_at - LOOK_BACK, now, label=naming(house.settings))
        seen = dismissals.without(asked, dismissed)
        history = tallies.load(tx, brand, (now - HISTORY).date(), now.date())
        first_round = not rounds.was_answered(tx, brand, besides=round_.id)
    return RoundView(
        round=round_,
        sheet=house.settings.sheet,
        observations=tuple(o for o in seen if o.round_id == round_.id),
        history=tuple(o for o in seen if o.round_id != round_.id and o.kind is not RoundKind.IMPORTED),
        shifts=tuple(detect.shifts(history)),
        first_round=first_round,
        interval=intervals.rate_interval,
        now=now,
        dismissed=dismissed,
    )


def close(house: House, round_: Round, *, stopped: bool = False) -> Round:
    """Say how the round ended; one that left probes unasked is partial."""
    now = house.clock()
    with house.store.transaction() as tx:
        left = len(rounds.unasked(tx, round_.id))
        states = rounds.tally_states(tx, round_.id)
        why = _shortfall(states, left, stopped=stopped)
        state = RoundState.PARTIAL if why else RoundState.COMPLETE
        rounds.close_round(tx, round_.id, state, why, now)
        return rounds.find(tx, round_.id) or round_


def _shortfall(states: Mapping[AttemptState, int], left: int, *, stopped: bool) -> str:
    missed = states.get(AttemptState.MISSED, 0) + states.get(AttemptState.UNKNOWN, 0)
    reasons = [
        "it was stopped" if stopped and (left or missed) else "",
        f"{left} probes were not asked" if left else "",
        f"{missed} probes got no answer" if missed else "",
    ]
    return "; ".join(reason for reason in reasons if reason)


def tell(house: House) -> list[tuple[Notice, Delivered]]:
    """Send what waits in the outbox; returns what was tried and what became of it."""
    now = house.clock()
    with house.store.snapshot() as tx:
        waiting = alert_rows.waiting(tx, now)
    return [(notice, _send(house, notice, now)) for notice in waiting]


def _send(house: House, notice: Notice, now: datetime) -> Delivered:
    settings = house.settings
    sender = settings.alerts.sender if settings.alerts else "likeness@localhost"
    try:
        delivered = house.post.send(mail.compose(notice, sender=sender, site=settings.site))
    except mail.MailError as error:  # an address that no program accepts stays unreachable
        delivered = Delivered(state=NoticeState.BOUNCED, detail=str(error))
    after = timedelta(seconds=delivered.retry_after) if delivered.retry_after is not None else None
    with house.store.transaction() as tx:
        alert_rows.settle_notice(
            tx,
            notice.id,
            delivered.state,
            next_try=now + after if after is not None else None,
            detail=delivered.detail,
            now=now,
        )
    return delivered


def portray(house: House, start: date, end: date, *, rounds_due: int) -> Portrait:
    """Everything a report says about the days from `start` to `end`, both included (UTC)."""
    brand = house.settings.brand
    first, last = bounds(start, end)
    with house.store.snapshot() as tx:
        seen = answers.observations(tx, brand, first, last, label=naming(house.settings))
        counted = tallies.load(tx, brand, start, end)
        held = rounds.rounds(tx, brand, first, last)
        told = alert_rows.alerts(tx, brand, first, last)
        history = tallies.load(tx, brand, end - HISTORY, end)
        others = reviewed(reviews.reviews(tx, brand, first, last), opinions.opinions(tx, brand, first, last))
    made = portrait(
        seen,
        counted,
        house.settings,
        start=start,
        end=end,
        rounds=held,
        rounds_due=rounds_due,
        shifts=detect.shifts(history),
        alerts=told,
    )
    return replace(made, reviewed=others)


def bounds(start: date, end: date) -> tuple[datetime, datetime]:
    """From the first midnight to the one after the last day, UTC."""
    return _midnight(start), _midnight(end + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def naming(settings: Settings) -> Callable[[AssistantSettings], str]:
    """What reports and mails call each assistant; those that would be called alike carry their id."""
    alike = Counter(label(assistant) for assistant in settings.assistants)

    def named(assistant: AssistantSettings) -> str:
        called = label(assistant)
        return f"{called} ({assistant.id})" if alike[called] > 1 else called

    return named


def mail_domain(settings: Settings) -> str:
    """The right side of Message-IDs: the sender's own domain."""
    sender = settings.alerts.sender if settings.alerts else ""
    return sender.rpartition("@")[2].rstrip(">") or "localhost"
