"""decide: a round is held against what came before; alerts open, live and close."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from monitor.alerts import checked, dismissals, life, outbox, rules
from monitor.domain.alerts import Change, Notice
from monitor.domain.jobs import telling
from monitor.domain.opinions import Opinion
from monitor.domain.reviews import Decision
from monitor.domain.rounds import Round, RoundKind
from monitor.domain.views import RoundView
from monitor.domain.wording import Wording
from monitor.drift import detect, intervals
from monitor.pipeline.house import HISTORY, House, mail_domain, naming
from storage import alerts as alert_rows
from storage import answers, opinions, reviews, rounds, tallies

# What the rules look back on for "first seen" and "last seen clean".
LOOK_BACK = timedelta(days=35)


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
        notices = _notices(house, changes, now, first_round=view.first_round)
        alert_rows.apply(tx, changes, notices, now)
        house.enqueue(tx, telling(notices))
    return changes


def withdraw(house: House) -> list[Change]:
    """Close the alerts whose every quote a person dismissed; those who were told of them are told."""
    now, brand = house.clock(), house.settings.brand
    with house.store.transaction() as tx:
        dismissed = reviews.dismissed(tx, brand)
        standing = [a for a in alert_rows.open_alerts(tx, brand) if dismissals.is_dismissed(a, dismissed)]
        changes = [dismissals.closed(alert, now) for alert in standing]
        notices = _notices(house, changes, now)
        alert_rows.apply(tx, changes, notices, now)
        house.enqueue(tx, telling(notices))
    return changes


def _quoted(changes: Sequence[Change]) -> set[str]:
    """The answers that changes speak of."""
    return {quote.answer_id for change in changes for quote in change.alert.signal.quotes}


def _checked(changes: Sequence[Change], said: Sequence[Opinion], decided: Mapping[Wording, Decision]) -> list[Change]:
    return [checked.told(change, said, decided) for change in changes]


def _notices(house: House, changes: Sequence[Change], now: datetime, *, first_round: bool = False) -> list[Notice]:
    return outbox.notices(
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
        shifts=tuple(detect.shifts(history, brand)),
        first_round=first_round,
        interval=intervals.rate_interval,
        now=now,
        dismissed=dismissed,
    )
