"""Forgetting: what was received and has been kept long enough is taken out, a few rows at a time.

Tallies, alerts with their quotes, reviews, and what was asked when at what cost stay. Nothing is taken from a round
that is open or was not summed up, and nothing that an open alert points to.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, tuple_, update
from sqlmodel import Session, SQLModel

from monitor.domain.alerts import AlertState
from monitor.domain.answers import Surface
from monitor.domain.keeping import Forgotten, Kept
from monitor.domain.rounds import AttemptState, RoundKind, RoundState
from storage import look_backs
from storage.rows import add
from storage.tables import (
    AlertRow,
    AnswerRow,
    AssistantRow,
    AttemptRow,
    ExchangeRow,
    ForgottenRow,
    JudgingRow,
    ProbeRow,
    ReadingRow,
    RoundRow,
    TallyRow,
    table,
)

_alerts, _rounds, _probes, _assistants = (table(row) for row in (AlertRow, RoundRow, ProbeRow, AssistantRow))
_attempts, _answers, _exchanges = table(AttemptRow), table(AnswerRow), table(ExchangeRow)
_readings, _tallies, _judgings, _forgotten = (table(row) for row in (ReadingRow, TallyRow, JudgingRow, ForgottenRow))
_UNSUMMED = tuple(kind for kind in RoundKind if not kind.in_series)
# All that hangs on an answer, whoever adds to it.
_HANGING = tuple(
    (hanging, key.parent)
    for hanging in reversed(SQLModel.metadata.sorted_tables)
    for key in hanging.foreign_keys
    if key.column.table is _answers
)
_ANSWER_ID = re.compile(r'"answer_id":\s*"([^"]+)"')


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something whose time is over."""

    asked_at: datetime
    attempt_id: str
    answer_id: str  # empty: an exchange without an answer


def spared(tx: Session, brand: str) -> frozenset[str]:
    """Return the ids of the answers that open alerts point to."""
    standing = (_alerts.c.brand == brand, _alerts.c.state == AlertState.OPEN)
    found = tx.connection().execute(select(_alerts.c.signal, _alerts.c.life).where(*standing))
    return frozenset(answer for row in found for text in row for answer in _ANSWER_ID.findall(text))


def unsettled(tx: Session, brand: str, surface: Surface, before: datetime) -> list[str]:
    """Return the closed rounds with answers that are due and were not read, or not summed up."""
    unread = ~select(1).where(_readings.c.answer_id == _answers.c.id).exists()
    unsummed = and_(_rounds.c.kind.not_in(_UNSUMMED), ~_summed())
    wanted = _of(brand, surface, before)
    found = select(_rounds.c.id).select_from(_joined().join(_answers)).where(*wanted, or_(unread, unsummed)).distinct()
    return sorted(tx.connection().execute(found).scalars())


def due(
    tx: Session,
    brand: str,
    what: Kept,
    surface: Surface,
    before: datetime,
    *,
    after: Due | None = None,
    limit: int,
    settled: Collection[str] = (),
) -> list[Due]:
    """Return up to `limit` of what was asked before that moment, oldest first, from behind `after` on.

    `settled` are rounds that were read and summed up, and in which there was nothing to sum.
    """
    wanted = [*_of(brand, surface, before), *_kept(what, settled)]
    if after is not None:
        wanted.append(tuple_(_attempts.c.asked_at, _attempts.c.id) > (after.asked_at, after.attempt_id))
    found: Select[Any] = (
        select(_attempts.c.asked_at, _attempts.c.id, _answers.c.id.label("answer"))
        .select_from(_joined().outerjoin(_answers))
        .where(*wanted)
        .order_by(_attempts.c.asked_at, _attempts.c.id)
        .limit(limit)
    )
    rows = tx.connection().execute(found)
    return [Due(asked_at=row.asked_at, attempt_id=row.id, answer_id=row.answer or "") for row in rows]


def _joined() -> Any:
    return _attempts.join(_probes).join(_rounds).join(_assistants)


def _of(brand: str, surface: Surface, before: datetime) -> list[ColumnElement[bool]]:
    return [
        _attempts.c.brand == brand,
        _attempts.c.asked_at < before,
        _assistants.c.surface == surface,
        _rounds.c.state != RoundState.OPEN,
    ]


def _summed() -> ColumnElement[bool]:
    return select(1).where(_tallies.c.brand == _rounds.c.brand, _tallies.c.round_id == _rounds.c.id).exists()


def _kept(what: Kept, settled: Collection[str]) -> list[ColumnElement[bool]]:
    if what is Kept.EXCHANGES:
        return [select(1).where(_exchanges.c.attempt_id == _attempts.c.id).exists()]
    if what is Kept.READINGS:
        older = and_(_readings.c.answer_id == _answers.c.id, _readings.c.newest.is_(False))
        return [select(1).where(older).exists()]
    summed = or_(_rounds.c.kind.in_(_UNSUMMED), _rounds.c.id.in_(list(settled)), _summed())
    return [_answers.c.id.is_not(None), summed]


def forget(tx: Session, what: Kept, found: Sequence[Due]) -> int:
    """Take it out for good; returns how many there were."""
    connection = tx.connection()
    if connection.dialect.name == "sqlite":  # freed pages are overwritten, not only given free
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    attempts = [each.attempt_id for each in found]
    answers = [each.answer_id for each in found if each.answer_id]
    if what is Kept.READINGS:
        connection.execute(delete(_readings).where(_readings.c.answer_id.in_(answers), _readings.c.newest.is_(False)))
        return len(answers)
    connection.execute(delete(_exchanges).where(_exchanges.c.attempt_id.in_(attempts)))
    if what is Kept.ANSWERS:
        look_backs.forget(tx, answers)
        for hanging, column in _HANGING:
            connection.execute(delete(hanging).where(column.in_(answers)))
        connection.execute(delete(_answers).where(_answers.c.id.in_(answers)))
    return len(found)


def forget_judgings(tx: Session, brand: str, before: datetime) -> int:
    """Empty the exchanges with judges from before that moment; what they said of findings stays with these."""
    old = and_(_judgings.c.brand == brand, _judgings.c.asked_at < before, _judgings.c.request != "")
    count = tx.connection().execute(select(func.count()).select_from(_judgings).where(old)).scalar_one()
    if count:
        tx.connection().execute(update(_judgings).where(old).values(request="", response=b""))
    return int(count)


def is_forgotten(tx: Session, round_id: str) -> bool:
    """Whether answers of the round are gone: it cannot be summed up again."""
    # Led by the round: an index of states, which the bare column would offer, goes through all that was ever asked.
    came = _attempts.c.state.concat("").in_((AttemptState.ANSWERED, AttemptState.REFUSED))
    found = (
        select(1)
        .select_from(_probes.join(_attempts).outerjoin(_answers))
        .where(_probes.c.round_id == round_id, came, _answers.c.id.is_(None))
        .limit(1)
    )
    return tx.connection().execute(found).first() is not None


def note(tx: Session, brand: str, forgotten: Forgotten) -> None:
    """Write down what was forgotten."""
    row = {
        "brand": brand,
        "what": forgotten.what,
        "surface": forgotten.surface,
        "before": forgotten.before,
        "count": forgotten.count,
        "at": forgotten.at,
    }
    add(tx, ForgottenRow, [row])


_NOTED = [_forgotten.c[name] for name in ("what", "surface", "before", "count", "at")]


def noted(tx: Session, brand: str, since: datetime) -> list[Forgotten]:
    """Return what was forgotten from then on, the oldest first."""
    wanted = (_forgotten.c.brand == brand, _forgotten.c.at >= since)
    rows = tx.connection().execute(select(*_NOTED).where(*wanted).order_by(_forgotten.c.at, _forgotten.c.id))
    return [
        Forgotten(what=Kept(what), surface=Surface(surface), before=past, count=count, at=at)
        for what, surface, past, count, at in rows
    ]
