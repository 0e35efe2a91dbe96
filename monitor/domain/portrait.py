"""Everything a report or a page says about one brand and one period, computed once so that all say the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from monitor.domain.alerts import Alert, Held, Quote
from monitor.domain.answers import Surface
from monitor.domain.brand import Fact
from monitor.domain.measures import Estimate, Shift
from monitor.domain.readings import Owner
from monitor.domain.reviews import Reviewed


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One assistant as it was asked in the period."""

    assistant_id: str
    label: str  # "OpenAI API, gpt-5 with search"
    surface: Surface
    models: tuple[str, ...]  # served
    asked: int  # probes
    answered: int
    refused: int
    missed: int
    cut_off: int
    searched: int | None  # answers that really searched; None: the vendor does not say
    misses: Mapping[str, int] = field(default_factory=dict)  # reason -> count
    cost: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class FactPortrait:
    """What the assistants say about one fact."""

    fact: Fact
    supported: int  # answers, by worst verdict
    contradicted: int
    outdated: int
    unverified: int
    by_assistant: tuple[Estimate, ...] = ()  # wrong rate
    quotes: tuple[Quote, ...] = ()  # wrong ones first


@dataclass(frozen=True, kw_only=True)
class Statement:
    """New statements of the same content."""

    topic: str
    answers: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, kw_only=True)
class Point:
    """One day or week of a chart; `estimate` is None in a gap."""

    day: date
    estimate: Estimate | None


@dataclass(frozen=True, kw_only=True)
class Line:
    label: str
    points: tuple[Point, ...]
    regimes: tuple[tuple[date, str], ...] = ()  # day, what changed


@dataclass(frozen=True, kw_only=True)
class CitedDomain:
    domain: str
    owner: Owner
    entity: str
    citations: int
    answers: int
    retrieved_only: int = 0  # answers that retrieved it without citing it
    wrong: int = 0  # answers that cite it beside a wrong statement about a fact


@dataclass(frozen=True, kw_only=True)
class BarrenPrompt:
    prompt_id: str
    text: str
    answers: int  # in which no tracked entity was named


@dataclass(frozen=True, kw_only=True)
class Unconfirmed:
    """A fact that no person has confirmed for long."""

    fact: Fact
    since: date  # the last day on which one did


@dataclass(frozen=True, kw_only=True)
class Portrait:
    brand: str
    start: date  # first day
    end: date  # last day, inclusive
    rounds_due: int
    rounds_run: int
    rounds_partial: int
    answers: int
    claims: int
    checkable: int  # claims with a verdict other than unverified
    imported: int = 0  # probes that no round asked: their answers were captured elsewhere
    panels: tuple[Panel, ...] = ()
    accuracy: tuple[Estimate, ...] = ()  # per assistant
    facts: tuple[FactPortrait, ...] = ()
    statements: tuple[Statement, ...] = ()
    visibility: tuple[Estimate, ...] = ()  # per assistant and entity
    share_of_voice: tuple[Estimate, ...] = ()
    recommended: tuple[Estimate, ...] = ()
    net_stance: tuple[Estimate, ...] = ()
    citation_rate: tuple[Estimate, ...] = ()
    lines: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)  # chart id -> lines
    domains: tuple[CitedDomain, ...] = ()
    barren: tuple[BarrenPrompt, ...] = ()
    shifts: tuple[Shift, ...] = ()
    alerts: tuple[Alert, ...] = ()
    held: tuple[Held, ...] = ()  # found and not told
    unconfirmed: tuple[Unconfirmed, ...] = ()
    cost: Decimal | None = None
    notes: tuple[str, ...] = ()  # how it was measured, one sentence each
    reviewed: Reviewed | None = None  # how the findings fared under other eyes; None: nobody else looked
