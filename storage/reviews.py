"""What persons said about findings; what they dismissed does not alarm again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy import Row as Found
from sqlmodel import Session

from monitor.domain.reviews import Decision, Review
from monitor.domain.wording import Wording, WordingKind
from storage.rows import Row, put
from storage.tables import ReviewRow, table

_reviews = table(ReviewRow)

_SAID = ("decision", "quote", "answer_id", "alert_id", "reviewed_at", "reviewed_by")
_SPOKEN = (Decision.CONFIRMED, Decision.DISMISSED)


def save(tx: Session, reviews: Sequence[Review]) -> None:
    """Keep reviews; a later word on the same wording takes the place of the earlier one."""
    put(tx, ReviewRow, [_row(review) for review in reviews], key=("brand", "id"), change=_SAID)


def dismissed(tx: Session, brand: str) -> frozenset[Wording]:
    """Return the wordings that a person said are no finding."""
    found = select(_reviews).where(_reviews.c.brand == brand, _reviews.c.decision == Decision.DISMISSED)
    return frozenset(_wording(row) for row in tx.connection().execute(found))


def decided(tx: Session, brand: str) -> dict[Wording, Decision]:
    """Return every wording that somebody reviewed, with the last word on it; what was taken back is none."""
    return {wording: review.decision for wording, review in words(tx, brand).items()}


def words(tx: Session, brand: str) -> dict[Wording, Review]:
    """Return the reviews that stand, by the wording that they speak of."""
    found = _where(tx, _reviews.c.brand == brand, _reviews.c.decision.in_(_SPOKEN))
    return {review.wording: review for review in found}


def newest(tx: Session, brand: str, *, limit: int) -> list[Review]:
    """Return the last words on findings, the newest first; those that were taken back too."""
    mine = select(_reviews).where(_reviews.c.brand == brand)
    found = mine.order_by(_reviews.c.reviewed_at.desc(), _reviews.c.id).limit(limit)
    return [_review(row) for row in tx.connection().execute(found)]


def reviews(tx: Session, brand: str, start: datetime, end: datetime) -> list[Review]:
    """Return the reviews that stand, made from `start` on and before `end`, oldest first."""
    made = and_(_reviews.c.reviewed_at >= start, _reviews.c.reviewed_at < end)
    return _where(tx, _reviews.c.brand == brand, _reviews.c.decision.in_(_SPOKEN), made)


def find(tx: Session, brand: str, wording_id: str) -> Review | None:
    """Return the review of a wording."""
    return next(iter(_where(tx, _reviews.c.brand == brand, _reviews.c.id == wording_id)), None)


def _where(tx: Session, *wanted: ColumnElement[bool]) -> list[Review]:
    found = select(_reviews).where(*wanted).order_by(_reviews.c.reviewed_at, _reviews.c.id)
    return [_review(row) for row in tx.connection().execute(found)]


def _row(review: Review) -> Row:
    return {
        "brand": review.brand,
        "id": review.id,
        "kind": review.wording.kind,
        "subject": review.wording.subject,
        "phrase": review.wording.phrase,
        "decision": review.decision,
        "quote": review.quote,
        "answer_id": review.answer_id,
        "alert_id": review.alert_id,
        "reviewed_at": review.reviewed_at,
        "reviewed_by": review.by,
    }


def _wording(row: Found[Any]) -> Wording:
    return Wording(kind=WordingKind(row.kind), subject=row.subject, phrase=row.phrase)


def _review(row: Found[Any]) -> Review:
    return Review(
        id=row.id,
        brand=row.brand,
        wording=_wording(row),
        decision=Decision(row.decision),
        quote=row.quote,
        answer_id=row.answer_id,
        alert_id=row.alert_id,
        reviewed_at=row.reviewed_at,
        by=row.reviewed_by,
    )
