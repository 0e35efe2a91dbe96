"""What is asked for again before anybody is told, what the extra samples say of it, and what was not told in the end.

A serious finding that is seen for the first time is asked for again at once. It is told when so many of the extra
samples say it too that an assistant which slips in one answer out of 200 would hardly do so. The answer that raised
the suspicion is not counted, and the extra samples enter no series.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.alerts import checks, indexed, questions, quoting, words
from monitor.alerts.checks import RECURS, Check
from monitor.alerts.questions import Question
from monitor.domain.alerts import Held, HeldReason
from monitor.domain.brand import Prompt
from monitor.domain.confirming import Confirmation, ConfirmationState, Suspicion, Trigger
from monitor.domain.views import RoundView

# The same suspicion is asked for again so often in so long; after that its own recurrence decides.
MOST_ASKED = 2
WITHIN = timedelta(days=7)


def suspicions(view: RoundView, asked: Iterable[Question]) -> list[Suspicion]:
    """Return what is said plainly in this round, is not told yet and was not asked for again."""
    return [found for question in asked for found in _suspicions(view, question)]


def _suspicions(view: RoundView, question: Question) -> list[Suspicion]:
    said = checks.said(questions.now(view, question), plainly=True)
    if not said or not questions.is_confirmed_first(view, question):
        return []
    known = questions.standing(view, question)
    new = [value for value in said if value not in known and _is_open(view, question, value)]
    return [_suspicion(view, question, value) for value in new]


def _is_open(view: RoundView, question: Question, value: str) -> bool:
    """Whether asking again would tell something: it was not done for this round, nor often of late."""
    before = questions.confirmations(view, question, value)
    lately = [one for one in before if one.asked_in and one.opened_at > view.now - WITHIN]
    if len(lately) >= MOST_ASKED or questions.confirmation(view, question, value):
        return False
    return not questions.is_old(view, question, value) or questions.recurrence(view, question, value) is None


def _suspicion(view: RoundView, question: Question, value: str) -> Suspicion:
    saying = [check for check in questions.now(view, question) if checks.says(check, [value])]
    triggers = tuple(_trigger(check) for check in saying)
    topics = tuple(dict.fromkeys(trigger.prompt.topic for trigger in triggers))
    return Suspicion(
        rule=question.rule,
        subject=question.subject,
        value=value,
        severity=question.severity,
        headline=question.headline(view, value, saying),
        topics=topics,
        triggers=triggers,
        siblings=_siblings(view, question, topics, {trigger.prompt for trigger in triggers}),
        quotes=quoting.quotes(saying, [value]),
    )


def _trigger(check: Check) -> Trigger:
    seen = check.observation
    return Trigger(answer_id=seen.answer_id, assistant_id=seen.assistant_id, prompt=seen.prompt)


def _siblings(
    view: RoundView, question: Question, topics: Sequence[str], besides: Iterable[Prompt]
) -> tuple[Prompt, ...]:
    """Return this round's other prompts of the topics, those first whose answers speak of the question most often."""
    known, spoke = set(besides), dict.fromkeys((one.prompt for one in view.observations), 0)
    for check in indexed.ever(view, question.look):
        if check.observation.prompt in spoke:
            spoke[check.observation.prompt] += 1
    able = [prompt for prompt, often in spoke.items() if often and prompt.topic in topics and not prompt.leading]
    return tuple(sorted((prompt for prompt in able if prompt not in known), key=lambda p: (-spoke[p], p.id)))


def settled(view: RoundView, question: Question, asked: Confirmation) -> Confirmation:
    """Return a confirmation with what its samples say, when all of them were asked."""
    found = indexed.confirming(view, question.look, {asked.asked_in})
    value = asked.suspicion.value
    rate, interval = checks.rated(found, [value], view.interval, apart=True)
    again = f"It was asked for again at once: {words.share_of(rate, interval, 'extra sample')} said it too"
    grounds = questions.recurrence(view, question, value)
    if rate.of < RECURS:
        state, why = ConfirmationState.UNASKED, _too_few(asked, len(found))
    elif checks.recurs(rate):
        state, why = ConfirmationState.CONFIRMED, f"{again}."
    elif grounds:
        state, why = ConfirmationState.CONFIRMED, grounds
    else:
        state, why = ConfirmationState.SLIP, f"{again}{', which may be chance' if rate.hits else ''}."
    return replace(asked, state=state, why=why, rate=rate, interval=interval, closed_at=view.now)


def dropped(asked: Confirmation, now: datetime) -> Confirmation:
    """Return the end of a confirmation whose question was withdrawn."""
    return replace(asked, state=ConfirmationState.UNASKED, why="It is no longer on the sheet.", closed_at=now)


def _too_few(asked: Confirmation, found: int) -> str:
    spoke = f"only {found}" if found else "none"
    return f"It was asked for again at once, but {spoke} of {words.plural(asked.planned, 'extra sample')} spoke of it."


def held(view: RoundView, asked: Iterable[Question]) -> list[Held]:
    """Return what this round says and nobody is told, with the reason."""
    return [one for question in asked for one in _held(view, question)]


def _held(view: RoundView, question: Question) -> list[Held]:
    said = checks.said(questions.now(view, question))
    told = questions.admitted(view, question) if said else {}
    return [_of(view, question, value) for value in said if value not in told]


def _of(view: RoundView, question: Question, value: str) -> Held:
    saying = [check for check in questions.now(view, question) if checks.says(check, [value])]
    reason, why = _reason(view, question, value)
    return Held(
        brand=view.round.brand,
        round_id=view.round.id,
        key=f"{question.key}:{value}",
        reason=reason,
        why=why,
        headline=question.headline(view, value, saying),
        quotes=quoting.quotes(saying, [value]),
        at=view.now,
    )


def _reason(view: RoundView, question: Question, value: str) -> tuple[HeldReason, str]:
    asked = questions.confirmation(view, question, value)
    if asked and asked.state is ConfirmationState.ASKED:
        samples = words.plural(asked.planned, "extra sample")
        return (
            HeldReason.CONFIRMING,
            f"It was seen for the first time: {samples} will show whether it is more than a slip.",
        )
    if asked:
        return HeldReason.SINGLE_SLIP, asked.why
    if value not in checks.said(questions.now(view, question), plainly=True):
        return HeldReason.SINGLE_SLIP, "It is only said with reservations."
    need = words.count(RECURS)
    return HeldReason.SINGLE_SLIP, f"Too few answers say it; {need} in this round and the last would be told."
