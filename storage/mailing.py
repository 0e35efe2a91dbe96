"""Recipients who left regular mail, and the store's own signing keys."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import Session

from storage.rows import add_one
from storage.tables import KeyRow, LeftRow, table

_keys, _left = table(KeyRow), table(LeftRow)


def key(tx: Session, name: str, fresh: str) -> str:
    """Return the store's key of this name; `fresh` becomes it where there is none."""
    add_one(tx, KeyRow, {"name": name, "word": fresh})
    return str(tx.connection().execute(select(_keys.c.word).where(_keys.c.name == name)).scalar_one())


def has_left(tx: Session, brand: str, recipient: str, kind: str) -> bool:
    return tx.connection().execute(select(1).where(*_of(brand, recipient, kind))).first() is not None


def left(tx: Session, brand: str, kind: str) -> frozenset[str]:
    """Return the recipients who left this kind of mail, in lower case."""
    found = select(_left.c.recipient).where(_left.c.brand == brand, _left.c.kind == kind)
    return frozenset(tx.connection().execute(found).scalars())


def leave(tx: Session, brand: str, recipient: str, kind: str, now: datetime) -> None:
    add_one(tx, LeftRow, {"brand": brand, "recipient": recipient.lower(), "kind": kind, "at": now})


def come_back(tx: Session, brand: str, recipient: str, kind: str) -> None:
    tx.connection().execute(delete(_left).where(*_of(brand, recipient, kind)))


def _of(brand: str, recipient: str, kind: str) -> tuple[ColumnElement[bool], ...]:
    return _left.c.brand == brand, _left.c.recipient == recipient.lower(), _left.c.kind == kind
