"""One answer as a page shows it: every span that was read, the raw exchange, what it cost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from monitor import pipeline
from monitor.domain import wording
from monitor.domain.answers import Answer, Exchange
from monitor.domain.readings import Claim, NewStatement, Reading, Span, Verdict
from monitor.domain.reviews import Decision, Review
from monitor.domain.search import Hit
from monitor.domain.wording import Wording
from monitor.pipeline import House
from reports.called import verdict
from storage import answers, raw, readings, reviews, search

Place = tuple[str, int, int]  # fact or topic, start and end


@dataclass(frozen=True, kw_only=True)
class Mark(Span):
    """Something that was read at a place of the text."""

    kind: str  # mention, citation, claim, statement
    label: str  # what a person is told of it
    verdict: Verdict | None = None


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of the text with all that was read there."""

    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def worst(self) -> Verdict | None:
        order = (Verdict.CONTRADICTED, Verdict.OUTDATED, Verdict.SUPPORTED, Verdict.UNVERIFIED)
        said = {mark.verdict for mark in self.marks}
        return next((verdict for verdict in order if verdict in said), None)


@dataclass(frozen=True, kw_only=True)
class Shown:
    answer: Answer
    hit: Hit
    reading: Reading | None
    pieces: tuple[Piece, ...]
    exchanges: tuple[Exchange, ...]
    content_hash: str
    reviewed: Mapping[Place, Review]  # what persons said of claims and new statements


def show(house: House, answer_id: str) -> Shown | None:
    """Return the answer with its newest reading; None where the brand has no such answer."""
    with house.store.snapshot() as tx:
        answer = answers.answer(tx, answer_id)
        hit = search.of_answer(tx, house.settings.brand, answer_id, label=pipeline.naming(house.settings))
        if answer is None or hit is None:
            return None
        known, exchanges = readings.versions(tx, answer_id), raw.exchanges(tx, answer_id)
        content_hash = raw.content_hash(tx, answer_id)
        said = reviews.words(tx, house.settings.brand)
    reviewed = _reviewed(answer.text, known[-1], said) if known else {}
    reading = house.mask.all(known[-1]) if known else None
    answer = house.mask.all(answer)
    return Shown(
        answer=answer,
        hit=house.mask.all(hit),
        reading=reading,
        pieces=tuple(cut(answer.text, marks(_checked(reading, reviewed), _titles(house)) if reading else ())),
        exchanges=tuple(_unseen(each) for each in exchanges) if house.settings.mask.on else tuple(exchanges),
        content_hash=content_hash,
        reviewed=house.mask.all(reviewed),
    )


def _reviewed(text: str, reading: Reading, said: Mapping[Wording, Review]) -> dict[Place, Review]:
    read: list[Claim | NewStatement] = [*reading.claims, *reading.new_statements]
    found = ((each, wording.of(text, each)) for each in read)
    return {(words.subject, each.start, each.end): said[words] for each, words in found if words in said}


def _unseen(exchange: Exchange) -> Exchange:
    """Return an exchange without its answer: what is escaped in it cannot be masked for certain."""
    return replace(exchange, response=b"Not shown: personal data are masked (`mask: true`). The store keeps it whole.")


def _checked(reading: Reading, reviewed: Mapping[Place, Review]) -> Reading:
    """Return the reading with dismissed claims as unverified ones: they are not shown as wrong."""
    gone = {place for place, review in reviewed.items() if review.decision is Decision.DISMISSED}
    claims = (
        replace(claim, verdict=Verdict.UNVERIFIED) if (claim.fact, claim.start, claim.end) in gone else claim
        for claim in reading.claims
    )
    return replace(reading, claims=tuple(claims))


def _titles(house: House) -> dict[str, str]:
    return {fact.id: fact.about or fact.id for fact in house.settings.sheet.facts}


def marks(reading: Reading, titles: Mapping[str, str]) -> tuple[Mark, ...]:
    """Return everything in a reading that has a place in the text; `titles` are what facts are called, by id."""
    return tuple(sorted([*_claims(reading, titles), *_others(reading)]))


def _claims(reading: Reading, titles: Mapping[str, str]) -> Iterator[Mark]:
    for claim in reading.claims:
        label = f"{titles.get(claim.fact, claim.fact)}: {verdict(claim.verdict)}. {claim.why}".strip()
        yield Mark(start=claim.start, end=claim.end, kind="claim", label=label, verdict=claim.verdict)


def _others(reading: Reading) -> Iterator[Mark]:
    for mention in reading.mentions:
        yield Mark(start=mention.start, end=mention.end, kind="mention", label=mention.entity)
    for citation in reading.citations:
        if citation.start is not None and citation.end is not None:
            yield Mark(start=citation.start, end=citation.end, kind="citation", label=f"cites {citation.url}")
    for said in reading.new_statements:
        yield Mark(start=said.start, end=said.end, kind="statement", label=f"not on the sheet: {said.topic}")


def cut(text: str, found: Sequence[Mark]) -> Iterator[Piece]:
    """Yield the text in pieces that join to it, each with the marks that cover it."""
    edges = sorted({0, len(text), *(edge for mark in found for edge in (mark.start, mark.end) if edge <= len(text))})
    for start, end in pairwise(edges):
        over = tuple(mark for mark in found if mark.start <= start and mark.end >= end)
        yield Piece(text=text[start:end], marks=over)
