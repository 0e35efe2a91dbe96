"""Alerts."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import Moment, Words

_OPEN = text("state = 'open'")


class AlertRow(SQLModel, table=True):
    __tablename__ = "alerts"
    __table_args__ = (
        Index("ix_alerts_open", "brand", "key", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_alerts_opened", "brand", "opened_at"),
    )

    id: str = Field(primary_key=True, sa_type=Words)
    brand: str = Field(sa_type=Words)
    key: str = Field(sa_type=Words)
    state: str = Field(sa_type=Words)
    rule: str = Field(sa_type=Words)
    severity: str = Field(sa_type=Words)
    opened_at: datetime = Field(sa_type=Moment)
    resolved_at: datetime | None = Field(default=None, sa_type=Moment)
    last_notice_at: datetime | None = Field(default=None, sa_type=Moment)
    signal: str = Field(sa_type=Words)  # the domain's Signal as JSON: the latest finding
    why: str = Field(default="", sa_type=Words)  # why it was closed, where a person did it
    reopened_at: datetime | None = Field(default=None, sa_type=Moment)
    silenced_until: datetime | None = Field(default=None, sa_type=Moment)
    life: str = Field(default="{}", sa_type=Words)  # what people were told and did, and how it was cleared, as JSON


class HeldRow(SQLModel, table=True):
    """What a round found and did not tell."""

    __tablename__ = "held"
    __table_args__ = (Index("ix_held_at", "brand", "at"),)

    brand: str = Field(primary_key=True, sa_type=Words)
    round_id: str = Field(primary_key=True, sa_type=Words)
    key: str = Field(primary_key=True, sa_type=Words)
    reason: str = Field(primary_key=True, sa_type=Words)
    at: datetime = Field(sa_type=Moment)
    body: str = Field(sa_type=Words)  # the domain's Held as JSON


class ConfirmationRow(SQLModel, table=True):
    """What a round asked for again, once, and what came of it."""

    __tablename__ = "confirmations"
    __table_args__ = (
        UniqueConstraint("brand", "round_id", "key"),
        Index("ix_confirmations_opened", "brand", "opened_at"),
        Index("ix_confirmations_asked", "asked_in"),
    )

    id: str = Field(primary_key=True, sa_type=Words)
    brand: str = Field(sa_type=Words)
    round_id: str = Field(sa_type=Words)
    key: str = Field(sa_type=Words)
    asked_in: str = Field(sa_type=Words)  # the confirming round; empty: none
    state: str = Field(sa_type=Words)
    opened_at: datetime = Field(sa_type=Moment)
    body: str = Field(sa_type=Words)  # the domain's Confirmation as JSON
