"""What people make on the pages: reports, links to them, and watches over a crisis."""

from datetime import date, datetime

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field, SQLModel

from storage.tables.columns import Moment, Words


class ReportRow(SQLModel, table=True):
    """A report that was asked for."""

    __tablename__ = "reports"
    __table_args__ = (Index("ix_reports_made", "brand", "asked_at"),)

    id: str = Field(primary_key=True, sa_type=Words)
    brand: str = Field(sa_type=Words)
    start: date
    end: date
    edition: str = Field(sa_type=Words)
    body: str = Field(default="{}", sa_type=Words)  # what else was asked for, as JSON
    asked_at: datetime = Field(sa_type=Moment)
    asked_by: str = Field(default="", sa_type=Words)
    made_at: datetime | None = Field(default=None, sa_type=Moment)
    failed: str = Field(default="", sa_type=Words)  # why it could not be made


class ReportFileRow(SQLModel, table=True):
    __tablename__ = "report_files"

    report_id: str = Field(primary_key=True, foreign_key="reports.id", sa_type=Words)
    name: str = Field(primary_key=True, sa_type=Words)
    media: str = Field(sa_type=Words)
    body: bytes = Field(sa_type=LargeBinary)


class LinkRow(SQLModel, table=True):
    """A way to read one report without an account, for a while."""

    __tablename__ = "report_links"

    token_hash: str = Field(primary_key=True, sa_type=Words)
    report_id: str = Field(foreign_key="reports.id", sa_type=Words)
    made_by: str = Field(default="", sa_type=Words)
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)


class WatchRow(SQLModel, table=True):
    """Chosen prompts asked every hour for a few days."""

    __tablename__ = "watches"
    __table_args__ = (Index("ix_watches_brand", "brand", "started_at"),)

    id: str = Field(primary_key=True, sa_type=Words)
    brand: str = Field(sa_type=Words)
    body: str = Field(sa_type=Words)  # the domain's Watch as JSON
    started_at: datetime = Field(sa_type=Moment)
    ends_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    why: str = Field(default="", sa_type=Words)  # why it ended early
