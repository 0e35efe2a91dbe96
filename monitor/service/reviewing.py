"""Review: a person goes through the open findings and says which of them are right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from monitor import pipeline
from monitor.alerts import checked
from monitor.domain import wording
from monitor.domain.alerts import Alert, Change, NoticeReason, Quote
from monitor.domain.errors import Mistake
from monitor.domain.reviews import Decision, Review
from monitor.domain.wording import Wording, WordingKind
from monitor.pipeline import House
from monitor.service.beside import Beside, at_once
from storage import alerts, answers, opinions, readings, reviews


@dataclass(frozen=True, kw_only=True)
class OpenFinding:
    """Words that an open alert quotes and nobody has reviewed."""

    id: str  # what a person types to confirm or dismiss it
    alert: Alert
    wording: Wording
    quote: Quote  # the newest
    answers: int  # quoted ones that put it so
    said: str  # what it is about, in short: the alert's headline
    truth: str  # the sheet's side
    why: str  # the analyzer's reason
    checked: str  # what a second opinion says; empty: there is none


@dataclass(frozen=True, kw_only=True)
class Done:
    reviews: tuple[Review, ...]
    closed: tuple[Change, ...]  # alerts that have nothing left
    opened: tuple[Change, ...] = ()  # alerts that stand again: the dismissal that closed them was taken back


def open_findings(house: House) -> list[OpenFinding]:
    """Return what waits for a person's word, the oldest alert first."""
    brand = house.settings.brand
    with house.store.snapshot() as tx:
        decided = reviews.decided(tx, brand)
        standing = alerts.open_alerts(tx, brand)
    groups = [(alert, one, quotes) for alert in standing for one, quotes in _quoted(alert).items()]
    return [_finding(house, alert, one, quotes) for alert, one, quotes in groups if one not in decided]


def _quoted(alert: Alert) -> dict[Wording, list[Quote]]:
    found: dict[Wording, list[Quote]] = {}
    for quote in alert.signal.quotes:
        for one in quote.wordings:
            found.setdefault(one, []).append(quote)
    return found


def _finding(house: House, alert: Alert, one: Wording, quotes: Sequence[Quote]) -> OpenFinding:
    brand, signal = house.settings.brand, alert.signal
    with house.store.snapshot() as tx:
        said = opinions.of_answers(tx, brand, {quote.answer_id for quote in quotes})
    # What was said of these words alone, not of all that the alert quotes.
    of_these = replace(alert, signal=replace(signal, quotes=tuple(quotes)))
    seen = checked.told(Change(reason=NoticeReason.OPENED, alert=of_these), said, {}).alert.signal.checked
    return OpenFinding(
        id=one.id(brand),
        alert=alert,
        wording=one,
        quote=quotes[0],
        answers=len({quote.answer_id for quote in quotes}),
        said=signal.headline,
        truth=signal.truth,
        why=_why(house, one, quotes[0]),
        checked=seen,
    )


def _why(house: House, one: Wording, quote: Quote) -> str:
    """Return the newest reading's reason for a claim; new statements have none."""
    if one.kind is WordingKind.TOPIC:
        return "It is on a watched topic and not on the sheet."
    with house.store.snapshot() as tx:
        answer, versions = answers.answer(tx, quote.answer_id), readings.versions(tx, quote.answer_id)
    if answer is None or not versions:
        return ""
    claims = (claim for claim in versions[-1].claims if claim.fact == one.subject)
    return next((claim.why for claim in claims if wording.of_claim(answer.text, claim) == one), "")


def decide(
    house: House,
    *,
    confirm: Iterable[str] = (),
    dismiss: Iterable[str] = (),
    undo: Iterable[str] = (),
    by: str = "",
    beside: Beside = at_once,
) -> Done:
    """Write a person's word on findings; an alert that has nothing else is closed at once.

    A later word takes the place of an earlier one; `undo` takes it back, which opens again what it closed. `beside`
    runs what measures the rounds again that a dismissal changes. Raises Mistake, with nothing written, for an id that
    is none.
    """
    said = {
        **dict.fromkeys(confirm, Decision.CONFIRMED),
        **dict.fromkeys(dismiss, Decision.DISMISSED),
        **dict.fromkeys(undo, Decision.WITHDRAWN),
    }
    known = {finding.id: finding for finding in open_findings(house)}
    with house.store.snapshot() as tx:
        before = reviews.dismissed(tx, house.settings.brand)
    found = tuple(_review(house, known.get(name), name, decision, by) for name, decision in said.items())
    with house.store.transaction() as tx:
        reviews.save(tx, found)
        moved = before ^ reviews.dismissed(tx, house.settings.brand)
    changes = Done(reviews=found, closed=tuple(pipeline.withdraw(house)), opened=tuple(pipeline.restore(house)))
    if moved:
        beside(lambda: _recount(house, moved))
    return changes


def _recount(house: House, moved: frozenset[Wording]) -> None:
    pipeline.recount(house, moved)


def decisions(house: House, *, limit: int = 100) -> list[Review]:
    """Return what persons said of findings, the newest first."""
    with house.store.snapshot() as tx:
        return house.mask.all(reviews.newest(tx, house.settings.brand, limit=limit))


def _review(house: House, finding: OpenFinding | None, name: str, decision: Decision, by: str) -> Review:
    brand, now = house.settings.brand, house.clock()
    if finding is not None and decision is not Decision.WITHDRAWN:
        return Review(
            id=name,
            brand=brand,
            wording=finding.wording,
            decision=decision,
            quote=finding.quote.text,
            answer_id=finding.quote.answer_id,
            alert_id=finding.alert.id,
            reviewed_at=now,
            by=by,
        )
    with house.store.snapshot() as tx:
        before = reviews.find(tx, brand, name)
    if before is None or (decision is before.decision is Decision.WITHDRAWN):
        raise Mistake(f"{name}: no finding of {brand} has this id; `likeness review` lists those that are open.")
    return replace(before, decision=decision, reviewed_at=now, by=by)
