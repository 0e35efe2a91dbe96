"""tell: what waits in the outbox is sent, and what became of it is written down."""

from datetime import datetime, timedelta

from monitor.domain.alerts import Notice, NoticeState
from monitor.pipeline.house import House
from reports import mail
from reports.delivery import Delivered
from storage import outbox


def tell(house: House) -> list[tuple[Notice, Delivered]]:
    """Send what waits in the outbox; returns what was tried and what became of it."""
    now = house.clock()
    with house.store.snapshot() as tx:
        waiting = outbox.waiting(tx, now)
    return [(notice, _send(house, notice, now)) for notice in waiting]


def _send(house: House, notice: Notice, now: datetime) -> Delivered:
    settings = house.settings
    sender = settings.alerts.sender if settings.alerts else "likeness@localhost"
    try:
        delivered = house.post.send(mail.compose(notice, sender=sender, site=settings.site))
    except mail.MailError as error:  # an address that no program accepts stays unreachable
        delivered = Delivered(state=NoticeState.BOUNCED, detail=str(error))
    after = timedelta(seconds=delivered.retry_after) if delivered.retry_after is not None else None
    with house.store.transaction() as tx:
        outbox.settle_notice(
            tx,
            notice.id,
            delivered.state,
            next_try=now + after if after is not None else None,
            detail=delivered.detail,
            now=now,
        )
    return delivered
