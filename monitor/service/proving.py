"""What the evidence edition of a report shows: wrong sentences, with what proves when and by whom they were said."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from monitor import pipeline
from monitor.alerts import dismissals, marking
from monitor.alerts.words import truth
from monitor.domain import holding, wording
from monitor.domain.alerts import Quote
from monitor.domain.brand import Fact
from monitor.domain.documents import Asked, Edition, Exhibit
from monitor.domain.quoting import quote
from monitor.domain.readings import Claim, Verdict
from monitor.domain.rounds import Observation
from monitor.pipeline import House
from storage import answers, raw, readings, reviews
from storage.store import Transaction

MOST = 500  # exhibits of one report
_AT_ONCE = 100  # answers


def exhibits(house: House, asked: Asked) -> list[Exhibit]:
    """Return every wrong sentence of the period, oldest first, with times and hashes; none for other editions."""
    return list(_found(house, asked)) if asked.edition is Edition.EVIDENCE else []


def _found(house: House, asked: Asked) -> Iterator[Exhibit]:
    with house.store.snapshot() as tx:
        said = reviews.words(tx, house.settings.brand)
        for one, claim in islice(_said_wrongly(house, tx, asked), MOST):
            exchanges = raw.exchanges(tx, one.answer_id)
            fact = _held(house, one, claim)
            yield Exhibit(
                fact=(fact.about or fact.id) if fact else claim.fact,
                verdict=claim.verdict,
                quote=house.mask.all(marking.quote(_quoted(one, claim), said)),
                why=house.mask(claim.why),
                truth=(fact.says or truth(fact)) if fact else "",
                answer_id=one.answer_id,
                asked_at=one.asked_at,
                received_at=exchanges[-1].received_at if exchanges else None,
                request_id=raw.request_id(tx, one.answer_id),
                text_hash=hashlib.sha256(one.text.encode(errors="surrogatepass")).hexdigest(),
                exchange_hashes=tuple(hashlib.sha256(each.response).hexdigest() for each in exchanges),
            )


def _said_wrongly(house: House, tx: Transaction, asked: Asked) -> Iterator[tuple[Observation, Claim]]:
    """Yield the wrong claims of the period that nobody dismissed, oldest first.

    Only answers that hold one are read, some at a time.
    """
    brand = house.settings.brand
    dismissed = reviews.dismissed(tx, brand)
    verdicts = tuple(verdict for verdict in Verdict if verdict.wrong)
    ids = readings.with_verdict(tx, brand, verdicts, *house.bounds(asked.start, asked.end))
    while some := list(islice(ids, _AT_ONCE)):
        for one in dismissals.without(_observed(house, tx, some), dismissed):
            if _wanted(one, asked):
                yield from ((one, claim) for claim in _wrong(one))


def _observed(house: House, tx: Transaction, ids: list[str]) -> list[Observation]:
    brand, named = house.settings.brand, pipeline.naming(house.settings)
    return answers.observations(tx, brand, answer_ids=ids, label=named, zone=house.zone)


def _held(house: House, one: Observation, claim: Claim) -> Fact | None:
    """Return the fact as it held on the answer's day."""
    fact = house.settings.sheet.fact(claim.fact)
    return holding.on(fact, one.day) if fact else None


def _quoted(one: Observation, claim: Claim) -> Quote:
    return replace(quote(one, claim, claim.marks), wordings=(wording.of_claim(one.text, claim),))


def _wanted(one: Observation, asked: Asked) -> bool:
    return asked.assistant in {"", one.assistant_id} and asked.topic in {"", one.prompt.topic}


def _wrong(one: Observation) -> list[Claim]:
    return [claim for claim in one.reading.claims if claim.verdict.wrong] if one.reading else []
