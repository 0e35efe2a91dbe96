"""Places in a long list as they stand in an address."""

from datetime import datetime

from monitor.domain.errors import Mistake
from monitor.domain.search import Cursor


def written(place: Cursor) -> str:
    return f"{place.asked_at.isoformat()}~{place.probe_id}"


def cursor(after: str) -> Cursor | None:
    """Return the place that a page begins after; Mistake where the words name none."""
    if not after:
        return None
    moment, mark, probe = after.partition("~")
    try:
        asked_at = datetime.fromisoformat(moment)
    except ValueError:
        asked_at = None
    if asked_at is None or asked_at.tzinfo is None or not mark:
        raise Mistake(f"{after[:80]!r} names no place in this list; take the one that the page before gave.")
    return Cursor(asked_at=asked_at, probe_id=probe)
