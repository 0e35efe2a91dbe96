"""A round in one line of plain words, for the log."""

from collections import Counter
from collections.abc import Sequence

from monitor.domain.alerts import Change
from monitor.domain.progress import Standing
from monitor.domain.rounds import Round
from monitor.pipeline import House, naming
from reports import words
from storage import progress


def of(house: House, closed: Round, changes: Sequence[Change]) -> str:
    """Return what came of a round that has ended."""
    with house.store.snapshot() as tx:
        standing = progress.one(tx, closed.brand, closed.id)
        missed = progress.misses(tx, closed.id, label=naming(house.settings))
    reasons = Counter({words.miss(one.reason): one.count for one in missed if one.reason})
    return line(standing or Standing(round=closed), len(changes), [why for why, _ in reasons.most_common()])


def line(standing: Standing, changes: int, reasons: Sequence[str] = ()) -> str:
    """Return the line of a round that stands so.

    >>> from datetime import UTC, datetime
    >>> from monitor.domain.rounds import AttemptState, RoundKind
    >>> now = datetime.now(UTC)
    >>> held = Round(id="r", brand="Acme", kind=RoundKind.SCHEDULED, key="2026-11-22T06:00", opened_at=now)
    >>> line(Standing(round=held, states={AttemptState.ANSWERED: 7, AttemptState.MISSED: 1, None: 2}), 1)
    'Acme, scheduled 2026-11-22T06:00: 7 of 10 questions answered, 1 missed, 2 not asked; $0.00; 1 alert changed.'
    >>> print(line(Standing(round=held, states={AttemptState.MISSED: 6}), 0, ["no key was set"]))
    Acme, scheduled 2026-11-22T06:00: 0 of 6 questions answered, 6 missed (no key was set); $0.00; 0 alerts changed.
    """
    others = (
        (standing.refused, "refused"),
        (standing.missed, f"missed ({', '.join(reasons)})" if reasons else "missed"),
        (standing.unknown, "lost"),
        (standing.probes - standing.settled, "not asked"),
    )
    ended = "".join(f", {count} {word}" for count, word in others if count)
    held = standing.round
    told = f"{changes} alert{'' if changes == 1 else 's'} changed"
    return (
        f"{held.brand}, {held.kind} {held.key}: {standing.answered} of {standing.probes} questions answered{ended}; "
        f"${standing.cost:.2f}; {told}."
    )
