"""Since when a fact's value stands without anybody having looked at it again."""

from collections.abc import Sequence
from datetime import date, timedelta

from monitor.domain.brand import Fact, FactSheet
from monitor.domain.portrait import Unconfirmed

LOOK_AGAIN = timedelta(days=90)


def unconfirmed(
    sheet: FactSheet, before: Sequence[tuple[date, FactSheet]], today: date, *, after: timedelta = LOOK_AGAIN
) -> tuple[Unconfirmed, ...]:
    """Return the facts that no person confirmed for so long, the longest unseen first.

    A fact is confirmed on its `confirmed` day, on the sheet's `as_of`, and when its value was first written; `before`
    are the sheets used so far with the day of their first use, oldest first. Where none of it is known nothing is said.
    """
    known = ((fact, _last_look(fact, sheet, before)) for fact in sheet.facts)
    old = [Unconfirmed(fact=fact, since=day) for fact, day in known if day is not None and today - day > after]
    return tuple(sorted(old, key=lambda one: (one.since, one.fact.id)))


def _last_look(fact: Fact, sheet: FactSheet, before: Sequence[tuple[date, FactSheet]]) -> date | None:
    days = (fact.confirmed, sheet.as_of, _written(fact, before))
    return max((day for day in days if day is not None), default=None)


def _written(fact: Fact, before: Sequence[tuple[date, FactSheet]]) -> date | None:
    """Return the day since which every sheet has held this value."""
    since = None
    for day, sheet in before:
        then = sheet.fact(fact.id)
        if then is None or then.value != fact.value:
            since = None
        elif since is None:
            since = day
    return since
