"""Whether anything was added about a brand: what is computed from the store may be kept as long as nothing was."""

from sqlalchemy import func, select
from sqlmodel import Session

from storage.tables import AlertRow, AttemptRow, ReadingRow, ReviewRow, RoundRow, table

_alerts, _attempts, _readings, _reviews, _rounds = (
    table(row) for row in (AlertRow, AttemptRow, ReadingRow, ReviewRow, RoundRow)
)


def mark(tx: Session, brand: str) -> str:
    """Return a word that changes whenever something was asked, read, told or reviewed; found by indexes alone."""
    asked = [
        select(func.max(_readings.c.id)),  # of all brands: readings are never changed, only added
        select(func.max(_attempts.c.asked_at)).where(_attempts.c.brand == brand),
        select(func.max(_rounds.c.closed_at)).where(_rounds.c.brand == brand),
        select(func.max(_reviews.c.reviewed_at)).where(_reviews.c.brand == brand),
        select(func.count()).select_from(_alerts).where(_alerts.c.brand == brand),
        select(func.max(_alerts.c.last_notice_at)).where(_alerts.c.brand == brand),
        select(func.max(_alerts.c.resolved_at)).where(_alerts.c.brand == brand),
    ]
    found = tx.connection().execute(select(*(each.scalar_subquery() for each in asked))).one()
    return "|".join(str(value) for value in found)
