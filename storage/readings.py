"""Readings, by version: the newest counts, older ones stay beside it."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Delete, bindparam, delete, select, update
from sqlmodel import Session, SQLModel

from monitor.domain.readings import Reading, Verdict
from storage import look_backs
from storage.observing import READING
from storage.prepared import Prepared, in_one_go
from storage.rows import Row, add, chunks, put
from storage.tables import AnswerRow, AttemptRow, CitationRow, ClaimRow, MentionRow, ProbeRow, ReadingRow, table

_readings, _claimed = table(ReadingRow), table(ClaimRow)
_attempts, _answers, _probes = table(AttemptRow), table(AnswerRow), table(ProbeRow)
_AT_ONCE = 500


def save(tx: Session, readings: Sequence[Reading], now: datetime) -> None:
    """Keep readings as the newest of their answers; one by the same analyzer and sheet is replaced."""
    for some in chunks(readings):
        again = [reading.answer_id for reading in some if _READ.run(tx, {"answer": reading.answer_id}).fetchone()]
        if again:
            _make_room(tx, again)
        rows = [_row(reading, now) for reading in some]
        with in_one_go(tx):
            put(tx, ReadingRow, rows, key=_VERSION, change=("newest", "outcome", "body", "made_at"))
            add(tx, MentionRow, [row for reading in some for row in _mentions(reading)])
            add(tx, CitationRow, [row for reading in some for row in _citations(reading)])
            add(tx, ClaimRow, [row for reading in some for row in _claims(reading)])


def _make_room(tx: Session, answers: Sequence[str]) -> None:
    """Take the findings of earlier readings out of the newest's place; what they found stands in their bodies."""
    tx.connection().execute(_OLDER, {"answers": answers})
    look_backs.forget(tx, answers)
    for kind in (MentionRow, CitationRow, ClaimRow):
        tx.connection().execute(_gone(kind), {"answers": answers})


_READ = Prepared(lambda _: select(_readings.c.id).where(_readings.c.answer_id == bindparam("answer")).limit(1))
_OLDER = (
    update(_readings)
    .where(_readings.c.answer_id.in_(bindparam("answers", expanding=True)), _readings.c.newest)
    .values(newest=False)
)
_VERSION = ("answer_id", "analyzer", "sheet")


def versions(tx: Session, answer_id: str) -> list[Reading]:
    """Return every reading of one answer, the newest last."""
    found = select(_readings.c.body).where(_readings.c.answer_id == answer_id)
    oldest_first = found.order_by(_readings.c.newest, _readings.c.made_at, _readings.c.id)
    return [READING.value(body) for body in tx.connection().execute(oldest_first).scalars()]


def with_verdict(
    tx: Session, brand: str, verdicts: Collection[Verdict], start: datetime, end: datetime
) -> Iterator[str]:
    """Yield the ids of the answers asked from `start` and before `end` with such a verdict on a claim, oldest first."""
    wrong = select(1).where(_claimed.c.answer_id == _answers.c.id, _claimed.c.verdict.in_(verdicts))
    asked = (_attempts.c.brand == brand, _attempts.c.asked_at >= start, _attempts.c.asked_at < end)
    found = (
        select(_answers.c.id)
        .select_from(_attempts.join(_answers).join(_probes))
        .where(*asked, _attempts.c.newest, wrong.exists())
        .order_by(_attempts.c.asked_at, _probes.c.place, _probes.c.id)
    )
    yield from tx.connection().execute(found.execution_options(yield_per=_AT_ONCE)).scalars()


@cache
def _gone(kind: type[SQLModel]) -> Delete:
    target = table(kind)
    return delete(target).where(target.c.answer_id.in_(bindparam("answers", expanding=True)))


def _row(reading: Reading, now: datetime) -> Row:
    return {
        "answer_id": reading.answer_id,
        "analyzer": reading.analyzer,
        "sheet": reading.sheet,
        "newest": True,
        "outcome": reading.outcome,
        "body": READING.text(reading),
        "made_at": now,
    }


def _mentions(reading: Reading) -> list[Row]:
    return [
        {"answer_id": reading.answer_id, "place": place, "entity": m.entity, "start": m.start, "end": m.end}
        for place, m in enumerate(reading.mentions)
    ]


def _citations(reading: Reading) -> list[Row]:
    return [
        {
            "answer_id": reading.answer_id,
            "place": place,
            "url": citation.url,
            "domain": citation.domain,
            "owner": citation.owner,
            "entity": citation.entity,
            "title": citation.title,
            "start": citation.start,
            "end": citation.end,
        }
        for place, citation in enumerate(reading.citations)
    ]


def _claims(reading: Reading) -> list[Row]:
    return [
        {
            "answer_id": reading.answer_id,
            "place": place,
            "fact": claim.fact,
            "verdict": claim.verdict,
            "value": claim.value,
            "hedged": claim.hedged,
            "why": claim.why,
            "start": claim.start,
            "end": claim.end,
        }
        for place, claim in enumerate(reading.claims)
    ]
