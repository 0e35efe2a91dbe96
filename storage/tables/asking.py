"""Rounds, probes and attempts; what was spent on them; who must not be asked now."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import Dollars, Moment, Words


class RoundRow(SQLModel, table=True):
    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("brand", "kind", "key"), Index("ix_rounds_opened", "brand", "opened_at"))

    id: str = Field(primary_key=True, sa_type=Words)
    brand: str = Field(sa_type=Words)
    kind: str = Field(sa_type=Words)
    key: str = Field(sa_type=Words)
    opened_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    state: str = Field(sa_type=Words)
    settings: str = Field(default="", sa_type=Words)
    why: str = Field(default="", sa_type=Words)


class PromptRow(SQLModel, table=True):
    """One wording of a prompt; its id is the hash of what it says, so a new wording is a new row."""

    __tablename__ = "prompts"

    id: str = Field(primary_key=True, sa_type=Words)
    prompt_id: str = Field(sa_type=Words)
    text: str = Field(sa_type=Words)
    topic: str = Field(sa_type=Words)
    body: str = Field(sa_type=Words)  # the domain's Prompt as JSON


class AssistantRow(SQLModel, table=True):
    """One setting of an assistant; its id is the hash of the settings and the surface."""

    __tablename__ = "assistants"

    id: str = Field(primary_key=True, sa_type=Words)
    assistant_id: str = Field(sa_type=Words)
    use: str = Field(sa_type=Words)
    model: str = Field(sa_type=Words)
    surface: str = Field(sa_type=Words)
    body: str = Field(sa_type=Words)  # the domain's AssistantSettings as JSON


class ProbeRow(SQLModel, table=True):
    """One asking, a row before it is a call."""

    __tablename__ = "probes"
    __table_args__ = (UniqueConstraint("round_id", "prompt", "assistant", "sample"),)

    id: str = Field(primary_key=True, sa_type=Words)
    round_id: str = Field(foreign_key="rounds.id", sa_type=Words)
    place: int  # in the round, as planned
    prompt: str = Field(foreign_key="prompts.id", sa_type=Words)
    assistant: str = Field(foreign_key="assistants.id", sa_type=Words)
    sample: int


class AttemptRow(SQLModel, table=True):
    """One try at a probe, written before its call."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("probe_id", "generation"),
        Index("ix_attempts_asked", "brand", "asked_at"),
        Index("ix_attempts_state", "state"),
    )

    id: str = Field(primary_key=True, sa_type=Words)
    probe_id: str = Field(foreign_key="probes.id", sa_type=Words)
    brand: str = Field(sa_type=Words)
    generation: int
    newest: bool = True  # what the probe's observation shows; a late writer's row never is
    state: str = Field(sa_type=Words)
    worst: Decimal | None = Field(default=None, sa_type=Dollars)  # reserved; none: the price is not known
    cost: Decimal | None = Field(default=None, sa_type=Dollars)  # settled; none: not known, or not yet
    month: datetime = Field(sa_type=Moment)  # the start of the budget's month that it was reserved in
    owner: str = Field(default="", sa_type=Words)  # host/process/start of who holds it
    request_hash: str = Field(default="", sa_type=Words)
    request_id: str = Field(default="", sa_type=Words)  # the vendor's
    asked_at: datetime = Field(sa_type=Moment)  # reserved, then sent
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    miss: str | None = Field(default=None, sa_type=Words)
    detail: str = Field(default="", sa_type=Words)
    charged: bool | None = None


class SpendingRow(SQLModel, table=True):
    """What a month or a round of a brand has taken: the row that a reservation must fit into."""

    __tablename__ = "spending"

    brand: str = Field(primary_key=True, sa_type=Words)
    scope: str = Field(primary_key=True, sa_type=Words)  # "month:<its start>" or "round:<id>"
    spent: Decimal = Field(default=Decimal(0), sa_type=Dollars)
    held: Decimal = Field(default=Decimal(0), sa_type=Dollars)  # worst cases not settled, or settled without a cost


class PauseRow(SQLModel, table=True):
    """Nobody asks this account before `until`."""

    __tablename__ = "pauses"

    account: str = Field(primary_key=True, sa_type=Words)
    until: datetime = Field(sa_type=Moment)
    why: str = Field(sa_type=Words)
    reason: str = Field(sa_type=Words)
    since: datetime = Field(sa_type=Moment)  # when it met this reason first
    trials: int = 0  # calls that met the reason


class BucketRow(SQLModel, table=True):
    """How much an account may be asked right now; it fills by the database's clock. Below zero: more was taken."""

    __tablename__ = "buckets"

    account: str = Field(primary_key=True, sa_type=Words)
    calls: float
    tokens: float
    filled: float  # seconds since 1970
