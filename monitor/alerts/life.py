"""The life of an alert: opens once, worsens, is reminded of, resolves, and may come back."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from monitor.alerts import dismissals, inhibiting, rules, words, worsening
from monitor.alerts.questions import newest
from monitor.domain.alerts import (
    Alert,
    AlertState,
    Change,
    Cleared,
    Held,
    HeldReason,
    NoticeReason,
    Signal,
    Silenced,
    Told,
    Voice,
)
from monitor.domain.rounds import RoundKind
from monitor.domain.views import RoundView

REMIND_AFTER = timedelta(days=14)
# One reminder takes along what would need its own within days.
ALONG = timedelta(days=7)
# What comes back so soon is the same alert.
REOPENS = timedelta(days=30)

# Captured answers are history, and confirming ones were asked for a reason: neither opens or closes anything.
SPEAKING = frozenset({RoundKind.SCHEDULED, RoundKind.MANUAL})


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What a round does to the alerts."""

    changes: tuple[Change, ...] = ()  # that people are told of
    quiet: tuple[Alert, ...] = ()  # changed without a word
    held: tuple[Held, ...] = ()  # found and not told


def decide(
    view: RoundView, signals: Iterable[Signal], *, new_id: Callable[[], str], only: Collection[str] | None = None
) -> Decided:
    """Return what the round does to the alerts of the view; doing it twice changes nothing more.

    `only` names the keys to decide on, where extra samples came in: the rest of the round was decided before.
    """
    if view.round.kind not in SPEAKING:
        return Decided()
    kept, held = inhibiting.split(view, reversed(list(signals)))
    found = {signal.key: signal for signal in kept}
    blind = {one.key for one in held}  # not to be judged in this round, neither way
    standing = {alert.key: alert for alert in view.alerts if alert.state is AlertState.OPEN}
    opened = [_open(view, found[key], new_id) for key in sorted(found.keys() - standing.keys())]
    after = ALONG if any(_quiet_for(view, alert) >= REMIND_AFTER for alert in standing.values()) else REMIND_AFTER
    known = [alert for key, alert in sorted(standing.items()) if key not in blind]
    lived = [_live(view, alert, found.get(alert.key), after) for alert in known]
    changes = [change for change in (*opened, *lived) if change and (only is None or change.alert.key in only)]
    return _spoken(view, changes, [one for one in held if only is None or one.key in only])


def _open(view: RoundView, signal: Signal, new_id: Callable[[], str]) -> Change:
    before = newest(view, signal.key, AlertState.RESOLVED)
    dismissed = before is not None and before.why  # other words are another matter
    if before and before.resolved_at and not dismissed and view.now - before.resolved_at <= REOPENS:
        return _reopen(view, before, signal)
    alert = Alert(
        id=new_id(),
        brand=view.round.brand,
        key=signal.key,
        state=AlertState.OPEN,
        opened_at=view.now,
        last_notice_at=view.now,
        signal=signal,
        told=worsening.told(Told(), signal),
    )
    if view.first_round:
        return Change(reason=NoticeReason.OPENING_BALANCE, alert=alert, why="This was the first round.")
    return Change(reason=NoticeReason.OPENED, alert=alert, why=_SURE if signal.confirmed else _NEW)


_NEW = "This round found it, and no alert on it was open."
_SURE = "This round found it for the first time, and it is more than a slip."


def _reopen(view: RoundView, before: Alert, signal: Signal) -> Change:
    back = replace(
        before,
        state=AlertState.OPEN,
        resolved_at=None,
        reopened_at=view.now,
        last_notice_at=view.now,
        signal=signal,
        why="",
        acknowledged=None,
        silenced=_still(view, before),
        told=worsening.told(Told(), signal),
        cleared=None,
    )
    closed = words.day(view.day(before.resolved_at)) if before.resolved_at else "an earlier day"
    why = f"It came back within {REOPENS.days} days after {closed}, when it was resolved."
    return Change(reason=NoticeReason.REOPENED, alert=back, why=why)


def _live(view: RoundView, alert: Alert, signal: Signal | None, after: timedelta) -> Change | None:
    if signal is not None:
        current = carried(alert, signal)
        return _worsened(view, current) or _reminder(view, current, after)
    if dismissals.is_dismissed(alert, view.dismissed):
        return dismissals.closed(alert, view.now)
    rule = rules.ALL.get(alert.signal.rule)
    clean = rule.clean(view, alert) if rule else None
    if clean is None:
        return None
    return _resolved(view, alert) if clean else _reminder(view, alert, after)


def carried(alert: Alert, now: Signal) -> Alert:
    """Return an alert with its latest finding, and since when each assistant was known to say it.

    The rules look back only so far.
    """
    before = alert.signal
    known = {voice.assistant_id: voice for voice in before.voices if voice.first_seen}
    voices = tuple(_since(voice, known.get(voice.assistant_id, voice)) for voice in now.voices)
    return replace(alert, signal=replace(now, voices=voices, confirmed=now.confirmed or before.confirmed))


def _since(voice: Voice, known: Voice) -> Voice:
    earlier = known.first_seen and (voice.first_seen is None or known.first_seen < voice.first_seen)
    return replace(voice, first_seen=known.first_seen, last_clean=known.last_clean) if earlier else voice


def _worsened(view: RoundView, alert: Alert) -> Change | None:
    rule = rules.ALL.get(alert.signal.rule)
    why = worsening.worse(alert.told, alert.signal, grows=rule is not None and rule.grows)
    if not why:
        return None
    told = worsening.told(alert.told, alert.signal)
    return Change(
        reason=NoticeReason.WORSENED,
        alert=replace(alert, told=told, silenced=_still(view, alert), last_notice_at=view.now),
        why=why,
    )


def _still(view: RoundView, alert: Alert) -> Silenced | None:
    return alert.silenced if alert.silent(view.now) else None


def _quiet_for(view: RoundView, alert: Alert) -> timedelta:
    """For how long nobody was told of an alert."""
    return view.now - (alert.last_notice_at or alert.opened_at)


def _reminder(view: RoundView, alert: Alert, after: timedelta) -> Change | None:
    """Return a reminder where one is due: after a while, or when a silence has ended."""
    over = alert.silenced if not alert.silent(view.now) else None
    if over is None and _quiet_for(view, alert) < after:
        return None
    why = f"{_silenced(view, over)}, and it still stands." if over else _open_for(view, alert)
    told = worsening.told(alert.told, alert.signal)
    reminded = replace(alert, told=told, silenced=_still(view, alert), last_notice_at=view.now)
    return Change(reason=NoticeReason.REMINDER, alert=reminded, why=why)


def _silenced(view: RoundView, of: Silenced) -> str:
    return f"{of.by} silenced it until {words.day(view.day(of.until))}"


def _open_for(view: RoundView, alert: Alert) -> str:
    days = words.plural((view.now - alert.since).days, "day")
    return f"It has stood for {days}, and nobody has acknowledged it."


def _resolved(view: RoundView, alert: Alert) -> Change:
    rule = rules.ALL.get(alert.signal.rule)
    cleared = rule.evidence(view, alert) if rule and rule.evidence else None
    closed = replace(
        alert,
        state=AlertState.RESOLVED,
        resolved_at=view.now,
        last_notice_at=view.now,
        silenced=_still(view, alert),
        cleared=cleared,
    )
    return Change(reason=NoticeReason.RESOLVED, alert=closed, why=_evidence(cleared) or "It is no longer found.")


def _evidence(cleared: Cleared | None) -> str:
    """Return how many clean answers closed it: "0 of 12 answers of gpt-5 say it any more"."""
    clean = [(words.who(voice.label), int(voice.rate.of)) for voice in cleared.voices] if cleared else []
    parts = [f"none of {words.plural(of, 'answer')} of {name}" for name, of in clean if of]
    return f"Since it was last found, {words.listed(parts)} said it any more." if parts else ""


def _spoken(view: RoundView, changes: Iterable[Change], held: Iterable[Held]) -> Decided:
    """Part what people are told from what they asked not to be told."""
    told: list[Change] = []
    quiet: list[Alert] = []
    back = list(held)
    for change in changes:
        hush = _hushed(view, change)
        if hush is None:
            told.append(change)
            continue
        back.append(hush)
        if change.reason in {NoticeReason.RESOLVED, NoticeReason.REOPENED}:
            quiet.append(change.alert)
    return Decided(changes=tuple(told), quiet=tuple(quiet), held=tuple(back))


def _hushed(view: RoundView, change: Change) -> Held | None:
    """Return why a change is not told: it is silenced, or a reminder of what somebody takes care of."""
    alert = change.alert
    if alert.silenced and alert.silent(view.now):
        why = f"{_silenced(view, alert.silenced)}. {change.why}"
        return _held(view, change, HeldReason.SILENCED, why)
    if alert.acknowledged and change.reason is NoticeReason.REMINDER:
        why = f"{alert.acknowledged.by} has acknowledged it on {words.day(view.day(alert.acknowledged.at))}."
        return _held(view, change, HeldReason.ACKNOWLEDGED, why)
    return None


def _held(view: RoundView, change: Change, reason: HeldReason, why: str) -> Held:
    return Held(
        brand=view.round.brand,
        round_id=view.round.id,
        key=change.alert.key,
        reason=reason,
        why=why,
        headline=change.alert.signal.headline,
        quotes=change.alert.signal.quotes,
        at=view.now,
    )
