"""Second opinions: both verdicts on a finding, side by side."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy import Row as Found
from sqlmodel import Session

from monitor.domain.opinions import JudgeVerdict, Opinion, Question
from monitor.domain.readings import Span, Verdict
from monitor.domain.wording import Wording, WordingKind
from storage.rows import Row, chunks, put
from storage.tables import OpinionRow, table

_opinions = table(OpinionRow)

_ONE = ("brand", "question", "model")
_SAID = ("judging_id", "verdict", "quote_start", "quote_end", "why", "agreement", "cost", "asked_at")


def save(tx: Session, brand: str, opinions: Sequence[Opinion], *, judging_id: str | None = None) -> None:
    """Keep opinions; what the same judge said before on the same question is replaced."""
    for some in chunks(opinions):
        put(tx, OpinionRow, [_row(brand, one, judging_id) for one in some], key=_ONE, change=_SAID)


def known(tx: Session, brand: str, *, model: str) -> frozenset[str]:
    """Return the ids of the questions that this judge was asked."""
    found = select(_opinions.c.question).where(_opinions.c.brand == brand, _opinions.c.model == model)
    return frozenset(tx.connection().execute(found).scalars())


def of_answers(tx: Session, brand: str, answers: Collection[str]) -> list[Opinion]:
    """Return the opinions on findings in these answers, oldest first."""
    return [
        opinion
        for some in chunks(sorted(answers))
        for opinion in _where(tx, _opinions.c.brand == brand, _opinions.c.answer_id.in_(some))
    ]


def opinions(tx: Session, brand: str, start: datetime, end: datetime) -> list[Opinion]:
    """Return the opinions given from `start` on and before `end`, oldest first."""
    given = and_(_opinions.c.asked_at >= start, _opinions.c.asked_at < end)
    return _where(tx, _opinions.c.brand == brand, given)


def _where(tx: Session, *wanted: ColumnElement[bool]) -> list[Opinion]:
    found = select(_opinions).where(*wanted).order_by(_opinions.c.asked_at, _opinions.c.id)
    return [_opinion(row) for row in tx.connection().execute(found)]


def _row(brand: str, opinion: Opinion, judging_id: str | None) -> Row:
    question = opinion.question
    return {
        "brand": brand,
        "question": question.id,
        "answer_id": question.answer_id,
        "judging_id": judging_id,
        "kind": question.wording.kind,
        "subject": question.wording.subject,
        "phrase": question.wording.phrase,
        "start": question.span.start,
        "end": question.span.end,
        "found": question.found,
        "value": question.value,
        "found_why": question.why,
        "verdict": opinion.verdict,
        "quote_start": opinion.quote.start if opinion.quote else None,
        "quote_end": opinion.quote.end if opinion.quote else None,
        "why": opinion.why,
        "model": opinion.model,
        "agreement": opinion.agreement,
        "cost": opinion.cost,
        "asked_at": opinion.asked_at,
    }


def _opinion(row: Found[Any]) -> Opinion:
    question = Question(
        id=row.question,
        answer_id=row.answer_id,
        wording=Wording(kind=WordingKind(row.kind), subject=row.subject, phrase=row.phrase),
        span=Span(start=row.start, end=row.end),
        found=Verdict(row.found) if row.found else None,
        value=row.value,
        why=row.found_why,
    )
    return Opinion(
        question=question,
        verdict=JudgeVerdict(row.verdict),
        quote=None if row.quote_start is None else Span(start=row.quote_start, end=row.quote_end),
        why=row.why,
        model=row.model,
        cost=row.cost,
        asked_at=row.asked_at,
    )
