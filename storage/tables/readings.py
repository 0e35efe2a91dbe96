"""What was read in the answers, and its sums."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import ROW_NUMBER, Moment, Words


class ReadingRow(SQLModel, table=True):
    """One reading of one answer by one analyzer against one sheet; older ones stay."""

    __tablename__ = "readings"
    __table_args__ = (
        UniqueConstraint("answer_id", "analyzer", "sheet"),
        Index("ix_readings_newest", "answer_id", "newest"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_NUMBER)
    answer_id: str = Field(foreign_key="answers.id", sa_type=Words)
    analyzer: str = Field(sa_type=Words)
    sheet: str = Field(sa_type=Words)
    newest: bool = True
    outcome: str = Field(sa_type=Words)
    body: str = Field(sa_type=Words)  # the domain's Reading as JSON
    made_at: datetime = Field(sa_type=Moment)


class MentionRow(SQLModel, table=True):
    """A mention in the newest reading of an answer."""

    __tablename__ = "mentions"

    answer_id: str = Field(primary_key=True, foreign_key="answers.id", sa_type=Words)
    place: int = Field(primary_key=True)
    entity: str = Field(sa_type=Words)
    start: int
    end: int


class CitationRow(SQLModel, table=True):
    """A citation in the newest reading of an answer."""

    __tablename__ = "citations"

    answer_id: str = Field(primary_key=True, foreign_key="answers.id", sa_type=Words)
    place: int = Field(primary_key=True)
    url: str = Field(sa_type=Words)
    domain: str = Field(sa_type=Words)
    owner: str = Field(sa_type=Words)
    entity: str = Field(sa_type=Words)
    title: str = Field(sa_type=Words)
    start: int | None = None
    end: int | None = None


class ClaimRow(SQLModel, table=True):
    """A claim in the newest reading of an answer."""

    __tablename__ = "claims"

    answer_id: str = Field(primary_key=True, foreign_key="answers.id", sa_type=Words)
    place: int = Field(primary_key=True)
    fact: str = Field(sa_type=Words)
    verdict: str = Field(sa_type=Words)
    value: str = Field(sa_type=Words)
    hedged: bool
    why: str = Field(sa_type=Words)
    start: int
    end: int


class TallyRow(SQLModel, table=True):
    """The sum of one measure over the answers to one prompt in one round: what series are made of."""

    __tablename__ = "tallies"
    __table_args__ = (
        Index("ix_tallies_series", "brand", "measure", "subject", "day"),
        Index("ix_tallies_day", "brand", "day"),
        Index("ix_tallies_round", "brand", "round_id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_NUMBER)
    brand: str = Field(sa_type=Words)
    measure: str = Field(sa_type=Words)
    subject: str = Field(sa_type=Words)
    day: date
    assistant_id: str = Field(sa_type=Words)
    surface: str = Field(sa_type=Words)
    topic: str = Field(sa_type=Words)
    round_id: str = Field(sa_type=Words)
    prompt_id: str = Field(sa_type=Words)
    regime: str = Field(sa_type=Words)
    hits: float
    of: float
    answers: int
