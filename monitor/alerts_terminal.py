"""Alerts in the terminal: which stand, what people do about them, and why there is no mail."""

import getpass
from datetime import date
from pathlib import Path

from rich.markup import escape

from monitor.domain.alerts import Alert
from monitor.domain.errors import Mistake
from monitor.service import alerts as people
from monitor.service import why as reasons
from monitor.terminal import console, opened
from reports import words, zoned
from reports.alert_state import state
from reports.plain import one_line


def show(brand: Path, *, resolved: bool) -> None:
    """List alerts with their ids."""
    with opened(brand) as house:
        found = [zoned.told(alert, house.settings.zone) for alert in people.listed(house, resolved=resolved)]
        now = house.clock()
    if not found:
        console.print("No alert is open.")
        return
    for alert in found:
        about = f"{alert.signal.severity.value}, since {words.day(alert.since)}, {state(alert, now)}"
        name, said = alert.id[: people.SHORT], one_line(alert.signal.headline)
        console.print(f"[bold]{name}[/bold]  {escape(said)}", soft_wrap=True)
        console.print(f"          {escape(about)}", soft_wrap=True)
    console.print("\nTake care of one: likeness acknowledge ID. Hear nothing of it: likeness silence ID --until DAY.")


def acknowledge(brand: Path, name: str, *, note: str, by: str, undo: bool) -> None:
    with opened(brand) as house:
        if undo:
            alert = people.unacknowledge(house, name)
        else:
            alert = people.acknowledge(house, name, by=by or _me(), note=note)
    _say("No longer acknowledged" if undo else "Acknowledged, no reminders", alert)


def silence(brand: Path, name: str, *, until: date | None, note: str, by: str) -> None:
    """Silence an alert, or end its silence where no day is given."""
    with opened(brand) as house:
        if until is None:
            alert = people.unsilence(house, name)
        else:
            alert = people.silence(house, name, until=until, by=by or _me(), note=note)
    _say(f"Silenced until {words.day(until)}" if until else "No longer silenced", alert)


def _say(what: str, alert: Alert) -> None:
    console.print(f"{what}: {escape(one_line(alert.signal.headline))}", soft_wrap=True)


def _me() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise Mistake("Nobody knows who you are here; say it with --by NAME.") from error


def why(brand: Path, about: str, *, assistant: str) -> None:
    """Say why there is, or is not, a mail."""
    with opened(brand) as house:
        passages = reasons.explain(house, about, assistant=assistant)
    for passage in passages:
        console.print(f"[bold]{escape(one_line(passage.title))}[/bold]")
        for line in passage.lines:
            console.print(f"  {escape(one_line(line))}", soft_wrap=True)
        console.print()
