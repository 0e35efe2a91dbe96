"""Whether anything about a brand has changed: what is computed from the store may be kept as long as nothing has."""

from sqlalchemy import func, select
from sqlmodel import Session

from storage import derived
from storage.tables import AlertRow, HeldRow, ReviewRow, RoundRow, table

_alerts, _held, _reviews, _rounds = (table(row) for row in (AlertRow, HeldRow, ReviewRow, RoundRow))


def mark(tx: Session, brand: str) -> str:
    """Return a word that changes whenever a round was added up or closed, or something was told or reviewed.

    What a running round brings does not change it before it is added up. Found by indexes alone.
    """
    seen = [
        select(func.max(_rounds.c.closed_at)).where(_rounds.c.brand == brand),
        select(func.max(_reviews.c.reviewed_at)).where(_reviews.c.brand == brand),
        select(func.max(_held.c.at)).where(_held.c.brand == brand),
        select(func.count()).select_from(_alerts).where(_alerts.c.brand == brand),
        select(func.max(_alerts.c.last_notice_at)).where(_alerts.c.brand == brand),
        select(func.max(_alerts.c.resolved_at)).where(_alerts.c.brand == brand),
    ]
    found = tx.connection().execute(select(*(each.scalar_subquery() for each in seen))).one()
    return "|".join(str(value) for value in (derived.version(tx, brand), *found))
