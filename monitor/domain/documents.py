"""Reports that people ask for: which edition, of what, compared with what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.domain.alerts import Quote
from monitor.domain.readings import Verdict


class Edition(StrEnum):
    FULL = "full"
    LEADERSHIP = "leadership"  # two pages: what changed, what is wrong, where we stand
    EVIDENCE = "evidence"  # every wrong sentence with times and hashes, for lawyers


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a report is to be about."""

    start: date
    end: date  # both included, as the brand counts days
    edition: Edition = Edition.FULL
    before: tuple[date, date] | None = None  # the days it is compared with
    assistant: str = ""  # an id; empty: all
    topic: str = ""
    formats: tuple[str, ...] = ("html",)  # html, pdf, csv, jsonl


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """One wrong sentence, with all that shows where it comes from."""

    fact: str  # what it is about: "founding year"
    verdict: Verdict
    quote: Quote
    why: str
    truth: str
    answer_id: str
    asked_at: datetime
    received_at: datetime | None
    request_id: str  # the vendor's
    text_hash: str  # SHA-256 of the answer's text
    exchange_hashes: tuple[str, ...]  # SHA-256 of each raw response, as received


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report that was asked for, and what became of it."""

    id: str
    brand: str
    asked: Asked
    asked_at: datetime
    asked_by: str = ""
    made_at: datetime | None = None
    failed: str = ""
    files: Mapping[str, str] | None = None  # name -> media type

    @property
    def state(self) -> str:
        if self.failed:
            return "failed"
        return "made" if self.made_at else "under way"
