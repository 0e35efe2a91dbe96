"""What is kept of rounds so that nobody has to add it up again; it stays when raw answers are forgotten."""

from datetime import date

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field, SQLModel

from storage.tables.columns import Words


class DigestRow(SQLModel, table=True):
    """A day of one round, added up."""

    __tablename__ = "digests"
    __table_args__ = (Index("ix_digests_day", "brand", "day"),)

    brand: str = Field(primary_key=True, sa_type=Words)
    round_id: str = Field(primary_key=True, sa_type=Words)
    day: date = Field(primary_key=True)
    body: str = Field(sa_type=Words)  # the domain's Digest as JSON, without its columns and topics
    columns: bytes = Field(sa_type=LargeBinary)  # packed
    topics: bytes = Field(sa_type=LargeBinary)  # its parts by topic as JSON, compressed


class CourseRow(SQLModel, table=True):
    """What one measure of one subject was on a day, of every assistant."""

    __tablename__ = "courses"
    __table_args__ = (Index("ix_courses_day", "brand", "day"),)

    brand: str = Field(primary_key=True, sa_type=Words)
    measure: str = Field(primary_key=True, sa_type=Words)  # empty: the day's courses are there
    subject: str = Field(primary_key=True, sa_type=Words)
    day: date = Field(primary_key=True)
    body: str = Field(sa_type=Words)  # JSON: assistant, surface, hits, of, and the interval's ends


class LookBackRow(SQLModel, table=True):
    """What alerts recall of one round: its answers without their words."""

    __tablename__ = "look_backs"
    __table_args__ = (Index("ix_look_backs_day", "brand", "day"), Index("ix_look_backs_round", "round_id"))

    brand: str = Field(primary_key=True, sa_type=Words)
    round_id: str = Field(primary_key=True, sa_type=Words)
    day: date  # of its last probe, UTC
    body: bytes = Field(sa_type=LargeBinary)  # the domain's Recalled as JSON, compressed


class DerivedRow(SQLModel, table=True):
    """Something computed from a brand's tallies up to a day; gone as soon as a tally of these days changes."""

    __tablename__ = "derived"

    brand: str = Field(primary_key=True, sa_type=Words)
    name: str = Field(primary_key=True, sa_type=Words)
    day: date = Field(primary_key=True)
    body: str = Field(sa_type=Words)  # JSON
