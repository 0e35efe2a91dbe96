"""The second opinion: what a judge is asked about single findings, and what it says beside the analyzer."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from monitor.domain.readings import Span, Verdict
from monitor.domain.wording import Wording, WordingKind


class JudgeVerdict(StrEnum):
    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    OUTDATED = "outdated"
    UNVERIFIED = "unverified"
    SAID = "said"  # of a new statement: the answer says it of the brand
    NOT_SAID = "not_said"  # ... denies it, asks it, or says it of somebody else
    INCONCLUSIVE = "inconclusive"  # no reply that could be used


CLAIM_VERDICTS = frozenset(
    {JudgeVerdict.SUPPORTED, JudgeVerdict.CONTRADICTED, JudgeVerdict.OUTDATED, JudgeVerdict.UNVERIFIED}
)
STATEMENT_VERDICTS = frozenset({JudgeVerdict.SAID, JudgeVerdict.NOT_SAID, JudgeVerdict.UNVERIFIED})
# What takes a finding back.
CLEARING = frozenset({JudgeVerdict.SUPPORTED, JudgeVerdict.NOT_SAID})
_FINDING = frozenset({JudgeVerdict.CONTRADICTED, JudgeVerdict.OUTDATED, JudgeVerdict.SAID})


class Agreement(StrEnum):
    AGREES = "agrees"
    DISAGREES = "disagrees"
    UNDECIDED = "undecided"  # one of the two abstained


@dataclass(frozen=True, kw_only=True)
class Question:
    """One finding of the analyzer that somebody else is asked about."""

    id: str  # changes with the finding, the verdict and the sheet's side of it
    answer_id: str
    wording: Wording
    span: Span  # the finding in the answer's text
    found: Verdict | None  # the analyzer's verdict; None: a new statement
    value: str = ""  # what the analyzer read there
    why: str = ""  # the analyzer's reason

    @property
    def allowed(self) -> frozenset[JudgeVerdict]:
        return CLAIM_VERDICTS if self.wording.kind is WordingKind.FACT else STATEMENT_VERDICTS

    @property
    def flagged(self) -> bool:
        """Whether the analyzer says that something is wrong here; otherwise it abstained."""
        return self.found is None or self.found.wrong


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What somebody else says about a finding; the analyzer's verdict stays beside it."""

    question: Question
    verdict: JudgeVerdict
    quote: Span | None = None  # words of the answer that carry it; None where it is inconclusive
    why: str = ""  # the judge's own sentence, or why there is no opinion; untrusted text
    model: str  # who said it
    cost: Decimal | None = None  # its share of the call in US dollars; None: not known
    asked_at: datetime

    @property
    def agreement(self) -> Agreement:
        return agreement(self.question, self.verdict)


def agreement(question: Question, verdict: JudgeVerdict) -> Agreement:
    """Return whether both say the same: wrong, or right. Which kind of wrong makes no difference."""
    if verdict is JudgeVerdict.INCONCLUSIVE:
        return Agreement.UNDECIDED
    if not question.flagged:
        both = verdict is JudgeVerdict.UNVERIFIED
        return Agreement.AGREES if both else Agreement.UNDECIDED
    if verdict in _FINDING:
        return Agreement.AGREES
    return Agreement.DISAGREES if verdict in CLEARING else Agreement.UNDECIDED
