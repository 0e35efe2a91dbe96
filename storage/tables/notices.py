"""The messages about alerts: a notice's row is the outbox."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import Moment, Words


class NoticeRow(SQLModel, table=True):
    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_due", "state", "next_try"),)

    id: str = Field(primary_key=True, sa_type=Words)
    brand: str = Field(sa_type=Words)
    recipient: str = Field(sa_type=Words)
    reason: str = Field(sa_type=Words)
    message_id: str = Field(unique=True, sa_type=Words)
    body: str = Field(sa_type=Words)  # its changes as JSON, as they were when it was written
    created_at: datetime = Field(sa_type=Moment)
    state: str = Field(sa_type=Words)
    attempts: int = 0
    unknowns: int = 0  # how often the mail server's answer was lost; after the second nobody tries again
    next_try: datetime | None = Field(default=None, sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    detail: str = Field(default="", sa_type=Words)  # what the mail server last said
