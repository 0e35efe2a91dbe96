"""Numbers that know their denominator."""

from dataclasses import dataclass, field
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
    CITED = "cited"  # of a domain
    NET_STANCE = "net_stance"
    WRONG_RATE = "wrong_rate"
    CONTRADICTED_RATE = "contradicted_rate"
    OUTDATED_RATE = "outdated_rate"
    ACCURACY = "accuracy"
    REFUSAL_RATE = "refusal_rate"
    MISS_RATE = "miss_rate"
    CUT_OFF_RATE = "cut_off_rate"
    LEAD = "lead"  # of the brand over a competitor

    @property
    def less_is_better(self) -> bool:
        return self in _LESS_IS_BETTER


_LESS_IS_BETTER = frozenset(
    {
        Measure.POSITION,
        Measure.LIST_RANK,
        Measure.WRONG_RATE,
        Measure.CONTRADICTED_RATE,
        Measure.OUTDATED_RATE,
        Measure.REFUSAL_RATE,
        Measure.MISS_RATE,
        Measure.CUT_OFF_RATE,
    }
)


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
    worth: float | None = field(default=None, compare=False)  # answers of one kind each that would tell as much


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
    day: date  # the brand's
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
    # The smallest fall that a month of such rounds shows in four of five cases, in points of the value 0..1; as large
    # as the value: not even its vanishing would surely show. None: not stated for this measure.
    detectable: float | None = None


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

    @property
    def improved(self) -> bool:
        """Whether it is better now for whom or what the series is about; a competitor's gain is its own."""
        rose = (self.after.rate.value or 0) > (self.before.rate.value or 0)
        return rose is not self.series.measure.less_is_better


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What is known of one watched series, and how far it is from being told as changed."""

    series: Series
    seen: Estimate  # since `since`
    since: date  # the first day of the baseline: the first one of all, of the regime, or of the latest change
    last: date  # the latest day with an answer
    rounds: int  # days with answers since then
    cause: str = ""  # what began with `since`: "since gpt-5.1 was served"
    building: bool  # whether a baseline is still being built: nothing is tested yet
    missing_rounds: int = 0  # until the baseline is there
    missing_answers: int = 0
    evidence: float = 0.0  # now
    threshold: float = 0.0  # that the evidence must reach
    a_year: float = 0.0  # false alarms a year that this threshold allows
    per_round: float = 0.0  # answers in a usual round
    # (value after a fall or rise, answers that would show it): how far it would have to go, and for how long
    would: tuple[tuple[float, int], ...] = ()
    shifts: tuple[Shift, ...] = ()  # changes found so far, the latest first
