"""Watches over a crisis: kept from their start to their end, with the rounds that asked for them."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update
from sqlmodel import Session

from monitor.domain.brand import Prompt
from monitor.domain.rounds import RoundKind
from monitor.domain.watches import Watch
from storage.rows import add_one
from storage.tables import RoundRow, WatchRow, table

_watches, _rounds = table(WatchRow), table(RoundRow)


def add(tx: Session, watch: Watch) -> None:
    body = {
        "prompts": [_prompt(each) for each in watch.prompts],
        "assistants": watch.assistants,
        "budget": str(watch.budget),
        "to": watch.to,
        "started_by": watch.started_by,
    }
    row = {"id": watch.id, "brand": watch.brand, "body": json.dumps(body), "started_at": watch.started_at}
    add_one(tx, WatchRow, {**row, "ends_at": watch.ends_at, "ended_at": None, "why": ""})


def watches(tx: Session, brand: str) -> list[Watch]:
    """Return the brand's watches, the newest first."""
    return _where(tx, _watches.c.brand == brand)


def running(tx: Session, brand: str) -> list[Watch]:
    """Return the watches that nobody has ended, also those whose time is over."""
    return _where(tx, _watches.c.brand == brand, _watches.c.ended_at.is_(None))


def one(tx: Session, brand: str, watch_id: str) -> Watch | None:
    return next(iter(_where(tx, _watches.c.brand == brand, _watches.c.id == watch_id)), None)


def end(tx: Session, watch_id: str, now: datetime, *, why: str = "") -> None:
    """End a watch, once; `why` says what ended it before its time."""
    still = update(_watches).where(_watches.c.id == watch_id, _watches.c.ended_at.is_(None))
    tx.connection().execute(still.values(ended_at=now, why=why))


def round_ids(tx: Session, watch: Watch) -> dict[str, str]:
    """Return the ids of the rounds that asked for a watch, by their keys, in the order of the hours."""
    mine = (_rounds.c.brand == watch.brand, _rounds.c.kind == RoundKind.WATCH, _rounds.c.key.startswith(f"{watch.id}:"))
    found = tx.connection().execute(select(_rounds.c.key, _rounds.c.id).where(*mine).order_by(_rounds.c.key))
    return {row.key: row.id for row in found}


def _where(tx: Session, *wanted: ColumnElement[bool]) -> list[Watch]:
    found = select(_watches).where(*wanted).order_by(_watches.c.started_at.desc(), _watches.c.id)
    return [_watch(row) for row in tx.connection().execute(found)]


def _prompt(prompt: Prompt) -> dict[str, Any]:
    return {
        "id": prompt.id,
        "text": prompt.text,
        "topic": prompt.topic,
        "intent": prompt.intent,
        "names": sorted(prompt.names),
        "leading": prompt.leading,
    }


def _watch(row: Row[Any]) -> Watch:
    body = json.loads(row.body)
    return Watch(
        id=row.id,
        brand=row.brand,
        prompts=tuple(Prompt(**{**each, "names": frozenset(each["names"])}) for each in body["prompts"]),
        assistants=tuple(body["assistants"]),
        budget=Decimal(body["budget"]),
        to=tuple(body["to"]),
        started_by=body["started_by"],
        started_at=row.started_at,
        ends_at=row.ends_at,
        ended_at=row.ended_at,
        why=row.why,
    )
