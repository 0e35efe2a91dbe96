"""Where the answers are that stand behind an assistant's part in an alert."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from monitor.domain.alerts import Alert, CourseDay, Quote, Voice
from monitor.domain.measures import Measure, Rate
from monitor.domain.search import OfDomain
from monitor.pipeline import BEGINNING, House
from storage import answers as kept
from storage import confirmations, rounds

_RAISED_BEFORE = timedelta(days=2)  # what confirms a finding is asked before its alert is opened
_REREAD = timedelta(days=400)  # further back nobody is led
_BEFORE = timedelta(days=62)  # the round before a round is not longer ago
_MOMENT = timedelta(seconds=1)
_WRONG_SOURCE = "wrong_source"  # the rule

Answers = Mapping[str, str]  # what a search for answers is told


def behind(house: House, alert: Alert, voice: Voice) -> Answers:
    """Return what finds the answers that the part is counted over, as of when the alert spoke of them."""
    panel = {"assistant": voice.assistant_id, "surface": voice.surface.value}
    return {**panel, **(_of_measure(alert, voice) if alert.signal.series else _of_finding(house, alert, voice))}


def _of_finding(house: House, alert: Alert, voice: Voice) -> Answers:
    if not alert.signal.quotes and voice.first_seen is not None:
        day = voice.first_seen.date().isoformat()  # it did not answer: what was asked on that day
        return {"measure": Measure.MISS_RATE.value, "from": day, "to": day}
    about = alert.signal.subject if house.settings.sheet.fact(alert.signal.subject) else ""
    if voice.noun != "answers":
        return {**({"fact": about} if about else {}), **_rounds(_confirming(house, alert), alert)}
    return {**_counted(alert, about), **_rounds(_told_in(house, alert), alert)}


def _counted(alert: Alert, about: str) -> Answers:
    """Return what is counted: a source beside a wrong fact has its own answers, fewer than those that are wrong."""
    if alert.signal.rule == _WRONG_SOURCE and alert.signal.values:
        domain = alert.signal.values[0]
        return {"measure": OfDomain.BESIDE_WRONG.value, "subject": domain, "domain": domain, "fact": about}
    return {"measure": Measure.WRONG_RATE.value, "subject": about} if about else {"measure": "answers"}


def _of_measure(alert: Alert, voice: Voice) -> Answers:
    series, since = alert.signal.series, alert.signal.changed_on
    if series is None or since is None:
        return {}
    until = _until(alert.signal.course, since, voice.rate)
    return {
        "measure": series.measure.value,
        "subject": series.subject,
        "topic": series.topic,
        "from": since.isoformat(),
        **({"to": until.isoformat()} if until else {}),
    }


def _until(course: tuple[CourseDay, ...], since: date, rate: Rate) -> date | None:
    """Return the last day that a rate since a day holds; None where the days do not come to it."""
    of = 0.0
    for each in course:
        if each.day >= since:
            of += each.rate.of
            if of >= rate.of:
                return each.day if of == rate.of else None
    return None


def _rounds(found: Sequence[str], alert: Alert) -> Answers:
    first = (alert.opened_at - _REREAD).date().isoformat()
    return {"round": ",".join(found), "from": first} if found else {}


def _told_in(house: House, alert: Alert) -> list[str]:
    """Return the newest round that the alert quotes and the one before it in the series: its rates are over both."""
    newest = max((quote for quote in alert.signal.quotes if quote.asked_at), key=_asked, default=None)
    if newest is None:
        return []
    with house.store.snapshot() as tx:
        seen = kept.observations(tx, house.settings.brand, answer_ids=[newest.answer_id])
        held = rounds.rounds(tx, house.settings.brand, _asked(newest) - _BEFORE, _asked(newest) + _MOMENT)
    ids = [each.id for each in sorted(held, key=lambda each: each.opened_at) if each.kind.in_series]
    at = ids.index(seen[0].round_id) if seen and seen[0].round_id in ids else None
    return [] if at is None else ids[max(0, at - 1) : at + 1]


def _asked(quote: Quote) -> datetime:
    return quote.asked_at or BEGINNING


def _confirming(house: House, alert: Alert) -> list[str]:
    """Return the round of the extra samples that were asked last about an alert's finding."""
    with house.store.snapshot() as tx:
        asked = confirmations.since(tx, house.settings.brand, alert.opened_at - _RAISED_BEFORE)
    found = [one.asked_in for one in asked if one.asked_in and one.suspicion.subject == alert.signal.subject]
    return found[-1:]
