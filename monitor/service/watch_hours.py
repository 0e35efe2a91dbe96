"""What the hours of a watch brought: every finding once, with what was known of it before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor import pipeline
from monitor.alerts.words import truth
from monitor.domain import wording
from monitor.domain.alerts import Alert, Quote
from monitor.domain.progress import Missed, Standing
from monitor.domain.quoting import quote
from monitor.domain.rounds import Observation
from monitor.domain.watches import Watch
from monitor.domain.wording import Wording
from monitor.pipeline import House
from reports import words
from storage import alerts, answers, progress, watches


@dataclass(frozen=True, kw_only=True)
class Said:
    """One finding of a watch."""

    what: str  # in words: "Wrong: founding year"
    quote: Quote
    truth: str  # the fact's sentence; empty: the sheet says nothing on it, or it is confidential
    new: bool  # no earlier hour of the watch had it, and no alert stood for it
    prompted: bool  # an answer to a leading prompt
    alert_id: str = ""  # of the alert that stood for it already
    since: datetime | None = None  # when that alert opened


@dataclass(frozen=True, kw_only=True)
class Hour:
    number: int  # from 1
    standing: Standing
    answers: tuple[Observation, ...]
    said: tuple[Said, ...]
    misses: tuple[Missed, ...] = ()  # why no answer came


def hours(house: House, watch: Watch) -> list[Hour]:
    """Return every hour that was asked, the first one first, with what was new in it."""
    seen: set[tuple[str, ...]] = set()
    found, label = [], pipeline.naming(house.settings)
    with house.store.snapshot() as tx:
        stood = alerts.alerts(tx, watch.brand, pipeline.BEGINNING, house.clock())
        for key, round_id in watches.round_ids(tx, watch).items():
            standing = progress.one(tx, watch.brand, round_id)
            asked = answers.observations(tx, watch.brand, round_id=round_id, label=label)
            known = frozenset(seen)
            if standing:
                said = tuple(_said(house, asked, known, seen, _standing(stood, standing.round.opened_at)))
                hour = Hour(
                    number=int(key.rpartition(":")[2]),
                    standing=standing,
                    answers=tuple(asked),
                    said=said,
                    misses=tuple(progress.misses(tx, round_id, label=label)),
                )
                found.append(house.mask.all(hour))
    return found


def _standing(known: Sequence[Alert], at: datetime) -> list[Alert]:
    """Return the alerts that stood at a time."""
    return [each for each in known if each.since <= at and (each.resolved_at is None or each.resolved_at > at)]


def _said(
    house: House,
    asked: Sequence[Observation],
    known: frozenset[tuple[str, ...]],
    seen: set[tuple[str, ...]],
    standing: Sequence[Alert],
) -> Iterator[Said]:
    """Yield the wrong claims and the new statements of an hour, each content once."""
    mine: set[tuple[str, ...]] = set()
    for one in asked:
        for finding in _findings(house, one):
            if finding.key not in mine:
                mine.add(finding.key)
                seen.add(finding.key)
                alert = next((each for each in standing if _covers(each, finding)), None)
                yield Said(
                    what=finding.what,
                    quote=finding.quote,
                    truth=finding.truth,
                    new=finding.key not in known and alert is None,
                    prompted=one.prompt.leading,
                    alert_id=alert.id if alert else "",
                    since=alert.since if alert else None,
                )


@dataclass(frozen=True, kw_only=True)
class _Finding:
    key: tuple[str, ...]  # what makes two findings the same
    what: str  # in words
    quote: Quote
    truth: str
    value: str  # of a claim, normalised; empty: a statement
    wording: Wording


def _covers(alert: Alert, finding: _Finding) -> bool:
    """Whether an alert says the same: the same value of the fact, or the same words on it."""
    signal, wanted = alert.signal, finding.wording
    put = {each for quote in signal.quotes for each in quote.wordings}
    same_value = bool(finding.value) and signal.subject == wanted.subject and finding.value in signal.values
    return same_value or wanted in put


def _findings(house: House, one: Observation) -> Iterator[_Finding]:
    if one.reading is None:
        return
    led = "prompted" if one.prompt.leading else ""
    for claim in one.reading.claims:
        if claim.verdict.wrong:
            fact = house.settings.sheet.fact(claim.fact)
            yield _Finding(
                key=(led, "fact", claim.fact, claim.value),
                what=f"{words.verdict(claim.verdict)}: {fact.about if fact else claim.fact}",
                quote=quote(one, claim, claim.marks),
                truth="" if fact is None or fact.confidential else fact.says or truth(fact),
                value=claim.value,
                wording=wording.of_claim(one.text, claim),
            )
    for statement in one.reading.new_statements:
        cut = quote(one, statement)
        gist = statement.gist or " ".join(cut.text.lower().split())
        yield _Finding(
            key=(led, "topic", statement.topic, gist),
            what=f"new statement: {statement.topic}",
            quote=cut,
            truth="",
            value="",
            wording=wording.of_statement(one.text, statement),
        )
