"""The life of an alert: opens once, is reminded of, resolves."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from monitor.alerts import dismissals, rules
from monitor.domain.alerts import Alert, AlertState, Change, NoticeReason, Signal, Voice
from monitor.domain.rounds import RoundKind
from monitor.domain.views import RoundView

REMIND_AFTER = timedelta(days=14)
# One reminder takes along what would need its own within days.
ALONG = timedelta(days=7)

# Captured answers are history, and confirming ones were asked for a reason: neither opens or closes anything.
_SPEAKING = frozenset({RoundKind.SCHEDULED, RoundKind.MANUAL})


def decide(
    view: RoundView, signals: Iterable[Signal], open_alerts: Iterable[Alert], *, new_id: Callable[[], str]
) -> list[Change]:
    """Return what the round does to the alerts: opened, reminded, resolved; doing it twice changes nothing more."""
    if view.round.kind not in _SPEAKING:
        return []
    found = {signal.key: signal for signal in reversed(list(signals))}
    known = {alert.key: alert for alert in open_alerts if alert.state is AlertState.OPEN}
    opened = [_open(view, found[key], new_id()) for key in sorted(found.keys() - known.keys())]
    after = ALONG if any(_silence(view, alert) >= REMIND_AFTER for alert in known.values()) else REMIND_AFTER
    lived = (_live(view, alert, found, after) for _, alert in sorted(known.items()))
    return [*opened, *(change for change in lived if change is not None)]


def _open(view: RoundView, signal: Signal, alert_id: str) -> Change:
    alert = Alert(
        id=alert_id,
        brand=view.round.brand,
        key=signal.key,
        state=AlertState.OPEN,
        opened_at=view.now,
        last_notice_at=view.now,
        signal=signal,
    )
    return Change(reason=NoticeReason.OPENING_BALANCE if view.first_round else NoticeReason.OPENED, alert=alert)


def _carried(before: Signal, now: Signal) -> Signal:
    """The latest finding, with since when each assistant was known to say it: the rules look back only so far."""
    known = {voice.assistant_id: voice for voice in before.voices if voice.first_seen}
    return replace(now, voices=tuple(_since(voice, known.get(voice.assistant_id, voice)) for voice in now.voices))


def _since(voice: Voice, known: Voice) -> Voice:
    earlier = known.first_seen and (voice.first_seen is None or known.first_seen < voice.first_seen)
    return replace(voice, first_seen=known.first_seen, last_clean=known.last_clean) if earlier else voice


def _silence(view: RoundView, alert: Alert) -> timedelta:
    """For how long nobody was told of an alert."""
    return view.now - (alert.last_notice_at or alert.opened_at)


def _live(view: RoundView, alert: Alert, found: Mapping[str, Signal], after: timedelta) -> Change | None:
    if alert.key in found:
        return _reminder(view, replace(alert, signal=_carried(alert.signal, found[alert.key])), after)
    if dismissals.is_dismissed(alert, view.dismissed):
        return dismissals.closed(alert, view.now)
    rule = rules.ALL.get(alert.signal.rule)
    clean = rule.clean(view, alert) if rule else None
    if clean is None:
        return None
    return _resolve(view, alert) if clean else _reminder(view, alert, after)


def _resolve(view: RoundView, alert: Alert) -> Change:
    closed = replace(alert, state=AlertState.RESOLVED, resolved_at=view.now, last_notice_at=view.now)
    return Change(reason=NoticeReason.RESOLVED, alert=closed)


def _reminder(view: RoundView, alert: Alert, after: timedelta) -> Change | None:
    if _silence(view, alert) < after:
        return None
    return Change(reason=NoticeReason.REMINDER, alert=replace(alert, last_notice_at=view.now))
