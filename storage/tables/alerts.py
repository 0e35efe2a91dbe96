"""Alerts."""

from datetime import datetime

from sqlalchemy import Index, text
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
