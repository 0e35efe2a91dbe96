"""Which brand files were used, and which calendar slots are taken."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import ROW_NUMBER, Moment, Words


class BrandFileRow(SQLModel, table=True):
    """One version of a brand file that was used."""

    __tablename__ = "brand_files"
    __table_args__ = (UniqueConstraint("brand", "version"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_NUMBER)
    brand: str = Field(sa_type=Words)
    version: str = Field(sa_type=Words)
    source: str = Field(sa_type=Words)
    first_used: datetime = Field(sa_type=Moment)
    last_used: datetime = Field(sa_type=Moment)
    taken_at: datetime | None = Field(default=None, sa_type=Moment)  # when a file was last seen to hold this text
    written_by: str = Field(default="", sa_type=Words, sa_column_kwargs={"server_default": ""})  # who, at a page


class SlotRow(SQLModel, table=True):
    """A due time that somebody took, once: the row that keeps two clocks from doing one thing twice."""

    __tablename__ = "slots"
    __table_args__ = (UniqueConstraint("brand", "purpose", "key"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_NUMBER)
    brand: str = Field(sa_type=Words)
    purpose: str = Field(sa_type=Words)  # "round", "report:0"
    key: str = Field(sa_type=Words)  # the local calendar time: "2026-11-22T06:00"
    claimed_at: datetime = Field(sa_type=Moment)
    state: str = Field(default="taken", sa_type=Words)  # taken, skipped
