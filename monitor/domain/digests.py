"""What a day of one round comes to: everything that pages and reports say of it, without its answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure
from monitor.domain.readings import Owner, Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Sums:
    """The tallies of one measure, subject and regime, one place per prompt; 0 of 0 where nothing was measured."""

    measure: Measure
    subject: str
    regime: str  # without the prompt's part
    hits: Sequence[float]
    of: Sequence[float]
    answers: Sequence[float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """One assistant's sums; days on which the same was asked have the same places, so that they are quickly added."""

    assistant_id: str
    surface: Surface
    prompts: tuple[str, ...]  # in order
    topics: tuple[str, ...]  # of the prompts
    words: tuple[str, ...]  # versions of their words: the prompt's part of a regime
    sums: tuple[Sums, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimAt:
    """Where a claim stands that may be quoted."""

    fact: str
    verdict: Verdict
    asked_at: datetime
    answer_id: str
    place: int  # among the reading's claims
    words: str  # hash of the quote and who said it: the same sentence is quoted once


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementAt:
    """Where a new statement stands."""

    topic: str
    gist: str
    asked_at: datetime
    answer_id: str
    probe_id: str
    place: int  # among the reading's new statements
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    domain: str
    owner: Owner
    entity: str
    citations: int
    answers: int
    retrieved_only: int = 0  # answers that retrieved it without citing it
    wrong: int = 0  # answers that cite it beside a wrong statement about a fact


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """What came back to one prompt whose answers name nobody."""

    text: str
    answers: int  # that could be read


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One assistant's answers, on all topics or on one."""

    assistant_id: str
    surface: Surface
    topic: str  # empty: all, or none
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
    naming: tuple[str, ...] = ()  # prompts with an answer that names a tracked entity
    silent: Mapping[str, Asking] = field(default_factory=dict)  # the others that were answered
    cited: tuple[Cited, ...] = ()
    quotable: tuple[ClaimAt, ...] = ()  # of a part on one topic
    statements: tuple[StatementAt, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    round_id: str
    day: date  # the brand's
    parts: tuple[Part, ...] = ()  # one per assistant and surface
    quotable: tuple[ClaimAt, ...] = ()  # of each fact as many as a portrait could quote
    columns: tuple[Columns, ...] = ()
    topics: tuple[Part, ...] = ()  # the same by topic too, for those who ask for one; not always loaded
