"""Places in a long list as they stand in an address: of letters that need no escaping there."""

from collections.abc import Iterable
from datetime import UTC, datetime

from monitor.domain.errors import Mistake
from monitor.domain.search import Cursor

_MARK = "~"


def written(place: Cursor) -> str:
    return of_moment(place.asked_at, place.probe_id)


def cursor(after: str) -> Cursor | None:
    """Return the place that a page begins after; Mistake where the words name none."""
    found = moment_and_id(after)
    return Cursor(asked_at=found[0], probe_id=found[1]) if found else None


def of_moment(moment: datetime, id_: str) -> str:
    """Return the place of something that has a moment and an id.

    >>> of_moment(datetime(2026, 10, 31, 6, tzinfo=UTC), "a1")
    '2026-10-31T06:00:00Z~a1'
    """
    return f"{moment.astimezone(UTC).isoformat().removesuffix('+00:00')}Z{_MARK}{id_}"


def moment_and_id(after: str) -> tuple[datetime, str] | None:
    """Return moment and id of a place; None for the beginning. Mistake where the words name none."""
    if not after:
        return None
    moment, mark, id_ = after.partition(_MARK)
    try:
        found = datetime.fromisoformat(moment.replace(" ", "+"))  # a plus that was not escaped comes as a space
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not mark:
        raise no_place(after)
    return found, id_


def of_words(parts: Iterable[object]) -> str:
    """Return the place of something that is put in order by several things."""
    return _MARK.join(map(str, parts))


def words(after: str, count: int) -> tuple[str, ...]:
    """Return the things that a place is made of; Mistake where they are not so many."""
    found = tuple(after.split(_MARK))
    if len(found) != count:
        raise no_place(after)
    return found


def no_place(after: str) -> Mistake:
    return Mistake(f"{after[:80]!r} names no place in this list; take the one that the page before gave.")
