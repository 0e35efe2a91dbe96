"""Second opinions on findings, the calls that brought them, and what persons say."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import ROW_NUMBER, Dollars, Moment, Words


class JudgingRow(SQLModel, table=True):
    """One call to a judge, written before it goes out; its exchange as it was received."""

    __tablename__ = "judgings"
    __table_args__ = (Index("ix_judgings_asked", "brand", "asked_at"),)

    id: str = Field(primary_key=True, sa_type=Words)
    brand: str = Field(sa_type=Words)
    round_id: str = Field(default="", sa_type=Words)  # empty: asked outside a round
    model: str = Field(sa_type=Words)
    worst: Decimal | None = Field(default=None, sa_type=Dollars)  # reserved; none: the price is not known
    cost: Decimal | None = Field(default=None, sa_type=Dollars)  # settled; none: not known, or the answer was lost
    month: datetime = Field(sa_type=Moment)  # the start of the budget's month that it was reserved in
    asked_at: datetime = Field(sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    request: str = Field(default="", sa_type=Words)
    response: bytes = Field(default=b"", sa_type=LargeBinary)
    detail: str = Field(default="", sa_type=Words)  # why no reply came


class OpinionRow(SQLModel, table=True):
    """What somebody else says about one finding, beside the analyzer's verdict."""

    __tablename__ = "opinions"
    __table_args__ = (
        UniqueConstraint("brand", "question", "model"),
        Index("ix_opinions_answer", "answer_id"),
        Index("ix_opinions_asked", "brand", "asked_at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_NUMBER)
    brand: str = Field(sa_type=Words)
    question: str = Field(sa_type=Words)
    answer_id: str = Field(foreign_key="answers.id", sa_type=Words)
    judging_id: str | None = Field(default=None, foreign_key="judgings.id", sa_type=Words)  # none: read from a file
    kind: str = Field(sa_type=Words)  # fact, topic
    subject: str = Field(sa_type=Words)
    phrase: str = Field(sa_type=Words)
    start: int
    end: int
    found: str | None = Field(default=None, sa_type=Words)  # the analyzer's verdict; none: a new statement
    value: str = Field(default="", sa_type=Words)
    found_why: str = Field(default="", sa_type=Words)  # the analyzer's reason
    verdict: str = Field(sa_type=Words)
    quote_start: int | None = None
    quote_end: int | None = None
    why: str = Field(default="", sa_type=Words)
    model: str = Field(sa_type=Words)
    agreement: str = Field(sa_type=Words)
    cost: Decimal | None = Field(default=None, sa_type=Dollars)  # its share of the call
    asked_at: datetime = Field(sa_type=Moment)


class ReviewRow(SQLModel, table=True):
    """A person's word on a finding; a later word on the same words takes its place."""

    __tablename__ = "reviews"
    __table_args__ = (Index("ix_reviews_reviewed", "brand", "reviewed_at"),)

    brand: str = Field(primary_key=True, sa_type=Words)
    id: str = Field(primary_key=True, sa_type=Words)  # of the wording
    kind: str = Field(sa_type=Words)  # fact, topic
    subject: str = Field(sa_type=Words)
    phrase: str = Field(sa_type=Words)
    decision: str = Field(sa_type=Words)
    quote: str = Field(default="", sa_type=Words)
    answer_id: str = Field(default="", sa_type=Words)
    alert_id: str = Field(default="", sa_type=Words)
    reviewed_at: datetime = Field(sa_type=Moment)
    reviewed_by: str = Field(default="", sa_type=Words)  # empty: nobody noted who
