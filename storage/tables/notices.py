"""The messages about alerts: a notice's row is the outbox."""

from datetime import datetime

from sqlalchemy import Index, false
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
    attempts: int = 0  # tries begun
    unknowns: int = 0  # how often the mail server's answer was lost; after the second nobody tries again
    next_try: datetime | None = Field(default=None, sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    detail: str = Field(default="", sa_type=Words)  # what the mail server last said
    why: str = Field(default="", sa_type=Words, sa_column_kwargs={"server_default": ""})  # the way to its recipient
    held_until: datetime | None = Field(default=None, sa_type=Moment)  # quiet hours, a digest
    # set before a try and taken back by an answer that rules it out: a killed process leaves it set
    may_have_arrived: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    since: datetime | None = Field(default=None, sa_type=Moment)  # of one in place of several: when the oldest was due
    told_at: datetime | None = Field(default=None, sa_type=Moment)  # the time as of which its text speaks


class ThreadRow(SQLModel, table=True):
    """The first message to a recipient about an alert: later ones refer to it."""

    __tablename__ = "threads"

    alert_id: str = Field(primary_key=True, sa_type=Words)
    recipient: str = Field(primary_key=True, sa_type=Words)
    message_id: str = Field(sa_type=Words)
