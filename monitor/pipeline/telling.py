"""tell: what waits in the outbox is sent, and what became of it is written down.

Each message is taken, sent and settled by itself. A process that dies in between leaves one message that may have
arrived; when its time is up it is sent again as it was.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.alerts import outbox as messages
from monitor.alerts.addressees import HOOK
from monitor.domain.alerts import Notice, NoticeState
from monitor.pipeline import leaving
from monitor.pipeline.house import House
from monitor.pipeline.posting import desk
from reports import discretion, mail, webhook
from reports.delivery import Delivered
from storage import outbox

# Longer than any courier tries; afterwards another process may.
LEASE = timedelta(minutes=15)
_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(hours=6)


def tell(house: House) -> list[tuple[Notice, Delivered]]:
    """Send what waits in the outbox; returns what was tried and what became of it.

    What one recipient did not get yet goes as one message. A message that was refused for now is tried again after
    ever longer pauses, up to six hours, until it is taken or refused for good.
    """
    now = house.clock()
    _let_sleep(house, now)
    tried = []
    while (notice := _next(house, now)) is not None:
        tried.append((notice, _settled(house, notice, _send(house, notice))))
    return tried


def _let_sleep(house: House, now: datetime) -> None:
    """Put off what was late and is due again in its recipient's quiet hours."""
    with house.store.transaction() as tx:
        for notice in outbox.waiting(tx, now, brand=house.settings.brand):
            if (ends := messages.rests(notice, house.settings.alerts, now)) is not None:
                outbox.postpone(tx, notice, ends)


def _next(house: House, now: datetime) -> Notice | None:
    """Begin a try to deliver what was due first at a moment; its lease begins with it, however late its turn comes."""
    with house.store.transaction() as tx:
        together = outbox.together(tx, house.settings.brand, now)
        if not together:
            return None
        notice = together[0]
        if len(together) > 1:
            notice = messages.gathered(together, desk(house, now))
            outbox.gather(tx, notice, together)
        return outbox.take(tx, notice, house.clock(), lease=LEASE)


def _send(house: House, notice: Notice) -> Delivered:
    settings = house.settings
    notice = replace(notice, changes=house.mask.all(notice.changes))
    if notice.recipient.startswith(HOOK):
        return _call(house, notice)
    sender = settings.alerts.sender if settings.alerts else "likeness@localhost"
    digest = messages.is_digest(notice, settings.alerts)
    leave = leaving.link(house, notice.recipient, leaving.DIGESTS) if digest else ""
    try:
        written = mail.compose(notice, sender=sender, site=settings.site, unsubscribe=leave, zone=settings.zone)
        return house.post.send(written)
    except mail.MailError as error:  # an address that no program accepts stays unreachable
        return Delivered(state=NoticeState.BOUNCED, detail=str(error))


def _call(house: House, notice: Notice) -> Delivered:
    """Call a webhook; it may belong to others, so confidential facts are only named to it."""
    name = notice.recipient.removeprefix(HOOK)
    hook = house.webhooks.get(name)
    if hook is None:
        detail = f"The brand file names no webhook {name} any more."
        return Delivered(state=NoticeState.BOUNCED, detail=detail)
    hidden = frozenset(fact.id for fact in house.settings.sheet.facts if fact.confidential)
    return hook.send(webhook.compose(discretion.outside(notice, hidden), site=house.settings.site))


def _settled(house: House, notice: Notice, delivered: Delivered) -> Delivered:
    now = house.clock()
    next_try = None if delivered.retry_after is None else now + pause(delivered.retry_after, notice.attempts)
    with house.store.transaction() as tx:
        outbox.settle_notice(tx, notice, delivered.state, next_try=next_try, detail=delivered.detail, now=now)
    return delivered


def pause(asked: float, attempts: int) -> timedelta:
    """Return how long to wait after a try: what was asked for in seconds, doubled with each try, up to six hours.

    >>> [str(pause(900, attempts)) for attempts in (1, 2, 3, 20)]
    ['0:15:00', '0:30:00', '1:00:00', '6:00:00']
    """
    doubled = timedelta(seconds=asked * 2.0 ** min(attempts - 1, 10))
    return max(_SHORTEST, timedelta(seconds=asked), min(doubled, _LONGEST))
