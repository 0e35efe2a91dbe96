"""Why there is nothing to see: which days have answers, when the next come, and what keeps them from coming."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from monitor import calendar, pipeline
from monitor.domain.progress import Missed, Standing
from monitor.pipeline import House
from monitor.service import costing, rounds_due
from storage import progress, rounds

_LOOKED_AT = 30  # rounds, for one that brought answers
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Unmeasured:
    """What to tell somebody who looks at days without answers."""

    newest: date | None  # day of the newest answers that are kept
    last: Standing | None  # the last round, where it brought none
    misses: Sequence[Missed] = ()  # why it brought none
    next_run: datetime | None  # in the schedule's zone
    nobody: str = ""  # why no round can be run; empty: one can


def unmeasured(house: House) -> Unmeasured:
    now, brand = house.clock(), house.settings.brand
    with house.store.snapshot() as tx:
        held = progress.rounds(tx, brand, _EVER, now + timedelta(seconds=1), limit=_LOOKED_AT)
        newest = next((each for each in held if each.answered), None)
        last = held[0] if held and held[0] is not newest else None
        misses = progress.misses(tx, last.round.id, label=pipeline.naming(house.settings)) if last else []
    schedule = house.settings.schedule
    return Unmeasured(
        newest=house.day(newest.round.opened_at) if newest else None,
        last=last,
        misses=misses,
        next_run=next(iter(calendar.next_runs(schedule, now, 1)), None) if schedule else None,
        nobody=costing.nobody(house),
    )


def not_run(house: House, start: date, end: date) -> list[datetime]:
    """Return the scheduled times of these days at which no round ran though one was due, the latest first."""
    brand, (first, last) = house.settings.brand, house.bounds(start, end)
    with house.store.snapshot() as tx:
        # A time that was caught up with ran later.
        ran = {each.key for each in rounds.rounds(tx, brand, first, house.clock() + timedelta(seconds=1))}
    return [slot.at for slot in reversed(rounds_due.due(house, first, last)) if slot.key not in ran]
