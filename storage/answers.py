"""Answers: those to be read, those to be measured, those that came from elsewhere."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlmodel import Session

from monitor.domain.answers import Answer, Finish
from monitor.domain.jobs import Share
from storage.importing import add_captured
from storage.observing import observations
from storage.probes import assistant_of, of_share
from storage.received import CITATIONS, SOURCES
from storage.tables import AnswerRow, AssistantRow, AttemptRow, ClaimRow, ProbeRow, PromptRow, ReadingRow, table

__all__ = ["add_captured", "answer", "count_unread", "newest", "observations", "speaking", "unread"]

_probes, _prompts, _assistants, _attempts, _answers, _readings, _claims = (
    table(row) for row in (ProbeRow, PromptRow, AssistantRow, AttemptRow, AnswerRow, ReadingRow, ClaimRow)
)


def unread(
    tx: Session,
    brand: str,
    *,
    analyzer: str,
    sheet: str,
    round_id: str | None = None,
    share: Share | None = None,
    limit: int | None = None,
) -> list[Answer]:
    """Return the answers that this version of the analyzer has not read against this version of the sheet.

    Oldest first; those of late writers, which no observation shows, are not among them. A `share` is of the round.
    """
    this = and_(_readings.c.answer_id == _answers.c.id, _readings.c.analyzer == analyzer, _readings.c.sheet == sheet)
    wanted = _query().where(_answers.c.brand == brand, _attempts.c.newest, ~select(1).where(this).exists())
    if round_id is not None:
        wanted = wanted.where(_probes.c.round_id == round_id, of_share(share))
    found = wanted.order_by(_attempts.c.asked_at, _answers.c.id).limit(limit)
    return [_answer(row) for row in tx.connection().execute(found)]


def newest(tx: Session, brand: str, since: datetime, most: int) -> tuple[list[Answer], int]:
    """Return the newest answers asked since a moment, the newest first, at most so many; and how many there are."""
    wanted = (_answers.c.brand == brand, _attempts.c.newest, _attempts.c.asked_at >= since)
    counted = select(func.count()).select_from(_answers.join(_attempts)).where(*wanted)
    found = _query().where(*wanted).order_by(_attempts.c.asked_at.desc(), _answers.c.id).limit(most)
    connection = tx.connection()
    return [_answer(row) for row in connection.execute(found)], int(connection.execute(counted).scalar_one())


def speaking(tx: Session, ids: Collection[str], facts: Collection[str]) -> set[str]:
    """Return those of some answers in whose newest reading something is said on one of the facts."""
    wanted = (_claims.c.answer_id.in_(ids), _claims.c.fact.in_(facts))
    return set(tx.connection().execute(select(_claims.c.answer_id).where(*wanted).distinct()).scalars())


def count_unread(tx: Session, brand: str, *, analyzer: str, sheets: Collection[str]) -> int:
    """Return how many answers have no newest reading by this version of the analyzer against one of these sheets."""
    mine = (_readings.c.newest, _readings.c.analyzer == analyzer, _readings.c.sheet.in_(sheets))
    this = and_(_readings.c.answer_id == _answers.c.id, *mine)
    wanted = (_answers.c.brand == brand, _attempts.c.newest, ~select(1).where(this).exists())
    found = select(func.count()).select_from(_answers.join(_attempts)).where(*wanted)
    return int(tx.connection().execute(found).scalar_one())


def answer(tx: Session, answer_id: str) -> Answer | None:
    row = tx.connection().execute(_query().where(_answers.c.id == answer_id)).first()
    return _answer(row) if row else None


def _query() -> Select[Any]:
    joined = _answers.join(_attempts).join(_probes).join(_prompts).join(_assistants)
    return select(
        _answers.c.id,
        _answers.c.text,
        _answers.c.lang,
        _answers.c.finish,
        _answers.c.sources,
        _answers.c.citations,
        _attempts.c.asked_at,
        _prompts.c.text.label("question"),
        _assistants.c.body.label("assistant"),
    ).select_from(joined)


def _answer(row: Row[Any]) -> Answer:
    locale = assistant_of(row.assistant).locale
    return Answer(
        id=row.id,
        text=row.text,
        question=row.question,
        lang=row.lang or locale.language,
        asked_at=row.asked_at,
        sources=SOURCES.value(row.sources),
        citations=CITATIONS.value(row.citations),
        finish=Finish(row.finish),
        locale_country=locale.country,
    )
