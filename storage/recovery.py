"""After a crash: what was on its way when a process ended."""

from datetime import datetime

from sqlmodel import Session

from monitor.domain.rounds import AttemptState
from storage.attempts import lose, release, unsettled
from storage.owner import is_gone


def recover(tx: Session, now: datetime) -> int:
    """Settle the attempts of ended processes: sent ones become `unknown`, reserved ones are given back.

    Returns how many there were. Attempts of living processes stay theirs.
    """
    left = [(found, since) for found, owner, since in unsettled(tx) if is_gone(owner, since, now)]
    for found, _ in left:
        if found.state is AttemptState.SENT:
            lose(tx, found, now)
        else:
            release(tx, found, now)
    return len(left)
