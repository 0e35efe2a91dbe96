"""What a person said is no finding: it makes no signal, and an alert that has nothing else is closed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from monitor.domain import wording
from monitor.domain.alerts import Alert, AlertState, Change, Held, HeldReason, NoticeReason
from monitor.domain.readings import Reading, Verdict
from monitor.domain.rounds import Observation
from monitor.domain.views import RoundView
from monitor.domain.wording import Wording

WHY = "A person reviewed it and dismissed all that was quoted; the same words do not alarm again."


def without(observations: Iterable[Observation], dismissed: frozenset[Wording]) -> tuple[Observation, ...]:
    """Return the observations with dismissed claims as unverified ones, and without dismissed statements.

    A dismissed claim is no check: it neither alarms nor shows that all is well.
    """
    if not dismissed:
        return tuple(observations)
    return tuple(_without(observation, dismissed) for observation in observations)


def _without(observation: Observation, dismissed: frozenset[Wording]) -> Observation:
    reading, text = observation.reading, observation.text
    if reading is None:
        return observation
    claims = tuple(
        replace(claim, verdict=Verdict.UNVERIFIED)
        if claim.verdict.wrong and wording.of_claim(text, claim) in dismissed
        else claim
        for claim in reading.claims
    )
    kept = tuple(each for each in reading.new_statements if wording.of_statement(text, each) not in dismissed)
    if claims == reading.claims and kept == reading.new_statements:
        return observation
    left: Reading = replace(reading, claims=claims, new_statements=kept)
    return replace(observation, reading=left)


def held(view: RoundView, observations: Iterable[Observation]) -> list[Held]:
    """Return what the round's answers say in words that a person dismissed."""
    found: dict[tuple[str, Wording], Observation] = {}
    for one in observations:
        for key, words in _findings(one):
            if words in view.dismissed:
                found.setdefault((key, words), one)
    return [_held(view, key, words, seen) for (key, words), seen in found.items()]


def _findings(seen: Observation) -> Iterator[tuple[str, Wording]]:
    """Give the findings of an answer with the keys of the alerts that they would make."""
    reading = seen.reading
    for claim in reading.claims if reading else ():
        if claim.verdict.wrong:
            rule = "wrong_fact" if claim.verdict is Verdict.CONTRADICTED else "outdated_fact"
            yield f"{rule}:{claim.fact}", wording.of_claim(seen.text, claim)
    for statement in reading.new_statements if reading else ():
        yield f"new_statement:{statement.topic}", wording.of_statement(seen.text, statement)


def _held(view: RoundView, key: str, words: Wording, seen: Observation) -> Held:
    return Held(
        brand=view.round.brand,
        round_id=view.round.id,
        key=f"{key}:{words.phrase}",
        reason=HeldReason.DISMISSED,
        why="A person said that these words are no finding.",
        headline=f"{seen.assistant_label or seen.assistant_id}: “{words.phrase}”",
        at=view.now,
    )


def is_dismissed(alert: Alert, dismissed: frozenset[Wording]) -> bool:
    """Whether nothing that an alert quotes is a finding any more; one without quotes never is."""
    quotes = alert.signal.quotes
    return bool(quotes) and all(quote.wordings and dismissed.issuperset(quote.wordings) for quote in quotes)


def closed(alert: Alert, now: datetime) -> Change:
    """Return what a dismissal does to an alert."""
    resolved = replace(alert, state=AlertState.RESOLVED, resolved_at=now, last_notice_at=now, why=WHY)
    return Change(reason=NoticeReason.RESOLVED, alert=resolved, why=WHY)
