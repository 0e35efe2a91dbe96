"""Numbers that know their denominator."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.domain.answers import Surface


class Measure(StrEnum):
    """One definition each: docs/measures.md."""

    VISIBILITY = "visibility"
    RECOMMENDED = "recommended"
    FIRST_CHOICE = "first_choice"
    POSITION = "position"
    LIST_RANK = "list_rank"
    SHARE_OF_VOICE = "share_of_voice"
    CITATION_RATE = "citation_rate"
    CITATION_SHARE = "citation_share"
    NET_STANCE = "net_stance"
    WRONG_RATE = "wrong_rate"
    CONTRADICTED_RATE = "contradicted_rate"
    OUTDATED_RATE = "outdated_rate"
    ACCURACY = "accuracy"
    REFUSAL_RATE = "refusal_rate"
    MISS_RATE = "miss_rate"
    CUT_OFF_RATE = "cut_off_rate"


@dataclass(frozen=True, kw_only=True)
class Rate:
    hits: float
    of: float

    @property
    def value(self) -> float | None:
        """Hits / of; None where nothing was measured."""
        return self.hits / self.of if self.of else None


@dataclass(frozen=True, kw_only=True)
class Interval:
    low: float
    high: float
    level: float = 0.95


@dataclass(frozen=True, kw_only=True)
class Series:
    """What is followed over time. Surfaces are never mixed, so the surface is part of the key."""

    measure: Measure
    assistant_id: str
    surface: Surface
    subject: str = ""  # an entity, a fact's id, a domain; empty: the answer as a whole
    topic: str = ""  # empty: all topics


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The sum of one measure over the answers to one prompt in one round."""

    series: Series  # its topic is the prompt's topic
    round_id: str
    prompt_id: str
    day: date  # UTC
    regime: str  # served model, prompt and sheet version: like is compared with like
    hits: float  # sum over answers; may be negative for net stance
    of: float
    answers: int = 0  # how many answers it sums; 0: as many as `of`


@dataclass(frozen=True, kw_only=True)
class Estimate:
    series: Series
    rate: Rate
    interval: Interval | None  # None: nothing measured, or too little to say
    answers: int
    prompts: int  # clusters
    unit: str = "%"  # "%": value is a share 0..1; "": a plain number


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A change that passed a test."""

    series: Series
    before: Estimate
    after: Estimate
    since: date
    evidence: float  # e-value; 1 / evidence bounds the chance of seeing it without a change
    test: str  # name and settings of the test, for the footer
    cause: str = ""  # "since gpt-5.1 was served"
    found: date | None = None  # the day whose round let the test pass
