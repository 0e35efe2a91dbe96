"""Posts that carry a key: what the first brought, its repetition brings again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlmodel import Session

from storage.rows import add_one
from storage.tables import OnceRow, table

_posts = table(OnceRow)
KEPT = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Done:
    request_hash: str
    status: int  # 0: under way
    body: str


def claim(tx: Session, person: str, key: str, request_hash: str, now: datetime) -> Done | None:
    """Take a key; returns None to whoever came first, and to the others what the first brought."""
    tx.connection().execute(delete(_posts).where(_posts.c.created_at < now - KEPT))
    row = {"person": person, "key": key, "request_hash": request_hash, "status": 0, "body": "", "created_at": now}
    if add_one(tx, OnceRow, row):
        return None
    found = select(_posts).where(_posts.c.person == person, _posts.c.key == key)
    known = tx.connection().execute(found).one()
    return Done(request_hash=known.request_hash, status=known.status, body=known.body)


def settle(tx: Session, person: str, key: str, status: int, body: str) -> None:
    """Keep what the first post brought."""
    of = (_posts.c.person == person, _posts.c.key == key)
    tx.connection().execute(update(_posts).where(*of).values(status=status, body=body))


def release(tx: Session, person: str, key: str) -> None:
    """Let a post that failed be repeated."""
    tx.connection().execute(delete(_posts).where(_posts.c.person == person, _posts.c.key == key))
