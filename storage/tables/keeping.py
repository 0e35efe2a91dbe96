"""That the program is alive, and what it has forgotten."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import ROW_NUMBER, Moment, Words


class BeatRow(SQLModel, table=True):
    """When something that comes again and again came last."""

    __tablename__ = "beats"

    name: str = Field(primary_key=True, sa_type=Words)  # "tick"
    at: datetime = Field(sa_type=Moment)


class ForgottenRow(SQLModel, table=True):
    """What was taken out because its time was over."""

    __tablename__ = "forgotten"
    __table_args__ = (Index("ix_forgotten_at", "brand", "at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_NUMBER)
    brand: str = Field(sa_type=Words)
    what: str = Field(sa_type=Words)  # exchanges, answers, readings
    surface: str = Field(sa_type=Words)
    before: datetime = Field(sa_type=Moment)  # what was asked before this
    count: int
    at: datetime = Field(sa_type=Moment)
