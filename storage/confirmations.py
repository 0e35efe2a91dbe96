"""What was asked for again before it was told, and what came of it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlmodel import Session

from monitor.domain.confirming import Confirmation, ConfirmationState
from storage.bodies import Body
from storage.rows import add_new
from storage.tables import ConfirmationRow, RoundRow, table

_confirmations, _rounds = table(ConfirmationRow), table(RoundRow)

_BODY: Body[Confirmation] = Body(Confirmation)


def lock(tx: Session, round_id: str) -> None:
    """Keep others from deciding on the same round until the transaction ends; SQLite has one writer anyway."""
    if tx.get_bind().dialect.name == "postgresql":
        tx.connection().execute(select(_rounds.c.id).where(_rounds.c.id == round_id).with_for_update(key_share=True))


def plan(tx: Session, asked: Iterable[Confirmation]) -> None:
    """Write what a round asks for again; what it asked for before stays as it is."""
    add_new(tx, ConfirmationRow, [_row(one) for one in asked])


def settle(tx: Session, one: Confirmation) -> bool:
    """Write what came of a confirmation; False where that is known already."""
    waits = _confirmations.c.state == ConfirmationState.ASKED
    known = update(_confirmations).where(_confirmations.c.id == one.id, waits)
    return tx.connection().execute(known.values(state=one.state, body=_BODY.text(one))).rowcount == 1


def _row(one: Confirmation) -> dict[str, object]:
    return {
        "id": one.id,
        "brand": one.brand,
        "round_id": one.round_id,
        "key": one.suspicion.key,
        "asked_in": one.asked_in,
        "state": one.state,
        "opened_at": one.opened_at,
        "body": _BODY.text(one),
    }


def since(tx: Session, brand: str, start: datetime) -> list[Confirmation]:
    """Return what was asked for again from `start` on, oldest first."""
    return _where(tx, _confirmations.c.brand == brand, _confirmations.c.opened_at >= start)


def of_round(tx: Session, asked_in: str) -> list[Confirmation]:
    """Return what a confirming round is about."""
    return _where(tx, _confirmations.c.asked_in == asked_in)


def _where(tx: Session, *wanted: ColumnElement[bool]) -> list[Confirmation]:
    found = select(_confirmations.c.body).where(*wanted).order_by(_confirmations.c.opened_at, _confirmations.c.id)
    return [_BODY.value(body) for body in tx.connection().execute(found).scalars()]
