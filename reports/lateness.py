"""How late a message is, in words."""

from datetime import datetime, timedelta

from monitor.domain.alerts import Notice
from reports import words

_LATE = timedelta(hours=1)
_DAYS = timedelta(days=2)


def late(notice: Notice) -> str:
    """Return since when a message could not be delivered; nothing where it is on time.

    It speaks as of the message's own time, so that a second try says the same.
    """
    due = notice.since or notice.held_until or notice.created_at
    told = notice.told_at or notice.created_at
    if told - due < _LATE:
        return ""
    return f"This could not be delivered before. The oldest of it is {age(told - due)} old ({_when(due)})."


def age(of: timedelta) -> str:
    """Return an age in whole hours, from two days on in days.

    >>> age(timedelta(hours=5, minutes=50)), age(timedelta(days=3, hours=1)), age(timedelta(minutes=61))
    ('5 hours', '3 days', '1 hour')
    """
    if of >= _DAYS:
        return words.count(of.days, "day")
    return words.count(int(of.total_seconds() // 3600), "hour")


def _when(of: datetime) -> str:
    return words.moment(of)
