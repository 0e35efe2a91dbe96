"""How long a vendor asks us to wait."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from monitor.domain.ledger import LONGEST_PAUSE

LONGEST = LONGEST_PAUSE.total_seconds()  # seconds; whatever asks for more is asked again in an hour


def seconds(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the wait in seconds, 0 to LONGEST, from `retry-after-ms` or `retry-after`; None where none is stated.

    >>> now = datetime(2026, 11, 1, tzinfo=UTC)
    >>> [seconds({"retry-after": text}, now) for text in ("7", "-3", "90000", "abc", "Sun, 01 Nov 2026 00:01:00 GMT")]
    [7.0, 0.0, 3600.0, None, 60.0]
    """
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return bounded(milliseconds / 1000)
    stated = headers.get("retry-after", "").strip()
    number = _number(stated)
    return bounded(number) if number is not None else _until(stated, now)


def bounded(wait: float) -> float:
    return min(max(wait, 0.0), LONGEST)


def _number(stated: str) -> float | None:
    try:
        number = float(stated)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _until(stated: str, now: datetime) -> float | None:
    try:
        then = parsedate_to_datetime(stated)
    except (ValueError, OverflowError):
        return None
    aware = then if then.tzinfo else then.replace(tzinfo=UTC)
    return bounded((aware - now).total_seconds())
