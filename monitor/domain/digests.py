"""What a day of one round comes to: everything that pages and reports say of it, without its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure
from monitor.domain.readings import Owner, Verdict


@dataclass(frozen=True, kw_only=True)
class Sums:
    """The tallies of one measure and subject, column by column: one place per prompt and regime."""

    measure: Measure
    subject: str
    prompts: tuple[str, ...]
    regimes: tuple[str, ...]
    hits: tuple[float, ...]
    of: tuple[float, ...]
    answers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ClaimAt:
    """Where a claim stands that may be quoted."""

    fact: str
    verdict: Verdict
    asked_at: datetime
    answer_id: str
    place: int  # among the reading's claims
    words: str  # hash of the quote and who said it: the same sentence is quoted once


@dataclass(frozen=True, kw_only=True)
class StatementAt:
    """Where a new statement stands."""

    topic: str
    gist: str
    asked_at: datetime
    answer_id: str
    probe_id: str
    place: int  # among the reading's new statements
    words: str


@dataclass(frozen=True, kw_only=True)
class Cited:
    domain: str
    owner: Owner
    entity: str
    citations: int
    answers: int


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What came back to one prompt."""

    text: str
    answers: int  # that could be read
    named: bool  # whether any of them names a tracked entity


@dataclass(frozen=True, kw_only=True)
class Part:
    """One assistant's answers on one topic."""

    assistant_id: str
    surface: Surface
    topic: str
    label: str
    first_at: datetime
    last_at: datetime  # of the probes
    asked: int
    answered: int  # that could be read
    refused: int
    missed: int
    cut_off: int
    imported: int
    told: int  # answers whose vendor says whether it searched
    searched: int
    texts: int  # readable answers with a text
    distinct: int  # of these, other than another sample to the same prompt
    claims: int
    checkable: int
    cost: Decimal | None = None
    models: Mapping[str, int] = field(default_factory=dict)
    misses: Mapping[str, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()  # whom its prompts name
    verdicts: Mapping[str, Mapping[Verdict, int]] = field(default_factory=dict)  # fact -> answers by worst verdict
    prompts: Mapping[str, Asking] = field(default_factory=dict)
    cited: tuple[Cited, ...] = ()
    quotable: tuple[ClaimAt, ...] = ()
    statements: tuple[StatementAt, ...] = ()
    sums: tuple[Sums, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Digest:
    round_id: str
    day: date  # UTC
    parts: tuple[Part, ...] = ()
