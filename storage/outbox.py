"""The outbox: messages that are written with what they speak of, and wait until they were delivered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy import Row as Found
from sqlmodel import Session

from monitor.domain.alerts import Change, Notice, NoticeReason, NoticeState
from storage.bodies import Body
from storage.rows import Row, add_new
from storage.tables import NoticeRow, table

_notices = table(NoticeRow)

_CHANGES: Body[tuple[Change, ...]] = Body(tuple[Change, ...])

# A lost answer of the mail server is followed by one more try, with the same Message-ID.
_UNKNOWNS = 2


def post(tx: Session, notices: Sequence[Notice]) -> None:
    """Put messages into the outbox; one whose id or Message-ID is there already is not written again."""
    add_new(tx, NoticeRow, [_notice_row(notice) for notice in notices])


def waiting(tx: Session, now: datetime, *, lease: timedelta | None = None) -> list[Notice]:
    """Return the notices that are due, oldest first.

    With a `lease` nobody else is given them before it ends: if this process dies, they come back by themselves.
    """
    again = and_(_notices.c.state == NoticeState.UNKNOWN, _notices.c.unknowns < _UNKNOWNS)
    due = or_(_notices.c.next_try.is_(None), _notices.c.next_try <= now)
    found = _oldest_first(or_(_notices.c.state == NoticeState.WAITING, again), due)
    if lease is None:
        return _read(tx, found)
    notices = _read(tx, found.with_for_update(skip_locked=True))
    taken = update(_notices).where(_notices.c.id.in_([notice.id for notice in notices]))
    tx.connection().execute(taken.values(next_try=now + lease))
    return notices


def settle_notice(
    tx: Session, notice_id: str, state: NoticeState, *, next_try: datetime | None, detail: str, now: datetime
) -> None:
    """Say what became of one try to deliver a notice."""
    change = (
        update(_notices)
        .where(_notices.c.id == notice_id)
        .values(
            state=state,
            next_try=next_try,
            detail=detail,
            settled_at=now,
            attempts=_notices.c.attempts + 1,
            unknowns=_notices.c.unknowns + int(state is NoticeState.UNKNOWN),
        )
    )
    tx.connection().execute(change)


def undelivered(tx: Session, brand: str | None = None) -> list[Notice]:
    """Return the notices that still wait for delivery, due or not, oldest first."""
    found = _oldest_first(_notices.c.state == NoticeState.WAITING)
    return _read(tx, found if brand is None else found.where(_notices.c.brand == brand))


def _oldest_first(*wanted: ColumnElement[bool]) -> Select[Any]:
    return select(_notices).where(*wanted).order_by(_notices.c.created_at, _notices.c.id)


def _read(tx: Session, found: Select[Any]) -> list[Notice]:
    return [_notice(row) for row in tx.connection().execute(found)]


def _notice_row(notice: Notice) -> Row:
    return {
        "id": notice.id,
        "brand": notice.brand,
        "recipient": notice.recipient,
        "reason": notice.reason,
        "message_id": notice.message_id,
        "body": _CHANGES.text(notice.changes),
        "created_at": notice.created_at,
        "state": notice.state,
        "attempts": notice.attempts,
        "unknowns": 0,
        "next_try": notice.next_try,
        "detail": "",
    }


def _notice(row: Found[Any]) -> Notice:
    return Notice(
        id=row.id,
        brand=row.brand,
        recipient=row.recipient,
        reason=NoticeReason(row.reason),
        changes=_CHANGES.value(row.body),
        created_at=row.created_at,
        message_id=row.message_id,
        state=NoticeState(row.state),
        attempts=row.attempts,
        next_try=row.next_try,
    )
