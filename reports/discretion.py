"""What may leave the house: confidential facts are shown to others neither as facts nor as alerts about them."""

from dataclasses import replace

from monitor.domain.alerts import Change, Notice, Signal
from monitor.domain.portrait import Line, Portrait


def confidential(portrait: Portrait) -> frozenset[str]:
    """Return the ids of the confidential facts."""
    return frozenset(each.fact.id for each in portrait.facts if each.fact.confidential)


def without(portrait: Portrait, hidden: frozenset[str]) -> Portrait:
    """Return the portrait without these facts and all that speaks of them one by one; totals stay as they are."""
    lines = {name: tuple(each for each in of if not _speaks_of(each, hidden)) for name, of in portrait.lines.items()}
    return replace(
        portrait,
        facts=tuple(each for each in portrait.facts if each.fact.id not in hidden),
        lines={name: of for name, of in lines.items() if of},
        shifts=tuple(each for each in portrait.shifts if each.series.subject not in hidden),
        alerts=tuple(each for each in portrait.alerts if each.signal.subject not in hidden),
        held=tuple(each for each in portrait.held if each.subject not in hidden),
        unconfirmed=tuple(each for each in portrait.unconfirmed if each.fact.id not in hidden),
    )


def _speaks_of(line: Line, hidden: frozenset[str]) -> bool:
    return any(point.estimate is not None and point.estimate.series.subject in hidden for point in line.points)


def outside(notice: Notice, hidden: frozenset[str]) -> Notice:
    """Return the notice as others may see it: of these facts only that something was found."""
    return replace(notice, changes=tuple(_veiled(each, hidden) for each in notice.changes))


def _veiled(change: Change, hidden: frozenset[str]) -> Change:
    signal = change.alert.signal
    if signal.subject not in hidden:
        return change
    bare = Signal(
        rule=signal.rule,
        subject="confidential",
        key=f"{signal.rule}:confidential",
        severity=signal.severity,
        headline="A finding about a confidential fact: the mail and the page say what it is",
        voices=signal.voices,
    )
    return replace(change, why="", alert=replace(change.alert, key=bare.key, signal=bare, why="", cleared=None))
