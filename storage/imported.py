"""Whose answers were imported, assistants that no brand file names; and when."""

from contextlib import suppress
from datetime import UTC, date, datetime, time

from sqlalchemy import func, select, update
from sqlmodel import Session

from monitor.domain import days
from monitor.domain.brand import AssistantSettings
from monitor.domain.rounds import RoundKind
from storage import retention
from storage.probes import assistant_of
from storage.tables import AssistantRow, AttemptRow, ProbeRow, RoundRow, table

_rounds, _probes, _assistants, _attempts = (table(row) for row in (RoundRow, ProbeRow, AssistantRow, AttemptRow))


def assistants(tx: Session, brand: str) -> list[AssistantSettings]:
    """Return the assistants of a brand's imported answers, each once, by their ids."""
    rounds = select(_rounds.c.id).where(_rounds.c.brand == brand, _rounds.c.kind == RoundKind.IMPORTED)
    asked = select(_probes.c.assistant).where(_probes.c.round_id.in_(rounds)).distinct()
    found = select(_assistants.c.assistant_id, _assistants.c.body).where(_assistants.c.id.in_(asked))
    by_id = {id_: assistant_of(body) for id_, body in tx.connection().execute(found)}
    return [by_id[id_] for id_ in sorted(by_id)]


def by_the_brand(tx: Session, brand: str, zone: str) -> list[str]:
    """Give imports from before days had a zone their times: a day alone stood at its first moment in UTC.

    It stands at its noon in the brand's zone, as imports do now, and a round of imports opens with its first answer.
    Returns the rounds whose answers moved; those with forgotten answers stay as they are.
    """
    mine = (_rounds.c.brand == brand, _rounds.c.kind == RoundKind.IMPORTED)
    found = tx.connection().execute(select(_rounds.c.id, _rounds.c.key, _rounds.c.opened_at).where(*mine)).all()
    return [id_ for id_, key, opened in found if _moved(tx, id_, _day(key), opened, zone)]


def _moved(tx: Session, round_id: str, day: date | None, opened: datetime, zone: str) -> bool:
    if day is None or retention.is_forgotten(tx, round_id):
        return False
    first, noon = datetime.combine(day, time(), tzinfo=UTC), days.noon(day, zone)
    mine = _attempts.c.probe_id.in_(select(_probes.c.id).where(_probes.c.round_id == round_id))
    at_noon = update(_attempts).where(mine, _attempts.c.asked_at == first).values(asked_at=noon, sent_at=noon)
    moved = tx.connection().execute(at_noon).rowcount > 0
    if opened == first:
        opens = select(func.min(_attempts.c.asked_at)).where(mine).scalar_subquery()
        tx.connection().execute(
            update(_rounds).where(_rounds.c.id == round_id).values(opened_at=opens, closed_at=opens)
        )
    return moved


def _day(key: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(key)
    return None
