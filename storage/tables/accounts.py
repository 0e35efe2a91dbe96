"""Who may in: accounts, sessions, tokens of programs, invitations, links to one report. Secrets only as hashes."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import Moment, Words


class AccountRow(SQLModel, table=True):
    __tablename__ = "accounts"

    id: str = Field(primary_key=True, sa_type=Words)
    email: str = Field(unique=True, sa_type=Words)  # lower case
    name: str = Field(sa_type=Words)
    password: str = Field(default="", sa_type=Words)  # argon2id; empty: invited, and has not chosen one
    role: str = Field(sa_type=Words)
    rights: str = Field(default="[]", sa_type=Words)  # JSON: rights beyond those of the role
    brands: str = Field(default="", sa_type=Words)  # JSON list of names; empty: every brand
    created_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)


class SessionRow(SQLModel, table=True):
    """Somebody signed in with one browser."""

    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_account", "account_id"),)

    token_hash: str = Field(primary_key=True, sa_type=Words)
    account_id: str = Field(foreign_key="accounts.id", sa_type=Words)
    secret: str = Field(sa_type=Words)  # what the forms of this session are signed with
    created_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)


class TokenRow(SQLModel, table=True):
    """A program's way in."""

    __tablename__ = "tokens"

    id: str = Field(primary_key=True, sa_type=Words)
    token_hash: str = Field(unique=True, sa_type=Words)
    name: str = Field(sa_type=Words)
    made_by: str = Field(sa_type=Words)
    rights: str = Field(sa_type=Words)  # JSON
    brands: str = Field(default="", sa_type=Words)  # JSON list of names; empty: every brand
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime | None = Field(default=None, sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)


class InvitationRow(SQLModel, table=True):
    """A link by which somebody chooses a password: for a new account or a forgotten one."""

    __tablename__ = "invitations"

    token_hash: str = Field(primary_key=True, sa_type=Words)
    account_id: str = Field(foreign_key="accounts.id", sa_type=Words)
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class TryRow(SQLModel, table=True):
    """Failed sign-ins: counted per address and per account, so that guessing takes years."""

    __tablename__ = "sign_in_tries"

    key: str = Field(primary_key=True, sa_type=Words)
    failures: int
    last_at: datetime = Field(sa_type=Moment)


class OnceRow(SQLModel, table=True):
    """What a post with an `Idempotency-Key` brought, so that its repetition brings the same."""

    __tablename__ = "posts_done"

    person: str = Field(primary_key=True, sa_type=Words)
    key: str = Field(primary_key=True, sa_type=Words)
    request_hash: str = Field(sa_type=Words)
    status: int = 0  # 0: under way
    body: str = Field(default="", sa_type=Words)
    created_at: datetime = Field(sa_type=Moment)
