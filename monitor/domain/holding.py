"""A fact as it held on an earlier day."""

from dataclasses import replace
from datetime import date

from monitor.domain.brand import Fact


def on(fact: Fact, day: date) -> Fact:
    """Return the fact with the value that held on a day, where it changed after it.

    A former value counts for the days up to its last; where none covers the day, the fact stays as it is.
    """
    if fact.since and day >= fact.since:
        return fact
    ends = sorted({former.until for former in fact.before if former.until and former.until >= day})
    if not ends:
        return fact
    held = next(former for former in fact.before if former.until == ends[0])
    earlier = tuple(former for former in fact.before if former.until and former.until < ends[0])
    # The fact's own sentence speaks of the later value, so it says nothing of that day.
    return replace(fact, value=held.value, until=held.until, since=None, before=earlier, says="")
