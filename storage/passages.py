"""The words of an answer that matter to whoever looks at a list: the claim, or the name, that brought it there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, literal, select
from sqlmodel import Session

from monitor.domain.readings import WORST_FIRST, Span, Verdict
from monitor.domain.search import Hit
from storage.excerpts import edges
from storage.tables import AnswerRow, ClaimRow, MentionRow, table

_answers, _claims, _mentions = (table(row) for row in (AnswerRow, ClaimRow, MentionRow))


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What somebody who follows a number wants to read; what is empty is not looked for."""

    claims: bool = False  # what is said of facts
    fact: str = ""  # of this one; empty: of any
    verdict: Verdict | None = None  # judged so; None: the worst
    entity: str = ""  # whoever is named, where no claim is looked for


def with_passages(tx: Session, hits: Sequence[Hit], sought: Sought) -> list[Hit]:
    """Return the hits with what stands around the worst claim, or the first naming, marked; others as they are."""
    ids = [hit.answer_id for hit in hits if hit.answer_id and not hit.found]
    if not ids or not (sought.claims or sought.entity):
        return list(hits)
    places = _of_claims(tx, ids, sought) if sought.claims else _of_names(tx, ids, sought.entity)
    found = tx.connection().execute(select(_answers.c.id, _answers.c.text).where(_answers.c.id.in_(list(places))))
    texts = {row.id: row.text for row in found}
    return [
        _marked(hit, texts[hit.answer_id], places[hit.answer_id]) if hit.answer_id in texts else hit for hit in hits
    ]


_Places = Mapping[str, Row[Any]]


def _of_claims(tx: Session, ids: Sequence[str], sought: Sought) -> _Places:
    wanted: list[ColumnElement[bool]] = [_claims.c.answer_id.in_(ids)]
    if sought.fact:
        wanted.append(_claims.c.fact == sought.fact)
    if sought.verdict:
        wanted.append(_claims.c.verdict == sought.verdict)
    columns = (_claims.c.answer_id, _claims.c.start, _claims.c.end, _claims.c.verdict)
    found = select(*columns).where(*wanted).order_by(_claims.c.answer_id, _claims.c.place)
    rows: list[Row[Any]] = list(tx.connection().execute(found))
    return _first_of_each(sorted(rows, key=lambda row: WORST_FIRST.index(Verdict(row.verdict))))


def _of_names(tx: Session, ids: Sequence[str], entity: str) -> _Places:
    columns = (_mentions.c.answer_id, _mentions.c.start, _mentions.c.end, literal("").label("verdict"))
    wanted = select(*columns).where(_mentions.c.answer_id.in_(ids), _mentions.c.entity == entity)
    return _first_of_each(list(tx.connection().execute(wanted.order_by(_mentions.c.answer_id, _mentions.c.place))))


def _first_of_each(rows: Sequence[Row[Any]]) -> _Places:
    return {row.answer_id: row for row in reversed(rows)}


def _marked(hit: Hit, text: str, place: Row[Any]) -> Hit:
    start, end = edges(text, place.start, place.end)
    marks = (Span(start=place.start - start, end=place.end - start),)
    verdict = Verdict(place.verdict) if place.verdict else None
    return replace(hit, found=text[start:end], marks=marks, found_verdict=verdict)
