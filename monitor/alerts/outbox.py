"""The messages about what a round did to the alerts: who gets one, and why."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from monitor.domain.alerts import Change, Notice, NoticeReason

# The reason that a message about several changes gives: what asks for the most attention.
_WEIGHT = (
    NoticeReason.OPENING_BALANCE,
    NoticeReason.OPENED,
    NoticeReason.WORSENED,
    NoticeReason.REOPENED,
    NoticeReason.REMINDER,
    NoticeReason.RESOLVED,  # said of a message only if nothing in it is still open
)


def notices(
    changes: Sequence[Change],
    recipients: Iterable[str],
    *,
    brand: str,
    first_round: bool,
    now: datetime,
    new_id: Callable[[], str],
    domain: str,
) -> list[Notice]:
    """Return one message per recipient about all changes of a round; none where nothing changed.

    A brand's first round always says how things stand, once, even where nothing is wrong.
    """
    if not changes and not first_round:
        return []
    reason = NoticeReason.OPENING_BALANCE if first_round else _strongest(changes)
    return [
        Notice(
            id=new_id(),
            brand=brand,
            recipient=recipient,
            reason=reason,
            changes=tuple(changes),
            created_at=now,
            message_id=message_id(changes, recipient, brand=brand, reason=reason, domain=domain),
        )
        for recipient in dict.fromkeys(recipients)
    ]


def _strongest(changes: Sequence[Change]) -> NoticeReason:
    return min((change.reason for change in changes), key=_WEIGHT.index)


def message_id(changes: Iterable[Change], recipient: str, *, brand: str, reason: NoticeReason, domain: str) -> str:
    """Return the Message-ID that this message has whenever it is made: a second sending can be told for what it is.

    Under 70 characters as long as `domain` has at most 40.
    """
    parts = sorted(f"{change.alert.id}|{change.alert.key}|{change.reason}|{_told(change)}" for change in changes)
    digest = hashlib.sha256("\n".join([brand, recipient, reason, *parts]).encode()).hexdigest()[:24]
    return f"<{digest}@{domain[-40:].lstrip('.-')}>"


def _told(change: Change) -> str:
    told = change.alert.last_notice_at
    return told.isoformat() if told else ""
