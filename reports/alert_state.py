"""How an alert stands, in words: the terminal, the pages and the reports say it alike."""

from datetime import datetime

from monitor.domain.alerts import Alert
from reports import words
from reports.plain import one_line

_NOTE, _NAME = 60, 60  # characters on one line; the alert's page has the whole note


def state(alert: Alert, now: datetime, *, notes: bool = True) -> str:
    """Return 'resolved on 2 November 2026', 'open', or what persons did about an open one.

    `notes`: with the beginning of what they told each other.
    """
    if alert.resolved_at is not None:
        return f"resolved on {words.day(alert.resolved_at)}"
    return ", ".join(handled(alert, now, notes=notes)) or "open"


def handled(alert: Alert, now: datetime, *, notes: bool = False) -> list[str]:
    """Return what persons did about an alert, a phrase each; `notes`: with what they told each other."""
    did = []
    if alert.acknowledged:
        note = f" ({one_line(alert.acknowledged.note, _NOTE)})" if notes and alert.acknowledged.note else ""
        did.append(f"acknowledged by {one_line(alert.acknowledged.by, _NAME)}{note}")
    if alert.silenced and alert.silent(now):
        did.append(f"silenced until {words.day(alert.silenced.until)} by {one_line(alert.silenced.by, _NAME)}")
    return did
