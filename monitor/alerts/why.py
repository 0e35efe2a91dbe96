"""Why there is, or is not, a mail about a fact or a topic: what was seen, what would be told, what was held back."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from monitor.alerts import checks, clearing, indexed, questions, rules, words
from monitor.alerts.checks import RECURS, Check
from monitor.alerts.clearing import CLEAN_ROUNDS
from monitor.alerts.questions import Question
from monitor.domain.alerts import Alert, AlertState, Held
from monitor.domain.brand import Severity
from monitor.domain.confirming import Confirmation
from monitor.domain.readings import Reading
from monitor.domain.views import RoundView

_MOST = 12  # lines of one kind
_GRAVEST = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A heading with what is said under it, one sentence or two a line."""

    title: str
    lines: tuple[str, ...]


# What is said, normalised -> as a person writes it
Shown = Callable[[str], str]


def seen(view: RoundView, asked: Sequence[Question], shown: Shown, *, assistant: str = "") -> Passage:
    """Return what each assistant said on a fact or topic in the look-back window."""
    found = indexed.ever(view, _either(asked))
    own = [one for one in found if assistant in {"", one.observation.assistant_id}]
    if not own:
        return Passage(title="What was seen", lines=("No answer of the last weeks could be checked on it.",))
    names = dict.fromkeys(one.observation.assistant_id for one in own)
    each = ([one for one in own if one.observation.assistant_id == name] for name in sorted(names))
    lines = [_heard(mine, shown) for mine in each]
    return Passage(title="What was seen", lines=tuple(lines))


def _either(asked: Sequence[Question]) -> checks.Look:
    """Return the check that finds what any of the questions finds: wrong and out of date alike."""

    def look(reading: Reading) -> tuple[checks.Finding, ...] | None:
        each = [question.look(reading) for question in asked]
        known = [found for found in each if found is not None]
        return tuple(one for found in known for one in found) if known else None

    facts = {question.look.fact for question in asked}
    return checks.Look(look, facts.pop() if len(facts) == 1 else "")


def _heard(own: Sequence[Check], shown: Shown) -> str:
    seen_first, name = own[0], own[-1].observation
    label = words.who(name.assistant_label or name.assistant_id)
    said = checks.said(own)
    clean = sum(not one.findings for one in own)
    start = f"{label}: {words.plural(len(own), 'answer')} checked since {words.day(seen_first.day)}"
    if not said:
        return f"{start}, all of them without a finding."
    parts = [f"{_times(group)} “{shown(value)}”, last on {words.day(group[-1].day)}" for value, group in said.items()]
    return f"{start}: {clean} without a finding; {words.listed(parts[:_MOST])}."


def _times(group: Sequence[Check]) -> str:
    return f"{len(group)} said" if len(group) > 1 else "one said"


def would(view: RoundView, asked: Sequence[Question], shown: Shown) -> Passage:
    """Return what would make an alert of it, and how far the latest round is from that."""
    far = [line for question in asked for line in _distance(view, question, shown)]
    when = f"the round of {words.day(view.day(view.round.opened_at))}"
    none = f"In {when}, nothing of the kind was said."
    return Passage(title="What would be told", lines=(*_rule(view, asked[0]), *(far or [none])))


def _rule(view: RoundView, question: Question) -> list[str]:
    limits = view.confirm
    if limits is None or not questions.is_confirmed_first(view, question):
        return [f"{words.capital(words.count(RECURS))} answers of one round, or of two in a row, that say the same."]
    more = f", and half as often each of up to {limits.siblings} other prompts on the topic" if limits.siblings else ""
    return [
        f"The first answer that says something new is asked for again at once: {limits.samples} times{more}.",
        (
            f"It is told when at least {words.count(RECURS)} of these extra samples say it too, or later rounds do, "
            "and so often that an assistant which slips in one answer out of 200 would hardly do so."
        ),
    ]


def _distance(view: RoundView, question: Question, shown: Shown) -> list[str]:
    said = checks.said(questions.now(view, question))
    told = questions.admitted(view, question) if said else {}
    when = f"In the round of {words.day(view.day(view.round.opened_at))}"
    return [
        f"{when}, {words.plural(len(group), 'answer')} said “{shown(value)}”: "
        + ("that is told." if value in told else "that is not enough by itself.")
        for value, group in said.items()
    ]


def again(view: RoundView, found: Iterable[Confirmation], shown: Shown) -> Passage | None:
    """Return what was asked for again, and what came of it."""
    lines = [f"{words.day(view.day(one.opened_at))}, “{shown(one.suspicion.value)}”: {_came(one)}" for one in found]
    return Passage(title="What was asked for again", lines=tuple(lines[-_MOST:])) if lines else None


def _came(one: Confirmation) -> str:
    return one.why or f"{words.plural(one.planned, 'extra sample')} are on their way."


def back(found: Iterable[Held]) -> Passage | None:
    """Return what was found and not told, the latest first, with the reason."""
    groups: dict[tuple[str, str, str], list[Held]] = defaultdict(list)
    for one in sorted(found, key=lambda one: one.at, reverse=True):
        groups[one.key, one.reason, one.why].append(one)
    lines = [_held(group) for group in groups.values()]
    return Passage(title="What was held back, and why", lines=_few(lines, "finding")) if lines else None


def _held(group: Sequence[Held]) -> str:
    first, last = words.day(group[-1].at), words.day(group[0].at)
    when = last if len(group) == 1 else f"{first} to {last}, {len(group)} times"
    return f"{when}: {group[0].headline.rstrip('.')}. {group[0].why}"


def alerts(found: Iterable[Alert]) -> Passage | None:
    """Return the alerts on it, with what people did about them."""
    latest = sorted(found, key=lambda one: one.since, reverse=True)
    lines = [_alert(one) for one in sorted(latest, key=lambda one: _GRAVEST.index(one.signal.severity))]
    return Passage(title="Alerts", lines=_few(lines, "alert")) if lines else None


def _few(lines: Sequence[str], noun: str) -> tuple[str, ...]:
    """Return as many as anybody reads, and how many were left out."""
    left = len(lines) - _MOST
    return (*lines[:_MOST], *([f"And {words.plural(left, f'more {noun}')}."] if left > 0 else ()))


def _closes(one: Alert) -> str:
    rule = rules.ALL.get(one.signal.rule)
    if rule is None:
        return "The rule that found it is gone, so only a person can close it."
    if rule.measure is not None:
        return "It closes when a move back passes the same test."
    if rule.evidence is None:
        return "It closes when the next rounds show it gone."
    rounds = f"It closes after {words.count(CLEAN_ROUNDS)} clean rounds of each assistant that said it"
    needed = [f"{clearing.enough(voice.rate.value or 0.0)} of {words.who(voice.label)}" for voice in one.signal.voices]
    return f"{rounds}, with this many clean answers at least: {words.listed(needed)}." if needed else f"{rounds}."


def _alert(one: Alert) -> str:
    if one.state is AlertState.RESOLVED:
        ended = words.day(one.resolved_at) if one.resolved_at else "an earlier day"
        return f"Resolved on {ended}: {one.signal.headline}. {one.why}".strip()
    did = [
        f"Acknowledged by {one.acknowledged.by}: no reminders." if one.acknowledged else "",
        f"Silenced by {one.silenced.by} until {words.day(one.silenced.until)}." if one.silenced else "",
        _closes(one),
    ]
    return " ".join([f"Open since {words.day(one.since)}: {one.signal.headline}.", *(line for line in did if line)])
