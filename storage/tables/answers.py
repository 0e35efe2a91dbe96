"""What came back: the raw exchange, and the answer in it."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import Dollars, Moment, Words


class ExchangeRow(SQLModel, table=True):
    """The bytes that went over the wire in one attempt; several where a paused turn was resumed."""

    __tablename__ = "exchanges"

    attempt_id: str = Field(primary_key=True, foreign_key="attempts.id", sa_type=Words)
    place: int = Field(primary_key=True)
    url: str = Field(sa_type=Words)
    request: str = Field(sa_type=Words)
    response: bytes = Field(sa_type=LargeBinary)
    status: int | None = None
    headers: str = Field(default="{}", sa_type=Words)  # JSON
    sent_at: datetime = Field(sa_type=Moment)
    received_at: datetime | None = Field(default=None, sa_type=Moment)


class AnswerRow(SQLModel, table=True):
    """What the assistant said, beside everything that says how it came about."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("brand", "captured"),)

    id: str = Field(primary_key=True, sa_type=Words)
    attempt_id: str = Field(foreign_key="attempts.id", unique=True, sa_type=Words)
    brand: str = Field(sa_type=Words)
    text: str = Field(sa_type=Words)
    lang: str = Field(default="", sa_type=Words)
    finish: str = Field(sa_type=Words)
    finish_reason: str = Field(default="", sa_type=Words)  # the vendor's own word
    refusal: str = Field(default="", sa_type=Words)
    served_model: str = Field(default="", sa_type=Words)
    searched: bool | None = None
    queries: str = Field(default="[]", sa_type=Words)  # JSON
    sources: str = Field(default="[]", sa_type=Words)  # JSON
    citations: str = Field(default="[]", sa_type=Words)  # JSON, the vendor's
    cost: Decimal | None = Field(default=None, sa_type=Dollars)
    input_tokens: int | None = None
    output_tokens: int | None = None
    reasoning_tokens: int | None = None
    searches: int | None = None
    content_hash: str = Field(sa_type=Words)  # of the text: answers that repeat verbatim share it
    captured: str | None = Field(default=None, sa_type=Words)  # imported: hash of all that it came with
    external_id: str = Field(default="", sa_type=Words)  # imported: its id over there
