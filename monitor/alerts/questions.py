"""What answers are held against: a fact with one kind of verdict, or a watched topic; and what is told of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from monitor.alerts import checks, indexed, words
from monitor.alerts.checks import RECURS, Check, Look
from monitor.domain.alerts import Alert, AlertState, Signal
from monitor.domain.brand import Severity
from monitor.domain.confirming import Confirmation, ConfirmationState
from monitor.domain.views import RoundView

_RANK = {Severity.CRITICAL: 0, Severity.MAJOR: 1, Severity.MINOR: 2}


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What a rule writes its signal from."""

    values: tuple[str, ...]  # what is said, the loudest first
    current: tuple[Check, ...]  # of this round and the last
    past: tuple[Check, ...]  # of the whole look-back window
    extra: tuple[Check, ...] = ()  # samples asked to confirm it
    grounds: str = ""  # what makes it more than a slip, in sentences


@dataclass(frozen=True, kw_only=True)
class Question:
    """One fact with one kind of verdict, or one watched topic."""

    rule: str
    subject: str  # fact id or topic
    severity: Severity
    urgent: bool = False  # asked for again whatever its severity
    look: Look = field(repr=False)
    write: Callable[[RoundView, Heard], Signal] = field(repr=False)
    headline: Callable[[RoundView, str, Sequence[Check]], str] = field(repr=False)  # of one value in some answers

    @property
    def key(self) -> str:
        """The key of the alert on it."""
        return f"{self.rule}:{self.subject}"


def now(view: RoundView, question: Question) -> list[Check]:
    """Return the round's answers in which the question was checked."""
    return indexed.now(view, question.look)


def signals(view: RoundView, asked: Iterable[Question]) -> list[Signal]:
    """Return a signal for each question on which this round says something that is more than a slip."""
    found = (_signal(view, question) for question in asked)
    return [signal for signal in found if signal is not None]


def _signal(view: RoundView, question: Question) -> Signal | None:
    grounds = admitted(view, question)
    if not any(checks.says(check, grounds) for check in now(view, question)):
        return None
    heard = Heard(
        values=tuple(grounds),
        current=tuple(indexed.current(view, question.look)),
        past=tuple(indexed.ever(view, question.look)),
        extra=tuple(_fresh(view, question, grounds)),
        grounds=next((said for said in grounds.values() if said), ""),
    )
    return question.write(view, heard)


def admitted(view: RoundView, question: Question) -> dict[str, str]:
    """Return what is more than a slip in this round and the last, the loudest first, with what makes it so."""
    if not checks.said(now(view, question)):
        return {}
    current = indexed.current(view, question.look)
    recurring = checks.recurring(current)
    if not is_confirmed_first(view, question):
        return dict.fromkeys(recurring, "")
    grounds = {value: _grounds(view, question, value, recurring) for value in checks.said(current)}
    return {value: said for value, said in grounds.items() if said is not None}


def is_confirmed_first(view: RoundView, question: Question) -> bool:
    """Whether a finding on it is asked for again before it is told; the opening balance tells how things stand."""
    wanted = view.confirm
    if wanted is None or not wanted.samples or view.first_round:
        return False
    return question.urgent or _RANK[question.severity] <= _RANK[wanted.severity]


def _grounds(view: RoundView, question: Question, value: str, recurring: Iterable[str]) -> str | None:
    """Return what makes a value more than a slip; None where nothing does."""
    if value in standing(view, question):
        return ""
    asked = confirmation(view, question, value)
    state = asked.state if asked else None
    if asked and state is ConfirmationState.CONFIRMED:
        return asked.why
    if asked and state is ConfirmationState.UNASKED:
        told = f"{words.capital(words.count(RECURS))} answers or more say it, so it is told all the same."
        return f"{asked.why} {told}" if value in recurring else None
    return None if state is ConfirmationState.ASKED else recurrence(view, question, value)


def standing(view: RoundView, question: Question) -> tuple[str, ...]:
    """Return what the open alert on the question tells already."""
    alert = newest(view, question.key, AlertState.OPEN)
    return (*alert.told.values, *alert.signal.values) if alert else ()


def newest(view: RoundView, key: str, state: AlertState) -> Alert | None:
    own = [alert for alert in view.alerts if alert.key == key and alert.state is state]
    return max(own, key=lambda alert: alert.resolved_at or alert.since, default=None)


def confirmations(view: RoundView, question: Question, value: str) -> list[Confirmation]:
    """Return how often a value was asked for again, oldest first."""
    key = f"{question.key}:{value}"
    return [one for one in view.confirmations if one.suspicion.key == key]


def confirmation(view: RoundView, question: Question, value: str) -> Confirmation | None:
    """Return what this round asked for again."""
    return next((one for one in confirmations(view, question, value) if one.round_id == view.round.id), None)


def extra(view: RoundView, question: Question, values: Iterable[str]) -> list[Check]:
    """Return the samples that were asked to confirm one of the values."""
    rounds = {one.asked_in for value in values for one in confirmations(view, question, value) if one.asked_in}
    return indexed.confirming(view, question.look, rounds)


def _fresh(view: RoundView, question: Question, values: Iterable[str]) -> list[Check]:
    """Return the samples that this round asked for; older ones tell how things were."""
    asked = (confirmation(view, question, value) for value in values)
    rounds = {one.asked_in for one in asked if one is not None and one.asked_in}
    return indexed.confirming(view, question.look, rounds)


def is_old(view: RoundView, question: Question, value: str) -> bool:
    """Whether an earlier round said it since an alert on it was last resolved."""
    first, _ = _since_first(view, question, value)
    return first is not None and first.observation.round_id != view.round.id


def recurrence(view: RoundView, question: Question, value: str) -> str | None:
    """Return how often a value was said again since it was first seen; None where that may be chance."""
    first, later = _since_first(view, question, value)
    if first is None:
        return None
    groups = [later, *_by_assistant(later)]
    rates = [checks.rated(group, [value], view.interval) for group in groups]
    found = next(((rate, interval) for rate, interval in rates if checks.recurs(rate)), None)
    if found is None:
        return None
    return f"It was first seen on {words.day(first.day)}; {words.share_of(*found, 'later answer')} said it again."


def _since_first(view: RoundView, question: Question, value: str) -> tuple[Check | None, list[Check]]:
    """Return the first finding since an alert on it was last resolved, and every check after it."""
    closed = newest(view, question.key, AlertState.RESOLVED)
    since = closed.resolved_at if closed else None
    ordinary = indexed.ever(view, question.look)
    fresh = [one for one in ordinary if since is None or one.at > since]
    place = next((place for place, one in enumerate(fresh) if checks.says(one, [value])), None)
    if place is None:
        return None, []
    samples = [one for one in extra(view, question, [value]) if one.at >= fresh[place].at]
    return fresh[place], [*fresh[place + 1 :], *samples]


def _by_assistant(found: Sequence[Check]) -> list[list[Check]]:
    names = dict.fromkeys(check.observation.assistant_id for check in found)
    return [[check for check in found if check.observation.assistant_id == name] for name in names]
