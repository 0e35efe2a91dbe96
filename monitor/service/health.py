"""How the program stands, in figures that name no brand: what a watcher from outside may know."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.domain.alerts import Notice
from monitor.service.keeping import LATELY
from storage import beats, outbox, pauses
from storage.state import newest
from storage.store import Store

TICK_OLD = timedelta(minutes=5)  # the clock ticks once a minute
TICK_AHEAD = timedelta(minutes=2)  # machines' clocks differ a little
UNDELIVERED_OLD = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Health:
    last_tick: datetime | None  # None: the clock never ticked on this database
    undelivered: int  # messages that are due and were not delivered
    held: int  # messages that wait for their time
    oldest: timedelta  # for how long the oldest of the undelivered has been due
    paused: int  # accounts that must not be asked now
    need_help: int  # of these, that only a person can mend
    mistaken: bool  # the last tick found a mistake in a brand file
    schema: str  # the step of the tables
    wrong: tuple[str, ...]  # why it is not well; empty: it is


def look(store: Store, now: datetime, *, clocked: bool = True) -> Health:
    """Return how the program stands; `clocked`: a clock is expected, also where none has ticked yet."""
    with store.snapshot() as tx:
        ticked = beats.last(tx, beats.TICK)
        noted, unkept = (beats.last(tx, what) for what in (beats.MISTAKE, beats.UNKEPT))
        waiting = outbox.undelivered(tx)
        paused = pauses.standing(tx, now)
    mistaken = ticked is not None and noted == ticked
    elsewhere = ticked is not None and unkept == ticked
    why = store.why_unwritten(within=LATELY) or ("could not be written to where rounds run" if elsewhere else "")
    unwritten = [f"writing fails: the database {why}"] if why else []
    due = [now - _due(notice) for notice in waiting if _due(notice) <= now]
    oldest = max(due, default=timedelta())
    return Health(
        last_tick=ticked,
        undelivered=len(due),
        held=len(waiting) - len(due),
        oldest=oldest,
        paused=len(paused),
        need_help=sum(each.needs_help for each in paused),
        mistaken=mistaken,
        schema=newest(),
        wrong=(*_wrong(ticked, oldest, now, mistaken=mistaken, clocked=clocked), *unwritten),
    )


def _due(notice: Notice) -> datetime:
    return max(notice.created_at, notice.held_until or notice.created_at)


def _wrong(ticked: datetime | None, oldest: timedelta, now: datetime, *, mistaken: bool, clocked: bool) -> list[str]:
    found = []
    if ticked is None:
        if clocked:
            found.append("the clock never ticked: no round runs")
    elif ticked - now > TICK_AHEAD:
        found.append(f"the last tick is {said(ticked - now)} ahead of this clock: the clock was set back")
    elif now - ticked > TICK_OLD:
        found.append(f"the last tick was {said(now - ticked)} ago: no round runs")
    if mistaken:
        found.append("a brand file has a mistake: its brand is asked as before it, or not at all")
    if oldest > UNDELIVERED_OLD:
        found.append(f"a message has been due for {said(oldest)}")
    return found


def said(time: timedelta) -> str:
    """Return how long it is, in the unit that a person would take.

    >>> said(timedelta(seconds=50)), said(timedelta(minutes=90)), said(timedelta(days=3)), said(timedelta(days=1))
    ('50 seconds', '90 minutes', '3 days', '24 hours')
    """
    for unit, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if time.total_seconds() >= 2 * unit:
            return f"{time.total_seconds() // unit:.0f} {name}"
    return f"{time.total_seconds():.0f} seconds"
