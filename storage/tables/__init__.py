"""The tables. Nothing outside storage sees them: queries take and give the values of monitor.domain."""

from sqlalchemy import Table
from sqlmodel import SQLModel

from storage.tables.alerts import AlertRow
from storage.tables.answers import AnswerRow, ExchangeRow
from storage.tables.asking import (
    AssistantRow,
    AttemptRow,
    PauseRow,
    ProbeRow,
    PromptRow,
    RoundRow,
    SpendingRow,
)
from storage.tables.brands import BrandFileRow, SlotRow
from storage.tables.notices import NoticeRow
from storage.tables.opinions import JudgingRow, OpinionRow, ReviewRow
from storage.tables.readings import CitationRow, ClaimRow, MentionRow, ReadingRow, TallyRow


def table(row: type[SQLModel]) -> Table:
    """Return the table under a row class, for queries that are quicker without objects."""
    return SQLModel.metadata.tables[str(row.__tablename__)]


__all__ = [
    "AlertRow",
    "AnswerRow",
    "AssistantRow",
    "AttemptRow",
    "BrandFileRow",
    "CitationRow",
    "ClaimRow",
    "ExchangeRow",
    "JudgingRow",
    "MentionRow",
    "NoticeRow",
    "OpinionRow",
    "PauseRow",
    "ProbeRow",
    "PromptRow",
    "ReadingRow",
    "ReviewRow",
    "RoundRow",
    "SlotRow",
    "SpendingRow",
    "TallyRow",
    "table",
]
