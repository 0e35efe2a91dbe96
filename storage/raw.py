"""The raw exchanges behind an answer, as they were received."""

import json

from sqlalchemy import select
from sqlmodel import Session

from monitor.domain.answers import Exchange
from storage.tables import AnswerRow, AttemptRow, ExchangeRow, table

_answers, _attempts, _exchanges = table(AnswerRow), table(AttemptRow), table(ExchangeRow)


def exchanges(tx: Session, answer_id: str) -> list[Exchange]:
    """Return what went over the wire for an answer, in order; none for captured ones."""
    joined = _exchanges.join(_answers, _answers.c.attempt_id == _exchanges.c.attempt_id)
    found = select(_exchanges).select_from(joined).where(_answers.c.id == answer_id).order_by(_exchanges.c.place)
    return [
        Exchange(
            request=row.request,
            response=row.response,
            status=row.status,
            url=row.url,
            headers=json.loads(row.headers),
            sent_at=row.sent_at,
            received_at=row.received_at,
        )
        for row in tx.connection().execute(found)
    ]


def content_hash(tx: Session, answer_id: str) -> str:
    """Return the hash of an answer's text, as it was when it came."""
    return tx.connection().execute(select(_answers.c.content_hash).where(_answers.c.id == answer_id)).scalar() or ""


def request_id(tx: Session, answer_id: str) -> str:
    """Return the vendor's own id of the request behind an answer."""
    joined = _attempts.join(_answers, _answers.c.attempt_id == _attempts.c.id)
    found = select(_attempts.c.request_id).select_from(joined).where(_answers.c.id == answer_id)
    return tx.connection().execute(found).scalar() or ""
