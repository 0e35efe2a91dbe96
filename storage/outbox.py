"""The outbox: messages that are written with what they speak of, and wait until they were delivered.

A try is written down before it is begun. One that ends without a word, because the process died or the answer was
lost, leaves a message that may have arrived: it is sent again as it is, under its Message-ID, and never changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy import Row as Found
from sqlmodel import Session

from monitor.domain.alerts import Change, Notice, NoticeReason, NoticeState
from storage import slots
from storage.bodies import Body
from storage.rows import Row, add_new
from storage.tables import NoticeRow, table
from storage.tables.notices import ThreadRow

_notices, _threads = table(NoticeRow), table(ThreadRow)

_CHANGES: Body[tuple[Change, ...]] = Body(tuple[Change, ...])

# A lost answer of the mail server is followed by one more try, with the same Message-ID.
_UNKNOWNS = 2
_OPENING = ("opening balance", "first")
_FARTHEST = timedelta(days=1)  # no try is put off for longer
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def claim_opening(tx: Session, brand: str, now: datetime) -> bool:
    """Take the right to say how things stand at first; False where somebody had it."""
    return slots.claim(tx, brand, *_OPENING, now)


def had_opening(tx: Session, brand: str) -> bool:
    """Whether the brand was told how things stand at first."""
    purpose, key = _OPENING
    return key in slots.claimed(tx, brand, purpose, _EVER)


def post(tx: Session, notices: Sequence[Notice]) -> None:
    """Put messages into the outbox; one whose id or Message-ID is there already is not written again."""
    add_new(tx, NoticeRow, [_row(notice) for notice in notices])


def _row(notice: Notice) -> Row:
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
        "detail": notice.detail,
        "why": notice.why,
        "held_until": notice.held_until,
        "may_have_arrived": notice.may_have_arrived,
        "since": notice.since,
        "told_at": notice.told_at,
    }


def waiting(tx: Session, now: datetime, *, brand: str | None = None) -> list[Notice]:
    """Return the messages that are due, oldest first."""
    return _read(tx, _oldest_first(*_due(now), *_of(brand)))


def together(tx: Session, brand: str, now: datetime) -> list[Notice]:
    """Return the message that is due first and all others that may go to its recipient with it, oldest first.

    Nobody else is given them before the transaction ends. One that may have arrived already goes alone.
    """
    first = _read(tx, _oldest_first(*_due(now), *_of(brand)).limit(1).with_for_update(skip_locked=True))
    if not first or first[0].may_have_arrived:
        return first
    same = _notices.c.recipient == first[0].recipient
    unsent = and_(_notices.c.state == NoticeState.WAITING, _notices.c.may_have_arrived.is_(False))
    found = _oldest_first(unsent, same, _free(now), *_of(brand))
    return _read(tx, found.with_for_update(skip_locked=True))


def postpone(tx: Session, notice: Notice, until: datetime) -> None:
    """Put off the next try of a message, unless another one has begun."""
    mine = (_notices.c.id == notice.id, _notices.c.attempts == notice.attempts)
    tx.connection().execute(update(_notices).where(*mine).values(next_try=until))


def gather(tx: Session, notice: Notice, of: Sequence[Notice]) -> None:
    """Put one message in the place of several."""
    post(tx, [notice])
    ids = [each.id for each in of]
    change = update(_notices).where(_notices.c.id.in_(ids)).values(state=NoticeState.GATHERED, next_try=None)
    tx.connection().execute(change.values(detail=f"Told together with others in {notice.message_id}."))


def take(tx: Session, notice: Notice, now: datetime, *, lease: timedelta) -> Notice:
    """Begin a try: nobody else begins one before the lease ends. Returns the message as it is to be sent."""
    told_at = notice.told_at if notice.may_have_arrived and notice.told_at else now
    begun = replace(notice, attempts=notice.attempts + 1, told_at=told_at, thread=_thread(tx, notice))
    change = update(_notices).where(_notices.c.id == notice.id)
    values = {"attempts": begun.attempts, "told_at": told_at, "may_have_arrived": True, "next_try": now + lease}
    tx.connection().execute(change.values(values))
    return begun


def settle_notice(
    tx: Session, begun: Notice, state: NoticeState, *, next_try: datetime | None, detail: str, now: datetime
) -> None:
    """Say what became of the try that `take` began; a word that comes too late counts only where it is "sent"."""
    unknown = state is NoticeState.UNKNOWN
    change = update(_notices).where(_notices.c.id == begun.id)
    if state is not NoticeState.SENT:
        change = change.where(_notices.c.attempts == begun.attempts)
    tx.connection().execute(
        change.values(
            state=state,
            next_try=next_try,
            detail=detail,
            settled_at=now,
            may_have_arrived=begun.may_have_arrived or unknown,
            unknowns=_notices.c.unknowns + int(unknown),
        )
    )
    if unknown or state is NoticeState.SENT:
        _begin_threads(tx, begun)


def _begin_threads(tx: Session, notice: Notice) -> None:
    """Remember what the later messages about these alerts will refer to."""
    rows = [
        {"alert_id": change.alert.id, "recipient": notice.recipient, "message_id": notice.message_id}
        for change in notice.changes
    ]
    add_new(tx, ThreadRow, rows)


def _thread(tx: Session, notice: Notice) -> str:
    """Return the first message about the alert; a message about several belongs to no thread."""
    if len(notice.changes) != 1:
        return ""
    mine = (_threads.c.alert_id == notice.changes[0].alert.id, _threads.c.recipient == notice.recipient)
    first: str | None = tx.connection().execute(select(_threads.c.message_id).where(*mine)).scalar()
    return first if first and first != notice.message_id else ""


def undelivered(tx: Session, brand: str | None = None, *, since: datetime | None = None) -> list[Notice]:
    """Return the messages that wait, due or not, oldest first; with `since` also those given up from then on."""
    wanted = _notices.c.state == NoticeState.WAITING
    if since is not None:
        unknown = and_(_notices.c.state == NoticeState.UNKNOWN, _notices.c.unknowns >= _UNKNOWNS)
        given_up = and_(or_(_notices.c.state == NoticeState.BOUNCED, unknown), _notices.c.settled_at >= since)
        wanted = or_(wanted, given_up)
    return _read(tx, _oldest_first(wanted, *_of(brand)))


def _of(brand: str | None) -> Iterable[ColumnElement[bool]]:
    return () if brand is None else (_notices.c.brand == brand,)


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(_notices.c.held_until.is_(None), _notices.c.held_until <= now)


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    again = and_(_notices.c.state == NoticeState.UNKNOWN, _notices.c.unknowns < _UNKNOWNS)
    # A try that lies further ahead was put off by a clock that has been set back.
    rested = or_(_notices.c.next_try.is_(None), _notices.c.next_try <= now, _notices.c.next_try > now + _FARTHEST)
    return or_(_notices.c.state == NoticeState.WAITING, again), rested, _free(now)


def _oldest_first(*wanted: ColumnElement[bool]) -> Select[Any]:
    return select(_notices).where(*wanted).order_by(_notices.c.created_at, _notices.c.id)


def _read(tx: Session, found: Select[Any]) -> list[Notice]:
    return [_notice(row) for row in tx.connection().execute(found)]


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
        why=row.why,
        held_until=row.held_until,
        may_have_arrived=row.may_have_arrived,
        since=row.since,
        told_at=row.told_at,
        detail=row.detail,
    )
