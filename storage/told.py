"""What people were told of alerts before a moment: the alerts as they stood when they last heard of them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from monitor.domain.alerts import Alert, Change
from storage.bodies import Body
from storage.tables import NoticeRow, table

_notices = table(NoticeRow)

_CHANGES: Body[tuple[Change, ...]] = Body(tuple[Change, ...])


def before(tx: Session, brand: str, alert_ids: Collection[str], since: datetime, moment: datetime) -> dict[str, Alert]:
    """Return these alerts by id, each as the last message about it before a moment has it; none where nobody was told.

    `since` is when the oldest of them was opened: nobody was told before. Messages in place of several are left out:
    they are written later than what they tell.
    """
    left, found = set(alert_ids), dict[str, Alert]()
    then = (_notices.c.created_at >= since, _notices.c.created_at < moment)
    mine = (_notices.c.brand == brand, *then, _notices.c.since.is_(None))
    newest = select(_notices.c.body).where(*mine).order_by(_notices.c.created_at.desc())
    for body in tx.connection().execute(newest).scalars() if left else ():
        if any(each in body for each in left):
            found |= {one.alert.id: one.alert for one in _CHANGES.value(body) if one.alert.id in left}
            left -= found.keys()
        if not left:
            break
    return found
