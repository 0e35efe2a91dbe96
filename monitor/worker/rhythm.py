"""How often a worker does what, and how long it waits."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """Seconds, unless they say otherwise."""

    tick: str = "* * * * *"  # cron; a sixth field would be seconds
    tidy: str = "17 3 * * *"  # cron
    heartbeat: float = 10.0
    stalled: float = 45.0  # without a heartbeat: its jobs go to others
    poll: float = 5.0  # between two looks for jobs, should a notification be lost
    again: float = 2.0  # before the next try to reach the database
    abandoned: float = 30.0  # a transaction in which nothing comes: its worker is held up, others wait for its rows
    grace: float = 60.0  # for jobs that run when the worker is asked to stop
    quiet: timedelta = timedelta(minutes=15)  # an open round without jobs and without a call is taken up again
    settled: timedelta = timedelta(minutes=1)  # likewise one of the workers' own in which every call has come back
    kept: timedelta = timedelta(days=1)  # jobs that ended
