"""How an alert stands, in words: the terminal, the pages and the reports say it alike."""

from datetime import datetime

from monitor.domain.alerts import Alert
from reports import words
from reports.plain import one_line


def state(alert: Alert, now: datetime) -> str:
    """Return 'resolved on 2 November 2026', 'open', or what persons did about an open one."""
    if alert.resolved_at is not None:
        return f"resolved on {words.day(alert.resolved_at)}"
    return ", ".join(handled(alert, now, notes=True)) or "open"


def handled(alert: Alert, now: datetime, *, notes: bool = False) -> list[str]:
    """Return what persons did about an alert, a phrase each; `notes`: with what they told each other."""
    did = []
    if alert.acknowledged:
        note = f" ({one_line(alert.acknowledged.note)})" if notes and alert.acknowledged.note else ""
        did.append(f"acknowledged by {one_line(alert.acknowledged.by)}{note}")
    if alert.silenced and alert.silent(now):
        did.append(f"silenced until {words.day(alert.silenced.until)} by {one_line(alert.silenced.by)}")
    return did
