"""portray: everything a report says about a stretch of days."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from monitor.alerts import dismissals, marking, undelivered
from monitor.domain.bursts import burst
from monitor.domain.digests import Digest
from monitor.domain.measures import Series
from monitor.domain.portrait import Portrait
from monitor.domain.rounds import Observation
from monitor.domain.wording import Wording, WordingKind
from monitor.drift import columns, digested, why
from monitor.drift.reviewed import looked_at, reviewed
from monitor.pipeline import beside, catching_up, changes, digesting
from monitor.pipeline.house import House, naming
from storage import answers, opinions, outbox, reviews, rounds
from storage.store import Transaction

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


@burst()
def portray(house: House, start: date, end: date, *, rounds_due: int, assistant: str = "", topic: str = "") -> Portrait:
    """Everything a report says about the days from `start` to `end`, both included, as the brand counts them.

    With `assistant` or `topic`, everything about answers is of those alone, and so are alerts and what was not told.
    Alerts, changes and the sheet's values are those of the last day: what came later is not known yet.
    """
    brand = house.settings.brand
    first, last = house.bounds(start, end)
    catching_up.catch_up(house)
    changes.look_back(house, end)
    with house.store.snapshot() as tx:
        known = changes.known(house, tx, end)
        stuck = outbox.undelivered(tx, brand, since=first)
        found = beside.found(house, tx, first, last, assistant=assistant, topic=topic)
        said, lately = reviews.words(tx, brand), reviews.reviews(tx, brand, first, last)
        dismissed = reviews.dismissed(tx, brand)
        judged = opinions.opinions(tx, brand, first, last)
        digests = digesting.loaded(house, tx, start, end, narrow=bool(assistant or topic))
        made = digested.portrait(
            (_unsaid(_only(each, assistant, topic), dismissed) for each in digests),
            house.settings,
            start=start,
            end=end,
            beside=digested.Beside(
                rounds=rounds.rounds(tx, brand, first, last),
                rounds_due=rounds_due,
                shifts=[each for each in known.shifts if _is_of(each.series, assistant, topic)],
                alerts=found.alerts,
            ),
            fetch=lambda ids: _quoted(house, tx, ids),
        )
    labels = {panel.assistant_id: panel.label for panel in made.panels}
    made = marking.portrait(made, said)
    # Those of this period: made in it, or about something that it quotes.
    others = reviewed({review.id: review for review in (*lately, *marking.reviews(made))}.values(), judged)
    post = undelivered.sentences(stuck, house.clock(), house.zone)
    notes = (*made.notes, looked_at(others), *(why.sentence(each, labels) for each in known.building), *post)
    facts = tuple(beside.as_held(each, start) for each in made.facts)
    return replace(made, facts=facts, held=tuple(found.held), reviewed=others, notes=notes)


def _only(digest: Digest, assistant: str, topic: str) -> Digest:
    if not assistant and not topic:
        return digest
    parts = [p for p in digest.topics if assistant in {"", p.assistant_id} and topic in {"", p.topic}]
    mine = (each for each in digest.columns if assistant in {"", each.assistant_id})
    return replace(
        digest,
        parts=tuple(parts),
        quotable=tuple(claim for part in parts for claim in part.quotable),
        columns=tuple(columns.of_topic(each, topic) if topic else each for each in mine),
    )


def _unsaid(digest: Digest, dismissed: frozenset[Wording]) -> Digest:
    """Return the digest without the new statements that a person dismissed."""
    gone = {(one.subject, one.phrase) for one in dismissed if one.kind is WordingKind.TOPIC}
    if not gone:
        return digest
    parts = (
        replace(part, statements=tuple(at for at in part.statements if (at.topic, at.gist) not in gone))
        for part in digest.parts
    )
    return replace(digest, parts=tuple(parts))


def _quoted(house: House, tx: Transaction, answer_ids: Collection[str]) -> Mapping[str, Observation]:
    named = naming(house.settings)
    seen = answers.observations(tx, house.settings.brand, answer_ids=list(answer_ids), label=named, zone=house.zone)
    checked = dismissals.without(seen, reviews.dismissed(tx, house.settings.brand))
    return {one.answer_id: one for one in checked}


def _is_of(series: Series, assistant: str, topic: str) -> bool:
    return assistant in {"", series.assistant_id} and topic in {"", series.topic}
