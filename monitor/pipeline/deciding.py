"""decide: a round is held against what came before; alerts open, live and close."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from monitor.alerts import checked, dismissals, life, rules, suspecting
from monitor.alerts.indexed import Indexed
from monitor.alerts.questions import Question
from monitor.domain.alerts import Change, Held, Signal
from monitor.domain.bursts import burst
from monitor.domain.confirming import Confirmation, ConfirmationState
from monitor.domain.jobs import asking, telling
from monitor.domain.opinions import Opinion
from monitor.domain.reviews import Decision
from monitor.domain.rounds import Round, RoundKind
from monitor.domain.views import RoundView
from monitor.domain.wording import Wording
from monitor.drift import intervals
from monitor.pipeline import changes as moved
from monitor.pipeline import confirming, recalling
from monitor.pipeline.house import House
from monitor.pipeline.posting import post
from storage import alerts as alert_rows
from storage import confirmations, held, opinions, outbox, reviews, rounds
from storage.store import Transaction

# What the rules look back on for "first seen" and "last seen clean".
LOOK_BACK = timedelta(days=35)


@burst()
def decide(house: House, round_: Round) -> list[Change]:
    """Hold the round against what came before; alerts and their notices are written in one transaction.

    A serious finding that is new is not told yet: the same transaction plans the round that asks for it again. The
    end of that round decides on it.
    """
    if round_.kind is RoundKind.CONFIRMING:
        return _conclude(house, round_)
    if round_.kind is RoundKind.WATCH:
        return []  # a watch tells its own readers
    seen = _seen(house, round_)
    if seen.view.first_round and not any(one.answer_id for one in seen.view.observations):
        # Nobody could be asked yet: the opening balance waits for the first answers. Whoever runs a round sees why;
        # of a scheduled one somebody has to be told.
        if round_.kind is not RoundKind.SCHEDULED:
            return []
        seen = replace(seen, view=replace(seen.view, first_round=False))
    with house.store.transaction() as tx:
        view = _standing(house, tx, seen.view)
        view = replace(view, first_round=view.first_round and outbox.claim_opening(tx, view.round.brand, view.now))
        view = _asked_again(house, tx, view)
        return _written(house, tx, view, dismissed=seen.dismissed)


def _conclude(house: House, extra: Round) -> list[Change]:
    """Decide on what a confirming round was asked for, and on nothing else, as of the round that caused it."""
    with house.store.snapshot() as tx:
        cause = rounds.find(tx, extra.key)
    if cause is None:
        return []
    seen = _seen(house, cause)
    with house.store.transaction() as tx:
        view = _standing(house, tx, seen.view)
        known = {(asked.rule, asked.subject): asked for asked in _questions(view)}
        waiting = [
            one for one in view.confirmations if one.asked_in == extra.id and one.state is ConfirmationState.ASKED
        ]
        ended = {one.id: _settled(view, known, one) for one in waiting}
        for one in ended.values():
            confirmations.settle(tx, one)
        view = replace(view, confirmations=tuple(ended.get(one.id, one) for one in view.confirmations))
        held.waits_no_more(tx, cause.brand, cause.id, {one.suspicion.key for one in waiting})
        keys = {key for one in waiting for key in (one.suspicion.key, _alert_key(one))}
        return _written(house, tx, view, only=keys) if ended else []


def _alert_key(one: Confirmation) -> str:
    return f"{one.suspicion.rule}:{one.suspicion.subject}"


def _settled(view: RoundView, known: Mapping[tuple[str, str], Question], one: Confirmation) -> Confirmation:
    """Return what came of a confirmation; a fact that has left the sheet meanwhile cannot be checked."""
    question = known.get((one.suspicion.rule, one.suspicion.subject))
    return suspecting.settled(view, question, one) if question else suspecting.dropped(one, view.now)


def _asked_again(house: House, tx: Transaction, view: RoundView) -> RoundView:
    """Plan the round that asks for new serious findings again, if there are any."""
    suspected = suspecting.suspicions(view, _questions(view))
    if not suspected:
        return view
    planned = confirming.plan(house, view.round, suspected, view.now)
    if planned.round and not rounds.open_round(tx, round=planned.round, probes=planned.probes):
        return view  # somebody else was here
    confirmations.plan(tx, planned.confirmations)
    if planned.round:
        house.enqueue(tx, asking(view.round.brand, planned.round.id, len(planned.probes)))
    return replace(view, confirmations=(*view.confirmations, *planned.confirmations))


def _questions(view: RoundView) -> list[Question]:
    return [asked for rule in rules.ALL.values() for asked in rule.questions(view)]


def _written(
    house: House,
    tx: Transaction,
    view: RoundView,
    *,
    only: Collection[str] | None = None,
    dismissed: Sequence[Held] = (),
) -> list[Change]:
    """Decide and write what follows; `only` names the keys that are decided on."""
    brand, now = view.round.brand, view.now
    signals = [signal for rule in rules.ALL.values() for signal in rule.find(view)]
    decided = life.decide(view, signals, new_id=house.new_id, only=only)
    back = [*suspecting.held(view, _questions(view)), *decided.held, *dismissed]
    held.keep(tx, [one for one in back if only is None or one.key in only])
    said = opinions.of_answers(tx, brand, _quoted(decided.changes))
    changes = _checked(decided.changes, said, reviews.decided(tx, brand))
    alert_rows.keep(tx, decided.quiet)
    notices = post(house, tx, changes, now, first_round=view.first_round)
    alert_rows.apply(tx, changes, notices, now)
    house.enqueue(tx, telling(notices))
    return changes


def _quoted(changes: Sequence[Change]) -> set[str]:
    """The answers that changes speak of."""
    return {quote.answer_id for change in changes for quote in change.alert.signal.quotes}


def _checked(changes: Sequence[Change], said: Sequence[Opinion], decided: Mapping[Wording, Decision]) -> list[Change]:
    return [checked.told(change, said, decided) for change in changes]


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """A round beside what came before it, as far as answers tell it."""

    view: RoundView
    dismissed: tuple[Held, ...]  # what the round says that a person said is no finding


def _seen(house: House, round_: Round) -> _Seen:
    brand, now, start = house.settings.brand, house.clock(), round_.opened_at - LOOK_BACK
    moved.keep(house, house.day(now))
    recalling.catch_up(house, start)
    with house.store.snapshot() as tx:
        dismissed = reviews.dismissed(tx, brand)
        own = [one for one in recalling.of_round(house, tx, round_.id) if start <= one.asked_at <= now]
        history = recalling.history(house, tx, round_, start, now, dismissed=dismissed)
        moves = moved.known(house, tx, house.day(now))
        first_round = not outbox.had_opening(tx, brand)
        known = rounds.was_answered(tx, brand, besides=round_.id)
    view = RoundView(
        round=round_,
        sheet=house.settings.sheet,
        observations=Indexed(dismissals.without(own, dismissed)),
        history=history,
        shifts=moves.shifts,
        first_round=first_round,
        interval=intervals.rate_interval,
        now=now,
        dismissed=dismissed,
        confirm=house.settings.confirm if known else None,
        zone=house.zone,
    )
    return _Seen(view=view, dismissed=tuple(dismissals.held(view, own)))


@burst()
def looked_at(house: House, round_: Round) -> RoundView:
    """Return a round as the rules see it now, with what was decided before; nothing is decided."""
    seen = _seen(house, round_).view
    with house.store.snapshot() as tx:
        return _with_past(tx, seen)


def signals(house: House, round_: Round) -> Mapping[str, Signal]:
    """Return what the rules find in a round as it is read now, by key; nothing is decided."""
    seen = _seen(house, round_).view
    with house.store.snapshot() as tx:
        view = replace(_with_past(tx, seen), fetch=lambda ids: recalling.whole(house, tx, ids))
        return {signal.key: signal for rule in rules.ALL.values() for signal in rule.find(view)}


def _standing(house: House, tx: Transaction, view: RoundView) -> RoundView:
    """Add what was decided before; nobody else decides on the round until the transaction ends."""
    confirmations.lock(tx, view.round.id)
    return replace(_with_past(tx, view, lock=True), fetch=lambda ids: recalling.whole(house, tx, ids))


def _with_past(tx: Transaction, view: RoundView, *, lock: bool = False) -> RoundView:
    brand, since = view.round.brand, view.now - LOOK_BACK
    return replace(
        view,
        alerts=tuple(alert_rows.alerts(tx, brand, since, view.now + timedelta(seconds=1), lock=lock)),
        confirmations=tuple(confirmations.since(tx, brand, since)),
    )
