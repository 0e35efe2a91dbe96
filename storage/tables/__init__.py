"""The tables. Nothing outside storage sees them: queries take and give the values of monitor.domain."""

from sqlalchemy import Table
from sqlmodel import SQLModel

from storage.tables.accounts import AccountRow, InvitationRow, OnceRow, SessionRow, TokenRow, TryRow
from storage.tables.alerts import AlertRow, ConfirmationRow, HeldRow
from storage.tables.answers import AnswerRow, ExchangeRow
from storage.tables.asking import (
    AssistantRow,
    AttemptRow,
    BucketRow,
    PauseRow,
    ProbeRow,
    PromptRow,
    RoundRow,
    SpendingRow,
)
from storage.tables.brands import BrandFileRow, SlotRow
from storage.tables.digests import CourseRow, DerivedRow, DigestRow, LookBackRow
from storage.tables.keeping import BeatRow, ForgottenRow
from storage.tables.mailing import KeyRow, LeftRow
from storage.tables.notices import NoticeRow, ThreadRow
from storage.tables.opinions import JudgingRow, OpinionRow, ReviewRow
from storage.tables.pages import LinkRow, ReportFileRow, ReportRow, WatchRow
from storage.tables.readings import CitationRow, ClaimRow, MentionRow, ReadingRow, TallyRow


def table(row: type[SQLModel]) -> Table:
    """Return the table under a row class, for queries that are quicker without objects."""
    return SQLModel.metadata.tables[str(row.__tablename__)]


__all__ = [
    "AccountRow",
    "AlertRow",
    "AnswerRow",
    "AssistantRow",
    "AttemptRow",
    "BeatRow",
    "BrandFileRow",
    "BucketRow",
    "CitationRow",
    "ClaimRow",
    "ConfirmationRow",
    "CourseRow",
    "DerivedRow",
    "DigestRow",
    "ExchangeRow",
    "ForgottenRow",
    "HeldRow",
    "InvitationRow",
    "JudgingRow",
    "KeyRow",
    "LeftRow",
    "LinkRow",
    "LookBackRow",
    "MentionRow",
    "NoticeRow",
    "OnceRow",
    "OpinionRow",
    "PauseRow",
    "ProbeRow",
    "PromptRow",
    "ReadingRow",
    "ReportFileRow",
    "ReportRow",
    "ReviewRow",
    "RoundRow",
    "SessionRow",
    "SlotRow",
    "SpendingRow",
    "TallyRow",
    "ThreadRow",
    "TokenRow",
    "TryRow",
    "WatchRow",
    "table",
]
