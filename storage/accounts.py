"""Accounts, sessions and tokens. Whoever reads the database finds no way in: secrets are kept as hashes."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, select, update
from sqlmodel import Session

from monitor.domain.accounts import Account, Right, Role, SignedIn, Token
from storage.rows import add_one, put
from storage.tables import AccountRow, InvitationRow, SessionRow, TokenRow, TryRow, table

_accounts, _sessions, _tokens, _invitations, _tries = (
    table(row) for row in (AccountRow, SessionRow, TokenRow, InvitationRow, TryRow)
)


def count(tx: Session) -> int:
    """Return how many accounts are open."""
    found = select(func.count()).select_from(_accounts).where(_accounts.c.closed_at.is_(None))
    return int(tx.connection().execute(found).scalar_one())


def accounts(tx: Session) -> list[Account]:
    """Return all accounts, closed ones too, by address."""
    return [_account(row) for row in tx.connection().execute(select(_accounts).order_by(_accounts.c.email))]


def by_email(tx: Session, email: str) -> Account | None:
    return _one(tx, _accounts.c.email == email.lower())


def by_id(tx: Session, account_id: str) -> Account | None:
    return _one(tx, _accounts.c.id == account_id)


def add_account(tx: Session, account: Account) -> bool:
    """Write a new account; False where its address has one."""
    return by_email(tx, account.email) is None and add_one(tx, AccountRow, _row(account))


def save(tx: Session, account: Account) -> None:
    """Write a changed account."""
    changed = ("name", "password", "role", "rights", "brands", "closed_at")
    put(tx, AccountRow, [_row(account)], key=("id",), change=changed)


def open_session(
    tx: Session, account_id: str, token_hash: str, *, secret: str, now: datetime, expires: datetime
) -> None:
    row = {"token_hash": token_hash, "account_id": account_id, "secret": secret, "created_at": now, "seen_at": now}
    add_one(tx, SessionRow, {**row, "expires_at": expires})
    tx.connection().execute(delete(_sessions).where(_sessions.c.expires_at < now))


def session(tx: Session, token_hash: str, now: datetime) -> SignedIn | None:
    """Return the session while it lasts and its account is open."""
    found = (
        select(_accounts, _sessions.c.secret, _sessions.c.expires_at)
        .select_from(_sessions.join(_accounts))
        .where(_sessions.c.token_hash == token_hash, _sessions.c.expires_at > now, _accounts.c.closed_at.is_(None))
    )
    row = tx.connection().execute(found).first()
    return SignedIn(account=_account(row), secret=row.secret, expires_at=row.expires_at) if row else None


def close_session(tx: Session, token_hash: str) -> None:
    tx.connection().execute(delete(_sessions).where(_sessions.c.token_hash == token_hash))


def close_sessions(tx: Session, account_id: str) -> None:
    """End every session of an account: its password or its rights have changed."""
    tx.connection().execute(delete(_sessions).where(_sessions.c.account_id == account_id))


def invite(tx: Session, account_id: str, token_hash: str, now: datetime, expires: datetime) -> None:
    row = {
        "token_hash": token_hash,
        "account_id": account_id,
        "created_at": now,
        "expires_at": expires,
        "used_at": None,
    }
    add_one(tx, InvitationRow, row)


def invited(tx: Session, token_hash: str, now: datetime) -> Account | None:
    """Return whom an invitation is for, as long as it may be used."""
    found = (
        select(_accounts)
        .select_from(_invitations.join(_accounts))
        .where(
            _invitations.c.token_hash == token_hash,
            _invitations.c.used_at.is_(None),
            _invitations.c.expires_at > now,
            _accounts.c.closed_at.is_(None),
        )
    )
    row = tx.connection().execute(found).first()
    return _account(row) if row else None


def use_invitation(tx: Session, token_hash: str, now: datetime) -> bool:
    """Use an invitation up; False where somebody was quicker."""
    once = update(_invitations).where(_invitations.c.token_hash == token_hash, _invitations.c.used_at.is_(None))
    return bool(tx.connection().execute(once.values(used_at=now)).rowcount)


def end_invitations(tx: Session, account_id: str, now: datetime) -> None:
    """Use up whatever invitations an account still has."""
    left = update(_invitations).where(_invitations.c.account_id == account_id, _invitations.c.used_at.is_(None))
    tx.connection().execute(left.values(used_at=now))


def add_token(tx: Session, token: Token, token_hash: str) -> None:
    row = {
        "id": token.id,
        "token_hash": token_hash,
        "name": token.name,
        "made_by": token.made_by,
        "rights": _names(token.rights),
        "brands": _brands(token.brands),
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "used_at": None,
        "revoked_at": None,
    }
    add_one(tx, TokenRow, row)


def tokens(tx: Session) -> list[Token]:
    """Return all tokens, the newest first."""
    return [_token(row) for row in tx.connection().execute(select(_tokens).order_by(_tokens.c.created_at.desc()))]


def token(tx: Session, token_hash: str, now: datetime) -> Token | None:
    """Return the token if it may be used."""
    row = tx.connection().execute(select(_tokens).where(_tokens.c.token_hash == token_hash)).first()
    if row is None or row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= now):
        return None
    return _token(row)


def mark_used(tx: Session, token_id: str, now: datetime) -> None:
    tx.connection().execute(update(_tokens).where(_tokens.c.id == token_id).values(used_at=now))


def revoke(tx: Session, token_id: str, now: datetime) -> bool:
    found = update(_tokens).where(_tokens.c.id == token_id, _tokens.c.revoked_at.is_(None))
    return bool(tx.connection().execute(found.values(revoked_at=now)).rowcount)


def failures(tx: Session, key: str, now: datetime, *, within: timedelta) -> tuple[int, datetime | None]:
    """Return how often a sign-in failed lately, and when last."""
    row = tx.connection().execute(select(_tries).where(_tries.c.key == key)).first()
    return (row.failures, row.last_at) if row and abs(now - row.last_at) < within else (0, None)


def failed(tx: Session, key: str, now: datetime, *, within: timedelta) -> None:
    """Count a failed sign-in."""
    so_far, _ = failures(tx, key, now, within=within)
    row = {"key": key, "failures": so_far + 1, "last_at": now}
    put(tx, TryRow, [row], key=("key",), change=("failures", "last_at"))


def forgive(tx: Session, key: str) -> None:
    tx.connection().execute(delete(_tries).where(_tries.c.key == key))


def _one(tx: Session, wanted: ColumnElement[bool]) -> Account | None:
    row = tx.connection().execute(select(_accounts).where(wanted)).first()
    return _account(row) if row else None


def _row(account: Account) -> dict[str, object]:
    return {
        "id": account.id,
        "email": account.email.lower(),
        "name": account.name,
        "password": account.password,
        "role": account.role,
        "rights": _names(account.more),
        "brands": _brands(account.brands),
        "created_at": account.created_at,
        "closed_at": account.closed_at,
    }


def _names(names: Iterable[str]) -> str:
    return json.dumps(sorted(names))


def _brands(brands: frozenset[str] | None) -> str:
    return "" if brands is None else _names(brands)


def _read_brands(text: str) -> frozenset[str] | None:
    return frozenset(json.loads(text)) if text else None


def _account(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        email=row.email,
        name=row.name,
        password=row.password,
        role=Role(row.role),
        more=frozenset(Right(right) for right in json.loads(row.rights)),
        brands=_read_brands(row.brands),
        created_at=row.created_at,
        closed_at=row.closed_at,
    )


def _token(row: Row[Any]) -> Token:
    return Token(
        id=row.id,
        name=row.name,
        made_by=row.made_by,
        rights=frozenset(Right(right) for right in json.loads(row.rights)),
        brands=_read_brands(row.brands),
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        revoked_at=row.revoked_at,
    )
