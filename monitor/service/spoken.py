"""Where the answers are that stand behind an assistant's part in an alert."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from monitor.domain.alerts import Alert, CourseDay, Quote, Voice
from monitor.domain.measures import Measure, Rate
from monitor.domain.rounds import Round, RoundKind
from monitor.domain.search import OfSubject
from monitor.pipeline import BEGINNING, House
from storage import answers as kept
from storage import confirmations, rounds

_RAISED_BEFORE = timedelta(days=2)  # what confirms a finding is asked before its alert is opened
_BEFORE = timedelta(days=62)  # the round before a round is not longer ago
_MOMENT = timedelta(seconds=1)
_WRONG_SOURCE, _NEW_STATEMENT = "wrong_source", "new_statement"  # rules

Answers = Mapping[str, str]  # what a search for answers is told


def behind(house: House, alert: Alert, voice: Voice) -> Answers:
    """Return what finds the answers that the part is counted over, as of when the alert spoke of them."""
    panel = {"assistant": voice.assistant_id, "surface": voice.surface.value}
    return {**panel, **(_of_measure(alert, voice) if alert.signal.series else _of_finding(house, alert, voice))}


def _of_finding(house: House, alert: Alert, voice: Voice) -> Answers:
    if not alert.signal.quotes and voice.first_seen is not None:
        day = house.day(voice.first_seen).isoformat()  # it did not answer: what was asked on that day
        return {"measure": Measure.MISS_RATE.value, "from": day, "to": day}
    about = alert.signal.subject if house.settings.sheet.fact(alert.signal.subject) else ""
    if voice.noun != "answers":
        return {**({"fact": about} if about else {}), **_rounds(house, _confirming(house, alert))}
    return {**_counted(alert, about), **_rounds(house, _told_in(house, alert))}


def _counted(alert: Alert, fact: str) -> Answers:
    if alert.signal.rule == _WRONG_SOURCE and alert.signal.values:
        return {"measure": OfSubject.SOURCE.value, "subject": alert.signal.values[0], "fact": fact}
    if fact:
        return {"measure": Measure.WRONG_RATE.value, "subject": fact}
    if alert.signal.rule == _NEW_STATEMENT:
        return {"measure": OfSubject.STATED.value, "subject": alert.signal.subject}
    return {"measure": "answers"}  # a fact that is no longer on the sheet


def citing(house: House, alert: Alert, voice: Voice) -> Answers:
    """Return what finds those of the counted answers that cite a source beside a wrong fact; empty for other alerts."""
    if alert.signal.rule != _WRONG_SOURCE or not alert.signal.values:
        return {}
    domain, fact = alert.signal.values[0], alert.signal.subject
    panel = {"assistant": voice.assistant_id, "surface": voice.surface.value}
    of = {"measure": OfSubject.BESIDE_WRONG.value, "subject": domain, "domain": domain, "fact": fact}
    return {**panel, **of, **_rounds(house, _told_in(house, alert))}


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


def _rounds(house: House, found: Sequence[Round]) -> Answers:
    """Return the rounds and the days on which their answers were asked."""
    if not found:
        return {}
    with house.store.snapshot() as tx:
        last = max(max(each.opened_at, rounds.last_call(tx, each)) for each in found)
    first = min(each.opened_at for each in found)
    days = {"from": house.day(first).isoformat(), "to": house.day(last).isoformat()}
    return {"round": ",".join(each.id for each in found), **days}


def _told_in(house: House, alert: Alert) -> list[Round]:
    """Return the newest round that the alert quotes and the one before it in the series: its rates are over both.

    What was imported is no such round: it tells nobody anything, and is never mixed with answers of an API.
    """
    newest = max((quote for quote in alert.signal.quotes if quote.asked_at), key=_asked, default=None)
    if newest is None:
        return []
    with house.store.snapshot() as tx:
        seen = kept.observations(tx, house.settings.brand, answer_ids=[newest.answer_id])
        held = rounds.rounds(tx, house.settings.brand, _asked(newest) - _BEFORE, _asked(newest) + _MOMENT)
    asked = (each for each in held if each.kind.in_series and each.kind is not RoundKind.IMPORTED)
    series = sorted(asked, key=lambda each: each.opened_at)
    at = next((n for n, each in enumerate(series) if seen and each.id == seen[0].round_id), None)
    return [] if at is None else series[max(0, at - 1) : at + 1]


def _asked(quote: Quote) -> datetime:
    return quote.asked_at or BEGINNING


def _confirming(house: House, alert: Alert) -> list[Round]:
    """Return the round of the extra samples that were asked last about an alert's finding."""
    with house.store.snapshot() as tx:
        asked = confirmations.since(tx, house.settings.brand, alert.opened_at - _RAISED_BEFORE)
        found = [one.asked_in for one in asked if one.asked_in and one.suspicion.subject == alert.signal.subject]
        held = rounds.find(tx, found[-1]) if found else None
    return [held] if held else []
